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
from lianti.contexts.accounts.queries.sign_in import (
    SeveralBearIt,
    code_state,
    principal_for,
    sign_in_name,
    wait_minutes,
)

__all__ = [
    "InvitedFacts",
    "MemberFacts",
    "MembershipFacts",
    "SeveralBearIt",
    "acting",
    "available",
    "code_state",
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
    "sign_in_name",
    "signed_in",
    "story",
    "successors",
    "wait_minutes",
]
