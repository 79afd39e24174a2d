"""Pages across contexts: to do, inbox, the network picture, search, health."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from lianti.kernel import notices, outbox
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.web import navigation, paging, parts
from lianti.lib.web import search as finding
from lianti.lib.web.doors import Request, door, open_door
from lianti.lib.web.moving import see_other
from lianti.portal import queries
from lianti.records import saved, seeking


@door()
def home(request: Request) -> HttpResponse:
    """To do: what waits for the reader, oldest deadline first."""
    verb = request.GET.get("verb", "")[:40]
    counted = queries.verbs(request.actor)
    total = sum(one.count for one in counted)
    lines, more = queries.todo(request.actor, timezone.now(), verb=verb, after=request.GET.get("after"))
    starts = navigation.starts(request.actor.role)
    actions = [parts.Action(start.label, start.url, primary=not i) for i, start in enumerate(starts)]
    context = {
        "page": parts.Page(_("To do"), count=total, actions=actions),
        "chips": _verb_chips(counted, verb, total) if len(counted) > 1 or verb else [],
        "columns": [
            parts.Column(_("What")),
            parts.Column(_("To be done")),
            parts.Column(_("Between whom")),
            parts.Column(_("By when"), "day"),
        ],
        "rows": lines,
        "together": reverse("ledger:together") if any(line.sheet for line in lines) else "",
        "more": more,
        "empty": parts.Empty(
            _("Nothing waits for you"),
            _("What others ask of your institution in your role appears here, the oldest deadline first."),
            reverse("portal:network"),
            _("See the network"),
        ),
    }
    return render(request, "portal/home.html", context)


LIVE, LIVE_GROUPS = 4, 5  # hits and groups below the field while one types


def _verb_chips(counted: list[queries.Verb], verb: str, total: int) -> list[parts.Chips]:
    every = parts.Chip(_("All"), "?", active=not verb, count=total)
    listed = [parts.Chip(one.label, f"?verb={one.verb}", active=one.verb == verb, count=one.count) for one in counted]
    return [parts.Chips(_("To be done"), [every, *listed])]


@door()
def inbox(request: Request) -> HttpResponse:
    """The reader's notices at the institution they act for, newest first."""
    found = paging.keyset(notices.inbox(request.actor), order=("-id",), after=request.GET.get("after"))
    rows = [
        {"id": one.pk, "words": notices.words(one), "url": notices.link(one), "at": one.at, "new": one.seen_at is None}
        for one in found.items
    ]
    context = {
        "page": parts.Page(_("Inbox")),
        "rows": rows,
        "more": found.more,
        "columns": [parts.Column(_("Content")), parts.Column(_("When"), "day"), parts.Column("")],
        "empty": parts.Empty(_("No news yet"), _("What happens to records of your institution is told here.")),
    }
    return render(request, "portal/inbox.html", context)


@door(methods=("POST",))
def see(request: Request) -> HttpResponse:
    """Mark one notice, or all, as seen, and go where the notice leads."""
    at = timezone.now()
    named = request.POST.get("notice", "")
    if named.isascii() and named.isdigit() and len(named) < 19:
        one = notices.inbox(request.actor).filter(pk=int(named)).first()
        notices.see(request.actor, at, [int(named)])
        if one is not None and request.POST.get("go") and notices.link(one):
            return see_other(notices.link(one))
    elif notices.see(request.actor, at):
        messages.success(request, _("All marked as seen."))
    return see_other(reverse("portal:inbox"))


@open_door()
@never_cache
def badge(request: HttpRequest) -> HttpResponse:
    """The number of unseen notices, asked every ten seconds; who has signed out is not asked again (286)."""
    if getattr(request, "actor", None) is None:
        return HttpResponse(status=286)
    return render(request, "web/badge.html")


@door()
def network(request: Request) -> HttpResponse:
    """Who is bound to whom: the picture and the list."""
    state, behaviour = request.GET.get("state", "")[:40], request.GET.get("behaviour", "")[:40]
    every, drawings = queries.bound(request.actor, shanghai_day(timezone.now()))
    rows = every
    if state or behaviour:
        rows, drawings = queries.bound(request.actor, shanghai_day(timezone.now()), state=state, behaviour=behaviour)
    context = {
        "page": parts.Page(_("Network"), count=len(rows), actions=_directories()),
        "chips": _relation_chips(every, state, behaviour),
        "columns": [
            parts.Column(_("Relation")),
            parts.Column(_("Lead and members")),
            parts.Column(_("Kind of relation")),
            parts.Column(_("State")),
            parts.Column(_("From – to"), "day", wide=True),
            parts.Column(_("Promises")),
        ],
        "rows": rows,
        "drawings": drawings,
        "empty": parts.Empty(
            _("No relations yet"),
            _("Relations that bind your institution to others appear here, whether agreed, ordered or still in talks."),
        ),
    }
    return render(request, "portal/network.html", context)


def _directories() -> list[parts.Action]:
    return [
        parts.Action(_("Institutions"), reverse("network:institutions")),
        parts.Action(_("Relations"), reverse("network:relations")),
    ]


def _relation_chips(rows: list[queries.Bound], state: str, behaviour: str) -> list[parts.Chips]:
    states = {row.relation.state: row.relation.state_label for row in rows}
    behaviours = {row.relation.behaviour: row.relation.behaviour_label for row in rows}

    def chip(name: str, value: str, label: object, active: bool) -> parts.Chip:
        kept = {"state": state, "behaviour": behaviour, name: value}
        return parts.Chip(label, "?" + urlencode({key: text for key, text in kept.items() if text}), active)

    def chips(label: object, name: str, words: dict[str, object], chosen: str) -> parts.Chips:
        every = chip(name, "", _("All"), not chosen)
        return parts.Chips(label, [every, *(chip(name, value, word, value == chosen) for value, word in words.items())])

    groups = []
    if len(states) > 1 or state:
        groups.append(chips(_("State"), "state", dict(states), state))
    if len(behaviours) > 1 or behaviour:
        groups.append(chips(_("Kind of relation"), "behaviour", dict(behaviours), behaviour))
    return groups


@door(methods=("GET", "POST"), keeps=False)
def search(request: Request) -> HttpResponse:
    """Everything by name, first letters or number. What was typed stands in no address: it is kept, and named there.

    Typed on, the field itself shows the first hits (htmx); `group` opens all hits of one group.
    """
    actor, only = request.actor, request.GET.get("group", "")[:40]
    if request.method == "POST" and request.headers.get("HX-Request"):
        typed = finding.Typed.of(request.POST.get("q", ""))
        live = finding.find(actor, typed, limit=LIVE, groups=LIVE_GROUPS)
        return render(request, "portal/live.html", {"found": live, "words": typed.text})
    if request.method == "POST":
        kept = seeking.keep(actor, request.POST.get("q", ""), timezone.now())
        return see_other(f"{request.path}?{saved.WORDS}={kept.public_id}" if kept is not None else request.path)
    kept = seeking.kept(actor, request.GET.get(saved.WORDS, ""))
    limit = finding.MANY if only else finding.FEW
    context: dict[str, Any] = {
        "page": parts.Page(_("Search")),
        "words": kept.typed.text if kept is not None else "",
        "kept": kept,
        "only": only,
        "most": limit,
        "many": finding.MANY,
        "found": _groups(actor, kept.typed, limit, only) if kept is not None else [],
    }
    return render(request, "portal/search.html", context)


def _groups(actor: Actor, typed: finding.Typed, limit: int, only: str) -> list[tuple[finding.Found, int]]:
    """Return the groups, each with how many hits it has in all where that is more than is shown, up to the bound."""
    found = []
    for group in finding.find(actor, typed, limit=limit, only=only):
        every = finding.find(actor, typed, limit=finding.MANY, only=group.key) if group.more and not only else []
        found.append((group, len(every[0].hits) if every else 0))
    return found


@open_door()
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 once the site can serve, and say how many jobs have failed in seven days."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        failed = outbox.failed()
    except DatabaseError:
        return HttpResponse("database unreachable\n", status=503, content_type="text/plain")
    return HttpResponse(f"ok\nfailed jobs: {failed}\n", content_type="text/plain")
