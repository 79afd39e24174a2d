"""Who walks: hospitals, their desks, experts and coordinators, two authorities and strangers, on the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from lianti.contexts.network.models import Institution, Person, RelationConfirmation
from lianti.kernel import scope
from lianti.lib import workdays
from lianti.lib.actor import Actor
from lianti.lib.roles import DESK, Role
from tests import cast
from tests.book.book import Book
from tests.book.due import Calendar
from tests.book.who import HEALTH_AUTHORITY, By

START = date(2026, 3, 10)
JOINED = date(2026, 2, 20)  # when a leader of K joined the batch of ann
UNITS = {"lecture": "session", "operation": "case", "outpatient": "visit"}

# Whom they act for, as what; who employs them, where that is somebody else.
PEOPLE = {
    "ann": ("P", Role.EXPERT, "P"),
    "ben": ("P", Role.CLINICIAN, "P"),
    "p_office": ("P", Role.OFFICE, "P"),
    "p_coordinator": ("P", Role.COORDINATOR, "P"),
    "p_leader": ("P", Role.LEADER, "P"),
    "k_doctor": ("K", Role.CLINICIAN, "K"),
    "k_head": ("K", Role.DEPARTMENT_HEAD, "K"),
    "k_coordinator": ("K", Role.COORDINATOR, "K"),
    "k_desk": ("K", Role.OFFICE, "K"),
    "k_mate": ("K", Role.LEADER, "K"),
    "k_posted": ("K", Role.DEPARTMENT_HEAD, "P"),
    "l_coordinator": ("L", Role.COORDINATOR, "L"),
    "l_desk": ("L", Role.OFFICE, "L"),
    "z_office": ("Z", Role.OFFICE, "Z"),
    "z_head": ("Z", Role.DEPARTMENT_HEAD, "Z"),
    "a_authority": ("A", Role.HEALTH_AUTHORITY, "A"),
    "b_authority": ("B", Role.HEALTH_AUTHORITY, "B"),
}
# Of the directory only, with a phone: who one-time links are made out to.
GUESTS = {"k_guest": "K", "k_batch": "K", "l_guest": "L", "p_guest": "P"}
# Lead, members, authority.
RELATIONS = {
    "pair": ("P", "K", "A"),
    "alliance": ("P", "K", "B"),
    "union": ("P", "KL", ""),
    "visit": ("P", "L", ""),
    "hope": ("P", "L", "B"),
}
UNCONFIRMED = ("hope",)  # named by the two, it has not said yes itself
BATCHES = {"first": (JOINED, ("ann", "k_mate")), "second": (cast.SINCE, ("ben", "k_batch"))}


@dataclass
class World:
    """The cast by name, made once and used by every walk."""

    houses: dict[str, Institution]
    actors: dict[str, Actor] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    relations: dict[str, int] = field(default_factory=dict)
    public: dict[str, str] = field(default_factory=dict)  # the public ids of relations and groups by name

    @classmethod
    def make(cls) -> World:
        """Make everybody."""
        houses = {name: cast.a_hospital(f"{name}医院") for name in "PKLZ"}
        world = cls({**houses, **{name: cast.a_health_authority(f"{name}卫健委") for name in "AB"}})
        for name, (house, role, employer) in PEOPLE.items():
            actor = cast.a_member(role, world.houses[house], employer=world.houses[employer])
            world.actors[name] = actor
            with scope.system():
                world.persons[name] = Person.objects.get(pk=actor.person_id)
        for name, house in GUESTS.items():
            world.persons[name] = cast.a_person(employer=world.houses[house], phone=cast.a_phone())
        for name, (lead, members, authority) in RELATIONS.items():
            relation = cast.a_relation(
                world.houses[lead], [world.houses[one] for one in members], authority=world.houses.get(authority)
            )
            world.relations[name], world.public[name] = int(relation.pk), relation.public_id
            if name in UNCONFIRMED:
                with scope.system():
                    said = RelationConfirmation.objects.filter(relation=relation, institution=world.houses[authority])
                    said.update(own=False)
        for name, (since, members) in BATCHES.items():
            group = cast.a_batch(world.houses["P"], [world.persons[one] for one in members], name=name, since=since)
            world.public[name] = group.public_id
        return world

    def id(self, house: str) -> int:
        return int(self.houses[house].pk)

    def house(self, pk: int) -> str:
        """Return the name of an institution."""
        return next(name for name, house in self.houses.items() if house.pk == pk)

    def name_of(self, person_id: int | None) -> str:
        """Return the name of a person; nobody is '-'."""
        return next((name for name, person in self.persons.items() if person.pk == person_id), "-")

    def by(self, name: str) -> By:
        """Return somebody as the book knows who moves."""
        house, role, _employer = PEOPLE[name]
        return By(name, house, role in DESK)

    def tell(self, book: Book) -> None:
        """Tell the book of all of this."""
        for name in self.houses:
            book.institution(name, HEALTH_AUTHORITY if name in "AB" else "hospital")
        for name, (_house, _role, employer) in PEOPLE.items():
            book.who.employ(name, employer)
        for name, house in GUESTS.items():
            book.who.employ(name, house)
            book.who.directory(house, name, "its phone")
        for name, (lead, members, authority) in RELATIONS.items():
            book.relation(name, {lead, *members}, authority or None)
            if authority and name not in UNCONFIRMED:
                book.confirm_relation(name, By(f"{authority.lower()}_authority", authority))
        for name, (since, members) in BATCHES.items():
            for person in members:
                book.who.join_group(name, person, since, None)


def calendar() -> Calendar:
    """Return the working days as they were published."""
    found = Calendar()
    for year in (2025, 2026):
        days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
        worked = {day: workdays.is_workday(day) for day in days}
        found.publish(
            year,
            frozenset(day for day in days if day.weekday() < 5 and not worked[day]),
            frozenset(day for day in days if day.weekday() >= 5 and worked[day]),
        )
    return found
