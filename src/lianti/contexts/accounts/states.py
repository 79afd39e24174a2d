"""The life of a membership, and what is done to the sign-in behind it, as one plain table."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, Transition, Workflow


class MembershipState(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    ENDED = "ended"


MEMBERSHIP = Workflow(
    name="accounts.membership",
    states=MembershipState,
    final=frozenset({MembershipState.ENDED}),
    adoptable=frozenset({MembershipState.ACTIVE}),
    transitions=(
        Transition(
            name="invite",
            sources=frozenset({NEW}),
            target=MembershipState.INVITED,
            action="accounts.invite",
            notices=("accounts.invited",),
        ),
        Transition(
            name="renew_code",
            sources=frozenset({MembershipState.INVITED}),
            target=MembershipState.INVITED,
            action="accounts.renew_code",
            notices=("accounts.invited",),
        ),
        Transition(
            name="accept",
            sources=frozenset({MembershipState.INVITED}),
            target=MembershipState.ACTIVE,
            action="accounts.accept",
            primary=True,
        ),
        Transition(
            name="decline",
            sources=frozenset({MembershipState.INVITED}),
            target=MembershipState.ENDED,
            action="accounts.accept",
            danger=True,
        ),
        # Another house has had the password replaced: this seat waits for a code of its own house.
        Transition(
            name="rest",
            sources=frozenset({MembershipState.ACTIVE}),
            target=MembershipState.INVITED,
            action="accounts.rest",
            notices=("accounts.rested",),
        ),
        Transition(
            name="ask_reset",
            sources=frozenset({MembershipState.ACTIVE}),
            target=MembershipState.ACTIVE,
            action="accounts.ask_reset",
            notices=("accounts.reset_asked",),
        ),
        Transition(
            name="reset_password",
            sources=frozenset({MembershipState.ACTIVE}),
            target=MembershipState.ACTIVE,
            action="accounts.reset_password",
            notices=("accounts.reset",),
        ),
        Transition(
            name="change_phone",
            sources=frozenset({MembershipState.ACTIVE}),
            target=MembershipState.ACTIVE,
            action="accounts.change_phone",
            notices=("accounts.phone_changed",),
        ),
        Transition(
            name="change_own_phone",
            sources=frozenset({MembershipState.ACTIVE}),
            target=MembershipState.ACTIVE,
            action="accounts.change_own_phone",
            notices=("accounts.own_phone_changed",),
        ),
        Transition(
            name="unlock",
            sources=frozenset({MembershipState.ACTIVE}),
            target=MembershipState.ACTIVE,
            action="accounts.unlock",
        ),
        Transition(
            name="end_membership",
            sources=frozenset({MembershipState.INVITED, MembershipState.ACTIVE}),
            target=MembershipState.ENDED,
            action="accounts.end_membership",
            danger=True,
        ),
    ),
)
