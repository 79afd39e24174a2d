"""The form by which an activity is recorded or changed: first its kind, then a few fields, the rest folded."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities import forms, labels, queries, services
from lianti.contexts.activities.queries import ActivityPage, Desk
from lianti.contexts.activities.views.uploads import uploads_of
from lianti.contexts.ledger.queries import kind_name, kinds
from lianti.contexts.network.queries import InstitutionFacts
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid, KeyReused
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Page
from lianti.records import doubles, entering


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Record an activity; `?as=` fills the form from one that stands."""
    desk = queries.desk(request.actor)
    pattern = _pattern(request)
    kind = _kind(request, desk, pattern.line.kind if pattern else "")
    form = _form(request, desk, kind, _fresh(request, desk, pattern))
    if request.method == "POST" and form.is_valid() and _is_new(request, form):
        told = taken(request)
        try:
            made = services.record(**told, activity=form.facts(), uploads=uploads_of(form))
        except Invalid as refusal:
            form.refused(labels.at_fields(refusal.fields))
        except KeyReused as before:
            known = queries.called(request.actor, before.record)
            doubles.already_sent(request, form, known, queries.same_as(request.actor, form.facts()))
        else:
            entering.say_done(request, made, told, labels.DONE["record"])
            return see_other(reverse("activities:activity", args=[made.public_id]))
    context = {
        "page": Page(_("Record an activity")),
        "submit": _("Record"),
        "cancel": reverse("activities:list"),
        **_shown(form, desk, kind),
        "chips": _kind_chips(request, desk, kind),
        "rest": _rest(desk, kind),
    }
    return render(request, "activities/new.html", context, status=422 if form.errors else 200)


def _is_new(request: Request, form: forms.Activity) -> bool:
    """Ask once about activities like it; a form that was sent before gets its first answer."""
    sent = entering.was_sent(request)
    return sent or doubles.may_go_on(request, form, queries.same_as(request.actor, form.facts()))


@door(methods=("GET", "POST"))
def edit(request: Request, public_id: str) -> HttpResponse:
    """Change an activity of which nothing is verified yet."""
    page = queries.activity_page(request.actor, public_id, today=shanghai_day(timezone.now()))
    if page.line.is_event or "edit" not in {t.name for t in page.open_moves}:
        raise Conflict(labels.NOT_CHANGED)
    desk = queries.desk(request.actor)
    kind = _kind(request, desk, page.line.kind)
    form = _form(request, desk, kind, forms.initial_of(page), page)
    form.fields.pop("uploads")
    if request.method == "POST" and form.is_valid():
        try:
            services.edit(**taken(request), activity_id=public_id, activity=form.facts())
        except Invalid as refusal:
            form.refused(labels.at_fields(refusal.fields))
        else:
            messages.success(request, labels.DONE["edit"])
            return see_other(reverse("activities:activity", args=[public_id]))
    context = {
        "page": Page(_("Change what was recorded")),
        "submit": _("Change and declare anew"),
        "cancel": reverse("activities:activity", args=[public_id]),
        **_shown(form, desk, kind),
        "chips": _kind_chips(request, desk, kind),
        "rest": _rest(desk, kind),
    }
    return render(request, "activities/new.html", context, status=422 if form.errors else 200)


def _pattern(request: Request) -> ActivityPage | None:
    wanted = request.GET.get("as", "")
    if not wanted:
        return None
    return queries.activity_page(request.actor, wanted, today=shanghai_day(timezone.now()))


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
        institutions = _with(institutions, [page.line.giver, *page.line.receivers])
    return forms.Activity(
        request.POST if posted else None,
        request.FILES if posted else None,
        kind=kind,
        institutions=institutions,
        people=queries.people(houses, typed=typed),
        accounts=queries.nameable(request.actor, kind.code, pairs),
        initial=dict(initial),
    )


def _with(known: list[InstitutionFacts], more: list[InstitutionFacts]) -> list[InstitutionFacts]:
    have = {place.id for place in known}
    return known + [place for place in more if place.id not in have]


def _sides(
    request: Request, desk: Desk, initial: Mapping[str, Any]
) -> tuple[InstitutionFacts | None, list[InstitutionFacts]]:
    if request.method == "POST":
        giver, receivers = request.POST.get("giver", ""), request.POST.getlist("receivers")
    else:
        giver, receivers = initial.get("giver", ""), initial.get("receivers", [])
    found = [desk.find(receiver) for receiver in receivers]
    return desk.find(giver), [place for place in found if place is not None]


def _shown(form: forms.Activity, desk: Desk, kind: kinds.Kind) -> dict[str, Any]:
    return {
        "form": form,
        "kind": kind,
        "kind_label": kind_name(kind.code),
        "names": form.people.named,
        "folded_errors": any(name in forms.FOLDED or name.startswith("share_") for name in form.errors),
    }


def _kind_chips(request: Request, desk: Desk, kind: kinds.Kind) -> list[tuple[str, str, bool]]:
    often = desk.often if kind in desk.often else [kind, *desk.often]
    return [(one.code, kind_name(one.code), one.code == kind.code) for one in often]


def _rest(desk: Desk, kind: kinds.Kind) -> list[tuple[str, str]]:
    often = {one.code for one in desk.often} | {kind.code}
    return [(one.code, kind_name(one.code)) for one in desk.known if one.code not in often]
