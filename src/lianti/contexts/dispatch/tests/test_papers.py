"""Papers of a batch: letters, receipts, lists of names, letters on changes; drawn by ours or by one's own form."""

from datetime import date

import pytest

from lianti.contexts.dispatch import queries, services
from lianti.contexts.dispatch.tests.builders import START, a_batch, named, received, sent
from lianti.contexts.dispatch.words import papers
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.papers.tests.builders import a_docx, brought, text_of
from lianti.kernel import scope
from tests.cast import AT, Cast, signed_in_client

pytestmark = pytest.mark.django_db
LEFT = date(2026, 3, 5)


def changed(cast: Cast):  # type: ignore[no-untyped-def]
    """Send four; one does not come, one is recalled and one replaced by the same letter, one extended by another."""
    batch = a_batch(cast)
    rows = named(cast, batch, 4, specialty="心内科")
    sent(cast, batch)
    received(cast, batch, absent=[rows[3].public_id])
    office = cast.supporting.office
    told = {"actor": office, "at": AT, "key": None}
    with scope.acting(office):
        (one,) = list(named(cast, a_batch(cast, kind="short")))
        services.recall(**told, posting_id=rows[0].public_id, left=LEFT, note="急诊缺人", letter_number="调〔2026〕1号")
        successor = services.Successor(one.person_id, LEFT, "调〔2026〕1号")
        services.replace(**told, posting_id=rows[1].public_id, left=LEFT, successor=successor)
        services.extend(**told, posting_id=rows[2].public_id, to_date=date(2026, 12, 31), letter_number="调〔2026〕2号")
    return batch, rows


def test_each_recipient_has_letter_receipt_changes_and_all_have_one_list_of_names(cast: Cast) -> None:
    batch, _rows = changed(cast)
    with scope.acting(cast.supporting.office):
        found = queries.papers_of_batch(cast.supporting.office, batch.public_id)
    kinds = [one.paper for one in found]
    assert kinds == [papers.LETTER, papers.RECEIPT, papers.CHANGE, papers.CHANGE, papers.NAMES]
    letter, receipt, first, second, names = (one.content for one in found)
    assert [line["no"] for line in letter["people"]] == ["1", "2", "3", "4", "5"]
    assert (receipt["count"], receipt["receipt_number"]) == ("3", "接〔2026〕3号")
    assert receipt["absent"] != "—"
    assert len(first["changes"]) == 2
    assert first["changes"][1]["incoming"]
    assert first["changes"][1]["left"] == first["changes"][1]["comes"] == "2026-03-05"
    assert (second["letter_number"], second["changes"][0]["left"]) == ("调〔2026〕2号", "2026-12-31")
    assert [line["arrived"] for line in names["people"]].count(START.isoformat()) == 3


def test_every_paper_prints_and_comes_as_a_document(cast: Cast) -> None:
    batch, _rows = changed(cast)
    client = signed_in_client(cast.county.coordinator)
    page = client.get(f"/dispatch/batches/{batch.public_id}/").content.decode()
    for number, paper in enumerate([papers.LETTER, papers.RECEIPT, papers.CHANGE, papers.CHANGE, papers.NAMES]):
        address = f"/dispatch/batches/{batch.public_id}/papers/{paper}/"
        assert address in page
        assert "2026-03" in client.get(address).content.decode()
        made = text_of(client.get(f"{address}{number}/").content)
        assert "{" not in made
    assert client.get(f"/dispatch/batches/{batch.public_id}/papers/{papers.LETTER}/3/").status_code == 404
    stranger = signed_in_client(cast.stranger.office)
    assert stranger.get(f"/dispatch/batches/{batch.public_id}/papers/{papers.LETTER}/0/").status_code == 404


def test_a_letter_is_drawn_by_the_form_of_whoever_writes_it(cast: Cast) -> None:
    batch, _rows = changed(cast)
    form = a_docx("省厅格式 {{ letter_number }}", "{% for row in people %}{{ row.name }};{% endfor %}")
    brought(cast, form, papers.LETTER)
    client = signed_in_client(cast.county.coordinator)
    made = text_of(client.get(f"/dispatch/batches/{batch.public_id}/papers/{papers.LETTER}/0/").content)
    assert made.strip().startswith("省厅格式 云医函〔2026〕9号")
    assert made.count(";") == 5
    receipt = text_of(client.get(f"/dispatch/batches/{batch.public_id}/papers/{papers.RECEIPT}/1/").content)
    assert "省厅格式" not in receipt


def test_the_report_of_a_batch_adds_up_days_and_work_as_the_ledger_has_it(cast: Cast) -> None:
    from lianti.contexts.activities.tests.builders import an_activity
    from lianti.contexts.dispatch.models import Posting

    batch, rows = changed(cast)
    an_activity(cast)
    with scope.system():
        Posting.objects.filter(pk=rows[2].pk).update(person=cast.posted_expert.person_id)
    office = cast.supporting.office
    with scope.acting(office):
        _sender, content = queries.report_of_batch(office, batch.public_id, date(2026, 12, 31))
        loads = ledger.shares(office, cast.posted_expert.person_id or 0)
    assert content["work"]
    assert sum(float(line["amount"]) for line in content["work"]) == sum(float(one.share) for one in loads)
    assert content["days"] == str(sum(int(line["days"]) for line in content["people"]))
    client = signed_in_client(office)
    page = client.get(f"/dispatch/batches/{batch.public_id}/papers/{papers.REPORT}/").content.decode()
    assert content["work"][0]["kind"] in page
    assert client.get(f"/dispatch/batches/{batch.public_id}/papers/{papers.REPORT}/0/").content.startswith(b"PK")
