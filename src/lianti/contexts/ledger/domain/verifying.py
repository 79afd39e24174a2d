"""Who verifies: the receiver's side, and nobody who has a part in what was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Refusal(StrEnum):
    """Why someone may not verify an entry."""

    OTHER_SIDE = "other_side"
    UNKNOWN_PERSON = "unknown_person"
    OWN_DECLARATION = "own_declaration"
    AMONG_PEOPLE = "among_people"
    EMPLOYED_BY_GIVER = "employed_by_giver"
    SAME_GROUP = "same_group"
    SAME_HAND = "same_hand"
    SAME_PERSON = "same_person"
    BELOW_ZERO = "below_zero"  # nobody may: it is a correction that something else has overtaken


@dataclass(frozen=True, slots=True)
class Verifier:
    """Whoever wants to verify, or signs on paper: `groups` are the people groups of that person, with each day.

    Two who were in one group on different days were not in it together. `employers`: today and on the entry's days.
    """

    acting_for: int
    principal_id: int | None
    person_id: int | None
    employers: frozenset[int] = frozenset()
    groups: frozenset[tuple[int, date]] = frozenset()


@dataclass(frozen=True, slots=True)
class Deed:
    """What the test must know of an entry: `groups` are those of all its people, with each of its days.

    `declared_by`: everybody who declared or mended it, as who signs in; `declarers`: the people they are.
    """

    giver_id: int
    receiver_id: int
    declared_by: frozenset[int]
    declarers: frozenset[int]
    people: frozenset[int]
    groups: frozenset[tuple[int, date]] = frozenset()


def refusal(who: Verifier, entry: Deed) -> Refusal | None:
    """Say why this person may not verify this entry, or None when nothing stands against it."""
    if who.acting_for != entry.receiver_id:
        return Refusal.OTHER_SIDE
    if who.person_id is None:
        # Without a person the test of employer and groups cannot be made, so it is not passed.
        return Refusal.UNKNOWN_PERSON
    if who.principal_id in entry.declared_by or who.person_id in entry.declarers:
        return Refusal.OWN_DECLARATION
    if who.person_id in entry.people:
        return Refusal.AMONG_PEOPLE
    if entry.giver_id in who.employers:
        return Refusal.EMPLOYED_BY_GIVER
    return Refusal.SAME_GROUP if who.groups & entry.groups else None
