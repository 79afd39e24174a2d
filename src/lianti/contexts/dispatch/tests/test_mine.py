"""A posted person's own month: where they are, which days they were there, which they were away."""

from datetime import date, timedelta

import pytest
from django.db import connection

from lianti.contexts.dispatch import queries
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.states import PostingState
from lianti.contexts.dispatch.tests.builders import START, a_posting
from lianti.contexts.dispatch.tests.test_attendance import begun, march, marked, sealed
from lianti.contexts.dispatch.tests.test_leaves import approved
from lianti.contexts.network.models import Person
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.dates import next_month
from lianti.lib.errors import NotFound
from lianti.lib.roles import Role
from tests.cast import Cast, a_principal

pytestmark = pytest.mark.django_db
LAST = next_month(START) - timedelta(days=1)
TODAY = date(2026, 3, 10)


def the_posted(cast: Cast, person_id: int, house: int) -> Actor:
    """Return the posted person, acting for one of the two houses."""
    with scope.system():
        principal = a_principal()
        Person.objects.filter(pk=person_id).update(principal=principal)
    return Actor(principal.pk, house, Role.EXPERT, person_id)


def test_the_posted_reads_place_department_and_until_in_either_seat(cast: Cast) -> None:
    row = a_posting(cast, department="呼吸科")
    for house in (cast.county.id, cast.supporting.id):
        posted = the_posted(cast, row.person_id, house)
        with scope.acting(posted):
            (own,) = queries.own_postings(posted, START, LAST)
        assert (own.place.id, own.since, own.until) == (cast.county.id, START, row.to_date)
        assert own.what.startswith("呼吸科")
        assert own.away == ""


def test_days_say_on_duty_up_to_today_and_leave_by_its_kind(cast: Cast) -> None:
    row = a_posting(cast, PostingState.ON_LEAVE)
    posted = the_posted(cast, row.person_id, cast.county.id)
    with scope.acting(posted):
        days = queries.own_days(posted, START, TODAY)
        (own,) = queries.own_postings(posted, START, LAST)
    assert min(days) == START
    assert max(days) == TODAY  # nothing is known of what is to come
    away = START + timedelta(days=2)
    assert {day for day, mark in days.items() if mark.tone == "waiting"} == {
        away + timedelta(days=n)
        for n in range((TODAY - away).days + 1)  # nobody has come back yet
    }
    assert {str(mark.word) for mark in days.values()} >= {"事假", "出勤", "休息"}
    assert own.away
    assert own.back == START + timedelta(days=5)


def test_the_posted_reads_their_own_at_a_third_institution_too_and_nobody_else_there_does(cast: Cast) -> None:
    """Lists and moves stay with the two sides; on PostgreSQL the wall lets the page through, and only that person."""
    row = a_posting(cast, PostingState.ON_LEAVE)
    other = a_posting(cast)
    posted = the_posted(cast, row.person_id, cast.stranger.id)
    with scope.acting(posted):
        assert [own.place.id for own in queries.own_postings(posted, START, LAST)] == [cast.county.id]
        assert queries.own_days(posted, START, TODAY)[START + timedelta(days=3)].tone == "waiting"
        assert queries.KIND.visible(posted).one(row.public_id).pk == row.pk
        with pytest.raises(NotFound):
            queries.KIND.visible(posted).one(other.public_id)
        assert not list(Posting.objects.exclude(pk=row.pk)) or connection.vendor != "postgresql"
    colleague = Actor(cast.stranger.expert.principal_id, cast.stranger.id, Role.EXPERT, other.person_id + 10_000)
    with scope.acting(colleague), pytest.raises(NotFound):
        queries.KIND.visible(colleague).one(row.public_id)


def test_nobody_reads_of_another(cast: Cast) -> None:
    a_posting(cast)
    for other in (cast.county.expert, cast.stranger.expert, Actor(1, cast.county.id, Role.EXPERT)):
        with scope.acting(other):
            assert queries.own_postings(other, START, LAST) == []
            assert queries.own_days(other, START, TODAY) == {}


def test_what_the_keeper_marks_is_there_and_what_was_sealed_stands(cast: Cast) -> None:
    row = a_posting(cast)
    posted = the_posted(cast, row.person_id, cast.county.id)
    sheet = begun(cast)
    sheet = marked(cast, sheet, (row.public_id, march(5), "night"), version=sheet.version)

    def word(day: date) -> str:
        with scope.acting(posted):
            return str(queries.own_days(posted, START, LAST)[day].word)

    assert word(march(5)) == "夜班"
    sealed(cast, sheet)
    assert (word(march(5)), word(march(6))) == ("夜班", "出勤")


def test_approved_leave_is_known_before_it_comes(cast: Cast) -> None:
    row = a_posting(cast)
    posted = the_posted(cast, row.person_id, cast.county.id)
    approved(cast, row, 3)  # from the 16th
    with scope.acting(posted):
        days = queries.own_days(posted, START, TODAY)
        calendar = queries.calendar_days(posted, "own", TODAY)
    coming = [day for day in days if day > TODAY]
    assert coming == [march(16), march(17), march(18)]
    assert {str(days[day].word) for day in coming} == {"事假"}
    assert [(one.first, one.last) for one in calendar if "事假" in one.title] == [(march(16), march(18))]
