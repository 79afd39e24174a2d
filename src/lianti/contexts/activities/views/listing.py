"""The list of activities, and what the page of a relation shows of them."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities import queries, services, words
from lianti.contexts.activities.states import ActivityState
from lianti.records import cells, listing, lists
from lianti.records.asking import Named
from lianti.records.lists import Bulk, Column, Order, RecordList, Start, Sum
from lianti.records.reading import ByAudience

LIST = lists.register(
    RecordList(
        queries.KIND,
        columns=(
            Column("days", _("Day"), cells.SPAN, order="latest"),
            Column("activity", _("Activity"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR),
            Column("people", _("People"), cells.PEOPLE, wide=True),
            Column("quantity", _("Quantity"), cells.QUANTITY),
            Column("state", _("State"), cells.STATE),
        ),
        asked=queries.ActivityAsks,
        orders={
            "latest": Order(lists.LATEST_FIRST, ("-day", "-id")),
            "entered": Order(_("Last recorded first"), ("-id",)),
        },
        source=ByAudience(day="day"),
        rows=queries.rows,
        empty=(
            _("Nothing recorded here"),
            _("Whatever is done is recorded once and declared to the side that received it."),
        ),
        starts=(
            Start(_("Record an activity"), "/activities/new/", queries.may_record),
            Start(_("As last week"), "/activities/week/", queries.may_record),
        ),
        sums=Sum("quantity", "kind", words.unit_label, Q(state=ActivityState.RECORDED)),
        bulk=(Bulk("withdraw", services.withdraw, "activity_id", note=True),),
    )
)


def relation_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the events and activities of a relation; its parties may record one here."""
    actor = getattr(request, "actor", None)
    may = actor is not None and actor.tenant_id in subject.party_ids and queries.may_record(actor)
    asked = queries.ActivityAsks(whose="house", state=ActivityState.RECORDED, relation=Named.of(subject))
    begin = f"relation={subject.public_id}" if may else ""
    return listing.part(request, LIST, asked, begin=begin, even_empty=may)
