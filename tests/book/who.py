"""Who may verify, settle and draw: dated employments, people groups, password hands, authorities."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

HAND_DAYS = 7  # "counts as that colleague's hand for seven days"
HEALTH_AUTHORITY = "health authority"

Span = tuple[date, date]


class By(NamedTuple):
    """Who makes a move: a person, the institution they act for, and whether they sit at its desk (office)."""

    person: str
    institution: str
    desk: bool = False


@dataclass
class Employment:
    """A person employed by an institution, with dates; a missing one is open on that side."""

    person: str
    institution: str
    first: date | None
    last: date | None


@dataclass
class Membership:
    """A person in a people group (a dispatch batch is one), with dates."""

    group: str
    person: str
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Reset:
    """Someone reset a colleague's password."""

    by: str
    whose: str
    on: date


def meet(*spans: tuple[date | None, date | None]) -> bool:
    """Whether all the spans have one day in common."""
    first = max((start for start, _ in spans if start is not None), default=date.min)
    last = min((end for _, end in spans if end is not None), default=date.max)
    return first <= last


@dataclass
class Who:
    """The directory as far as the tests of persons need it."""

    employments: list[Employment] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    resets: list[Reset] = field(default_factory=list)
    phones: set[tuple[str, str, str]] = field(default_factory=set)

    def employ(self, person: str, institution: str, first: date | None = None, last: date | None = None) -> None:
        """A person is employed, beside any other employment."""
        self.employments.append(Employment(person, institution, first, last))

    def change_employment(self, person: str, institution: str, from_day: date) -> None:
        """A person changes employer: what ran on that day ends the day before ('employments are dated')."""
        for employment in self.employments:
            if employment.person == person and meet((employment.first, employment.last), (from_day, from_day)):
                employment.last = from_day - timedelta(days=1)
        self.employments.append(Employment(person, institution, from_day, None))

    def join_group(self, group: str, person: str, first: date | None = None, last: date | None = None) -> None:
        """A person is in a people group, from and to."""
        self.memberships.append(Membership(group, person, first, last))

    def reset_password(self, by: str, whose: str, on: date) -> None:
        """Someone reset a colleague's password on a day."""
        self.resets.append(Reset(by, whose, on))

    def directory(self, institution: str, person: str, phone: str) -> None:
        """A person stands with a phone in an institution's directory."""
        self.phones.add((institution, person, phone))

    def hands(self, person: str, on: date) -> set[str]:
        """Whose act it may be when this person acts: 'Whoever reset a colleague's password counts as ... hand'.

        And who had reset the password of that hand before.
        """
        found, left = {person}, [(person, on)]
        while left:
            whose, day = left.pop()
            for reset in self.resets:
                if reset.whose == whose and reset.by not in found and 0 <= (day - reset.on).days < HAND_DAYS:
                    found.add(reset.by)
                    left.append((reset.by, reset.on))
        return found

    def acting(self, person: str, today: date) -> set[str]:
        """Whose acts count as one with this person's today."""
        return self.hands(person, today)

    def leave_group(self, group: str, person: str, last: date) -> None:
        """A person's time in a group ends with a day."""
        for row in self.memberships:
            if (row.group, row.person, row.last) == (group, person, None):
                row.last = last

    def employer(self, person: str, on: date) -> str | None:
        """Who employs a person on a day; of several the latest."""
        found = [row for row in self.employments if row.person == person and meet((row.first, row.last), (on, on))]
        return found[-1].institution if found else None

    def employed(self, person: str, institution: str, span: Span) -> bool:
        """Whether the institution employed the person on any of these days."""
        return any(
            (employment.person, employment.institution) == (person, institution)
            and meet((employment.first, employment.last), span)
            for employment in self.employments
        )

    def together(self, one: str, other: str, span: Span) -> bool:
        """Whether the two were in one people group on any of these days."""
        return any(
            (mine.person, theirs.person) == (one, other)
            and mine.group == theirs.group
            and meet((mine.first, mine.last), (theirs.first, theirs.last), span)
            for mine in self.memberships
            for theirs in self.memberships
        )

    def declared_it(self, person: str, today: date, declared: list[tuple[str, date]]) -> bool:
        """Whether the person, or a hand behind them, declared it (or was the hand of who did)."""
        mine = self.acting(person, today)
        return any(mine & self.hands(declarer, on) for declarer, on in declared)

    def why_not(
        self,
        person: str,
        today: date,
        giver: str,
        people: set[str],
        spans: list[Span],
        declared: list[tuple[str, date]],
    ) -> str | None:
        """Who verifies: 'did not declare it, is not among its people, is not employed by the giver, ... no group'."""
        if self.declared_it(person, today, declared):
            return "declared it"
        for hand in sorted(self.acting(person, today)):
            if hand in people:
                return "is among its people"
            if any(self.employed(hand, giver, span) for span in [*spans, (today, today)]):
                return "is employed by the giver"
            for other in sorted(people):
                if any(self.together(hand, other, span) for span in spans):
                    return "is in one people group with one of its people"
        return None


def why_not_authority(authority: str, kind: str | None, confirmed: bool, parties: set[str]) -> str | None:
    """'only where it is no party of the entry, is of kind health authority and has itself confirmed the relation'"""
    if authority in parties:
        return "is a party of the entry"
    if kind != HEALTH_AUTHORITY:
        return "is no health authority"
    if not confirmed:
        return "has not confirmed the relation that names it"
    return None
