"""Who may act for whom, and who bears a role."""

from lianti.contexts.accounts.queries.acting import (
    MembershipFacts,
    acting,
    has_administrator,
    membership,
    memberships,
    recipients,
    role_label,
    seat,
    signed_in,
)
from lianti.contexts.accounts.queries.invited import (
    InvitedFacts,
    hands,
    invitation,
    invitations,
    never_came_in,
    opened_by,
)
from lianti.contexts.accounts.queries.members import (
    MemberFacts,
    available,
    may_invite,
    member,
    members,
    story,
    successors,
)
from lianti.contexts.accounts.queries.sign_in import code_state, counted_as, counted_by, principal_for, wait_minutes

__all__ = [
    "InvitedFacts",
    "MemberFacts",
    "MembershipFacts",
    "acting",
    "available",
    "code_state",
    "counted_as",
    "counted_by",
    "hands",
    "has_administrator",
    "invitation",
    "invitations",
    "may_invite",
    "member",
    "members",
    "membership",
    "memberships",
    "never_came_in",
    "opened_by",
    "principal_for",
    "recipients",
    "role_label",
    "seat",
    "signed_in",
    "story",
    "successors",
    "wait_minutes",
]
