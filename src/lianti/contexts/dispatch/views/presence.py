"""Pages of presence checks: their list, one of each, and putting one on record."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch.forms import presence as forms
from lianti.contexts.dispatch.forms import said
from lianti.contexts.dispatch.queries import presence as queries
from lianti.contexts.dispatch.queries.presence import KIND, PresencePage
from lianti.contexts.dispatch.services import presence as services
from lianti.contexts.dispatch.words.presence import FOUND, WAYS
from lianti.contexts.network import queries as network
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Fact
from lianti.records import cells, listing, lists
from lianti.records.asking import Named
from lianti.records.entering import Entry
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, typed
from lianti.records.reading import ByAudience

ENTRY = Entry(KIND, "note_presence", _("Note a presence check"), _("Put it on record"))

LIST = lists.register(
    RecordList(
        KIND,
        columns=(
            Column("who", pgettext_lazy("dispatch", "Person"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR, wide=True),
            Column("day", _("Day of the check"), cells.DAY, order="latest"),
            Column("way", _("How"), cells.TEXT),
            Column("found", _("Found"), cells.STATE),
            Column("by", _("Checked by"), cells.TEXT, wide=True),
            Column("state", _("State"), cells.STATE),
        ),
        asked=queries.PresenceAsks,
        orders={
            "latest": Order(lists.LATEST_FIRST, ("-day", "-id")),
            "oldest": Order(lists.OLDEST_FIRST, ("day", "id")),
        },
        source=ByAudience("day"),
        rows=queries.rows,
        empty=(_("No checks here"), _("Who was looked for, by phone or on site, and what was found, stands here.")),
        starts=(Start(ENTRY.title, f"{KIND.base}new/", queries.may_check),),
    )
)


def _facts(page: PresencePage) -> list[Fact]:
    row = page.check
    hour = f" {row.hour}:00" if row.hour is not None else ""
    return [
        Fact(_("Day of the check"), f"{row.day}{hour}"),
        Fact(_("How"), WAYS[row.way]),
        Fact(_("Found"), FOUND[row.found]),
        Fact(_("Checked by"), row.checked_by),
        Fact(_("Note"), row.note),
    ]


PAGE: RecordPage[PresencePage] = RecordPage(
    KIND,
    template="records/record.html",
    ident="check_id",
    read=queries.presence_page,
    facts=_facts,
    acts={"withdraw_presence": Act(services.withdraw_presence, typed(said.Reason))},
)


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Put a presence check on record."""
    known = queries.to_check(request.actor)
    form = forms.NotePresence(request.POST or None, known)
    note = "" if known else _("Nobody whose presence you could check is posted.")
    return ENTRY.show(request, form, lambda told: services.note_presence(**told, check=form.facts()), note=note)


def posting_panel(request: HttpRequest, subject: Any) -> str:
    """Draw what checks of somebody found at the place of a posting."""
    person, place = network.person_by_id(subject.person_id), network.institution_by_id(subject.recipient_id)
    asked = queries.PresenceAsks(
        person=Named(person.id, person.public_id, str(person.name)),
        place=Named(place.id, place.public_id, place.short_name),
        since=subject.arrived or subject.from_date,
        until=subject.left,
    )
    return listing.part(request, LIST, asked)
