"""Papers as documents and PDF files: by the template in force, else by ours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from lianti.contexts.evidence import queries as files
from lianti.contexts.evidence import services as evidence
from lianti.contexts.evidence.services import Held
from lianti.contexts.papers import flow, words
from lianti.contexts.papers.domain import starting, typesetting
from lianti.contexts.papers.domain.filling import Unfillable, fill
from lianti.contexts.papers.domain.kinds import PaperKind
from lianti.contexts.papers.models import IssuedPaper, Template
from lianti.contexts.papers.queries import known
from lianti.contexts.papers.queries.records import in_force
from lianti.contexts.papers.services.templates import PAPERS_ARE, said
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def draw(*, actor: Actor, at: datetime, paper: str, issuer_id: int, day: date, content: Mapping[str, Any]) -> Held:
    """Return a paper without number as a document, by its issuer's template in force on a day, else by ours.

    `content` holds a text for each placeholder of the kind, the name of the paper where it has one of its own.
    Raises NotFound, Conflict.
    """
    with scope.acting(actor):
        template = in_force(issuer_id, paper, day)
        return _drawn(actor, at, known.kind(paper), template, content)


def draw_issued(*, actor: Actor, at: datetime, paper_id: str | int, address: str) -> Held:
    """Return an issued paper as a document, by the template by which it was issued. Raises NotFound, Conflict."""
    with scope.acting(actor):
        row: IssuedPaper = flow.PAPERS.locked(paper_id, actor)
        template = Template.objects.filter(pk=row.template_id).first() if row.template_id else None
        return _drawn(actor, at, known.kind(row.paper), template, {**row.content, "address": address}, row.number)


def pdf_of(*, actor: Actor, paper_id: str, address: str) -> Held:
    """Return an issued paper as PDF, laid out as ours is. Raises NotFound, Conflict where this site cannot."""
    with scope.acting(actor), translation.override(PAPERS_ARE):
        row: IssuedPaper = flow.PAPERS.locked(paper_id, actor)
        if not typesetting.is_there():
            raise Conflict(words.NO_PDF)
        foot = [f"验证码：{row.code}    核验网址：{address}"]
        folders = [settings.FONTS] if settings.FONTS else []
        try:
            made = typesetting.pdf(known.kind(row.paper), {**row.content, "address": address}, foot, folders)
        except typesetting.NoFont as none:
            raise Conflict(words.NO_FONT) from none
    return Held(f"{row.number}.pdf", "application/pdf", made)


def can_make_pdf() -> bool:
    """Tell whether this site has added what PDF files need."""
    return typesetting.is_there()


def _drawn(
    actor: Actor, at: datetime, kind: PaperKind, template: Template | None, content: Mapping[str, Any], name: str = ""
) -> Held:
    with translation.override(PAPERS_ARE):
        own = template.title if template else ""
        said_of = {**content, "title": content.get("title") or own or str(kind.title)}
        document = starting.document(kind) if template is None else _document(actor, at, template)
        try:
            made = fill(document, kind, said_of)
        except Unfillable as unfit:
            raise Conflict(said(unfit)) from unfit
    return Held(f"{name or said_of['title']}.docx", DOCX, made)


def _document(actor: Actor, at: datetime, template: Template) -> bytes:
    file = files.files([template.file_id])[template.file_id]
    grant = evidence.Grant(flow.TEMPLATES.kind, template.public_id)
    return evidence.read(actor=actor, at=at, file_id=file.public_id, grant=grant, why="a paper is drawn")
