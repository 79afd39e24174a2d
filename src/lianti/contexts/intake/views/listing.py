"""The list of documents: to review first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.intake import labels, queries
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Action, Chip, Chips, Column, Empty, Page
from lianti.lib.web.templatetags.web import query_with

COLUMNS = (
    Column(_("Document")),
    Column(_("Medium"), wide=True),
    Column(pgettext_lazy("document", "Published on"), kind="day", wide=True),
    Column(_("To review"), kind="number"),
    Column(pgettext_lazy("proposal state", "Accepted"), kind="number"),
    Column(_("State"), kind="mark"),
    Column(_("Taken in"), kind="day"),
)


@door()
def documents(request: Request) -> HttpResponse:
    """List the documents that the reader's institution took in."""
    show = request.GET.get("show", "open")
    show = show if show in labels.SHOWN else "open"
    found = queries.documents(request.actor, show=show, after=request.GET.get("after"))
    may = queries.may_take_in(request.actor)
    context = {
        "page": Page(
            _("Documents"), actions=[Action(_("Take documents in"), reverse("intake:new"), primary=True)] if may else []
        ),
        "chips": [
            Chips(
                _("Which"),
                [
                    Chip(word, query_with(request, show="" if code == "open" else code), active=code == show)
                    for code, word in labels.SHOWN.items()
                ],
            )
        ],
        "columns": COLUMNS,
        "rows": found.items,
        "more": found.more,
        "empty": Empty(
            _("No documents here"),
            _("Reports, minutes and web pages that prove what was promised and done: what they say becomes records."),
            reverse("intake:new") if may else "",
            _("Take documents in"),
        ),
    }
    return render(request, "intake/documents.html", context)
