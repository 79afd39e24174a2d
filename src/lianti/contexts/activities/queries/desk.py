"""What the form of an activity may offer its reader: institutions, people, accounts, and what is preset."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lianti.contexts.activities import rules, words
from lianti.contexts.activities.models import Activity, ActivityReceiver
from lianti.contexts.activities.states import ActivityState
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.ledger.queries import kinds
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts, RelationFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.names import folded
from lianti.lib.roles import Role

RECORDERS = rules.SCRIBES - {Role.SYSTEM}
RECENT = 60
OFTEN = 8


@dataclass(frozen=True)
class Nameable:
    """An account that a person can name."""

    id: int
    label: str


@dataclass(frozen=True)
class Desk:
    """The choices of the form and the presets of one reader."""

    institutions: list[InstitutionFacts]
    known: list[kinds.Kind]
    often: list[kinds.Kind]
    giver: InstitutionFacts | None
    receivers: list[InstitutionFacts]
    me: PersonFacts | None
    relation: RelationFacts | None = None  # in which the form was begun

    def find(self, public_id: str) -> InstitutionFacts | None:
        """Return the institution of the form that is meant, or None."""
        return next((place for place in self.institutions if place.public_id == public_id), None)


@dataclass(frozen=True)
class People:
    """The people of the sides of one activity, by name; where several bear one, with the institution behind it."""

    named: list[str]
    _found: dict[str, list[int]]

    def person(self, name: str) -> int | None:
        """Return the one person meant by a name, or None."""
        found = self._found.get(folded(name), [])
        return found[0] if len(found) == 1 else None

    def refusal(self, name: str) -> Sentence:
        """Say why a name is not taken."""
        return words.SEVERAL_PEOPLE if len(self._found.get(folded(name), [])) > 1 else words.NOBODY


def desk(actor: Actor, relation_id: str = "") -> Desk:
    """Return what the form offers to this reader, at a constant number of queries; `relation_id`: for one relation."""
    relations = [r for r in network.relations_of(actor) if r.state != "ended"]
    institutions = _institutions(actor, relations)
    me = network.person_of(actor.principal_id)
    begun = next((relation for relation in relations if relation.public_id == relation_id), None)
    giver, receivers = _sides_of(begun, actor) if begun else _sides(actor, relations, institutions, me)
    return Desk(
        institutions=institutions,
        known=list(kinds.activities(giving=True)),
        often=_often(actor),
        giver=giver,
        receivers=receivers,
        me=me,
        relation=begun,
    )


def people(houses: Iterable[int], *, typed: Iterable[str] | None = None) -> People:
    """Return the people of these institutions to choose from; with `typed`, those who bear one of the names."""
    bare = None if typed is None else {name.partition(" (")[0] for name in typed}
    found = network.people_among(houses, names=bare)
    called = {person.id: str(person.name) for person in found}
    # Where two would be called the same: the institution, then the department and duty, then the reference.
    for more in _APART:
        often = Counter(folded(name) for name in called.values())
        for person in found:
            if often[folded(called[person.id])] > 1:
                called[person.id] = f"{person.name} ({more(person)})"
    names: dict[str, list[int]] = defaultdict(list)
    for person in found:
        for name in {folded(str(person.name)), folded(called[person.id])}:
            names[name].append(person.id)
    return People(list(called.values()), dict(names))


_APART: tuple[Callable[[PersonFacts], str], ...] = (
    lambda one: one.employer.short_name,
    lambda one: " ".join(part for part in (one.employer.short_name, one.department, one.duty) if part),
    lambda one: f"{one.employer.short_name} {one.public_id[-4:]}",
)


def nameable(actor: Actor, kind: str, pairs: Iterable[tuple[InstitutionFacts, InstitutionFacts]]) -> list[Nameable]:
    """Return the open accounts between these pairs that an activity of the kind can be named for.

    Those that take the kind by themselves are left out: nobody has to name them.
    """
    unit = kinds.unit_of(kind).code
    return [
        Nameable(row.pk, f"{giver.short_name} → {receiver.short_name}: {row.label}")
        for giver, receiver in pairs
        for row in ledger.open_accounts_between(actor, giver.id, receiver.id)
        if kind not in row.kinds and row.unit in ("", unit)
    ]


def _institutions(actor: Actor, relations: list[RelationFacts]) -> list[InstitutionFacts]:
    found = {party.id: party for relation in relations for party in (relation.lead, *relation.members)}
    if actor.tenant_id not in found:
        found[actor.tenant_id] = network.institution_by_id(actor.tenant_id)
    return sorted(found.values(), key=lambda place: (place.id != actor.tenant_id, place.short_name))


def _sides_of(relation: RelationFacts, actor: Actor) -> tuple[InstitutionFacts, list[InstitutionFacts]]:
    """Return who gives and who receives in a relation: its lead to the reader's institution, or to its only member."""
    own = [member for member in relation.members if member.id == actor.tenant_id]
    return relation.lead, own or (list(relation.members) if len(relation.members) == 1 else [])


def _sides(
    actor: Actor, relations: list[RelationFacts], institutions: list[InstitutionFacts], me: PersonFacts | None
) -> tuple[InstitutionFacts | None, list[InstitutionFacts]]:
    """Return who gave and who received, preset: as last time; else employer to posting; else by the relation."""
    by_id = {place.id: place for place in institutions}
    last = (
        Activity.objects.filter(created_by_id=actor.principal_id, tenant_id=actor.tenant_id, giver__isnull=False)
        .order_by("-id")
        .first()
    )
    if last is not None and last.giver_id in by_id:
        rows = ActivityReceiver.objects.filter(activity=last).values_list("institution", flat=True)
        return by_id[last.giver_id], [by_id[pk] for pk in rows if pk in by_id]
    own = by_id[actor.tenant_id]
    if me is not None and me.employer_id != actor.tenant_id and me.employer_id in by_id:
        return by_id[me.employer_id], [own]
    led = [relation for relation in relations if relation.lead.id == actor.tenant_id]
    if led:
        members = {member.id for relation in led for member in relation.members}
        return own, [by_id[pk] for pk in members] if len(members) == 1 else []
    leads = {relation.lead.id for relation in relations if actor.tenant_id in relation.party_ids}
    return (by_id[next(iter(leads))] if len(leads) == 1 else None), [own]


def _often(actor: Actor) -> list[kinds.Kind]:
    """Return the kinds that the reader recorded most among the latest ones, then the usual ones."""
    recent = (
        Activity.objects.filter(created_by_id=actor.principal_id, giver__isnull=False, state=ActivityState.RECORDED)
        .order_by("-id")
        .values_list("kind", flat=True)[:RECENT]
    )
    counted: dict[str, int] = {}
    for code in recent:
        counted[code] = counted.get(code, 0) + 1
    codes = sorted(counted, key=lambda code: -counted[code])
    usual = ("teaching_round", "lecture", "mentoring", "ward_round", "case_discussion", "consultation", "management")
    wanted = list(dict.fromkeys([*codes, *usual]))[:OFTEN]
    return [kinds.KINDS[code] for code in wanted if code in kinds.KINDS and kinds.KINDS[code].gives]


def may_record(actor: Actor) -> bool:
    """Say whether the actor's role lets them record anything at all."""
    return actor.role in rules.SCRIBES
