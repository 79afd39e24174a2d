"""The list of entries with its filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.ledger import forms, labels, queries
from lianti.contexts.ledger.views.moving import today
from lianti.contexts.network import queries as network
from lianti.lib import ids
from lianti.lib.dates import add_months, month_of
from lianti.lib.errors import NotFound
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Action, Chip, Chips, Column, Empty, Page
from lianti.lib.web.templatetags.web import query_with

COLUMNS = (
    Column(_("Day"), kind="day"),
    Column(_("What")),
    Column(_("From and to")),
    Column(_("People"), wide=True),
    Column(_("Quantity"), kind="number"),
    Column(pgettext_lazy("verification", "Level"), kind="mark", wide=True),
    Column(_("State"), kind="mark"),
)
_NAMED = {"counterpart": "with", "person": "person", "relation": "relation", "account": "account"}
SIDES = {"": pgettext_lazy("side", "Both"), "given": _("Given by us"), "received": _("Received by us")}


@door()
def entries(request: Request) -> HttpResponse:
    """List what the reader's institution gave and received, latest first."""
    day = today()
    filters, shown = _filters(request)
    found = queries.entries(request.actor, filters, today=day, after=request.GET.get("after"))
    context = {
        "page": Page(
            _("Help given"),
            text=_("What was given, by whom, and how sure we are of it."),
            actions=[Action(_("Month sheets"), reverse("ledger:sheets"))],
        ),
        "chips": _chips(request, shown),
        "columns": COLUMNS,
        "rows": [entry_line(row) for row in found.rows],
        "more": found.more,
        "empty": Empty(_("No entries here"), _("What was given or received stands here as soon as it is recorded.")),
    }
    return render(request, "ledger/entries.html", context)


def entry_line(row: queries.EntryRow) -> dict[str, Any]:
    """Give a line of a list with its words."""
    return {
        "row": row,
        "url": reverse("ledger:entry", args=[row.public_id]),
        "kind": labels.kind_name(row.kind),
        "unit": labels.unit_name(row.unit),
        "state": labels.STATES[row.state],
        "tone": "late" if row.overdue else labels.TONES[row.state],
        "level": labels.LEVELS[row.level] if row.level else "",
    }


def _filters(request: Request) -> tuple[queries.Filters, dict[str, Any]]:
    """Read the filters from the address; what is unknown is left out."""
    told = request.GET
    shown: dict[str, Any] = {
        "side": _known(told.get("side", ""), SIDES),
        "state": _known(told.get("state", ""), labels.STATES),
        "kind": _known(told.get("kind", ""), queries.kinds.KINDS),
        "overdue": told.get("overdue") == "1",
        "late": told.get("late") == "1",
        "month": forms.month_or_none(told.get("month", "")),
        "counterpart": _found(told.get("with", ""), network.institution),
        "person": _found(told.get("person", ""), network.person),
        "relation": _found(told.get("relation", ""), lambda ident: network.relation_for(request.actor, ident)),
        "account": _found(told.get("account", ""), lambda ident: queries.account_for(request.actor, ident)),
    }
    filters = queries.Filters(
        side=shown["side"],
        state=shown["state"],
        kind=shown["kind"],
        month=shown["month"],
        overdue=shown["overdue"],
        late=shown["late"],
        counterpart_id=_id(shown["counterpart"]),
        person_id=_id(shown["person"]),
        relation_id=_id(shown["relation"]),
        account_id=_id(shown["account"]),
    )
    return filters, shown


def _known(value: str, known: Mapping[str, Any]) -> str:
    return value if value in known else ""


def _found(ident: str, find: Any) -> Any:
    if not ids.is_id(ident):
        return None
    try:
        return find(ident)
    except NotFound:
        return None


def _id(found: Any) -> int | None:
    return None if found is None else int(found.id)


def _chips(request: Request, shown: dict[str, Any]) -> list[Chips]:
    groups = [
        _choice(request, "side", _("Side"), SIDES, shown["side"]),
        _choice(request, "state", _("State"), {"": pgettext_lazy("state", "All"), **labels.STATES}, shown["state"]),
        Chips(
            _("Only"),
            [
                _flag(request, "overdue", _("Not verified in time"), shown["overdue"]),
                _flag(request, "late", _("Late entries"), shown["late"]),
            ],
        ),
        Chips(_("Month"), [_month(request, month, shown["month"]) for month in _months(shown["month"])]),
    ]
    named = [
        Chip(_name(shown[key]), query_with(request, **{name: ""}), active=True)
        for key, name in (
            ("counterpart", "with"),
            ("person", "person"),
            ("relation", "relation"),
            ("account", "account"),
        )
        if shown[key] is not None
    ]
    if shown["kind"]:
        named.append(Chip(labels.kind_name(shown["kind"]), query_with(request, kind=""), active=True))
    return [*groups, Chips(_("Narrowed to"), named)] if named else groups


def _name(found: Any) -> Any:
    return getattr(found, "short_name", None) or getattr(found, "name", None) or found.label


def _choice(request: Request, name: str, label: Any, values: Mapping[str, Any], now: str) -> Chips:
    return Chips(
        label, [Chip(word, query_with(request, **{name: code}), active=code == now) for code, word in values.items()]
    )


def _flag(request: Request, name: str, label: Any, active: bool) -> Chip:
    return Chip(label, query_with(request, **{name: "" if active else "1"}), active=active)


def _months(chosen: Any) -> list[Any]:
    now = month_of(today())
    latest = [add_months(now, -back) for back in range(4)]
    return latest if chosen is None or chosen in latest else [*latest, chosen]


def _month(request: Request, month: Any, chosen: Any) -> Chip:
    active = month == chosen
    return Chip(f"{month:%Y-%m}", query_with(request, month="" if active else f"{month:%Y-%m}"), active=active)
