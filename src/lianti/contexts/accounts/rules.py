"""Who may invite, help and part with members."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.accounts.models import Membership, MembershipTransition, Seat
from lianti.contexts.accounts.states import MembershipState
from lianti.kernel import personal, walls
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import FAILED, Columns
from lianti.kernel.walls import IN_PERSON, OPERATOR, SIGNING_IN, Open, either
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


def _visible(actor: Actor) -> Q:
    if actor.role in OPERATORS:
        return Q()
    if actor.role in KEEPERS:
        return Q(institution_id=actor.tenant_id)
    return Q(institution_id=actor.tenant_id, principal_id=actor.principal_id)


TABLE = Table(
    name="accounts",
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

_HOUSE = either(walls.sides("institution_id"), OPERATOR)
_MEMBERSHIP = walls.record(
    Membership,
    "accounts.membership",
    read=walls.EVERYONE,
    insert=_HOUSE,
    change=_HOUSE,
    why="Signing in reads it before anybody acts; who resets a password must know which other doors it opens.",
)
_OWN_SEAT = either(IN_PERSON, SIGNING_IN)
_FAILURES = "Failed sign-ins are counted before anybody acts."
WALLS: walls.Walls = (
    _MEMBERSHIP,
    walls.story(MembershipTransition, _MEMBERSHIP),
    walls.Wall(Seat, read=_OWN_SEAT, insert=_OWN_SEAT, change=_OWN_SEAT),
    Open("accounts_onetimecode", "Until when a first password holds; offices write it.", "read insert change delete"),
    Open("axes_accessattempt", _FAILURES, "read insert change delete"),
    Open("axes_accessattemptexpiration", _FAILURES, "read insert change delete"),
    Open("axes_accessfailurelog", _FAILURES, "read insert change delete"),
    Open("axes_accesslog", _FAILURES, "read insert change delete"),
)

_ASKED = dict.fromkeys(("user_agent", "ip_address", "username", "http_accept", "path_info"), FAILED)
PERSONAL: personal.Declared = (
    Columns("accounts_membership", "role"),
    Columns("axes_accessattempt", personal={**_ASKED, "get_data": FAILED, "post_data": FAILED}),
    Columns("axes_accessfailurelog", personal=_ASKED),
    Columns("axes_accesslog", personal={**_ASKED, "session_hash": FAILED}),
)
