"""Batches that were under way before the platform, and who was sent: taken in from a source, no history made up."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import checks
from lianti.contexts.dispatch.domain.facts import BatchFacts, LetterFacts, Nominee, Stay
from lianti.contexts.dispatch.models import Batch, Posting
from lianti.contexts.dispatch.services import batches, figures, people
from lianti.contexts.dispatch.states import HERE, LEFT, OPEN, BatchState, Duty, PostingKind, PostingState
from lianti.contexts.network import queries as network
from lianti.contexts.network import services as groups
from lianti.kernel import audience, numbers, worklist
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid, Sentence
from lianti.lib.roles import Role

CODES = {
    "kind": list(map(str, PostingKind)),
    "duty": [str(duty) for duty in Duty if duty],
    "batch_state": sorted(map(str, flow.BATCHES.spec.adoptable)),
    "posting_state": sorted(map(str, flow.POSTINGS.spec.adoptable)),
}
GONE = LEFT | {PostingState.HANDED_OVER}


def adopt_batch(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    source: str,
    batch: BatchFacts,
    sender_id: int,
    letter: LetterFacts | None = None,
    state: str = BatchState.ORDERED,
) -> Batch:
    """Take in a batch that was sent already. Its people group stays open for those who are still to be taken in.

    Raises Invalid, NotAllowed, Conflict.
    """
    checks.batch(batch)
    if sender_id not in network.parties(batch.relation_id):
        raise Invalid({"sender": _("Choose a party of this relation.")})
    row = Batch(
        public_id=ids.new(),
        number=numbers.take(batches.BATCH_SERIES, at),
        sender_id=sender_id,
        **batches.typed(batch),
        **(asdict(letter) if letter else {}),
    )
    if actor.role is Role.SYSTEM:
        actor = replace(actor, tenant_id=sender_id)  # a job has no institution: it keeps the sender's own
    with transaction.atomic():
        row.group_id = groups.create_group(actor=actor, at=at, key=None, institution_id=sender_id, name=row.name).pk
        return engine.adopt(flow.BATCHES, row, state=state, actor=actor, at=at, key=key, source=source)


def adopt_posting(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    source: str,
    batch_id: str,
    nominee: Nominee,
    stay: Stay | None = None,
    state: str = PostingState.ORDERED,
) -> Posting:
    """Take in somebody who was sent with a batch, in the state they are in.

    Nothing is declared: what a source tells of, nobody here has received. Raises NotFound, Invalid, Conflict.
    """
    batch: Batch = flow.BATCHES.locked(batch_id, actor)
    row = batches.nominated(batch, nominee, at)
    if stay is not None:
        row.arrived, row.left, row.handover = stay.arrived, stay.left, stay.handover
    row.tenant_id, row.ordered_by_id, row.letter_number = batch.sender_id, actor.principal_id, batch.letter_number
    batches.look(batch, [nominee], [row], bound=state in OPEN)
    _look(batch, row, state, shanghai_day(at))

    def effect(made: Posting) -> None:
        audience.grant(flow.BATCHES, batch, {made.recipient_id})
        people.join(batch, made, replace(actor, tenant_id=batch.sender_id), at, made.left)
        worklist.replace(flow.BATCHES.kind, batch.pk, flow.batch_waits(batch), at)
        figures.ask([made.person_id], at)

    return engine.adopt(flow.POSTINGS, row, state=state, actor=actor, at=at, key=key, source=source, effect=effect)


def _look(batch: Batch, row: Posting, state: str, today: date) -> None:
    """Refuse days that do not go with the state."""
    if batch.state == BatchState.CLOSED and state in OPEN:
        raise Conflict(_("The batch is closed: whoever went with it has left."))
    wrong = _days(row, state)
    wrong |= {name: checks.NOT_YET for name in ("arrived", "left") if (getattr(row, name) or today) > today}
    if (state == PostingState.HANDED_OVER) != bool(row.handover.strip()):
        wrong["handover"] = _("Who has handed over has said what, nobody else.")
    if wrong:
        raise Invalid(wrong)


def _days(row: Posting, state: str) -> dict[str, Sentence]:
    wrong: dict[str, Sentence] = {}
    if (row.arrived is not None) != (state in HERE | GONE):
        wrong["arrived"] = _("Who is on duty or has left has a day of reporting in, nobody else.")
    if (row.left is not None) != (state in GONE):
        wrong["left"] = _("Who has left has a last day, nobody else.")
    if row.arrived and row.left and row.left < row.arrived:
        wrong["left"] = checks.END_FIRST
    return wrong
