"""The form by which a need is stated: seven fields, without JavaScript."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.needs import forms, labels, queries, services
from lianti.lib.errors import Invalid
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Page


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """State a need, or enter one on behalf of a hospital."""
    addresses = queries.addresses(request.actor)
    form = forms.State(
        request.POST or None,
        addresses=addresses,
        tenant_id=request.actor.tenant_id,
        initial={"address": _preset(request, addresses)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.state(**taken(request), need=form.facts())
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            messages.success(request, labels.DONE["state"])
            return see_other(reverse("needs:need", args=[made.public_id]))
    context = {
        "page": Page(_("State a need")),
        "form": form,
        "submit": _("State the need"),
        "cancel": reverse("needs:list"),
        "nowhere": not addresses,
    }
    return render(request, "needs/new.html", context, status=422 if form.errors else 200)


def _preset(request: Request, addresses: list[queries.Address]) -> str:
    wanted = request.GET.get("relation", "")
    return next((a.key for a in addresses if a.relation.public_id == wanted), addresses[0].key if addresses else "")
