"""A page of rows and columns: what it draws is its own markup, what it leaves out it says, its file holds all."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.test import RequestFactory
from hypothesis import given

from lianti.records import cells, exporting, matrix
from lianti.records.asking import Asked
from lianti.records.cells import Link, Quantity, State
from lianti.records.matrix import Band, Grid, Matrix, Spot
from lianti.records.tests.test_cells import HOSTILE

TODAY = date(2026, 3, 10)


def a_matrix(grid: Grid[Quantity], title: str = "安排") -> Matrix[Quantity]:
    return Matrix("test.some", title, cells.QUANTITY, Asked, lambda *_given: grid, ("", ""), lambda _asked: "谁")


def a_grid(rows: int, text: str = "甲") -> Grid[Quantity]:
    bands = [Band(str(n), text, text) for n in range(rows)]
    spot = Spot(
        Quantity(Decimal(2)), f"/x/?{text}", State("s", text, "late"), (Link("/p/", text),), (Link("/a/", text),)
    )
    sums = {band.key: Spot(Quantity(Decimal(2))) for band in bands}
    months = [Band("2026-03", "三月", now=True), Band("2026-04", "四月")]
    down = {"2026-03": Spot(Quantity(Decimal(2 * rows)))}
    return Grid(bands, months, {(band.key, "2026-03"): spot for band in bands}, sums, down, Spot(Quantity(Decimal(9))))


@given(HOSTILE)
def test_hostile_texts_stay_text(text: str) -> None:
    drawn = a_matrix(a_grid(1, text), text).drawn(a_grid(1, text), Asked(), TODAY)
    plain = a_matrix(a_grid(1, "x"), "x").drawn(a_grid(1, "x"), Asked(), TODAY)
    if text:  # an empty text has no line below it
        assert (drawn.count("<"), drawn.count('"')) == (plain.count("<"), plain.count('"'))


def test_each_cell_knows_its_column_and_says_its_state_in_words() -> None:
    drawn = a_matrix(a_grid(1)).drawn(a_grid(1), Asked(), TODAY)
    assert 'data-label="三月"' in drawn
    assert '<span class="badge t-late" data-state="s">甲</span>' in drawn
    assert drawn.count("<td") == 3 + 3, "two months and the sum, twice"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_file_holds_every_row_and_keeps_figures_as_figures(form: str) -> None:
    grid, file = a_grid(matrix.MOST + 5, "=1+1"), io.BytesIO()
    made = a_matrix(grid)
    exporting.plainly(file, made.title, made.lines(grid, Asked()), form)
    if form == "csv":
        lines = file.getvalue().decode("utf-8-sig").splitlines()
        assert len(lines) == matrix.MOST + 5 + 2
        assert lines[1].startswith("'=1+1")
        return
    import openpyxl

    sheet = openpyxl.load_workbook(file).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == matrix.MOST + 5 + 2
    assert rows[1] == ("=1+1 =1+1", "2 =1+1、=1+1", None, 2)
    assert rows[-1][1:] == (2 * (matrix.MOST + 5), None, 9)


def test_page_draws_so_many_rows_and_says_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    grid = a_grid(matrix.MOST + 5)
    assert a_matrix(grid).drawn(grid, Asked(), TODAY).count("<tr") == matrix.MOST + 2
    told: dict[str, object] = {}
    monkeypatch.setattr(matrix, "render", lambda _request, _template, context, **_more: told.update(context))
    request = RequestFactory().get("/")
    request.actor = None
    a_matrix(grid).show(request)
    assert told["left_out"] == 5


def test_unknown_words_of_an_address_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, object] = {}
    monkeypatch.setattr(matrix, "render", lambda _request, _template, context, **more: told.update(context | more))
    request = RequestFactory().get("/?nothing=1")
    request.actor = None
    a_matrix(a_grid(1)).show(request)
    assert told["status"] == 422
    assert "table" not in told
