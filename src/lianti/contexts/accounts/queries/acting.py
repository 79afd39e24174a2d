"""For whom a principal acts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now, TruncDate

from lianti.contexts.accounts.labels import ROLES
from lianti.contexts.accounts.models import Membership, Seat
from lianti.contexts.accounts.queries.invited import nobody_else
from lianti.contexts.accounts.states import MembershipState
from lianti.contexts.network import queries as network
from lianti.kernel.models import Principal
from lianti.kernel.ready import Ready
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import Role


@dataclass(frozen=True)
class MembershipFacts:
    """One institution that somebody can act for, in one role."""

    id: int
    public_id: str
    institution_id: int
    institution: str
    institution_name: str
    institution_public_id: str
    role: Role
    from_date: date
    to_date: date | None
    person_id: int | None
    department_id: int | None
    alone: bool = False

    def actor(self, principal_id: int) -> Actor:
        """Return whom its bearer acts as."""
        return Actor(principal_id, self.institution_id, self.role, self.person_id, self.department_id, self.alone)

    @property
    def role_label(self) -> Sentence:
        """Return the role in the reader's language."""
        return ROLES[self.role]

    def __str__(self) -> str:
        return f"{self.institution} · {self.role_label}"


def role_label(role: str) -> Sentence:
    """Return the name of a role in the reader's language."""
    return ROLES[Role(role)]


def valid(day: date | TruncDate) -> Q:
    """Return the filter of the memberships that hold on `day`."""
    return Q(state=MembershipState.ACTIVE, from_date__lte=day) & (Q(to_date=None) | Q(to_date__gte=day))


def acting(principal_id: int, public_id: str | None, day: date) -> Actor | None:
    """Return whom a principal acts as, in one query; None when the membership does not hold on `day`.

    Without a public id: the one that was used last, else the oldest that holds.
    """
    rows = _active(principal_id, day)
    if public_id is not None:
        rows = rows.filter(public_id=public_id)
    else:
        last = Seat.objects.filter(principal=OuterRef("principal"), membership=OuterRef("pk"))
        rows = rows.annotate(last=Exists(last)).order_by("-last", "pk")
    return _actor(principal_id, _as_actor(rows).first())


def _actor(principal_id: int, found: tuple[int, str, int | None, int | None] | None) -> Actor | None:
    return Actor(principal_id, found[0], Role(found[1]), *found[2:]) if found else None


def seat(principal_id: int, tenant_id: int, role: Role, day: date) -> Actor | None:
    """Return whom a principal acts as at an institution in a role; None when they do not on `day`."""
    return _actor(principal_id, _as_actor(_active(principal_id, day).filter(institution=tenant_id, role=role)).first())


def has_administrator(day: date) -> bool:
    """Tell whether anybody at all is an administrator, or is asked to be; asked in the scope of jobs."""
    rows = Membership.objects.filter(valid(day) | Q(state=MembershipState.INVITED), role=Role.ADMINISTRATOR)
    return rows.filter(principal__is_active=True).exists()


def _active(principal_id: int, day: date) -> QuerySet[Membership]:
    return Membership.objects.filter(valid(day), principal=principal_id, principal__is_active=True)


def _as_actor(rows: QuerySet[Membership]) -> QuerySet[Membership, tuple[int, str, int | None, int | None]]:
    rows = rows.annotate(person_pk=network.person_key(OuterRef("principal")))
    return rows.values_list("institution", "role", "person_pk", "department")


def memberships(principal_id: int, day: date) -> list[MembershipFacts]:
    """Return the institutions and roles that a principal can act in on `day`, in one query; the oldest first."""
    return [_facts(row) for row in _HELD.rows(principal_id, day)]


def membership(actor: Actor, day: date) -> MembershipFacts | None:
    """Return the membership behind an actor on `day`: what stands at the top of every page."""
    held = memberships(actor.principal_id, day)
    return next((one for one in held if (one.institution_id, one.role) == (actor.tenant_id, actor.role)), None)


def recipients(tenant_id: int, roles: Iterable[str], day: date, unit: int | None = None) -> list[int]:
    """Return the principals who bear one of the roles at an institution on `day`.

    With `unit`, a department, those alone whose seat carries it, or none.
    """
    rows = Membership.objects.filter(valid(day), institution=tenant_id, role__in=list(roles))
    if unit is not None:
        rows = rows.filter(Q(department=None) | Q(department=unit))
    return list(rows.order_by("principal").values_list("principal", flat=True).distinct())


def nobody_there(institution_id: int, roles: Iterable[str]) -> bool:
    """Say whether nobody acts for an institution in one of these roles today.

    By the database's clock: a rule asks, which knows no moment.
    """
    rows = Membership.objects.filter(valid(TruncDate(Now())), institution=institution_id, role__in=list(roles))
    return not rows.filter(principal__is_active=True).exists()


_HOUSE = ("institution", "institution__short_name", "institution__name", "institution__public_id")
_SEAT = ("pk", "public_id", *_HOUSE, "role", "from_date", "to_date", "person_pk", "department")


def _facts(row: tuple[Any, ...]) -> MembershipFacts:
    pk, public_id, house, short_name, name, house_id, role, *rest = row
    return MembershipFacts(pk, public_id, house, short_name, name, house_id, Role(role), *rest)


def signed_in(principal_id: int, day: date) -> tuple[Principal | None, list[MembershipFacts]]:
    """Return the principal of a session with what they can act in on `day`: one query, as on every request."""
    rows = _SIGNED_IN.rows(principal_id, day)
    if not rows:
        return _USERS.first(principal_id), []
    width = len(rows[0]) - len(_PRINCIPAL)
    principal = Principal.from_db(DEFAULT_DB_ALIAS, _PRINCIPAL, rows[0][width:])
    return principal, [_facts(row[:width]) for row in rows]


def _seats(principal_id: int, day: date) -> QuerySet[Membership, tuple[Any, ...]]:
    rows = _active(principal_id, day).annotate(person_pk=network.person_key(OuterRef("principal"))).order_by("pk")
    return rows.values_list(*_SEAT)


_PRINCIPAL = [field.attname for field in Principal._meta.concrete_fields]
_HELD = Ready(_seats, int, date)
_SIGNED_IN = Ready(
    lambda who, day: (
        _seats(who, day)
        .annotate(alone=nobody_else(OuterRef("principal")))
        .values_list(*_SEAT, "alone", *(f"principal__{name}" for name in _PRINCIPAL))
    ),
    int,
    date,
)
_USERS = Ready(lambda who: Principal.objects.filter(pk=who, is_active=True), int)
