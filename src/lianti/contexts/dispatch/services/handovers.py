"""The handover between who leaves and who comes: drafted, signed by the one, signed by the other."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain.facts import HandoverFacts
from lianti.contexts.dispatch.models import Handover, HandoverFile, Posting
from lianti.contexts.dispatch.states import HERE, LEFT, HandoverState, PostingState, Signed
from lianti.contexts.evidence import services as evidence
from lianti.contexts.evidence.services import Upload
from lianti.kernel import audience
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid, Sentence

PARTS = ("tasks", "techniques", "students", "equipment", "contacts")
LONGEST = 2000  # characters of one part


def draft_handover(
    *, actor: Actor, at: datetime, key: str | None, posting_id: str, handover: HandoverFacts
) -> Handover:
    """Begin the handover of who is to leave, or has left. Raises NotFound, NotAllowed, Conflict, Invalid."""
    posting: Posting = flow.POSTINGS.locked(posting_id, actor)
    if posting.state not in HERE | LEFT:
        raise Conflict(_("Only who is on duty, or has left and not yet handed over, hands over."))
    if Handover.objects.filter(posting=posting.pk).exists():
        raise Conflict(_("This handover has been begun already."))
    row = Handover(
        public_id=ids.new(),
        posting=posting,
        person_id=posting.person_id,
        sender_id=posting.sender_id,
        recipient_id=posting.recipient_id,
        **_typed(handover, posting, actor),
    )
    return engine.create(
        flow.HANDOVERS, row, name="draft_handover", actor=actor, at=at, key=key, body=[posting.pk, asdict(handover)]
    )


def edit_handover(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    handover_id: str,
    handover: HandoverFacts,
    version: int | None = None,
) -> Handover:
    """Put right what is not yet signed. Raises NotFound, NotAllowed, Conflict, Invalid."""
    before: Handover = flow.HANDOVERS.locked(handover_id, actor)
    fields = _typed(handover, Posting.objects.get(pk=before.posting_id), actor)

    def effect(row: Handover) -> None:
        audience.only(flow.HANDOVERS, row, flow.handover_audience(row))

    return _move("edit_handover", actor, at, key, handover_id, version, fields=fields, effect=effect)


def sign_out(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    handover_id: str,
    uploads: tuple[Upload, ...] = (),
    note: str = "",
    version: int | None = None,
) -> Handover:
    """Sign as who leaves; whoever notes it for them brings the scan. Raises NotFound, NotAllowed, Conflict, Invalid."""

    def effect(row: Handover) -> dict[str, Any]:
        if not any(getattr(row, part).strip() for part in PARTS):
            raise Invalid({"": _("Nothing is written yet that could be handed over.")})
        own = actor.person_id is not None and actor.person_id == row.person_id
        return {"out_on": shanghai_day(at), "out_as": _signed(row, own, uploads, actor, at)}

    return _move("sign_out", actor, at, key, handover_id, version, note=note, effect=effect)


def sign_in(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    handover_id: str,
    uploads: tuple[Upload, ...] = (),
    note: str = "",
    version: int | None = None,
) -> Handover:
    """Sign as who takes over, and the posting is handed over once its person has left.

    Where nobody comes after, the receiving institution signs for its department. Raises NotFound, NotAllowed,
    Conflict, Invalid.
    """

    def effect(row: Handover) -> dict[str, Any]:
        own = actor.person_id is not None and actor.person_id == row.successor_id
        if row.successor_id is None:
            return {"in_on": shanghai_day(at), "in_as": Signed.HOUSE}
        return {"in_on": shanghai_day(at), "in_as": _signed(row, own, uploads, actor, at)}

    with transaction.atomic():
        row = _move("sign_in", actor, at, key, handover_id, version, note=note, effect=effect)
        handed(Posting.objects.get(pk=row.posting_id), actor, at)
    return row


def reopen_handover(
    *, actor: Actor, at: datetime, key: str | None, handover_id: str, note: str, version: int | None = None
) -> Handover:
    """Open again what only who leaves has signed, with the reason. Raises NotFound, NotAllowed, Conflict, Invalid."""
    fields = {"out_on": None, "out_as": ""}
    return _move("reopen_handover", actor, at, key, handover_id, version, fields=fields, note=note)


def handed(posting: Posting, actor: Actor, at: datetime) -> None:
    """Let a posting that has ended be handed over when both have signed; asked after either."""
    if posting.state in LEFT and Handover.objects.filter(posting=posting.pk, state=HandoverState.DONE).exists():
        engine.move(flow.POSTINGS, posting.public_id, name="hand_over", actor=actor, at=at)


def _signed(row: Handover, own: bool, uploads: tuple[Upload, ...], actor: Actor, at: datetime) -> str:
    if own:
        return Signed.ONESELF
    if not uploads:
        raise Invalid({"scans": _("Add the scan of what was signed on paper.")})
    evidence.keep(actor=actor, at=at, uploads=uploads, links=HandoverFile, of={"handover": row})
    return Signed.PAPER


def _typed(handover: HandoverFacts, posting: Posting, actor: Actor) -> dict[str, Any]:
    """Return the columns of what was typed. Raises Invalid."""
    texts = {part: getattr(handover, part).strip() for part in PARTS}
    wrong: dict[str, Sentence] = {part: _("This is too long.") for part, text in texts.items() if len(text) > LONGEST}
    incoming: Posting | None = None
    if handover.incoming_id:
        incoming = flow.POSTINGS.locked(handover.incoming_id, actor)
        unknown = incoming.state in {PostingState.NOMINATED, PostingState.DROPPED}
        if incoming.recipient_id != posting.recipient_id or incoming.person_id == posting.person_id or unknown:
            wrong["incoming"] = _("Choose somebody else who is posted to the same place.")
    if handover.day < (posting.arrived or posting.from_date):
        wrong["day"] = _("This is before the day of reporting in.")
    if wrong:
        raise Invalid(wrong)
    after = {"incoming_id": incoming.pk if incoming else None, "successor_id": incoming.person_id if incoming else None}
    return {**texts, **after, "day": handover.day}


def _move(
    name: str, actor: Actor, at: datetime, key: str | None, ident: str, version: int | None, **more: Any
) -> Handover:
    moved: Handover = engine.move(
        flow.HANDOVERS, ident, name=name, actor=actor, at=at, key=key, version=version, **more
    )
    return moved
