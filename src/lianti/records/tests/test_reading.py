"""Rows from one query or from several that are merged: the same rows, each once, in the same order. On needs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Q

from lianti.contexts.needs import views
from lianti.contexts.needs.flow import FLOW
from lianti.contexts.needs.models import Need
from lianti.contexts.needs.queries import Asks
from lianti.contexts.needs.tests.builders import a_need, facts
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound
from lianti.records.reading import ByAudience, BySides, Plain, Source, Visible, counted_each
from tests.cast import DAY, Cast, a_relation

pytestmark = pytest.mark.django_db
SOURCES = {
    "plain": Plain(), "audience": ByAudience("stated_date", "priority"), "keys": ByAudience(),
    "sides": BySides(("stater_id", "addressed_id")),
}  # fmt: skip
ORDERS = [("-id",), ("id",), ("priority", "stated_date", "id"), ("-stated_date", "-id")]


@pytest.fixture
def needs(cast: Cast) -> list[Need]:
    """Make two needs of the county, one of the supporting hospital, and one of which only others know."""
    third = a_relation(cast.county.institution, [cast.stranger.institution])
    made = [a_need(cast, text="甲"), a_need(cast, text="乙", amount=Decimal(3), unit="session")]
    back = {"stater_id": cast.supporting.id, "addressed_id": cast.county.id}
    with scope.acting(cast.supporting.office):
        given = facts(cast, text="丙", amount=Decimal("1.5"), unit="session", **back)
        made.append(views.services.state(actor=cast.supporting.office, at=views.timezone.now(), key=None, need=given))
    away = {"stater_id": cast.county.id, "addressed_id": cast.stranger.id, "relation_id": third.pk}
    with scope.acting(cast.county.office):
        given = facts(cast, text="别家的", **away)
        views.services.state(actor=cast.county.office, at=views.timezone.now(), key=None, need=given)
    return made


def rows(name: str, actor: Actor) -> Visible[Any]:
    source: Source = SOURCES[name]
    return source.rows(FLOW, actor)


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
def test_every_source_gives_each_row_once_in_order(
    cast: Cast, needs: list[Need], name: str, order: tuple[str, ...]
) -> None:
    actor = cast.supporting.office
    with scope.acting(actor):
        found, wanted = rows(name, actor), list(Need.objects.filter(pk__in=[n.pk for n in needs]).order_by(*order))
        assert found.all(order=order, most=9) == wanted
        assert [row for chunk in found.chunks(order=order, size=2) for row in chunk] == wanted
        assert [len(chunk) for chunk in found.chunks(order=order, size=3)] == [3]
        seen, after = [], None
        for _page in wanted:
            page = found.page(order=order, after=after, limit=1)
            seen, after = [*seen, *page.items], page.more
        assert (seen, after) == (wanted, None)


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_counts_and_adds_up_alike(cast: Cast, needs: list[Need], name: str) -> None:
    actor = cast.supporting.office
    with scope.acting(actor):
        found = rows(name, actor)
        assert (found.count(), found.counted(), found.counted(2)) == (3, (3, True), (2, False))
        count, exact, sums = found.summed("amount", "unit", Q(text="丙"))
        assert (count, exact, sums["session"]) == (3, True, Decimal("1.50"))
        assert found.summed("amount", "unit", Q(), 2) == (2, False, {})
        assert counted_each([found, found.narrowed(Q(text="甲")), found], 2) == [2, 1, 2]


@pytest.mark.parametrize("name", SOURCES)
def test_where_nothing_can_be_nothing_is_counted(cast: Cast, needs: list[Need], name: str) -> None:
    actor = cast.supporting.office
    with scope.acting(actor):
        none = rows(name, actor).narrowed(Q(pk__in=[]))
        assert (none.all(most=5), none.counted(), none.count()) == ([], (0, True), 0)
        assert none.summed("amount", "unit", Q()) == (0, True, {})
        assert counted_each([none, rows(name, actor)]) == [0, 3]
        assert rows(name, actor).all(most=0) == []


def test_branches_are_narrowed_apart(cast: Cast, needs: list[Need]) -> None:
    actor = cast.supporting.office
    with scope.acting(actor):
        found = rows("sides", actor)  # stated by the house, then addressed to it
        assert {row.text for row in found.apart(Q(), None).all(most=9)} == {"丙"}
        assert {row.text for row in found.apart(Q(pk__in=[]), Q(text="甲")).all(most=9)} == {"甲"}
        assert found.apart(None, Q(pk__in=[])).all(most=9) == []
        with pytest.raises(ValueError, match="argument"):
            found.apart(Q())


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_not_to_be_known_of_is_not_there(cast: Cast, needs: list[Need], name: str) -> None:
    actor = cast.supporting.office
    with scope.acting(actor):
        assert rows(name, actor).one(needs[0].public_id) == needs[0]
        with scope.system():
            foreign = Need.objects.get(text="别家的").public_id
        for ident in (foreign, ids.new()):
            with pytest.raises(NotFound):
                rows(name, actor).one(ident)


def test_order_goes_one_way(cast: Cast) -> None:
    with pytest.raises(ValueError, match="one way: -priority, id"):
        rows("plain", cast.supporting.office).all(order=("-priority", "id"), most=1)


def test_a_list_over_sides_is_the_same_list(cast: Cast, needs: list[Need]) -> None:
    merged, actor = replace(views.LIST, source=SOURCES["sides"]), cast.county.office
    with scope.acting(actor):
        everything = Asks(state="stated", show="all")
        there = [[row.public_id for row in lst.page(actor, everything, DAY).items] for lst in (merged, views.LIST)]
    assert there[0] == there[1]
    assert len(there[0]) == 4
