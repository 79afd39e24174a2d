"""How many days of a posting count, for what, by which rules, and why the others do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lianti.contexts.dispatch.queries import people_counted, rulebook
from lianti.contexts.dispatch.queries.judging import Uncounted
from lianti.contexts.dispatch.queries.people_counted import PersonCounted
from lianti.contexts.dispatch.queries.postings import PostingPage
from lianti.contexts.network.queries import StandingRules
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence


@dataclass(frozen=True)
class CountedFor:
    """What a posting counts for one purpose.

    `owed`: months that the rules ask for, `owed_days`: days within the calendar year; None where they ask for none.
    """

    purpose: Sentence
    days: int
    months: Fraction
    owed: int | None
    owed_days: int | None
    by: tuple[StandingRules, ...]
    uncounted: tuple[Uncounted, ...]

    @property
    def months_text(self) -> str:
        """The months as people write them: whole and half ones."""
        return f"{float(self.months):g}"


def counted(actor: Actor, page: PostingPage, today: date) -> list[CountedFor]:
    """Return what a posting counts for each purpose, as far as its reader knows of the person's other postings."""
    row = page.posting
    if row.arrived is None:
        return []
    purposes = (rulebook.own_purpose(row.kind), rulebook.PROMOTION, rulebook.STATISTICS)
    until = max(min(row.left or today, today), row.arrived)
    found = people_counted.counted_for_each(actor, [row.person_id], purposes, until)
    return [_for(found[purpose][row.person_id], row.pk) for purpose in purposes]


def _for(person: PersonCounted, key: int) -> CountedFor:
    mine = next(one for one in person.stretches if one.key == key)
    return CountedFor(person.title, mine.days, mine.months, person.owed, person.owed_days, mine.by, mine.uncounted)
