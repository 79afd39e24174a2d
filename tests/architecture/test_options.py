"""Each option of what a context declares has a user: one that nobody sets is code that nobody needs."""

import ast
import dataclasses
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

SRC = Path(__file__).resolve().parents[2] / "src"
DECLARED = ("asking", "cells", "entering", "kinds", "lists", "pages", "words")

# What nobody sets yet and why it stays. Entries may only leave.
KEPT: dict[str, str] = {"Asked.words": "typed into the bar of every list; no declaration sets it"}


def options() -> Iterator[tuple[type, str]]:
    """Yield each field with a default, at the class that brings it."""
    for name in DECLARED:
        module = import_module(f"lianti.records.{name}")
        for one in vars(module).values():
            if isinstance(one, type) and dataclasses.is_dataclass(one) and one.__module__ == module.__name__:
                for field in dataclasses.fields(one):
                    optional = (field.default, field.default_factory) != (dataclasses.MISSING, dataclasses.MISSING)
                    if optional and field.init and field.name in inspect.get_annotations(one):
                        yield one, field.name


def used() -> set[tuple[type, str]]:
    """Return which fields of which classes are set by a call anywhere but in tests."""
    found: set[tuple[type, str]] = set()
    for path in sorted(SRC.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if {"tests", "migrations"} & set(path.parts) or not ("lianti.records" in text or "records" in path.parts):
            continue
        module = import_module(".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__"))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call):
                found |= set(_set_by(node, module))
    return found


def _set_by(call: ast.Call, module: Any) -> Iterator[tuple[type, str]]:
    made = _named(call.func, module)
    if isinstance(made, type) and dataclasses.is_dataclass(made):
        names = [field.name for field in dataclasses.fields(made) if field.init]
        given = [*names[: len(call.args)], *(word.arg for word in call.keywords if word.arg)]
        yield from ((one, name) for one in made.__mro__ for name in given)


def _named(func: ast.expr, module: Any) -> Any:
    """Return what a call names, as far as the module itself knows it."""
    if isinstance(func, ast.Name):
        return getattr(module, func.id, None)
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
        return getattr(getattr(module, func.value.id, None), func.attr, None)
    return None


def test_every_option_has_a_user() -> None:
    users = used()
    idle = {f"{one.__name__}.{name}" for one, name in options() if (one, name) not in users}
    assert idle - KEPT.keys() == set(), "take it out, or say in KEPT which coming room needs it"
    assert KEPT.keys() - idle == set(), "somebody uses it: it leaves KEPT"


def test_options_are_found_where_they_are_set() -> None:
    found, users = {(one.__name__, name) for one, name in options()}, {(one.__name__, name) for one, name in used()}
    assert {("RecordList", "bulk"), ("Kind", "finds"), ("Act", "form"), ("Say", "ask"), ("Filter", "folded")} <= found
    assert {("RecordList", "bulk"), ("Kind", "finds"), ("Act", "form"), ("Say", "ask"), ("Filter", "folded")} <= users
