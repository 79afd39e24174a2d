"""Who may act for which institution in which role, and the first password."""

from typing import ClassVar

from django.db import models

from lianti.contexts.accounts.states import MembershipState
from lianti.kernel.models import Principal, Record, TransitionRecord
from lianti.lib.roles import MEMBER_ROLES


class Membership(Record):
    """A principal acts for an institution in one role, from one day to another (none: until it is ended).

    With a department, what waits for another department of the institution does not wait for them. Until it is
    accepted it gives nothing.
    """

    principal = models.ForeignKey(Principal, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    department = models.ForeignKey("network.Department", on_delete=models.SET_NULL, null=True, related_name="+")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=list(MembershipState)), name="accounts_membership_state"
            ),
            models.CheckConstraint(condition=models.Q(role__in=sorted(MEMBER_ROLES)), name="accounts_membership_role"),
            models.CheckConstraint(
                condition=models.Q(to_date=None) | models.Q(to_date__gte=models.F("from_date")),
                name="accounts_membership_dates",
            ),
            models.UniqueConstraint(
                fields=["principal", "institution", "role"],
                condition=models.Q(state__in=[MembershipState.INVITED, MembershipState.ACTIVE]),
                name="accounts_membership_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["institution", "role"], name="accounts_by_institution")]

    def __str__(self) -> str:
        return f"{self.public_id} {self.role}"


class MembershipTransition(TransitionRecord):
    """What happened to a membership."""

    record = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.record_id} {self.name}"


class InvitationCode(models.Model):
    """The code of one invitation, hashed: by it whoever is signed in takes the seat. `name`: as its inviter wrote."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, primary_key=True, related_name="+")
    name = models.CharField(max_length=80)
    code_hash = models.CharField(max_length=128)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts_left = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.membership_id} {self.expires_at}"


class Seat(models.Model):
    """The membership that somebody used last; the next sign-in starts there."""

    principal = models.OneToOneField(Principal, on_delete=models.CASCADE, primary_key=True, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.principal_id} {self.membership_id}"


class OneTimeCode(models.Model):
    """The password is a one-time code that somebody else has seen: the next sign-in sets another one."""

    principal = models.OneToOneField(Principal, on_delete=models.CASCADE, primary_key=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.principal_id} {self.expires_at}"
