"""Workstations: applied for, approved, unveiled, planned and checked, renewed, closed; their visits are postings."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.models import StationExpert, StationYear, Workstation, WorkstationTransition
from lianti.contexts.dispatch.queries import PostingAsks
from lianti.contexts.dispatch.services import Approval, StationFacts, StationPast
from lianti.contexts.dispatch.states import STATION
from lianti.contexts.dispatch.tests.builders import START, a_batch, fresh, named, sent
from lianti.contexts.dispatch.tests.caring import a_station, did, refused
from lianti.contexts.dispatch.views import postings
from lianti.contexts.dispatch.views import stations as views
from lianti.kernel import scope
from lianti.kernel.models import WorkItem
from lianti.lib.actor import Actor
from lianti.lib.errors import Refused
from lianti.lib.roles import Role
from lianti.records.asking import Named
from lianti.records.lists import tally
from tests.cast import AT, Cast, a_person, signed_in_client
from tests.machines import Undone, run, unexplained
from tests.records import DeclarationTests, RecordTests

TODAY = AT.date()
DAY = timedelta(days=1)


class TestStations(DeclarationTests, RecordTests):
    LIST, PAGE = views.LIST, views.PAGE

    def make(self, cast: Cast) -> Workstation:
        return a_station(cast)


@pytest.mark.django_db
def test_a_workstation_from_the_application_to_its_end(cast: Cast) -> None:
    row, host = a_station(cast), cast.county.office
    by = {"station_id": row.public_id}
    did(
        host,
        services.approve_station,
        **by,
        approval=Approval(TODAY, "云卫〔2026〕3号", "省卫生健康委", TODAY + 700 * DAY),
    )
    did(host, services.unveil_station, **by, plaque=TODAY)
    did(cast.supporting.office, services.plan_station, **by, year=2026, goals="每月坐诊两次，带教两人")
    with scope.system():
        item = WorkItem.objects.get(kind="dispatch.workstation", record_pk=row.pk, closed_at=None)
    assert (item.verb, item.due and item.due.date()) == ("dispatch.station_check", date(2026, 12, 31))
    did(host, services.check_station, **by, year=2026, grade="excellent", note="完成")
    with refused("year"):
        did(host, services.plan_station, **by, year=2026, goals="改写")
    with refused("until"):
        did(host, services.renew_station, **by, until=TODAY + 600 * DAY)
    did(host, services.renew_station, **by, until=TODAY + 900 * DAY)
    did(cast.supporting.office, services.close_station, **by, note="期满")
    done = fresh(row)
    assert (done.state, done.closed, done.until) == ("closed", TODAY, TODAY + 900 * DAY)
    with scope.system():
        year = StationYear.objects.get(station=row.pk)
        assert not WorkItem.objects.filter(kind="dispatch.workstation", closed_at=None).exists()
    assert (year.goals, year.grade) == ("每月坐诊两次，带教两人", "excellent")


@pytest.mark.django_db
def test_its_visits_are_the_postings_of_its_experts_there(cast: Cast) -> None:
    row = a_station(cast)
    batch = a_batch(cast, kind="workstation")
    first, _other = named(cast, batch, 2)
    sent(cast, batch)
    office, today = cast.supporting.office, TODAY
    did(
        office, services.edit_station, station_id=row.public_id, name=row.name, specialty=row.specialty,
        expert_ids=(first.person_id,),
    )  # fmt: skip
    with scope.acting(office):
        asked = PostingAsks(show="all", station=Named(row.pk, row.public_id, ""))
        page = postings.LIST.page(office, asked, today)
        assert [one.public_id for one in page.items] == [first.public_id]
        assert tally(postings.LIST, office, asked, today).count == 1
    assert first.public_id in signed_in_client(office).get(f"/dispatch/workstations/{row.public_id}/").content.decode()


@pytest.mark.django_db
def test_only_people_of_the_supporting_house_and_parties_of_the_relation(cast: Cast) -> None:
    with scope.system():
        stranger = a_person(employer=cast.stranger.institution)
    row = a_station(cast)
    by = {"station_id": row.public_id, "name": "站", "specialty": "皮肤科"}
    with refused("experts"):
        did(cast.county.office, services.edit_station, **by, expert_ids=(stranger.pk,))
    facts = StationFacts("站", cast.relation.pk, cast.stranger.id, cast.supporting.id, "皮肤科")
    with refused("recipient"):
        did(cast.supporting.office, services.apply_station, station=facts, applied=TODAY)
    with refused("applied"):
        a_station(cast, applied=TODAY + DAY)
    with scope.system():
        assert not StationExpert.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "past", "wrong"),
    [
        ("applied", StationPast(START), ""),
        ("approved", StationPast(START), "approved"),
        ("open", StationPast(START, Approval(START)), "status"),
        ("open", StationPast(START, Approval(START, "3号"), START), ""),
        ("closed", StationPast(START), "status"),
    ],
)
def test_what_a_source_tells_comes_in_as_it_stands(cast: Cast, state: str, past: StationPast, wrong: str) -> None:
    facts = StationFacts("皮肤科站", cast.relation.pk, cast.county.id, cast.supporting.id, "皮肤科")
    told: dict[str, Any] = {"source": "报道", "station": facts, "past": past, "state": state}
    if wrong:
        with refused(wrong):
            did(cast.county.office, services.adopt_station, **told)
    else:
        assert did(cast.county.office, services.adopt_station, **told).state == state


@pytest.mark.django_db
def test_a_workstation_is_applied_for_by_its_form(cast: Cast) -> None:
    client, place = signed_in_client(cast.county.office), cast.county.institution.public_id
    given = {"relation": cast.relation.public_id, "recipient": place, "name": "皮肤科站", "specialty": "皮肤科"}
    answer = client.post("/dispatch/workstations/new/", {**given, "applied": TODAY.isoformat()})
    assert answer.status_code == 303, answer.context["form"].errors
    page = client.get(answer["Location"])
    assert "皮肤科站" in page.content.decode()
    approved = {"approved": TODAY.isoformat(), "approval_number": "3号", "approved_by": "省卫健委"}
    assert client.post(f"{answer['Location']}moves/approve_station/", approved).status_code == 303


class Stationed(Undone):
    """Anyone tries anything with a workstation."""

    cast: Cast
    actors: list[Actor]

    @initialize()
    def begin(self) -> None:
        a_station(self.cast)

    @rule(data=st.data(), verb=st.sampled_from(sorted({t.name for t in STATION.transitions} - {"apply_station"})))
    def move(self, data: st.DataObject, verb: str) -> None:
        actor = data.draw(st.sampled_from(self.actors))
        with scope.system():
            row = Workstation.objects.get()
        known: dict[str, dict[str, Any]] = {
            "edit_station": {"name": "改", "specialty": "皮肤科", "expert_ids": ()},
            "approve_station": {"approval": Approval(TODAY)},
            "unveil_station": {"plaque": TODAY},
            "plan_station": {"year": 2026, "goals": "坐诊"},
            "check_station": {"year": 2026, "grade": "pass"},
            "renew_station": {"until": (row.until or TODAY) + DAY},
            "close_station": {"note": "期满"},
        }
        try:
            did(actor, getattr(services, verb), station_id=row.public_id, **known[verb])
        except Refused:
            assert fresh(row).version == row.version
        else:
            assert STATION.find(verb, row.state) is not None
            assert actor.tenant_id in {self.cast.supporting.id, self.cast.county.id}
            assert actor.role in {Role.OFFICE, Role.COORDINATOR, Role.LEADER}

    @invariant()
    def the_story_explains_the_state(self) -> None:
        with scope.system():
            for row in Workstation.objects.all():
                moves = list(WorkstationTransition.objects.filter(record=row).order_by("id"))
                assert not unexplained(STATION, moves, row.state)
                assert (row.closed is not None) == (row.state == "closed")


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.turns
def test_anyone_tries_anything_with_a_workstation(cast: Cast) -> None:
    houses = (cast.county, cast.supporting, cast.stranger)
    actors = [house.actor(role) for house in houses for role in Role if role not in (Role.LINK, Role.SYSTEM)]
    actors += [cast.county.office, cast.supporting.office] * 8
    run(type("Bound", (Stationed,), {"cast": cast, "actors": actors}))
