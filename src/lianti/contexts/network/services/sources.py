"""Papers, programmes, and what loaded files said."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network import domain, rules
from lianti.contexts.network.domain import DocumentDraft, FigureDraft
from lianti.contexts.network.models import Document, Figure, Institution, LoadedRecord, Programme, Source
from lianti.contexts.network.states import DocumentKind
from lianti.kernel import notices, scope
from lianti.kernel.notices import Tell
from lianti.kernel.workflow.engine import ADOPTERS
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, NotAllowed, NotFound
from lianti.lib.roles import DESK, Role


def record_document(*, actor: Actor, at: datetime, key: str | None, document: DocumentDraft) -> Document:
    """Write down a paper that something will rest on; the same paper is written once. Raises NotAllowed, Invalid."""
    if actor.role in {Role.AUDITOR, Role.LINK}:
        raise NotAllowed
    return document_of(document)


def document_of(draft: DocumentDraft) -> Document:
    """Return the document with just these facts, new or already there. Raises Invalid."""
    title = domain.clean(draft.title)
    if not title or len(title) > 300:
        raise Invalid({"basis_title": _("Give a title of at most 300 characters.")})
    if draft.kind not in set(DocumentKind):
        raise Invalid({"basis_kind": _("Choose one of the kinds of document.")})
    facts = {
        "kind": draft.kind,
        "title": title,
        "number": domain.clean(draft.number)[:120],
        "date": draft.date,
        "publisher": domain.clean(draft.publisher)[:200],
        "medium": domain.clean(draft.medium)[:120],
        "file_id": draft.file_id,
    }
    return Document.objects.filter(**facts).order_by("pk").first() or Document.objects.create(**facts)


def open_programme(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    code: str,
    name: str,
    from_date: date | None = None,
    to_date: date | None = None,
    policy_basis: str = "",
) -> Programme:
    """Add a programme to the open list, or return the one with this code. Raises NotAllowed."""
    if actor.role not in {Role.OFFICE, Role.ADMINISTRATOR, Role.HEALTH_AUTHORITY, Role.SYSTEM}:
        raise NotAllowed
    facts = {"name": domain.clean(name), "from_date": from_date, "to_date": to_date, "policy_basis": policy_basis}
    return Programme.objects.get_or_create(code=code.strip() or f"P-{at:%Y%m%d%H%M%S}", defaults=facts)[0]


def adopt_source(*, actor: Actor, at: datetime, key: str | None = None, code: str, document: DocumentDraft) -> Source:
    """Write down a source of figures and the report behind it; one that is known stays. Raises NotAllowed, Invalid."""
    _adopters_only(actor)
    known = Source.objects.filter(code=code).first()
    return known or Source.objects.create(code=code, document=document_of(document), loaded_at=at)


def renew_source(*, actor: Actor, at: datetime, key: str | None = None, code: str, document: DocumentDraft) -> Source:
    """Write down a loaded file as `adopt_source` does, or what its report says now. Raises NotAllowed, Invalid.

    For the loader: in other rooms' pages many records rest on a report already, and nobody changes it there.
    """
    known = adopt_source(actor=actor, at=at, key=key, code=code, document=document)
    for name in ("kind", "title", "date", "publisher", "medium"):
        setattr(known.document, name, getattr(document, name))
    known.document.save()
    return known


def adopt_figure(*, actor: Actor, at: datetime, key: str | None = None, figure: FigureDraft, source_id: int) -> Figure:
    """Write down a number that a source states. Raises NotAllowed.

    What somebody takes in is a saying of their institution; another that it is about is asked to confirm it.
    """
    _adopters_only(actor)
    said_by = None if actor.role is Role.SYSTEM else actor.tenant_id
    with scope.acting(actor), transaction.atomic():
        made = Figure.objects.create(
            institution_id=figure.institution_id,
            relation_id=figure.relation_id,
            label=figure.label,
            value=figure.value,
            comparison=figure.comparison,
            examples=list(figure.examples),
            source_id=source_id,
            said_by_id=said_by,
            confirmed_at=at if said_by in {None, figure.institution_id} else None,
        )
        if made.confirmed_at is None and made.institution is not None:
            _ask(made, made.institution, at)
    return made


def _ask(figure: Figure, about: Institution, at: datetime) -> None:
    who = Institution.objects.values_list("short_name", flat=True).get(pk=figure.said_by_id)
    tell = Tell(about.pk, tuple(sorted(DESK)), {"who": who, "label": figure.label})
    notices.send(tell, text_key="network.figure.said", kind="network.institution", record=about.public_id, at=at)


def confirm_figure(*, actor: Actor, at: datetime, key: str | None, figure_id: str) -> Figure:
    """Confirm what another institution says of one's own, or of a common relation. Raises NotFound, NotAllowed."""
    with scope.acting(actor), transaction.atomic():
        found = Figure.objects.filter(rules.figures_visible_to(actor), public_id=figure_id, confirmed_at=None).first()
        if found is None:
            raise NotFound
        if not rules.may_confirm(actor, found):
            raise NotAllowed(_("Only the institution that a figure is about confirms it."))
        found.confirmed_at = at
        found.save(update_fields=["confirmed_at"])
    return found


def drop_figure(*, actor: Actor, at: datetime, key: str | None = None, figure_id: str) -> None:
    """Take back a figure that one's own institution wrote down by mistake. Raises NotAllowed."""
    with scope.acting(actor):
        _own_saying(actor, figure_id).delete()


def edit_figure(
    *, actor: Actor, at: datetime, key: str | None = None, figure_id: str, fields: Mapping[str, Any]
) -> None:
    """Change value, comparison or examples of a figure as its source now states them. Raises NotAllowed, Invalid."""
    if wrong := dict.fromkeys(set(fields) - {"value", "comparison", "examples"}, _("This cannot be changed here.")):
        raise Invalid(wrong)
    with scope.acting(actor):
        _own_saying(actor, figure_id).update(**fields)


def _own_saying(actor: Actor, figure_id: str) -> QuerySet[Figure]:
    """Return the figure, if a source says it and a job asks, or the actor's own institution took it in."""
    _adopters_only(actor)
    rows = Figure.objects.filter(public_id=figure_id)
    if actor.role is Role.SYSTEM:
        return rows
    if not rows.filter(said_by=actor.tenant_id).exists():
        raise NotAllowed
    return rows


def remember(
    *,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    source_id: int,
    kind: str,
    same_as: str,
    public_id: str,
    facts: Mapping[str, Any],
) -> None:
    """Keep what a source said of a record; `same_as` is the digest of what makes it the same. Raises NotAllowed."""
    _adopters_only(actor)
    LoadedRecord.objects.update_or_create(
        source_id=source_id, kind=kind, key=same_as, defaults={"public_id": public_id, "facts": dict(facts)}
    )


def _adopters_only(actor: Actor) -> None:
    if actor.role not in ADOPTERS:
        raise NotAllowed
