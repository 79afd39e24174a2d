"""The pages of documents, through HTTP."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianti.contexts.activities.models import Activity
from lianti.contexts.intake.models import Document, Proposal
from lianti.contexts.intake.tests.builders import NEED, TEXT, accept, of, read, taken_in
from lianti.contexts.network.models import Person
from lianti.kernel import scope
from lianti.lib import ids
from tests.cast import Cast, signed_in_client

pytestmark = pytest.mark.django_db


def post(client: Client, path: str, **body: Any) -> Any:
    return client.post(path, {"key": ids.new(), **body})


def text_of(answer: Any) -> str:
    return re.sub(r"<[^>]+>", "", answer.content.decode())


def test_one_file_goes_to_its_page_and_several_to_their_progress(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    assert client.get("/intake/new/").status_code == 200
    one = post(client, "/intake/new/", uploads=SimpleUploadedFile("签约.txt", TEXT.encode()))
    assert one.status_code == 303
    waiting = client.get(one.headers["Location"])
    assert "progress/" in waiting.content.decode()
    assert client.get(f"{one.headers['Location']}progress/").status_code == 200
    again = post(client, "/intake/new/", uploads=SimpleUploadedFile("再来.txt", TEXT.encode()))
    assert again.headers["Location"] == one.headers["Location"]
    several = post(
        client,
        "/intake/new/",
        uploads=[SimpleUploadedFile("甲.txt", "甲".encode()), SimpleUploadedFile("乙.txt", "乙".encode())],
        text="粘贴的一段",
    )
    assert several.headers["Location"].startswith("/intake/batches/")
    progress = client.get(f"{several.headers['Location']}progress/")
    assert progress.status_code == 200
    assert progress.context["batch"].total == 3
    assert "甲.txt" in client.get("/intake/").content.decode()


def test_what_is_not_taken_is_said_at_the_field(cast: Cast, settings: Any) -> None:
    settings.UPLOAD_MEGABYTES = 1
    client = signed_in_client(cast.supporting.office)
    large = SimpleUploadedFile("大.txt", b"x" * (1024 * 1024 + 1))
    for body in (
        {},
        {"uploads": large},
        {"uploads": SimpleUploadedFile("a.exe", b"MZ")},
        {"uploads": SimpleUploadedFile("a.pdf", b"no")},
    ):
        answer = post(client, "/intake/new/", **body)
        assert answer.status_code == 422
        assert answer.context["form"].errors["uploads"]
    with scope.system():
        assert not Document.objects.exists()


def test_the_review_page_shows_text_and_proposals_and_takes_ticks(cast: Cast) -> None:
    office = cast.supporting.office
    document = read(office)
    client = signed_in_client(office)
    path = f"/intake/{document.public_id}/"
    answer = client.get(path)
    assert NEED in text_of(answer)
    ticked = re.findall(r'name="proposal" value="(\w+)"[^>]* checked', answer.content.decode())
    assert of(document, "need").public_id in ticked
    done = post(client, f"{path}accept/", proposal=ticked)
    assert done.headers["Location"] == path
    with scope.system():
        assert not Proposal.objects.filter(public_id__in=ticked, state="proposed", field="need").exists()
        activity = Activity.objects.filter(kind="signing").get()
    quoted = client.get(f"/activities/{activity.public_id}/").content.decode()
    assert f"/intake/{document.public_id}/#p-" in quoted
    other = signed_in_client(cast.county.office).get(f"/activities/{activity.public_id}/").content.decode()
    assert "签约.txt" in other, "the other side has the proof"
    assert document.public_id not in other


def test_what_rests_on_a_repair_by_choice_is_not_ticked_and_says_so(cast: Cast) -> None:
    office = cast.supporting.office
    document = read(office)
    client = signed_in_client(office)
    page = client.get(f"/intake/{document.public_id}/")
    line = next(one for one in page.context["page"].proposals if one.field == "publicity")
    assert [one.raw for one in line.doubts] == ["両院"]
    assert not line.ticked
    assert "両院" in text_of(page)
    assert line.public_id not in re.findall(r'name="proposal" value="(\w+)"[^>]* checked', page.content.decode())
    form = client.get(f"/intake/{document.public_id}/proposals/{line.public_id}/correct/")
    assert "<mark>" in form.content.decode()


def test_one_proposal_is_decided_and_undone(cast: Cast) -> None:
    office = cast.supporting.office
    document = read(office)
    client = signed_in_client(office)
    ident = of(document, "event", 1).public_id
    base = f"/intake/{document.public_id}/proposals/{ident}"
    assert post(client, f"{base}/accept/").headers["Location"].endswith(f"#p-{ident}")
    assert post(client, f"{base}/accept/").status_code == 409
    assert post(client, f"{base}/undo/").status_code == 303
    assert post(client, f"{base}/reject/").status_code == 303
    assert post(client, f"{base}/nothing/").status_code == 409
    assert of(document, "event", 1).state == "rejected"


def test_every_sort_of_proposal_has_its_form(cast: Cast) -> None:
    office = cast.supporting.office
    document = read(office)
    client = signed_in_client(office)
    with scope.system():
        rows = list(Proposal.objects.filter(document=document))
    for row in rows:
        path = f"/intake/{document.public_id}/proposals/{row.public_id}/correct/"
        form = client.get(path).context["form"]
        body = {name: form[name].value() or "" for name in form.fields}
        assert set(form.fields) >= {"name", "text", "title", "kind", "label"} & set(row.proposed) - {"label"}
        answer = post(client, path, **body)
        assert answer.status_code == 303, (row.field, answer.context["form"].errors)
        assert of(document, row.field).content == of(document, row.field).proposed or row.field == "event"


def test_a_correction_is_kept(cast: Cast) -> None:
    office = cast.supporting.office
    document = read(office)
    client = signed_in_client(office)
    ident = of(document, "event").public_id
    path = f"/intake/{document.public_id}/proposals/{ident}/correct/"
    form = client.get(path).context["form"]
    body = {name: form[name].value() or "" for name in form.fields}
    assert post(client, path, **{**body, "date": "2026-03-03", "kind": "award"}).status_code == 303
    content = of(document, "event").content
    assert (content["date"], content["kind"]) == ("2026-03-03", "award")


def test_the_document_is_closed_opened_and_dropped(cast: Cast) -> None:
    office = cast.supporting.office
    document = read(office)
    client = signed_in_client(office)
    path = f"/intake/{document.public_id}/moves/"
    assert post(client, f"{path}close/").status_code == 303
    assert document.title in client.get("/intake/?show=closed").content.decode()
    assert post(client, f"{path}reopen/").status_code == 303
    assert post(client, f"{path}drop/").status_code == 422
    assert post(client, f"{path}drop/", note="重复").status_code == 303
    assert client.get(f"/intake/{document.public_id}/").status_code == 200


def test_the_original_comes_back_as_it_came(cast: Cast) -> None:
    document = taken_in(cast.supporting.office)
    answer = signed_in_client(cast.supporting.office).get(f"/intake/{document.public_id}/file/")
    assert answer.content == TEXT.encode()
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_relation_shows_what_was_dropped_on_it(cast: Cast) -> None:
    office = cast.supporting.office
    taken_in(office, relation_id=cast.relation.public_id)
    page = signed_in_client(office).get(f"/network/relations/{cast.relation.public_id}/").content.decode()
    assert "签约.txt" in page
    assert f"/intake/new/?relation={cast.relation.public_id}" in page
    other = signed_in_client(cast.county.office).get(f"/network/relations/{cast.relation.public_id}/").content.decode()
    assert "签约.txt" not in other


def test_a_person_page_quotes_the_document(cast: Cast) -> None:
    office = cast.county.office
    document = read(office)
    accept(office, document, "person", 1)
    with scope.system():
        person = Person.objects.get(name="周衡")
    assert document.title in signed_in_client(office).get(f"/network/people/{person.public_id}/").content.decode()


def test_the_stylesheet_asks_nothing_of_newer_browsers_and_fetches_nothing() -> None:
    for path in (Path(__file__).parents[1] / "static" / "intake").iterdir():
        text = path.read_text(encoding="utf-8")
        newer = r":has\(|:is\(|:where\(|@container|@layer|\binset:|aspect-ratio|\d[dsl]v[hw]\b|color-mix|text-wrap"
        assert not re.findall(rf"{newer}|url\(|@import|https?://", text)
        assert len(text) < 12_000
