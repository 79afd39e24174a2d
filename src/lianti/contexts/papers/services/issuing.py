"""Papers with a number and a code: issued as they stand, withdrawn, replaced."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import translation

from lianti.contexts.network import queries as network
from lianti.contexts.papers import flow
from lianti.contexts.papers.domain import codes
from lianti.contexts.papers.models import IssuedPaper
from lianti.contexts.papers.queries import known
from lianti.contexts.papers.queries.records import in_force
from lianti.contexts.papers.services.templates import PAPERS_ARE
from lianti.kernel import audience, numbers, scope
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day


@dataclass(frozen=True)
class PaperFacts:
    """What a paper says and of what; `shown`: total and rules as whoever types the code is told them.

    `name`: whose paper it is, of which the public page shows a part. `parties`: whom it goes to beside its issuer.
    `number`: where the record has one that the paper bears too; whoever may make the record has its paper.
    """

    paper: str
    subject_kind: str
    subject_id: str
    content: Mapping[str, Any]
    name: str = ""
    total: str = ""
    rules: str = ""
    title: str = ""
    parties: Iterable[int] = field(default=())
    number: str = ""


def issue(
    *, actor: Actor, at: datetime, key: str | None, paper: PaperFacts, replaces_id: int | None = None
) -> IssuedPaper:
    """Issue a paper in the name of the actor's institution: number, code and content stand from now on.

    Raises NotFound, NotAllowed, Conflict, KeyReused.
    """
    kind, day = known.kind(paper.paper), shanghai_day(at)
    issuer = network.institution_by_id(actor.tenant_id)
    with scope.acting(actor):
        template = in_force(issuer.id, kind.code, day)
        with translation.override(PAPERS_ARE):
            title = paper.title or (template.title if template else "") or str(kind.title)
        code = codes.new()
        number = paper.number or _number(kind.series, issuer.id, at)
        told = {"title": title, "number": number, "code": code, "issuer": issuer.name, "issued_on": day.isoformat()}
        content = {**paper.content, **told}
        row = IssuedPaper(
            public_id=ids.new(),
            number=number,
            paper=kind.code,
            title=title,
            issuer_id=issuer.id,
            subject_kind=paper.subject_kind,
            subject_id=paper.subject_id,
            content=content,
            shown={
                "title": title,
                "name": codes.masked(paper.name),
                "total": paper.total,
                "rules": paper.rules,
                "issuer": issuer.name,
            },
            digest=digest(content),
            code=code,
            code_hash=codes.hashed(code),
            issued_on=day,
            template=template,
            replaces_id=replaces_id,
        )
        body = [paper.paper, paper.subject_id]
        name = "hand_out" if paper.number else "issue"
        made = engine.create(flow.PAPERS, row, name=name, actor=actor, at=at, key=key, body=body)
        if made is row:
            audience.grant(flow.PAPERS, row, {issuer.id, *paper.parties})
            if replaces_id is not None:
                fields = {"ended_on": day}
                engine.move(flow.PAPERS, replaces_id, name="replace", actor=actor, at=at, fields=fields)
        return made


def _number(series: str, issuer_id: int, at: datetime) -> str:
    """Return the next number of an issuer in this year: each institution counts its own papers."""
    _name, year, running = numbers.take(f"{series}{issuer_id}", at).rsplit("-", 2)
    return f"{series}-{year}-{running}"


def digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content, whatever the order of its fields."""
    said = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def withdraw(
    *, actor: Actor, at: datetime, key: str | None, paper_id: str | int, note: str, version: int | None = None
) -> IssuedPaper:
    """Withdraw a paper with the reason; whoever checks its code is told that it is not valid, not why.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    fields = {"ended_on": shanghai_day(at)}
    moved: IssuedPaper = engine.move(
        flow.PAPERS, paper_id, name="withdraw", actor=actor, at=at, key=key, fields=fields, note=note, version=version
    )
    return moved


def valid_of(*, actor: Actor, subject_kind: str, subject_id: str) -> IssuedPaper | None:
    """Return the paper that stands for a record, to be withdrawn or replaced."""
    rows = IssuedPaper.objects.filter(
        issuer=actor.tenant_id, subject_kind=subject_kind, subject_id=subject_id, state="valid"
    )
    return rows.order_by("-pk").first()
