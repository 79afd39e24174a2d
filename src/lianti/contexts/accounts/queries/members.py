"""The members of one's own institution."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lianti.contexts.accounts import domain, guarded, labels, rules
from lianti.contexts.accounts.models import InvitationCode, Membership, MembershipTransition, OneTimeCode
from lianti.contexts.accounts.queries import invited
from lianti.contexts.accounts.queries.acting import valid
from lianti.contexts.accounts.queries.sign_in import counted_as
from lianti.contexts.accounts.states import MEMBERSHIP, MembershipState
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound, Sentence
from lianti.lib.roles import Role
from lianti.records.cells import State


@dataclass(frozen=True)
class MemberFacts:
    """One line of the members' page."""

    id: int
    public_id: str
    institution_id: int
    institution: str
    principal_id: int
    name: str
    phone: str
    role: Role
    state: MembershipState
    from_date: date
    to_date: date | None
    department: str
    last_login: datetime | None
    code_open: bool
    locked: bool = False

    @property
    def role_label(self) -> Sentence:
        """Return the role in the reader's language."""
        return labels.ROLES[self.role]

    @property
    def badge(self) -> State:
        """Return the state in the reader's language, with its quiet colour."""
        word, tone = labels.STATES[self.state]
        return State(self.state, str(word), tone)


def members(actor: Actor, at: datetime, *, institution_id: int | None = None, ended: bool = False) -> list[MemberFacts]:
    """Return the members of an institution (none named: the actor's), the ended ones when asked.

    Its own desks and administrators see all of them, everybody else themselves.
    """
    rows = _rows(actor).filter(institution=institution_id or actor.tenant_id)
    rows = rows.filter(state=MembershipState.ENDED) if ended else rows.exclude(state=MembershipState.ENDED)
    locked = _locked(at)
    return [_facts(row, locked) for row in rows.order_by("role", "principal__name", "pk")]


def member(actor: Actor, public_id: str, at: datetime) -> MemberFacts:
    """Find one member whom the actor may see. Raises NotFound."""
    row = _rows(actor).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return _facts(row, _locked(at))


def successors(actor: Actor, found: MemberFacts, day: date) -> list[tuple[str, str]]:
    """Return who can take over a member's work: (public id, name and role) of the others at the institution."""
    rows = _rows(actor).filter(valid(day), institution=found.institution_id).exclude(principal=found.principal_id)
    rows = rows.order_by("role", "principal__name", "pk")
    found_rows = rows.values_list("public_id", "principal__name", "role")
    return [(key, f"{name} · {labels.ROLES[Role(role)]}") for key, name, role in found_rows]


ELSEWHERE = frozenset({"accept", "decline", "change_own_phone"})  # done on pages of one's own


def available(actor: Actor, found: MemberFacts, at: datetime) -> list[str]:
    """Return the moves that the actor may make on a member, from the two tables."""
    row = Membership(
        pk=found.id,
        principal_id=found.principal_id,
        institution_id=found.institution_id,
        role=found.role,
        state=found.state,
    )
    moves = [t for t in MEMBERSHIP.allowed(found.state) if rules.TABLE.refusal(actor, t.action, row) is None]
    names = [t.name for t in moves if t.name not in ELSEWHERE and (t.name != "unlock" or found.locked)]
    if "ask_reset" in names:  # a second administrator is needed: one asks, another resets
        asked = invited.asked_by(found.id, at)
        alone = asked in {None, actor.principal_id} | invited.hands(actor.principal_id, at)
        names = [name for name in names if name not in (invited.SECOND[1:] if alone else ("ask_reset",))]
        if asked == actor.principal_id:
            names.remove("ask_reset")
    return names


def may_invite(actor: Actor, institution: network.InstitutionFacts) -> list[tuple[str, Sentence]]:
    """Return the roles that the actor may give at an institution, with their names; none: no invitations."""
    return [
        (role.value, labels.ROLES[role])
        for role in Role
        if role in domain.roles_at(institution.kind)
        and rules.TABLE.refusal(actor, "accounts.invite", Membership(institution_id=institution.id, role=role)) is None
    ]


@dataclass(frozen=True)
class MomentFacts:
    """One line of a membership's story."""

    at: datetime
    who: str
    institution: str
    name: str
    note: str

    @property
    def what(self) -> Sentence:
        """Return what happened in the reader's language."""
        return labels.MOVES.get(self.name, self.name)


def story(actor: Actor, public_id: str) -> list[MomentFacts]:
    """Return what happened to a membership that the actor may see, latest first."""
    rows = MembershipTransition.objects.filter(record__in=_rows(actor).filter(public_id=public_id).values("pk"))
    fields = rows.order_by("-at", "-pk").values_list("at", "principal__name", "tenant__label", "name", "note")
    return [MomentFacts(*row) for row in fields]


def _rows(actor: Actor) -> QuerySet[Membership]:
    asked = InvitationCode.objects.filter(membership=OuterRef("pk")).values("name")
    return Membership.objects.filter(rules.TABLE.visible_to(actor)).annotate(
        who=Coalesce(Subquery(asked), "principal__name"),
        phone=F("principal__phone"),
        last_login=F("principal__last_login"),
        in_department=F("department__name"),
        at_institution=F("institution__short_name"),
        code_open=Exists(OneTimeCode.objects.filter(principal=OuterRef("principal"))),
    )


def _locked(at: datetime) -> set[str]:
    """Return what the failures of locked sign-ins are counted under at this moment."""
    since = at - timedelta(hours=settings.AXES_COOLOFF_TIME)
    return guarded.locked(since, settings.AXES_FAILURE_LIMIT)


def _facts(row: Membership, locked: set[str]) -> MemberFacts:
    """Return one line; of who has not accepted yet only what the inviter wrote."""
    accepted = row.state != MembershipState.INVITED
    return MemberFacts(
        id=row.pk,
        public_id=row.public_id,
        institution_id=row.institution_id,
        institution=row.at_institution,  # type: ignore[attr-defined]
        principal_id=row.principal_id,
        name=row.who,  # type: ignore[attr-defined]
        phone=row.phone or "",  # type: ignore[attr-defined]
        role=Role(row.role),
        state=MembershipState(row.state),
        from_date=row.from_date,
        to_date=row.to_date,
        department=row.in_department or "",  # type: ignore[attr-defined]
        last_login=row.last_login if accepted else None,  # type: ignore[attr-defined]
        code_open=accepted and row.code_open,  # type: ignore[attr-defined]
        locked=accepted and bool(locked) and counted_as(row.phone or "") in locked,  # type: ignore[attr-defined]
    )
