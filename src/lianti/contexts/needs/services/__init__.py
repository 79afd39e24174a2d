"""What can be done with needs. Call these through the module: `needs.accept(…)`."""

from lianti.contexts.needs.domain import Named, NeedFacts, PlanFacts
from lianti.contexts.needs.flow import FLOW
from lianti.contexts.needs.services.adopting import adopt_need
from lianti.contexts.needs.services.answering import accept, answer, decline, return_
from lianti.contexts.needs.services.stating import close, correct, restate, state, withdraw

__all__ = [
    "FLOW",
    "Named",
    "NeedFacts",
    "PlanFacts",
    "accept",
    "adopt_need",
    "answer",
    "close",
    "correct",
    "decline",
    "restate",
    "return_",
    "state",
    "withdraw",
]
