"""The list of agreements: in force, expiring, in negotiation, ended."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements import domain, labels, queries
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Action, Chip, Chips, Column, Empty, Page
from lianti.lib.web.templatetags.web import query_with

COLUMNS = (
    Column(_("Agreement")),
    Column(_("Relation"), wide=True),
    Column(_("Parties")),
    Column(_("State"), kind="mark"),
    Column(_("Time in force"), kind="day"),
    Column(_("Promises"), kind="number"),
)


@door()
def agreements(request: Request) -> HttpResponse:
    """List the agreements whose party the reader's institution is."""
    actor, today = request.actor, shanghai_day(timezone.now())
    show = request.GET.get("show", "in_force")
    show = show if show in labels.SHOWN else "in_force"
    found = queries.agreements(actor, show=show, today=today, after=request.GET.get("after"))
    counts = queries.counts(actor, today)
    chips = [
        Chip(word, query_with(request, show="" if code == "in_force" else code), code == show, counts[code])
        for code, word in labels.SHOWN.items()
    ]
    actions = []
    if queries.may_enter_signed(actor):
        actions.append(Action(_("Enter a signed agreement"), reverse("agreements:new_signed"), primary=True))
    if queries.may_draft(actor):
        actions.append(Action(_("Write a draft"), reverse("agreements:new")))
    context = {
        "page": Page(_("Agreements"), actions=actions),
        "chips": [Chips(_("Which"), chips)],
        "columns": COLUMNS,
        "rows": [(line, domain.expires_soon(line.to_date, today), _run_out(line, today)) for line in found.items],
        "more": found.more,
        "empty": Empty(
            _("No agreements here"),
            _("What institutions promise each other stands here, and beside it what was done."),
            actions[0].url if actions else "",
            actions[0].label if actions else "",
        ),
    }
    return render(request, "agreements/agreements.html", context)


def _run_out(line: queries.AgreementLine, today: object) -> bool:
    return line.state == "in_force" and domain.has_run_out(line.to_date, today)  # type: ignore[arg-type]
