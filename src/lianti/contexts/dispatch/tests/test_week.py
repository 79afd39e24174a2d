"""The week list: what becomes of a clinic on a day, against a day-by-day count; nobody sits in two places."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.domain import week
from lianti.contexts.dispatch.domain.week import Off, OnDay, Sitting, Times
from lianti.contexts.dispatch.models import Clinic, Posting
from lianti.contexts.dispatch.queries.week import WeekList, week_list
from lianti.contexts.dispatch.services import ClinicWord
from lianti.contexts.dispatch.states import ClinicHeld
from lianti.contexts.dispatch.tests.builders import START, a_posting, fresh
from lianti.contexts.dispatch.tests.caring import a_clinic, did, refused
from lianti.contexts.dispatch.views import clinics
from lianti.contexts.network import queries as network
from lianti.contexts.network.models import Relation
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, NotAllowed
from lianti.lib.roles import Role
from tests.cast import AT, Cast, House, a_hospital, a_person, a_relation, signed_in_client
from tests.records import DeclarationTests, RecordTests

DAY = timedelta(days=1)
MONDAY = date(2026, 3, 9)
DAYS = st.integers(0, 30).map(lambda n: MONDAY + n * DAY)
MAYBE = st.one_of(st.none(), DAYS)
OFFS = st.lists(st.tuples(DAYS, st.integers(0, 9), st.sampled_from([None, 7])), max_size=3)
SAID = st.dictionaries(DAYS, st.sampled_from(list(ClinicHeld)))


class TestClinics(DeclarationTests, RecordTests):
    LIST, PAGE = clinics.LIST, clinics.PAGE

    def make(self, cast: Cast) -> Clinic:
        return a_clinic(cast)


@given(st.data(), st.integers(1, 7), OFFS, SAID)
def test_a_day_is_what_a_plain_look_says(
    data: st.DataObject, weekday: int, offs: list[tuple[date, int, int | None]], said: dict[date, ClinicHeld]
) -> None:
    day, first, came = (data.draw(DAYS) for _ in range(3))
    last, left = data.draw(MAYBE), data.draw(MAYBE)
    words = {one: OnDay(held, 7 if held == ClinicHeld.COVERED else None) for one, held in said.items()}
    away = [Off(begin, begin + more * DAY, cover) for begin, more, cover in offs]
    found = week.on_day(day, Sitting(weekday, first, last), Times(came, left), away, words)
    expected: OnDay | None
    if day.isoweekday() != weekday or day < max(first, came) or day > min(last or day, left or day):
        expected = None
    elif day in words:
        expected = words[day]
    else:
        over = [one for one in away if day in {one.first + n * DAY for n in range((one.last - one.first).days + 1)}]
        held = ClinicHeld.HELD if not over else ClinicHeld.COVERED if over[0].cover else ClinicHeld.STOPPED
        expected = OnDay(held, over[0].cover if over else None)
    assert found == expected


def test_a_week_is_read_as_it_is_written() -> None:
    for first in (date(2026, 12, 28), date(2027, 1, 4), MONDAY):
        assert week.read_week(week.week_text(first)) == first
    assert [week.read_week(text) for text in ("2026", "2026-W60", "x-W1", "")] == [None] * 4


def test_who_is_not_back_is_away_until_today_at_least() -> None:
    assert week.away(MONDAY, MONDAY + DAY, None, None, MONDAY + 9 * DAY).last == MONDAY + 9 * DAY
    assert week.away(MONDAY, MONDAY + 9 * DAY, MONDAY + 3 * DAY, None, MONDAY + 9 * DAY).last == MONDAY + 2 * DAY


def shown(actor: Actor, first: date = MONDAY, today: date = MONDAY) -> WeekList:
    with scope.acting(actor):
        found = week_list(actor, "", first, today)
    assert found is not None
    return found


def name_of(person: int) -> str:
    with scope.system():
        return str(network.person_by_id(person).name)


@pytest.mark.django_db
def test_leave_stops_a_clinic_and_a_cover_keeps_it_until_the_return(cast: Cast) -> None:
    posting, host = a_posting(cast), cast.county.coordinator
    a_clinic(cast, posting)
    with scope.system():
        cover = a_person(employer=cast.county.institution)
    assert [slot.state for slot in shown(host).slots] == [None]
    by = {"posting_id": posting.public_id}
    leave = services.LeaveFacts("personal", MONDAY - 2 * DAY, MONDAY + DAY, cover.pk)
    did(host, services.take_leave, **by, leave=leave)
    (slot,) = shown(cast.supporting.office).slots
    assert slot.state is not None
    assert (slot.state.code, slot.cover and slot.cover.id) == ("covered", cover.pk)
    assert name_of(cover.pk) in shown(host).text
    did(host, services.return_from_leave, **by, back=MONDAY)
    assert [slot.state for slot in shown(host).slots] == [None]
    assert [slot.day for slot in shown(host, MONDAY + 7 * DAY).slots] == [MONDAY + 7 * DAY]


@pytest.mark.django_db
def test_a_word_on_a_day_wins_and_is_taken_back(cast: Cast) -> None:
    row, host = a_clinic(cast), cast.county.coordinator
    for held, expected in (("stopped", "stopped"), ("held", None), ("", None)):
        word = ClinicWord(MONDAY, held, None, "设备检修")
        did(host, services.say_day, clinic_id=row.public_id, word=word)
        (slot,) = shown(host).slots
        assert (slot.state.code if slot.state else None) == expected
    with refused("day"):
        did(host, services.say_day, clinic_id=row.public_id, word=ClinicWord(MONDAY + DAY, "stopped"))
    with refused("cover"):
        did(host, services.say_day, clinic_id=row.public_id, word=ClinicWord(MONDAY, "covered"))


@pytest.mark.django_db
def test_past_weeks_keep_what_held_and_who_left_sits_no_more(cast: Cast) -> None:
    posting, host = a_posting(cast), cast.county.coordinator
    row = a_clinic(cast, posting)
    did(host, services.end_clinic, clinic_id=row.public_id, to_date=MONDAY)
    a_clinic(cast, posting, weekday=2, from_date=MONDAY)
    assert [slot.day for slot in shown(host).slots] == [MONDAY, MONDAY + DAY]
    assert [slot.day for slot in shown(host, MONDAY + 7 * DAY).slots] == [MONDAY + 8 * DAY]
    did(host, services.finish, posting_id=posting.public_id, left=MONDAY)
    assert [slot.day for slot in shown(host).slots] == [MONDAY]
    with pytest.raises(Conflict):
        a_clinic(cast, posting, weekday=4)


@pytest.mark.django_db
def test_nobody_sits_in_two_places_at_one_half_day(cast: Cast) -> None:
    other = House(a_hospital("远山县人民医院"))
    a_relation(cast.supporting.institution, [cast.county.institution, other.institution])
    first = a_posting(cast)
    a_clinic(cast, first, to_date=MONDAY + 20 * DAY)
    second = also_sent(cast, first.person_id, other)
    facts = services.ClinicFacts(1, "morning", "专家门诊", "", MONDAY)
    host = other.coordinator
    with refused("weekday"):
        did(host, services.open_clinic, posting_id=second, clinic=facts)
    with refused("weekday"):
        a_clinic(cast, first, from_date=MONDAY)
    did(host, services.open_clinic, posting_id=second, clinic=replace(facts, half="afternoon"))
    row = did(host, services.open_clinic, posting_id=second, clinic=replace(facts, from_date=MONDAY + 21 * DAY))
    assert fresh(row).state == "running"
    # Nor does somebody cover who sits elsewhere then.
    extra = a_clinic(cast, weekday=1, half="afternoon", from_date=START)
    word = ClinicWord(MONDAY, "covered", first.person_id)
    with refused("cover"):
        did(cast.county.coordinator, services.say_day, clinic_id=extra.public_id, word=word)


def also_sent(cast: Cast, person: int, house: House) -> str:
    """Send somebody on rounds to another hospital too, and return the posting."""
    office = cast.supporting.office
    with scope.system():
        relation = max(Relation.objects.values_list("pk", flat=True))
    facts = services.BatchFacts("巡回", relation, "rounds", START, START + 180 * DAY)
    batch = did(office, services.plan, batch=facts)
    named = [services.Nominee(person, house.id)]
    did(office, services.name_people, batch_id=batch.public_id, people=named)
    did(office, services.order, batch_id=batch.public_id, letter=services.LetterFacts("函3号", START))
    with scope.system():
        found: str = Posting.objects.get(batch=batch.pk).public_id
    return found


@pytest.mark.django_db
def test_experts_keep_their_own_clinics_alone(cast: Cast) -> None:
    posting = a_posting(cast)
    row = a_clinic(cast, posting)
    word = ClinicWord(MONDAY, "stopped")
    expert = cast.county.actor(Role.EXPERT)
    with pytest.raises(NotAllowed):
        did(expert, services.say_day, clinic_id=row.public_id, word=word)
    did(replace(expert, person_id=posting.person_id), services.say_day, clinic_id=row.public_id, word=word)
    for actor in (cast.supporting.office, cast.county.clinician):
        with pytest.raises(NotAllowed):
            did(actor, services.say_day, clinic_id=row.public_id, word=word)


@pytest.mark.django_db
def test_week_poster_and_text_are_for_those_who_know_the_clinic(cast: Cast) -> None:
    posting = a_posting(cast)
    a_clinic(cast, posting)
    name, place = name_of(posting.person_id), cast.county.institution.public_id
    for house, seen in ((cast.county, True), (cast.supporting, True), (cast.stranger, False)):
        client = signed_in_client(house.actor(Role.CLINICIAN))
        for address in ("week/?", "week/poster/?", "week/poster/?size=a3&"):
            page = client.get(f"/dispatch/{address}week=2026-W11").content.decode()
            assert (name in page) is seen, (house, address)
        assert client.get(f"/dispatch/week/?place={place}").status_code == (200 if seen else 404)
        assert client.get("/dispatch/week/?week=2026-W77").status_code == 422


@pytest.mark.django_db
def test_a_clinic_is_opened_by_its_form(cast: Cast) -> None:
    posting, client = a_posting(cast), signed_in_client(cast.county.coordinator)
    page = client.get(f"/dispatch/clinics/new/?posting={posting.public_id}")
    assert page.status_code == 200
    given = {"posting": posting.public_id, "weekday": 3, "half": "evening", "name": "夜门诊", "from_date": AT.date()}
    answer = client.post("/dispatch/clinics/new/", given)
    assert answer.status_code == 303, answer.context["form"].errors
    page = client.get(answer["Location"]).content.decode()
    assert "夜门诊" in page
    moved = client.post(f"{answer['Location']}moves/say_day/", {"day": "2027-03-03", "held": "stopped", "note": "会议"})
    assert moved.status_code == 303
    assert "会议" in client.get(answer["Location"]).content.decode()
