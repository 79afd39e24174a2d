"""A list through HTTP: what it is asked, sorted by, adds up to; moves for many rows; exports. Tried on the needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from lianti.contexts.needs import services, views
from lianti.contexts.needs.models import Need, NeedTransition
from lianti.contexts.needs.queries import KIND, Asks
from lianti.contexts.needs.states import NeedState, Priority
from lianti.contexts.needs.tests.builders import a_need
from lianti.kernel import outbox, scope
from lianti.kernel.models import AccessEvent
from lianti.lib import ids
from lianti.lib.web.search import Typed
from lianti.records import cells, exporting, finding, listing, lists
from lianti.records.asking import Named, NotUnderstood
from lianti.records.cells import Quantity
from lianti.records.lists import LISTS, Bulk, Column, Order, Tally, register, tally
from lianti.records.reading import Visible
from tests.cast import AT, DAY, Cast, signed_in_client
from tests.records import read

pytestmark = pytest.mark.django_db


def texts(client: Client, query: str = "") -> list[str]:
    """Return the needs on a page, in order."""
    return re.findall(r'class="main" href="[^"]*">([^<]*)<', client.get(f"/needs/?{query}").content.decode())


def some(cast: Cast) -> dict[str, Need]:
    """Make three needs of different priority, amount and state."""
    made = {
        "甲": a_need(cast, text="甲", amount=Decimal(3), unit="session"),
        "乙": a_need(cast, text="乙", amount=Decimal("1.5"), unit="session"),
        "丙": a_need(cast, NeedState.DECLINED, text="丙"),
    }
    with scope.acting(cast.supporting.office):
        services.accept(
            actor=cast.supporting.office, at=AT, key=None, need_id=made["乙"].public_id, priority=Priority.HIGH
        )
    return made


def office(cast: Cast) -> Client:
    return signed_in_client(cast.supporting.office)


def test_chips_fields_and_orders_narrow_and_sort(cast: Cast) -> None:
    some(cast)
    client = office(cast)
    assert texts(client) == ["乙", "甲"]
    assert texts(client, "show=closed") == ["丙"]
    assert texts(client, "show=all") == ["丙", "乙", "甲"]
    assert texts(client, "show=all&order=age") == ["乙", "甲", "丙"]
    assert texts(client, "state=accepted") == ["乙"]
    assert texts(client, "side=stated") == []
    assert texts(client, "side=asked") == ["乙", "甲"]


def test_county_institution_relation_person_and_days_narrow(cast: Cast) -> None:
    made = some(cast)
    client, place = office(cast), cast.county.institution
    day = made["甲"].stated_date
    for query, wanted in (
        (f"county={quote(place.region)}", ["乙", "甲"]),
        (f"county={quote(place.region.split('/')[0])}", ["乙", "甲"]),
        (f"place={place.public_id}", ["乙", "甲"]),
        (f"place={quote(place.short_name)}", ["乙", "甲"]),
        (f"relation={cast.relation.public_id}", ["乙", "甲"]),
        (f"since={day}&until={day}", ["乙", "甲"]),
        (f"since={day + timedelta(days=1)}", []),
        (f"until={day - timedelta(days=1)}", []),
    ):
        assert texts(client, query) == wanted, query


def test_each_filter_in_play_stands_above_the_list_and_can_be_removed(cast: Cast) -> None:
    some(cast)
    page = office(cast).get(f"/needs/?show=all&state=accepted&county={quote(cast.county.institution.region)}")
    bar = page.context["bar"]
    assert len(bar.active) == 2
    assert bar.active[0].url.startswith("?show=all&county=")
    assert ("show", "all") in bar.hidden


@pytest.mark.parametrize(
    ("query", "more"), [("county=青山省/云溪市/云溪县", 1), ("place=云溪县人民医院", 1), ("relation={relation}", 3)]
)
def test_what_is_asked_is_looked_up_once(cast: Cast, query: str, more: int) -> None:
    some(cast)
    client = office(cast)
    texts(client, query.format(relation=cast.relation.public_id))  # statements are made ready
    with CaptureQueriesContext(connection) as plain:
        assert texts(client, "order=age")
    with CaptureQueriesContext(connection) as asked:
        assert texts(client, "order=age&" + query.format(relation=cast.relation.public_id))
    assert len(asked) - len(plain) <= more


def test_relation_of_strangers_is_not_understood(cast: Cast) -> None:
    some(cast)
    answer = signed_in_client(cast.stranger.office).get(f"/needs/?relation={cast.relation.public_id}")
    assert answer.status_code == 422


def test_sum_line_counts_and_adds_up_what_is_asked_for(cast: Cast) -> None:
    some(cast)
    tally = office(cast).get("/needs/?show=all").context["tally"]
    assert (tally.count, tally.exact, [number for number, _unit in tally.sums]) == (3, True, [Decimal("4.50")])


def test_pages_show_each_row_once_in_order(cast: Cast) -> None:
    for number in range(7):
        a_need(cast, text=f"第{number}条")
    actor = cast.supporting.office
    with scope.acting(actor):
        for order in views.LIST.orders:
            seen: list[str] = []
            after: str | None = None
            while True:
                page = views.LIST.page(actor, Asks(show="all"), DAY, order=order, after=after, limit=3)
                seen += [str(row.need.title) for row in page.items]
                after = page.more
                if after is None:
                    break
            whole = views.LIST.page(actor, Asks(show="all"), DAY, order=order).items
            assert seen == [str(row.need.title) for row in whole]
            assert len(set(seen)) == 7


def test_a_token_of_another_order_begins_anew(cast: Cast) -> None:
    some(cast)
    actor = cast.supporting.office
    with scope.acting(actor):
        token = views.LIST.page(actor, Asks(show="all"), DAY, order="age", limit=1).more
        first = views.LIST.page(actor, Asks(show="all"), DAY, order="latest", after=token, limit=1)
        assert [str(row.need.title) for row in first.items] == ["丙"]


def test_rows_come_from_the_wall_alone() -> None:
    with pytest.raises(TypeError):
        Visible((Need.objects.all(),))


def bulk(client: Client, *needs: Need, move: str = "accept", query: str = "", **more: str) -> Any:
    rows = [f"{need.public_id}.{need.version}" for need in needs]
    return client.post(f"/needs/bulk/?{query}", {"key": ids.new(), "move": move, "row": rows, **more})


def states() -> dict[str, str]:
    with scope.system():
        return dict(Need.objects.values_list("text", "state"))


def test_many_rows_move_each_by_itself_and_what_fails_is_said(cast: Cast) -> None:
    made = some(cast)
    fresh = a_need(cast, text="丁")
    answer = bulk(office(cast), made["甲"], made["丙"], fresh)
    assert answer.status_code == 200
    assert states() == {"甲": "accepted", "乙": "accepted", "丙": "declined", "丁": "accepted"}
    assert [url for _brief, url, _why in answer.context["failed"]] == [f"/needs/{made['丙'].public_id}/"]
    assert answer.context["done"] == 2


def test_same_form_twice_moves_once(cast: Cast) -> None:
    need, client = a_need(cast), office(cast)
    given = {"key": ids.new(), "move": "accept", "row": [f"{need.public_id}.{need.version}"]}
    assert client.post("/needs/bulk/", given).context["done"] == 1
    assert client.post("/needs/bulk/", given).context["done"] == 1
    with scope.system():
        assert NeedTransition.objects.filter(record=need, name="accept").count() == 1


def test_row_that_changed_meanwhile_is_left_alone(cast: Cast) -> None:
    need = a_need(cast)
    with scope.system():
        Need.objects.filter(pk=need.pk).update(version=9)
    assert bulk(office(cast), need).status_code == 409
    assert set(states().values()) == {"stated"}


def test_note_is_asked_once_and_stands_in_each_story(cast: Cast) -> None:
    needs = [a_need(cast), a_need(cast)]
    client = office(cast)
    assert bulk(client, *needs, move="decline").status_code == 422
    assert bulk(client, *needs, move="decline", note="今年没有人手").status_code == 200
    with scope.system():
        told = NeedTransition.objects.filter(name="decline").values_list("note", flat=True)
        assert list(told) == ["今年没有人手"] * 2


def test_all_that_match_carries_the_count_that_was_shown(cast: Cast) -> None:
    for _n in range(3):
        a_need(cast)
    client = office(cast)
    assert bulk(client, query="state=stated", everything="2").status_code == 409
    assert bulk(client, query="state=stated", everything="3").context["done"] == 3


@pytest.mark.parametrize(
    "given",
    [
        {"move": "nothing"},
        {"move": "close"},
        {"move": "accept"},
        {"move": "accept", "row": "x.1"},
        {"move": "accept", "row": f"{ids.new()}.x"},
        {"move": "accept", "row": [f"{ids.new()}.1" for _n in range(201)]},
    ],
)
def test_bulk_that_cannot_be_is_refused_and_changes_nothing(cast: Cast, given: dict[str, Any]) -> None:
    a_need(cast)
    assert office(cast).post("/needs/bulk/", {"key": ids.new(), **given}).status_code in {409, 422}
    assert set(states().values()) == {"stated"}


def test_county_is_offered_no_moves_that_its_role_may_not_do(cast: Cast) -> None:
    a_need(cast)
    page = signed_in_client(cast.county.clinician).get("/needs/")
    assert page.context["moves"] == []
    assert 'name="row"' not in page.content.decode()


def test_export_is_logged_with_what_was_asked(cast: Cast) -> None:
    some(cast)
    answer = office(cast).post("/needs/export/?state=accepted", {"form": "csv"})
    assert answer["Content-Disposition"].startswith('attachment; filename="needs-need-')
    assert len(read(answer.content, "csv")) == 2
    with scope.system():
        event = AccessEvent.objects.latest("id")
    assert (event.kind, event.why) == ("needs.need", "export csv: state=accepted")
    assert office(cast).post("/needs/export/", {"form": "exe"}).status_code == 422


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", " =1", '=HYPERLINK("x")'])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_is_computed(cast: Cast, text: str, form: str) -> None:
    a_need(cast, text=text, specialty=text)
    answer = office(cast).post("/needs/export/", {"form": form})
    cells = read(answer.content, form)[1]
    if form == "csv":
        assert not any(cell.lstrip(" \t").startswith(("=", "+", "-", "@")) for cell in cells[:2])
    else:
        import io

        import openpyxl

        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "d"}


def test_too_much_for_an_answer_is_not_cut(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    some(cast)
    monkeypatch.setattr(exporting, "IN_THE_ANSWER", 1)
    answer = office(cast).post("/needs/export/?state=accepted&show=all", {"form": "csv"})
    assert answer.status_code == 200  # one row
    answer = office(cast).post("/needs/export/?show=all", {"form": "csv"})
    assert (answer.status_code, answer["Location"]) == (303, "/jobs/")
    actor = cast.supporting.office
    done()
    with scope.acting(actor):
        task = outbox.mine(actor).get()
        assert (task.state, task.done, task.total) == ("done", 3, 3)
        assert len(read(outbox.file_of(actor, task.pk).read_bytes(), "csv")) == 4


def test_count_of_everything_is_a_job(cast: Cast) -> None:
    some(cast)
    assert office(cast).post("/needs/export/?show=all", {"form": "records.count"}).status_code == 303
    actor = cast.supporting.office
    done()
    with scope.acting(actor):
        lines = read(outbox.file_of(actor, outbox.mine(actor).get().pk).read_bytes(), "csv")
    assert [cells[1] for cells in lines] == ["3", "4.50"]


def done() -> None:
    """Let the worker do what waits."""
    while outbox.work(50, timezone.now() + timedelta(minutes=1)):
        pass


def test_figure_opens_exactly_its_rows(cast: Cast) -> None:
    some(cast)
    asked = Asks(show="all", relation=Named.of(cast.relation))
    assert len(texts(office(cast), views.LIST.kind.listed(asked).partition("?")[2])) == 3


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"orders": {"age": Order("x", ("priority",)), "latest": Order("x", ("-id",))}}, "does not end in the key"),
        ({"orders": {**views.LIST.orders, "x": Order("x", ("id",)), "y": Order("y", ("id",))}}, "more than 3"),
        ({"orders": {"age": views.LIST.orders["age"]}}, "stated asks for no order latest"),
        ({"bulk": (Bulk("dance", services.accept, "need_id"),)}, "no move dance"),
        ({"bulk": (Bulk("accept", services.accept, "need_id", note=True),)}, "accept: a note is asked, or not needed"),
        ({"bulk": (Bulk("decline", services.decline, "need_id"),)}, "decline: a note is asked, or not needed"),
    ],
)
def test_a_wrong_declaration_fails_at_once(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=f"needs.need: {why}|needs.need: .*{why}"):
        register(replace(views.LIST, **wrong))
    assert LISTS["needs.need"] is views.LIST


def test_order_that_the_list_does_not_know_is_refused() -> None:
    with pytest.raises(NotUnderstood) as refusal:
        views.LIST.order_name("dance" * 20, Asks())
    assert refusal.value.asked == {"order": ("dance" * 20)[:40]}
    assert views.LIST.order_name("", Asks(show="all")) == "latest"


def test_list_that_adds_nothing_up_counts_and_a_count_that_is_known_is_not_made_again(cast: Cast) -> None:
    some(cast)
    actor, plain = cast.supporting.office, replace(views.LIST, sums=None)
    with scope.acting(actor):
        everything, accepted = Asks(show="all"), Asks(show="all", state="accepted")
        assert tally(plain, actor, everything, DAY) == Tally(3, True)
        assert tally(plain, actor, everything, DAY, 2) == Tally(2, False)
        known = {("state", "accepted"): 7, ("state", "declined"): 5}
        with CaptureQueriesContext(connection) as asked:
            assert tally(plain, actor, accepted, DAY, counted=known) == Tally(7, True)
        assert len(asked) == 0
        assert tally(plain, actor, everything, DAY, counted=known) == Tally(3, True)  # of another question
        assert tally(plain, actor, accepted, DAY, 7, counted=known) == Tally(1, True)  # known to be too many


def the_part(actor: Any, query: Asks, **more: Any) -> str:
    request: Any = RequestFactory().get("/")
    if actor is not None:
        request.actor = actor
    with scope.acting(actor) if actor else nullcontext():
        return listing.part(request, views.LIST, query, **more)


def test_part_of_another_page_opens_the_first_and_folds_the_rest(cast: Cast) -> None:
    for number in range(lists.FIRST + 1):
        a_need(cast, text=f"第{number}条")
    drawn = the_part(cast.supporting.office, Asks(show="all"))
    head, _details, rest = drawn.partition("<details>")
    assert (head.count('<a class="main"'), rest.count('<a class="main"')) == (lists.FIRST, 1)
    assert f">{lists.FIRST + 1}</span>" in head
    assert "/needs/?" not in drawn


def test_part_of_another_page_leads_to_all_where_it_shows_not_all(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(listing, "PART", 2)
    some(cast)
    drawn = the_part(cast.supporting.office, Asks(show="all"))
    assert drawn.count('<a class="main"') == 2
    assert 'href="/needs/?show=all"' in drawn


def test_part_with_nothing_is_nothing_unless_something_may_begin_there(cast: Cast) -> None:
    county = cast.county.office
    assert the_part(None, Asks()) == the_part(county, Asks()) == ""
    begun = the_part(county, Asks(), begin="relation=x", even_empty=True)
    assert str(views.LIST.empty[1]) in begun
    assert 'href="/needs/new/?relation=x"' in begun
    assert "/needs/new/" not in the_part(county, Asks(), even_empty=True)


def test_what_is_not_there_is_told_by_its_number_alone(cast: Cast) -> None:
    gone = ids.new()
    answer = office(cast).post("/needs/bulk/", {"key": ids.new(), "move": "accept", "row": f"{gone}.1"})
    assert answer.status_code == 409
    assert [(name, url) for name, url, _why in answer.context["failed"]] == [(gone, "")]


def test_sheet_that_is_full_says_so_and_numbers_are_numbers(cast: Cast, monkeypatch: Any) -> None:
    some(cast)
    actor = cast.supporting.office
    count = replace(views.LIST, columns=(Column("amount", "n", cells.QUANTITY),), rows=amounts)
    with scope.acting(actor):
        file = BytesIO()
        chunks = count.chunks(actor, Asks(show="all"), DAY, order="age")
        assert exporting.write(file, count, chunks, form="xlsx") == 3
        sheet = openpyxl.load_workbook(file).active
        assert [cell.value for (cell,) in sheet.iter_rows()] == ["n", 1.5, 3]  # none for what nobody said
        monkeypatch.setattr(exporting, "MOST_ROWS", 2)
        with pytest.raises(ValueError, match="csv"), translation.override("en"):
            exporting.write(BytesIO(), count, count.chunks(actor, Asks(show="all"), DAY), form="xlsx")


@dataclass(frozen=True)
class Amount:
    """A row with a number and nothing else."""

    id: int
    public_id: str
    version: int
    amount: Quantity


def amounts(records: Sequence[Need], _actor: Any, _today: date) -> list[Amount]:
    return [Amount(row.pk, row.public_id, row.version, Quantity(row.amount, row.unit)) for row in records]


def test_job_of_a_list_whose_room_was_switched_off_fails(cast: Cast, monkeypatch: Any) -> None:
    some(cast)
    monkeypatch.setattr(exporting, "IN_THE_ANSWER", 1)
    for form in ("csv", exporting.COUNT):
        office(cast).post("/needs/export/?show=all", {"form": form})
    monkeypatch.delitem(LISTS, "needs.need")
    done()
    actor = cast.supporting.office
    with scope.acting(actor):
        told = [(task.state, task.error.partition(":")[0]) for task in outbox.mine(actor)]
    assert told == [("failed", "NotFound")] * 2


def test_search_finds_number_and_text(cast: Cast) -> None:
    need = a_need(cast, text="请派人带教腹腔镜")
    actor = cast.county.coordinator
    with scope.acting(actor):
        for typed in (need.number, need.number.lower(), need.number[3:], "腹腔镜", "带教 腹腔镜", "腹腔镜 云溪"):
            assert [hit.number for hit in finding.found(views.LIST, actor, Typed.of(typed), 5)] == [need.number], typed
        for typed in ("没有的", "腹腔镜 没有的", "云溪", "xyz"):
            assert finding.found(views.LIST, actor, Typed.of(typed), 5) == [], typed
        assert KIND.visible(actor).narrowed(Q(pk=need.pk)).count() == 1
