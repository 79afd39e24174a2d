"""Pages of leave: who is away, one slip, and asking for leave."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.forms import leaves as forms
from lianti.contexts.dispatch.forms import said
from lianti.contexts.dispatch.forms.postings import Back
from lianti.contexts.dispatch.queries import KIND as POSTING
from lianti.contexts.dispatch.queries import leaves as queries
from lianti.contexts.dispatch.queries.leaves import KIND, SlipPage
from lianti.contexts.dispatch.states import Approval
from lianti.contexts.dispatch.words import LEAVES, iso
from lianti.contexts.dispatch.words.leaves import APPROVALS
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Fact
from lianti.records import cells, listing, lists
from lianti.records.asking import Named
from lianti.records.entering import Entry
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, typed
from lianti.records.reading import ByAudience

ENTRY = Entry(KIND, "ask", _("Ask for leave"), _("Ask for leave"))

LIST = lists.register(
    RecordList(
        KIND,
        columns=(
            Column("who", pgettext_lazy("dispatch", "Person"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR, wide=True),
            Column("kind", _("Kind of leave"), cells.TEXT),
            Column("time", _("Days away"), cells.SPAN, order="latest"),
            Column("back", _("Back on duty on"), cells.DAY),
            Column("cover", _("Covered by"), cells.TEXT, labelled=True),
            Column("state", _("State"), cells.STATE),
        ),
        asked=queries.LeaveAsks,
        orders={
            "latest": Order(lists.LATEST_FIRST, ("-first", "-id")),
            "oldest": Order(lists.OLDEST_FIRST, ("first", "id")),
        },
        source=ByAudience("first"),
        rows=queries.rows,
        empty=(_("Nobody is away"), _("Who asks for leave, who is away until when and who covers, stands here.")),
        starts=(Start(ENTRY.title, f"{KIND.base}new/", queries.may_ask),),
    )
)


def _facts(page: SlipPage) -> list[Fact]:
    row = page.slip
    return [
        Fact(POSTING.words.one, page.posting.number, url=POSTING.url(page.posting.public_id)),
        Fact(_("Department there"), page.posting.department),
        Fact(_("Kind of leave"), LEAVES[row.kind] if page.reads else ""),
        Fact(_("Days away"), str(row.first) if row.first == row.until else f"{row.first} – {row.until}"),
        Fact(_("Back on duty on"), iso(row.back)),
        Fact(_("Covered by"), page.cover.name if page.cover else ""),
        Fact(_("Reason"), row.reason if page.reads else ""),
        Fact(_("Approved by"), APPROVALS[row.approval]),
    ]


def _has_come(page: SlipPage) -> bool:
    return bool(page.slip.first < shanghai_day(timezone.now()))


def _both(page: SlipPage) -> bool:
    return page.slip.approval == str(Approval.BOTH)


PAGE: RecordPage[SlipPage] = RecordPage(
    KIND,
    template="records/record.html",
    ident="slip_id",
    read=queries.slip_page,
    facts=_facts,
    acts={
        "approve": Act(services.leaves.approve, typed(said.Note), offered=lambda page: not _both(page)),
        "agree": Act(services.leaves.agree, typed(said.Note), offered=_both),
        "approve_too": Act(services.leaves.approve_too, typed(said.Note)),
        "come_back": Act(services.leaves.come_back, typed(Back), offered=_has_come),
        "refuse": Act(services.leaves.refuse, typed(said.Reason)),
        "withdraw_slip": Act(services.leaves.withdraw_slip, typed(said.Note)),
    },
)


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Ask for leave."""
    asked = queries.postings_to_ask(request.actor)
    covers = queries.who_may_cover(request.actor, asked)
    form = forms.AskLeave(request.POST or None, asked, covers, initial={"posting": request.GET.get("posting", "")})
    note = "" if asked else _("Nobody for whom you ask for leave is posted.")
    return ENTRY.show(request, form, lambda told: services.leaves.ask(**told, **form.given()), note=note)


def posting_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the leave of a posting; whoever may asks for more from here."""
    actor = getattr(request, "actor", None)
    mine = actor is not None and queries.may_ask_for(actor, subject)
    asked = queries.LeaveAsks(show="all", posting=Named(subject.pk, subject.public_id, subject.number))
    return listing.part(request, LIST, asked, begin=f"posting={subject.public_id}" if mine else "")
