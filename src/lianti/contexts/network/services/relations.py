"""Binding institutions: requested, negotiated, in force, ended; or adopted as it already is."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network import domain
from lianti.contexts.network.domain import RelationDraft
from lianti.contexts.network.events import RelationPutInForce
from lianti.contexts.network.models import (
    Document,
    Institution,
    Programme,
    Relation,
    RelationMember,
    RelationSpecialty,
    Specialty,
)
from lianti.contexts.network.rules import RELATION_FLOW
from lianti.contexts.network.services import bonds
from lianti.contexts.network.services.sources import document_of
from lianti.contexts.network.states import Behaviour, InstitutionState
from lianti.kernel import audience, numbers, outbox
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, NotAllowed
from lianti.lib.roles import Role

MAX_MEMBERS = 500


def request_relation(*, actor: Actor, at: datetime, key: str | None, relation: RelationDraft) -> Relation:
    """Ask for a relation between institutions. Raises NotAllowed, Invalid, KeyReused."""
    draft = _checked(relation)
    with _one_code():
        return engine.create(
            RELATION_FLOW,
            _new(draft, at),
            name="request_relation",
            actor=actor,
            at=at,
            key=key,
            body=asdict(relation),
            effect=_furnish(draft, lambda record: bonds.say_yes(record, [actor.tenant_id], at, own=True)),
        )


def adopt_relation(
    *, actor: Actor, at: datetime, key: str | None = None, relation: RelationDraft, state: str, source: str
) -> Relation:
    """Take in a relation as it already is, from a source, in the lead's name. Raises NotAllowed, Conflict, Invalid.

    For jobs: what they take in counts as confirmed by all. A person requests a relation and says yes for one side.
    """
    if actor.role is not Role.SYSTEM:
        raise NotAllowed
    draft = _checked(relation)
    own = replace(actor, tenant_id=draft.lead_id)

    def say_yes(record: Relation) -> None:
        bonds.say_yes(record, record.party_ids(authority=True), at, own=False)

    with _one_code():
        return engine.adopt(
            RELATION_FLOW,
            _new(draft, at),
            state=state,
            actor=own,
            at=at,
            key=key,
            source=source,
            effect=_furnish(draft, say_yes),
        )


def negotiate(
    *, actor: Actor, at: datetime, key: str | None, relation_id: str, note: str = "", version: int | None = None
) -> Relation:
    """Take up a requested relation. Raises NotFound, NotAllowed, Conflict."""

    def takes_it_up(record: Relation) -> None:
        bonds.say_yes(record, [actor.tenant_id], at, own=True)

    return _move("negotiate", relation_id, actor, at, key, note=note, effect=takes_it_up, version=version)


def put_in_force(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    relation_id: str,
    from_date: date | None,
    note: str = "",
    version: int | None = None,
) -> Relation:
    """Let a relation hold from a day on; only a source may leave the day open.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    _day_needed(actor, "from_date", from_date)

    def tell(record: Relation) -> None:
        bonds.say_yes(record, [actor.tenant_id], at, own=True)
        told = RelationPutInForce(relation_id=record.pk, principal_id=actor.principal_id)
        outbox.enqueue(told.name, asdict(told), at=at)

    day = {"from_date": from_date}
    return _move("put_in_force", relation_id, actor, at, key, note=note, fields=day, effect=tell, version=version)


def end_relation(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    relation_id: str,
    to_date: date | None,
    note: str = "",
    version: int | None = None,
) -> Relation:
    """Let a relation end on a day; only a source may leave the day open.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    _day_needed(actor, "to_date", to_date)

    def in_order(record: Relation) -> None:
        if record.from_date and to_date and to_date < record.from_date:
            raise Invalid({"to_date": _("The last day lies before the first.")})

    day = {"to_date": to_date}
    return _move("end_relation", relation_id, actor, at, key, note=note, fields=day, effect=in_order, version=version)


def _day_needed(actor: Actor, name: str, day: date | None) -> None:
    if day is None and actor.role is not Role.SYSTEM:
        raise Invalid({name: _("This is needed.")})


def edit_relation(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    relation_id: str,
    fields: Mapping[str, Any],
    member_ids: tuple[int, ...] | None = None,
    specialties: tuple[str, ...] | None = None,
    note: str = "",
    version: int | None = None,
) -> Relation:
    """Change facts, members or specialties of a relation; members come and go by the lead alone, and hear of it.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    allowed = {"name", "behaviour", "lead_id", "authority_id", "programme_id", "basis_id", "from_date", "to_date"}
    if wrong := dict.fromkeys(set(fields) - allowed, _("This cannot be changed here.")):
        raise Invalid(wrong)

    def rewrite(record: Relation) -> None:
        members = tuple(sorted(record.member_ids())) if member_ids is None else member_ids
        bonds.lead_alone(actor, record, led, watched, _draft_of(record, fields, members))
        draft = _checked(_draft_of(record, fields, members))
        if member_ids is not None:
            record.left = frozenset(record.member_ids() - set(draft.member_ids))
            bonds.let_out(record, record.left)
            _write_members(record, draft.member_ids)
        if specialties is not None:
            RelationSpecialty.objects.filter(relation=record).delete()
            _write_specialties(record, specialties)
        record.together(draft.member_ids)
        audience.grant(RELATION_FLOW, record, record.party_ids(authority=True))
        replaced = {watched} - record.party_ids(authority=True) if watched else set()
        bonds.let_out(record, replaced)
        bonds.unseen(record, record.left | replaced)
        if actor.role is Role.SYSTEM:
            bonds.say_yes(record, record.party_ids(authority=True), at, own=False)

    led, watched = bonds.led_and_watched(relation_id)
    facts = {name: str(value) for name, value in fields.items()}
    if member_ids is not None:
        facts["members"] = ",".join(map(str, member_ids))
    if specialties is not None:
        facts["specialties"] = "、".join(specialties)
    by: dict[str, Any] = {"note": note, "fields": dict(fields), "version": version}
    return _move("edit_relation", relation_id, actor, at, key, **by, effect=rewrite)


def _move(
    name: str,
    relation_id: str,
    actor: Actor,
    at: datetime,
    key: str | None,
    *,
    note: str,
    fields: dict[str, Any] | None = None,
    effect: Callable[[Relation], None] | None = None,
    version: int | None = None,
) -> Relation:
    by: dict[str, Any] = {"actor": actor, "at": at, "key": key, "note": note, "version": version}
    found: Relation = engine.move(RELATION_FLOW, relation_id, name=name, **by, fields=fields, effect=effect)
    return found


@contextmanager
def _one_code() -> Iterator[None]:
    """Turn the database's refusal of a second relation with the same code into a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Invalid({"code": _("Another relation has this code.")}) from error


def _new(draft: RelationDraft, at: datetime) -> Relation:
    record = Relation(
        code=draft.code or numbers.take("RL", at),
        behaviour=draft.behaviour,
        name=draft.name,
        lead_id=draft.lead_id,
        authority_id=draft.authority_id,
        programme_id=draft.programme_id,
        basis_id=draft.basis_id,
        from_date=draft.from_date,
        to_date=draft.to_date,
    )
    record.together(draft.member_ids)
    return record


def _furnish(draft: RelationDraft, say_yes: Callable[[Relation], None]) -> Callable[[Relation], None]:
    """Return the effect that writes what hangs on a new relation: basis, members, specialties, who says yes."""

    def furnish(record: Relation) -> None:
        if draft.basis is not None:
            record.basis = document_of(draft.basis)
            Relation.objects.filter(pk=record.pk).update(basis=record.basis)
        _write_members(record, draft.member_ids)
        _write_specialties(record, draft.specialties)
        say_yes(record)

    return furnish


def _write_members(record: Relation, member_ids: tuple[int, ...]) -> None:
    RelationMember.objects.bulk_create(
        (RelationMember(relation=record, institution_id=pk, position=n) for n, pk in enumerate(member_ids)),
        update_conflicts=True,
        unique_fields=("relation", "institution"),
        update_fields=("position",),
    )


def _write_specialties(record: Relation, names: tuple[str, ...]) -> None:
    for position, name in enumerate(dict.fromkeys(names)):
        specialty = Specialty.objects.get_or_create(name=name)[0]
        RelationSpecialty.objects.create(relation=record, specialty=specialty, position=position)


def _draft_of(record: Relation, fields: Mapping[str, Any], members: tuple[int, ...]) -> RelationDraft:
    names = ("name", "behaviour", "lead_id", "authority_id", "programme_id", "basis_id", "from_date", "to_date")
    now = {name: fields.get(name, getattr(record, name)) for name in names}
    return RelationDraft(code=record.code, member_ids=members, **now)


def _checked(draft: RelationDraft) -> RelationDraft:
    tidy = replace(
        draft,
        name=domain.clean(draft.name),
        code=draft.code.strip(),
        member_ids=tuple(dict.fromkeys(draft.member_ids)),
        specialties=tuple(filter(None, dict.fromkeys(map(domain.clean, draft.specialties)))),
    )
    problems = {name: text for name, text in _doubts(tidy) if text}
    if problems:
        raise Invalid(problems)
    return tidy


def _doubts(draft: RelationDraft) -> Iterator[tuple[str, str | Promise]]:
    """Yield (field, sentence) for whatever is wrong with the draft."""
    if not draft.name:
        yield "name", _("This is needed.")
    if len(draft.name) > 200:
        yield "name", _("This is too long.")
    if draft.behaviour not in set(Behaviour):
        yield "behaviour", _("Choose one of the kinds of relation.")
    if draft.code and not domain.CODE.fullmatch(draft.code):
        yield "code", _("A code is made of letters, digits, dots and dashes.")
    if draft.from_date and draft.to_date and draft.to_date < draft.from_date:
        yield "to_date", _("The last day lies before the first.")
    if any(len(name) > 80 for name in draft.specialties):
        yield "specialties", _("This is too long.")
    yield from _party_doubts(draft)


def _party_doubts(draft: RelationDraft) -> Iterator[tuple[str, str | Promise]]:
    wanted = {draft.lead_id, *draft.member_ids} | ({draft.authority_id} if draft.authority_id else set())
    known = set(Institution.objects.filter(pk__in=wanted, state=InstitutionState.LISTED).values_list("pk", flat=True))
    if draft.lead_id not in known:
        yield "lead", _("Choose the leading institution.")
    if not draft.member_ids or not known.issuperset(draft.member_ids) or len(draft.member_ids) > MAX_MEMBERS:
        yield "members", _("Choose at least one member institution.")
    if draft.lead_id in draft.member_ids:
        yield ("members", _("The leading institution cannot be a member of its own relation."))
    if draft.authority_id and draft.authority_id not in known:
        yield "authority", _("Choose the health authority.")
    if draft.programme_id and not Programme.objects.filter(pk=draft.programme_id).exists():
        yield "programme", _("Choose one of the programmes.")
    if draft.basis_id and not Document.objects.filter(pk=draft.basis_id).exists():
        yield "basis", _("Choose one of the documents.")
