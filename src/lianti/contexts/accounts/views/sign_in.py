"""Coming in, going out, and for whom one acts meanwhile."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lianti.contexts.accounts import domain, forms, queries, services
from lianti.kernel.models import Principal
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid, NotFound
from lianti.lib.web.doors import Request, door, open_door
from lianti.lib.web.moving import see_other
from lianti.lib.web.parts import Page

MEMBERSHIP = "membership"  # in the session: the key of the membership acted in
FIRST_PASSWORD = "first_password"  # noqa: S105 - in the session: who has come in by a one-time code, and when
MINUTES = 15  # in which the first password is to be set
BOTH_WAYS = ("GET", "POST")
BACKEND = "lianti.contexts.accounts.services.PhoneAndPassword"


@open_door(methods=BOTH_WAYS, nobodys=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let somebody in by phone number, and password or one-time code."""
    onward = domain.safe_next(request.POST.get("next") or request.GET.get("next") or "/")
    if request.user.is_authenticated and request.method == "GET":
        return redirect(onward if getattr(request, "actor", None) else "accounts:acting")
    form = forms.SignIn(_sent(request))
    if request.method == "POST" and form.is_valid():
        answer = _try(request, form, onward)
        if answer is not None:
            return answer
    status = 422 if form.errors else 200
    return render(request, "accounts/sign_in.html", {"form": form, "next": onward, "page": _SIGN_IN}, status=status)


_SIGN_IN = Page(_("Sign in"))


def _try(request: HttpRequest, form: forms.SignIn, onward: str) -> HttpResponse | None:
    """Return where to go, or None with the reason on the form."""
    number = form.cleaned_data["name"]
    user = authenticate(request, username=number, password=form.cleaned_data["password"])
    if getattr(request, "axes_locked_out", False):
        return locked_out(request, None, {"username": number})
    if not isinstance(user, Principal):
        form.add_error(None, _("This phone number and this password do not belong together."))
        return None
    return _admit(request, form, user, onward)


def _admit(request: HttpRequest, form: forms.SignIn, user: Principal, onward: str) -> HttpResponse | None:
    now = timezone.now()
    actor = queries.acting(user.pk, None, shanghai_day(now))
    invited = queries.invitations(user.pk)
    if actor is None and not invited:
        form.add_error(None, _("You act for no institution at present. Ask your coordinator for an invitation."))
        return None
    if queries.code_state(user.pk, now):
        opened = queries.opened_by(user, domain.bare_code(form.cleaned_data["password"]), now)
        request.session.cycle_key()
        request.session[FIRST_PASSWORD] = [user.pk, now.timestamp(), opened]
        return redirect("accounts:first_password")
    _enter(request, user, actor)
    return redirect(f"{reverse('accounts:acting')}?{urlencode({'next': onward})}" if invited else onward)


def _enter(request: HttpRequest, user: Principal, actor: Actor | None) -> None:
    """Open a session; whoever has taken no seat yet is led to choose one."""
    login(request, user, backend=BACKEND)
    if actor is not None:
        request.session[MEMBERSHIP] = services.take_seat(actor=actor, at=timezone.now(), key=None)


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Say how long a sign-in stays locked after too many failures (also called by axes)."""
    number = str((credentials or {}).get("username") or "")
    minutes = queries.wait_minutes(number, timezone.now())
    wait = ngettext("Try again in %(n)s minute.", "Try again in %(n)s minutes.", minutes) % {"n": minutes}
    context = {"page": Page(_("Too many attempts")), "wait": wait}
    answer = render(request, "accounts/locked.html", context, status=429)
    answer["Retry-After"] = str(minutes * 60)
    return answer


@open_door(methods=BOTH_WAYS, nobodys=True)
def first_password(request: HttpRequest) -> HttpResponse:
    """Set a password after coming in by a one-time code."""
    now = timezone.now()
    principal_id, since, opened = request.session.get(FIRST_PASSWORD) or (None, 0, None)
    invited = queries.invitation(principal_id, opened) if principal_id and opened else None
    actor = queries.acting(principal_id, None, shanghai_day(now)) if principal_id else None
    who = invited.actor if invited else actor
    if who is None or now.timestamp() - since > MINUTES * 60:
        return redirect("accounts:sign_in")
    form = forms.NewPassword(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            user = services.set_first_password(
                actor=who,
                at=now,
                key=None,
                new=form.cleaned_data["new"],
                invitation=invited.public_id if invited else None,
            )
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            request.session.pop(FIRST_PASSWORD, None)
            _enter(request, user, queries.acting(user.pk, opened, shanghai_day(now)))
            messages.success(request, _("Your password is set. Welcome."))
            return see_other("/")
    context = {"form": form, "page": Page(_("Set your password"))}
    return render(request, "accounts/first_password.html", context, status=422 if form.errors else 200)


@open_door(methods=("POST",), nobodys=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    messages.success(request, _("You are signed out."))
    return see_other("/sign-in/")


@open_door(methods=BOTH_WAYS)
def acting(request: HttpRequest) -> HttpResponse:
    """Choose the institution and role to act in, and answer invitations."""
    if not isinstance(request.user, Principal):
        return redirect("accounts:sign_in")
    now = timezone.now()
    if request.method == "POST":
        given = request.POST.get("membership", "")
        chosen = queries.acting(request.user.pk, given, shanghai_day(now)) if ids.is_id(given) else None
        if chosen is not None:
            request.session[MEMBERSHIP] = services.take_seat(actor=chosen, at=now, key=None)
            return see_other(_onward(request))
    return _seats(request, request.user, refused=request.method == "POST")


@open_door(methods=("POST",))
def accept(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a seat that one was invited to, with the code of this very invitation."""
    if not isinstance(request.user, Principal):
        return redirect("accounts:acting")
    invited = _invited(request.user, public_id)
    form = forms.TakeSeat(request.POST)
    if form.is_valid():
        now = timezone.now()
        try:
            services.accept(
                actor=invited.actor, at=now, key=None, membership_id=public_id, code=form.cleaned_data["code"]
            )
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            chosen = queries.acting(request.user.pk, public_id, shanghai_day(now))
            if chosen is not None:
                request.session[MEMBERSHIP] = services.take_seat(actor=chosen, at=now, key=None)
            said = _("Accepted: you act for %(institution)s now.")
            messages.success(request, said % {"institution": invited.institution})
            return see_other(_onward(request))
    return _seats(request, request.user, answered=(public_id, form))


@open_door(methods=("POST",))
def decline(request: HttpRequest, public_id: str) -> HttpResponse:
    """Turn an invitation down."""
    if isinstance(request.user, Principal):
        invited = _invited(request.user, public_id)
        services.decline(actor=invited.actor, at=timezone.now(), key=None, membership_id=public_id)
        messages.success(request, _("The invitation is turned down."))
    return redirect("accounts:acting")


def _invited(user: Principal, public_id: str) -> queries.InvitedFacts:
    found = queries.invitation(user.pk, public_id)
    if found is None:
        raise NotFound
    return found


def _onward(request: HttpRequest) -> str:
    return domain.safe_next(request.POST.get("next") or request.GET.get("next") or "/")


def _seats(
    request: HttpRequest, user: Principal, *, refused: bool = False, answered: tuple[str, forms.TakeSeat] | None = None
) -> HttpResponse:
    """Draw the seats that somebody may take, and those that wait for their answer."""
    asked = answered[0] if answered else ""
    context = {
        "choices": queries.memberships(user.pk, shanghai_day(timezone.now())),
        "invited": [
            (one, answered[1] if answered and one.public_id == asked else forms.TakeSeat(auto_id=f"id_{one.id}_%s"))
            for one in queries.invitations(user.pk)
        ],
        "next": _onward(request),
        "refused": refused,
        "page": Page(_("Act for")),
    }
    return render(request, "accounts/acting.html", context, status=422 if refused or answered else 200)


@open_door(methods=("POST",))
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages, and remember it."""
    chosen = request.POST.get("language", "")
    answer = see_other(domain.safe_next(request.POST.get("next") or "/"))
    if chosen not in dict(settings.LANGUAGES):
        return answer
    actor = getattr(request, "actor", None)
    if actor is not None:
        services.choose_language(actor=actor, at=timezone.now(), key=None, language=chosen)
    translation.activate(chosen)
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


@door(methods=BOTH_WAYS, keeps=False)
def password(request: Request) -> HttpResponse:
    """Change one's own password."""
    form = forms.ChangePassword(_sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            user = services.change_password(
                actor=request.actor, at=timezone.now(), key=None, old=given["old"], new=given["new"]
            )
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("Your password is changed. Other sessions are signed out."))
            return see_other("/")
    context = {
        "form": form,
        "page": Page(_("Change password"), _("At least ten characters; not only digits, nothing common.")),
        "submit": _("Change password"),
        "cancel": "/",
    }
    return render(request, "web/form_page.html", context, status=422 if form.errors else 200)


@door(methods=BOTH_WAYS, keeps=False)
def phone(request: Request) -> HttpResponse:
    """Change the number that one signs in with."""
    form = forms.ChangePhone(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_own_phone(actor=request.actor, at=timezone.now(), key=None, **form.cleaned_data)
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            messages.success(request, _("Your phone number is changed. From now on you sign in with the new one."))
            return see_other("/")
    context = {
        "form": form,
        "page": Page(_("Change phone number"), _("You sign in with the new number and the same password.")),
        "submit": _("Change phone number"),
        "cancel": "/",
    }
    return render(request, "web/form_page.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest) -> QueryDict | None:
    """Return the form that was sent, an empty one too; None when the page was only opened."""
    return request.POST if request.method == "POST" else None
