"""People whom a commitment promises: what each month lacks against a naive recount, as the ledger reads it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from lianti.contexts.agreements import queries as agreements
from lianti.contexts.agreements.models import Commitment
from lianti.contexts.agreements.tests.builders import an_agreement, promised
from lianti.contexts.dispatch.domain import rota as counting
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.queries import PostingAsks
from lianti.contexts.dispatch.queries import promised as reading
from lianti.contexts.dispatch.queries.rota import RotaAsks, rota
from lianti.contexts.dispatch.queries.standing import DaySpan
from lianti.contexts.dispatch.states import COMING
from lianti.contexts.dispatch.tests.builders import a_posting
from lianti.contexts.dispatch.views import postings
from lianti.kernel import scope
from lianti.lib.dates import add_months, next_month
from lianti.lib.web.templatetags.web import quantity
from lianti.records.asking import Named
from lianti.records.lists import tally
from lianti.records.matrix import Grid
from tests.cast import AT, Cast

PEOPLE = st.lists(st.integers(0, 6), max_size=8)
db = pytest.mark.django_db
THREE = {"kind": "posting", "text": "每年派驻三人", "amount": Decimal(3), "unit": "person", "period": "year"}
DAYS = {"kind": "dispatch", "text": "每年派驻二百人天", "amount": Decimal(200), "unit": "person_day", "period": "year"}


@given(st.integers(1, 8), PEOPLE, PEOPLE)
def test_each_person_is_held_against_a_promise_once(asked: int, there: list[int], coming: list[int]) -> None:
    held = counting.held(Decimal(asked), there, coming)
    everybody = [who for who in range(7) if who in there or who in coming]
    assert held.found == len(everybody)
    assert held.there == sum(who in there for who in range(7))
    assert held.lacks == max(0, asked - len(everybody))


def drawn(cast: Cast, today: date, **asked: object) -> Grid:
    with scope.acting(cast.supporting.office):
        return rota(cast.supporting.office, RotaAsks(**{"since": date(2026, 1, 1), **asked}), today)  # type: ignore[arg-type]


@db
def test_a_month_says_what_it_lacks_and_opens_the_promise_and_exactly_who_covers(cast: Cast) -> None:
    """Two reported in from March to August, one is ordered for July: three are promised in each month of the year."""
    an_agreement(cast, "in_force", promised(cast, **THREE))
    a_posting(cast)
    a_posting(cast)
    a_posting(cast, "ordered", from_date=date(2026, 7, 1), to_date=date(2026, 7, 31))
    office, today = cast.supporting.office, AT.date()
    grid, place = drawn(cast, today), cast.county.institution.public_id
    with scope.acting(office):
        rows = list(Posting.objects.all())
        promise = Commitment.objects.get()
        for number in range(12):
            first = add_months(date(2026, 1, 1), number)
            last = next_month(first) - timedelta(days=1)
            spot = grid.cells[(place, f"{first:%Y-%m}")]
            told = [row for row in rows if _is_there(row, first, last, today)]
            word = spot.state.word if spot.state else ""
            assert ("Agreed 3 people" in word or "约定 3 人" in word) is (len({row.person_id for row in told}) < 3)
            opened = [act.url for act in spot.acts if act.url.startswith("/dispatch/?")]
            assert len(opened) == (1 if told and len(told) < 3 else 0), first
            for url in opened:
                asked = PostingAsks.read(QueryDict(url.partition("?")[2]).dict(), office)
                assert tally(postings.LIST, office, asked, today).count == len(told)
            if len(told) < 3:
                assert f"/agreements/promises/{promise.public_id}/" in [act.url for act in spot.acts]
                assert spot.state is not None
                assert spot.state.tone == "late" or len(told) + 1 >= 3
    assert grid.cells[(place, "2026-07")].state is None or grid.cells[(place, "2026-07")].state.code != "short"


def _is_there(row: Posting, first: date, last: date, today: date) -> bool:
    if row.state in COMING and last < today:
        return False
    day, until = row.arrived or row.from_date, row.left or row.to_date
    if row.arrived and row.left is None:
        until = max(until, today)
    return any(day <= first + timedelta(days=n) <= until for n in range((last - first).days + 1))


@db
def test_the_row_agrees_with_the_promise_s_own_page_and_spreads_no_days(cast: Cast) -> None:
    an_agreement(cast, "in_force", promised(cast, **THREE), promised(cast, **DAYS))
    a_posting(cast)
    office, today = cast.supporting.office, AT.date()
    with scope.acting(office):
        by_url = {f"/agreements/promises/{row.public_id}/": row.pk for row in Commitment.objects.all()}
        own = agreements.progress(office, by_url.values(), today=today)
    grid = drawn(cast, today)
    beside = grid.across[cast.county.institution.public_id].named
    assert {one.url for one in beside} == set(by_url)
    for one in beside:
        read = own[by_url[one.url]]
        done = read.counts[0].done
        assert read.promised is not None
        figures = [quantity(done), quantity(read.promised - done), quantity(read.promised)]
        assert all(figure in str(one.title) for figure in figures), (one.title, figures)
    assert [bool(one.sub) for one in sorted(beside, key=lambda one: by_url[one.url])] == [False, True]
    assert not any("人天" in (cell.state.word if cell.state else "") for cell in grid.cells.values())


@db
@pytest.mark.parametrize(("amount", "red"), [(1, None), (2, False), (3, True)])
def test_who_comes_later_in_the_year_keeps_the_promise_as_the_ledger_counts_it(
    cast: Cast, amount: int, red: bool | None
) -> None:
    """One reported in in March, one is ordered for July: of two a year April lacks one, but the year does not."""
    an_agreement(cast, "in_force", promised(cast, **{**THREE, "amount": Decimal(amount)}))
    a_posting(cast)
    a_posting(cast, "ordered", from_date=date(2026, 7, 1), to_date=date(2026, 7, 31))
    office, today, april = cast.supporting.office, AT.date(), DaySpan.month(date(2026, 4, 1))
    with scope.acting(office):
        (promise,) = reading.promises(office, RotaAsks(), today)
        found = reading.lack(promise, list(Posting.objects.all()), april, today)
    assert (found.red if found else None) is red


@db
def test_a_rota_of_one_relation_is_held_against_whoever_is_there(cast: Cast) -> None:
    """Figures are of the relation alone; promises are kept by whoever the giver sent."""
    an_agreement(cast, "in_force", promised(cast, **{**THREE, "amount": Decimal(1)}))
    a_posting(cast)
    relation = Named(cast.relation.pk, cast.relation.public_id, "")
    place = cast.county.institution.public_id
    here = drawn(cast, AT.date(), relation=relation)
    assert here.cells[(place, "2026-04")].state is None or here.cells[(place, "2026-04")].state.code != "short"
    with scope.acting(cast.stranger.office):
        other = rota(cast.stranger.office, RotaAsks(since=date(2026, 1, 1)), AT.date())
    assert (place, "2026-10") not in other.cells
