"""Who may take documents in, review what they propose, and see them."""

from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.intake.models import Document, DocumentTransition, Proposal, ProposalTransition, Remembered
from lianti.kernel import personal, walls
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import READ, WORDS, Columns
from lianti.kernel.walls import MAKER
from lianti.lib.actor import Actor
from lianti.lib.roles import DESK, Role

DOCUMENT = "intake.document"
PROPOSAL = "intake.proposal"

TAKERS = frozenset(DESK | {Role.HEALTH_AUTHORITY})
READERS = frozenset(TAKERS | {Role.LEADER, Role.AUDITOR})

_NOTHING = Q(pk=0)


def sides(record: Document | Proposal) -> Mapping[str, set[int]]:
    """Return which institutions stand on which side of a document or proposal: whoever took it in."""
    return {"taker": {record.tenant_id}}


def visible_to(actor: Actor) -> Q:
    """Return the documents, or proposals, of the actor's institution, to those who work or watch there."""
    return Q(tenant_id=actor.tenant_id) if actor.role in READERS else _NOTHING


_TAKE = Rule(
    roles=TAKERS | {Role.SYSTEM},
    sides=("taker",),
    says=_("The network office or coordinator, or a health authority, takes documents in for its institution."),
)
_REVIEW = Rule(
    roles=TAKERS,
    sides=("taker",),
    says=_("The network office or coordinator of the institution that took a document in reviews what it proposes."),
)
_READ = Rule(roles=frozenset({Role.SYSTEM}), sides=(), says=_("Documents are read by the worker."))

DOCUMENTS = Table(
    name="intake.document",
    rules={
        "intake.take_in": _TAKE,
        "intake.read": _READ,
        "intake.retry": _TAKE,
        "intake.review": _REVIEW,
        "intake.drop": _REVIEW,
    },
    sides=sides,
    visible=visible_to,
)
PROPOSALS = Table(
    name="intake.proposal", rules={"intake.propose": _READ, "intake.decide": _REVIEW}, sides=sides, visible=visible_to
)

_DOCUMENT = walls.record(Document, DOCUMENT, read=MAKER, change=MAKER)
_PROPOSAL = walls.record(Proposal, PROPOSAL, read=MAKER, change=MAKER)
WALLS: walls.Walls = (
    _DOCUMENT,
    walls.story(DocumentTransition, _DOCUMENT),
    _PROPOSAL,
    walls.story(ProposalTransition, _PROPOSAL),
    walls.Wall(Remembered, read=MAKER, insert=MAKER, change=MAKER),
)

PERSONAL: personal.Declared = (
    Columns(
        "intake_document",
        "number batch form digest phase medium extractor notes problem",
        {"name": WORDS, "title": READ, "source_text": READ, "clean_text": READ, "cleaned": READ},
    ),
    Columns("intake_proposal", "field spans why outcome_kind outcome_id", {"proposed": READ, "corrected": READ}),
    Columns("intake_remembered", "kind", {"written": READ, "meant": READ}),
)
