"""Inviting, helping and parting with members of one's own institution."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from axes.utils import reset as forget_failures
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.accounts import domain, rules
from lianti.contexts.accounts.models import Membership, OneTimeCode
from lianti.contexts.accounts.queries.acting import valid
from lianti.contexts.accounts.services.flow import MEMBERSHIP_FLOW
from lianti.contexts.network import queries as network
from lianti.contexts.network import services as directory
from lianti.kernel import scope, worklist
from lianti.kernel.models import Principal
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid, NotAllowed
from lianti.lib.roles import Role


@dataclass(frozen=True)
class Invitation:
    """Who shall act for the actor's institution (an administrator may name another), in which role, from when.

    With a department of the institution the seat is in it alone.
    """

    phone: str
    name: str
    role: str
    from_date: date
    to_date: date | None = None
    institution_id: int | None = None
    department_id: int | None = None


@dataclass(frozen=True)
class Issued:
    """A membership, and the one-time code to hand over; None when no new one was made."""

    membership: Membership
    code: str | None

    @property
    def name(self) -> str:
        """Return whose code it is."""
        return self.membership.principal.name

    @property
    def phone(self) -> str:
        """Return the number to sign in with."""
        return self.membership.principal.phone or ""


def invite(*, actor: Actor, at: datetime, key: str | None, invitation: Invitation) -> Issued:
    """Let somebody act for an institution; somebody new gets a one-time code that is shown once.

    Raises Invalid (no phone number, no name, unknown role, dates, a member already), NotAllowed, KeyReused.
    """
    institution_id = invitation.institution_id or actor.tenant_id
    number, name = _checked(invitation, institution_id)
    code = domain.new_code()
    issued: list[str] = []
    with scope.acting(actor), transaction.atomic():
        principal, is_new = Principal.objects.get_or_create(phone=number, defaults={"name": name})
        if principal.kind != Principal.Kind.USER:
            raise Invalid({"phone": _("This is no phone number that can be invited.")})
        membership = Membership(
            principal=principal,
            institution_id=institution_id,
            role=invitation.role,
            department_id=invitation.department_id,
            from_date=invitation.from_date,
            to_date=invitation.to_date,
        )

        def first_code(record: Membership) -> None:
            directory.stand_for(
                actor=actor, at=at, key=None, principal_id=record.principal_id, name=principal.name, phone=number,
                employer_id=institution_id,
            )  # fmt: skip
            if is_new:
                _give_code(record.principal_id, code, at)
                issued.append(code)

        try:
            record = engine.create(
                MEMBERSHIP_FLOW,
                membership,
                name="invite",
                actor=actor,
                at=at,
                key=key,
                body=[number, name, asdict(invitation), institution_id],
                effect=first_code,
            )
        except IntegrityError:
            raise Invalid({"phone": _("This person already acts for the institution in this role.")}) from None
    return Issued(record, issued[0] if issued else None)


def adopt(
    *, actor: Actor, at: datetime, key: str | None, principal_id: int, institution_id: int, role: Role, from_date: date
) -> Membership:
    """Take over a membership that holds already (loader, demo, tests). Raises NotAllowed unless a job asks."""
    if actor.role is not Role.SYSTEM:
        raise NotAllowed
    membership = Membership(principal_id=principal_id, institution_id=institution_id, role=role, from_date=from_date)
    return engine.adopt(MEMBERSHIP_FLOW, membership, state="active", actor=actor, at=at, key=key, source="accounts")


def reset_password(*, actor: Actor, at: datetime, key: str | None, membership_id: str) -> Issued:
    """Replace a member's password by a one-time code that is shown once; their sessions stop.

    Raises NotFound, NotAllowed (also for whoever acts for another institution too), Conflict, KeyReused.
    """
    code = domain.new_code()
    issued: list[str] = []

    def give(record: Membership) -> None:
        _give_code(record.principal_id, code, at)
        issued.append(code)

    record = engine.move(
        MEMBERSHIP_FLOW, membership_id, name="reset_password", actor=actor, at=at, key=key, effect=give
    )
    return Issued(record, issued[0] if issued else None)


def unlock(*, actor: Actor, at: datetime, key: str | None, membership_id: str) -> Membership:
    """Forget the failed sign-ins of a member, so that they need not wait. Raises NotFound, NotAllowed, Conflict."""

    def forget(record: Membership) -> None:
        forget_failures(username=record.principal.phone)

    record: Membership = engine.move(
        MEMBERSHIP_FLOW, membership_id, name="unlock", actor=actor, at=at, key=key, effect=forget
    )
    return record


def end_membership(
    *, actor: Actor, at: datetime, key: str | None, membership_id: str, successor_id: str = "", note: str = ""
) -> Membership:
    """End a membership today and move what waits for the person to the successor, else to who ends it.

    Raises NotFound, NotAllowed, Conflict, and Invalid when nobody would be left to look after members, or when
    somebody who leaves names no successor.
    """
    day = shanghai_day(at)

    def hand_over(record: Membership) -> dict[str, object]:
        to = _successor(actor, record, successor_id, day)
        if actor.role is not Role.SYSTEM and not _keeper_stays(record, day):
            raise Invalid({"": _("Invite a successor first: nobody would be left to look after the members.")})
        worklist.hand_over(record.principal_id, record.institution_id, to)
        return {"to_date": max(day, record.from_date)}

    record: Membership = engine.move(
        MEMBERSHIP_FLOW, membership_id, name="end_membership", actor=actor, at=at, key=key, note=note, effect=hand_over
    )
    return record


def _checked(invitation: Invitation, institution_id: int) -> tuple[str, str]:
    number, name = domain.phone(invitation.phone), domain.name(invitation.name)
    wrong = {}
    if number is None:
        wrong["phone"] = _("Give a phone number: digits only, blanks and dashes do no harm.")
    if not name or domain.phone(name):
        wrong["name"] = _("Give the person's name.")
    if invitation.role not in domain.roles_at(network.institution_by_id(institution_id).kind):
        wrong["role"] = _("Choose a role.")
    if invitation.to_date and invitation.to_date < invitation.from_date:
        wrong["to_date"] = _("The last day lies before the first.")
    if invitation.department_id and invitation.department_id not in dict(network.departments(institution_id)):
        wrong["department_id"] = _("Choose a department of the institution.")
    if wrong:
        raise Invalid(wrong)
    return str(number), name


def _give_code(principal_id: int, code: str, at: datetime) -> None:
    Principal.objects.filter(pk=principal_id).update(password=make_password(code))
    OneTimeCode.objects.update_or_create(
        principal_id=principal_id, defaults={"made_at": at, "expires_at": at + domain.CODE_LIVES}
    )


def _successor(actor: Actor, record: Membership, successor_id: str, day: date) -> int | None:
    if successor_id:
        rows = Membership.objects.filter(valid(day), institution=record.institution_id, public_id=successor_id)
        found = rows.exclude(principal=record.principal_id).values_list("principal", flat=True).first()
        if found is None:
            raise Invalid({"successor": _("Choose a member of the institution.")})
        return int(found)
    if record.principal_id == actor.principal_id:
        raise Invalid({"successor": _("Name who takes over your work.")})
    return None if actor.role is Role.SYSTEM else actor.principal_id


def _keeper_stays(record: Membership, day: date) -> bool:
    rest = Membership.objects.filter(valid(day), institution=record.institution_id).exclude(pk=record.pk)
    return rest.filter(role__in=rules.KEEPERS).exists() or record.role not in rules.KEEPERS
