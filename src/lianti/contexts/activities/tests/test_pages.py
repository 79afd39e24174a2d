"""The pages of activities, through HTTP."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianti.contexts.activities import services, words
from lianti.contexts.activities.domain import EventFacts
from lianti.contexts.activities.models import Activity, ActivityAccount, ActivityPerson
from lianti.contexts.activities.tests.builders import an_activity
from lianti.contexts.ledger import services as ledger
from lianti.contexts.ledger.models import Entry
from lianti.contexts.network import queries as network
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.dates import shanghai_day
from tests.cast import AT, Cast, signed_in_client, the_system

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TODAY = shanghai_day(datetime.now(UTC))


def typed(cast: Cast, **other: Any) -> dict[str, Any]:
    return {
        "key": ids.new(),
        "kind": "lecture",
        "day": TODAY.isoformat(),
        "quantity": "1",
        "giver": cast.supporting.institution.public_id,
        "receivers": [cast.county.institution.public_id],
        "extra_topic": "卒中救治",
        "extra_attendees": "40",
        **other,
    }


def the_activity() -> Activity:
    with scope.system():
        return Activity.objects.get()


def test_posted_expert_logs_a_lecture_with_what_is_preset(cast: Cast) -> None:
    expert = cast.posted_expert
    client = signed_in_client(expert)
    fresh = client.get("/activities/new/?kind=lecture").context["form"]
    assert fresh["giver"].value() == cast.supporting.institution.public_id
    assert fresh["receivers"].value() == [cast.county.institution.public_id]
    me = fresh["person_0"].value()
    answer = client.post("/activities/new/", typed(cast, person_0=me))
    assert answer.status_code == 303, answer.context["form"].errors
    activity = the_activity()
    assert activity.extra == {"topic": "卒中救治", "attendees": 40}
    with scope.system():
        assert Entry.objects.get().state == "declared"
        assert ActivityPerson.objects.get().person_id == expert.person_id
    page = client.get(f"/activities/{activity.public_id}/").content.decode()
    assert "卒中救治" in page
    assert "/ledger/entries/" in page


def test_both_hospitals_and_the_relation_page_show_it(cast: Cast) -> None:
    activity = an_activity(cast, title="卒中中心建设讲座", relation_id=cast.relation.pk)
    for actor in (cast.supporting.office, cast.county.coordinator):
        client = signed_in_client(actor)
        for address in ("/activities/?whose=house", f"/network/relations/{cast.relation.public_id}/"):
            assert "卒中中心建设讲座" in client.get(address).content.decode(), address
        assert client.get(f"/activities/{activity.public_id}/").status_code == 200
    stranger = signed_in_client(cast.stranger.office)
    assert stranger.get(f"/activities/{activity.public_id}/").status_code == 404
    assert "卒中中心建设讲座" not in stranger.get("/activities/?whose=house").content.decode()


def test_wrong_form_keeps_what_was_typed(cast: Cast) -> None:
    client = signed_in_client(cast.posted_expert)
    tomorrow = (TODAY + timedelta(days=2)).isoformat()
    answer = client.post("/activities/new/", typed(cast, day=tomorrow, note="长长的说明", person_0="查无此人"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "长长的说明" in text
    assert "查无此人" in text
    assert answer.context["form"].errors.keys() == {"person_0"}
    again = client.post("/activities/new/", typed(cast, day=tomorrow))
    assert again.context["form"].errors.keys() == {"day"}
    with scope.system():
        assert not Activity.objects.exists()


def test_people_have_parts_and_own_shares(cast: Cast) -> None:
    expert, doctor = cast.posted_expert, cast.county.clinician
    with scope.system():
        known = network.people_by_id([pk for pk in (expert.person_id, doctor.person_id) if pk])
        names = {pk: str(person.name) for pk, person in known.items()}
    form = typed(
        cast,
        kind="operation",
        quantity="3",
        extra_operation_level="3",
        person_0=names[expert.person_id],
        part_0="guide",
        share_0="1",
        person_1=names[doctor.person_id],
        part_1="lead",
        share_1="2",
    )
    answer = signed_in_client(expert).post("/activities/new/", form)
    assert answer.status_code == 303, answer.context["form"].errors
    with scope.system():
        rows = ActivityPerson.objects.order_by("position").values_list("person", "part", "share")
        assert list(rows) == [(expert.person_id, "guide", Decimal(1)), (doctor.person_id, "lead", Decimal(2))]


def test_proof_is_kept_and_handed_to_both_sides_only(cast: Cast) -> None:
    client = signed_in_client(cast.posted_expert)
    scan = SimpleUploadedFile("签到表.pdf", PDF, "application/pdf")
    assert client.post("/activities/new/", typed(cast, uploads=scan)).status_code == 303
    activity = the_activity()
    url = client.get(f"/activities/{activity.public_id}/").context["files"][0].url
    assert signed_in_client(cast.supporting.office).get(url).content == PDF
    assert signed_in_client(cast.stranger.office).get(url).status_code == 404
    attach = {"key": ids.new(), "uploads": SimpleUploadedFile("坏.exe", b"MZ", "application/pdf")}
    assert client.post(f"/activities/{activity.public_id}/moves/attach/", attach).status_code == 422
    good = {"key": ids.new(), "uploads": SimpleUploadedFile("照片.pdf", PDF, "application/pdf")}
    assert client.post(f"/activities/{activity.public_id}/moves/attach/", good).status_code == 303
    assert len(client.get(f"/activities/{activity.public_id}/").context["files"]) == 2


def test_change_is_offered_until_it_is_verified(cast: Cast) -> None:
    activity = an_activity(cast)
    client = signed_in_client(cast.posted_expert)
    address = f"/activities/{activity.public_id}/edit/"
    assert address in client.get(f"/activities/{activity.public_id}/").content.decode()
    form = typed(cast, quantity="2", day="2026-03-09")
    assert client.post(address, form).status_code == 303
    assert the_activity().quantity == Decimal(2)
    with scope.system():
        entry = Entry.objects.get()
    with scope.acting(cast.county.coordinator):
        ledger.verify(actor=cast.county.coordinator, at=AT, key=None, entry_id=entry.public_id)
    assert address not in client.get(f"/activities/{activity.public_id}/").content.decode()
    assert client.post(address, typed(cast, quantity="9")).status_code == 409
    assert the_activity().quantity == Decimal(2)


def test_change_in_two_tabs_is_told_and_what_was_typed_stays(cast: Cast) -> None:
    activity = an_activity(cast)
    client = signed_in_client(cast.posted_expert)
    address = f"/activities/{activity.public_id}/edit/"
    seen = client.get(address).context["seen"]
    assert client.post(address, typed(cast, quantity="5", day="2026-03-09", seen=seen)).status_code == 303
    answer = client.post(address, typed(cast, quantity="9", day="2026-03-09", seen=seen, note="第二个窗口"))
    assert answer.status_code == 409
    assert [str(moment.what) for moment in answer.context["since"]] == [str(words.WORDS.story("edit"))]
    assert "第二个窗口" in answer.content.decode()
    assert the_activity().quantity == Decimal(5)
    now = answer.context["seen"]
    assert client.post(address, typed(cast, quantity="9", day="2026-03-09", seen=now)).status_code == 303
    assert the_activity().quantity == Decimal(9)


def test_what_is_begun_on_the_page_of_a_relation_belongs_to_it(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    page = f"/network/relations/{cast.relation.public_id}/"
    address = f"/activities/new/?relation={cast.relation.public_id}"
    assert address in client.get(page).content.decode()
    assert client.post(address, typed(cast, title="卒中讲座")).status_code == 303
    activity = the_activity()
    assert activity.relation_id == cast.relation.pk
    assert "卒中讲座" in client.get(page).content.decode()
    change = typed(cast, quantity="2", seen=activity.version)
    assert client.post(f"/activities/{activity.public_id}/edit/", change).status_code == 303
    assert the_activity().relation_id == cast.relation.pk


def test_colleague_is_refused_a_change(cast: Cast) -> None:
    activity = an_activity(cast)
    client = signed_in_client(cast.county.clinician)
    assert client.get(f"/activities/{activity.public_id}/edit/").status_code == 409
    moved = client.post(f"/activities/{activity.public_id}/moves/withdraw/", {"key": ids.new(), "note": "x"})
    assert moved.status_code == 403


def test_account_that_does_not_fit_by_itself_can_be_named(cast: Cast) -> None:
    office = cast.supporting.office
    with scope.acting(office):
        account = ledger.open_account(
            actor=office,
            at=AT,
            key=None,
            account=ledger.AccountFacts(
                giver_id=cast.supporting.id,
                receiver_id=cast.county.id,
                kinds=frozenset(),
                source_kind="needs.need",
                source_id=1,
                source_public_id=ids.new(),
                label="转诊直通车",
            ),
        )
    client = signed_in_client(cast.posted_expert)
    assert "转诊直通车" in client.get("/activities/new/?kind=lecture").content.decode()
    assert client.post("/activities/new/", typed(cast, accounts=[str(account.pk)])).status_code == 303
    with scope.system():
        assert ActivityAccount.objects.get().account_id == account.pk


def test_event_is_shown_with_all_that_its_source_says(cast: Cast) -> None:
    with scope.system():
        event = services.adopt_event(
            actor=the_system(),
            at=AT,
            key=None,
            source="某医院网站 2024-07-05",
            event=EventFacts(
                kind="study_visit",
                day=AT.date(),
                participant_ids=(cast.supporting.id, cast.county.id),
                relation_id=cast.relation.pk,
                place_id=cast.county.id,
                visited=("急诊科", "儿科"),
                purpose=("看望慰问下沉专家",),
                attendance=40,
            ),
        )
        assert not Entry.objects.exists()
    client = signed_in_client(cast.county.coordinator)
    text = client.get(f"/activities/{event.public_id}/").content.decode()
    for fact in ("急诊科、儿科", "看望慰问下沉专家", "40", "某医院网站 2024-07-05"):
        assert fact in text
    assert client.get(f"/activities/{event.public_id}/edit/").status_code == 409


@pytest.mark.parametrize("rows", [3, 30])
def test_pages_ask_the_same_number_of_questions(
    cast: Cast, rows: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for _n in range(rows):
        activity = an_activity(cast, relation_id=cast.relation.pk)
    client = signed_in_client(cast.posted_expert)
    client.get("/activities/")
    for address, most in (
        ("/activities/", 20),
        ("/activities/?whose=house", 20),
        (f"/activities/{activity.public_id}/", 38),
        ("/activities/new/", 30),
        (f"/network/relations/{cast.relation.public_id}/", 50),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_malformed_parameters_break_nothing(cast: Cast) -> None:
    client = signed_in_client(cast.posted_expert)
    assert client.get("/activities/?after=zz").status_code == 200
    for query in ("month=2026-99", "whose=x", "kind=y"):  # said in words, and no rows that were not asked for
        assert client.get(f"/activities/?{query}").status_code == 422, query
    for address in ("/activities/new/?kind=nonsense&receiver=zz", "/activities/new/?as=" + ids.new()):
        assert client.get(address).status_code in (200, 404), address
    answer = client.post("/activities/new/", {"key": "x", "giver": "?", "receivers": ["?"], "day": "gestern"})
    assert answer.status_code == 422
