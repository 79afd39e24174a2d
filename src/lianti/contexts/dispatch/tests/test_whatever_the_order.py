"""Whatever is done in whatever order, counted days are those of a recount of the rows, day by day, under each rule set.

What a job keeps of them for the roster is the same figure.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianti.contexts.dispatch import queries, services
from lianti.contexts.dispatch.models import Leave, Posting
from lianti.contexts.dispatch.services import figures
from lianti.contexts.dispatch.tests.builders import a_posting, fresh
from lianti.contexts.network import services as network
from lianti.contexts.network.domain import RuleSetDraft, RuleSetFacts
from lianti.kernel import scope
from lianti.lib.errors import Refused
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db

ARRIVED, LATER = date(2026, 3, 1), AT + timedelta(days=90)
TODAY = date(2026, 6, 8)
day = st.integers(0, 95).map(lambda n: ARRIVED + timedelta(days=n))
moves = st.lists(
    st.one_of(
        st.tuples(st.just("leave"), st.sampled_from(["personal", "annual", "business", "called_home"]), day, day),
        st.tuples(st.just("back"), day),
        st.tuples(st.just("extend"), day.map(lambda one: one + timedelta(days=150))),
        st.tuples(st.just("recall"), day),
        st.tuples(st.just("finish"), day),
    ),
    max_size=7,
)


class _Undo(Exception):
    """Takes one example back."""


def do(cast: Cast, row: Posting, move: tuple[Any, ...]) -> None:
    """Try one move; what is refused changes nothing."""
    host, desk = cast.county.coordinator, cast.supporting.office
    told: dict[str, Any] = {"at": LATER, "key": None, "posting_id": row.public_id}
    verb, *given = move
    actor = desk if verb in {"extend", "recall"} else host
    try:
        with scope.acting(actor), transaction.atomic():
            if verb == "leave":
                leave = services.LeaveFacts(given[0], given[1], given[2])
                services.take_leave(actor=actor, **told, leave=leave)
            elif verb == "back":
                services.return_from_leave(actor=actor, **told, back=given[0])
            elif verb == "extend":
                services.extend(actor=actor, **told, to_date=given[0])
            elif verb == "recall":
                services.recall(actor=actor, **told, left=given[0], note="急诊缺人")
            else:
                services.finish(actor=actor, **told, left=given[0])
    except Refused:
        pass


def recount(row: Posting, leave_that_counts: set[str], shortest: int) -> int:
    """Count day by day over the rows as they stand."""
    last = min(row.left or TODAY, TODAY)
    away = list(Leave.objects.filter(posting=row.pk))
    if row.arrived is None or (last - row.arrived).days + 1 < shortest:
        return 0
    total, one = 0, row.arrived
    while one <= last:
        gone = [a for a in away if a.first <= one and (a.back is None or one < a.back)]
        total += all(a.kind == "business" or a.kind in leave_that_counts for a in gone)
        one += timedelta(days=1)
    return total


def ruled(cast: Cast) -> None:
    said = RuleSetFacts("本关系口径", {"leave": ["annual"], "shortest": 40}, "纪要", verified=True)
    draft = RuleSetDraft("dispatch", said, scope="relation", relation_id=cast.relation.pk)
    with scope.acting(cast.supporting.office):
        network.enter_rule_set(actor=cast.supporting.office, at=AT, key=None, rule_set=draft)


@given(moves)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_days_are_those_of_a_recount_under_both_rule_sets(cast: Cast, made: list[tuple[Any, ...]]) -> None:
    office = cast.supporting.office
    try:
        with transaction.atomic():
            row = a_posting(cast)
            for move in made:
                do(cast, row, move)
            row = fresh(row)
            for leave_that_counts, shortest in ((set[str](), 0), ({"annual"}, 40)):
                if shortest:
                    ruled(cast)
                with scope.system():
                    wanted = recount(row, leave_that_counts, shortest)
                    figures.recount(at=LATER, people=[row.person_id])
                with scope.acting(office):
                    found = queries.counted_of_people(office, [row.person_id], queries.PROMOTION, TODAY)[row.person_id]
                assert found.days == wanted
                assert (
                    sum(one.days for one in found.uncounted) + found.days
                    == (min(row.left or TODAY, TODAY) - ARRIVED).days + 1
                )
                assert fresh(row).counted_days == wanted
            raise _Undo
    except _Undo:
        pass
