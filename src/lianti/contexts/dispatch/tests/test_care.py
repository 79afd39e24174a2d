"""Arrival, leaving and visits: lists begin and lapse with the posting, each side ticks its own, one to-do a side."""

from datetime import date, timedelta

import pytest

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.domain import care
from lianti.contexts.dispatch.models import CareVisit, CheckItem, CheckList, Posting
from lianti.contexts.dispatch.services import HouseItem, VisitFacts
from lianti.contexts.dispatch.states import Side
from lianti.contexts.dispatch.tests.builders import START, a_posting, fresh
from lianti.contexts.dispatch.tests.caring import a_care_visit, a_check, did, open_items, refused
from lianti.contexts.dispatch.views import care as views
from lianti.kernel import scope
from lianti.kernel.models import WorkItem
from lianti.lib.errors import Conflict, NotAllowed, NotFound
from tests.cast import AT, Cast, signed_in_client
from tests.records import DeclarationTests, RecordTests

DAY = timedelta(days=1)
TODAY = AT.date()


class TestChecks(DeclarationTests, RecordTests):
    LIST, PAGE = views.CHECKS, views.CHECK_PAGE

    def make(self, cast: Cast) -> CheckList:
        return a_check(cast)


class TestVisits(DeclarationTests, RecordTests):
    LIST, PAGE = views.VISITS, views.VISIT_PAGE

    def make(self, cast: Cast) -> CareVisit:
        return a_care_visit(cast, follow_up="宿舍暖气", owner_id=cast.county.id)


def lists_of(posting: Posting) -> dict[bool, CheckList]:
    with scope.system():
        return {row.leaving: row for row in CheckList.objects.filter(posting=posting.pk)}


def waiting(row: CheckList) -> dict[int, date]:
    with scope.system():
        items = WorkItem.objects.filter(kind="dispatch.check", record_pk=row.pk, closed_at=None)
        return {one.tenant_id: one.due.date() for one in items if one.due}


@pytest.mark.django_db
def test_the_letter_begins_the_arrival_and_the_last_day_the_leaving(cast: Cast) -> None:
    posting, host = a_posting(cast), cast.county.coordinator
    (arrival,) = lists_of(posting).values()
    assert (arrival.leaving, arrival.state, arrival.day) == (False, "open", START)
    assert waiting(arrival) == {
        cast.supporting.id: START + min(one.days for one in care.SHIPPED if one.side == "sender") * DAY,
        cast.county.id: START + min(one.days for one in care.SHIPPED if one.side == "recipient") * DAY,
    }
    did(host, services.finish, posting_id=posting.public_id, left=TODAY)
    found = lists_of(posting)
    assert (found[False].state, found[True].state, found[True].day) == ("lapsed", "open", TODAY)
    assert waiting(found[False]) == {}
    assert set(waiting(found[True])) == {cast.supporting.id, cast.county.id}


@pytest.mark.django_db
def test_each_side_ticks_its_own_and_the_last_item_ends_the_list(cast: Cast) -> None:
    row = a_check(cast)
    host, office = cast.county.coordinator, cast.supporting.office
    own, theirs = open_items(row, Side.RECIPIENT), open_items(row, Side.SENDER)
    with refused("items"):
        did(host, services.tick, check_id=row.public_id, items=theirs, day=TODAY)
    with refused("day"):
        did(host, services.tick, check_id=row.public_id, items=own, day=TODAY + DAY)
    did(host, services.tick, check_id=row.public_id, items=own[:1], day=TODAY, outcome="not_needed", note="自有住房")
    did(host, services.tick, check_id=row.public_id, items=own[1:], day=TODAY)
    assert set(waiting(row)) == {cast.supporting.id}
    did(host, services.add_item, check_id=row.public_id, name="停车证", due=TODAY + DAY, side="recipient")
    assert waiting(row)[cast.county.id] == TODAY + DAY
    did(host, services.tick, check_id=row.public_id, items=open_items(row, Side.RECIPIENT), day=TODAY)
    done = did(office, services.tick, check_id=row.public_id, items=theirs, day=TODAY)
    assert done.state == "done"
    assert waiting(row) == {}
    with scope.system():
        assert CheckItem.objects.filter(of=row.pk, outcome="not_needed", note="自有住房").count() == 1
    with pytest.raises(Conflict):
        did(host, services.add_item, check_id=row.public_id, name="停车证", due=TODAY, side="recipient")


@pytest.mark.django_db
def test_lists_are_made_of_what_each_house_says(cast: Cast) -> None:
    items = [HouseItem("recipient", False, "周转房钥匙", 2), HouseItem("sender", False, "不作为派出方", 0)]
    host = cast.county.coordinator
    did(host, services.set_house_list, items=[HouseItem("recipient", False, "旧项目")])
    did(host, services.set_house_list, items=items)
    row = lists_of(a_posting(cast))[False]
    with scope.system():
        lines = list(CheckItem.objects.filter(of=row.pk).values_list("side", "name", "due"))
    assert [line for line in lines if line[0] == "recipient"] == [("recipient", "周转房钥匙", START + 2 * DAY)]
    assert "不作为派出方" not in {name for _side, name, _due in lines}
    assert {name for side, name, _due in lines if side == "sender"} == {
        one.name for one in care.SHIPPED if one.side == "sender" and not one.leaving
    }
    with pytest.raises(NotAllowed):
        did(cast.county.clinician, services.set_house_list, items=items)


@pytest.mark.django_db
def test_a_list_begins_once_and_by_hand_before_somebody_leaves(cast: Cast) -> None:
    posting, office = a_posting(cast), cast.supporting.office
    row = did(office, services.begin_list, posting_id=posting.public_id, leaving=True)
    assert row.day == posting.to_date
    with pytest.raises(Conflict):
        did(office, services.begin_list, posting_id=posting.public_id, leaving=True)
    with pytest.raises(NotFound):
        did(cast.stranger.office, services.begin_list, posting_id=posting.public_id, leaving=False)
    did(office, services.recall, posting_id=posting.public_id, left=TODAY, note="急诊缺人")
    assert {leaving: one.state for leaving, one in lists_of(posting).items()} == {False: "lapsed", True: "open"}


@pytest.mark.django_db
def test_what_was_heard_stays_with_the_visitors_and_what_follows_is_settled_by_its_owner(cast: Cast) -> None:
    secret = "饭菜太咸"
    quiet = a_care_visit(cast, heard=secret)
    row = a_care_visit(cast, heard=secret, follow_up="宿舍暖气", owner_id=cast.county.id, due=TODAY + 5 * DAY)
    office, county = signed_in_client(cast.supporting.office), signed_in_client(cast.county.coordinator)
    assert secret in office.get(f"/dispatch/visits/{row.public_id}/").content.decode()
    page = county.get(f"/dispatch/visits/{row.public_id}/").content.decode()
    assert "宿舍暖气" in page
    assert secret not in page
    assert county.get(f"/dispatch/visits/{quiet.public_id}/").status_code == 404
    with scope.system():
        item = WorkItem.objects.get(kind="dispatch.visit", record_pk=row.pk, closed_at=None)
    assert item.tenant_id == cast.county.id
    answer = county.post(f"/dispatch/visits/{row.public_id}/moves/settle/", {"note": "已更换"})
    assert answer.status_code == 303
    assert fresh(row).state == "settled"
    with scope.system():
        assert not WorkItem.objects.filter(kind="dispatch.visit", closed_at=None).exists()


@pytest.mark.django_db
def test_a_visit_names_who_sees_to_what_follows(cast: Cast) -> None:
    posting, office = a_posting(cast), cast.supporting.office
    by = {"posting_ids": [posting.public_id]}
    with refused("owner"):
        did(office, services.note_visit, **by, visit=VisitFacts(TODAY, "院领导", follow_up="暖气"))
    with refused("owner"):
        visit = VisitFacts(TODAY, "院领导", follow_up="暖气", owner_id=cast.stranger.id)
        did(office, services.note_visit, **by, visit=visit)
    with refused("day"):
        did(office, services.note_visit, **by, visit=VisitFacts(TODAY + DAY, "院领导"))
    with refused("people"):
        did(office, services.note_visit, posting_ids=[], visit=VisitFacts(TODAY, "院领导"))


@pytest.mark.django_db
def test_lists_house_and_visits_are_kept_by_their_forms(cast: Cast) -> None:
    posting = a_posting(cast)
    row, host = lists_of(posting)[False], signed_in_client(cast.county.coordinator)
    page = host.get(f"/dispatch/checks/{row.public_id}/")
    items = [str(one) for one in open_items(row, Side.RECIPIENT)]
    ticked = {"items": items, "outcome": "done", "day": TODAY.isoformat(), "seen": page.context["moves"][0].seen}
    assert host.post(f"/dispatch/checks/{row.public_id}/moves/tick/", ticked).status_code == 303
    assert open_items(row, Side.RECIPIENT) == []
    begun = host.post("/dispatch/checks/new/", {"posting": posting.public_id, "list": "leaving"})
    assert begun.status_code == 303, begun.context["form"].errors
    kept = host.post("/dispatch/house-list/", {"items": "受援医院\t到岗\t周转房钥匙\t2\n受援医院\t离任\t收回钥匙\t1"})
    assert kept.status_code == 303, kept.context["form"].errors
    assert "周转房钥匙" in host.get("/dispatch/house-list/").content.decode()
    given = {"people": [posting.public_id], "day": TODAY.isoformat(), "visitors": "县卫健局、院领导"}
    noted = host.post("/dispatch/visits/new/", given)
    assert noted.status_code == 303, noted.context["form"].errors
    assert "县卫健局" in host.get(noted["Location"]).content.decode()
