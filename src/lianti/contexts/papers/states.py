"""The life of a numbered paper, and of a template that stands in the place of ours. Plain tables."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, Transition, Workflow


class IssuedPaperState(StrEnum):
    VALID = "valid"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


class TemplateState(StrEnum):
    KEPT = "kept"
    ENDED = "ended"


P, T = IssuedPaperState, TemplateState

PAPER = Workflow(
    name="papers.paper",
    states=IssuedPaperState,
    final=frozenset({P.WITHDRAWN, P.REPLACED}),
    transitions=(
        Transition(name="issue", sources=frozenset({NEW}), target=P.VALID, action="papers.issue"),
        # Of a paper that goes along with a record of another room, that room has asked who may.
        Transition(name="hand_out", sources=frozenset({NEW}), target=P.VALID, action="papers.hand_out"),
        Transition(
            name="withdraw",
            sources=frozenset({P.VALID}),
            target=P.WITHDRAWN,
            action="papers.issue",
            required=("note",),
            danger=True,
        ),
        Transition(name="replace", sources=frozenset({P.VALID}), target=P.REPLACED, action="papers.issue"),
    ),
)

TEMPLATE = Workflow(
    name="papers.template",
    states=TemplateState,
    final=frozenset({T.ENDED}),
    transitions=(
        Transition(name="bring", sources=frozenset({NEW}), target=T.KEPT, action="papers.template"),
        # What was drawn by it while it was in force is still drawn by it.
        Transition(
            name="end", sources=frozenset({T.KEPT}), target=T.ENDED, action="papers.template", required=("until",)
        ),
    ),
)
