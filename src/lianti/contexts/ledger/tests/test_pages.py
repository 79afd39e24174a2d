"""The ledger's pages, as people click them; no JavaScript anywhere."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lianti.contexts.ledger import services
from lianti.contexts.ledger.models import Entry, EntryPerson, Link, MonthSheet, SheetPrint
from lianti.contexts.ledger.tests.stage import Stage, fresh, seen
from lianti.contexts.ledger.tests.test_examples import SCAN
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.dates import shanghai_day
from lianti.lib.roles import Role
from tests import cast


@pytest.fixture
def now(stage: Stage) -> Stage:
    """The stage today, since pages know no other day."""
    stage.today = shanghai_day(datetime.now(UTC))
    return stage


def client_of(stage: Stage, name: str) -> Client:
    return cast.signed_in_client(getattr(stage, name))


def sheet_of(entry: Entry) -> MonthSheet:
    with scope.system():
        return seen(EntryPerson).filter(entry=entry).select_related("sheet").first().sheet  # type: ignore[union-attr]


def page(client: Client, name: str, *args: Any, status: int = 200, **query: Any) -> str:
    answer = client.get(reverse(f"ledger:{name}", args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def test_list_shows_both_sides_and_narrows(now: Stage) -> None:
    got = now.declare(kind="lecture")
    gave = now.declare("K>P", "clinical_placement", people=[(now.person("head"), "lead", None)], by="coordinator")
    client = client_of(now, "coordinator")
    both = page(client, "list")
    assert f'{got.public_id}/">讲座培训</a>' in both
    assert f'{gave.public_id}/">进修' in both
    given = page(client, "list", side="given")
    assert gave.public_id in given
    assert got.public_id not in given
    assert 'class="empty"' in page(client, "list", state="settled")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"month": "2026-13"}, 422),
        ({"person": "nobody"}, 422),
        ({"state": "?"}, 422),
        ({"with": "0" * 26}, 422),
        ({"after": "x.y"}, 200),
        ({"after": "20261301.1"}, 200),
    ],
)
def test_list_refuses_what_it_cannot_read(now: Stage, query: dict[str, str], status: int) -> None:
    entry = now.declare()
    shown = page(client_of(now, "coordinator"), "list", status=status, **query)
    assert (entry.public_id in shown) == (status == 200)


def test_the_old_address_leads_to_the_list_with_what_was_asked(now: Stage) -> None:
    answer = client_of(now, "coordinator").get("/ledger/?side=received&overdue=1")
    assert (answer.status_code, answer["Location"]) == (302, "/ledger/entries/?side=received&overdue=1")


def test_every_number_of_a_board_opens_exactly_its_entries(now: Stage) -> None:
    relation = cast.a_relation(now.houses["P"], [now.houses["K"], now.houses["L"]])
    for way in ("P>K", "P>L", "K>P"):
        now.account(sides=way, relation_id=relation.pk)
    now.verify(now.declare("P>K"))
    now.declare("P>L")
    now.declare("P>K", kind="operation")
    now.declare("K>P", by="coordinator", people=[])
    gone = now.declare("P>K")
    services.withdraw(actor=now.expert, at=now.at, key=None, entry_id=gone.pk)
    asked = [("office", {}), ("office", {"with": now.houses["K"].public_id}), ("coordinator", {})]
    for name, narrowed in asked:
        client = client_of(now, name)
        lines = client.get(reverse("network:relation", args=[relation.public_id]), narrowed).context["done"]
        assert lines
        for line in lines:
            assert client.get(line["url"]).context["tally"].count == line["entries"]


def test_l13_a_total_over_several_members_says_activities_and_what_counts_elsewhere_too(now: Stage) -> None:
    """'a total over several receivers also says the number of activities, and shows where else it counts'"""
    both = cast.a_relation(now.houses["P"], [now.houses["K"], now.houses["L"]])
    alone = cast.a_relation(now.houses["P"], [now.houses["K"]])
    for sides, relation in (("P>K", both.pk), ("P>L", both.pk), ("P>K", alone.pk)):
        now.account(sides=sides, relation_id=relation)
    a_need = now.account(sides="P>L", kinds="operation")
    heard_by_two = {"source_id": 990001, "source_public_id": ids.new()}
    old = now.verify(now.declare("P>K", quantity=5, **heard_by_two))
    far = now.declare("P>L", **heard_by_two)
    now.declare("P>L")
    services.correct(actor=now.office, at=now.at, key=None, entry_id=old.pk, difference=Decimal(-2), note="重复登记")
    services.name_account(actor=now.office, at=now.at, key=None, entry_id=far.pk, account_id=a_need.pk)
    answer = client_of(now, "office").get(reverse("network:relation", args=[both.public_id]))
    (line,) = answer.context["done"]
    # The entry at K and its correction in the other relation, and one at L in the account of a need.
    assert (line["entries"], line["spread"].activities, line["spread"].elsewhere) == (4, 2, 3)
    shown = answer.content.decode()
    assert "2 项活动" in shown
    assert "其中 3 条记录也计入别处" in shown


def test_every_month_of_an_account_opens_exactly_its_entries(now: Stage) -> None:
    account = now.account(unit="session", amount=Decimal(6), period="year", from_date=date(2026, 1, 1))
    now.declare()
    gone = now.declare()
    services.withdraw(actor=now.expert, at=now.at, key=None, entry_id=gone.pk)
    client = client_of(now, "office")
    (month,) = client.get(reverse("ledger:account", args=[account.public_id])).context["months"]
    assert client.get(month["url"]).context["tally"].count == 1


def test_entry_page_offers_moves_by_side(now: Stage) -> None:
    entry = now.declare()
    mine = page(client_of(now, "coordinator"), "entry", entry.public_id)
    assert "/moves/verify/" in mine
    assert "/moves/return_/" in mine
    assert "/moves/withdraw/" not in mine
    theirs = page(client_of(now, "expert"), "entry", entry.public_id)
    assert "/moves/verify/" not in theirs
    assert "/moves/withdraw/" in theirs
    page(client_of(now, "keeper"), "entry", entry.public_id, status=404)


def test_verifying_on_the_entry_page(now: Stage) -> None:
    entry = now.declare()
    client = client_of(now, "coordinator")
    answer = client.post(reverse("ledger:move", args=[entry.public_id, "verify"]), {"key": ids.new()})
    assert answer.status_code == 303
    assert fresh(entry).state == "counted"


def test_lower_quantity_asks_again_when_it_is_higher(now: Stage) -> None:
    entry = now.declare(quantity=5)
    client = client_of(now, "coordinator")
    url = reverse("ledger:move", args=[entry.public_id, "lower"])
    answer = client.post(url, {"quantity": "7", "note": "清点", "key": ids.new()})
    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode()
    assert client.post(url, {"quantity": "4", "note": "清点", "key": ids.new()}).status_code == 303
    assert fresh(entry).quantity == 4


@pytest.mark.parametrize(
    ("name", "data"), [("return_", {"note": "缺签到表"}), ("lower", {"quantity": "1", "note": "少一场"})]
)
def test_moves_with_a_form(now: Stage, name: str, data: dict[str, str]) -> None:
    entry = now.declare(quantity=2)
    url = reverse("ledger:move", args=[entry.public_id, name])
    assert client_of(now, "coordinator").post(url, data).status_code == 303


def test_correcting_on_the_entry_page(now: Stage) -> None:
    entry = now.verify(now.declare(quantity=2))
    url = reverse("ledger:move", args=[entry.public_id, "correct"])
    client = client_of(now, "office")
    assert client.post(url, {"difference": "-3", "note": "重复"}).status_code == 422
    assert client.post(url, {"difference": "-1", "note": "重复"}).status_code == 303
    assert "更正" in page(client, "entry", entry.public_id)


def test_unknown_move_is_refused(now: Stage) -> None:
    entry = now.declare()
    client = client_of(now, "coordinator")
    assert client.post(reverse("ledger:move", args=[entry.public_id, "carry_over"])).status_code == 409


def test_account_page_shows_promise_months_and_entries(now: Stage) -> None:
    account = now.account(unit="session", amount=Decimal(6), period="year", from_date=now.today.replace(day=1))
    now.verify(now.declare(quantity=2))
    shown = page(client_of(now, "office"), "account", account.public_id)
    assert "讲座培训" in shown
    assert "<b>2</b> / 6" in shown
    page(client_of(now, "keeper"), "account", account.public_id, status=404)


def _marks(text: str) -> dict[str, str]:
    return dict(re.findall(r'name="(seen-\w+)" value="(\d+)"', text))


def test_sheet_is_verified_in_one_move_with_exceptions(now: Stage) -> None:
    good, short, wrong, own = (now.declare(quantity=3) for _ in range(4))
    client = client_of(now, "coordinator")
    sheet = sheet_of(good)
    data = _marks(page(client, "sheet", sheet.public_id))
    assert len(data) == 4
    data |= {
        f"mark-{short.public_id}": "lower",
        f"quantity-{short.public_id}": "2",
        f"reason-{short.public_id}": "一场未举行",
        f"mark-{wrong.public_id}": "return",
        f"mark-{own.public_id}": "leave",
    }
    url = reverse("ledger:verify_sheet", args=[sheet.public_id])
    again = client.post(url, {**data, "key": ids.new()})
    assert again.status_code == 422
    assert "一场未举行" in again.content.decode()
    done = client.post(url, {**data, f"reason-{wrong.public_id}": "日期不对", "key": ids.new()})
    assert done.status_code == 303
    assert [fresh(entry).state for entry in (good, short, wrong, own)] == ["counted", "counted", "returned", "declared"]


def test_sheet_that_changed_while_reading_is_refused_whole(now: Stage) -> None:
    one, two = now.declare(quantity=3), now.declare(quantity=1)
    client = client_of(now, "coordinator")
    sheet = sheet_of(one)
    data = _marks(page(client, "sheet", sheet.public_id))
    services.redeclare(actor=now.expert, at=now.at, key=None, entry_id=two.pk, quantity=Decimal(9))
    answer = client.post(reverse("ledger:verify_sheet", args=[sheet.public_id]), data)
    assert answer.status_code == 409
    assert fresh(one).state == "declared"


def test_sheet_is_printed_and_its_scan_booked(now: Stage) -> None:
    entry, lowered = now.declare(quantity=3), now.declare(quantity=2)
    office, sheet = client_of(now, "office"), sheet_of(entry)
    assert office.post(reverse("ledger:print_sheet", args=[sheet.public_id])).status_code == 303
    printed = seen(SheetPrint).get()
    paper = page(office, "print", printed.public_id)
    assert printed.number in paper
    assert "<svg" in paper
    assert "盖章" in paper
    found = office.get(reverse("ledger:by_number", args=[printed.number]))
    assert found.status_code == 302
    from django.core.files.uploadedfile import SimpleUploadedFile

    data = {
        "signatory": str(now.person("head")),
        "scan": SimpleUploadedFile("盖章.pdf", SCAN),
        f"mark-{lowered.public_id}": "lower",
        f"quantity-{lowered.public_id}": "1",
        f"reason-{lowered.public_id}": "章上改为1",
    }
    answer = office.post(reverse("ledger:scan", args=[printed.public_id]), data)
    assert answer.status_code == 303, answer.content.decode()
    assert (fresh(entry).level, fresh(lowered).quantity, fresh(lowered).level) == (1, 1, 1)
    assert office.get(reverse("ledger:scan_file", args=[printed.public_id])).content[:4] == b"%PDF"
    assert client_of(now, "keeper").get(reverse("ledger:scan_file", args=[printed.public_id])).status_code == 404


def test_scan_without_file_or_signatory_asks_again(now: Stage) -> None:
    entry = now.declare()
    office, sheet = client_of(now, "office"), sheet_of(entry)
    office.post(reverse("ledger:print_sheet", args=[sheet.public_id]))
    answer = office.post(reverse("ledger:scan", args=[seen(SheetPrint).get().public_id]), {"signatory": "0"})
    assert answer.status_code == 422


def _a_link(stage: Stage, entry: Entry) -> tuple[str, str]:
    with scope.system():
        host = cast.a_person("李主任", employer=stage.houses["K"], phone="13900001111", duty="内科主任")
    answer = client_of(stage, "desk").post(
        reverse("ledger:make_link", args=[sheet_of(entry).public_id]), {"person": host.pk, "key": ids.new()}
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "13900001111" in text
    token = re.search(r"/l/([\w-]+)/", text)
    code = re.search(r'id="code">(\d{6})<', text)
    assert token
    assert code
    return token[1], code[1]


def test_department_head_without_account_confirms_by_link(now: Stage) -> None:
    entry, second = now.declare(quantity=3), now.declare(quantity=2)
    token, code = _a_link(now, entry)
    url, nobody = reverse("ledger:link", args=[token]), Client()
    assert 'name="code"' in nobody.get(url).content.decode()
    assert nobody.post(url, {"code": "000000" if code != "000000" else "1"}).status_code == 403
    shown = nobody.post(url, {"code": code})
    assert shown.status_code == 200
    assert "讲座培训" in shown.content.decode()
    data = {**_marks(shown.content.decode()), "code": code, "step": "verify", "key": ids.new()}
    data[f"mark-{second.public_id}"] = "leave"
    assert nobody.post(url, data).status_code == 200
    assert (fresh(entry).state, fresh(entry).via, fresh(second).state) == ("counted", "link", "declared")
    assert nobody.get(url).status_code == 404
    assert not nobody.session.keys()


def test_five_wrong_codes_close_a_link(now: Stage) -> None:
    token, code = _a_link(now, now.declare())
    url, nobody = reverse("ledger:link", args=[token]), Client()
    for _ in range(5):
        assert nobody.post(url, {"code": "x"}).status_code == 403
    assert nobody.post(url, {"code": code}).status_code == 403
    with scope.system():
        assert seen(Link).get().attempts_left == 0


@pytest.mark.parametrize("token", ["zz", "1-abc", "-", "f" * 40 + "-x", "0-0"])
def test_malformed_link_opens_nothing(db: None, token: str) -> None:
    assert Client().get(f"/l/{token}/").status_code == 404


def test_workload_page_sums_own_shares(now: Stage) -> None:
    expert, second = now.person("expert"), now.person("second")
    now.verify(
        now.declare(kind="outpatient", quantity=10, people=[(expert, "lead", Decimal(6)), (second, "lead", None)])
    )
    from lianti.contexts.network import queries as network

    with scope.system():
        ident = network.person_by_id(expert).public_id
    shown = page(client_of(now, "office"), "person", ident)
    assert "<b>6</b>" in shown


def test_relation_page_shows_promise_beside_deed(now: Stage) -> None:
    relation = cast.a_relation(now.houses["P"], [now.houses["K"]])
    now.account(relation_id=relation.pk, unit="session", amount=Decimal(4), period="year", label="每年讲座四场")
    now.verify(now.declare(quantity=1))
    client = client_of(now, "coordinator")
    shown = client.get(reverse("network:relation", args=[relation.public_id])).content.decode()
    assert "每年讲座四场" in shown
    assert "<b>1</b> / 4" in shown


def test_authority_sees_nothing_before_it_is_published(now: Stage) -> None:
    authority = cast.a_health_authority()
    relation = cast.a_relation(now.houses["P"], [now.houses["K"]], authority=authority)
    now.account(relation_id=relation.pk, label="讲座约定")
    now.verify(now.declare(quantity=2))
    watcher = cast.signed_in_client(cast.a_member(Role.HEALTH_AUTHORITY, authority))
    board = reverse("network:relation", args=[relation.public_id])
    assert "讲座约定" not in watcher.get(board).content.decode()
    url = reverse("ledger:publish", args=[relation.public_id])
    client = client_of(now, "office")
    assert client.get(url).status_code == 200
    assert client.post(url, {"month": "2026/3"}).status_code == 422
    assert client.post(url, {"month": f"{now.today:%Y-%m}", "note": "按期"}).status_code == 303
    text = watcher.get(board).content.decode()
    found = re.search(r"/ledger/publications/(\w+)/", text)
    assert found
    assert "讲座培训" in watcher.get(found[0]).content.decode()
    assert client_of(now, "keeper").get(found[0]).status_code == 404


def test_to_do_shows_one_item_a_sheet(now: Stage) -> None:
    for _ in range(3):
        now.declare()
    shown = client_of(now, "coordinator").get("/").content.decode()
    assert shown.count('<a class="main" href="/ledger/sheets/') == 1
    row = shown.partition('<a class="main"')[2].partition("</tr>")[0]
    for said in ("月表 · 待核实 3 条 · 讲座培训", "核实月表", "省立医院 → 甲县医院"):
        assert said in row


def test_the_authority_reads_and_judges_what_it_has_drawn(now: Stage) -> None:
    """It sees the entry, and not the sheet on which it stands."""
    authority = cast.a_health_authority()
    relation = cast.a_relation(now.houses["P"], [now.houses["K"]], authority=authority)
    now.account(relation_id=relation.pk)
    entry = now.verify(now.declare(quantity=3))
    judge = cast.a_member(Role.HEALTH_AUTHORITY, authority)
    services.spot_draw(
        actor=judge, at=now.at, key=None, giver_id=now.id("P"), receiver_id=now.id("K"), month=now.today, count=1
    )
    client = cast.signed_in_client(judge)
    assert entry.public_id in page(client, "list")
    shown = page(client, "entry", entry.public_id)
    assert "/moves/pass_check/" in shown
    assert "/ledger/sheets/" not in shown.partition("<main")[2]
    assert client.post(reverse("ledger:move", args=[entry.public_id, "pass_check"]), {"seen": "9"}).status_code == 409
    seen_version = str(fresh(entry).version)
    url = reverse("ledger:move", args=[entry.public_id, "pass_check"])
    assert client.post(url, {"seen": seen_version}).status_code == 303
    assert fresh(entry).level == 3


def test_a_drawn_check_is_judged_on_the_entry_page(now: Stage) -> None:
    passed, failed = now.verify(now.declare(quantity=3)), now.verify(now.declare(quantity=3))
    client = client_of(now, "desk")

    def post(entry: Entry, name: str, **data: str) -> int:
        return client.post(reverse("ledger:move", args=[entry.public_id, name]), data).status_code

    assert post(passed, "pass_check") == 409
    assert post(passed, "draw") == post(failed, "draw") == 303
    assert post(passed, "draw") == 409
    assert "/moves/fail_check/" in page(client, "entry", failed.public_id)
    assert post(passed, "pass_check") == 303
    assert post(failed, "fail_check", found="2") == 422
    assert post(failed, "fail_check", found="2", note="一场无签到") == 303
    assert (fresh(passed).level, fresh(failed).level) == (3, 2)
    assert "更正" in page(client, "entry", failed.public_id)


def test_sheets_are_listed_by_whose_turn_it_is(now: Stage) -> None:
    sheet = sheet_of(now.declare())
    for name, show, there in (
        ("coordinator", "received", True),
        ("coordinator", "given", False),
        ("office", "given", True),
    ):
        assert (sheet.public_id in page(client_of(now, name), "sheets", show=show)) is there
    assert sheet.public_id in page(client_of(now, "desk"), "sheets", show="all")


def test_mending_naming_and_settling_on_the_entry_page(now: Stage) -> None:
    account = now.account(kinds="")
    entry = now.declare(quantity=2)
    expert, desk = client_of(now, "expert"), client_of(now, "desk")

    def post(client: Client, name: str, **data: str) -> int:
        return client.post(reverse("ledger:move", args=[entry.public_id, name]), data).status_code

    assert post(expert, "redeclare", quantity="4", day=str(now.today)) == 303
    assert post(expert, "name_account", account=str(account.pk)) == 303
    assert post(desk, "lower", quantity="3", note="清点") == 303
    assert post(expert, "object_", note="有签到表") == 303
    assert "商定" in page(desk, "entry", entry.public_id)
    assert post(desk, "settle", quantity="9", note="商定") == 422
    assert post(desk, "settle", quantity="4", note="商定") == 303
    assert (fresh(entry).state, fresh(entry).quantity) == ("settled", 4)
