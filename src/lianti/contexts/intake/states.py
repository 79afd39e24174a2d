"""The life of a document that was taken in, and of each record that it proposes, as plain tables."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, SAME, Transition, Workflow


class DocumentState(StrEnum):
    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"
    CLOSED = "closed"
    DROPPED = "dropped"


class Phase(StrEnum):
    """How far a document has come that is being read."""

    WAITING = "waiting"
    READING = "reading"
    CLEANED = "cleaned"
    PROPOSED = "proposed"


class ProposalState(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    MERGED = "merged"
    REJECTED = "rejected"


class Field(StrEnum):
    """What a proposal is of, in the order of acceptance: what comes later rests on what came before."""

    INSTITUTION = "institution"
    RELATION = "relation"
    SPECIALTY = "specialty"
    AGREEMENT = "agreement"
    COMMITMENT = "commitment"
    EVENT = "event"
    PERSON = "person"
    NEED = "need"
    FIGURE = "figure"
    PUBLICITY = "publicity"


class Word(StrEnum):
    """What an institution remembers of its corrections."""

    ALIAS = "alias"
    TITLE = "title"
    OURSELVES = "ourselves"


_D, _P = DocumentState, ProposalState

DOCUMENT = Workflow(
    name="intake.document",
    states=DocumentState,
    final=frozenset({_D.DROPPED}),
    transitions=(
        Transition("take_in", frozenset({NEW}), _D.WAITING, "intake.take_in"),
        Transition("read", frozenset({_D.WAITING}), _D.READ, "intake.read", notices=("intake.read",)),
        Transition(
            "fail", frozenset({_D.WAITING}), _D.FAILED, "intake.read", required=("problem",), notices=("intake.failed",)
        ),
        Transition("retry", frozenset({_D.FAILED}), _D.WAITING, "intake.retry", primary=True),
        Transition("say_ourselves", frozenset({_D.READ}), SAME, "intake.review"),
        Transition("take_back", frozenset({_D.READ}), SAME, "intake.review"),
        Transition("close", frozenset({_D.READ}), _D.CLOSED, "intake.review", primary=True),
        Transition("reopen", frozenset({_D.CLOSED}), _D.READ, "intake.review"),
        Transition(
            "drop",
            frozenset({_D.WAITING, _D.READ, _D.FAILED}),
            _D.DROPPED,
            "intake.drop",
            required=("note",),
            danger=True,
        ),
    ),
)

PROPOSAL = Workflow(
    name="intake.proposal",
    states=ProposalState,
    final=frozenset(),
    transitions=(
        Transition("propose", frozenset({NEW}), _P.PROPOSED, "intake.propose"),
        Transition("correct", frozenset({_P.PROPOSED}), SAME, "intake.decide"),
        Transition("accept", frozenset({_P.PROPOSED}), _P.ACCEPTED, "intake.decide", primary=True),
        Transition("merge", frozenset({_P.PROPOSED}), _P.MERGED, "intake.decide"),
        Transition("reject", frozenset({_P.PROPOSED}), _P.REJECTED, "intake.decide"),
        Transition("undo", frozenset({_P.ACCEPTED, _P.MERGED, _P.REJECTED}), _P.PROPOSED, "intake.decide"),
    ),
)
