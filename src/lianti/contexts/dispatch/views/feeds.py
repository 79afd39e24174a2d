"""Calendar feeds: the page of their owner, and the address that a calendar fetches."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import queries, services, words
from lianti.contexts.dispatch.domain import calendar
from lianti.kernel import scope
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door, open_door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Page


@door(methods=("GET", "POST"), keeps=False)
def feeds(request: Request) -> HttpResponse:
    """Show the reader's feeds; make one, whose address is shown in this answer and never again."""
    address = ""
    if request.method == "POST":
        made = services.make_feed(**taken(request), of=request.POST.get("of", ""))
        address = request.build_absolute_uri(reverse("dispatch:feed", args=[made.token]))
    rows = [(row, words.FEED_OF[row.of]) for row in queries.feed_lines(request.actor)]
    context: dict[str, Any] = {
        "page": Page(_("Calendar feeds"), _("A calendar program fetches postings and leave from an address of yours.")),
        "rows": rows,
        "offered": [(of, words.FEED_OF[of]) for of in queries.may_feed(request.actor)],
        "address": address,
    }
    return render(request, "dispatch/feeds.html", context)


@door(methods=("POST",), keeps=False)
def revoke(request: Request, public_id: str) -> HttpResponse:
    """Give a feed up."""
    services.revoke_feed(**taken(request), feed_id=public_id)
    return see_other(reverse("dispatch:feeds"))


@open_door(nobodys=True)
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """Hand a calendar what the feed's owner may see today; no session, no cookie."""
    now = timezone.now()
    owner, of = services.open_feed(token=token, at=now)
    with scope.acting(owner, read_only=True), translation.override("zh-hans"):
        days = queries.calendar_days(owner, of, shanghai_day(now))
        content = calendar.written(queries.calendar_name(owner, of), days, now)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    answer["Content-Disposition"] = 'inline; filename="lianti.ics"'
    return answer
