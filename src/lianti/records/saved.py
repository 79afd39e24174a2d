"""What somebody asks a list again and again: words looked for in it, and views under names of their own."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, NotFound
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other
from lianti.lib.web.parts import Chip
from lianti.records import seeking
from lianti.records.asking import RESERVED
from lianti.records.lists import LISTS, RecordList
from lianti.records.models import SavedView

WORDS = "words"  # in the address of a list, and of the search
MOST = 20  # views of one list


def views_of(actor: Actor, name: str, query: str) -> list[tuple[Chip, str]]:
    """Return the reader's views of a list as chips, each with what it takes to forget it, in one query."""
    rows = SavedView.objects.filter(principal=actor.principal_id, tenant=actor.tenant_id, list=name).order_by("pk")
    return [
        (
            Chip(row.name, reverse("records:view", args=[row.public_id]), active=not row.words and row.query == query),
            reverse("records:forget", args=[row.public_id]),
        )
        for row in rows
    ]


@door(methods=("POST",), keeps=False)
def sought(request: Request) -> HttpResponse:
    """Look for words in the list, or on the page, whose address comes along: they are kept, and stand in no address."""
    address = _own(request.POST.get("address", ""))
    kept = seeking.keep(request.actor, request.POST.get("q", ""), timezone.now())
    return see_other(_with(address, {WORDS: kept.public_id} if kept is not None else {}))


@door(methods=("POST",))
def save(request: Request) -> HttpResponse:
    """Keep what a list is asked under a name; the same name again is the same view. Raises Invalid."""
    actor, name = request.actor, " ".join(request.POST.get("name", "").split())
    address = _own(request.POST.get("address", ""))
    lst = _list_at(address)
    if not name or len(name) > 40:
        raise Invalid({"name": _("Say in at most forty characters what the view is called.")})
    asked = lst.asked.read(dict(parse_qsl(urlsplit(address).query)), actor)
    order = dict(parse_qsl(urlsplit(address).query)).get("order", "")
    query = asked.texts() | ({"order": lst.order_name(order, asked)} if order else {})
    words = asked.words.typed.text if asked.words is not None else ""
    query.pop(WORDS, None)
    given: dict[str, Any] = {"query": urlencode(query)[:400], "words": words}
    of: dict[str, Any] = {"principal_id": actor.principal_id, "tenant_id": actor.tenant_id, "list": lst.name}
    if not SavedView.objects.filter(**of, name=name).exists() and SavedView.objects.filter(**of).count() >= MOST:
        raise Invalid({"name": _("A list has at most twenty views. Remove one first.")})
    SavedView.objects.update_or_create(**of, name=name, defaults=given)
    return see_other(address)


@door()
def view(request: Request, public_id: str) -> HttpResponse:
    """Open a view: the list with what it asks."""
    row = _mine(request, public_id)
    kept = seeking.keep(request.actor, row.words, timezone.now())
    lst = _known(row.list)
    return see_other(_with(f"{lst.kind.base}?{row.query}", {WORDS: kept.public_id} if kept is not None else {}))


@door(methods=("POST",))
def forget(request: Request, public_id: str) -> HttpResponse:
    """Remove a view, and stay on its list."""
    row = _mine(request, public_id)
    back = _known(row.list).kind.base
    row.delete()
    return see_other(back)


def _mine(request: Request, public_id: str) -> SavedView:
    actor = request.actor
    rows = SavedView.objects.filter(principal=actor.principal_id, tenant=actor.tenant_id)
    row: SavedView = get_object_or_404(rows, public_id=public_id)
    return row


def _known(name: str) -> RecordList[Any]:
    if name not in LISTS:  # its room has been switched off since
        raise NotFound
    return LISTS[name]


def _list_at(address: str) -> RecordList[Any]:
    lst: RecordList[Any] | None = getattr(resolve(urlsplit(address).path).func, "lst", None)
    if lst is None:
        raise NotFound
    return lst


def _own(address: str) -> str:
    """Return the address of a page of this site. Raises NotFound."""
    path = urlsplit(address).path if address.startswith("/") and not address.startswith("//") else ""
    try:
        found = resolve(path)
    except Resolver404 as error:
        raise NotFound from error
    if "GET" not in getattr(found.func, "methods", ()):
        raise NotFound
    return address


def _with(address: str, more: dict[str, str]) -> str:
    parts = urlsplit(address)
    kept = {name: text for name, text in parse_qsl(parts.query) if name not in {*RESERVED, WORDS} or name == "order"}
    query = urlencode(kept | more)
    return f"{parts.path}?{query}" if query else parts.path
