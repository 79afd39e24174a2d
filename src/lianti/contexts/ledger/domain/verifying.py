"""Who verifies: the receiver's side, and nobody who has a part in what was given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Refusal(StrEnum):
    """Why someone may not verify an entry."""

    OTHER_SIDE = "other_side"
    UNKNOWN_PERSON = "unknown_person"
    OWN_DECLARATION = "own_declaration"
    AMONG_PEOPLE = "among_people"
    EMPLOYED_BY_GIVER = "employed_by_giver"
    SAME_GROUP = "same_group"


@dataclass(frozen=True, slots=True)
class Verifier:
    """Whoever wants to verify, or signs on paper: `groups` are the people groups of that person on the entry's day."""

    acting_for: int
    principal_id: int | None
    person_id: int | None
    employer_id: int | None
    groups: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Deed:
    """What the test must know of an entry: `groups` are those of all its people on its day."""

    giver_id: int
    receiver_id: int
    declared_by: int
    declarer_person_id: int | None
    people: frozenset[int]
    groups: frozenset[int] = frozenset()


def refusal(who: Verifier, entry: Deed) -> Refusal | None:
    """Say why this person may not verify this entry, or None when nothing stands against it."""
    if who.acting_for != entry.receiver_id:
        return Refusal.OTHER_SIDE
    if who.person_id is None:
        # Without a person the test of employer and groups cannot be made, so it is not passed.
        return Refusal.UNKNOWN_PERSON
    if who.principal_id == entry.declared_by or who.person_id == entry.declarer_person_id:
        return Refusal.OWN_DECLARATION
    if who.person_id in entry.people:
        return Refusal.AMONG_PEOPLE
    if who.employer_id == entry.giver_id:
        return Refusal.EMPLOYED_BY_GIVER
    return Refusal.SAME_GROUP if who.groups & entry.groups else None
