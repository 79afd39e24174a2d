"""What whoever holds a paper learns by its code, without signing in: little, and of no other paper anything."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from lianti.contexts.papers import words
from lianti.contexts.papers.domain import codes
from lianti.contexts.papers.models import IssuedPaper
from lianti.contexts.papers.states import IssuedPaperState
from lianti.kernel import ready
from lianti.records.cells import State


@dataclass(frozen=True)
class Checked:
    """What the public page shows of a paper."""

    title: str
    name: str  # with a part of it left out
    total: str
    rules: str
    issuer: str
    issued_on: date
    ended_on: date | None
    state: State
    valid: bool


Shown = Callable[[str, str], Checked | None]  # by number and short code
_more: list[Shown] = []


def know_more(shown: Shown) -> None:
    """Let a room tell of papers that it printed before they were kept here. Called from an app's `show`."""
    if shown not in _more:
        _more.append(shown)


def check(code: str) -> Checked | None:
    """Return what the page shows of the paper with this code, or None."""
    if (before := codes.numbered(code)) is not None:
        return next((told for shown in _more if (told := shown(*before)) is not None), None)
    secret = codes.hashed(code)
    if not secret:
        return None
    if connection.vendor == "postgresql":
        found = ready.fetch("SELECT state, shown, issued_on, ended_on FROM lianti_paper(%s)", [secret])
    else:
        rows = IssuedPaper.objects.filter(code_hash=secret)
        found = list(rows.values_list("state", "shown", "issued_on", "ended_on"))
    return _checked(*found[0]) if found else None


def _checked(state: str, shown: Any, issued_on: date, ended_on: date | None) -> Checked:
    told = json.loads(shown) if isinstance(shown, str) else shown
    named = {name: str(told.get(name, "")) for name in ("title", "name", "total", "rules", "issuer")}
    return Checked(
        **named,
        issued_on=issued_on,
        ended_on=ended_on,
        state=words.PAPER.state(state),
        valid=state == IssuedPaperState.VALID,
    )
