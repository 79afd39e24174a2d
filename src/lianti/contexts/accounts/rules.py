"""Who may invite, help and part with members."""

from axes.models import AccessAttempt, AccessAttemptExpiration, AccessFailureLog, AccessLog
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.accounts import guarded
from lianti.contexts.accounts.domain import AUTHORITIES
from lianti.contexts.accounts.models import InvitationCode, Membership, MembershipTransition, OneTimeCode, Seat
from lianti.contexts.accounts.states import MembershipState
from lianti.contexts.network import queries as network
from lianti.kernel import personal, walls
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import FAILED, NAME, Columns, Level, Personal
from lianti.kernel.walls import IN_PERSON, OPERATOR, SIGNING_IN, either
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import DESK, MEMBER_ROLES, Role

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


def _invites(actor: Actor, membership: Membership) -> Sentence | None:
    """Refuse as above, and an administrator who would alone get a seat at an authority that has a desk of its own."""
    refusal = _of_the_house(actor, membership)
    if refusal is not None or actor.role is not Role.ADMINISTRATOR or actor.tenant_id == membership.institution_id:
        return refusal
    if of_an_authority(membership.institution_id) and _has_desk(membership.institution_id):
        return _("An authority's own office or coordinator invites its members.")
    return None


def of_an_authority(institution_id: int) -> bool:
    """Say whether an institution is an authority: who sits there judges others."""
    return network.institution_by_id(institution_id).kind in AUTHORITIES


def _has_desk(institution_id: int) -> bool:
    return Membership.objects.filter(
        institution=institution_id, role__in=DESK, state=MembershipState.ACTIVE, principal__is_active=True
    ).exists()


def needs_two(membership: Membership) -> bool:
    """Say whether no administrator may alone have the code of this sign-in: an authority's, or an administrator's."""
    held = Membership.objects.filter(principal=membership.principal_id, state=MembershipState.ACTIVE)
    return any(
        role in HIGH | {Role.HEALTH_AUTHORITY} or of_an_authority(institution_id)
        for institution_id, role in held.values_list("institution", "role")
    )


def _own_employee(actor: Actor, membership: Membership) -> Sentence | None:
    """Refuse a desk that would change a sign-in of somebody whom it does not employ, or that opens a high role.

    Seats elsewhere do not forbid it: they rest until their own house gives a code.
    """
    if membership.principal_id == actor.principal_id:
        return _("Change your own password or phone number on its own page.")
    if (refusal := _of_the_house(actor, membership)) is not None or actor.role in OPERATORS:
        return refusal
    held = Membership.objects.filter(principal=membership.principal_id, state=MembershipState.ACTIVE)
    if held.filter(role__in=HIGH).exists():
        return _("Only an administrator looks after administrators and auditors.")
    person = network.person_of(membership.principal_id)
    elsewhere = held.exclude(institution=membership.institution_id)
    if elsewhere.exists() if person is None else person.employer_id != actor.tenant_id:
        return _("Only this person's own employer, or an administrator, looks after this sign-in.")
    return None


def _asks(actor: Actor, membership: Membership) -> Sentence | None:
    """Refuse to ask for what needs no second administrator, or for oneself."""
    if membership.principal_id == actor.principal_id:
        return _("Change your own password or phone number on its own page.")
    return None if needs_two(membership) else _("One administrator is enough for this sign-in.")


def _own(actor: Actor, membership: Membership) -> Sentence | None:
    """Refuse whoever was not invited."""
    return None if membership.principal_id == actor.principal_id else _("Only who is invited answers an invitation.")


def _is_own(actor: Actor, membership: Membership) -> Sentence | None:
    """Refuse whoever is somebody else."""
    own = membership.principal_id == actor.principal_id
    return None if own else _("Everybody changes their own phone number themselves.")


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
            _invites,
        ),
        "accounts.renew_code": Rule(
            KEEPERS,
            (),
            _("The institution's own office or coordinator, or an administrator, invites its members."),
            _invites,
        ),
        "accounts.accept": Rule(MEMBER_ROLES, (), _("Only who is invited answers an invitation."), _own),
        "accounts.rest": Rule(frozenset({Role.SYSTEM}), (), _("A seat rests when another house resets the password.")),
        "accounts.ask_reset": Rule(
            frozenset({Role.ADMINISTRATOR}),
            (),
            _("An administrator asks another one to reset the password of an authority's member."),
            _asks,
        ),
        "accounts.reset_password": Rule(
            KEEPERS,
            (),
            _("The employer's office or coordinator, or an administrator, resets a password."),
            _own_employee,
        ),
        "accounts.change_phone": Rule(
            KEEPERS,
            (),
            _("The employer's office or coordinator, or an administrator, changes a member's phone number."),
            _own_employee,
        ),
        "accounts.change_own_phone": Rule(
            MEMBER_ROLES, (), _("Everybody changes their own phone number themselves."), _is_own
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
_CODE_OF_HOUSE = either(
    "EXISTS (SELECT 1 FROM accounts_membership m WHERE m.id = {t}.membership_id"
    " AND m.institution_id = lianti_tenant())",
    OPERATOR,
)
_OWN_SEAT = either(IN_PERSON, SIGNING_IN)
_OF_SIGN_IN = either(
    IN_PERSON,
    SIGNING_IN,
    "EXISTS (SELECT 1 FROM accounts_membership m WHERE m.principal_id = {t}.principal_id"
    " AND m.institution_id = lianti_tenant())",
    OPERATOR,
)
_AT_THE_DOOR = either(SIGNING_IN, OPERATOR)  # failures are counted before anybody acts, and forgotten by who unlocks
FUNCTIONS = guarded.FUNCTIONS
WALLS: walls.Walls = (
    _MEMBERSHIP,
    walls.story(MembershipTransition, _MEMBERSHIP),
    walls.Wall(
        InvitationCode,
        read=either(_CODE_OF_HOUSE, SIGNING_IN),
        insert=_CODE_OF_HOUSE,
        change=_CODE_OF_HOUSE,
        delete=_CODE_OF_HOUSE,
    ),
    walls.Wall(Seat, read=_OWN_SEAT, insert=_OWN_SEAT, change=_OWN_SEAT),
    walls.Wall(OneTimeCode, read=_OF_SIGN_IN, insert=_OF_SIGN_IN, change=_OF_SIGN_IN, delete=_OF_SIGN_IN),
    *(
        walls.Wall(model, read=_AT_THE_DOOR, insert=_AT_THE_DOOR, change=_AT_THE_DOOR, delete=_AT_THE_DOOR)
        for model in (AccessAttempt, AccessAttemptExpiration, AccessFailureLog, AccessLog)
    ),
)

_ASKED = dict.fromkeys(("user_agent", "ip_address", "username", "http_accept", "path_info"), FAILED)
PERSONAL: personal.Declared = (
    Columns("accounts_membership", "role"),
    Columns(
        "accounts_invitationcode",
        "",
        {"name": NAME, "code_hash": Personal(Level.SECRET, "take a seat", "until it is taken", "removed with its row")},
    ),
    Columns("axes_accessattempt", personal={**_ASKED, "get_data": FAILED, "post_data": FAILED}),
    Columns("axes_accessfailurelog", personal=_ASKED),
    Columns("axes_accesslog", personal={**_ASKED, "session_hash": FAILED}),
)
