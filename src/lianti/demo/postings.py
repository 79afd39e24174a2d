"""Half-yearly teams of experts: who is posted where in which month, and may act there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from lianti.contexts.accounts import services as accounts
from lianti.demo.people import PHONES, Builder, Cast, Somebody
from lianti.demo.places import COUNTIES, LANXI, LINHUAI, SHIZHOU, SONGQUAN
from lianti.demo.when import When, last_of, moment
from lianti.lib.dates import add_months
from lianti.lib.roles import Role

TEAMS = {LANXI: 4, SHIZHOU: 4, SONGQUAN: 4, LINHUAI: 2}
USUAL = 2
STYLES = ("medicine", "surgery", "nursing", "technique", "acute")


@dataclass(frozen=True)
class Team:
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


def post(cast: Cast, when: When, rng: Random, builder: Builder) -> list[Team]:
    """Choose who goes where, one half-year after the other, and remember who is where in which month."""
    teams: list[Team] = []
    for number, (first, last) in enumerate(halves(when)):
        for county, people in _drawn(cast, rng, number, ended=number > 1).items():
            teams.append(Team(county, first, last, tuple(people)))
            _seat(cast, when, builder, teams[-1])
            for n in range(6):
                cast.postings[(county, add_months(first, n))] = people
    _known_expert(cast, when, builder)
    _invited(cast, when)
    return teams


def _drawn(cast: Cast, rng: Random, number: int, *, ended: bool) -> dict[str, list[Somebody]]:
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


def _seat(cast: Cast, when: When, builder: Builder, team: Team) -> None:
    """Let everybody act at the hospital to which they go, until they leave."""
    at = max(builder.at, moment(team.first - timedelta(days=12), 10))
    for one in team.people:
        membership = accounts.adopt(
            actor=cast.system,
            at=at,
            key=None,
            principal_id=one.principal_id,
            institution_id=cast.id(team.county),
            role=Role.EXPERT,
            from_date=at.date(),
        )
        one.actors[team.county] = type(one.home)(one.principal_id, cast.id(team.county), Role.EXPERT, one.pk)
        if team.last < when.today:
            accounts.end_membership(
                actor=cast.system, at=moment(team.last, 17), key=None, membership_id=membership.public_id
            )


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
