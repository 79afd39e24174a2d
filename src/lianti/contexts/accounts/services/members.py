"""Inviting, helping and parting with members of one's own institution."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from axes.utils import reset as forget_failures
from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.accounts import domain, guarded, rules
from lianti.contexts.accounts.models import InvitationCode, Membership, OneTimeCode
from lianti.contexts.accounts.queries import invited
from lianti.contexts.accounts.queries.acting import valid
from lianti.contexts.accounts.queries.sign_in import counted_as
from lianti.contexts.accounts.services.flow import MEMBERSHIP_FLOW
from lianti.contexts.accounts.states import MembershipState
from lianti.contexts.network import queries as network
from lianti.contexts.network import services as directory
from lianti.kernel import scope, worklist
from lianti.kernel.models import Principal
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid, NotAllowed
from lianti.lib.names import folded
from lianti.lib.roles import Role

ATTEMPTS = 10


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
    """A membership, and the one-time code to hand over; None when no new one was made.

    `name`: whom it is for, as who asks for the code knows them.
    """

    membership: Membership
    code: str | None
    name: str

    @property
    def phone(self) -> str:
        """Return the number to sign in with."""
        return self.membership.principal.phone or ""


def invite(*, actor: Actor, at: datetime, key: str | None, invitation: Invitation) -> Issued:
    """Ask somebody to act for an institution: the seat is void until they take it with its code, shown once.

    Raises Invalid (no phone number, no name or another's, unknown role, dates, a member already), NotAllowed,
    KeyReused.
    """
    institution_id = invitation.institution_id or actor.tenant_id
    number, name = _checked(invitation, institution_id)
    code = domain.new_code()
    issued: list[str] = []
    with scope.acting(actor), transaction.atomic():
        principal, is_new = Principal.objects.get_or_create(phone=number, defaults={"name": name})
        principal.phone = number  # the wall shows it to those whose house they belong to, and that comes with this
        membership = Membership(
            principal=principal,
            institution_id=institution_id,
            role=invitation.role,
            department_id=invitation.department_id,
            from_date=invitation.from_date,
            to_date=invitation.to_date,
        )

        def give_codes(record: Membership) -> None:
            _the_same_person(principal, name, is_new=is_new)
            if is_new:
                _give_code(record.principal_id, code, at)
            _give_seat_code(record, name, code, at)
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
                effect=give_codes,
            )
        except IntegrityError:
            raise Invalid({"phone": _("This person already acts for the institution in this role.")}) from None
    return Issued(record, issued[0] if issued else None, name)


def renew_code(*, actor: Actor, at: datetime, key: str | None, membership_id: str) -> Issued:
    """Give a new code for a seat that nobody has taken yet. Raises NotFound, NotAllowed, Conflict, KeyReused."""
    code = domain.new_code()
    issued: list[str] = []

    def give(record: Membership) -> None:
        _give_seat_code(record, record.principal.name, code, at)
        issued.append(code)

    record = engine.move(MEMBERSHIP_FLOW, membership_id, name="renew_code", actor=actor, at=at, key=key, effect=give)
    name = InvitationCode.objects.values_list("name", flat=True).get(membership=record)
    return Issued(record, issued[0] if issued else None, name)


def accept(*, actor: Actor, at: datetime, key: str | None, membership_id: str, code: str) -> Membership:
    """Take the seat that one was invited to, with its own code. Raises NotFound, NotAllowed, Conflict, Invalid.

    A wrong code costs an attempt, and that stays.
    """
    with scope.acting(actor), transaction.atomic():
        rows = InvitationCode.objects.select_for_update(of=("self",)).filter(expires_at__gt=at, attempts_left__gt=0)
        rows = rows.filter(membership__principal=actor.principal_id, membership__public_id=membership_id)
        kept = rows.first()
        right = kept is not None and check_password(domain.bare_code(code), kept.code_hash)
        if kept is not None and not right:
            InvitationCode.objects.filter(pk=kept.pk).update(attempts_left=kept.attempts_left - 1)
    if not right:
        raise Invalid({"code": _("This is not the code of this invitation, or it has run out. Ask for a new one.")})
    return take_up(actor=actor, at=at, key=key, membership_id=membership_id)


def take_up(*, actor: Actor, at: datetime, key: str | None, membership_id: str) -> Membership:
    """Take the seat whose code was given in this very sign-in. Raises NotFound, NotAllowed, Conflict."""

    def sit(record: Membership) -> None:
        principal = record.principal
        kept = InvitationCode.objects.filter(membership=record).first()
        if kept is None:
            raise Conflict
        if principal.last_login is None:  # until now a name was only what others had typed
            principal.name = kept.name
            Principal.objects.filter(pk=principal.pk).update(name=kept.name)
        directory.stand_for(
            actor=actor, at=at, key=None, principal_id=principal.pk, name=principal.name,
            phone=principal.phone or "", employer_id=record.institution_id,
        )  # fmt: skip
        kept.delete()

    record: Membership = engine.move(
        MEMBERSHIP_FLOW, membership_id, name="accept", actor=actor, at=at, key=key, effect=sit
    )
    return record


def decline(*, actor: Actor, at: datetime, key: str | None, membership_id: str) -> Membership:
    """Turn an invitation down. Raises NotFound, NotAllowed, Conflict."""

    def forget(record: Membership) -> dict[str, object]:
        InvitationCode.objects.filter(membership=record).delete()
        return {"to_date": max(shanghai_day(at), record.from_date)}

    record: Membership = engine.move(
        MEMBERSHIP_FLOW, membership_id, name="decline", actor=actor, at=at, key=key, effect=forget
    )
    return record


def adopt(
    *, actor: Actor, at: datetime, key: str | None, principal_id: int, institution_id: int, role: Role, from_date: date
) -> Membership:
    """Take over a membership that holds already (loader, demo, tests). Raises NotAllowed unless a job asks."""
    if actor.role is not Role.SYSTEM:
        raise NotAllowed
    membership = Membership(principal_id=principal_id, institution_id=institution_id, role=role, from_date=from_date)
    return engine.adopt(MEMBERSHIP_FLOW, membership, state="active", actor=actor, at=at, key=key, source="accounts")


def ask_reset(*, actor: Actor, at: datetime, key: str | None, membership_id: str) -> Membership:
    """Ask the other administrators to reset a password that no administrator may reset alone.

    Raises NotFound, NotAllowed, Conflict.
    """
    record: Membership = engine.move(MEMBERSHIP_FLOW, membership_id, name="ask_reset", actor=actor, at=at, key=key)
    return record


def reset_password(*, actor: Actor, at: datetime, key: str | None, membership_id: str) -> Issued:
    """Replace a member's password by a one-time code that is shown once; their sessions stop.

    Their seats at other institutions rest, unless an administrator does it. Of an authority's member or of an
    administrator a second administrator must have asked for it within a day.
    Raises NotFound, NotAllowed, Conflict, KeyReused.
    """
    code = domain.new_code()
    issued: list[str] = []

    def give(record: Membership) -> None:
        second_person(actor, record, at)
        _give_code(record.principal_id, code, at)
        if actor.role not in rules.OPERATORS:
            _rest_elsewhere(actor, record, at)
        issued.append(code)

    record = engine.move(
        MEMBERSHIP_FLOW, membership_id, name="reset_password", actor=actor, at=at, key=key, effect=give
    )
    return Issued(record, issued[0] if issued else None, record.principal.name)


def second_person(actor: Actor, record: Membership, at: datetime) -> None:
    """Refuse an administrator who is alone. The operator's shell needs nobody: it is a job, and journaled."""
    if actor.role is not Role.ADMINISTRATOR or not rules.needs_two(record):
        return
    asked = invited.asked_by(record.pk, at)
    if asked in {None, actor.principal_id} | invited.hands(actor.principal_id, at):
        raise NotAllowed(
            _("An authority's member, or an administrator: another administrator asks first, or the operator's shell.")
        )


def _rest_elsewhere(actor: Actor, record: Membership, at: datetime) -> None:
    """Let the seats that other houses gave rest: who holds this code holds no door of theirs."""
    others = Membership.objects.filter(principal=record.principal_id, state=MembershipState.ACTIVE)
    for pk in others.exclude(institution=record.institution_id).order_by("pk").values_list("pk", flat=True):
        engine.move(MEMBERSHIP_FLOW, pk, name="rest", actor=replace(actor, role=Role.SYSTEM), at=at)


def unlock(*, actor: Actor, at: datetime, key: str | None, membership_id: str) -> Membership:
    """Forget the failed sign-ins of a member, so that they need not wait. Raises NotFound, NotAllowed, Conflict."""

    def forget(record: Membership) -> None:
        forget_failures(username=counted_as(record.principal.phone or ""))

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
        holds = record.state == MembershipState.ACTIVE
        if holds and actor.role is not Role.SYSTEM and not _keeper_stays(record, day):
            raise Invalid({"": _("Invite a successor first: nobody would be left to look after the members.")})
        worklist.hand_over(record.principal_id, record.institution_id, to)
        InvitationCode.objects.filter(membership=record).delete()
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


def _the_same_person(principal: Principal, name: str, *, is_new: bool) -> None:
    """Refuse a number that is somebody else's, without saying whose."""
    somebody_else = Invalid({"phone": _("This number belongs to somebody else. Check it with the person.")})
    if principal.kind != Principal.Kind.USER:
        raise somebody_else
    borne = set(network.names_at(principal.phone or "", principal.pk))
    if not is_new and not invited.never_came_in(principal):
        borne.add(principal.name)
    if borne and folded(name) not in {folded(one) for one in borne}:
        raise somebody_else


def _give_seat_code(record: Membership, name: str, code: str, at: datetime) -> None:
    facts = {"code_hash": make_password(code), "made_at": at, "expires_at": at + domain.CODE_LIVES}
    kept, made = InvitationCode.objects.get_or_create(
        membership=record, defaults={**facts, "name": name, "attempts_left": ATTEMPTS}
    )
    if not made:
        InvitationCode.objects.filter(pk=kept.pk).update(**facts, attempts_left=ATTEMPTS)


def _give_code(principal_id: int, code: str, at: datetime) -> None:
    guarded.write(principal_id, password=make_password(code))
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
