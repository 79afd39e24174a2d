"""A form that came when nobody was signed in any more: kept, and shown again to whoever sent it.

It is theirs by the signed word that every form carries, and shown only in the browser that sent it. Showing it means
that its own view is asked again with what was typed, marked as unsent, so that no form is right; whatever a view
without a form would do meanwhile is undone.
"""

from __future__ import annotations

import copy
import json
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.roles import Role
from lianti.lib.web import doors, forms, sender
from lianti.lib.web.moving import see_other
from lianti.records import held
from lianti.records.models import KeptForm

ASKED = "kept"  # in an address: the kept form to be shown there
LONGEST = 200_000  # characters of what was typed
OF_ONE = 10  # forms kept for one person; what came first goes first
_DROPPED = ("csrfmiddlewaretoken", sender.FIELD, forms.UNSENT)


def turned_away(request: HttpRequest, view: Any, at: datetime) -> HttpResponse | None:
    """Keep the form that somebody sent after the session had ended; None when it is nobody's, or is never kept."""
    known = sender.read(request.POST.get(sender.FIELD, "")) if getattr(view, "keeps", False) else None
    if known is None:
        return None
    owner = Actor(*known, Role.LINK)
    with scope.acting(owner):
        return keep(request, owner, at, request.get_full_path(), why="session", go=doors.turn_away)


def keep(
    request: HttpRequest,
    owner: Actor,
    at: datetime,
    address: str,
    *,
    why: str,
    go: Callable[[HttpRequest, str], HttpResponse],
    more: dict[str, list[str]] | None = None,
) -> HttpResponse | None:
    """Keep what was sent, files too, and `go` to where it stands filled; None when it is too much to keep."""
    data = {name: values for name, values in request.POST.lists() if name not in _DROPPED} | (more or {})
    if len(json.dumps(data)) > LONGEST or len(address) > 300:
        return None
    for field, came in request.FILES.lists():
        fitting = [file for file in came if (file.size or 0) <= held.limit()][: held.MOST]
        rows = [held.hold(file, owner.principal_id, urlsplit(address).path, field, at) for file in fitting]
        data.setdefault(f"{held.FIELD}{field}", []).extend(row.public_id for row in rows)
    secret = request.COOKIES.get(held.COOKIE) or secrets.token_urlsafe(24)
    older = KeptForm.objects.filter(principal=owner.principal_id).order_by("-pk")
    KeptForm.objects.filter(pk__in=[row.pk for row in older[OF_ONE - 1 :]]).delete()
    row = KeptForm.objects.create(
        principal_id=owner.principal_id,
        browser=ids.digest(secret),
        address=address,
        page=_page(request),
        data={**data, forms.UNSENT: [why]},
        expires_at=at + held.LIVES,
    )
    page = go(request, f"{address}{'&' if '?' in address else '?'}{ASKED}={row.public_id}")
    page.set_cookie(held.COOKIE, secret, max_age=held.LIVES, secure=request.is_secure(), httponly=True, samesite="Lax")
    return page


def shown(
    request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any, actor: Actor, at: datetime
) -> HttpResponseBase | None:
    """Answer with the form as it was typed; None when there is none for this person in this browser."""
    row = KeptForm.objects.filter(
        public_id=request.GET[ASKED],
        principal=actor.principal_id,
        browser=ids.digest(request.COOKIES.get(held.COOKIE, "")),
        expires_at__gt=at,
    ).first()
    if row is None or urlsplit(row.address).path != request.path:
        return None if "GET" in getattr(view, "methods", ()) else see_other("/")
    again = copy.copy(request)
    again.method = "POST"
    again._messages = _Unheard()  # type: ignore[attr-defined]
    again._post = QueryDict(mutable=True)  # type: ignore[attr-defined]
    for name, values in row.data.items():
        again._post.setlist(name, values)  # type: ignore[attr-defined]
    again._files = MultiValueDict()  # type: ignore[attr-defined]
    held.take_up(again, actor, at)
    with transaction.atomic():
        answer = view(again, *args, **kwargs)
        transaction.set_rollback(True)
    if answer.status_code not in held.REFUSED:
        messages.info(request, _("You had been signed out, and nothing was done. If you still want it, do it here."))
        return see_other(row.page)
    answer.status_code = 200
    return answer


class _Unheard(list[Any]):
    """Takes the messages of a form that is only shown."""

    def add(self, *_message: Any) -> None:
        """Take a message and keep it from everybody."""


def _page(request: HttpRequest) -> str:
    came, here = request.headers.get("Referer", ""), request.build_absolute_uri("/")
    return "/" + came[len(here) :] if came.startswith(here) and len(came) < 300 else "/"
