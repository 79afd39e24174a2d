"""The panel on a need: who could go; one move names somebody into a batch that is being planned."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import queries, services
from lianti.contexts.dispatch.queries import BATCH
from lianti.contexts.network import queries as network
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid, NotFound
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken


def need_panel(request: HttpRequest, subject: Any) -> str:
    """Draw who of the house that is to answer could go, to those who nominate there."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not queries.may_look(actor, subject):
        return ""
    found = queries.who_could_go(actor, subject, shanghai_day(timezone.now()))
    context = {"found": found, "need": subject, "key": ids.new(), "all": queries.CANDIDATE.base}
    return render_to_string("dispatch/could_go.html", context, request)


@door(methods=("POST",))
def nominate(request: Request, public_id: str) -> HttpResponse:
    """Name somebody for a need into a batch that is being planned."""
    need = queries.need_named(request.actor, public_id)
    batch, who = request.POST.get("batch", ""), request.POST.get("person", "")
    if not ids.is_id(batch) or not ids.is_id(who):
        raise NotFound
    one = services.Nominee(network.person(who).id, need.stater_id, specialty=need.specialty)
    try:
        services.name_people(**taken(request), batch_id=batch, people=[one])
    except Invalid as refusal:
        messages.error(request, " ".join(map(str, refusal.fields.values())))
        return see_other(f"/needs/{public_id}/")
    messages.success(request, str(_("Named into the batch.")))
    return see_other(BATCH.url(batch))
