"""People who belong together for a time: batches, teams, committees."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianti.contexts.network import domain
from lianti.contexts.network.models import GroupMember, PeopleGroup, Person
from lianti.contexts.network.rules import GROUP_FLOW
from lianti.contexts.network.states import GroupKind
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid


def create_group(
    *, actor: Actor, at: datetime, key: str | None, institution_id: int, name: str, kind: str = GroupKind.BATCH
) -> PeopleGroup:
    """Open a group of people at an institution. Raises NotAllowed, Invalid, KeyReused."""
    name = domain.clean(name)
    if not name or len(name) > 120:
        raise Invalid({"name": _("Give a name of at most 120 characters.")})
    if kind not in set(GroupKind):
        raise Invalid({"kind": _("Choose one of the kinds of group.")})
    record = PeopleGroup(institution_id=institution_id, name=name, kind=kind)
    body = {"institution": institution_id, "name": name, "kind": kind}
    return engine.create(GROUP_FLOW, record, name="create_group", actor=actor, at=at, key=key, body=body)


def add_group_member(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    group_id: str,
    person_id: str,
    from_date: date,
    to_date: date | None = None,
) -> PeopleGroup:
    """Put a person into a group from a day on. Raises NotFound, NotAllowed, Conflict, Invalid."""
    if to_date is not None and to_date < from_date:
        raise Invalid({"to_date": _("The last day lies before the first.")})

    def join(group: PeopleGroup) -> None:
        person = _person(person_id)
        before = GroupMember.objects.filter(group=group, person=person)
        if any(_meet(m, from_date, to_date) for m in before):
            raise Invalid({"person": _("This person is in the group on these days already.")})
        GroupMember.objects.create(group=group, person=person, from_date=from_date, to_date=to_date)

    facts = {"person": person_id, "from_date": from_date.isoformat(), "to_date": to_date.isoformat() if to_date else ""}
    found: PeopleGroup = engine.move(
        GROUP_FLOW, group_id, name="add_group_member", actor=actor, at=at, key=key, effect=join, facts=facts
    )
    return found


def end_group_member(
    *, actor: Actor, at: datetime, key: str | None, group_id: str, person_id: str, to_date: date
) -> PeopleGroup:
    """Let a person's time in a group end on a day. Raises NotFound, NotAllowed, Conflict, Invalid."""

    def leave(group: PeopleGroup) -> None:
        rows = GroupMember.objects.filter(group=group, person=_person(person_id), from_date__lte=to_date, to_date=None)
        if not rows.update(to_date=to_date):
            raise Invalid({"person": _("This person is not in the group on that day.")})

    facts = {"person": person_id, "to_date": to_date.isoformat()}
    found: PeopleGroup = engine.move(
        GROUP_FLOW, group_id, name="end_group_member", actor=actor, at=at, key=key, effect=leave, facts=facts
    )
    return found


def close_group(*, actor: Actor, at: datetime, key: str | None, group_id: str) -> PeopleGroup:
    """Close a group; who was in it when stays. Raises NotFound, NotAllowed, Conflict."""
    found: PeopleGroup = engine.move(GROUP_FLOW, group_id, name="close_group", actor=actor, at=at, key=key)
    return found


def _person(public_id: str) -> Person:
    person = Person.objects.filter(public_id=public_id).first()
    if person is None:
        raise Invalid({"person": _("Choose somebody from the directory.")})
    return person


def _meet(member: GroupMember, from_date: date, to_date: date | None) -> bool:
    starts_before_end = to_date is None or member.from_date <= to_date
    return starts_before_end and (member.to_date is None or member.to_date >= from_date)
