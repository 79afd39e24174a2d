"""A list through HTTP: what it is asked, sorted by, adds up to; moves for many rows; exports. Tried on the needs."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lianti.contexts.needs import services, views
from lianti.contexts.needs.models import Need, NeedTransition
from lianti.contexts.needs.queries import KIND, Asks
from lianti.contexts.needs.states import NeedState, Priority
from lianti.contexts.needs.tests.builders import a_need
from lianti.kernel import outbox, scope
from lianti.kernel.models import AccessEvent
from lianti.lib import ids
from lianti.records import exporting
from lianti.records.asking import Named
from lianti.records.lists import RecordList, register
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
    assert len(texts(office(cast), views.LIST.url(asked).partition("?")[2])) == 3


def test_a_wrong_declaration_fails_at_once() -> None:
    good = views.LIST
    fields = {name: getattr(good, name) for name in good.__dataclass_fields__}
    with pytest.raises(ValueError, match=r"needs.need: .*does not end in the key"):
        register(RecordList(**{**fields, "orders": {"x": type(good.orders["age"])("x", ("priority",))}}))


def test_search_finds_number_and_text(cast: Cast) -> None:
    need = a_need(cast, text="请派人带教腹腔镜")
    actor = cast.county.coordinator
    with scope.acting(actor):
        assert [hit.number for hit in KIND.found(actor, need.number, 5)] == [need.number]
        assert [hit.number for hit in KIND.found(actor, "腹腔镜", 5)] == [need.number]
        assert KIND.found(actor, "没有的", 5) == []
        assert KIND.visible(actor).narrowed(Q(pk=need.pk)).count() == 1
