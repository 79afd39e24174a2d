"""Two sets of tests that every kind of record inherits: what it declares holds together, and each door keeps its wall.

    class TestNeeds(DeclarationTests, RecordTests):
        LIST, PAGE = views.LIST, views.PAGE
        PARTIES = ("supporting", "county")

        def make(self, cast): return a_need(cast)

`make` gives one record of the two hospitals; `PARTIES` are the houses that know of it, all others may not.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import re
import typing
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianti.kernel import scope
from lianti.kernel.models import Audience
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.roles import Role
from lianti.lib.web.paging import pack
from lianti.records import cells, listing
from lianti.records.asking import Asked, County, Lookup, NotUnderstood
from lianti.records.lists import LISTS, RecordList, tally
from lianti.records.pages import RecordPage
from lianti.records.reading import ByAudience, Plain
from tests.cast import AT, Cast, House, signed_in_client

HOUSES = ("supporting", "county", "authority", "stranger")
SEATS = {"authority": Role.HEALTH_AUTHORITY}
TODAY = AT.date()


def somebody(cast: Cast, house: str) -> Actor:
    """Return the office of a house; of the authority, its seat."""
    found: House = getattr(cast, house)
    actor: Actor = getattr(found, SEATS.get(house, Role.OFFICE).value)
    return actor


class DeclarationTests:
    """What a list and a page declare holds together."""

    LIST: ClassVar[RecordList[Any]]
    PAGE: ClassVar[RecordPage[Any]]

    def test_words_are_whole(self) -> None:
        kind = self.LIST.kind
        assert list(kind.words.problems(kind.flow.spec)) == []

    def test_list_is_registered_and_sound(self) -> None:
        assert LISTS[self.LIST.name] is self.LIST
        assert list(self.LIST.problems()) == []

    def test_each_column_is_a_value_of_the_row(self) -> None:
        row = typing.get_args(typing.get_type_hints(self.LIST.rows)["return"])[0]
        held = row_fields(row)
        assert {"id", "public_id", "version", *(column.name for column in self.LIST.columns)} <= held
        idle = held - {"id", "public_id", "version"} - {column.name for column in self.LIST.columns}
        assert idle == set(), "the row holds what no column draws"

    def test_each_column_has_one_kind_of_cell(self) -> None:
        assert all(column.cell in vars(cells).values() for column in self.LIST.columns)

    def test_addresses_stand_where_the_kind_says(self) -> None:
        kind, app = self.LIST.kind, self.LIST.kind.code.split(".")[0]
        one = ids.new()
        assert reverse(f"{app}:{kind.names[0]}") == kind.base
        assert reverse(f"{app}:{kind.names[1]}", args=[one]) == kind.url(one)
        if self.PAGE.acts:
            assert reverse(f"{app}:{kind.names[2]}", args=[one, "x"]) == f"{kind.url(one)}moves/x/"

    def test_each_act_is_a_move_and_each_move_that_leaves_a_record_has_an_act(self) -> None:
        spec = self.PAGE.kind.flow.spec
        assert {name for name in self.PAGE.acts if spec.named(name) is None} == set()

    def test_each_filter_reads_what_it_writes(self) -> None:
        for name, one in self.LIST.asked.filters().items():
            assert str(one.label), name
            for code, word in one.options(list):
                assert str(word), (name, code)


class RecordTests:
    """Each door of a list and of a record × each house."""

    LIST: ClassVar[RecordList[Any]]
    PAGE: ClassVar[RecordPage[Any]]
    PARTIES: ClassVar[tuple[str, ...]] = ("supporting", "county")
    pytestmark = pytest.mark.django_db

    def make(self, cast: Cast) -> Any:
        """Return one record of the two hospitals."""
        raise NotImplementedError

    def everything(self) -> Any:
        """Return what is asked so that no record is left out."""
        shown = {"show": "all"} if "show" in self.LIST.asked.filters() else {}
        return self.LIST.asked(**shown)

    @pytest.mark.parametrize("house", HOUSES)
    def test_each_door_shows_it_to_its_parties_alone(self, cast: Cast, house: str) -> None:
        record = self.make(cast)
        actor, asked, knows = somebody(cast, house), self.everything(), house in self.PARTIES
        request: Any = RequestFactory().get("/")
        request.actor = actor
        with scope.acting(actor):
            assert [row.public_id for row in self.LIST.page(actor, asked, TODAY).items] == [record.public_id] * knows
            assert tally(self.LIST, actor, asked, TODAY).count == knows
            assert [row.public_id for rows in self.LIST.chunks(actor, asked, TODAY) for row in rows] == [
                record.public_id
            ] * knows
            assert (record.public_id in listing.part(request, self.LIST, asked)) == knows
            assert bool(self.LIST.kind.cards(actor, [record.pk])) == knows
        client = signed_in_client(actor)
        assert client.get(self.LIST.kind.url(record.public_id)).status_code == (200 if knows else 404)
        answer = client.get(f"{self.LIST.kind.base}?{asked.address()}")
        assert (f"/{record.public_id}/" in answer.content.decode()) == knows

    def test_audience_keeps_what_the_list_is_sorted_by(self, cast: Cast) -> None:
        source = self.LIST.source
        if not isinstance(source, ByAudience):
            return
        record = self.make(cast)
        with scope.system():
            record.refresh_from_db()
            kept = Audience.objects.filter(kind=self.LIST.name, record_pk=record.pk)
            assert kept.count() >= len(self.PARTIES)
            for row in kept:
                assert not source.day or row.day == getattr(record, source.day)
                assert row.open == (record.state not in self.LIST.kind.flow.spec.final)
                assert not source.rank or row.rank == getattr(record, source.rank)

    @pytest.mark.parametrize("house", HOUSES)
    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_export_holds_what_the_reader_may_see(self, cast: Cast, house: str, form: str) -> None:
        self.make(cast)
        address = f"{self.LIST.kind.base}export/?{self.everything().address()}"
        answer = signed_in_client(somebody(cast, house)).post(address, {"form": form})
        assert answer.status_code == 200
        rows = read(answer.content, form)
        assert rows[0] == [str(column.label) for column in self.LIST.columns]
        assert len(rows) - 1 == (house in self.PARTIES)

    def test_each_act_is_refused_to_strangers_as_if_there_were_nothing(self, cast: Cast) -> None:
        record, client = self.make(cast), signed_in_client(cast.stranger.office)
        for name in self.PAGE.acts:
            address = f"{self.LIST.kind.url(record.public_id)}moves/{name}/"
            assert client.post(address, {"key": ids.new()}).status_code == 404, name

    def test_bulk_moves_nothing_that_is_not_to_be_known_of(self, cast: Cast) -> None:
        if not self.LIST.bulk:
            return
        record, client = self.make(cast), signed_in_client(cast.stranger.office)
        for bulk in self.LIST.bulk:
            given = {"key": ids.new(), "move": bulk.move, "row": f"{record.public_id}.{record.version}", "note": "x"}
            answer = client.post(f"{self.LIST.kind.base}bulk/", given)
            assert answer.status_code == 409
        with scope.system():
            assert type(record)._default_manager.get(pk=record.pk).version == record.version

    def test_form_over_an_old_version_is_a_conflict(self, cast: Cast) -> None:
        record = self.make(cast)
        for house in self.PARTIES:
            client = signed_in_client(somebody(cast, house))
            page = client.get(self.LIST.kind.url(record.public_id))
            for move in page.context["moves"]:
                assert move.seen == record.version
                assert f'name="seen" value="{record.version}"' in page.content.decode()

    @pytest.mark.parametrize("query", ["nothing=1", "state=no-such", "order=no-such", "place=no-such"])
    def test_what_the_list_does_not_know_gives_a_sentence_and_no_rows(self, cast: Cast, query: str) -> None:
        record = self.make(cast)
        client = signed_in_client(somebody(cast, self.PARTIES[0]))
        for answer in (
            client.get(f"{self.LIST.kind.base}?{query}"),
            client.post(f"{self.LIST.kind.base}export/?{query}", {"form": "csv"}),
        ):
            assert answer.status_code == 422
            assert record.public_id not in answer.content.decode()

    def test_asking_more_never_shows_more(self, cast: Cast) -> None:
        self.make(cast)
        actor = somebody(cast, self.PARTIES[0])
        with scope.acting(actor):
            base = self.everything()
            most = tally(self.LIST, actor, base, TODAY).count
            for name, one in self.LIST.asked.filters().items():
                for code, _word in one.options(list):
                    value = one.read(code, actor)
                    fewer = tally(self.LIST, actor, dataclasses.replace(base, **{name: value}), TODAY).count
                    assert fewer <= most, (name, code)

    def test_every_filter_and_order_runs(self, cast: Cast) -> None:
        """Each column that a filter or an order names is there, on the database at hand."""
        self.make(cast)
        actor = somebody(cast, self.PARTIES[0])
        with scope.acting(actor):
            for asked in self.questions(cast, actor):
                for order in self.LIST.orders:
                    self.LIST.page(actor, asked, TODAY, order=order)

    def questions(self, cast: Cast, actor: Actor) -> Iterator[Asked]:
        """Yield what the list can be asked, one filter at a time."""
        given = samples(cast)
        for name, one in self.LIST.asked.filters().items():
            for text in [code for code, _word in one.options(list)] or [given.get(name, "2026-03")]:
                with suppress(NotUnderstood):
                    yield self.LIST.asked.read(QueryDict(f"{name}={text}").dict(), actor)

    def test_an_index_gives_each_order(self, cast: Cast) -> None:
        """No more is sorted than what the sides' indexes have given already, however many rows there are."""
        if isinstance(self.LIST.source, Plain):
            return
        self.make(cast)
        actor = somebody(cast, self.PARTIES[0])
        asked, today = self.everything(), TODAY
        with scope.acting(actor):
            for name in self.LIST.orders:
                rows = self.LIST.visible(actor, asked, today)
                order = self.LIST.order(name, asked).columns
                place = rows.page(order=order, after=None, limit=1).items[0]
                after = pack([getattr(place, column.lstrip("-")) for column in order], order)
                plan = explained(lambda: rows.page(order=order, after=after, limit=50))  # noqa: B023 - called at once
                assert plan.count(SORTS[connection.vendor]) <= (len(rows.branches) > 1), f"{name}:\n{plan}"
                assert not re.search(rf"\b(SCAN|Seq Scan on) {place._meta.db_table}\b", plan), f"{name}:\n{plan}"

    def test_no_list_asks_more_than_a_few_queries(self, cast: Cast) -> None:
        """Who reads, the rows, their sums, the names in them; one more where a place or record is found by its name."""
        self.make(cast)
        actor = somebody(cast, self.PARTIES[0])
        client, over = signed_in_client(actor), {}
        with scope.acting(actor):
            asks = [(asked, "") for asked in self.questions(cast, actor)]
        for asked, order in [*asks, *((self.everything(), order) for order in self.LIST.orders)]:
            address = f"{self.LIST.kind.base}?{asked.address()}{f'&order={order}' * bool(order)}"
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address).status_code == 200
            counted = [one["sql"] for one in seen if one["sql"] and not one["sql"].startswith(AROUND)]
            by_name = any(isinstance(one, (Lookup, County)) for _name, one, _value in asked.given())
            if len(counted) > QUERIES + by_name:
                over[address] = "\n   ".join(counted)
        assert not over, "\n".join(f"{address}\n   {said}" for address, said in over.items())


SORTS = {"sqlite": "USE TEMP B-TREE FOR ORDER BY", "postgresql": "Sort Key"}


def explained(read: Callable[[], object]) -> str:
    """Return how the database reads what is read, where it would rather use an index than not."""
    asked: list[tuple[str, Any]] = []

    def heard(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return run(sql, params, many, context)

    with connection.execute_wrapper(heard):
        read()
    how = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}[connection.vendor]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off"
            )
        told = []
        for sql, params in asked:
            cursor.execute(how + sql, params)
            told += [str(line[-1]) for line in cursor.fetchall()]
    return "\n".join(told)


QUERIES = 9
# What PostgreSQL is told around each transaction is no question.
AROUND = ("SELECT set_config", "SET TRANSACTION", "BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "DECLARE", "FETCH")


def row_fields(row: type[Any]) -> set[str]:
    """Return what a dataclass of rows holds, properties among them."""
    held = {one.name for one in dataclasses.fields(row)} if dataclasses.is_dataclass(row) else set()
    return held | {name for name in dir(row) if isinstance(getattr(row, name), property)}


def samples(cast: Cast) -> dict[str, str]:
    """Return a text for each filter that has no words to choose from."""
    day = date(2026, 3, 1).isoformat()
    place = cast.county.institution
    return {
        "since": day, "until": day, "month": "2026-03", "county": place.region, "place": place.public_id,
        "relation": cast.relation.public_id,
    }  # fmt: skip


def read(content: bytes, form: str) -> list[list[str]]:
    """Read an exported file back, as strings."""
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
