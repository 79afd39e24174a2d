"""Pages of handovers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import services, words
from lianti.contexts.dispatch.forms import handovers as forms
from lianti.contexts.dispatch.forms import said
from lianti.contexts.dispatch.queries import KIND
from lianti.contexts.dispatch.queries import handovers as reading
from lianti.contexts.dispatch.queries.handovers import HANDOVER, HandoverAsks, Sheet
from lianti.contexts.evidence import services as evidence
from lianti.contexts.evidence.queries import attachments
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Fact
from lianti.records import cells, listing, lists
from lianti.records.asking import Named
from lianti.records.entering import Entry
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, typed
from lianti.records.reading import ByAudience

ENTRY = Entry(HANDOVER, "draft_handover", _("Begin a handover"), _("Begin the handover"))

LIST = lists.register(
    RecordList(
        HANDOVER,
        columns=(
            Column("who", _("Who leaves, who takes over"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR),
            Column("day", _("Handed over on"), cells.DAY, order="latest"),
            Column("state", _("State"), cells.STATE),
        ),
        asked=HandoverAsks,
        orders={"latest": Order(lists.LATEST_FIRST, ("-day", "-id"))},
        source=ByAudience("day"),
        rows=reading.handover_rows,
        empty=(_("No handovers here"), _("What who leaves tells who comes after stands here, signed by both.")),
        starts=(Start(_("Begin a handover"), "/dispatch/handovers/new/"),),
    )
)


def _facts(page: Sheet) -> list[Fact]:
    row = page.handover
    return [
        Fact(pgettext_lazy("dispatch", "Who leaves"), page.person.name, url=KIND.url(page.posting.public_id)),
        Fact(_("Who takes over"), page.successor.name if page.successor else _("The department there")),
        Fact(_("Handed over on"), row.day.isoformat()),
        Fact(_("Both there"), _both(page)),
        Fact(_("Signed by who leaves"), _signed(row.out_on, row.out_as)),
        Fact(_("Signed by who takes over"), _signed(row.in_on, row.in_as)),
        *(Fact(label, getattr(row, name), wide=True) for name, label in words.HANDOVER_PARTS.items()),
    ]


def _both(page: Sheet) -> Any:
    if page.successor is None:
        return ""
    if page.overlap is None:
        return _("not on any day")
    first, last = page.overlap
    return f"{first} – {last}"


def _signed(on: Any, how: str) -> str:
    return f"{on} {words.SIGNED[how]}" if on else ""


PAGE: RecordPage[Sheet] = RecordPage(
    HANDOVER,
    template="dispatch/handover.html",
    ident="handover_id",
    read=lambda actor, row: reading.handover_page(actor, row, shanghai_day(timezone.now())),
    facts=_facts,
    acts={
        "sign_out": Act(services.sign_out, typed(forms.SignHandover), forms.SignHandover.given),
        "sign_in": Act(services.sign_in, typed(forms.SignHandover), forms.SignHandover.given),
        "edit_handover": Act(services.edit_handover, forms.WriteHandover.of, forms.WriteHandover.given),
        "reopen_handover": Act(services.reopen_handover, typed(said.Reason)),
    },
    more=lambda _request, page: {"files": attachments(page.files, "dispatch:handover_file", page.handover.public_id)},
)


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Begin a handover."""
    wanted = (request.POST or request.GET).get("posting", "")
    leaving = reading.may_hand_over(request.actor)
    chosen = next((one.posting for one in leaving if one.posting.public_id == wanted), None)
    after = reading.may_follow(request.actor, chosen) if chosen else []
    today = shanghai_day(timezone.now())
    form = forms.BeginHandover(request.POST or None, leaving, after, today, wanted)
    note = "" if leaving else _("Nobody here has to hand over.")
    if leaving and chosen is None:
        note = _("Begin from the page of a posting to choose who takes over, or add them afterwards.")

    def make(told: dict[str, Any]) -> Any:
        return services.draft_handover(**told, posting_id=form.cleaned_data["posting"], handover=form.facts())

    return ENTRY.show(request, form, make, note=note)


@door()
def paper(request: Request, public_id: str) -> HttpResponse:
    """Show a handover as it goes on paper, with places for both signatures."""
    row = HANDOVER.visible(request.actor).one(public_id)
    page = reading.handover_page(request.actor, row, shanghai_day(timezone.now()))
    parts = [(label, getattr(row, name)) for name, label in words.HANDOVER_PARTS.items()]
    context = {"page": page, "parts": parts, "title": HANDOVER.words.one, "back": HANDOVER.url(public_id)}
    return render(request, "dispatch/handover_paper.html", context)


@door()
def download(request: Request, public_id: str, file_id: str) -> HttpResponse:
    """Hand out a scan."""
    files, grant = reading.handover_files(request.actor, public_id), evidence.Grant(HANDOVER.code, public_id)
    return evidence.hand_out(actor=request.actor, at=timezone.now(), files=files, file_id=file_id, grant=grant)


def posting_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the handover of a posting, and the one that it took over."""
    asked = HandoverAsks(show="all", posting=Named(subject.pk, subject.public_id, ""))
    begin = f"posting={subject.public_id}"
    return listing.part(request, LIST, asked, begin=begin, even_empty=subject.arrived is not None)
