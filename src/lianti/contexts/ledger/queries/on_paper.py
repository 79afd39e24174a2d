"""What stands on the paper of a print: its lines and sums, the person's month, what other rooms know of its days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext

from lianti.contexts.ledger import rules, words
from lianti.contexts.ledger.models import SheetPrint
from lianti.contexts.ledger.queries.sheets import Line, Printed, SheetSum
from lianti.contexts.network import queries as network
from lianti.contexts.papers import queries as papers
from lianti.kernel import ready
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Sentence
from lianti.lib.web import search
from lianti.lib.web.templatetags.web import quantity
from lianti.records.finding import numbered

NOTE = 30  # characters of a remark on paper


@dataclass(frozen=True)
class WhoseDays:
    """Of whom a sheet tells: one person of the giver at the receiver, in one month."""

    person_id: int
    giver_id: int
    receiver_id: int
    month: date


DaysByMark = Callable[[Actor, WhoseDays, date], Sequence[tuple[Sentence, int]]]
_tellers: list[DaysByMark] = []


def tell_attendance(teller: DaysByMark) -> None:
    """Let a room above say how many days of a month there are by mark, as of a day. Called from an app's `show`."""
    if teller not in _tellers:
        _tellers.append(teller)


def on_paper(actor: Actor, printed: Printed, today: date) -> dict[str, Any]:
    """Return a text for each placeholder of a new print, with the person's month as it stands today."""
    page = printed.sheet
    days: list[tuple[Sentence, int]] = []
    if page.person is not None:
        whose = WhoseDays(page.person.id, page.giver.id, page.receiver.id, page.month)
        days = [told for teller in _tellers for told in teller(actor, whose, today)]
    return {**as_it_was(printed), **_month(page.sums, days)}


def as_it_was(printed: Printed) -> dict[str, Any]:
    """Return what a print says by its lines alone; prints from before papers were kept say no more than that."""
    page = printed.sheet
    with translation.override("zh-hans"):
        handled, signed = (str(one) for one in words.SEAL_LINES)
        return {
            "name": str(page.person.name) if page.person else str(words.NOBODY),
            "month": f"{page.month:%Y-%m}",
            "giver": page.giver.name,
            "receiver": page.receiver.name,
            "supplement": str(words.SUPPLEMENTARY) if printed.supplementary else "",
            "giver_seal": f"{page.giver.name}\n{handled}",
            "receiver_seal": f"{page.receiver.name}\n{signed}",
            "lines": [_line(one) for one in printed.lines],
            "sums": _sums(printed.sums),
            "work": [],
            "attendance": [],
        }


def _month(sums: Iterable[SheetSum], days: Iterable[tuple[Sentence, int]]) -> dict[str, Any]:
    with translation.override("zh-hans"):
        return {"work": _sums(sums), "attendance": [{"mark": str(mark), "days": str(many)} for mark, many in days]}


def _line(line: Line) -> dict[str, str]:
    row = line.row
    return {
        "day": row.day.isoformat(),
        "kind": str(words.kind_name(row.kind)),
        "quantity": quantity(row.quantity),
        "unit": str(words.unit_name(row.unit)),
        "share": quantity(line.share),
        "note": row.note if len(row.note) <= NOTE else f"{row.note[: NOTE - 1]}…",
        "confirmed": str(words.LEVELS[row.level]) if row.level else "",
    }


def _sums(sums: Iterable[SheetSum]) -> list[dict[str, str]]:
    return [
        {
            "kind": str(words.kind_name(one.kind)),
            "declared": quantity(one.declared),
            "counted": quantity(one.counted),
            "unit": str(words.unit_name(one.unit)),
        }
        for one in sums
    ]


def code_of(printed: SheetPrint) -> str:
    """Return the short code that prints bear which were made before papers were kept."""
    return printed.public_id[-8:]


def lines_said(many: int) -> str:
    """Return how many lines a sheet has, as the public page tells it. Call it in Chinese."""
    return gettext("%(n)s lines") % {"n": many}


def known_before(number: str, code: str) -> papers.Checked | None:
    """Return what the public page shows of a print by its number and short code; None for what is no print."""
    if connection.vendor == "postgresql":
        found = ready.fetch("SELECT tenant_id, made, lines FROM lianti_month_sheet(%s, %s)", [number, code])
    else:
        rows = SheetPrint.objects.filter(number=number, public_id__endswith=code)
        found = [(row.tenant_id, row.created_at, len(row.lines)) for row in rows]
    if not found:
        return None
    tenant_id, made, lines = found[0]
    with translation.override("zh-hans"):
        title, total = str(words.SHEET_PAPER.title), lines_said(lines)
    issuer = network.institution_by_id(tenant_id).name
    return papers.Checked(
        title, "", total, "", issuer, shanghai_day(made), None, papers.PAPER.words.state("valid"), valid=True
    )


def find_prints(actor: Actor, typed: search.Typed, limit: int) -> list[search.Hit]:
    """Return the prints with this number or a part of it, the latest first, for the search field."""
    which = numbered(typed.text)
    rows = SheetPrint.objects.filter(rules.PRINTS.visible_to(actor), which).order_by("-pk") if which else ()
    return [
        search.Hit(words.SHEET_PAPER.title, f"/ledger/prints/{row.public_id}/", number=row.number)
        for row in rows[:limit]
    ]
