"""Several month sheets verified on one page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lianti.contexts.ledger import queries, services
from lianti.contexts.ledger.models import Entry
from lianti.contexts.ledger.tests.stage import Stage, fresh, todo
from lianti.contexts.ledger.tests.test_as_the_law_says import on
from lianti.contexts.ledger.tests.test_pages import client_of, now, sheet_of
from lianti.kernel import scope
from tests import cast

__all__ = ["now"]
URL = "/ledger/sheets/together/"


def many(stage: Stage, count: int) -> list[Entry]:
    """Declare an entry of each of so many people, each on a sheet of its own."""
    people = [cast.a_person(f"专家{number}", employer=stage.houses["P"]) for number in range(count)]
    return [stage.declare(quantity=2, people=[(person.pk, "lead", None)]) for person in people]


def form_of(client: Client, *sheets: str) -> dict[str, Any]:
    """Give what the page would send as it stands."""
    html = client.get(URL, {"sheet": sheets} if sheets else {}).content.decode().partition("<main")[2]
    form: dict[str, Any] = {"sheet": re.findall(r'name="sheet" value="(\w+)" checked', html)}
    for name, value in re.findall(r'name="(seen-\w+)" value="([\w.]+)"', html):
        form.setdefault(name, []).append(value)
    return form


def test_sixteen_sheets_go_with_one_button_but_what_is_left(now: Stage) -> None:
    entries = many(now, 16)
    client = client_of(now, "coordinator")
    form = form_of(client)
    assert len(form["sheet"]) == 16
    answer = client.post(URL, {**form, "leave": [entries[3].public_id]})
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert [fresh(entry).state for entry in entries].count("counted") == 15
    assert fresh(entries[3]).state == "declared"
    assert len(todo(now.coordinator)) == 1


def test_a_sheet_that_changed_is_told_and_the_others_go_through(now: Stage) -> None:
    first, changed = many(now, 2)
    client = client_of(now, "coordinator")
    form = form_of(client)
    services.return_(**on(now, changed, "coordinator"), note="补充")
    services.redeclare(**on(now, changed, "expert"))
    answer = client.post(URL, form)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert reverse("ledger:sheet", args=[sheet_of(changed).public_id]) in html
    assert (fresh(first).state, fresh(changed).state) == ("counted", "declared")


def test_what_came_after_the_page_was_shown_is_not_verified(now: Stage) -> None:
    (seen,) = many(now, 1)
    client = client_of(now, "coordinator")
    form = form_of(client)
    with scope.system():
        person = sheet_of(seen).person_id
    late = now.declare(people=[(person, "lead", None)])
    assert client.post(URL, form).status_code == 303
    assert (fresh(seen).state, fresh(late).state) == ("counted", "declared")


def test_only_what_was_ticked_in_to_do_is_shown(now: Stage) -> None:
    first, _second = many(now, 2)
    client = client_of(now, "coordinator")
    home = client.get("/").content.decode()
    ticked = sheet_of(first).public_id
    assert f'form="bulk" name="sheet" value="{ticked}"' in home
    assert form_of(client, ticked)["sheet"] == [ticked]


def test_sent_twice_it_is_done_once(now: Stage) -> None:
    (entry,) = many(now, 1)
    client = client_of(now, "coordinator")
    form = {**form_of(client), "key": "k" * 26}
    assert client.post(URL, form).status_code == client.post(URL, form).status_code == 303
    assert fresh(entry).state == "counted"


@pytest.mark.parametrize("name", ["office", "expert", "keeper"])
def test_the_giver_and_strangers_have_nothing_to_verify(now: Stage, name: str) -> None:
    (entry,) = many(now, 1)
    client = client_of(now, name)
    sheet = sheet_of(entry).public_id
    assert form_of(client) == {"sheet": []}
    assert client.post(URL, {"sheet": sheet, f"seen-{sheet}": f"{entry.public_id}.1"}).status_code == 409
    assert fresh(entry).state == "declared"


def test_nothing_ticked_and_too_much_are_told(now: Stage) -> None:
    client = client_of(now, "coordinator")
    assert client.post(URL, {}).status_code == 422
    many_ids = [f"{number:026d}" for number in range(queries.AT_ONCE + 1)]
    assert client.post(URL, {"sheet": many_ids}).status_code == 422


@pytest.mark.parametrize("count", [2, 20])
def test_the_page_asks_the_same_number_of_questions(
    stage: Stage, count: int, django_assert_max_num_queries: Any
) -> None:
    many(stage, count)
    with scope.acting(stage.coordinator), django_assert_max_num_queries(22):
        assert len(queries.together(stage.coordinator, stage.today)) == count
