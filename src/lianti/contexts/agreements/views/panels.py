"""What the pages of a relation and of an institution show of papers, promises and goals."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements import queries
from lianti.contexts.agreements.queries import AgreementAsks, GoalAsks, PromiseAsks
from lianti.contexts.agreements.views.lists import GOALS, LIST, PROMISES, TOGETHER
from lianti.lib.dates import shanghai_day
from lianti.lib.web.parts import Fact
from lianti.records import listing, tables
from lianti.records.asking import Named


def promises_panel(request: HttpRequest, subject: Any) -> str:
    """Draw what is promised in a relation, by what it rests on, with goals and road map."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return ""
    party, relation = actor.tenant_id in subject.party_ids, Named.of(subject)
    begin = f"relation={subject.public_id}" if party and queries.may_draft(actor) else ""
    rows, more = queries.promises.together(actor, relation)
    context = {
        "promises": tables.table(TOGETHER, rows, shanghai_day(timezone.now())) if rows else "",
        "count": "" if more else len(rows),
        "all": PROMISES.kind.listed(PromiseAsks(relation=relation)),
        "goals": listing.part(
            request, GOALS, GoalAsks(show="all", relation=relation), begin=begin, even_empty=bool(begin)
        ),
        "road_map": _road_map(queries.road_map(actor, subject.id)),
        "party": party,
    }
    return render_to_string("agreements/promises.html", context, request)


def _road_map(found: queries.RoadMap) -> list[Fact]:
    facts = (
        Fact(_("Approach"), found.approach, wide=True),
        Fact(_("First step"), found.first_step, wide=True),
        Fact(_("Must have"), "、".join(found.must_have), wide=True),
        Fact(_("Fields for comments"), "、".join(found.review_areas), wide=True),
    )
    return [fact for fact in facts if not fact.is_empty]


def papers_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the agreements of a relation; its parties may enter one here."""
    actor = getattr(request, "actor", None)
    party = actor is not None and actor.tenant_id in subject.party_ids
    begin = f"relation={subject.public_id}" if party else ""
    asked = AgreementAsks(show="all", relation=Named.of(subject))
    return listing.part(request, LIST, asked, begin=begin, even_empty=party)


def institution_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the promises in force that an institution gives or receives, and the goals set for it."""
    place = Named.of(subject)
    promises = listing.part(request, PROMISES, PromiseAsks(state="in_force", place=place))
    return promises + listing.part(request, GOALS, GoalAsks(show="all", place=place))
