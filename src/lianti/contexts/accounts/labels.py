"""Words for roles, memberships and their moves."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.accounts.states import MembershipState
from lianti.lib.roles import Role

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
STATES = {
    MembershipState.ACTIVE: pgettext_lazy("membership", "Active"),
    MembershipState.ENDED: pgettext_lazy("membership", "Ended"),
}
TONES = {MembershipState.ACTIVE: "done", MembershipState.ENDED: "stopped"}
MOVES = {
    "invite": _("Invited"),
    "reset_password": _("Password reset"),
    "unlock": _("Sign-in unlocked"),
    "end_membership": _("Membership ended"),
    "adopt": _("Taken over"),
}
