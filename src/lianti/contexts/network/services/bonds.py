"""Who has said yes to a relation, who joins it and who leaves it: each for itself, the lead with notice."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network.domain import RelationDraft
from lianti.contexts.network.events import RelationPutInForce
from lianti.contexts.network.models import Relation, RelationConfirmation, RelationMember
from lianti.contexts.network.rules import RELATION_FLOW
from lianti.contexts.network.states import RelationState
from lianti.kernel import outbox, scope
from lianti.kernel.models import Audience
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.errors import NotAllowed
from lianti.lib.roles import Role


def confirm_relation(
    *, actor: Actor, at: datetime, key: str | None, relation_id: str, note: str = "", version: int | None = None
) -> Relation:
    """Say yes to a relation for one's own institution. Raises NotFound, NotAllowed, Conflict."""

    def confirm(record: Relation) -> None:
        say_yes(record, [actor.tenant_id], at, own=True)
        if record.state == RelationState.IN_FORCE:  # what was promised in it holds for one more
            told = RelationPutInForce(relation_id=record.pk, principal_id=actor.principal_id)
            outbox.enqueue(told.name, asdict(told), at=at)

    return _move("confirm_relation", relation_id, actor, at, key, note, confirm, version)


def leave_relation(
    *, actor: Actor, at: datetime, key: str | None, relation_id: str, note: str = "", version: int | None = None
) -> Relation:
    """Leave a relation of several members; the others stay bound, and hear of it.

    Raises NotFound, NotAllowed, Conflict.
    """

    def leave(record: Relation) -> None:
        let_out(record, [actor.tenant_id])

    with scope.acting(actor), transaction.atomic():
        moved = _move("leave_relation", relation_id, actor, at, key, note, leave, version)
        unseen(moved, [actor.tenant_id])  # last, since who sees a record no longer writes nothing to it
    return moved


def say_yes(record: Relation, institution_ids: Iterable[int], at: datetime, *, own: bool) -> None:
    """Write down that these institutions, as far as they stand in the relation, have said yes to it."""
    wanted = set(institution_ids) & record.party_ids(authority=True)
    said = RelationConfirmation.objects.filter(relation=record, institution__in=wanted)
    if own:
        said.filter(own=False).delete()
    for institution_id in sorted(wanted - set(said.values_list("institution", flat=True))):
        RelationConfirmation.objects.create(relation=record, institution_id=institution_id, own=own, at=at)


def let_out(record: Relation, institution_ids: Iterable[int]) -> None:
    """Take institutions out of a relation: their yes is gone."""
    gone = set(institution_ids)
    RelationMember.objects.filter(relation=record, institution__in=gone).delete()
    RelationConfirmation.objects.filter(relation=record, institution__in=gone).delete()
    record.together(record.member_ids() - gone)


def unseen(record: Relation, institution_ids: Iterable[int]) -> None:
    """Let these institutions see a relation no longer, but for those that still stand in it."""
    gone = set(institution_ids)
    seen = Audience.objects.filter(kind=RELATION_FLOW.kind, record_pk=record.pk)
    seen.filter(tenant__in=gone - record.party_ids(authority=True)).delete()


def led_and_watched(relation_id: str) -> tuple[int | None, int | None]:
    """Return who leads a relation and who watches over it, before it is changed."""
    found = Relation.objects.filter(public_id=relation_id).values_list("lead", "authority").first()
    return found or (None, None)


def lead_alone(actor: Actor, record: Relation, led: int | None, watched: int | None, draft: RelationDraft) -> None:
    """Pass when only the lead, or a source, changes who is bound and who watches. Raises NotAllowed."""
    if actor.role is Role.SYSTEM:
        return
    if draft.lead_id != led:
        raise NotAllowed(_("Who leads a relation does not change; end it and enter another."))
    same = set(draft.member_ids) == record.member_ids() and draft.authority_id == watched
    if not same and actor.tenant_id != led:
        raise NotAllowed(_("The leading institution alone lets members in or out; a member leaves by its own act."))


def _move(
    name: str,
    relation_id: str,
    actor: Actor,
    at: datetime,
    key: str | None,
    note: str,
    effect: engine.Effect,
    version: int | None,
) -> Relation:
    by: dict[str, Any] = {"actor": actor, "at": at, "key": key, "note": note, "version": version}
    moved: Relation = engine.move(RELATION_FLOW, relation_id, name=name, **by, effect=effect)
    return moved
