"""The members of an institution: who they are, inviting and helping them, parting."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from lianti.contexts.accounts import domain, forms, queries, services
from lianti.contexts.network import queries as network
from lianti.lib import ids
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid, NotAllowed, NotFound
from lianti.lib.roles import Role
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other
from lianti.lib.web.parts import Action, Chip, Chips, Column, Empty, Fact, Head, Moment, Move, Page

COLUMNS = (
    Column(_("Name")),
    Column(_("Role")),
    Column(_("Phone number"), wide=True),
    Column(_("Since"), kind="day"),
    Column(_("Last sign-in"), kind="day", wide=True),
    Column(_("State"), kind="mark"),
)


@door()
def members(request: Request) -> HttpResponse:
    """List the members of one's institution; an administrator chooses any."""
    place = _institution(request)
    ended = request.GET.get("state") == "ended"
    rows = queries.members(request.actor, timezone.now(), institution_id=place.id, ended=ended)
    here = reverse("accounts:members") + f"?institution={place.public_id}"
    actions = []
    if queries.may_invite(request.actor, place):
        there = reverse("accounts:invite") + f"?institution={place.public_id}"
        actions = [Action(_("Invite somebody"), there, primary=True)]
    context = {
        "page": Page(_("Members"), place.name, len(rows), actions),
        "chips": [
            Chips(
                _("State"),
                [
                    Chip(pgettext("membership", "Active"), here, not ended),
                    Chip(pgettext("membership", "Ended"), f"{here}&state=ended", ended),
                ],
            )
        ],
        "columns": COLUMNS,
        "rows": rows,
        "more": None,
        "empty": Empty(_("Nobody here yet"), _("Members sign in by phone number and act for the institution.")),
        "place": place,
        "places": _places(request),
    }
    return render(request, "accounts/members.html", context)


@door(methods=("GET", "POST"))
def invite(request: Request) -> HttpResponse:
    """Invite somebody; the one-time code is shown once."""
    place = _institution(request)
    roles = queries.may_invite(request.actor, place)
    if not roles:
        raise NotAllowed(_("The institution's own office or coordinator, or an administrator, invites its members."))
    day = shanghai_day(timezone.now())
    sent = request.POST if request.method == "POST" else None
    form = forms.Invite(sent, roles=roles, departments=network.departments(place.id), initial={"from_date": day})
    back = reverse("accounts:members") + f"?institution={place.public_id}"
    if request.method == "POST" and form.is_valid():
        invitation = services.Invitation(**form.cleaned_data, institution_id=place.id)
        try:
            issued = services.invite(
                actor=request.actor, at=timezone.now(), key=request.POST.get("key"), invitation=invitation
            )
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            return _after(request, issued, back)
    context = {"form": form, "page": Page(_("Invite somebody"), place.name), "submit": _("Invite"), "cancel": back}
    return render(request, "web/form_page.html", context, status=422 if form.errors else 200)


@door()
def member(request: Request, public_id: str) -> HttpResponse:
    """Show one member."""
    return _member_page(request, public_id)


@door(methods=("POST",))
def reset_password(request: Request, public_id: str) -> HttpResponse:
    """Replace a member's password by a one-time code that is shown once."""
    issued = services.reset_password(
        actor=request.actor, at=timezone.now(), key=request.POST.get("key"), membership_id=public_id
    )
    return _after(request, issued, reverse("accounts:member", args=[public_id]))


@door(methods=("POST",))
def renew_code(request: Request, public_id: str) -> HttpResponse:
    """Give a new code, shown once, for a seat that nobody has taken yet."""
    issued = services.renew_code(
        actor=request.actor, at=timezone.now(), key=request.POST.get("key"), membership_id=public_id
    )
    return _after(request, issued, reverse("accounts:member", args=[public_id]))


@door(methods=("POST",))
def ask_reset(request: Request, public_id: str) -> HttpResponse:
    """Ask another administrator to reset a password that none resets alone."""
    services.ask_reset(actor=request.actor, at=timezone.now(), key=request.POST.get("key"), membership_id=public_id)
    messages.success(request, _("The other administrators are told. Within a day one of them can reset it."))
    return see_other(reverse("accounts:member", args=[public_id]))


@door(methods=("POST",))
def change_phone(request: Request, public_id: str) -> HttpResponse:
    """Change the number that a member signs in with."""
    form = forms.Number(request.POST)
    if form.is_valid():
        given = {"membership_id": public_id, **form.cleaned_data}
        try:
            services.change_phone(actor=request.actor, at=timezone.now(), key=request.POST.get("key"), **given)
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            messages.success(request, _("The phone number is changed. The person is told."))
            return see_other(reverse("accounts:member", args=[public_id]))
    return _member_page(request, public_id, {"change_phone": form})


@door(methods=("POST",))
def unlock(request: Request, public_id: str) -> HttpResponse:
    """Open a sign-in that was locked after too many failures."""
    services.unlock(actor=request.actor, at=timezone.now(), key=request.POST.get("key"), membership_id=public_id)
    messages.success(request, _("The sign-in is unlocked."))
    return see_other(reverse("accounts:member", args=[public_id]))


@door(methods=("POST",))
def end_membership(request: Request, public_id: str) -> HttpResponse:
    """End a membership and hand its work over."""
    now = timezone.now()
    found = queries.member(request.actor, public_id, now)
    successors = queries.successors(request.actor, found, shanghai_day(now))
    form = forms.End(request.POST, successors=successors)
    if form.is_valid():
        try:
            services.end_membership(
                actor=request.actor,
                at=now,
                key=request.POST.get("key"),
                membership_id=public_id,
                successor_id=form.cleaned_data["successor"],
                note=form.cleaned_data["note"],
            )
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            messages.success(request, _("The membership has ended; its sessions stop at once."))
            return see_other(reverse("accounts:members") + f"?institution={_public_id(found)}")
    return _member_page(request, public_id, {"end_membership": form})


def _member_page(request: Request, public_id: str, sent: Mapping[str, Any] | None = None) -> HttpResponse:
    now = timezone.now()
    found = queries.member(request.actor, public_id, now)
    context = {
        "head": Head(
            found.name,
            kind=_("Member"),
            state=found.state,
            label=found.badge.word,
            tone=found.badge.tone,
            back=reverse("accounts:members") + f"?institution={_public_id(found)}",
            back_label=_("Members"),
        ),
        "moves": _moves(request, found, sent or {}),
        "facts": [
            Fact(_("Institution"), found.institution),
            Fact(_("Role"), found.role_label),
            Fact(_("Department"), found.department),
            Fact(_("Phone number"), found.phone),
            Fact(_("From"), found.from_date),
            Fact(_("Until"), found.to_date),
            Fact(_("Last sign-in"), timezone.localtime(found.last_login).date() if found.last_login else None),
            Fact(_("Password"), _("One-time code not yet used") if found.code_open else ""),
            Fact(_("Sign-in"), _("Locked after too many failures") if found.locked else ""),
        ],
        "story": [
            Moment(at=row.at, who=row.who, institution=row.institution, what=row.what, note=row.note)
            for row in queries.story(request.actor, public_id)
        ],
    }
    return render(
        request, "web/record.html", context, status=422 if any(form.errors for form in (sent or {}).values()) else 200
    )


def _moves(request: Request, found: queries.MemberFacts, sent: Mapping[str, Any]) -> list[Move]:
    make: dict[str, Any] = {
        "reset_password": lambda: Move(
            "reset_password",
            _("Reset password"),
            reverse("accounts:reset_password", args=[found.public_id]),
            ask=_("The present password stops working and all sessions end. You are shown a one-time code to pass on."),
        ),
        "renew_code": lambda: Move(
            "renew_code",
            _("New code"),
            reverse("accounts:renew_code", args=[found.public_id]),
            ask=_("The earlier code opens nothing any more. You are shown a new one to pass on."),
        ),
        "ask_reset": lambda: Move(
            "ask_reset",
            _("Ask for a reset"),
            reverse("accounts:ask_reset", args=[found.public_id]),
            ask=_("Nobody resets this password alone: another administrator is told and may do it within a day."),
        ),
        "change_phone": lambda: Move(
            "change_phone",
            _("Change phone number"),
            reverse("accounts:change_phone", args=[found.public_id]),
            form=sent.get("change_phone") or forms.Number(),
        ),
        "unlock": lambda: Move(
            "unlock", _("Unlock sign-in"), reverse("accounts:unlock", args=[found.public_id]), primary=True
        ),
        "end_membership": lambda: Move(
            "end_membership",
            _("End membership"),
            reverse("accounts:end_membership", args=[found.public_id]),
            form=sent.get("end_membership")
            or forms.End(successors=queries.successors(request.actor, found, shanghai_day(timezone.now()))),
            danger=True,
        ),
    }
    return [make[name]() for name in queries.available(request.actor, found, timezone.now())]


def _after(request: Request, issued: services.Issued, onward: str) -> HttpResponse:
    """Show a new code once, in the answer itself; nowhere is it kept in clear."""
    if issued.code is None:
        messages.success(request, _("Done. No new one-time code was made: the person signs in as before."))
        return see_other(onward)
    code = domain.spaced(issued.code)
    context = {
        "page": Page(_("One-time code")),
        "code": code,
        "days": domain.CODE_LIVES.days,
        "name": issued.name,
        "phone": issued.phone,
        "onward": onward,
    }
    answer = render(request, "accounts/code.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _institution(request: Request) -> network.InstitutionFacts:
    """Return the institution whose members are looked at: one's own; an administrator's choice."""
    chosen = request.GET.get("institution", "")
    own = network.institution_by_id(request.actor.tenant_id)
    if not chosen or chosen == own.public_id:
        return own
    if request.actor.role is not Role.ADMINISTRATOR or not ids.is_id(chosen):
        raise NotFound
    return network.institution(chosen)


def _places(request: Request) -> list[Any]:
    """Return the institutions that an administrator can choose from."""
    if request.actor.role is not Role.ADMINISTRATOR:
        return []
    return list(network.institutions().order_by("name")[:500])


def _public_id(found: queries.MemberFacts) -> str:
    return network.institution_by_id(found.institution_id).public_id
