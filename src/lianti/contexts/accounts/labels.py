"""Words for roles, memberships and their moves."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.accounts.states import MembershipState
from lianti.lib.errors import Sentence
from lianti.lib.roles import Role
from lianti.lib.web.parts import Tone

ROLES = {
    Role.OFFICE: _("Network office"),
    Role.COORDINATOR: _("Coordinator"),
    Role.CLINICIAN: _("Clinician"),
    Role.EXPERT: _("Seconded expert"),
    Role.DEPARTMENT_HEAD: _("Department head"),
    Role.LEADER: _("Leader"),
    Role.HEALTH_AUTHORITY: _("Health authority"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.AUDITOR: _("Auditor"),
    Role.LINK: _("Holder of a one-time link"),
    Role.SYSTEM: _("System"),
}
STATES: dict[MembershipState, tuple[Sentence, Tone]] = {
    MembershipState.INVITED: (pgettext_lazy("membership", "Not yet accepted"), "waiting"),
    MembershipState.ACTIVE: (pgettext_lazy("membership", "Active"), "done"),
    MembershipState.ENDED: (pgettext_lazy("membership", "Ended"), "stopped"),
}
MOVES = {
    "invite": _("Invited"),
    "renew_code": _("New code given"),
    "accept": pgettext_lazy("invitation", "Accepted"),
    "decline": pgettext_lazy("invitation", "Declined"),
    "rest": _("Rests: another institution had the password reset"),
    "ask_reset": _("A reset of the password asked for"),
    "reset_password": _("Password reset"),
    "change_phone": _("Phone number changed"),
    "change_own_phone": _("Own phone number changed"),
    "unlock": _("Sign-in unlocked"),
    "end_membership": _("Membership ended"),
    "adopt": _("Taken over"),
}

NOTICES = {
    "accounts.invited": _("%(institution)s invites you. Accept it with the code that you are given there."),
    "accounts.reset": _(
        "%(who)s had your password reset at %(institution)s. For seven days both of you count as one hand: neither"
        " verifies what the other declared. If you did not ask for it, tell your leader."
    ),
    "accounts.phone_changed": _(
        "%(who)s changed at %(institution)s the number that you sign in with; it ends in %(ends)s now. For seven days"
        " both of you count as one hand: neither verifies what the other declared. If you"
        " did not ask for it, tell your leader."
    ),
    "accounts.own_phone_changed": _(
        "%(name)s changed the number that they sign in with; it ends in %(ends)s now. If it was somebody else, have the"
        " password reset at once."
    ),
    "accounts.rested": _(
        "The password of %(name)s was reset at another institution. Their seat at %(institution)s rests until you give"
        " them a new code."
    ),
    "accounts.reset_asked": _(
        "%(who)s asks you to reset the password of %(name)s, %(institution)s, or to change their number."
    ),
}
