"""What the authority of a county sees of postings: who should be there now."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import queries
from lianti.kernel import access
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Empty, Page

TITLE = _("Posted staff in our county now")

EMPTY = Empty(
    _("Nobody is posted here now"),
    _("Once a relation names your authority, and it has confirmed that, whoever is posted to your hospitals is here."),
)


@door()
def here(request: Request) -> HttpResponse:
    """Show by name who should be in the authority's county now, and nothing else of a running month."""
    found = queries.posted_now(request.actor)
    now = timezone.now()
    access.note(request.actor, kind="dispatch.county", public_id=shanghai_day(now).isoformat(), why="page", at=now)
    text = _("From relations in force that name your authority, which it has confirmed. Whoever is on leave is marked.")
    context = {"page": Page(TITLE, text, count=len(found)), "found": found, "empty": EMPTY}
    return render(request, "dispatch/county.html", context)
