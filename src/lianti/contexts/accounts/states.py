"""The life of a membership, and what is done to the sign-in behind it, as one plain table."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, Transition, Workflow


class MembershipState(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


MEMBERSHIP = Workflow(
    name="accounts.membership",
    states=MembershipState,
    final=frozenset({MembershipState.ENDED}),
    adoptable=frozenset({MembershipState.ACTIVE}),
    transitions=(
        Transition(name="invite", sources=frozenset({NEW}), target=MembershipState.ACTIVE, action="accounts.invite"),
        Transition(
            name="reset_password",
            sources=frozenset({MembershipState.ACTIVE}),
            target=MembershipState.ACTIVE,
            action="accounts.reset_password",
        ),
        Transition(
            name="unlock",
            sources=frozenset({MembershipState.ACTIVE}),
            target=MembershipState.ACTIVE,
            action="accounts.unlock",
        ),
        Transition(
            name="end_membership",
            sources=frozenset({MembershipState.ACTIVE}),
            target=MembershipState.ENDED,
            action="accounts.end_membership",
            danger=True,
        ),
    ),
)
