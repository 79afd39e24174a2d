"""What a person decides on proposals: accept, correct, merge, reject, undo; one, or all that are ticked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lianti.contexts.intake import rules
from lianti.contexts.intake.models import Document, Proposal
from lianti.contexts.intake.queries.existing import candidates, repeated
from lianti.contexts.intake.queries.lines import find
from lianti.contexts.intake.queries.resolving import SETTLED, proposals_of
from lianti.contexts.intake.queries.resting import rests_on
from lianti.contexts.intake.queries.showing import lines_of
from lianti.contexts.intake.services.accepting import make
from lianti.contexts.intake.services.case import Case
from lianti.contexts.intake.services.flow import DOCUMENTS, PROPOSALS
from lianti.contexts.intake.services.merging import join
from lianti.contexts.intake.services.remembering import remember_title
from lianti.contexts.intake.services.splitting import add_second
from lianti.contexts.intake.services.undoing import withdraw
from lianti.contexts.intake.states import Field, ProposalState
from lianti.kernel import scope
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, Refused, Sentence

LONGEST = 2000
MOST_IN_A_LIST = 100


@dataclass(frozen=True)
class Accepted:
    """What came of accepting several: those that are records now, and why others are not."""

    done: list[str]
    refused: list[tuple[str, Sentence]]


def accept(*, actor: Actor, at: datetime, key: str | None, proposal_id: str) -> Proposal:
    """Make the record that a proposal describes, with the document as its evidence.

    Raises NotFound, NotAllowed, Conflict, Invalid, and what the room that owns the record refuses.
    """

    def effect(row: Proposal) -> dict[str, Any]:
        kind, public_id = make(Case(row, actor, at))
        return {"outcome_kind": kind, "outcome_id": public_id}

    return _move("accept", actor, at, key, proposal_id, effect=effect)


def merge(*, actor: Actor, at: datetime, key: str | None, proposal_id: str, existing_id: str) -> Proposal:
    """Tie a proposal to the record that is there; the document is attached to it where it takes files.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """

    def effect(row: Proposal) -> dict[str, Any]:
        kind, public_id = join(Case(row, actor, at), existing_id)
        return {"outcome_kind": kind, "outcome_id": public_id}

    return _move("merge", actor, at, key, proposal_id, facts={"existing": existing_id}, effect=effect)


def reject(*, actor: Actor, at: datetime, key: str | None, proposal_id: str, note: str = "") -> Proposal:
    """Say that a proposal is wrong or not wanted. Raises NotFound, NotAllowed, Conflict."""
    return _move("reject", actor, at, key, proposal_id, note=note, effect=lambda row: _under_review(row, actor, at))


def undo(*, actor: Actor, at: datetime, key: str | None, proposal_id: str, note: str = "") -> Proposal:
    """Take a decision back; what acceptance made is withdrawn. What was merged keeps the document as its evidence.

    Raises NotFound, NotAllowed, and Conflict with the reason when somebody has built on the record.
    """

    def effect(row: Proposal) -> None:
        case = Case(row, actor, at)
        if row.state == ProposalState.ACCEPTED:
            withdraw(case)

    return _move("undo", actor, at, key, proposal_id, note=note, effect=effect)


def take_back(*, actor: Actor, at: datetime, key: str | None, document_id: str) -> Document:
    """Undo all that a document brought, the last first; when somebody has built on any of it, nothing is undone.

    What was merged is untied, and keeps the document as its evidence.
    Raises NotFound, NotAllowed, and Conflict naming the record that stays and why.
    """
    brought = _brought(find(actor, document_id))
    said = ngettext("%(count)s record", "%(count)s records", len(brought)) % {"count": len(brought)}

    def effect(document: Document) -> None:
        rows = _brought(document)
        if not rows:
            raise Conflict(_("Nothing came of this document that could be taken back."))
        for row in rows:
            try:
                undo(actor=actor, at=at, key=None, proposal_id=row.public_id)
            except Refused as why:
                named = Case(row, actor, at).named | {"why": why.message}
                raise Conflict(_("Nothing was taken back. “%(name)s” stays: %(why)s") % named) from why

    moved: Document = engine.move(
        DOCUMENTS, document_id, name="take_back", actor=actor, at=at, key=key, note=said, effect=effect
    )
    return moved


def _brought(document: Document) -> list[Proposal]:
    """Return what was accepted or merged from a document, what rests on others first."""
    rows = [row for row in proposals_of(document) if row.state in SETTLED]
    order = list(Field)
    return sorted(rows, key=lambda row: (order.index(Field(row.field)), row.position), reverse=True)


def correct(
    *, actor: Actor, at: datetime, key: str | None, proposal_id: str, content: Mapping[str, Any], second: str = ""
) -> Proposal:
    """Put right what a proposal says; what this teaches is remembered. `second`: a promise that its words hold, too.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """

    def effect(row: Proposal) -> dict[str, Any]:
        _under_review(row, actor, at)
        corrected = {**row.content, **_checked(row, content)}
        if second:
            add_second(row, second, actor, at)
        remember_title(row, corrected.get("title", ""), actor, at)
        return {"corrected": corrected}

    facts = {"keys": sorted([*content, *(["second"] if second else [])])}
    return _move("correct", actor, at, key, proposal_id, facts=facts, effect=effect)


def accept_all(
    *, actor: Actor, at: datetime, key: str | None, document_id: str, proposal_ids: tuple[str, ...]
) -> Accepted:
    """Accept several proposals of one document, each in its own transaction, what others rest on first.

    One that would only repeat a record is merged with it. Nothing that is refused stops the rest.
    Raises NotFound, NotAllowed.
    """
    done: list[str] = []
    refused: list[tuple[str, Sentence]] = []
    with scope.acting(actor):
        for row in _in_order(actor, document_id, set(proposal_ids)):
            own_key = f"{row.public_id}-{key}"[:64] if key else None
            try:
                _accept_or_merge(row, actor, at, own_key)
            except Invalid as why:
                refused.append((row.public_id, "; ".join(str(words) for words in why.fields.values())))
            except Refused as why:
                refused.append((row.public_id, why.message))
            else:
                done.append(row.public_id)
    return Accepted(done, refused)


def _in_order(actor: Actor, document_id: str, wanted: set[str]) -> list[Proposal]:
    document = find(actor, document_id)
    rules.DOCUMENTS.may(actor, "intake.review", document)
    order = {field: number for number, field in enumerate(Field)}
    rows = [row for row in proposals_of(document) if row.public_id in wanted]
    return sorted(rows, key=lambda row: (order[Field(row.field)], row.position))


def _accept_or_merge(row: Proposal, actor: Actor, at: datetime, key: str | None) -> None:
    there = row.outcome_id if row.state == ProposalState.MERGED else ""  # the same form sent twice
    if row.state == ProposalState.PROPOSED:
        case = Case(row, actor, at)
        there = _repeats(case)
        if not there:
            _check_what_it_rests_on(case)
    if there:
        merge(actor=actor, at=at, key=key, proposal_id=row.public_id, existing_id=there)
    else:
        accept(actor=actor, at=at, key=key, proposal_id=row.public_id)


def _check_what_it_rests_on(case: Case) -> None:
    """Pass when all that a proposal rests on is a record. Raises Conflict naming both."""
    for one in rests_on(case.records, case.row, case.proposals):
        named = case.named | {"needed": lines_of(one.field, case.mask.content(one.content))[0][:60]}
        raise Conflict(_("“%(name)s” was left open: it rests on “%(needed)s”, which is not accepted.") % named)


def _repeats(case: Case) -> str:
    """Return the record that a proposal only repeats, '' when it is new. Raises Conflict when it may be several."""
    found = candidates(case.records, case.row.field, case.row.content)
    there = repeated(found)
    if there is None and any(one.same for one in found):
        raise Conflict(
            _("“%(name)s” may be more than one of the records there. Merge it with the right one.") % case.named
        )
    return there.public_id if there else ""


def _move(name: str, actor: Actor, at: datetime, key: str | None, proposal_id: str, **more: Any) -> Proposal:
    moved: Proposal = engine.move(PROPOSALS, proposal_id, name=name, actor=actor, at=at, key=key, **more)
    return moved


def _under_review(row: Proposal, actor: Actor, at: datetime) -> None:
    Case(row, actor, at)


def _checked(row: Proposal, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the given values with blanks at their ends off; only keys that such a proposal has are taken."""
    if wrong := set(content) - set(row.content):
        raise Invalid(dict.fromkeys(wrong, _("This cannot be changed here.")))
    tidy: dict[str, Any] = {}
    for key, value in content.items():
        if isinstance(row.content[key], list):
            tidy[key] = [str(one).strip() for one in value if str(one).strip()][:MOST_IN_A_LIST]
        elif isinstance(row.content[key], bool):
            tidy[key] = bool(value)
        else:
            tidy[key] = str(value or "").strip()
        if any(len(text) > LONGEST for text in (tidy[key] if isinstance(tidy[key], list) else [str(tidy[key])])):
            raise Invalid({key: _("This is too long.")})
    return tidy
