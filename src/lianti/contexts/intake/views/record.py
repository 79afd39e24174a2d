"""The page of one document: while it is read, when it could not be, and its review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from lianti.contexts.evidence import services as evidence
from lianti.contexts.intake import forms, labels, queries, services
from lianti.contexts.intake.queries import DocumentLine, ReviewPage
from lianti.contexts.network import queries as network
from lianti.lib.web.doors import Request, door
from lianti.lib.web.forms import Base
from lianti.lib.web.moving import Step
from lianti.lib.web.parts import Empty, Fact, Head, Move
from lianti.records.pages import moments
from lianti.records.words import Say, Words

TOLD = Words(_("Document"), _("Documents"), {}, {name: Say(story) for name, story in labels.STORY.items()})
ORDER = ("say_ourselves", "retry", "close", "reopen", "take_back", "drop")


@door()
def document(request: Request, public_id: str) -> HttpResponse:
    """Show a document."""
    return page_of(request, public_id, {})


@door()
def progress(request: Request, public_id: str) -> HttpResponse:
    """The part of a waiting document's page which is asked for again; when it is read, the page is opened anew."""
    line = queries.document_line(request.actor, public_id)
    if line.is_waiting:
        context = {"line": line, "steps": reading_steps(line), "again_url": request.path}
        return render(request, "intake/waiting_part.html", context)
    return HttpResponse(status=286, headers={"HX-Refresh": "true"})


@door()
def download(request: Request, public_id: str) -> HttpResponse:
    """Hand out a document as it came."""
    held = services.fetch_original(actor=request.actor, at=timezone.now(), key=None, document_id=public_id)
    return evidence.response(held)


def page_of(request: Request, public_id: str, failed: Mapping[str, Base]) -> HttpResponse:
    """Draw the page of a document, with the forms that were refused."""
    page = queries.review(request.actor, public_id)
    line = page.line
    context: dict[str, Any] = {
        "head": Head(
            title=line.label,
            number=line.number,
            kind=_("Document"),
            state=line.state,
            label=line.state_label,
            tone=line.tone,
            back=reverse("intake:list"),
            back_label=_("Documents"),
        ),
        "moves": _moves(request, page, failed),
        "facts": _facts(page),
        "story": moments(TOLD, page.story),
        "page": page,
        "view": request.GET.get("view", "review"),
        "ourselves_form": forms.Ourselves.of(page, request.actor.tenant_id, None) if page.asks_ourselves else None,
        "line": line,
        "steps": reading_steps(line),
        "again_url": reverse("intake:progress", args=[public_id]),
        "file_url": reverse("intake:file", args=[public_id]),
        "accept_url": reverse("intake:accept", args=[public_id]),
        "decisions": labels.DECISIONS,
        "keys": labels.SHORTCUTS,
        "empty": Empty(_("Nothing is proposed"), _("The text names no record that could be told from it.")),
    }
    template = "intake/review.html" if page.paragraphs else "intake/waiting.html"
    return render(request, template, context, status=422 if failed else 200)


def reading_steps(line: DocumentLine) -> list[dict[str, Any]]:
    """Return the steps of reading a document with where each lies: 'past', 'now' or 'next'."""
    order = list(labels.PHASES)
    at = order.index(line.phase)
    return [
        {"label": word, "where": "past" if number < at else "now" if number == at else "next"}
        for number, word in enumerate(labels.PHASES.values())
    ]


def steps(request: Request, page: ReviewPage) -> dict[str, Step]:
    """Return what can be done with the document as a whole."""
    ident = page.line.public_id

    def bare(verb: Any) -> Step:
        return Step(lambda _data: None, lambda given, _form: verb(**given, document_id=ident))

    def drop(given: dict[str, Any], form: Any) -> Any:
        return services.drop(**given, document_id=ident, note=form.cleaned_data["note"])

    def ourselves(given: dict[str, Any], form: Any) -> Any:
        return services.say_ourselves(**given, document_id=ident, institution_id=form.cleaned_data["institution"])

    return {
        "retry": bare(services.retry),
        "close": bare(services.close),
        "reopen": bare(services.reopen),
        "take_back": bare(services.take_back),
        "drop": Step(forms.Reason, drop),
        "say_ourselves": Step(lambda data: forms.Ourselves.of(page, request.actor.tenant_id, data), ourselves),
    }


def _moves(request: Request, page: ReviewPage, failed: Mapping[str, Base]) -> list[Move]:
    may, known = {t.name: t for t in page.open_moves}, steps(request, page)
    return [
        Move(
            name=name,
            label=labels.MOVES[name],
            url=reverse("intake:move", args=[page.line.public_id, name]),
            form=failed.get(name) or known[name].form(None),
            primary=may[name].primary and (name != "close" or not page.line.open),
            danger=may[name].danger,
            ask=_ask(name, page),
        )
        for name in ORDER
        if name in may and name != "say_ourselves"
    ]


def _ask(name: str, page: ReviewPage) -> str:
    if name != "take_back":
        return ""
    said = ngettext(
        "%(count)s record came of it. It is withdrawn unless somebody has built on it; what was merged stays.",
        "%(count)s records came of it. They are withdrawn unless somebody has built on one; what was merged stays.",
        page.line.accepted,
    )
    return said % {"count": page.line.accepted}


def _facts(page: ReviewPage) -> list[Fact]:
    line, relation = page.line, page.relation
    return [
        Fact(_("File"), line.name, url=reverse("intake:file", args=[line.public_id])),
        Fact(pgettext_lazy("document", "Published on"), line.published.isoformat() if line.published else ""),
        Fact(_("Medium"), line.medium),
        network.relation_fact(relation),
        Fact(_("“Our hospital” is"), page.ourselves.name if page.ourselves else ""),
    ]
