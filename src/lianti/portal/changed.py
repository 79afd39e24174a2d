"""A form from a tab that somebody else opened, or that was opened for another institution: not done, but kept.

Every form carries a signed word of who opened it (`lib/web/sender.py`).
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.roles import Role
from lianti.lib.web import sender
from lianti.lib.web.moving import see_other
from lianti.records import kept

STATUS = 409
_KEPT = _("Nothing was done. What was typed is kept for a day, for whoever typed it.")
_NOTHING = _("Nothing was done.")
_PERSON = {
    "title": _("Somebody else is signed in now"),
    "happened": _("After this form was opened, somebody else signed in in this browser."),
    "next": _("Sign in as before, go back and send it again: what was typed is still there."),
}
_PLACE = {
    "title": _("You act for another institution now"),
    "happened": _("After this form was opened, the institution was changed at the top of the page."),
    "next": _("Change back at the top, open the form and send it again: what you typed is still there."),
}


def elsewhere(request: HttpRequest, view: Any, at: datetime) -> HttpResponse | None:
    """Answer a form that was opened as somebody else or for another institution; None when it was not."""
    actor, known = _both(request, view)
    if actor is None or known in (None, (actor.principal_id, actor.tenant_id)):
        return None
    words = _PLACE if known[0] == actor.principal_id else _PERSON
    return _kept(request, view, known, at, partial(_page, words)) or _page(words, request)


def too_old(request: HttpRequest, view: Any, at: datetime) -> HttpResponse | None:
    """Answer a form whose token was replaced by a new sign-in; None when it says of nobody whose it is."""
    actor, known = _both(request, view)
    if actor is None or known is None:
        return None
    if known != (actor.principal_id, actor.tenant_id):
        return elsewhere(request, view, at)
    return _kept(request, view, known, at, lambda _request, address: see_other(address))


def _both(request: HttpRequest, view: Any) -> tuple[Actor | None, Any]:
    """Return who acts now and who opened the form, of a view behind a door."""
    if request.method != "POST" or getattr(view, "door", "") != "signed-in":
        return None, None
    return getattr(request, "actor", None), sender.read(request.POST.get(sender.FIELD, ""))


def _kept(request: HttpRequest, view: Any, known: tuple[int, int], at: datetime, go: Any) -> HttpResponse | None:
    if not getattr(view, "keeps", False):
        return None
    owner = Actor(*known, Role.LINK)
    with scope.acting(owner):
        return kept.keep(request, owner, at, request.get_full_path(), why="lines", go=go)


def _page(words: dict[str, Any], request: HttpRequest, address: str = "") -> HttpResponse:
    context = {**words, "status": STATUS, "kept": _KEPT if address else _NOTHING}
    context |= {"back": address, "back_label": _("Open the form")} if address else {}
    return render(request, "web/error.html", context, status=STATUS)
