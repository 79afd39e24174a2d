"""Half-yearly batches of experts: who was posted where, as groups of people and as members there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from lianti.contexts.accounts import services as accounts
from lianti.contexts.network import services as network
from lianti.demo.people import PHONES, Builder, Cast, Somebody
from lianti.demo.places import COUNTIES, LANXI, LINHUAI, PROVINCIAL, SHIZHOU, SHORT, SONGQUAN
from lianti.demo.when import When, last_of, moment
from lianti.lib.dates import add_months
from lianti.lib.roles import Role

TEAMS = {LANXI: 4, SHIZHOU: 4, SONGQUAN: 4, LINHUAI: 2}
USUAL = 2
STYLES = ("medicine", "surgery", "nursing", "technique", "acute")


@dataclass(frozen=True)
class Batch:
    """Half a year of a team at one hospital."""

    county: str
    first: date
    last: date
    people: tuple[Somebody, ...]


def halves(when: When) -> list[tuple[date, date]]:
    """Return the half-years that touch the two years, the oldest first."""
    month = when.first.replace(month=1 if when.first.month <= 6 else 7)
    found = []
    while month <= when.this_month:
        found.append((month, last_of(add_months(month, 5))))
        month = add_months(month, 6)
    return found


def post(cast: Cast, when: When, rng: Random, builder: Builder) -> list[Batch]:
    """Send the batches, one half-year after the other, and remember who is where in which month."""
    batches: list[Batch] = []
    for number, (first, last) in enumerate(halves(when)):
        for county, people in _teams(cast, rng, number, ended=number > 1).items():
            batches.append(Batch(county, first, last, tuple(people)))
            _send(cast, when, builder, batches[-1])
            for n in range(6):
                cast.postings[(county, add_months(first, n))] = people
    _known_expert(cast, when, builder)
    _invited(cast, when)
    return batches


def _teams(cast: Cast, rng: Random, number: int, *, ended: bool) -> dict[str, list[Somebody]]:
    president = cast.house(SHIZHOU).leader
    free = {s: [e for e in cast.experts if e.craft and e.craft.style == s and e is not president] for s in STYLES}
    for pool in free.values():
        rng.shuffle(pool)
    women_and_children = [e for e in free["medicine"] + free["surgery"] if e.department in ("妇产科", "儿科")]
    teams: dict[str, list[Somebody]] = {}
    if not ended:
        teams[LINHUAI] = women_and_children[:2]
    taken = {id(one) for team in teams.values() for one in team}
    for offset, county in enumerate(c for c in COUNTIES if c != LINHUAI):
        styles = ["medicine", "surgery", STYLES[2 + (offset + number) % 3], "medicine"][: TEAMS.get(county, USUAL)]
        teams[county] = []
        for style in styles:
            one = next((e for e in free[style] if id(e) not in taken), None)
            if one is not None:
                taken.add(id(one))
                teams[county].append(one)
    return teams


def _send(cast: Cast, when: When, builder: Builder, batch: Batch) -> None:
    half = "上" if batch.first.month <= 6 else "下"
    at = max(builder.at, moment(batch.first - timedelta(days=12), 10))
    group = network.create_group(
        actor=cast.office.home,
        at=at,
        key=None,
        institution_id=cast.id(PROVINCIAL),
        name=f"{batch.first.year}年{half}半年派驻{SHORT[batch.county]}医疗队",
    )
    members = [*batch.people, cast.house(SHIZHOU).leader] if batch.county == SHIZHOU else list(batch.people)
    over = batch.last < when.today
    for one in members:
        network.add_group_member(
            actor=cast.office.home,
            at=at,
            key=None,
            group_id=group.public_id,
            person_id=one.public_id,
            from_date=batch.first,
            to_date=batch.last if over else None,
        )
        if one in batch.people:
            membership = accounts.adopt(
                actor=cast.system,
                at=at,
                key=None,
                principal_id=one.principal_id,
                institution_id=cast.id(batch.county),
                role=Role.EXPERT,
                from_date=at.date(),
            )
            one.actors[batch.county] = type(one.home)(one.principal_id, cast.id(batch.county), Role.EXPERT, one.pk)
            if over:
                accounts.end_membership(
                    actor=cast.system, at=moment(batch.last, 17), key=None, membership_id=membership.public_id
                )
    if over:
        network.close_group(actor=cast.office.home, at=moment(batch.last, 17, 30), key=None, group_id=group.public_id)


def _known_expert(cast: Cast, when: When, builder: Builder) -> None:
    known = expert(cast, when)
    builder.known_by(known, PHONES[Role.EXPERT])
    for actor in (known.at(LANXI), cast.house(SHIZHOU).leader.at(SHIZHOU)):  # they act for more than one
        accounts.take_seat(actor=actor, at=moment(when.yesterday, 8), key=None)


def _invited(cast: Cast, when: When) -> None:
    """Ask a new colleague in, who has not yet accepted."""
    asked = accounts.Invitation("13900009901", "温若兰", Role.CLINICIAN, when.yesterday)
    coordinator = cast.house(LANXI).coordinator.at(LANXI)
    accounts.invite(actor=coordinator, at=moment(when.yesterday, 9), key=None, invitation=asked)


def expert(cast: Cast, when: When) -> Somebody:
    """Return the posted expert whose sign-in is printed."""
    return cast.postings[(LANXI, when.this_month)][0]
