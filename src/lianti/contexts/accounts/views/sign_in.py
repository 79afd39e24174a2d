"""Coming in, going out, and for whom one acts meanwhile."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lianti.contexts.accounts import domain, forms, queries, services
from lianti.kernel.models import Principal
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid
from lianti.lib.web.doors import Request, door, open_door
from lianti.lib.web.moving import see_other
from lianti.lib.web.parts import Page

MEMBERSHIP = "membership"  # in the session: the key of the membership acted in
FIRST_PASSWORD = "first_password"  # noqa: S105 - in the session: who has come in by a one-time code, and when
MINUTES = 15  # in which the first password is to be set
BOTH_WAYS = ("GET", "POST")
BACKEND = "lianti.contexts.accounts.services.PhoneAndPassword"


@open_door(methods=BOTH_WAYS)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let somebody in by phone number or name, and password or one-time code."""
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
    try:
        number = queries.sign_in_name(form.cleaned_data["name"])
    except queries.SeveralBearIt:
        form.add_error("name", _("Several people bear this name. Give your phone number instead."))
        return None
    user = authenticate(request, username=number, password=form.cleaned_data["password"])
    if getattr(request, "axes_locked_out", False):
        return locked_out(request, None, {"username": number})
    if not isinstance(user, Principal):
        form.add_error(None, _("This name or number and this password do not belong together."))
        return None
    return _admit(request, form, user, onward)


def _admit(request: HttpRequest, form: forms.SignIn, user: Principal, onward: str) -> HttpResponse | None:
    now = timezone.now()
    actor = queries.acting(user.pk, None, shanghai_day(now))
    if actor is None:
        form.add_error(None, _("You act for no institution at present. Ask your coordinator for an invitation."))
        return None
    if queries.code_state(user.pk, now):
        request.session.cycle_key()
        request.session[FIRST_PASSWORD] = [user.pk, now.timestamp()]
        return redirect("accounts:first_password")
    _enter(request, user, actor)
    return redirect(onward)


def _enter(request: HttpRequest, user: Principal, actor: Actor) -> None:
    login(request, user, backend=BACKEND)
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


@open_door(methods=BOTH_WAYS)
def first_password(request: HttpRequest) -> HttpResponse:
    """Set a password after coming in by a one-time code."""
    now = timezone.now()
    principal_id, since = request.session.get(FIRST_PASSWORD) or (None, 0)
    actor = queries.acting(principal_id, None, shanghai_day(now)) if principal_id else None
    if actor is None or now.timestamp() - since > MINUTES * 60:
        return redirect("accounts:sign_in")
    form = forms.NewPassword(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            user = services.set_first_password(actor=actor, at=now, key=None, new=form.cleaned_data["new"])
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            request.session.pop(FIRST_PASSWORD, None)
            _enter(request, user, actor)
            messages.success(request, _("Your password is set. Welcome."))
            return see_other("/")
    context = {"form": form, "page": Page(_("Set your password"))}
    return render(request, "accounts/first_password.html", context, status=422 if form.errors else 200)


@open_door(methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    messages.success(request, _("You are signed out."))
    return see_other("/sign-in/")


@open_door(methods=BOTH_WAYS)
def acting(request: HttpRequest) -> HttpResponse:
    """Choose the institution and role to act in."""
    onward = domain.safe_next(request.POST.get("next") or request.GET.get("next") or "/")
    if not isinstance(request.user, Principal):
        return redirect("accounts:sign_in")
    now = timezone.now()
    refused = False
    if request.method == "POST":
        given = request.POST.get("membership", "")
        chosen = queries.acting(request.user.pk, given, shanghai_day(now)) if ids.is_id(given) else None
        if chosen is not None:
            request.session[MEMBERSHIP] = services.take_seat(actor=chosen, at=now, key=None)
            return see_other(onward)
        refused = True
    choices = queries.memberships(request.user.pk, shanghai_day(now))
    context = {"choices": choices, "next": onward, "refused": refused, "page": Page(_("Act for"))}
    return render(request, "accounts/acting.html", context, status=422 if refused else 200)


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


def _sent(request: HttpRequest) -> QueryDict | None:
    """Return the form that was sent, an empty one too; None when the page was only opened."""
    return request.POST if request.method == "POST" else None
