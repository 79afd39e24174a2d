"""For whom a principal acts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianti.contexts.accounts.labels import ROLES
from lianti.contexts.accounts.models import Membership, Seat
from lianti.contexts.accounts.states import MembershipState
from lianti.contexts.network import queries as network
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

    @property
    def role_label(self) -> Sentence:
        """Return the role in the reader's language."""
        return ROLES[self.role]

    def __str__(self) -> str:
        return f"{self.institution} · {self.role_label}"


def role_label(role: str) -> Sentence:
    """Return the name of a role in the reader's language."""
    return ROLES[Role(role)]


def valid(day: date) -> Q:
    """Return the filter of the memberships that hold on `day`."""
    return Q(state=MembershipState.ACTIVE, from_date__lte=day) & (Q(to_date=None) | Q(to_date__gte=day))


def acting(principal_id: int, membership_id: int | str | None, day: date) -> Actor | None:
    """Return whom a principal acts as, in one query; None when the membership does not hold on `day`.

    `membership_id` is a key or a public id; without it: the one that was used last, else the oldest that holds.
    """
    if isinstance(membership_id, int):  # as on every request
        known = _HELD.first(principal_id, membership_id, day)
        return _actor(principal_id, known)
    rows = _active(principal_id, day)
    if membership_id is not None:
        rows = rows.filter(public_id=membership_id)
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
    """Tell whether anybody at all is an administrator; asked in the scope of jobs."""
    return Membership.objects.filter(valid(day), role=Role.ADMINISTRATOR, principal__is_active=True).exists()


def _active(principal_id: int, day: date) -> QuerySet[Membership]:
    return Membership.objects.filter(valid(day), principal=principal_id, principal__is_active=True)


def _as_actor(rows: QuerySet[Membership]) -> QuerySet[Membership, tuple[int, str, int | None, int | None]]:
    rows = rows.annotate(person_pk=network.person_key(OuterRef("principal")))
    return rows.values_list("institution", "role", "person_pk", "department")


_HELD = Ready(lambda who, membership, day: _as_actor(_active(who, day).filter(pk=membership)), int, int, date)


def memberships(principal_id: int, day: date) -> list[MembershipFacts]:
    """Return the institutions and roles that a principal can act in on `day`, in one query."""
    return _facts(Membership.objects.filter(valid(day), principal=principal_id))


def membership(actor: Actor, day: date) -> MembershipFacts | None:
    """Return the membership behind an actor on `day`: what stands at the top of every page."""
    rows = Membership.objects.filter(
        valid(day), principal=actor.principal_id, institution=actor.tenant_id, role=actor.role
    )
    return next(iter(_facts(rows)), None)


def recipients(tenant_id: int, roles: Iterable[str], day: date, unit: int | None = None) -> list[int]:
    """Return the principals who bear one of the roles at an institution on `day`.

    With `unit`, a department, those alone whose seat carries it, or none.
    """
    rows = Membership.objects.filter(valid(day), institution=tenant_id, role__in=list(roles))
    if unit is not None:
        rows = rows.filter(Q(department=None) | Q(department=unit))
    return list(rows.order_by("principal").values_list("principal", flat=True).distinct())


def _facts(rows: QuerySet[Membership]) -> list[MembershipFacts]:
    fields = rows.order_by("pk").values_list(
        "pk",
        "public_id",
        "institution",
        "institution__short_name",
        "institution__name",
        "institution__public_id",
        "role",
        "from_date",
        "to_date",
    )
    return [
        MembershipFacts(
            id=row[0],
            public_id=row[1],
            institution_id=row[2],
            institution=row[3],
            institution_name=row[4],
            institution_public_id=row[5],
            role=Role(row[6]),
            from_date=row[7],
            to_date=row[8],
        )
        for row in fields
    ]
