"""How the first people come in: an operator invites somebody from the command line."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from lianti.contexts.accounts import queries as members
from lianti.contexts.accounts import services as accounts
from lianti.contexts.network import queries as network
from lianti.contexts.network import services as directory
from lianti.kernel import scope
from lianti.kernel.models import Principal, Tenant
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.roles import Role

NAME = "operator"


@dataclass(frozen=True)
class FirstOne:
    """Who is invited: phone number, name and role, for the institution of this code or name.

    `kind`: the institution is made with this kind when it is not in the directory yet.
    """

    phone: str
    name: str
    role: str
    institution: str
    kind: str = ""


def invite(*, at: datetime, first: FirstOne) -> accounts.Issued | None:
    """Invite somebody with the rights of a job; None when there is no such institution and no kind to make it.

    Raises Invalid.
    """
    with scope.system():
        job = _operator()
        institution_id = _institution(job, at, first)
        if institution_id is None:
            return None
        invitation = accounts.Invitation(
            phone=first.phone,
            name=first.name,
            role=first.role,
            from_date=shanghai_day(at),
            institution_id=institution_id,
        )
        return accounts.invite(actor=job, at=at, key=None, invitation=invitation)


def reset(*, at: datetime, phone: str) -> accounts.Issued | None:
    """Reset the password of whoever signs in with this number, journaled as the operator's; None when nobody does."""
    with scope.system():
        principal = members.principal_for(phone)
        held = members.memberships(principal.pk, shanghai_day(at)) if principal else []
        if not held:
            return None
        return accounts.reset_password(actor=_operator(), at=at, key=None, membership_id=held[0].public_id)


def settle(*, at: datetime, first: FirstOne) -> accounts.Issued | None:
    """Invite the first administrator of a site, who is also its office; None when the site has an administrator.

    Raises Invalid.
    """
    with scope.system(), transaction.atomic():
        if members.has_administrator(shanghai_day(at)):
            return None
        issued = invite(at=at, first=replace(first, role=Role.ADMINISTRATOR))
        if issued is not None:
            seat = issued.membership
            accounts.adopt(
                actor=_operator(),
                at=at,
                key=None,
                principal_id=seat.principal_id,
                institution_id=seat.institution_id,
                role=Role.OFFICE,
                from_date=seat.from_date,
            )
        return issued


def settled(*, at: datetime) -> bool:
    """Say whether the site has somebody who can invite the others."""
    with scope.system():
        return members.has_administrator(shanghai_day(at))


def _operator() -> Actor:
    """Return the actor of the operator's shell."""
    tenant, _made = Tenant.objects.get_or_create(label=NAME)
    principal, _made = Principal.objects.get_or_create(kind=Principal.Kind.JOB, name=NAME)
    return Actor(principal.pk, tenant.pk, Role.SYSTEM)


def _institution(job: Actor, at: datetime, first: FirstOne) -> int | None:
    known = network.institution_by_code(first.institution)
    if known is not None:
        return int(known.id)
    named = [found.pk for found in network.institutions(text=first.institution) if found.name == first.institution]
    if named:
        return int(named[0])
    if not first.kind:
        return None
    draft = directory.InstitutionDraft(name=first.institution, kind=first.kind)
    made: int = directory.adopt_institution(actor=job, at=at, institution=draft, source=NAME).pk
    return made
