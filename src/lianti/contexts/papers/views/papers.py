"""Pages of numbered papers: their list, one of each, its print, document and PDF."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.evidence import services as evidence
from lianti.contexts.papers import queries, services
from lianti.contexts.papers.queries import PAPER, TEMPLATE, PaperPage
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Fact
from lianti.records import cells, codes, lists
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import RecordPage
from lianti.records.reading import ByAudience

LIST = lists.register(
    RecordList(
        PAPER,
        columns=(
            Column("paper", PAPER.words.one, cells.RECORD),
            Column("issuer", pgettext_lazy("papers", "Issuer"), cells.PLACE, wide=True),
            Column("total", pgettext_lazy("papers", "Total"), cells.TEXT),
            Column("issued", pgettext_lazy("papers", "Issued on"), cells.DAY, order="latest"),
            Column("state", _("State"), cells.STATE),
        ),
        asked=queries.PaperAsks,
        orders={"latest": Order(lists.LATEST_FIRST, ("-issued_on", "-id"))},
        source=ByAudience("issued_on"),
        rows=queries.paper_rows,
        empty=(_("No papers here"), _("Papers that were issued with a number and a code stand here.")),
        starts=(Start(TEMPLATE.words.many, "/papers/kinds/", beside=True),),
    )
)


def _facts(page: PaperPage) -> list[Fact]:
    row, before = page.paper, page.before
    return [
        Fact(pgettext_lazy("papers", "Name"), row.content.get("name", "")),
        Fact(pgettext_lazy("papers", "Issuer"), page.issuer.name),
        Fact(pgettext_lazy("papers", "Issued on"), row.issued_on.isoformat()),
        Fact(pgettext_lazy("papers", "Total"), row.shown.get("total", "")),
        Fact(pgettext_lazy("papers", "Rules"), row.shown.get("rules", "")),
        Fact(pgettext_lazy("papers", "Verification code"), row.code, url=reverse("papers:checked", args=[row.code])),
        Fact(_("Fingerprint of the content (SHA-256)"), row.digest, wide=True),
        Fact(_("In the place of"), before.number if before else "", url=PAPER.url(before.public_id) if before else ""),
    ]


def _more(_request: Request, _page: PaperPage) -> dict[str, Any]:
    return {"can_make_pdf": services.can_make_pdf()}


PAGE: RecordPage[PaperPage] = RecordPage(
    PAPER, template="papers/paper.html", ident="paper_id", read=queries.paper_page, facts=_facts, acts={}, more=_more
)


@door()
def printed(request: Request, public_id: str) -> HttpResponse:
    """Show a paper as it goes on paper, with its code to be read by a phone."""
    row = PAPER.visible(request.actor).one(public_id)
    phone = queries.kind(row.paper).phone
    leads_to = reverse(phone, args=[row.number]) if phone else reverse("papers:checked", args=[row.code])
    context = {
        "title": row.title,
        "subtitle": row.content.get("issuer", ""),
        "number": row.number,
        "code": row.code,
        "code_svg": codes.drawn(request.build_absolute_uri(leads_to), scale=2),
        "back": PAPER.url(public_id),
        "sheets": queries.as_printed(row.paper, {**row.content, "address": _address(request)}),
        "valid": row.state == "valid",
        "state": PAPER.words.state(row.state),
    }
    return render(request, "papers/print.html", context)


def _address(request: Request) -> str:
    return request.build_absolute_uri(reverse("papers:check"))


@door()
def document(request: Request, public_id: str) -> HttpResponse:
    """Hand out a paper as a document, by the template by which it was issued."""
    told: dict[str, Any] = {"actor": request.actor, "paper_id": public_id, "address": _address(request)}
    return evidence.response(services.draw_issued(**told, at=timezone.now()))


@door()
def pdf(request: Request, public_id: str) -> HttpResponse:
    """Hand out a paper as PDF, where this site can make them."""
    told: dict[str, Any] = {"actor": request.actor, "paper_id": public_id, "address": _address(request)}
    return evidence.response(services.pdf_of(**told))
