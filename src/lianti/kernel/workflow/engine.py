"""The one place where a record changes state.

Lock, ask the rule, check the table, do the effect, write guardedly, then transition record, journal, audience,
worklist and notices: one transaction, all or nothing. An illegal jump is a Conflict and changes nothing.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from lianti.kernel import aftermath, answers, journal, ready, scope
from lianti.kernel import audience as audiences
from lianti.kernel.aftermath import Done
from lianti.kernel.flows import FLOWS, Flow, records
from lianti.kernel.models import Record
from lianti.kernel.workflow.spec import ADOPT, NEW, SAME, Transition
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed
from lianti.lib.roles import Role

__all__ = [
    "ADOPTERS", "FLOWS", "OWN", "Flow", "adopt", "available", "change", "create", "move", "records", "story"
]  # fmt: skip
R = TypeVar("R", bound=Record)
Effect = Callable[[Any], Mapping[str, Any] | None]

ADOPTERS = frozenset({Role.SYSTEM, Role.OFFICE, Role.ADMINISTRATOR})


def create(
    flow: Flow,
    record: R,
    *,
    name: str,
    actor: Actor,
    at: datetime,
    key: str | None,
    facts: Mapping[str, Any] | None = None,
    note: str = "",
    body: object = None,
    effect: Effect | None = None,
) -> R:
    """Save a new record by the creating transition `name`; the same key again returns the first one.

    `body` is what the key is compared by (the request's content). Raises NotAllowed, Conflict, KeyReused.
    """
    transition = flow.spec.find(name, NEW)
    if transition is None:
        raise Conflict
    return _enter(
        flow, record, transition.target, transition, Done(name, NEW, actor, at, note, facts or {}), key, body, effect
    )


def adopt(
    flow: Flow,
    record: R,
    *,
    state: str,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    source: str,
    effect: Effect | None = None,
) -> R:
    """Take in a record that is already under way, in the state it is in, from `source`. For loader and imports."""
    if actor.role not in ADOPTERS:
        raise NotAllowed
    if state not in flow.spec.adoptable:
        raise Conflict(_("Records cannot come in in this state."))
    done = Done(ADOPT, NEW, actor, at, source, {})
    return _enter(flow, record, state, None, done, key, source, effect)


def _enter(
    flow: Flow,
    record: R,
    state: str,
    transition: Transition | None,
    done: Done,
    key: str | None,
    body: object,
    effect: Effect | None,
) -> R:
    with scope.step(done.actor):
        record.tenant_id = record.tenant_id or done.actor.tenant_id
        record.created_by_id, record.created_at, record.state = done.actor.principal_id, done.at, state
        if transition is not None:
            flow.table.may(done.actor, transition.action, record)
        if key:
            first = answers.claim(
                done.actor, key, answers.body_of(flow.kind, done.name, body), record.public_id, done.at
            )
            if first is not None:
                return type(record)._default_manager.get(public_id=first)
        event = journal.event(flow.kind, record, verb=done.name, actor=done.actor, at=done.at, fields=_values(record))
        record.save(force_insert=True)
        if effect is not None:
            effect(record)
        journal.write(event)
        if flow.audience is not None:
            audiences.grant(flow, record, flow.audience(record))
        ready.insert(aftermath.moved(flow, record, done))
        aftermath.follow(flow, record, transition.notices if transition else (), done)
    return record


OWN = frozenset({"id", "public_id", "tenant", "state", "version", "chain", "created_at", "created_by"})


def _values(record: Record) -> dict[str, Any]:
    return {f.attname: getattr(record, f.attname) for f in record._meta.concrete_fields if f.name not in OWN}


def move(
    flow: Flow,
    ident: int | str | Record,
    *,
    name: str,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    fields: Mapping[str, Any] | None = None,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    effect: Effect | None = None,
    version: int | None = None,
) -> Any:
    """Move the record (by pk or public id) along the transition `name` and return it.

    Who has read and locked a record in this very transaction hands it over itself. `fields` are set on the record;
    `effect(record)` does what else belongs to the move and may return further fields. `note` and `facts` are shown in
    the story. `version`: the version the user saw; another is a Conflict.
    Raises NotFound, NotAllowed, Conflict, Invalid, KeyReused; then nothing was changed.
    """
    fields, facts = dict(fields or {}), dict(facts or {})
    with scope.step(actor):
        record = ident if isinstance(ident, Record) else flow.locked(ident, actor)
        if key:
            body = answers.body_of(flow.kind, name, record.public_id, fields, note, facts)
            if answers.claim(actor, key, body, record.public_id, at) is not None:
                return record
        transition = _checked(flow, record, name, actor, {**facts, **fields, "note": note}, version)
        done = Done(name, record.state, actor, at, note, facts)
        _write(flow, record, transition, done, fields, effect)
        if flow.audience is not None:
            audiences.keep(flow, record)
        aftermath.follow(flow, record, transition.notices if transition else (), done)
    return record


def _checked(
    flow: Flow, record: Record, name: str, actor: Actor, given: Mapping[str, Any], version: int | None
) -> Transition:
    named = flow.spec.named(name)
    if named is None:
        raise Conflict(_("There is no such move."))
    transition = flow.spec.find(name, record.state)
    flow.table.may(actor, (transition or named).action, record)
    if transition is None or (version is not None and version != record.version):
        raise Conflict
    missing = [f for f in transition.required if given.get(f) in (None, "", [], {})]
    if missing:
        raise Invalid(dict.fromkeys(missing, _("This is needed.")))
    return transition


def _write(
    flow: Flow, record: Record, transition: Transition, done: Done, fields: dict[str, Any], effect: Effect | None
) -> None:
    for field_name, value in fields.items():
        setattr(record, field_name, value)
    if effect is not None:
        more = effect(record) or {}
        for field_name, value in more.items():
            setattr(record, field_name, value)
        fields.update(more)
    before = record.version
    record.state = done.source if transition.target == SAME else transition.target
    event = journal.event(
        flow.kind, record, verb=done.name, actor=done.actor, at=done.at, fields={**fields, "state": record.state}
    )
    values = {"state": record.state, "version": record.version, "chain": record.chain, **fields}
    guard = {flow.record._meta.pk.attname: record.pk, "state": done.source, "version": before}
    update, given = ready.change(flow.record, values, where=guard)
    moved = ready.insertion(aftermath.moved(flow, record, done))
    if len(ready.together(ready.insertion(event), moved, (f"{update} RETURNING 1", given))) != 1:
        raise Conflict


def change(
    flow: Flow,
    ident: int | str,
    *,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    fields: Mapping[str, Any],
    name: str = "edit",
    note: str = "",
    version: int | None = None,
) -> Any:
    """Change fields without leaving the state: the transition `name` (target SAME) of the record's table."""
    return move(flow, ident, name=name, actor=actor, at=at, key=key, fields=fields, note=note, version=version)


def available(flow: Flow, record: Record, actor: Actor) -> list[Transition]:
    """Return the moves that the record's state and the actor's role allow: the buttons of its page."""
    return [t for t in flow.spec.allowed(record.state) if flow.table.refusal(actor, t.action, record) is None]


def story(flow: Flow, record: Record, actor: Actor) -> list[Any]:
    """Return the record's moves, oldest first, with who and for which institution.

    Of a sealed record whoever is none of its parties learns what was done and when, not what was said.
    """
    rows = flow.transitions._default_manager.filter(record=record)
    told = list(rows.select_related("principal", "tenant").order_by("id"))
    if flow.sealed and not flow.is_party(record, actor):
        for row in told:
            row.note, row.facts = "", {}
    return told
