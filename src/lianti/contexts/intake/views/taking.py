"""Taking documents in, and how far the reader has come with them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lianti.contexts.intake import forms, queries, services
from lianti.lib.errors import Invalid
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Page

DONE = 286  # htmx: stop asking


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Take files or a pasted text in."""
    form = forms.TakeIn(request.POST, request.FILES) if request.method == "POST" else forms.TakeIn()
    relation = request.GET.get("relation", "")
    if request.method == "POST" and form.is_valid():
        try:
            made = services.take_in(**taken(request), **form.given(), relation_id=relation)
        except Invalid as refusal:
            form.refused({"uploads" if name == "files" else name: said for name, said in refusal.fields.items()})
        else:
            return see_other(_after(request, made))
    context = {
        "page": Page(_("Take documents in")),
        "form": form,
        "submit": _("Read them"),
        "cancel": reverse("intake:list"),
        "may": queries.may_take_in(request.actor),
    }
    return render(request, "intake/new.html", context, status=422 if form.errors else 200)


def _after(request: Request, made: list[services.TakenIn]) -> str:
    known = [one for one in made if one.known]
    if known:
        said = ngettext(
            "%(count)s document had been taken in before: nothing was stored again.",
            "%(count)s documents had been taken in before: nothing was stored again.",
            len(known),
        )
        messages.info(request, said % {"count": len(known)})
    if len(made) == 1:
        return reverse("intake:document", args=[made[0].document.public_id])
    fresh = next((one.document.batch for one in made if not one.known), "")
    return reverse("intake:batch", args=[fresh]) if fresh else reverse("intake:list")


@door()
def batch(request: Request, batch: str) -> HttpResponse:
    """Show how far the reader has come with what was handed in together."""
    return render(request, "intake/batch.html", _batch(request, batch))


@door()
def batch_progress(request: Request, batch: str) -> HttpResponse:
    """The part of that page which is asked for again and again."""
    context = _batch(request, batch)
    return render(request, "intake/progress.html", context, status=DONE if context["batch"].is_done else 200)


def _batch(request: Request, batch_id: str) -> dict[str, Any]:
    found = queries.batch(request.actor, batch_id)
    return {
        "page": Page(_("Documents taken in together") if found.is_done else _("Documents being read")),
        "batch": found,
        "share": 100 * found.done // found.total,
        "again_url": reverse("intake:batch_progress", args=[batch_id]),
    }
