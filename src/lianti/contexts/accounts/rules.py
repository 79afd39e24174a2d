"""Who may invite, help and part with members."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.accounts.models import Membership
from lianti.contexts.accounts.states import MembershipState
from lianti.kernel.actor import Actor
from lianti.kernel.errors import Sentence
from lianti.kernel.permissions import Rule, Sides, Table
from lianti.lib.roles import DESK, Role

KEEPERS = DESK | {Role.ADMINISTRATOR, Role.SYSTEM}
# Roles that see more than their desk's own work: only an administrator gives or takes them.
HIGH = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})


def _high_only_by_administrator(actor: Actor, membership: Membership) -> Sentence | None:
    if membership.role in HIGH and actor.role not in {Role.ADMINISTRATOR, Role.SYSTEM}:
        return _("Only an administrator looks after administrators and auditors.")
    return None


def _own_password(actor: Actor, membership: Membership) -> Sentence | None:
    """The sign-in behind a membership may open other institutions' doors: then only its home resets it."""
    if (refusal := _high_only_by_administrator(actor, membership)) is not None:
        return refusal
    if membership.principal_id == actor.principal_id:
        return _("Change your own password on its own page.")
    others = Membership.objects.filter(principal=membership.principal_id, state=MembershipState.ACTIVE)
    if actor.role is not Role.SYSTEM and others.exclude(institution=membership.institution_id).exists():
        return _("This person also acts for another institution; only the operator can reset this password.")
    if actor.role in DESK and others.filter(role__in=HIGH).exists():
        return _("Only an administrator looks after administrators and auditors.")
    return None


def _sides(membership: Membership) -> Sides:
    return {"own": {membership.institution_id}}


def _visible(actor: Actor) -> Q:
    if actor.role in KEEPERS:
        return Q(institution_id=actor.tenant_id)
    return Q(institution_id=actor.tenant_id, principal_id=actor.principal_id)


TABLE = Table(
    name="accounts",
    sides=_sides,
    visible=_visible,
    rules={
        "accounts.invite": Rule(
            KEEPERS,
            ("own",),
            _("The office, a coordinator or an administrator invites members of their own institution."),
            _high_only_by_administrator,
        ),
        "accounts.reset_password": Rule(
            KEEPERS,
            ("own",),
            _("The office, a coordinator or an administrator of the member's own institution resets a password."),
            _own_password,
        ),
        "accounts.unlock": Rule(
            frozenset({Role.ADMINISTRATOR, Role.SYSTEM}),
            ("own",),
            _("An administrator of the member's own institution unlocks a sign-in."),
        ),
        "accounts.end_membership": Rule(
            KEEPERS,
            ("own",),
            _("The office, a coordinator or an administrator ends memberships of their own institution."),
            _high_only_by_administrator,
        ),
    },
)
