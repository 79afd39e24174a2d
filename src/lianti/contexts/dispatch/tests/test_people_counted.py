"""What people's service counts over all their postings: by the rules of each, as far as known, in few queries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianti.contexts.dispatch import queries, services
from lianti.contexts.dispatch.tests.builders import START, a_batch, a_posting, fresh, named, received, sent
from lianti.contexts.network import queries as network_read
from lianti.contexts.network import services as network
from lianti.contexts.network.domain import RuleSetDraft, RuleSetFacts
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid
from lianti.lib.roles import Role
from tests.cast import AT, DAY, Cast, a_hospital, a_member, a_person, a_relation

pytestmark = pytest.mark.django_db


def of(actor: Actor, *people: int, purpose: str = queries.PROMOTION) -> dict[int, queries.PersonCounted]:
    with scope.acting(actor):
        return queries.counted_of_people(actor, people, purpose, DAY)


def ended(cast: Cast, row: Any, last: date) -> None:
    with scope.acting(cast.county.coordinator):
        services.finish(actor=cast.county.coordinator, at=AT, key=None, posting_id=row.public_id, left=last)


def gone_again(cast: Cast, person_id: int) -> Any:
    """Send somebody to a second county in another relation, from the 6th of March."""
    other = a_hospital("另一县医院")
    host = a_member(Role.COORDINATOR, other)
    relation = a_relation(cast.supporting.institution, [other])
    desk = cast.supporting.office
    facts = services.BatchFacts("再次支援", relation.pk, "long", date(2026, 3, 6), date(2026, 9, 5))
    with scope.acting(desk):
        batch = services.plan(actor=desk, at=AT, key=None, batch=facts)
        people = [services.Nominee(person_id, other.pk)]
        services.name_people(actor=desk, at=AT, key=None, batch_id=batch.public_id, people=people)
        sent(cast, batch)
    with scope.acting(host):
        services.receive(actor=host, at=AT, key=None, batch_id=batch.public_id, arrived=date(2026, 3, 6))
    return relation


def rule(cast: Cast, relation_id: int, name: str, **said: Any) -> None:
    desk = cast.supporting.office
    facts = RuleSetFacts(name, said, "会议纪要", verified=True)
    with scope.acting(desk):
        draft = RuleSetDraft("dispatch", facts, scope="relation", relation_id=relation_id)
        network.enter_rule_set(actor=desk, at=AT, key=None, rule_set=draft)


def test_two_postings_are_one_account_each_by_its_own_rules(cast: Cast) -> None:
    row = a_posting(cast)
    ended(cast, row, date(2026, 3, 4))
    relation = gone_again(cast, row.person_id)
    before = of(cast.supporting.office, row.person_id)[row.person_id]
    assert [one.days for one in before.stretches] == [4, 5]
    assert (before.days, before.owed, before.lacking) == (9, 12, 351)
    rule(cast, relation.pk, "二县口径", shortest=30)
    after = of(cast.supporting.office, row.person_id)[row.person_id]
    assert (after.days, after.lacking) == (4, 356)
    (why,) = after.uncounted
    assert (why.days, str(why.by.name), why.by.version) == (5, "二县口径", 1)  # type: ignore[union-attr]
    assert "二县口径" in {str(one.name) for one in after.by}


def test_a_recipient_counts_what_it_knows_of(cast: Cast) -> None:
    row = a_posting(cast)
    ended(cast, row, date(2026, 3, 4))
    gone_again(cast, row.person_id)
    assert of(cast.county.coordinator, row.person_id)[row.person_id].days == 4


def test_leave_that_was_open_when_somebody_left_ends_with_the_posting(cast: Cast) -> None:
    row = a_posting(cast)
    desk = cast.county.coordinator
    with scope.acting(desk):
        leave = services.LeaveFacts("personal", date(2026, 3, 3), date(2026, 3, 20))
        services.take_leave(actor=desk, at=AT, key=None, posting_id=row.public_id, leave=leave)
    ended(cast, row, date(2026, 3, 4))
    gone_again(cast, row.person_id)
    assert [one.days for one in of(cast.supporting.office, row.person_id)[row.person_id].stretches] == [2, 5]


def test_a_day_that_has_not_come_counts_for_nobody_and_an_earlier_end_is_kept(cast: Cast) -> None:
    row = a_posting(cast)
    desk = cast.supporting.office
    with scope.acting(desk):
        found = [
            queries.counted_of_people(desk, [row.person_id], queries.PROMOTION, DAY, until)[row.person_id].days
            for until in (DAY + timedelta(days=99), START + timedelta(days=2), START - timedelta(days=1))
        ]
    assert found == [10, 3, 0]


def test_who_was_never_posted_owes_all_of_it(cast: Cast) -> None:
    person = a_person(employer=cast.supporting.institution)
    one = of(cast.supporting.office, person.pk)[person.pk]
    assert (one.days, one.owed, one.lacking, one.stretches) == (0, 12, 360, ())
    assert any(not rules.verified for rules in one.by)


def test_a_statistical_year_asks_for_days(cast: Cast) -> None:
    row = a_posting(cast)
    one = of(cast.supporting.office, row.person_id, purpose=queries.STATISTICS)[row.person_id]
    assert (one.days, one.owed_days, one.lacking) == (10, 183, 173)


def test_each_day_is_judged_by_the_title_of_then(cast: Cast) -> None:
    row, desk = a_posting(cast), cast.supporting.office
    with scope.acting(desk):
        person = network_read.person_by_id(row.person_id)
    told: dict[str, Any] = {"actor": desk, "at": AT, "key": None, "person_id": person.public_id}
    with scope.acting(desk):
        network.edit_person(**told, fields={"title_level": "junior"})  # it was wrong: every day is a junior's
        network.edit_person(**told, fields={"title_level": "intermediate"}, title_since=date(2026, 3, 7))
    one = of(desk, row.person_id, purpose=queries.STATISTICS)[row.person_id]
    assert one.days == 4, "junior titles do not count, from the 7th to the 10th"
    (why,) = one.uncounted
    assert (why.first, why.last) == (START, date(2026, 3, 6))
    for day in (date(2026, 3, 7), date(2026, 3, 11)):
        with scope.acting(desk), pytest.raises(Invalid) as refused:
            network.edit_person(**told, fields={"title_level": "senior"}, title_since=day)
        assert set(refused.value.fields) == {"title_since"}
    with scope.acting(desk):
        network.edit_person(**told, fields={"title_level": "senior"}, title_since=date(2026, 3, 9))
        network.edit_person(**told, fields={"duty": "主任"}, title_since=date(2026, 3, 9))
        assert network_read.person_page(desk, person.public_id).titles == [
            ("senior", date(2026, 3, 9)), ("intermediate", date(2026, 3, 7)), ("junior", None)
        ]  # fmt: skip


def test_the_number_of_queries_is_the_same_for_many(cast: Cast) -> None:
    batch = a_batch(cast)
    rows = named(cast, batch, 8)
    sent(cast, batch)
    received(cast, batch)
    people = [fresh(row).person_id for row in rows]
    counts = []
    for some in (people[:2], people):
        with CaptureQueriesContext(connection) as seen:
            found = of(cast.supporting.office, *some)
        counts.append(len(seen))
        assert {one.days for one in found.values()} == {10}
    assert counts[0] == counts[1] <= 17
