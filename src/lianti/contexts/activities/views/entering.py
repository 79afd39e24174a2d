"""The form by which an activity is recorded or changed: first its kind, then a few fields, the rest folded."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities import forms, queries, services, words
from lianti.contexts.activities.domain import ActivityFacts
from lianti.contexts.activities.queries import KIND, ActivityPage, Desk
from lianti.contexts.activities.views.record import may_edit
from lianti.contexts.evidence import services as evidence
from lianti.contexts.ledger.queries import kind_name, kinds
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, RelationFacts
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Page
from lianti.records import pages
from lianti.records.entering import Entry
from lianti.records.pages import Again

TEMPLATE = "activities/new.html"
ENTRY = Entry(KIND, "record", _("Record an activity"), _("Record"), TEMPLATE)


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Record an activity; `?as=` fills the form from one that stands, `?relation=` from the relation it belongs to."""
    desk = queries.desk(request.actor, request.GET.get("relation", ""))
    pattern = _page(request, request.GET.get("as", ""))
    kind = _kind(request, desk, pattern.line.activity.kind if pattern else "")
    form = _form(request, desk, kind, _fresh(request, desk, pattern))
    relation = desk.relation or (pattern.relation if pattern else None)
    return ENTRY.show(
        request,
        form,
        lambda told: services.record(
            **told,
            activity=_of_ones_own(request, _belonging(form.facts(), relation)),
            uploads=evidence.uploads(form.cleaned_data["uploads"]),
        ),
        draft=form.facts,
        more=_shown(request, form, desk, kind) | _queued(desk),
    )


@door(methods=("GET", "POST"))
def edit(request: Request, public_id: str) -> HttpResponse:
    """Change an activity of which nothing is verified yet; a change meanwhile is told, and what was typed stays."""
    row = KIND.visible(request.actor).one(public_id)
    page, desk, sent = queries.activity_page(request.actor, row), queries.desk(request.actor), request.method == "POST"
    if not may_edit(request.actor, page) or not (sent or page.is_open):
        raise Conflict(words.NOT_CHANGED)
    kind = _kind(request, desk, page.line.activity.kind)
    form = _form(request, desk, kind, forms.initial_of(page), page)
    form.fields.pop("uploads")
    seen, again = pages.seen_version(request), None
    if sent and form.is_valid():
        try:
            facts = _of_ones_own(request, replace(form.facts(), relation_id=row.relation_id))
            services.edit(**taken(request), activity_id=public_id, activity=facts, version=seen)
        except Invalid as refusal:
            form.refused(refusal.fields)
        except Conflict as refusal:
            again = Again("edit", form, 409, refusal.message, seen)
        else:
            messages.success(request, str(words.WORDS.moves["edit"].done))
            return see_other(KIND.url(public_id))
    context = {
        "page": Page(words.WORDS.moves["edit"].button),
        "submit": _("Change and declare anew"),
        "cancel": KIND.url(public_id),
        "form": form,
        "seen": row.version,
        "again": again,
        "since": pages.since(KIND, row, request.actor, seen) if again else [],
        **_shown(request, form, desk, kind),
    }
    return render(request, TEMPLATE, context, status=409 if again else 422 if form.errors else 200)


def _page(request: Request, public_id: str) -> ActivityPage | None:
    if not public_id:
        return None
    return queries.activity_page(request.actor, KIND.visible(request.actor).one(public_id))


def _of_ones_own(request: Request, facts: ActivityFacts) -> ActivityFacts:
    """Pass what one's own institution gives or receives; say at the field when it does neither. Raises Invalid."""
    neither = any(request.actor.tenant_id not in {facts.giver_id, receiver} for receiver in facts.receiver_ids)
    # Whoever records nothing at all, or for a house that is bound to nobody, is refused as such.
    if neither and queries.may_record(request.actor) and _is_bound(request.actor):
        raise Invalid({"receiver": _("Your own institution gives or receives what you record. Switch at the top.")})
    return facts


def _is_bound(actor: Actor) -> bool:
    return any(actor.tenant_id in relation.party_ids for relation in network.relations_of(actor))


def _belonging(facts: ActivityFacts, relation: RelationFacts | None) -> ActivityFacts:
    """Tie an activity to the relation from whose page it was begun, when both sides belong to it."""
    sides = {facts.giver_id, *facts.receiver_ids}
    return replace(facts, relation_id=relation.id) if relation and sides <= set(relation.party_ids) else facts


def _kind(request: Request, desk: Desk, fallback: str) -> kinds.Kind:
    wanted = request.POST.get("kind") or request.GET.get("kind") or fallback
    by_code = {kind.code: kind for kind in desk.known}
    return by_code.get(wanted) or desk.often[0]


def _fresh(request: Request, desk: Desk, pattern: ActivityPage | None) -> Mapping[str, Any]:
    today = shanghai_day(timezone.now())
    if pattern is not None:
        return {**forms.initial_of(pattern), "day": today, "day_to": None}
    wanted = desk.find(request.GET.get("receiver", ""))
    receivers = [wanted] if wanted else desk.receivers
    now: dict[str, Any] = {
        "day": today,
        "giver": desk.giver.public_id if desk.giver else "",
        "receivers": [place.public_id for place in receivers],
    }
    if desk.me is not None and not desk.me.hidden:
        now["person_0"] = str(desk.me.name)
    return now


def _form(
    request: Request, desk: Desk, kind: kinds.Kind, initial: Mapping[str, Any], page: ActivityPage | None = None
) -> forms.Activity:
    posted = request.method == "POST"
    giver, receivers = _sides(request, desk, initial)
    houses = {request.actor.tenant_id, *(place.id for place in (giver, *receivers) if place is not None)}
    if desk.me is not None:
        houses.add(desk.me.employer_id)
    typed = [str(request.POST[name]) for name in request.POST if name.startswith("person_")] if posted else None
    pairs = [(giver, receiver) for receiver in receivers] if giver is not None else []
    institutions = desk.institutions
    if page is not None and page.line.giver is not None:
        have = {place.id for place in institutions}
        standing = (page.line.giver, *page.line.receivers)
        institutions = [*institutions, *(place for place in standing if place.id not in have)]
    return forms.Activity(
        request.POST if posted else None,
        request.FILES if posted else None,
        kind=kind,
        own=next(place.public_id for place in desk.institutions if place.id == request.actor.tenant_id),
        institutions=institutions,
        people=queries.people(houses, typed=typed),
        accounts=queries.nameable(request.actor, kind.code, pairs),
        initial=dict(initial),
    )


def _sides(
    request: Request, desk: Desk, initial: Mapping[str, Any]
) -> tuple[InstitutionFacts | None, list[InstitutionFacts]]:
    if request.method == "POST":
        giver, receivers = request.POST.get("giver", ""), request.POST.getlist("receivers")
    else:
        giver, receivers = initial.get("giver", ""), initial.get("receivers", [])
    found = [desk.find(receiver) for receiver in receivers]
    return desk.find(giver), [place for place in found if place is not None]


def _shown(request: Request, form: forms.Activity, desk: Desk, kind: kinds.Kind) -> dict[str, Any]:
    """Return what the form's page draws beside its fields: the kinds to choose from, those used most lying open."""
    often = desk.often if kind in desk.often else [kind, *desk.often]
    return {
        "kind": kind,
        "kind_label": kind_name(kind.code),
        "names": form.people.named,
        "chips": [(one.code, kind_name(one.code), one is kind) for one in often],
        "rest": [(one.code, kind_name(one.code)) for one in desk.known if one not in often],
    }


def _queued(desk: Desk) -> dict[str, Any]:
    """Return what lets the page record without a network: the facts of every kind, ready to be put in place."""
    codes = tuple(one.code for one in desk.known)
    return {"today": shanghai_day(timezone.now()), "variants": _variants(codes, get_language())}


@lru_cache(maxsize=8)
def _variants(codes: tuple[str, ...], _language: str) -> str:
    known = [
        {
            "code": code,
            "title": kind_name(code),
            "labels": json.dumps({"quantity": words.HOW_MUCH % {"unit": words.unit_label(code)}}, ensure_ascii=False),
            "form": forms.KindFacts(kinds.KINDS[code]),
        }
        for code in codes
    ]
    return render_to_string("activities/variants.html", {"variants": known})
