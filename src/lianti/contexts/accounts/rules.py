"""Who may invite, help and part with members."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.accounts.models import Membership
from lianti.contexts.accounts.states import MembershipState
from lianti.kernel.permissions import Rule, Sides, Table
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import DESK, Role

KEEPERS = DESK | {Role.ADMINISTRATOR, Role.SYSTEM}
# Administrators look after the whole platform, whatever institution they sit in.
OPERATORS = frozenset({Role.ADMINISTRATOR, Role.SYSTEM})
# Roles that see more than their desk's own work: only an administrator gives or takes them.
HIGH = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})


def _of_the_house(actor: Actor, membership: Membership) -> Sentence | None:
    """Refuse whoever is neither of the house nor the platform's administrator; only the latter touches high roles."""
    if actor.role in OPERATORS:
        return None
    if actor.tenant_id != membership.institution_id:
        return _("Only the institution's own office or coordinator, or an administrator, looks after its members.")
    if membership.role in HIGH:
        return _("Only an administrator looks after administrators and auditors.")
    return None


def _no_door_elsewhere(actor: Actor, membership: Membership) -> Sentence | None:
    """Refuse to reset a sign-in that opens doors which are not the resetter's: another institution, a high role."""
    if membership.principal_id == actor.principal_id:
        return _("Change your own password on its own page.")
    if (refusal := _of_the_house(actor, membership)) is not None or actor.role in OPERATORS:
        return refusal
    held = Membership.objects.filter(principal=membership.principal_id, state=MembershipState.ACTIVE)
    if held.exclude(institution=membership.institution_id).exists():
        return _("This person also acts for another institution; only an administrator can reset this password.")
    if held.filter(role__in=HIGH).exists():
        return _("Only an administrator looks after administrators and auditors.")
    return None


def _sides(membership: Membership) -> Sides:
    return {"own": {membership.institution_id}}


def _visible(actor: Actor) -> Q:
    if actor.role in OPERATORS:
        return Q()
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
            (),
            _("The institution's own office or coordinator, or an administrator, invites its members."),
            _of_the_house,
        ),
        "accounts.reset_password": Rule(
            KEEPERS,
            (),
            _("The member's own office or coordinator, or an administrator, resets a password."),
            _no_door_elsewhere,
        ),
        "accounts.unlock": Rule(OPERATORS, (), _("An administrator unlocks a sign-in.")),
        "accounts.end_membership": Rule(
            KEEPERS,
            (),
            _("The institution's own office or coordinator, or an administrator, ends memberships."),
            _of_the_house,
        ),
    },
)
