"""The pages of a list: itself, a part of another page, a move done to many rows, an export."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.kernel import access, scope
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid, NotFound, Refused, Sentence
from lianti.lib.web.doors import Request
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Action, Empty, Page
from lianti.records import exporting, saved, tables
from lianti.records.asking import Asked, NotUnderstood
from lianti.records.lists import AT_ONCE, FIRST, PAGE, PART, Bulk, RecordList, counts, tally

PRINT, PRINTED = "print", 1_000  # the form of an export, and the rows of one


def show(request: Request, lst: RecordList[Any]) -> HttpResponse:
    """Draw the list; an address that it does not understand gives a sentence and no rows."""
    given = request.GET.dict()
    try:
        return _page(request, lst, given, lst.asked.read(given, request.actor))
    except NotUnderstood as refusal:
        wrong = refusal.asked
        context = {
            "bar": tables.bar(lst, given, request.actor, shanghai_day(timezone.now()), wrong=wrong),
            "refused": refusal,
            **_frame(request, lst),
        }
        return render(request, "records/list.html", context, status=refusal.status)


def _page(request: Request, lst: RecordList[Any], given: Mapping[str, str], asked: Asked) -> HttpResponse:
    actor, order, after = request.actor, given.get("order", ""), given.get("after")
    today = shanghai_day(timezone.now())
    found = lst.page(actor, asked, today, order=order, after=after)
    moves, query = lst.moves(actor), asked.address()
    counted = counts(lst, actor, asked, today)
    sums = tally(lst, actor, asked, today, counted=counted) if not after and found.items else None
    sorted_by, spec = lst.order_name(order, asked), lst.kind.words.moves
    table = tables.table(lst, found.items, today, order=sorted_by, query=query, ticks=bool(moves), ident="rows")
    context = {
        **_frame(request, lst),
        "bar": tables.bar(lst, given, actor, today, understood=asked, counts=counted),
        "table": table if found.items else "",
        "rows": found.items,
        "more": found.more,
        "tally": sums,
        "moves": [(bulk.move, spec[bulk.move].button) for bulk in moves],
        "everything": sums is not None and sums.exact and PAGE < sums.count <= AT_ONCE,
        "query": query,
        "here": f"{lst.kind.base}?{urlencode({**asked.texts(), **({'order': order} if order else {})})}",
        "views": saved.views_of(actor, lst.name, query),
        "words": asked.words.typed.text if asked.words is not None else "",
        "base": lst.kind.base,
        "bulk_key": ids.new(),
    }
    return render(request, "records/list.html", context)


def _frame(request: Request, lst: RecordList[Any]) -> dict[str, Any]:
    starts = lst.open_starts(request.actor)
    shown = [*starts, *(start for start in lst.starts if start.beside and start.may(request.actor))]
    actions = [Action(start.word, start.url, primary=start in starts[:1]) for start in shown]
    url, word = (starts[0].url, starts[0].word) if starts else ("", "")
    return {"page": Page(lst.kind.words.many, lst.text, actions=actions), "empty": Empty(*lst.empty, url, word)}


def part(request: HttpRequest, lst: RecordList[Any], asked: Asked, *, begin: str = "", even_empty: bool = False) -> str:
    """Draw what is asked for as a part of another page, with the way to all of it; '' where there is nothing.

    `begin`: what the address of a form takes to start from here, such as `relation=…`; '': nothing is begun here.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return ""
    today = shanghai_day(timezone.now())
    found = lst.page(actor, asked, today, limit=PART)
    if not found.items and not even_empty:
        return ""
    first, rest = found.items[:FIRST], found.items[FIRST:]
    context = {
        "title": lst.kind.words.many,
        "count": "" if found.more else len(found.items),
        "first": tables.table(lst, first, today) if first else "",
        "rest": tables.table(lst, rest, today) if rest else "",
        "more": found.more,
        "all": lst.kind.listed(asked),
        "nothing": lst.empty[1],
        "starts": lst.open_starts(actor) if begin else [],
        "begin": begin,
    }
    return render_to_string("records/part.html", context, request)


def bulk(request: Request, lst: RecordList[Any]) -> HttpResponse:
    """Do one move to each of the rows that were ticked: in the order of their keys, each by itself."""
    act = next((one for one in lst.moves(request.actor) if one.move == request.POST.get("move")), None)
    if act is None:
        raise Conflict(_("There is no such move."))
    asked = lst.asked.read(request.GET.dict(), request.actor)
    chosen, note = _chosen(request, lst, asked), request.POST.get("note", "").strip()
    if act.note and not note:
        raise Invalid({"note": _("Say why: it stands in the story of each record.")}, _("Say why, in the note."))
    failed: dict[str, Sentence] = {}
    for public_id, version in sorted(chosen.items()):
        if (why := _done(request, act, public_id, version, note)) is not None:
            failed[public_id] = why
        scope.settle()
    return _outcome(request, lst, asked, act, len(chosen) - len(failed), failed)


def _done(request: Request, act: Bulk, public_id: str, version: int, note: str) -> Sentence | None:
    told = taken(request)
    told["key"] = f"{told['key']}:{public_id}" if told["key"] else None
    try:
        act.do(told, public_id, version, note)
    except Refused as refused:
        return str(refused)
    return None


def _chosen(request: Request, lst: RecordList[Any], asked: Asked) -> dict[str, int]:
    """Return version by public id of what was ticked, or of all that match, when they are as many as were shown."""
    if request.POST.get("everything"):
        rows = lst.visible(request.actor, asked, shanghai_day(timezone.now())).all(most=AT_ONCE + 1)
        if str(len(rows)) != request.POST["everything"]:
            raise Conflict(_("What matches has changed since the list was shown. Look at it again. Nothing was done."))
        return {row.public_id: row.version for row in rows[:AT_ONCE]}
    chosen = {}
    for text in request.POST.getlist("row"):
        public_id, _dot, version = text.partition(".")
        if not ids.is_id(public_id) or not version.isdecimal() or len(version) > 9:
            raise Invalid({"row": _("What was ticked cannot be read. Reload the list.")})
        chosen[public_id] = int(version)
    if not chosen:
        raise Invalid({"row": _("Nothing is ticked.")}, _("Tick the rows first, then choose the move."))
    if len(chosen) > AT_ONCE:
        raise Invalid({"row": _("Too many at once.")}, _("At most 200 records at once."))
    return chosen


def _outcome(
    request: Request, lst: RecordList[Any], asked: Asked, act: Bulk, done: int, failed: Mapping[str, Sentence]
) -> HttpResponse:
    rows = lst.kind.visible(request.actor)
    shown = []
    for public_id, why in failed.items():
        try:
            brief = lst.kind.brief(rows.one(public_id))
        except NotFound:
            shown.append((public_id, "", why))
        else:
            shown.append((f"{brief.number} {brief.short}".strip(), lst.kind.url(public_id), why))
    context = {
        "page": Page(lst.kind.words.moves[act.move].button),
        "done": done,
        "failed": shown,
        "back": lst.kind.listed(asked),
    }
    return render(request, "records/outcome.html", context, status=409 if failed and not done else 200)


def export(request: Request, lst: RecordList[Any]) -> HttpResponse:
    """Hand out what is asked for as a file; where it is much, as a job with its own page."""
    actor, now = request.actor, timezone.now()
    today = shanghai_day(now)
    asked, form = lst.asked.read(request.GET.dict(), actor), request.POST.get("form", "")
    if form not in {*exporting.FORMS, exporting.COUNT, PRINT}:
        raise NotUnderstood({"form": form})
    order = request.GET.get("order", "")
    access.note(actor, kind=lst.name, public_id="", why=f"export {form}: {asked.address()}", at=now)
    if form == PRINT:
        return _printed(request, lst, asked, order, today)
    if form == exporting.COUNT or not lst.visible(actor, asked, today).counted(exporting.IN_THE_ANSWER)[1]:
        exporting.enqueue(actor, lst, asked, form=form, order=order, at=now)
        return see_other(reverse("portal:jobs"))
    return exporting.answer(actor, lst, asked, form=form, order=order, today=today)


def _printed(request: Request, lst: RecordList[Any], asked: Asked, order: str, today: date) -> HttpResponse:
    """Return all that is asked for as a page to print, up to a thousand rows; how many are left out is said."""
    found = lst.page(request.actor, asked, today, order=order, limit=PRINTED)
    context = {
        "title": lst.kind.words.many,
        "said": [(one.label, one.says(value)) for _name, one, value in asked.given()],
        "day": today,
        "count": len(found.items),
        "cut": bool(found.more),
        "table": tables.table(lst, found.items, today),
        "back": lst.kind.listed(asked),
    }
    return render(request, "records/print.html", context)
