"""Who would be at two institutions at one time: against a plain look at the parts of a day; handover is none."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianti.contexts.dispatch.domain import double
from lianti.contexts.dispatch.domain.double import HALVES, NIGHT_DUTY, WORKING_DAY, Task
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.queries.doubles import doubles_of
from lianti.contexts.dispatch.queries.rota import RotaAsks, rota
from lianti.contexts.dispatch.queries.standing import DaySpan
from lianti.contexts.dispatch.tests.builders import a_posting
from lianti.contexts.dispatch.tests.caring import a_clinic
from lianti.contexts.dispatch.tests.test_week import also_sent
from lianti.kernel import scope
from tests.cast import AT, Cast, House, a_hospital, a_relation, signed_in_client

DAY = date(2026, 3, 9)  # a Monday
PARTS = st.sampled_from([WORKING_DAY, NIGHT_DUTY, *(frozenset({half}) for half in HALVES)])
NAMED = st.builds(Task, st.just(1), st.integers(1, 2), st.just(DAY), st.sampled_from("ab"), PARTS)
LOOSE = st.builds(
    Task, st.just(1), st.integers(1, 2), st.just(DAY), st.sampled_from("cd"), halves=st.integers(1, 3).map(Fraction)
)
TASKS = st.one_of(NAMED, LOOSE)


@given(TASKS, TASKS)
def test_two_tasks_collide_where_no_way_of_putting_them_into_a_day_is_left(one: Task, other: Task) -> None:
    """Try every way of laying the half-days that nobody named into those of the day."""
    apart = one.place != other.place and one.key != other.key
    assert double.collide(one, other) is (apart and not _fit(one, other))
    assert double.collide(one, other) is double.collide(other, one)


def _fit(one: Task, other: Task) -> bool:
    taken = [*one.parts, *other.parts]
    free = [half for half in HALVES if half not in taken]
    return len(taken) == len(set(taken)) and one.halves + other.halves <= len(free)


def test_only_the_same_person_on_the_same_day_is_double() -> None:
    task = Task(1, 1, DAY, "a", WORKING_DAY)
    others = [replace(task, person=2, place=2, key="b"), replace(task, day=DAY + timedelta(days=1), place=2, key="c")]
    assert double.doubles([task, *others]) == []
    assert len(double.doubles([task, replace(task, place=2, key="d")])) == 1


@pytest.mark.django_db
def test_a_visit_elsewhere_on_the_day_of_a_clinic_is_said_where_it_is_booked_and_on_the_rota(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clinic on Mondays here, and a visit of ten days there: two Mondays are double, handed over none is."""
    other = House(a_hospital("远山县人民医院"))
    a_relation(cast.supporting.institution, [cast.county.institution, other.institution])
    first = a_posting(cast)
    clinic = a_clinic(cast, first)
    second = also_sent(cast, first.person_id, other)
    with scope.system():
        Posting.objects.filter(public_id=second).update(from_date=DAY, to_date=DAY + timedelta(days=9))
    office, span = cast.supporting.office, DaySpan.month(date(2026, 3, 1))
    with scope.acting(office):
        (line,) = doubles_of(office, [first.person_id], span, AT.date())
        assert line.days == [DAY, DAY + timedelta(days=7)]
        grid = rota(office, RotaAsks(view="doubles", since=span.first), AT.date())
        assert [spot.state.code for spot in grid.cells.values() if spot.state] == ["double"]
        years = rota(office, RotaAsks(view="people"), AT.date())
        assert "double" in {spot.state.code for spot in years.cells.values() if spot.state}
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    desk = signed_in_client(office)
    for url in (f"/dispatch/{second}/", f"/dispatch/clinics/{clinic.public_id}/"):
        assert DAY.isoformat() in desk.get(url).content.decode().partition('class="note"')[2][:200]
    with scope.acting(cast.county.office):  # who receives sees its own place alone
        assert doubles_of(cast.county.office, [first.person_id], span, AT.date()) == []
    _hand_over(cast, first)
    with scope.acting(office):
        assert doubles_of(office, [first.person_id], span, AT.date()) == []
        years = rota(office, RotaAsks(view="people"), AT.date())
        said = [str(link.title) for spot in years.cells.values() for link in spot.named if not link.url]
    assert len(said) == 2  # in the row of who leaves and in that of who comes


def _hand_over(cast: Cast, row: Posting) -> None:
    """Let a successor come on the day before the first Monday, while the other still stays for two weeks."""
    after = a_posting(cast)
    with scope.system():
        Posting.objects.filter(pk=row.pk).update(left=DAY + timedelta(days=13))
        Posting.objects.filter(pk=after.pk).update(follows=row.pk, arrived=DAY - timedelta(days=1))
