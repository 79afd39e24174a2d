"""Pages of service certificates: their list, one of each, its print and document, all chosen ones as one file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import queries, services
from lianti.contexts.dispatch.forms import proving as forms
from lianti.contexts.dispatch.forms import said
from lianti.contexts.dispatch.queries import CERTIFICATE, CertificatePage
from lianti.contexts.dispatch.words import iso
from lianti.contexts.dispatch.words.proving import CERTIFICATE_PAPER
from lianti.contexts.evidence import services as evidence
from lianti.contexts.papers import queries as papers
from lianti.contexts.papers import services as drawing
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid, Sentence
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Fact, Page
from lianti.records import cells, listing, lists
from lianti.records.asking import Named
from lianti.records.entering import Entry
from lianti.records.lists import Bulk, Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, typed
from lianti.records.reading import ByAudience

_IN_THE_FILE = _("Issued ones are in it as documents; who is left out, and why, stands in a list inside.")
ENTRY = Entry(CERTIFICATE, "draft", _("Draft a service certificate"), pgettext_lazy("certificate", "Draft"))

TOGETHER = _("One public notice for several")

LIST = lists.register(
    RecordList(
        CERTIFICATE,
        columns=(
            Column("who", pgettext_lazy("dispatch", "Person"), cells.RECORD),
            Column("days", _("Counted days"), cells.QUANTITY, labelled=True),
            Column("months", _("Counted months"), cells.TEXT, labelled=True),
            Column("missing", _("Seals wanting"), cells.TEXT, labelled=True),
            Column("until", _("Counted up to"), cells.DAY, order="latest"),
            Column("state", _("State"), cells.STATE),
        ),
        asked=queries.CertificateAsks,
        orders={"latest": Order(lists.LATEST_FIRST, ("-until", "-id"))},
        source=ByAudience("until"),
        rows=queries.certificate_rows,
        empty=(_("No certificates here"), _("Proof of service for a promotion board stands here, seal by seal.")),
        starts=(
            Start(ENTRY.title, "/dispatch/certificates/new/", queries.may_plan),
            Start(_("All issued ones as one file"), "/dispatch/certificates/zip/", queries.may_plan),
            Start(TOGETHER, "/dispatch/certificates/notice/", queries.may_plan),
        ),
        bulk=(
            Bulk("approve", services.approve, "certificate_id"),
            Bulk("issue", services.issue_certificate, "certificate_id"),
        ),
    )
)


def _facts(page: CertificatePage) -> list[Fact]:
    row, person = page.certificate, page.person
    public = f"{row.public_from} – {row.public_to} {row.public_place}".strip() if row.public_from else ""
    owed = f" / {row.owed}" if row.owed else ""
    return [
        Fact(pgettext_lazy("dispatch", "Person"), person.name, url=reverse("network:person", args=[person.public_id])),
        Fact(_("Title and department"), " ".join(map(str, filter(None, (person.title_label, person.department))))),
        Fact(pgettext_lazy("papers", "Name of the paper"), row.title),
        Fact(_("Title applied for"), row.applied_title),
        Fact(_("Counted days"), str(row.days)),
        Fact(_("Counted months"), f"{row.months}{owed}"),
        Fact(_("Days lacking"), str(row.lacking) if row.lacking else ""),
        Fact(_("Counted up to"), row.until.isoformat()),
        Fact(_("Rules by which days were counted"), row.ruled, wide=True),
        Fact(_("Public notice"), public),
        Fact(_("Number and day of the paper issued elsewhere"), f"{row.told_number} {iso(row.told_on)}".strip()),
        Fact(
            pgettext_lazy("certificate", "Paper"),
            page.paper.number if page.paper else "",
            url=page.paper.url if page.paper else "",
        ),
    ]


def _waits_here(page: CertificatePage) -> bool:
    return bool(page.wanted)


PAGE: RecordPage[CertificatePage] = RecordPage(
    CERTIFICATE,
    template="dispatch/certificate.html",
    ident="certificate_id",
    read=queries.certificate_page,
    facts=_facts,
    acts={
        "seal": Act(services.seal, typed(said.Note), offered=_waits_here),
        "endorse": Act(services.endorse, typed(said.Note), offered=_waits_here),
        "approve": Act(services.approve, typed(said.Note), offered=_waits_here),
        "book_seal": Act(services.book_seal, forms.BookSeal.of, forms.BookSeal.given, offered=_waits_here),
        "publicise": Act(services.publicise_certificate, typed(forms.PublicNotice)),
        "issue": Act(services.issue_certificate, typed(said.Note)),
        "recount": Act(services.recount, forms.Certify.of, lambda _page, form: {"facts": form.facts()}),
        "withdraw": Act(services.withdraw_certificate, typed(said.Reason)),
    },
)


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Draft the certificate of one person."""
    wanted = request.GET.get("person", "")
    people = queries.own_people(request.actor) if queries.may_plan(request.actor) else []
    name = next((str(one.name) for one in people if one.public_id == wanted), "")
    form = forms.DraftCertificate(request.POST or None, people, initial={"person": name})

    def make(told: dict[str, Any]) -> Any:
        return services.draft_certificate(**told, person_id=form.cleaned_data["person"].id, facts=form.facts())

    note = "" if queries.may_plan(request.actor) else _("The sending institution's office or coordinator do this.")
    return ENTRY.show(request, form, make, note=note)


@door()
def printed(request: Request, public_id: str) -> HttpResponse:
    """Show a certificate as it goes on paper; before it is issued, its draft."""
    row, content = queries.certificate_content(request.actor, public_id)
    with translation.override("zh-hans"):
        kind = papers.kind(CERTIFICATE_PAPER)
        told = {"title": row.title or str(kind.title), **dict.fromkeys(("number", "code", "address", "issuer"), "")}
        blocks = papers.laid(kind, {**told, "issued_on": "", **content})
    context = {
        "title": told["title"],
        "subtitle": content["unit"],
        "number": row.number,
        "back": CERTIFICATE.url(public_id),
        "sheets": [blocks],
        "valid": row.paper_id is not None,
        "state": CERTIFICATE.words.state(row.state),
    }
    return render(request, "papers/print.html", context)


@door()
def document(request: Request, public_id: str) -> HttpResponse:
    """Hand out a certificate as a document by the sender's own form, to be stamped on its way."""
    row, content = queries.certificate_content(request.actor, public_id)
    now = timezone.now()
    blank = {"number": row.number, "code": "—", "address": "—", "issuer": content["unit"], "issued_on": "—"}
    if row.title:
        blank["title"] = row.title
    held = drawing.draw(
        actor=request.actor,
        at=now,
        paper=CERTIFICATE_PAPER,
        issuer_id=row.sender_id,
        day=shanghai_day(now),
        content={**blank, **content},
    )
    return evidence.response(held)


@door()
def scan(request: Request, public_id: str, seal: int) -> HttpResponse:
    """Hand out the scan of a seal on paper."""
    file = queries.seal_scan(request.actor, public_id, seal)
    held = evidence.fetch(
        actor=request.actor,
        at=timezone.now(),
        file_id=file.public_id,
        grant=evidence.Grant(CERTIFICATE.code, public_id),
        why="scan of a seal",
    )
    return evidence.response(held)


@door(methods=("GET", "POST"))
def notice(request: Request) -> HttpResponse:
    """Make several certificates public by one notice, all or none."""
    offered = queries.certificates_to_publicise(request.actor, request.GET.get("after", "")[:26])
    form = forms.NoticeForMany(request.POST if request.method == "POST" else None, offered.rows)
    if request.method == "POST" and form.is_valid():
        try:
            services.publicise_certificates(**taken(request), **form.cleaned_data)
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            messages.success(request, str(CERTIFICATE.words.moves["publicise"].done))
            return see_other(CERTIFICATE.base)
    context = {
        "page": Page(TOGETHER),
        "form": form,
        "submit": CERTIFICATE.words.moves["publicise"].button,
        "cancel": CERTIFICATE.base,
        "note": _offered(offered),
        "way": f"?after={offered.more}" if offered.more else "?" if offered.first > 1 else "",
        "way_word": _("Offer the next ones") if offered.more else _("Offer the first ones"),
    }
    return render(request, "records/enter.html", context, status=422 if form.errors else 200)


def _offered(offered: queries.Offered) -> Sentence:
    if not offered.rows:
        return _("No certificate waits for its public notice.")
    if len(offered.rows) == offered.total:
        return ""
    said = _("Certificates %(first)s to %(last)s of %(total)s that wait are offered here; the others are not touched.")
    return said % {"first": offered.first, "last": offered.last, "total": offered.total}


@door(methods=("GET", "POST"))
def zipped(request: Request) -> HttpResponse:
    """Choose certificates to be put into one file; those that cannot be in it are listed in it with the reason."""
    rows = queries.certificates_to_choose(request.actor)
    form = forms.ChooseCertificates(request.POST if request.method == "POST" else None, rows)
    if request.method == "POST" and form.is_valid():
        address = request.build_absolute_uri(reverse("papers:check"))
        services.zip_certificates(**taken(request), certificate_ids=form.cleaned_data["chosen"], address=address)
        messages.success(request, _("The file is being made; it is kept for a day."))
        return see_other("/jobs/")
    context = {
        "page": Page(_("Certificates as one file"), text=_IN_THE_FILE),
        "form": form,
        "submit": _("Make the file"),
        "cancel": CERTIFICATE.base,
        "note": _chosen_of(len(rows)),
    }
    return render(request, "records/enter.html", context, status=422 if form.errors else 200)


def _chosen_of(count: int) -> Sentence:
    if count >= queries.CHOSEN_AT_MOST:
        said = _("The latest %(most)s are offered here. Choose from them, or open one by itself.")
        return said % {"most": queries.CHOSEN_AT_MOST}
    return "" if count else _("No certificates here")


def person_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the certificates of somebody; their hospital's desk may draft one here."""
    actor = getattr(request, "actor", None)
    own = actor is not None and actor.tenant_id == subject.employer.id and queries.may_plan(actor)
    asked = queries.CertificateAsks(show="all", person=Named.of(subject))
    return listing.part(request, LIST, asked, begin=f"person={subject.public_id}" if own else "")
