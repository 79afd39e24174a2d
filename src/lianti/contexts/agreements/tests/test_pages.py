"""The pages of agreements, through HTTP."""

import copy
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import escape

from lianti.contexts.activities.tests.builders import an_activity
from lianti.contexts.agreements.forms import EnterSigned, PromiseRow
from lianti.contexts.agreements.models import Agreement, Commitment, Goal
from lianti.contexts.agreements.queries import PromiseAsks
from lianti.contexts.agreements.states import AgreementState, CommitmentState
from lianti.contexts.agreements.tests.builders import an_agreement, promise, promised
from lianti.contexts.agreements.views.lists import PROMISES
from lianti.contexts.ledger.models import Account
from lianti.contexts.network.queries import relation_by_id
from lianti.kernel import scope
from lianti.kernel.models import Audience
from lianti.lib import ids
from lianti.lib.dates import shanghai_day
from tests.cast import AT, Cast, a_hospital, a_relation, signed_in_client

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def signed_form(cast: Cast, **other: Any) -> dict[str, Any]:
    supporting, county = cast.supporting.institution, cast.county.institution
    return {
        "key": ids.new(),
        "title": "对口支援协议（2025）",
        "form": "agreement",
        "parties": [supporting.public_id, county.public_id],
        "signed_date": "2025-01-15",
        "copies": "4",
        "minutes_number": "院办〔2025〕3号",
        "contract_number": "HT-2025-8",
        "from_date": "2025-01-01",
        "to_date": "2027-12-31",
        f"duty_{supporting.pk}": "院长",
        f"duty_{county.pk}": "院长",
        "row0-kind": "training",
        "row0-text": "每年十二场讲座",
        "row0-way": f"{supporting.public_id}-{county.public_id}",
        "row0-amount": "12",
        "row0-unit": "session",
        "row0-period": "year",
        "row1-kind": "dispatch",
        "row1-text": "派驻专家",
        "row1-way": f"{supporting.public_id}-{county.public_id}",
        "row1-amount": "",
        "row1-unit": "",
        "row1-period": "year",
        **{f"row{n}-way": f"{supporting.public_id}-{county.public_id}" for n in range(2, 5)},
        **other,
    }


def the_agreement() -> Agreement:
    with scope.system():
        return Agreement.objects.get()


def move(client: Client, agreement: Agreement, name: str, **typed: Any) -> Any:
    return client.post(f"/agreements/{agreement.public_id}/moves/{name}/", {"key": ids.new(), **typed})


def test_agreement_signed_last_year_is_entered_on_one_page(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    scan = SimpleUploadedFile("协议.pdf", PDF, "application/pdf")
    answer = client.post("/agreements/new/signed/", signed_form(cast, uploads=scan))
    assert answer.status_code == 303, answer.context["form"].errors
    agreement = the_agreement()
    assert (agreement.state, agreement.signed_date, agreement.copies) == (AgreementState.IN_FORCE, date(2025, 1, 15), 4)
    with scope.system():
        assert Account.objects.count() == 2
        assert set(Commitment.objects.values_list("state", flat=True)) == {CommitmentState.IN_FORCE}
    page = signed_in_client(cast.county.coordinator).get(f"/agreements/{agreement.public_id}/")
    text = page.content.decode()
    for fact in ("每年十二场讲座", "派驻专家", "HT-2025-8", "协议.pdf", "院长"):
        assert fact in text
    assert len(page.context["files"]) == 1
    held = client.get(page.context["files"][0].url)
    assert held.content == PDF


def test_same_page_sent_twice_enters_one_agreement(cast: Cast) -> None:
    client, form = signed_in_client(cast.supporting.office), signed_form(cast)
    first, again = client.post("/agreements/new/signed/", form), client.post("/agreements/new/signed/", form)
    assert first["Location"] == again["Location"]
    with scope.system():
        assert (Agreement.objects.count(), Commitment.objects.count()) == (1, 2)


def test_more_lines_keep_what_was_typed_and_send_nothing(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    scan = SimpleUploadedFile("协议.pdf", PDF, "application/pdf")
    answer = client.post("/agreements/new/signed/", signed_form(cast, unsent="lines", title="新协议", uploads=scan))
    assert answer.status_code == 422
    text = answer.content.decode()
    for typed in ("新协议", "每年十二场讲座", "协议.pdf"):
        assert typed in text
    assert len(answer.context["rows"]) == 10
    assert 'class="bad"' not in text
    with scope.system():
        assert not Agreement.objects.exists()


def pasted(cast: Cast, *rows: tuple[str, ...]) -> str:
    names = {"there": f"{cast.supporting.institution.short_name} -> {cast.county.institution.short_name}"}
    return "\r\n".join("\t".join(names.get(cell, cell) for cell in row) for row in rows)


def test_rows_pasted_from_a_spreadsheet_fill_the_lines_and_are_entered(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    row = PromiseRow({}, relation=relation_by_id(cast.relation.pk), parties=relation_by_id(cast.relation.pk).party_ids)
    names = ("text", "kind", "amount", "unit", "way")
    kind, unit = (dict(row.fields[name].choices)[code] for name, code in (("kind", "training"), ("unit", "session")))
    heading = tuple(str(row.fields[name].label) for name in names)
    rows = pasted(cast, heading, ("教学查房", str(kind), "二十四", str(unit), "there"), ("坐诊", "dispatch"))
    shown = client.post("/agreements/new/signed/", signed_form(cast, unsent="lines", pasted=rows))
    lines = shown.context["rows"]
    assert [line["text"].value() for line in lines[:5]] == ["每年十二场讲座", "派驻专家", "教学查房", "坐诊", None]
    assert (lines[2]["kind"].value(), lines[2]["amount"].value(), lines[2]["unit"].value()) == (
        "training",
        "24",
        "session",
    )
    assert shown.context["form"]["pasted"].value() == ""
    with scope.system():
        assert not Agreement.objects.exists()
    assert client.post("/agreements/new/signed/", signed_form(cast, pasted=rows)).status_code == 303
    with scope.system():
        found = list(Commitment.objects.order_by("id").values_list("text", "amount", "giver", "receiver"))
    sides = (cast.supporting.id, cast.county.id)
    assert found[2:] == [("教学查房", Decimal(24), *sides), ("坐诊", None, *sides)]


@pytest.mark.parametrize("unsent", ["", "lines"])
def test_pasted_row_that_cannot_be_taken_is_told_by_row_and_column_and_stays(cast: Cast, unsent: str) -> None:
    client = signed_in_client(cast.supporting.office)
    rows = pasted(
        cast, ("training", "讲座", "there"), ("nonsense", "义诊", "there", "5"), ("training", "会诊", "there", "x")
    )
    with translation.override("en"):
        form = signed_form(cast, pasted=rows, unsent=unsent)
        answer = client.post("/agreements/new/signed/", form, headers={"accept-language": "en"})
    assert answer.status_code == 422
    told = [sentence.split(":")[0] for sentence in answer.context["form"].errors["pasted"]]
    assert told == ["Line 2, Kind", "Line 2, Unit", "Line 3, Amount"]
    assert answer.context["form"]["pasted"].value() == rows
    assert "义诊" in answer.content.decode()
    assert "每年十二场讲座" in answer.content.decode()
    with scope.system():
        assert not Agreement.objects.exists()


def test_more_pasted_rows_than_there_are_lines_are_refused_in_words(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    rows = pasted(cast, *[("training", "讲座", "there")] * 39)
    answer = client.post("/agreements/new/signed/", signed_form(cast, pasted=rows))
    assert answer.status_code == 422
    assert "38" in answer.context["form"].errors["pasted"][0]


def test_promise_without_unit_is_marked_and_nothing_is_written(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    answer = client.post("/agreements/new/signed/", signed_form(cast, **{"row0-unit": ""}))
    assert answer.status_code == 422
    assert answer.context["rows"][0].errors.keys() == {"unit"}
    wrong = client.post("/agreements/new/signed/", signed_form(cast, **{"row0-unit": "case"}))
    assert wrong.status_code == 422
    with scope.system():
        assert not Agreement.objects.exists()
        assert not Commitment.objects.exists()


def test_coordinator_enters_no_signed_agreement_but_drafts(cast: Cast) -> None:
    client = signed_in_client(cast.county.coordinator)
    assert client.post("/agreements/new/signed/", signed_form(cast)).status_code == 403
    assert "/agreements/new/signed/" not in client.get("/agreements/").content.decode()
    supporting, county = cast.supporting.institution, cast.county.institution
    typed = {"key": ids.new(), "title": "草案", "parties": [supporting.public_id, county.public_id]}
    typed["clause_referral"] = "绿色通道"
    assert client.post("/agreements/new/", typed).status_code == 303
    assert "绿色通道" in client.get(f"/agreements/{the_agreement().public_id}/").content.decode()


def test_draft_is_agreed_signed_put_in_force_filed_and_ended_by_its_buttons(cast: Cast) -> None:
    office, county = signed_in_client(cast.supporting.office), signed_in_client(cast.county.coordinator)
    agreement = an_agreement(cast)
    lead, member = cast.supporting.institution, cast.county.institution
    typed = {"kind": "training", "text": "讲座", "way": f"{lead.public_id}-{member.public_id}", "period": "year"}
    made = office.post(f"/agreements/{agreement.public_id}/promises/", {"key": ids.new(), **typed})
    assert made.status_code == 303
    assert move(county, agreement, "agree", note="").status_code == 303
    assert move(county, agreement, "sign", signed_date="").status_code == 422
    assert move(county, agreement, "sign", signed_date="2026-03-01", copies="2").status_code == 303
    assert move(office, agreement, "put_in_force", from_date="2026-01-01", to_date="2025-01-01").status_code == 422
    assert move(office, agreement, "put_in_force", from_date="2026-01-01").status_code == 303
    assert move(office, agreement, "file", filed_date="2026-03-05", filed_to="省卫健委").status_code == 303
    assert "省卫健委" in office.get(f"/agreements/{agreement.public_id}/").content.decode()
    assert move(office, agreement, "end", note="提前终止").status_code == 303
    assert the_agreement().state == AgreementState.ENDED


def test_promised_and_done_stand_side_by_side(cast: Cast) -> None:
    open_ended = promised(cast, kind="dispatch", amount=None)
    agreement = an_agreement(cast, AgreementState.IN_FORCE, promised(cast), open_ended)
    an_activity(cast, quantity=Decimal(3))
    page = signed_in_client(cast.supporting.office).get(f"/agreements/{agreement.public_id}/")
    first, other = page.context["board"]
    assert (first.done.promised, first.done.done) == (Decimal(12), Decimal(0))
    assert (first.done.sub, first.state.word[:6]) == ("已申报 3", "生效中 · ")
    assert (other.done.promised, other.promised.number, other.state.word) == (None, None, "生效中 · 未约定数量")
    text = page.content.decode()
    assert "0 %" not in text
    assert escape(first.done.url) in text
    its_own = signed_in_client(cast.county.coordinator).get(first.promise.url).content.decode()
    assert escape(first.done.url) in its_own
    assert agreement.title in its_own


def test_relation_page_shows_board_papers_and_goals(cast: Cast) -> None:
    an_agreement(cast, AgreementState.IN_FORCE, promised(cast))
    client = signed_in_client(cast.supporting.office)
    address = f"/network/relations/{cast.relation.public_id}/"
    goal = {"key": ids.new(), "kind": "accreditation", "text": "创建三级医院", "institution": ""}
    assert client.post(f"/agreements/goals/new/?relation={cast.relation.public_id}", goal).status_code == 303
    text = client.get(address).content.decode()
    for fact in ("每年举办十二场讲座", "对口支援协议（2026）", "创建三级医院"):
        assert fact in text
    with scope.system():
        found = Goal.objects.get()
    assert client.post(f"/agreements/goals/{found.public_id}/moves/drop/", {"note": ""}).status_code == 422
    reached = client.post(f"/agreements/goals/{found.public_id}/moves/reach/", {"key": ids.new(), "note": "通过评审"})
    assert reached.status_code == 303
    assert "通过评审" in client.get(f"/agreements/goals/{found.public_id}/").content.decode()
    with scope.system():
        assert Goal.objects.get().state == "reached"


def test_stranger_sees_neither_paper_nor_file_nor_goal(cast: Cast) -> None:
    agreement = an_agreement(cast)
    client = signed_in_client(cast.stranger.office)
    assert client.get(f"/agreements/{agreement.public_id}/").status_code == 404
    assert client.get(f"/agreements/{agreement.public_id}/files/{ids.new()}/").status_code == 404
    shown = client.get(f"/agreements/goals/new/?relation={cast.relation.public_id}")
    assert (shown.status_code, shown.context["nowhere"]) == (200, True)
    assert cast.relation.name not in shown.content.decode()
    assert move(client, agreement, "agree", note="").status_code == 404
    assert client.get("/agreements/new/").status_code == 200


def test_list_parts_expiring_from_in_force_and_marks_what_has_run_out(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    client.post("/agreements/new/signed/", signed_form(cast, to_date="2025-12-31"))
    page = client.get("/agreements/?show=expiring")
    assert [(row.state.code, row.state.tone) for row in page.context["rows"]] == [("in_force", "late")]
    which = page.context["bar"].chips[0]
    assert [chip.count for chip in which.chips] == [1, 1, 0, 0, 1]
    assert client.get("/agreements/?show=nonsense").status_code == 422


def test_what_ends_tomorrow_says_so_on_list_and_page(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    tomorrow = shanghai_day(timezone.now()) + timedelta(days=1)
    made = client.post("/agreements/new/signed/", signed_form(cast, to_date=str(tomorrow)))
    (row,) = client.get("/agreements/?show=expiring").context["rows"]
    assert (row.state.tone, row.state.word.endswith("还有 1 天到期")) == ("waiting", True)
    assert "本协议还有 1 天到期" in client.get(made.url).content.decode()


def test_who_signed_for_a_house_that_is_no_party_is_left_out(cast: Cast) -> None:
    other = a_hospital(name="第三医院")
    made = a_relation(cast.supporting.institution, [cast.county.institution, other])
    with scope.acting(cast.supporting.office):
        relation = relation_by_id(made.pk)
    data = QueryDict(mutable=True)
    for name, value in signed_form(cast, **{f"duty_{other.pk}": "院长"}).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    form = EnterSigned(data, relation=relation)
    assert form.is_valid(), form.errors
    assert set(form.signed().duties) == {cast.supporting.id, cast.county.id}


def test_promise_is_changed_before_it_is_in_force_and_ended_on_its_page(cast: Cast) -> None:
    office = signed_in_client(cast.supporting.office)
    made = promise(cast, promised(cast), an_agreement(cast))
    address = f"/agreements/promises/{made.public_id}/"
    shown = office.get(address).context["moves"]
    assert [one.name for one in shown] == ["edit", "close"]
    typed = {"kind": "training", "text": "每年二十场讲座", "amount": "20", "unit": "session", "period": "year"}
    changed = office.post(f"{address}moves/edit/", {"key": ids.new(), "seen": made.version, **typed})
    assert changed.status_code == 303
    stale = office.post(f"{address}moves/close/", {"key": ids.new(), "seen": made.version, "note": "不再需要"})
    assert stale.status_code == 409
    assert "不再需要" in stale.content.decode()
    with scope.system():
        now = Commitment.objects.get()
    assert (now.text, now.amount, now.state) == ("每年二十场讲座", Decimal(20), CommitmentState.PROPOSED)
    ended = office.post(f"{address}moves/close/", {"key": ids.new(), "seen": now.version, "note": ""})
    assert ended.status_code == 303


def test_promise_to_a_paper_that_changed_meanwhile_is_kept_and_not_written(cast: Cast) -> None:
    office, agreement = signed_in_client(cast.supporting.office), an_agreement(cast)
    way = f"{cast.supporting.institution.public_id}-{cast.county.institution.public_id}"
    typed = {"kind": "training", "text": "讲座", "way": way, "period": "year", "seen": agreement.version}
    assert move(office, agreement, "agree", note="").status_code == 303
    answer = office.post(f"/agreements/{agreement.public_id}/promises/", {"key": ids.new(), **typed})
    assert answer.status_code == 409
    assert "讲座" in answer.content.decode()
    with scope.system():
        assert not Commitment.objects.exists()


def test_same_promise_to_several_is_one_line_of_the_relation(cast: Cast) -> None:
    second = a_hospital()
    relation = a_relation(cast.supporting.institution, [cast.county.institution, second], name="第二个关系")
    agreement = an_agreement(cast, relation_id=relation.pk)
    for receiver in (cast.county.id, second.pk):
        promise(cast, promised(cast, relation_id=relation.pk, receiver_id=receiver), agreement)
    page = signed_in_client(cast.supporting.office).get(f"/network/relations/{relation.public_id}/").content.decode()
    assert page.count("每年举办十二场讲座") == 1
    assert f"/agreements/promises/?kind=training&amp;relation={relation.public_id}" in page


def test_one_of_several_relations_is_chosen_first(cast: Cast) -> None:
    a_relation(cast.supporting.institution, [a_hospital(), a_hospital()], name="第二个关系")
    client = signed_in_client(cast.supporting.office)
    page = client.get("/agreements/new/signed/")
    assert "第二个关系" in page.content.decode()
    second = next(key for key, label in page.context["form"].fields["relation"].choices if "第二个" in label)
    form = client.get(f"/agreements/new/signed/?relation={second}")
    assert form.status_code == 200
    ways = [value for value, _label in form.context["rows"][0].fields["way"].choices]
    assert ways[0] == "all"


@pytest.mark.parametrize("rows", [3, 20])
def test_pages_ask_the_same_number_of_questions(
    cast: Cast, rows: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    agreement = an_agreement(cast, AgreementState.IN_FORCE, *(promised(cast) for _n in range(rows)))
    for _n in range(rows):
        an_agreement(cast)
    client = signed_in_client(cast.supporting.office)
    client.get("/agreements/")
    with django_assert_max_num_queries(20):
        client.get("/agreements/?show=negotiating")
    with django_assert_max_num_queries(35):
        client.get(f"/agreements/{agreement.public_id}/")
    with django_assert_max_num_queries(52):  # each room's part of the page costs its own, however many rows
        client.get(f"/network/relations/{cast.relation.public_id}/")


def test_a_relation_of_very_many_promises_shows_the_first_and_says_so(cast: Cast) -> None:
    paper = an_agreement(cast, "in_force", promised(cast))
    with scope.system():
        promise = Commitment.objects.get()
        seen = list(Audience.objects.filter(kind="agreements.commitment", record_pk=promise.pk))
        papers = Agreement.objects.bulk_create(another(paper, number=f"协议{n}") for n in range(1200))
        rows = Commitment.objects.bulk_create(
            another(promise, text=f"讲座{n}", group=ids.new(), agreement=own) for n, own in enumerate(papers)
        )
        Audience.objects.bulk_create(
            Audience(
                kind=one.kind, tenant_id=one.tenant_id, record_pk=row.pk, day=one.day, open=one.open, rank=one.rank
            )
            for row in rows
            for one in seen
        )
    client = signed_in_client(cast.supporting.office)
    page = client.get(f"/network/relations/{cast.relation.public_id}/").content.decode()
    assert page.count("/agreements/promises/0") < 250
    assert f"/agreements/promises/?relation={cast.relation.public_id}" in page
    with scope.acting(cast.supporting.office):
        chunks = list(PROMISES.chunks(cast.supporting.office, PromiseAsks(), AT.date()))
        assert [len(rows) for rows in chunks] == [1000, 201]


def another(row: Any, **changes: Any) -> Any:
    """Return a new row like this one."""
    made = copy.copy(row)
    made.pk, made.public_id = None, ids.new()
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def test_a_promise_in_force_is_corrected_on_its_page_with_a_reason(cast: Cast) -> None:
    office = signed_in_client(cast.supporting.office)
    made = promise(cast, promised(cast), an_agreement(cast, AgreementState.IN_FORCE))
    address = f"/agreements/promises/{made.public_id}/"
    typed = {"kind": "training", "text": "每年二十场讲座", "amount": "20", "unit": "session", "period": "year"}
    told = {"seen": made.version, **typed}
    assert office.post(f"{address}moves/correct/", {"key": ids.new(), **told}).status_code == 422
    assert office.post(f"{address}moves/correct/", {"key": ids.new(), **told, "note": "录入有误"}).status_code == 303
    with scope.system():
        assert Account.objects.get().amount == Decimal(20)
