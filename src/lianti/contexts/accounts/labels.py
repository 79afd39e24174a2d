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
    MembershipState.ACTIVE: (pgettext_lazy("membership", "Active"), "done"),
    MembershipState.ENDED: (pgettext_lazy("membership", "Ended"), "stopped"),
}
MOVES = {
    "invite": _("Invited"),
    "reset_password": _("Password reset"),
    "unlock": _("Sign-in unlocked"),
    "end_membership": _("Membership ended"),
    "adopt": _("Taken over"),
}
