"""Reading people: a directory for everyone signed in; a hidden person shows no name anywhere."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, OuterRef, Q, QuerySet, Subquery, Value

from lianti.contexts.network import labels, rules
from lianti.contexts.network.domain import clean, masked
from lianti.contexts.network.models import (
    GroupMember,
    PastEmployment,
    PastTitle,
    PeopleGroup,
    Person,
    PersonDoubt,
    PersonTransition,
)
from lianti.contexts.network.queries.facts import GroupFacts, MomentFacts, PersonFacts
from lianti.contexts.network.queries.institutions import facts_of as institution_facts
from lianti.contexts.network.queries.relations import bound_with
from lianti.contexts.network.queries.spelling import spelled
from lianti.contexts.network.queries.story import story_of
from lianti.contexts.network.states import DoubtState
from lianti.kernel.ready import Listed
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound
from lianti.lib.names import folded
from lianti.lib.roles import DESK, Role

_DESKS = DESK | {Role.LEADER}
_UNDATED = Value(None, output_field=DateField())
_GROUP, _EMPLOYER, _PAST, _ALIKE = 0, 1, 2, 3
_UNSETTLED = [DoubtState.OPEN, DoubtState.SAME]


def _doubts(people: list[int], one: str, other: str) -> QuerySet[PersonDoubt, Any]:
    rows = PersonDoubt.objects.filter(**{f"{one}__in": people}, state__in=_UNSETTLED)
    return rows.values_list(one, other, _UNDATED, _UNDATED, Value(_ALIKE))


# Asked for in every verification: the groups of people, who employs them, who did before, and whom they may be.
_TIES: Listed[tuple[int, int, date | None, date | None, int]] = Listed(
    lambda people: (
        GroupMember.objects.filter(person__in=people)
        .values_list("person", "group", "from_date", "to_date", Value(_GROUP))
        .union(
            Person.objects.filter(pk__in=people).values_list("pk", "employer", _UNDATED, _UNDATED, Value(_EMPLOYER)),
            PastEmployment.objects.filter(person__in=people).values_list(
                "person", "institution", "from_date", "to_date", Value(_PAST)
            ),
            _doubts(people, "person", "other"),
            _doubts(people, "other", "person"),
            all=True,
        )
    )
)
Spans = dict[int, list[tuple[int, date, date | None]]]


def facts_of(row: Person) -> PersonFacts:
    """Return the facts of one person row, the name withheld when hidden. Wants employer and department selected."""
    hidden = row.hidden_at is not None
    return PersonFacts(
        id=row.pk,
        public_id=row.public_id,
        name=labels.HIDDEN_PERSON if hidden else row.name,
        duty="" if hidden else row.duty,
        title_level=row.title_level,
        employer=institution_facts(row.employer),
        department=row.department.name if row.department else "",
        hidden=hidden,
        principal_id=row.principal_id,
    )


def _rows() -> QuerySet[Person]:
    return Person.objects.select_related("employer", "department")


def person(public_id: str) -> PersonFacts:
    """Find a person by public id. Raises NotFound."""
    row = _rows().filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return facts_of(row)


def person_by_id(pk: int) -> PersonFacts:
    """Find a person by key. Raises NotFound."""
    row = _rows().filter(pk=pk).first()
    if row is None:
        raise NotFound
    return facts_of(row)


def person_of(principal_id: int) -> PersonFacts | None:
    """Return the person who signs in as this principal, or None."""
    row = _rows().filter(principal=principal_id).first()
    return facts_of(row) if row else None


def principal_of(person_id: int) -> int | None:
    """Return as whom a person signs in, or None."""
    return Person.objects.filter(pk=person_id).values_list("principal", flat=True).first()


def person_key(principal: OuterRef) -> Subquery:
    """Return the expression, for a row of another context, of the key of the person who signs in as `principal`."""
    return Subquery(Person.objects.filter(principal=principal).values("pk")[:1])


def names_at(phone: str, principal_id: int) -> list[str]:
    """Return the names of whoever has this number or signs in as this principal; to be compared, never shown."""
    which = Q(principal=principal_id) | (Q(phone=phone) if phone else Q(pk=None))
    return list(Person.objects.filter(which).values_list("name", flat=True))


def people_by_principal(principal_ids: Iterable[int]) -> dict[int, PersonFacts]:
    """Return the people who sign in as these principals, by principal, in one query."""
    rows = _rows().filter(principal__in=set(principal_ids))
    return {row.principal_id: facts_of(row) for row in rows if row.principal_id is not None}


def people_by_id(pks: Iterable[int]) -> dict[int, PersonFacts]:
    """Return the named people by key, in one query."""
    return {row.pk: facts_of(row) for row in _rows().filter(pk__in=set(pks))}


def like(said: str) -> QuerySet[Person]:
    """Return the people, nobody hidden, with the word in their name, or whose name begins with these first letters."""
    return Person.objects.filter(Q(name__icontains=said) | spelled(said), hidden_at=None)


def people_where(which: Q) -> list[PersonFacts]:
    """Return the few people who fit, at most three, no hidden ones."""
    return [facts_of(row) for row in _rows().filter(which, hidden_at=None).order_by("pk")[:3]]


def people_of(institution_id: int, *, hidden: bool = False) -> list[PersonFacts]:
    """Return the people whom an institution employs, hidden ones only when asked for."""
    rows = _rows().filter(employer=institution_id)
    if not hidden:
        rows = rows.filter(hidden_at=None)
    return [facts_of(row) for row in rows.order_by("department__name", "name", "pk")]


def keys_in_department(name: str) -> QuerySet[Person, Any]:
    """Return the expression of the keys of those whose department bears a name; '' for who is in none."""
    which = Q(department__name=name) if name else Q(department=None)
    return Person.objects.filter(which).values("pk")


def people_among(
    institution_ids: Iterable[int], *, names: Iterable[str] | None = None, limit: int = 300
) -> list[PersonFacts]:
    """Return people whom these institutions employ, those of the given names when any are given; no hidden ones.

    A name is the same however its blanks and points are written.
    """
    rows = _rows().filter(employer__in=set(institution_ids), hidden_at=None)
    if names is not None:
        rows = rows.filter(pk__in=_bearers(rows, names)[:limit])
    return [facts_of(row) for row in rows.order_by("name", "pk")[:limit]]


def _bearers(rows: QuerySet[Person], names: Iterable[str]) -> list[int]:
    wanted = {folded(name) for name in names} - {""}
    return (
        [pk for pk, name in rows.order_by("pk").values_list("pk", "name") if folded(name) in wanted] if wanted else []
    )


def namesakes(employer_id: int, name: str, phone: str = "") -> list[PersonFacts]:
    """Return who at an institution may be the same person: of this name, however written, or with this phone."""
    rows = _rows().filter(employer=employer_id, hidden_at=None)
    same = Q(pk__in=_bearers(rows, [name])) | (Q(phone=clean(phone)) if phone.strip() else Q(pk=None))
    return [facts_of(row) for row in rows.filter(same).order_by("pk")[:5]]


def employers(person_ids: Iterable[int]) -> dict[int, int]:
    """Return the employer's key of each person."""
    return ties(person_ids).employers


def phone_for(actor: Actor, person_id: int) -> str:
    """Return a person's phone for colleagues, and for desks of institutions that share a relation in force.

    Other desks get it masked, others nothing; nobody gets a hidden person's.
    """
    rows = Person.objects.filter(pk=person_id, hidden_at=None).annotate(clear=phone_clear_to(actor))
    phone, clear = rows.values_list("phone", "clear").first() or ("", False)
    return phone if clear else masked(phone) if actor.role in _DESKS else ""


def phones_for(actor: Actor, person_ids: Iterable[int]) -> dict[int, str]:
    """Return the phones of several people as `phone_for` gives each, in one query."""
    rows = Person.objects.filter(pk__in=set(person_ids), hidden_at=None).annotate(clear=phone_clear_to(actor))
    desk = actor.role in _DESKS
    return {
        pk: phone if clear else masked(phone) if desk else ""
        for pk, phone, clear in rows.values_list("pk", "phone", "clear")
    }


def phone_clear_to(actor: Actor) -> Q:
    """Return the condition that the actor sees a person's whole phone."""
    own = Q(employer=actor.tenant_id)
    return own | Q(employer__in=bound_with(actor.tenant_id).values("institution")) if actor.role in _DESKS else own


def groups_of(person_ids: Iterable[int], day: date) -> dict[int, set[int]]:
    """Return for each person the groups they are in on `day`."""
    rows = GroupMember.objects.filter(person__in=set(person_ids), from_date__lte=day).filter(
        Q(to_date=None) | Q(to_date__gte=day)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for person_id, group_id in rows.values_list("person", "group"):
        found[person_id].add(group_id)
    return dict(found)


def group_public_id(pk: int) -> str:
    """Return the public id of a group of people."""
    return str(PeopleGroup.objects.values_list("public_id", flat=True).get(pk=pk))


@dataclass(frozen=True)
class Ties:
    """Of people: who employs them today; as (key, from, to) where they worked before, and their groups.

    `alike`: whom else in the directory they are, or may be while nobody has settled it.
    """

    employers: dict[int, int]
    worked: Spans
    groups: Spans
    alike: dict[int, set[int]]


def ties(person_ids: Iterable[int]) -> Ties:
    """Return who employs and employed these people, their groups, and whom they may be, in one query."""
    found = Ties({}, defaultdict(list), defaultdict(list), defaultdict(set))
    for person_id, other, first, last, which in _TIES.rows(set(person_ids)):
        if which == _EMPLOYER:
            found.employers[person_id] = other
        elif which == _ALIKE:
            found.alike[person_id].add(other)
        else:
            spans = found.groups if which == _GROUP else found.worked
            spans[person_id].append((other, first or date.min, last))
    return found


def past_titles(person_ids: Iterable[int]) -> dict[int, list[tuple[date, str]]]:
    """Return the titles of before, by person: (the day from which it was borne no more, title), the earliest first."""
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    rows = PastTitle.objects.filter(person__in=list(person_ids)).order_by("until")
    for person_id, until, title in rows.values_list("person_id", "until", "title_level"):
        found[person_id].append((until, title))
    return found


def titles_of(person: PersonFacts) -> list[tuple[str, date | None]]:
    """Return somebody's titles with the day since when, the present one first; None: since nobody knows when."""
    past = past_titles([person.id]).get(person.id, [])
    since = [None, *(until for until, _title in past)]
    borne = [*(title for _until, title in past), person.title_level]
    return [(title, day) for title, day in reversed(list(zip(borne, since, strict=True))) if title]


def groups_shared(person_ids: Iterable[int], day: date) -> dict[int, set[int]]:
    """Return the groups that at least two of these people are in on `day`, each with those people."""
    people: dict[int, set[int]] = defaultdict(set)
    for person_id, groups in groups_of(person_ids, day).items():
        for group in groups:
            people[group].add(person_id)
    return {group: members for group, members in people.items() if len(members) > 1}


def membership_of(person_id: int) -> list[GroupFacts]:
    """Return the groups a person is or was in, latest first."""
    rows = GroupMember.objects.filter(person=person_id).select_related("group").order_by("-from_date", "pk")
    return [
        GroupFacts(
            id=r.group.pk,
            public_id=r.group.public_id,
            name=r.group.name,
            kind=r.group.kind,
            from_date=r.from_date,
            to_date=r.to_date,
        )
        for r in rows
    ]


@dataclass(frozen=True)
class PersonPage:
    """All that the page of a person says of them."""

    person: PersonFacts
    phone: str
    groups: list[GroupFacts]
    titles: list[tuple[str, date | None]]  # with the day since when, the present one first
    story: list[MomentFacts]
    available: list[str]


def person_page(actor: Actor, public_id: str) -> PersonPage:
    """Return a person with groups, story and the moves open to the actor. Raises NotFound."""
    found = person(public_id)
    return PersonPage(
        person=found,
        phone=phone_for(actor, found.id),
        groups=[] if found.hidden else membership_of(found.id),
        titles=titles_of(found),
        story=story_of(PersonTransition, found.id),
        available=rules.available(actor, rules.PERSON_FLOW, public_id),
    )
