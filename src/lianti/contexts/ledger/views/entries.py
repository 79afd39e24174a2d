"""The list of entries, and the page of one: what was given, how sure we are, what it counts for, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.ledger import forms, queries, services, words
from lianti.contexts.ledger.queries import EntryPage, Level
from lianti.contexts.ledger.queries import lists as rows
from lianti.contexts.ledger.views.moving import source_url, today
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Fact, Head, Turn
from lianti.lib.web.templatetags.web import quantity
from lianti.records import cells, lists, tables
from lianti.records.lists import Bulk, Column, Order, RecordList, Start, Sum
from lianti.records.pages import Act, RecordPage, typed

KIND = rows.KIND


def _everybody(_actor: Actor) -> bool:
    return True


LIST = lists.register(
    RecordList(
        KIND,
        columns=(
            Column("day", _("Day"), cells.DAY, order="latest"),
            Column("what", _("What"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR),
            Column("people", _("People"), cells.PEOPLE, wide=True),
            Column("amount", _("Quantity"), cells.QUANTITY),
            Column("level", pgettext_lazy("verification", "Level"), cells.TEXT, wide=True),
            Column("state", _("State"), cells.STATE),
        ),
        asked=rows.EntriesAsked,
        orders={
            "latest": Order(lists.LATEST_FIRST, ("-day", "-id")),
            "oldest": Order(lists.OLDEST_FIRST, ("day", "id")),
        },
        source=rows.SOURCE,
        rows=rows.lines,
        empty=(_("No entries here"), _("What was given or received stands here as soon as it is recorded.")),
        starts=(
            Start(words.SHEET.many, "/ledger/sheets/", _everybody),
            Start(words.ACCOUNT.many, "/ledger/accounts/", _everybody),
            Start(words.PUBLICATION.many, "/ledger/publications/", _everybody),
        ),
        sums=Sum("quantity", "unit", words.unit_name, of=rows.COUNTS),
        bulk=(Bulk("verify", services.verify, "entry_id"), Bulk("return_", services.return_, "entry_id", note=True)),
    )
)


def _read(actor: Actor, row: Any) -> EntryPage:
    day = today()
    page = queries.entry_page(actor, row, today=day)
    return replace(page, held_back=services.held_back(actor=actor, entry=row, today=day))


def _head(actor: Actor, page: EntryPage, head: Head) -> Head:
    entry = page.entry
    tone = "late" if page.overdue else head.tone
    kind = _("Correction") if entry.corrects_id else words.ENTRY.one
    turn = head.turn
    if entry.state == "declared":  # one item waits for the whole sheet
        receiver = page.houses[entry.receiver_id]
        mine = actor.tenant_id == receiver.id
        turn = Turn(receiver.short_name, words.VERIFY, entry.verify_by, page.overdue, mine)
    return replace(head, tone=tone, kind=kind, turn=turn)


def _facts(page: EntryPage) -> list[Fact]:
    entry, unit, old = page.entry, words.unit_name(page.entry.unit), page.corrects
    via = f"({words.VIA[entry.via]})" if entry.via in words.VIA else ""
    moved = f"{entry.count_day:%Y-%m}" != f"{entry.day:%Y-%m}"
    came_from = source_url(entry.source_kind, entry.source_public_id)
    named = f"{page.declarer} · " if page.declarer else ""
    return [
        Fact(_("What"), words.kind_name(entry.kind), url=came_from if page.party else ""),
        Fact(_("Quantity that counts"), f"{quantity(entry.quantity)} {unit}"),
        Fact(_("With its corrections"), f"{quantity(page.left)} {unit}" if page.left != entry.quantity else ""),
        Fact(_("Declared quantity"), f"{quantity(entry.declared)} {unit}" if entry.declared != entry.quantity else ""),
        Fact(_("Day"), f"{entry.day} – {entry.day_to}" if entry.day_to else f"{entry.day}"),
        Fact(_("Counts in"), f"{entry.count_day:%Y-%m}" if moved else ""),
        Fact(pgettext_lazy("verification", "Level"), f"{words.LEVELS[Level(entry.level)]} {via}".strip()),
        Fact(_("Late entry"), _("Yes") if entry.late else ""),
        Fact(_("Declared by"), f"{named}{page.houses[entry.tenant_id].short_name}"),
        Fact(_("Laid before"), page.houses[entry.referred_id].short_name if entry.referred_id else ""),
        Fact(
            _("Corrects"),
            f"{old.day} {words.kind_name(old.kind)}" if old else "",
            url=KIND.url(old.public_id) if old else "",
        ),
        Fact(_("Remark"), entry.note, wide=True),
    ]


def _judge(*, entry_id: str, actor: Actor, **given: Any) -> Any:
    """Judge the check that waits on this entry. Raises Conflict where none does."""
    check = queries.open_check(actor, entry_id)
    if not check:
        raise Conflict
    return services.spot_judge(actor=actor, check_id=check, **given)


def _unless_held_back(name: str) -> Callable[[EntryPage], bool]:
    return lambda page: name not in page.held_back


def _with_check(page: EntryPage) -> bool:
    return bool(page.check)


PAGE: RecordPage[EntryPage] = RecordPage(
    KIND,
    template="ledger/entry.html",
    ident="entry_id",
    read=_read,
    facts=_facts,
    acts={
        "pass_check": Act(_judge, offered=_with_check),
        "fail_check": Act(_judge, typed(forms.Fail), offered=_with_check),
        "verify": Act(services.verify, offered=_unless_held_back("verify")),
        "redeclare": Act(services.redeclare, forms.Redeclare.of),
        "settle": Act(services.settle, forms.Settle.of, offered=_unless_held_back("settle")),
        "lower": Act(services.lower, typed(forms.Lower), offered=_unless_held_back("lower")),
        "return_": Act(services.return_, typed(forms.Reason)),
        "object_": Act(services.object_, typed(forms.Reason), offered=_unless_held_back("object_")),
        "refer": Act(services.refer, typed(forms.Note), offered=_unless_held_back("refer")),
        "correct": Act(services.correct, typed(forms.Correct), offered=_unless_held_back("correct")),
        "name_account": Act(
            services.name_account,
            forms.NameAccount.of,
            lambda _page, form: {"account_id": form.cleaned_data["account"]},
            offered=lambda page: bool(page.nameable),
        ),
        "draw": Act(services.spot_draw_entry, offered=_unless_held_back("draw")),
        "withdraw": Act(services.withdraw, typed(forms.Note)),
    },
    more=lambda _request, page: {
        "corrections": tables.table(LIST, page.corrections, today()) if page.corrections else ""
    },
    head=_head,
)


@door()
def home(request: Request) -> HttpResponse:
    """Lead to the list of entries, with what was asked."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{KIND.base}?{query}" if query else KIND.base)
