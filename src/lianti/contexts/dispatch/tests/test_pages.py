"""A batch of twelve through the pages: few clicks from the plan to reporting in."""

from datetime import date

import pytest

from lianti.contexts.dispatch.models import Batch, Posting
from lianti.contexts.dispatch.states import PostingState
from lianti.contexts.dispatch.tests.builders import a_batch, a_posting, named, received, sent
from lianti.contexts.network.models import Person
from lianti.kernel import scope
from lianti.lib import ids
from tests.cast import Cast, a_person, signed_in_client

pytestmark = pytest.mark.django_db


def test_twelve_people_are_sent_and_received_by_five_forms(cast: Cast) -> None:
    office, county = signed_in_client(cast.supporting.office), signed_in_client(cast.county.coordinator)
    with scope.system():
        people = [a_person(employer=cast.supporting.institution) for _ in range(12)]
        place, relation = cast.county.institution.short_name, cast.relation.public_id
    today = date.today()
    planned = {"from_date": today.isoformat(), "to_date": today.replace(year=today.year + 1).isoformat()}
    answer = office.post(
        "/dispatch/batches/new/", {"key": ids.new(), "relation": relation, "name": "第九批", "kind": "long", **planned}
    )
    assert answer.status_code == 303, answer.context["form"].errors
    batch = answer["Location"]
    pasted = "\n".join(f"{person.name}\t{place}\t妇产科" for person in people)
    assert office.post(f"{batch}moves/name_people/", {"key": ids.new(), "people": pasted}).status_code == 303
    letter = {"key": ids.new(), "letter_number": "派〔2026〕1号", "letter_date": today.isoformat()}
    assert office.post(f"{batch}moves/order/", letter).status_code == 303
    receipt = {"key": ids.new(), "arrived": today.isoformat()}
    assert county.post(f"{batch}moves/receive/", receipt).status_code == 303
    with scope.system():
        assert set(Posting.objects.values_list("state", flat=True)) == {PostingState.ON_DUTY}
        assert Posting.objects.filter(department="妇产科").count() == 12
    for client in (office, county):
        assert client.get("/dispatch/").content.decode().count("妇产科") >= 12
        assert client.get(batch).status_code == 200


def test_a_line_that_cannot_be_says_which_and_nothing_is_lost(cast: Cast) -> None:
    office = signed_in_client(cast.supporting.office)
    today = date.today()
    planned = {"from_date": today.isoformat(), "to_date": today.isoformat()}
    given = {"key": ids.new(), "relation": cast.relation.public_id, "name": "第九批", "kind": "short", **planned}
    batch = office.post("/dispatch/batches/new/", given)["Location"]
    answer = office.post(f"{batch}moves/name_people/", {"key": ids.new(), "people": "查无此人\t某院"})
    assert answer.status_code == 422
    assert "查无此人" in answer.content.decode()
    with scope.system():
        assert not Posting.objects.exists()
        assert Batch.objects.get().version == 1


def test_the_letter_to_one_recipient_names_those_who_go_there_alone(cast: Cast) -> None:
    batch = a_batch(cast)
    mine, dropped = named(cast, batch, 2)
    sent(cast, batch, dropped=[dropped.public_id], note="另有任务")
    received(cast, batch)
    with scope.system():
        names = {row.pk: Person.objects.get(pk=row.person_id).name for row in (mine, dropped)}
    for house in (cast.supporting.office, cast.county.coordinator):
        page = signed_in_client(house).get(f"/dispatch/batches/{batch.public_id}/letter/").content.decode()
        assert names[mine.pk] in page
        assert names[dropped.pk] not in page
        assert "云医函〔2026〕9号" in page
    stranger = signed_in_client(cast.stranger.office)
    assert stranger.get(f"/dispatch/batches/{batch.public_id}/letter/").status_code == 404


def test_of_what_kind_a_leave_was_is_read_by_who_keeps_it_and_whose_it_is(cast: Cast) -> None:
    row = a_posting(cast, "on_leave")
    pages = {
        house: signed_in_client(actor).get(f"/dispatch/{row.public_id}/").content.decode()
        for house, actor in {
            "county office": cast.county.office,
            "sender": cast.supporting.office,
            "colleague": cast.county.clinician,
        }.items()
    }
    told = {house: "事假" in page or "Personal leave" in page for house, page in pages.items()}
    assert told == {"county office": True, "sender": True, "colleague": False}


def test_a_list_of_names_from_a_spreadsheet_is_looked_at_and_then_named(cast: Cast) -> None:
    office = signed_in_client(cast.supporting.office)
    house = f"/network/institutions/{cast.supporting.institution.public_id}/people/table/"
    place = cast.county.institution.name
    table = (
        "某院派驻人员花名册\n序号\t姓名\t职称\t受援医院\t派驻科室\n"
        f"1\t万里行\t主任医师\t{place}\t骨科\n2\t千山\t护师\t本县\t\n"
    )
    with scope.system():
        before = Person.objects.count()
    for _twice in range(2):  # who is there already stays
        answer = office.post(house, {"key": ids.new(), "rows": table, "take": ""})
        assert answer.status_code == 303, answer.context["table"].wrong
        with scope.system():
            assert Person.objects.count() - before == 2
            assert Person.objects.get(name="万里行").title_level == "senior"
    with scope.system():
        batch = a_batch(cast)
    url = f"/dispatch/batches/{batch.public_id}/people/"
    looked = office.post(url, {"key": ids.new(), "rows": table, "seen": batch.version})
    assert looked.status_code == 200
    assert [(ask.said, ask.chosen) for ask in looked.context["table"].words] == [("本县", "")]
    refused = office.post(url, {"key": ids.new(), "rows": table, "seen": batch.version, "take": ""})
    assert refused.status_code == 422
    word = looked.context["table"].words[0].name
    chosen = {"rows": table, word: cast.county.institution.public_id, "take": ""}
    stale = office.post(url, {**chosen, "key": ids.new(), "seen": batch.version + 7})
    assert stale.status_code == 409
    with scope.system():
        assert not Posting.objects.exists()
    done = office.post(url, {**chosen, "key": ids.new(), "seen": batch.version})
    assert done.status_code == 303, [line.wrong for line in done.context["table"].lines]
    with scope.system():
        assert set(Posting.objects.values_list("person__name", "department")) == {("万里行", "骨科"), ("千山", "")}
    again = office.post(url, {"key": ids.new(), "rows": table, "seen": batch.version})
    assert [ask.chosen for ask in again.context["table"].words] == [cast.county.institution.public_id]
