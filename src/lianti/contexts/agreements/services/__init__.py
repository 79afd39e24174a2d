"""What can be done with papers and promises. Call these through the module: `agreements.sign(…)`."""

from lianti.contexts.agreements.domain import (
    AgreementFacts,
    CommitmentFacts,
    FilingFacts,
    GoalFacts,
    PlanFacts,
    ReviewAreaFacts,
    SignedFacts,
)
from lianti.contexts.agreements.flow import AGREEMENTS, COMMITMENTS, GOALS, PLANS, REVIEW_AREAS
from lianti.contexts.agreements.services.adopting import (
    adopt_agreement,
    adopt_commitment,
    adopt_goal,
    adopt_plan,
    adopt_review_areas,
    correct_signing,
    enter_signed,
)
from lianti.contexts.agreements.services.papers import agree, attach, draft, edit, end, file, put_in_force, reopen, sign
from lianti.contexts.agreements.services.plans import drop_goal, lay_down_plan, name_review_areas, reach_goal, set_goal
from lianti.contexts.agreements.services.promises import (
    close_commitment,
    edit_commitment,
    open_of_relation,
    promise,
    promise_each,
)
from lianti.contexts.evidence.services import Upload

__all__ = [
    "AGREEMENTS",
    "COMMITMENTS",
    "GOALS",
    "PLANS",
    "REVIEW_AREAS",
    "AgreementFacts",
    "CommitmentFacts",
    "FilingFacts",
    "GoalFacts",
    "PlanFacts",
    "ReviewAreaFacts",
    "SignedFacts",
    "Upload",
    "adopt_agreement",
    "adopt_commitment",
    "adopt_goal",
    "adopt_plan",
    "adopt_review_areas",
    "agree",
    "attach",
    "close_commitment",
    "correct_signing",
    "draft",
    "drop_goal",
    "edit",
    "edit_commitment",
    "end",
    "enter_signed",
    "file",
    "lay_down_plan",
    "name_review_areas",
    "open_of_relation",
    "promise",
    "promise_each",
    "put_in_force",
    "reach_goal",
    "reopen",
    "set_goal",
    "sign",
]
