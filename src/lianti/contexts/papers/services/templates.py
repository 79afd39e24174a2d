"""Templates that institutions bring in the place of ours."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lianti.contexts.evidence import services as evidence
from lianti.contexts.papers import flow, words
from lianti.contexts.papers.domain import alone, starting
from lianti.contexts.papers.domain.filling import Unfillable, look_inside
from lianti.contexts.papers.models import Template
from lianti.contexts.papers.queries import known
from lianti.kernel import scope
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid, Sentence

PAPERS_ARE = "zh-hans"  # whatever language the reader's pages are in


def bring(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    paper: str,
    upload: evidence.Upload,
    from_date: date,
    title: str = "",
) -> Template:
    """Keep an institution's own document for a kind of paper, once an example of it could be made.

    Raises NotFound, NotAllowed, KeyReused, Invalid at `file` with the placeholder that is wrong.
    """
    kind = known.kind(paper)
    if not upload.name.lower().endswith(".docx"):
        raise Invalid({"file": _("A template is a document of Word (.docx).")})
    row = Template(
        public_id=ids.new(), paper=paper, holder_id=actor.tenant_id, title=title.strip()[:60], from_date=from_date
    )
    flow.TEMPLATES.table.may(actor, "papers.template", row)
    try:
        look_inside(upload.content)
        alone.tried(upload.content, kind)
    except Unfillable as unfit:
        raise Invalid({"file": said(unfit)}) from unfit
    with scope.acting(actor), transaction.atomic():
        held = Template.objects.filter(holder=actor.tenant_id, paper=paper)
        row.number = (held.aggregate(most=Max("number"))["most"] or 0) + 1
        try:
            row.file = evidence.store(actor=actor, at=at, key=None, name=upload.name, content=upload.content)
        except Invalid as refused:
            raise Invalid({"file": next(iter(refused.fields.values()))}) from refused
        body = [paper, row.file.sha256, from_date.isoformat(), row.title]
        return engine.create(flow.TEMPLATES, row, name="bring", actor=actor, at=at, key=key, body=body)


def end(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    template_id: str,
    until: date | None = None,
    note: str = "",
    version: int | None = None,
) -> Template:
    """End a template: papers are drawn by the one before it, or by ours. `until`: its last day, at first yesterday.

    Raises NotFound, NotAllowed, Conflict.
    """
    fields = {"until": until or shanghai_day(at) - timedelta(days=1)}
    moved: Template = engine.move(
        flow.TEMPLATES, template_id, name="end", actor=actor, at=at, key=key, fields=fields, note=note, version=version
    )
    return moved


def said(unfit: Unfillable) -> Sentence:
    """Return why a template cannot be used, with the placeholder or part that it is about."""
    return words.UNFIT[unfit.why] % {"what": unfit.what}


def ours(paper: str) -> bytes:
    """Return our own document of a kind of paper. Raises NotFound."""
    with translation.override(PAPERS_ARE):
        return starting.document(known.kind(paper))
