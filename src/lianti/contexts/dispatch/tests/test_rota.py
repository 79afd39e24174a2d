"""The rota: gaps and overlaps against a plain count of days, figures that open exactly their rows, walls."""

import itertools
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.domain import rota
from lianti.contexts.dispatch.domain.rota import Presence
from lianti.contexts.dispatch.queries import PostingAsks, judged
from lianti.contexts.dispatch.queries.rota import RotaAsks
from lianti.contexts.dispatch.queries.rota import rota as read_rota
from lianti.contexts.dispatch.queries.standing import DaySpan
from lianti.contexts.dispatch.tests.builders import START, a_batch, a_posting, named, received, sent
from lianti.contexts.dispatch.views import postings
from lianti.contexts.network import queries as network
from lianti.kernel import scope
from lianti.records.asking import Named
from lianti.records.lists import tally
from tests.cast import AT, Cast, a_person, signed_in_client

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))
STAYS = st.lists(st.tuples(DAYS, st.integers(0, 20)), max_size=5).map(
    lambda found: [Presence(n, day, day + timedelta(days=more)) for n, (day, more) in enumerate(found)]
)


@given(STAYS, DAYS, st.integers(0, 40))
def test_gaps_are_the_days_on_which_nobody_is_there(stays: list[Presence], first: date, more: int) -> None:
    last = first + timedelta(days=more)
    free = rota.gaps(stays, first, last)
    days = [first + timedelta(days=n) for n in range(more + 1)]
    bare = {day for day in days if not any(one.first <= day <= one.last for one in stays)}
    told = [begin + timedelta(days=n) for begin, end in free for n in range((end - begin).days + 1)]
    assert told == sorted(bare)
    assert rota.covered_days(stays, first, last) == len(days) - len(bare)
    assert all(later[0] - before[1] > timedelta(days=1) for before, later in itertools.pairwise(free))


def test_two_at_one_spot_overlap_where_the_next_comes_before_the_last_leaves() -> None:
    old = Presence(1, FIRST, date(2026, 6, 30), "1/内科")
    new = Presence(2, date(2026, 6, 28), date(2026, 12, 31), "1/内科")
    other = Presence(3, date(2026, 6, 28), date(2026, 12, 31), "1/外科")
    named_after = Presence(4, date(2026, 6, 30), date(2026, 12, 31), "", follows=1)
    together = Presence(5, date(2026, 2, 1), date(2026, 12, 31), "1/内科")
    found = rota.overlaps([old, new, other, named_after, together])
    assert [(one.outgoing, one.incoming, one.days) for one in found] == [(1, 2, 3), (1, 4, 1)]


db = pytest.mark.django_db


@db
@pytest.mark.parametrize("view", ["places", "departments", "people"])
def test_every_figure_opens_exactly_its_rows(cast: Cast, view: str) -> None:
    a_posting(cast)
    a_posting(cast, "ordered", from_date=date(2026, 5, 3), to_date=date(2026, 12, 31))
    a_posting(cast, "nominated", from_date=date(2026, 7, 1), to_date=date(2026, 7, 31))
    actor, today = cast.supporting.office, AT.date()
    with scope.acting(actor):
        grid = read_rota(actor, RotaAsks(view=view, since=date(2026, 1, 1)), today)
        every = [*grid.cells.values(), *grid.across.values(), *grid.down.values(), grid.total]
        figures = [one for one in every if one is not None and one.value is not None]
        assert len(figures) > 5
        for one in figures:
            asked = PostingAsks.read(QueryDict(one.url.partition("?")[2]).dict(), actor)
            assert tally(postings.LIST, actor, asked, today).count == one.value.number, one.url
        assert grid.total is not None
        assert grid.total.value.number == 3


@db
def test_a_month_with_nobody_is_said_in_red_with_a_way_to_plan(cast: Cast) -> None:
    a_posting(cast)  # March to August
    office, county = cast.supporting.office, cast.county.office
    asked = RotaAsks(since=date(2026, 3, 1))
    with scope.acting(office):
        grid = read_rota(office, asked, AT.date())
    place = cast.county.institution.public_id
    assert grid.cells[(place, "2026-08")].state is None or grid.cells[(place, "2026-08")].state.code == "few"
    empty = grid.cells[(place, "2026-10")]
    assert empty.state is not None
    assert (empty.state.code, empty.state.tone) == ("gap", "late")
    assert "from_date=2026-10-01" in empty.acts[0].url
    with scope.acting(county):
        assert read_rota(county, asked, AT.date()).cells[(place, "2026-10")].acts == ()
    page = signed_in_client(office).get("/dispatch/rota/?since=2030-03").content.decode()
    assert page.count('data-state="gap"') == 12
    form = signed_in_client(office).get(empty.acts[0].url).content.decode()
    assert 'value="2026-10-01"' in form


@db
def test_the_rota_shows_nobody_elses_people(cast: Cast) -> None:
    row = a_posting(cast)
    with scope.system():
        name = network.person_by_id(row.person_id).name
    for house, seen in (("supporting", True), ("county", True), ("stranger", False), ("authority", False)):
        actor = getattr(cast, house).health_authority if house == "authority" else getattr(cast, house).office
        page = signed_in_client(actor).get("/dispatch/rota/?since=2026-03").content.decode()
        assert (str(name) in page) is seen, house


@db
def test_the_rota_asks_as_often_whatever_its_rows(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    a_posting(cast)
    counts = []
    for _turn in range(2):
        client.get("/dispatch/rota/?since=2026-03")
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/dispatch/rota/?since=2026-03").status_code == 200
        counts.append(len(seen))
        for _more in range(3):
            a_posting(cast)
    assert counts[0] == counts[1]


@db
def test_a_batch_is_judged_by_the_gap_before_it(cast: Cast) -> None:
    """Nobody in September: of the days since the first batch left, those of the gap are missing."""
    a_posting(cast)
    with scope.system():
        person = a_person(employer=cast.supporting.institution)
    second = a_batch(cast, from_date=date(2026, 10, 1), to_date=date(2026, 12, 31))
    one = services.Nominee(person.pk, cast.county.id)
    office = cast.supporting.office
    with scope.acting(office):
        services.name_people(actor=office, at=AT, key=None, batch_id=second.public_id, people=[one])
        relation = network.relation_by_id(cast.relation.pk)
        told = [demand for demand in judged(second, relation, AT.date()) if demand.asked == 30 + 92]
    assert [(demand.found, demand.met) for demand in told] == [(92, False)]


@db
def test_who_stays_past_the_planned_day_is_there_until_today(cast: Cast) -> None:
    batch = a_batch(cast, to_date=START + timedelta(days=2))
    named(cast, batch)
    received(cast, sent(cast, batch))
    actor = cast.county.office
    with scope.acting(actor):
        late = START + timedelta(days=40)
        month = DaySpan.read(f"{late:%Y-%m}")
        asked = PostingAsks(show="all", during=month, to=Named(cast.county.id, cast.county.institution.public_id, "县"))
        assert tally(postings.LIST, actor, asked, late).count == 1
        assert tally(postings.LIST, actor, asked, START).count == 0
