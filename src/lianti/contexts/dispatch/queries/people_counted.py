"""What people's service counts over all their postings: days, months, what is lacking, by which rules.

Each day is judged by the rules in force on it, of the posting that has it. However many people are asked for, the
number of queries is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.domain.counting import Away, Sealed, Service, Stay, Verdict, Why
from lianti.contexts.dispatch.models import PastService, Posting
from lianti.contexts.dispatch.queries import judging, months, rulebook
from lianti.contexts.dispatch.queries.judging import Judge, Uncounted
from lianti.contexts.dispatch.states import PastState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts, RuleCase, RuleStretch, StandingRules
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence


@dataclass(frozen=True)
class Served:
    """One stay of somebody: where, as what, by which letter, and how many of its days count.

    `key` is negative and `historical` set for service before the platform; there `certified` says that its days are
    those of the paper of then. `last` is None while it runs; `url_id` is the public id of posting or earlier service.
    """

    key: int
    url_id: str
    place: str
    institution: InstitutionFacts | None
    department: str
    first: date
    last: date | None
    days: int
    months: Fraction
    letter: str
    kind: Sentence
    by: tuple[StandingRules, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()
    historical: bool = False
    certified: bool = False

    @property
    def mark(self) -> Sentence:
        """What stands beside service before the platform, wherever it is shown."""
        return words.MARK if self.historical else ""

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


@dataclass(frozen=True)
class _Time:
    """A posting, or service before the platform, as it is counted."""

    key: int
    url_id: str
    person_id: int
    first: date
    last: date | None
    kind: str
    sender_id: int
    recipient_id: int | None
    place: str
    department: str
    letter: str
    relation_id: int | None = None
    certified: int | None = None

    @property
    def historical(self) -> bool:
        return self.relation_id is None


@dataclass
class _Ground:
    """What is read once for all people."""

    people: Mapping[int, PersonFacts]
    times: dict[int, list[_Time]] = field(default_factory=dict)
    away: dict[int, list[Away]] = field(default_factory=dict)
    sealed: dict[int, dict[date, Sealed]] = field(default_factory=dict)
    places: dict[int, InstitutionFacts] = field(default_factory=dict)
    relations: dict[int, network.RelationFacts] = field(default_factory=dict)
    titles: Mapping[int, Sequence[tuple[date, str]]] = field(default_factory=dict)


def counted_of_people(
    actor: Actor, person_ids: Iterable[int], purpose: str, today: date, until: date | None = None
) -> dict[int, PersonCounted]:
    """Return what each person's service counts for a purpose up to `until` (today, when it is not given).

    Of a day that has not come nothing is counted. Postings of which the reader may not know are not in it; whoever
    was never posted is there with no days and what the rules ask of them. Raises KeyError for a purpose nobody knows.
    """
    return counted_for_each(actor, person_ids, (purpose,), min(until or today, today))[purpose]


def counted_for_each(
    actor: Actor, person_ids: Iterable[int], purposes: Sequence[str], until: date
) -> dict[str, dict[int, PersonCounted]]:
    """Return the same for several purposes, read once; `until` has come. Raises KeyError for one that nobody knows."""
    ground = _read(actor, set(person_ids), until)
    first = min((one.first for times in ground.times.values() for one in times), default=until)
    judge = Judge(network.rule_book(rulebook.USE, relation_ids=ground.relations), first, until)
    return {
        purpose: {pk: _one(ground, judge, pk, purpose, until) for pk in ground.people if rulebook.PURPOSES[purpose]}
        for purpose in purposes
    }


def days_that_count(actor: Actor, person_ids: Iterable[int], until: date) -> dict[int, list[date]]:
    """Return the days of each posting that count for what it is itself, by posting; `until` has come."""
    ground = _read(actor, set(person_ids), until)
    first = min((one.first for times in ground.times.values() for one in times), default=until)
    judge = Judge(network.rule_book(rulebook.USE, relation_ids=ground.relations), first, until)
    found: dict[int, list[date]] = {}
    for pk, times in ground.times.items():
        own = [one for one in times if not one.historical]
        cases = {one.key: _case(ground, one, rulebook.own_purpose(one.kind)) for one in own}
        for verdict in judge.verdicts(_service(ground, ground.people[pk], times), cases, until):
            if verdict.why is Why.COUNTS:
                found.setdefault(verdict.stay, []).append(verdict.day)
    return found


def _read(actor: Actor, wanted: set[int], until: date) -> _Ground:
    ground = _Ground(network.people_by_id(wanted))
    times = [*_postings(actor, wanted, until), *_earlier(actor, wanted, until)]
    for one in sorted(times, key=lambda one: (one.first, one.key)):
        ground.times.setdefault(one.person_id, []).append(one)
    ground.away = judging.away_from(one.key for one in times if not one.historical)
    ground.sealed = months.sealed_days(one.key for one in times if not one.historical)
    ground.places = network.institutions_by_id({pk for one in times for pk in (one.sender_id, one.recipient_id) if pk})
    ground.relations = network.relations_by_id({one.relation_id for one in times if one.relation_id})
    ground.titles = network.past_titles(ground.times)
    return ground


def _postings(actor: Actor, wanted: set[int], until: date) -> Iterator[_Time]:
    rows = Posting.objects.filter(rules.POSTINGS.visible_to(actor), person__in=wanted, arrived__lte=until)
    for row in rows:
        first = row.arrived or row.from_date
        yield _Time(row.pk, row.public_id, row.person_id, first, row.left, row.kind, row.sender_id, row.recipient_id,
                    "", row.department, row.letter_number, row.relation_id)  # fmt: skip


def _earlier(actor: Actor, wanted: set[int], until: date) -> Iterator[_Time]:
    """Yield service before the platform that nobody calls into question."""
    rows = PastService.objects.filter(rules.PASTS.visible_to(actor), person__in=wanted, state=PastState.NOTED)
    for row in rows.filter(first__lte=until):
        yield _Time(-row.pk, row.public_id, row.person_id, row.first, row.last, row.kind, row.sender_id,
                    row.recipient_id, row.place, row.department, row.letter_number, None, row.certified)  # fmt: skip


def _one(ground: _Ground, judge: Judge, pk: int, purpose: str, until: date) -> PersonCounted:
    person, times = ground.people[pk], ground.times.get(pk, [])
    cases = {one.key: _case(ground, one, purpose) for one in times}
    home = network.rule_case(purpose=purpose, regions=[person.employer.region])
    now = judge.latest(cases[times[-1].key] if times else home)
    year_days = now.value("year_days")
    since = until.replace(month=1, day=1) if year_days is not None else None
    judged = judge.verdicts(_service(ground, person, times), cases, until, since)
    # Days of a paper of then stand for those of the whole time that it speaks of.
    certified = {} if since else {one.key: one.certified for one in times if _is_whole(one, until)}
    days, owed = _measured(judged, certified, judging.measure_of(now)), now.value(rulebook.owed_code(purpose))
    served = [_served(ground, judge, one, cases[one.key], judged, certified.get(one.key)) for one in times]
    ruled = {id(rules): rules for one in served for rules in one.by} or dict(enumerate(judging.used([now])))
    return PersonCounted(
        person,
        purpose,
        until,
        sum(days.values()),
        judging.months(days),
        owed,
        year_days,
        _lacking(days, owed, year_days, now),
        tuple(served),
        tuple(ruled.values()),
    )


def _is_whole(one: _Time, until: date) -> bool:
    return one.certified is not None and one.last is not None and one.last <= until


def _case(ground: _Ground, one: _Time, purpose: str) -> RuleCase:
    places = [ground.places[pk] for pk in (one.sender_id, one.recipient_id) if pk]
    if one.relation_id is not None:
        return rulebook.case_of(ground.relations[one.relation_id], purpose, *places)
    return network.rule_case(purpose=purpose, regions=[place.region for place in places])


def _service(ground: _Ground, person: PersonFacts, times: Sequence[_Time]) -> Service:
    titles = (person.title_level, ground.titles.get(person.id, ()))
    stays = [Stay(one.key, one.first, one.last, one.kind, *titles) for one in times]
    away = [gone for one in times for gone in judging.ended(ground.away.get(one.key, ()), one.last)]
    sealed = {day: said for one in times for day, said in ground.sealed.get(one.key, {}).items()}
    return Service(stays, away, sealed)


def _measured(
    judged: Sequence[Verdict], certified: Mapping[int, int | None], now: judging.Measure
) -> dict[judging.Measure, int]:
    """Return the counted days by what makes a month of them; certified ones by the rules of their last day."""
    days = judging.measured(one for one in judged if one.stay not in certified)
    last = {one.stay: one.by for one in judged if one.stay in certified}
    for key, number in certified.items():
        rules_then = last.get(key)
        measure = judging.Measure(rules_then.month_days, rules_then.half_days) if rules_then else now
        days[measure] = days.get(measure, 0) + (number or 0)
    return days


def _lacking(
    days: Mapping[judging.Measure, int], owed: int | None, year_days: int | None, now: RuleStretch
) -> int | None:
    if owed is not None:
        return judging.lacking(days, owed, judging.measure_of(now))
    return None if year_days is None else max(0, year_days - sum(days.values()))


def _served(
    ground: _Ground, judge: Judge, one: _Time, case: RuleCase, judged: Sequence[Verdict], certified: int | None
) -> Served:
    place = ground.places.get(one.recipient_id or 0)
    mine = [verdict for verdict in judged if verdict.stay == one.key]
    paper = {} if certified is None else {one.key: certified}
    days = _measured(mine, paper, judging.measure_of(judge.latest(case)))
    return Served(
        one.key,
        one.url_id,
        one.place or (place.name if place else ""),
        place,
        one.department,
        one.first,
        one.last,
        sum(days.values()),
        judging.months(days),
        one.letter,
        words.KINDS[one.kind],
        judging.used(judge.stretches(case, one.first)),
        judge.uncounted(mine) if certified is None else (),
        one.historical,
        certified is not None,
    )
