"""Time and place of who is planned, as they were moved on the rota: the form opens filled, nothing is moved."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from lianti.contexts.dispatch import queries
from lianti.contexts.dispatch.forms.postings import filled
from lianti.contexts.dispatch.views.postings import PAGE
from lianti.lib.errors import Conflict, NotFound
from lianti.lib.web.doors import Request, door
from lianti.records.pages import Again


@door()
def change(request: Request, public_id: str) -> HttpResponse:
    """Show a posting with the form that changes its days or place open, filled with what was asked for.

    `months`: how many later (or, with a minus, earlier); `to`: to which institution; `seen`: the version on the rota.
    """
    asked, seen = request.GET, _whole(request.GET.get("seen", ""))
    found = queries.change(request.actor, public_id, _whole(asked.get("months", "")) or 0, asked.get("to", ""))
    if not found.move:
        why = _("Days and place can be changed by the sending side, before who is sent reports in.")
        messages.warning(request, why)
        return PAGE.show(request, public_id)
    page = queries.posting_page(request.actor, found.posting)
    act = PAGE.acts[found.move].form
    if act is None:
        raise NotFound
    form = filled(act, page, _known(request, found.given, act(page, None)), "carried")
    if found.stays:
        why = _("The place stays as the letter says; to send somebody elsewhere, leave them out here.")
        messages.warning(request, why)
    changed = seen is not None and seen != found.posting.version
    again = Again(found.move, form, 200, Conflict().message if changed else "", seen)
    return PAGE.show(request, public_id, again)


def _known(request: Request, given: dict[str, object], form: object) -> dict[str, object]:
    """Leave out an institution that is no party of the relation: the place stays, and the page says so."""
    to = given.get("recipient")
    if to is None or to in getattr(form, "places", {}):
        return given
    messages.warning(request, _("This institution is no party of the relation: the place stays."))
    return {name: value for name, value in given.items() if name != "recipient"}


def _whole(text: str) -> int | None:
    digits = text.removeprefix("-")
    return int(text) if digits.isdecimal() and digits.isascii() and len(digits) < 10 else None
