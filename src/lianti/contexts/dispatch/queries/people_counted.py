"""What people's service counts over all their postings: days, months, what is lacking, by which rules.

Each day is judged by the rules in force on it, of the posting that has it. However many people are asked for, the
number of queries is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.domain import counting
from lianti.contexts.dispatch.domain.counting import Away, Service, Stay, Verdict
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.queries import judging, rulebook
from lianti.contexts.dispatch.queries.judging import Judge, Uncounted
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts, RuleCase, RuleStretch, StandingRules
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence


@dataclass(frozen=True)
class Served:
    """One stay of somebody: where, as what, by which letter, and how many of its days count.

    `last` is None while it runs; `level` is that of the place.
    """

    key: int
    url_id: str
    place: str
    institution: InstitutionFacts | None
    department: str
    first: date
    last: date | None
    days: int
    letter: str
    kind: Sentence
    uncounted: tuple[Uncounted, ...] = ()

    @property
    def level(self) -> Sentence:
        """The level of the place, empty where none is known."""
        return self.institution.level_label if self.institution and self.institution.level else ""


@dataclass(frozen=True)
class PersonCounted:
    """What somebody's service counts for one purpose, up to a day.

    `owed`: months that the rules ask for; `owed_days`: days within the calendar year; None where they ask for none.
    `lacking`: days that are still wanting, None where nothing is asked for.
    """

    person: PersonFacts
    purpose: str
    until: date
    days: int
    months: Fraction
    owed: int | None
    owed_days: int | None
    lacking: int | None
    stretches: tuple[Served, ...]
    by: tuple[StandingRules, ...]

    @property
    def title(self) -> Sentence:
        """The purpose in words."""
        return rulebook.PURPOSES[self.purpose]

    @property
    def months_text(self) -> str:
        """The months as people write them: whole and half ones."""
        return f"{float(self.months):g}"

    @property
    def months_lacking(self) -> Fraction | None:
        """Months that are still wanting, None where the rules ask for no months."""
        return None if self.owed is None else max(Fraction(self.owed) - self.months, Fraction(0))

    @property
    def uncounted(self) -> tuple[Uncounted, ...]:
        """Days in a row that do not count, of all stays, in the order of days."""
        return tuple(sorted((one for served in self.stretches for one in served.uncounted), key=lambda one: one.first))


@dataclass
class _Ground:
    """What is read once for all people."""

    people: Mapping[int, PersonFacts]
    rows: dict[int, list[Posting]] = field(default_factory=dict)
    away: dict[int, list[Away]] = field(default_factory=dict)
    places: dict[int, InstitutionFacts] = field(default_factory=dict)
    relations: dict[int, network.RelationFacts] = field(default_factory=dict)


def counted_of_people(
    actor: Actor, person_ids: Iterable[int], purpose: str, today: date, until: date | None = None
) -> dict[int, PersonCounted]:
    """Return what each person's service counts for a purpose up to `until` (today, when it is not given).

    Of a day that has not come nothing is counted. Postings of which the reader may not know are not in it; whoever
    was never posted is there with no days and what the rules ask of them. Raises KeyError for a purpose nobody knows.
    """
    known = rulebook.PURPOSES[purpose]
    last = min(until or today, today)
    ground = _read(actor, set(person_ids), last)
    stays = [row.arrived for rows in ground.rows.values() for row in rows if row.arrived]
    book = network.rule_book(rulebook.USE, relation_ids=ground.relations)
    judge = Judge(book, min(stays, default=last), last)
    return {pk: _one(ground, judge, pk, purpose, last) for pk in ground.people if known}


def _read(actor: Actor, wanted: set[int], until: date) -> _Ground:
    ground = _Ground(network.people_by_id(wanted))
    seen = Posting.objects.filter(rules.POSTINGS.visible_to(actor), person__in=wanted, arrived__lte=until)
    rows = list(seen.order_by("arrived", "pk"))
    for row in rows:
        ground.rows.setdefault(row.person_id, []).append(row)
    ground.away = judging.away_from(row.pk for row in rows)
    ground.places = network.institutions_by_id({pk for row in rows for pk in (row.sender_id, row.recipient_id)})
    ground.relations = network.relations_by_id({row.relation_id for row in rows})
    return ground


def _one(ground: _Ground, judge: Judge, pk: int, purpose: str, until: date) -> PersonCounted:
    person, rows = ground.people[pk], ground.rows.get(pk, [])
    cases = {row.pk: _case(ground, row, purpose) for row in rows}
    home = network.rule_case(purpose=purpose, regions=[person.employer.region])
    now = judge.latest(cases[rows[-1].pk] if rows else home)
    year_days = now.value("year_days")
    since = until.replace(month=1, day=1) if year_days is not None else None
    judged = judge.verdicts(_service(ground, person, rows), cases, until, since)
    days, owed = judging.measured(judged), now.value(rulebook.owed_code(purpose))
    first = min((row.arrived for row in rows if row.arrived), default=until)
    ruled = [one for case in dict.fromkeys(cases.values()) for one in judge.stretches(case, first)] or [now]
    return PersonCounted(
        person,
        purpose,
        until,
        counting.counted_days(judged),
        judging.months(days),
        owed,
        year_days,
        _lacking(days, owed, year_days, now),
        tuple(_served(ground, judge, row, [one for one in judged if one.stay == row.pk]) for row in rows),
        judging.used(ruled),
    )


def _case(ground: _Ground, row: Posting, purpose: str) -> RuleCase:
    places = (ground.places[row.sender_id], ground.places[row.recipient_id])
    return rulebook.case_of(ground.relations[row.relation_id], purpose, *places)


def _service(ground: _Ground, person: PersonFacts, rows: Sequence[Posting]) -> Service:
    stays = [Stay(row.pk, row.arrived, row.left, row.kind, person.title_level) for row in rows if row.arrived]
    away = [one for row in rows for one in judging.ended(ground.away.get(row.pk, ()), row.left)]
    return Service(stays, away)


def _lacking(
    days: Mapping[judging.Measure, int], owed: int | None, year_days: int | None, now: RuleStretch
) -> int | None:
    if owed is not None:
        return judging.lacking(days, owed, judging.measure_of(now))
    return None if year_days is None else max(0, year_days - sum(days.values()))


def _served(ground: _Ground, judge: Judge, row: Posting, judged: Sequence[Verdict]) -> Served:
    place = ground.places[row.recipient_id]
    return Served(
        row.pk,
        row.public_id,
        place.name,
        place,
        row.department,
        row.arrived or row.from_date,
        row.left,
        counting.counted_days(judged),
        row.letter_number,
        words.KINDS[row.kind],
        judge.uncounted(judged),
    )
