"""What is kept of counted days: by the posting for the roster, by the person for who is next. Only jobs write it.

The figures repeat what `queries.people_counted` says on the day; they are made anew after moves, when rules change, and
every night, and each says of which day it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Q

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain.turns import TurnFacts, turn
from lianti.contexts.dispatch.models import NEVER, Batch, Candidate, Posting
from lianti.contexts.dispatch.queries import rulebook
from lianti.contexts.dispatch.queries.people_counted import PersonCounted, counted_for_each
from lianti.contexts.dispatch.states import HERE, OPEN, CandidateState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import PersonFacts, StandingRules
from lianti.kernel import numbers, outbox, worklist
from lianti.kernel.models import Audience, Principal
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.roles import Role

COUNT, RULES = "dispatch.count", "dispatch-rules"  # the job; the figure that tells whether rules have changed
NEAR = timedelta(days=60)  # before a licence ends somebody is told
AT_ONCE = 200
_PURPOSES = (rulebook.PAIRED, rulebook.TEAM, rulebook.PROMOTION)


def ask(people: Iterable[int], at: datetime) -> None:
    """Let the worker count these people anew, in the transaction of the move that changed something."""
    outbox.enqueue(COUNT, {"people": sorted(set(people))}, at=at)


def recount(*, at: datetime, people: Iterable[int]) -> None:
    """Count people anew, in the name of each house that sent or employs them. Only for jobs, a few at a time."""
    wanted, today = set(people), shanghai_day(at)
    for sender, some in _by_sender(wanted).items():
        known = counted_for_each(Actor(0, sender, Role.OFFICE), some, _PURPOSES, today)
        _keep_postings(sender, known, today, at)
        _keep_people(sender, known[rulebook.PROMOTION], today)


def follow_directory(*, at: datetime) -> list[int]:
    """List whoever is employed by a house that sends people, and let go who left; return whom that concerns.

    Only for jobs: the list follows the directory by itself.
    """
    principal, _made = Principal.objects.get_or_create(kind=Principal.Kind.JOB, name="Lianti")
    changed: list[int] = []
    for sender in Batch.objects.order_by("sender").values_list("sender", flat=True).distinct():
        actor = Actor(principal.pk, sender, Role.SYSTEM)
        employed = {one.id for one in network.people_of(sender)}
        listed = {row.person_id: row for row in Candidate.objects.filter(sender=sender)}
        for person_id in sorted(employed - listed.keys()):
            row = Candidate(public_id=ids.new(), person_id=person_id, sender_id=sender, tenant_id=sender)
            engine.create(flow.CANDIDATES, row, name="list", actor=actor, at=at, key=None)
            changed.append(person_id)
        for person_id, row in listed.items():
            if (person_id in employed) == (row.state == CandidateState.GONE):
                name = "come_back" if person_id in employed else "leave"
                engine.move(flow.CANDIDATES, row.pk, name=name, actor=actor, at=at)
                changed.append(person_id)
    return changed


def stale(*, at: datetime) -> tuple[list[int], int]:
    """Return whose figures are of an earlier day, everybody's where rules have changed; and the mark of the rules."""
    book = network.rule_book(rulebook.USE)
    now, today = int(digest(book.standings)[:7], 16), shanghai_day(at)
    served = Posting.objects.exclude(arrived=None)
    rows = Candidate.objects.exclude(state=CandidateState.GONE)
    if numbers.kept(RULES) == now:
        old = Q(counted_on=None) | Q(counted_on__lt=today)
        served, rows = served.filter(Q(state__in=HERE) & old | Q(counted_on=None)), rows.filter(old)
    return sorted({*served.values_list("person", flat=True), *rows.values_list("person", flat=True)}), now


def followed(mark: int) -> None:
    """Write down that everybody has been counted by the rules of this mark."""
    numbers.keep(RULES, mark)


def warn_of_licences(*, at: datetime) -> None:
    """Put licences that end within sixty days on the to-do list of who sent, and take away those that were renewed."""
    today = shanghai_day(at)
    near = Q(licence_until__lte=today + NEAR)
    rows = Posting.objects.filter(state__in=OPEN)
    told, over = rows.filter(near, licence_warned=None), rows.exclude(licence_warned=None).exclude(near)
    for found, since in ((list(told), today), (list(over), None)):
        for row in found:
            Posting.objects.filter(pk=row.pk).update(licence_warned=since)
            row.licence_warned = since
            worklist.replace(flow.POSTINGS.kind, row.pk, flow.posting_waits(row), at)


def digest(rules: Iterable[StandingRules]) -> str:
    """Return a short text that changes with the rule sets, their versions, days and values."""
    said = sorted(
        f"{r.code}|{r.public_id}|{r.version}|{r.from_date}|{r.to_date}|{sorted(r.values.items())}" for r in rules
    )
    return sha256("\n".join(said).encode()).hexdigest()[:16]


def turn_of(row: Candidate, today: date) -> TurnFacts:
    """Return what decides a person's turn on a day."""
    return TurnFacts(row.volunteered is not None, is_exempt(row, today), row.away, row.lacking)


def is_exempt(row: Candidate, today: date) -> bool:
    """Say whether an exemption holds on a day."""
    return row.state == CandidateState.EXEMPT and (row.exempt_until is None or row.exempt_until >= today)


def _by_sender(people: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    pairs = [
        *Posting.objects.filter(person__in=people).values_list("sender", "person"),
        *Candidate.objects.filter(person__in=people).values_list("sender", "person"),
    ]
    for sender, person in pairs:
        found[sender].add(person)
    return found


def _keep_postings(sender: int, known: dict[str, dict[int, PersonCounted]], today: date, at: datetime) -> None:
    del at
    people = known[rulebook.PROMOTION]
    rows = Posting.objects.filter(sender=sender, person__in=people).exclude(arrived=None)
    seen: list[int] = []
    for row in rows.only("pk", "person", "kind", "counted_days", "counted_by"):
        purpose = rulebook.own_purpose(row.kind)
        served = next((one for one in known[purpose][row.person_id].stretches if one.key == row.pk), None)
        if served is None:
            continue
        seen.append(row.pk)
        days, by = min(served.days, 32_000), digest(served.by)
        if (row.counted_days, row.counted_by) != (days, by):
            Posting.objects.filter(pk=row.pk).update(counted_days=days, counted_by=by)
            Audience.objects.filter(kind=flow.POSTINGS.kind, record_pk=row.pk).update(rank=days)
    Posting.objects.filter(pk__in=seen).update(counted_on=today)


def _keep_people(sender: int, known: dict[int, PersonCounted], today: date) -> None:
    open_ones = set(
        Posting.objects.filter(sender=sender, person__in=known, state__in=OPEN).values_list("person", flat=True)
    )
    for row in Candidate.objects.filter(sender=sender, person__in=known):
        one = known[row.person_id]
        fields = _figures(one, one.person, today) | {"away": row.person_id in open_ones}
        for name, value in fields.items():
            setattr(row, name, value)
        fields["turn"] = turn(turn_of(row, today))
        Candidate.objects.filter(pk=row.pk).update(**fields)


def _figures(one: PersonCounted, person: PersonFacts, today: date) -> dict[str, Any]:
    ends = [served.last or today for served in one.stretches]
    return {
        "days": one.days,
        "halves": int(one.months * 2),
        "owed": one.owed or 0,
        "lacking": (one.lacking or 0) if one.owed else 0,
        "times": len(one.stretches),
        "last_left": max(ends, default=NEVER),
        "department": person.department,
        "title_level": person.title_level,
        "counted_on": today,
        "counted_by": digest(one.by),
    }
