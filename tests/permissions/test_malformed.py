"""Whatever is sent to whatever address: a clear answer, nothing changed, never a fault of ours."""

import ast
import inspect
import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from lianti.lib import ids
from lianti.lib.roles import Role
from tests.permissions.addresses import Address, addresses
from tests.permissions.expected import EXPECTED
from tests.permissions.test_matrix import path_of
from tests.permissions.world import FULL, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Todays = Callable[[Sequence[Any]], Sequence[Any]]
BAD_IDS = ("x", "0" * 25, "0" * 27, "o" * 26, "'\"; --", "a\0b", "😀", "..", "-1", "%", "0" * 10_000)
BAD_KEYS = ("", "x" * 10_000, "a\0b", "😀", "'; --")
JUNK: tuple[Any, ...] = (
    "",
    " ",
    "a\0b",
    "😀" * 40,
    "' OR '1'='1",
    "x" * 10_000,
    "-1",
    "9" * 400,
    "1e999999",
    "NaN",
    "2026-13-45",
    "0001-01-01",
    "9999-12-31",
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    ["a", "b"],
    SimpleUploadedFile("病历.exe", b"MZ"),
)
ASKED = re.compile(r"""(?:GET|POST|FILES)\.get(?:list)?\(\s*["']([\w-]+)["']""")
ALONE = JUNK[1:-1:4] if FULL else JUNK[5:9:3]  # what is also put into one field of a form that is right otherwise
SOME = JUNK[::2] if FULL else JUNK[2:9:3]  # every other one: a fault of one address shows with most of them


def keys_and_bad_ones() -> list[Any]:
    """Return each address with one bad key, in turn; with the others by night: one door reads all keys."""
    keys = sorted(key for key, row in EXPECTED.items() if row.body)
    return [
        pytest.param(key, bad, marks=() if number % len(BAD_KEYS) == turn else pytest.mark.nightly)
        for number, key in enumerate(keys)
        for turn, bad in enumerate(BAD_KEYS)
    ]


@cache
def names_asked_for() -> frozenset[str]:
    """Return every name that any view asks a query or a form for, read from the code."""
    found: set[str] = set()
    for file in Path(settings.PACKAGE).rglob("*.py"):
        if "tests" not in file.parts:
            found |= set(ASKED.findall(file.read_text("utf-8")))
    return frozenset(found)


@cache
def fields_of_forms() -> frozenset[str]:
    """Return the names of the fields of every form."""
    found: set[str] = set()
    for file in Path(settings.PACKAGE, "contexts").glob("*/forms*"):
        module = import_module(f"lianti.contexts.{file.parent.name}.forms")
        for _name, form in inspect.getmembers(module, inspect.isclass):
            if issubclass(form, forms.Form):
                found |= set(form.base_fields)
        for source in [file] if file.is_file() else file.glob("*.py"):
            for node in ast.walk(ast.parse(source.read_text("utf-8"))):
                if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "self.fields":
                    found |= {str(node.slice.value)} if isinstance(node.slice, ast.Constant) else set()
    return frozenset(found)


def _doors(world: World) -> list[Any]:
    return [world.client("county", Role.OFFICE), world.nobody]


@pytest.mark.turns
@pytest.mark.parametrize("name", sorted(name for name, a in addresses().items() if a.arguments))
def test_bad_ids_are_pages_that_do_not_exist(world: World, name: str, todays: Todays) -> None:
    address = addresses()[name]
    wrong = []
    for spot, (kind, _argument) in enumerate(address.arguments):
        for bad in todays(BAD_IDS):
            given = {argument: ids.new() for _kind, argument in address.arguments}
            given[address.arguments[spot][1]] = quote(bad, safe="")
            for client in _doors(world):
                for method in address.methods - {"HEAD"}:
                    answer = world.probe(client, method, address.path(given))
                    if answer.status >= 500 or (kind == "ulid" and answer.status != 404):
                        wrong.append(f"{method} {bad[:30]!r} as {kind}: {answer}")
    assert not wrong


@pytest.mark.turns
@pytest.mark.parametrize("name", sorted(name for name, a in addresses().items() if "ulid" in dict(a.arguments)))
def test_ids_that_nobody_gave_out_are_not_there(world: World, name: str) -> None:
    address = addresses()[name]
    given = {argument: ids.new() for _kind, argument in address.arguments}
    for house, role in (("county", Role.OFFICE), ("stranger", Role.OFFICE), ("authority", Role.HEALTH_AUTHORITY)):
        for method in address.methods - {"HEAD"}:
            answer = world.probe(world.client(house, role), method, address.path(given))
            assert answer.status in {404, 409}, f"{method} {house} {role}: {answer}"
            assert answer.written == 0


@pytest.mark.turns
@pytest.mark.parametrize("key", sorted(EXPECTED))
def test_junk_in_queries_and_forms_is_answered(world: World, key: str, todays: Todays) -> None:
    method, name = key.split()[:2]
    address: Address = addresses()[name]
    path = path_of(world, address, EXPECTED[key])
    names = sorted(names_asked_for() | (fields_of_forms() if method == "POST" else frozenset()))
    body = EXPECTED[key].body
    wrong = []
    for junk in todays(SOME) if FULL else SOME:
        if method == "GET" and not isinstance(junk, str):
            continue
        for client in _doors(world) if address.door == "open" else _doors(world)[:1]:
            answer = world.probe(client, method, path, dict.fromkeys(names, junk))
            if answer.status >= 500:
                wrong.append(f"all {_shown(junk)}: {answer}")
        for field in body(world) if body and junk in ALONE else ():
            answer = world.probe(_doors(world)[0], method, path, {**body(world), field: junk})  # type: ignore[misc]
            if answer.status >= 500:
                wrong.append(f"{field} = {_shown(junk)}: {answer}")
    assert not wrong, f"{method} {path}\n" + "\n".join(wrong)


@pytest.mark.turns
@pytest.mark.parametrize(("key", "bad"), keys_and_bad_ones())
def test_bad_keys_are_answered(world: World, key: str, bad: str) -> None:
    method, name = key.split()[:2]
    row = EXPECTED[key]
    house, roles = next((house, roles) for house, roles in row.lets_in.items() if roles)
    role = sorted(roles & {Role.OFFICE} or roles & {Role.HEALTH_AUTHORITY} or roles)[0]
    assert row.body is not None
    answer = world.probe(
        world.client(house, Role(role)), method, path_of(world, addresses()[name], row), {**row.body(world), "key": bad}
    )
    assert answer.status < 500


def _shown(junk: object) -> str:
    return repr(junk)[:40]
