"""Papers and templates as rows of lists, and what the page of one shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts
from lianti.contexts.papers import rules, words
from lianti.contexts.papers.flow import PAPERS, TEMPLATES
from lianti.contexts.papers.models import IssuedPaper, Template
from lianti.contexts.papers.queries import known
from lianti.contexts.papers.states import IssuedPaperState, TemplateState
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound, Sentence
from lianti.records import asking
from lianti.records.asking import Asked, Choice, Day, Named, PlaceIs, asks
from lianti.records.cells import Link, State
from lianti.records.directory import Place
from lianti.records.kinds import Brief, Kind
from lianti.records.reading import visible


def title_of(code: str) -> Sentence:
    """Return the name of a kind of paper; its code where its room is off."""
    try:
        return known.kind(code).title
    except NotFound:
        return code


def paper_briefs(rows: Sequence[IssuedPaper]) -> list[Brief]:
    """Return how papers are named: one query more."""
    places = network.institutions_by_id({row.issuer_id for row in rows})
    return [
        Brief(row.pk, row.public_id, row.state, row.version, f"{row.title} {row.content.get('name', '')}".strip(),
              row.number, parties=(("", places[row.issuer_id]),))
        for row in rows
    ]  # fmt: skip


def template_briefs(rows: Sequence[Template]) -> list[Brief]:
    """Return how templates are named: one query more."""
    places = network.institutions_by_id({row.holder_id for row in rows})
    return [
        Brief(row.pk, row.public_id, row.state, row.version, row.title or title_of(row.paper), f"v{row.number}",
              title_of(row.paper), (("", places[row.holder_id]),))
        for row in rows
    ]  # fmt: skip


PAPER = Kind(PAPERS, words.PAPER, "/papers/", ("list", "paper", "move"), paper_briefs, ("number",))
TEMPLATE = Kind(
    TEMPLATES, words.TEMPLATE, "/papers/templates/", ("templates", "template", "move_template"), template_briefs
)


def by_number(actor: Actor, number: str) -> str | None:
    """Return the public id of a paper that the actor may know of."""
    rows = visible(PAPERS, actor).narrowed(Q(number=number)).all(most=1)
    return rows[0].public_id if rows else None


_PAPERS = {"valid": Q(state=IssuedPaperState.VALID), "ended": ~Q(state=IssuedPaperState.VALID), "all": Q()}
_TEMPLATES = {code: Q(state=code) if code in set(TemplateState) else Q() for code in words.KEPT}


@dataclass(frozen=True)
class PaperAsks(Asked):
    """What the list of papers can be asked."""

    show: str = asks(Choice(_("Which"), words=words.SHOWN, fits=_PAPERS), default="valid")
    place: Named | None = asks(PlaceIs(pgettext_lazy("papers", "Issuer"), ("issuer",)))
    since: date | None = asks(Day(asking.SINCE, ("issued_on",)))
    until: date | None = asks(Day(asking.UNTIL, ("issued_on",), lookup="lte"))


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper as the list draws it."""

    id: int
    public_id: str
    version: int
    paper: Link
    issuer: Place
    total: str
    issued: date
    state: State


def paper_rows(records: Sequence[IssuedPaper], _actor: Actor, _today: date) -> list[PaperRow]:
    """Return papers as rows: one query more."""
    places = network.institutions_by_id({row.issuer_id for row in records})
    return [
        PaperRow(
            row.pk,
            row.public_id,
            row.version,
            Link(PAPER.url(row.public_id), f"{row.title} {row.content.get('name', '')}".strip(), row.number),
            places[row.issuer_id],
            str(row.shown.get("total", "")),
            row.issued_on,
            words.PAPER.state(row.state),
        )
        for row in records
    ]


@dataclass(frozen=True)
class TemplateAsks(Asked):
    """What the list of templates can be asked."""

    show: str = asks(Choice(_("Which"), words=words.KEPT, fits=_TEMPLATES), default="kept")


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One template as the list draws it."""

    id: int
    public_id: str
    version: int
    template: Link
    paper: Sentence
    since: date
    state: State


def template_rows(records: Sequence[Template], _actor: Actor, _today: date) -> list[TemplateRow]:
    """Return templates as rows: no query more."""
    return [
        TemplateRow(
            row.pk,
            row.public_id,
            row.version,
            Link(TEMPLATE.url(row.public_id), str(row.title or title_of(row.paper)), f"v{row.number}"),
            title_of(row.paper),
            row.from_date,
            words.TEMPLATE.state(row.state),
        )
        for row in records
    ]


@dataclass(frozen=True)
class PaperPage:
    """What the page of a paper shows. `paper` is read only."""

    paper: IssuedPaper
    issuer: InstitutionFacts
    before: IssuedPaper | None


def paper_page(_actor: Actor, row: IssuedPaper) -> PaperPage:
    """Return what its page shows."""
    before = IssuedPaper.objects.filter(pk=row.replaces_id).first() if row.replaces_id else None
    return PaperPage(row, network.institution_by_id(row.issuer_id), before)


@dataclass(frozen=True)
class PaperLine:
    """A paper of a record, for that record's page."""

    number: str
    title: str
    url: str
    state: State
    code: str
    issued_on: date


def papers_of(actor: Actor, kind: str, public_ids: Iterable[str]) -> dict[str, list[PaperLine]]:
    """Return the papers issued about these records of a kind, latest first, as far as the actor may know of them."""
    rows = IssuedPaper.objects.filter(
        rules.PAPERS.visible_to(actor), subject_kind=kind, subject_id__in=list(public_ids)
    ).order_by("-pk")
    found: dict[str, list[PaperLine]] = {}
    for row in rows:
        line = PaperLine(
            row.number, row.title, PAPER.url(row.public_id), words.PAPER.state(row.state), row.code, row.issued_on
        )
        found.setdefault(row.subject_id, []).append(line)
    return found


def issued_of(actor: Actor, kind: str, public_id: str) -> IssuedPaper | None:
    """Return the paper that was issued last about a record, as far as the actor may know of it; read only."""
    rows = IssuedPaper.objects.filter(rules.PAPERS.visible_to(actor), subject_kind=kind, subject_id=public_id)
    return rows.order_by("-pk").first()


def in_force(holder_id: int, paper: str, day: date) -> Template | None:
    """Return the template by which an institution draws a paper on a day; None: ours."""
    held = Template.objects.filter(holder=holder_id, paper=paper, from_date__lte=day)
    return held.filter(Q(until=None) | Q(until__gte=day)).order_by("-from_date", "-number").first()


def may_bring(actor: Actor) -> bool:
    """Say whether the actor's role lets them bring a template."""
    return actor.role in rules.BRINGERS
