"""What was done in two years: generated month by month and hospital by hospital, always the same for one day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from lianti.demo import facts, words
from lianti.demo.people import Cast, Somebody
from lianti.demo.places import COUNTIES, LANXI, LINHUAI, PROVINCIAL, SHIZHOU, SHORT, SONGQUAN, TOWNSHIPS, WANGCHUAN
from lianti.demo.when import When, last_of, moment, some_time, weeks, working_days
from lianti.lib.actor import Actor

WEIGHTS = {LANXI: 1.6, SHIZHOU: 1.45, SONGQUAN: 1.35, LINHUAI: 0.6} | dict.fromkeys(TOWNSHIPS, 0.42)
AFAR_SHARE, BACK_SHARE = 0.2, 0.07
ALLIANCE_FROM = -18
LATE = 0.025
# Here last month's days were told by hand, as before; their sheet is not sealed by both yet.
BY_HAND = (LANXI, SHIZHOU, SONGQUAN)


@dataclass
class Planned:
    """One activity to be: what, when, who gave it to whom, who wrote it down and when."""

    kind: str
    day: date
    giver: str
    receivers: tuple[str, ...]
    quantity: Decimal
    title: str
    declarer: Actor
    at: datetime
    day_to: date | None = None
    people: list[tuple[Somebody, str, Decimal | None]] = field(default_factory=list)
    note: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    relation: str = "paired"
    place: str = ""

    @property
    def month(self) -> date:
        return self.day.replace(day=1)


class Plan:
    """Draws deeds until every hospital's month has its share of the entries that are wanted."""

    def __init__(self, cast: Cast, when: When, rng: Random, wanted: int) -> None:
        self.cast, self.when, self.rng, self.wanted = cast, when, rng, wanted
        self.known: set[tuple[object, ...]] = set()

    def all(self) -> list[Planned]:
        """Return everything that was done, in the order in which it was written down."""
        fixed = [*self._postings(), *self._alliance(), *self._station(), *self._techniques(), *self._interventions()]
        left = self.wanted - sum(len(deed.receivers) for deed in fixed)
        cells = [(code, month) for month in self.when.months for code in (*COUNTIES, *TOWNSHIPS)]
        weights = [WEIGHTS.get(code, 1.0) * self.when.weight(month) * self._share(code, month) for code, month in cells]
        unit, owed = max(left, 0) / sum(weights), 0.0
        made: list[Planned] = []
        for (code, month), weight in zip(cells, weights, strict=True):
            owed += unit * weight
            while owed >= 1:
                made.append(self._one(code, month))
                owed -= 1
        deeds = [*fixed, *made]
        deeds.sort(key=lambda deed: (deed.at, deed.giver, deed.kind))
        return deeds

    def _share(self, code: str, month: date) -> float:
        """Return how much a hospital still receives: the one whose round of support is over gets little."""
        return 0.3 if code == LINHUAI and (code, month) not in self.cast.postings else 1.0

    # What stands fixed in every month ------------------------------------------------------------

    def _postings(self) -> Iterator[Planned]:
        """Yield the month of every posted expert in days present, from the attendance sheet."""
        for (code, month), team in sorted(self.cast.postings.items()):
            days = [d for d in working_days(month) if d < self.when.today]
            if month not in self.when.months or month == self.when.this_month or not days:
                continue
            people = [*team, self.cast.house(code).leader] if code == SHIZHOU else team
            keeper = self.cast.house(code).clinicians[-1].at(code)
            for one in people:
                present = len(days) - self.rng.choice((0, 0, 0, 1, 1, 2))
                if month == self.when.month(1) and not self.when.short and code not in BY_HAND:
                    continue  # from last month on the sealed attendance declares it
                yield Planned(
                    "dispatch",
                    days[0],
                    PROVINCIAL,
                    (code,),
                    Decimal(present),
                    f"派驻（考勤{present}天）",
                    keeper,
                    self._told(days[-1], 16, 19),
                    days[-1],
                    [(one, "lead", None)],
                    relation=relation_of(code),
                    place=code,
                )

    def _alliance(self) -> Iterator[Planned]:
        """Yield the training that the heart alliance gives to all its members at once."""
        hearts = [one for one in self.cast.experts if one.department == "心血管内科"]
        topics = words.CRAFTS[0].topics
        for number, month in enumerate(self.when.months[-17:]):
            days = [d for d in working_days(month)[6:16] if d < self.when.today]
            if not days:
                continue
            kind = "conference" if month.month == 10 else "lecture"
            one, topic = hearts[number % len(hearts)], topics[number % len(topics)]
            told = (
                COUNTIES if kind == "conference" else tuple(c for c in COUNTIES if self.rng.random() < 0.55) or (LANXI,)
            )
            day = self.rng.choice(days)
            title = f"专科联盟学习班：{topic}" if kind == "conference" else f"联盟线上培训：{topic}"
            yield Planned(
                kind,
                day,
                PROVINCIAL,
                told,
                Decimal(1),
                title,
                one.home,
                self._told(day, 17, 21),
                None,
                [(one, "lead", None)],
                extra={"topic": topic, "attendees": 40 + 12 * len(told)},
                relation="heart",
            )

    def _station(self) -> Iterator[Planned]:
        """Yield the days of the expert workstation."""
        bones = [one for one in self.cast.experts if one.department == "骨科"]
        for number, month in enumerate(self.when.months[1:]):
            days = [d for d in working_days(month)[8:12] if d < self.when.today]
            if not days:
                continue
            one = bones[number % 2]
            yield Planned(
                "expert_workstation",
                days[0],
                PROVINCIAL,
                (WANGCHUAN,),
                Decimal(len(days)),
                "骨科专家工作站驻站",
                one.home,
                self._told(days[-1], 18, 21),
                days[-1],
                [(one, "lead", None)],
                relation="station",
                place=WANGCHUAN,
            )

    def _techniques(self) -> Iterator[Planned]:
        """Yield the new techniques of the team at Shizhou, one a month from the list of forty."""
        for number, month in enumerate(self.when.months[1:]):
            team = [
                e
                for e in self.cast.postings.get((SHIZHOU, month), [])
                if e.craft and e.craft.style in ("medicine", "surgery")
            ]
            days = [d for d in working_days(month)[10:18] if d < self.when.today]
            if not team or not days:
                continue
            one, day = team[number % len(team)], self.rng.choice(days)
            done = words.FORTY[number % len(words.FORTY)]
            extra = {"registry_number": f"石医技〔{month.year}〕{number + 1:02d}号", "first_here": True}
            yield Planned(
                "technique",
                day,
                PROVINCIAL,
                (SHIZHOU,),
                Decimal(1),
                f"新技术：{done}",
                one.at(SHIZHOU),
                self._told(day, 16, 20),
                None,
                [(one, "lead", None)],
                extra=extra,
                relation="team",
                place=SHIZHOU,
            )

    def _interventions(self) -> Iterator[Planned]:
        """Yield what the heart specialists opened at Lanxi, as its need of this summer asked."""
        hearts = [one for one in self.cast.experts if one.department == "心血管内科"]
        for back, done in ((3, "急诊冠状动脉造影"), (1, "急诊冠状动脉支架植入术（指导）")):
            day = working_days(self.when.month(back))[11]
            yield Planned(
                "technique",
                day,
                PROVINCIAL,
                (LANXI,),
                Decimal(1),
                f"新技术：{done}",
                hearts[0].home,
                self._told(day, 17, 20),
                None,
                [(hearts[0], "guide", None)],
                place=LANXI,
            )

    # What is drawn -------------------------------------------------------------------------------

    def _one(self, code: str, month: date) -> Planned:
        """Draw one deed of a hospital's month, none twice on one day by the same person."""
        for _attempt in range(12):
            deed = self._draw(code, month)
            key = (deed.kind, deed.day, deed.giver, deed.receivers, deed.people[0][0].pk if deed.people else deed.title)
            if key not in self.known:
                self.known.add(key)
                break
        return deed

    def _draw(self, code: str, month: date) -> Planned:
        if code in TOWNSHIPS:
            return self._township(code, month)
        team = self.cast.postings.get((code, month), [])
        luck = self.rng.random()
        if luck < BACK_SHARE:
            return self._from_the_county(code, month)
        if luck < BACK_SHARE + AFAR_SHARE or not team:
            return self._from_afar(code, month)
        return self._posted(code, month, self.rng.choice(team))

    def _posted(self, code: str, month: date, one: Somebody) -> Planned:
        craft = one.craft or words.CRAFTS[0]
        kind = self._kind(words.STYLES[craft.style], month)
        deed = self._deed(kind, month, PROVINCIAL, code, one, one.at(code))
        if kind in words.TEAM and self.rng.random() < 0.3:
            mates = [m for m in self.cast.postings[(code, month)] if m is not one]
            if mates:
                deed.people.append((self.rng.choice(mates), "assist", None))
        return deed

    def _from_afar(self, code: str, month: date) -> Planned:
        kind = self._kind(words.AFAR, month)
        one = self.rng.choice(self._at_home(code, month))
        writer = one.home if kind in ("remote", "case_discussion", "lecture") else self.cast.clerk.home
        deed = self._deed(kind, month, PROVINCIAL, code, one, writer)
        if kind in ("referral", "clinical_placement", "exchange_visit"):
            deed.people.clear()
        return deed

    def _at_home(self, code: str, month: date) -> list[Somebody]:
        """Return the three at the provincial hospital whom a county calls in this half-year."""
        president = self.cast.house(SHIZHOU).leader
        pool = [one for one in self.cast.experts if one is not president]
        first = COUNTIES.index(code) * 5 + (month.year * 2 + month.month // 7) * 17
        return [pool[(first + 11 * n) % len(pool)] for n in range(3)]

    def _from_the_county(self, code: str, month: date) -> Planned:
        kind = self._kind(words.COUNTY_GIVES, month)
        house = self.cast.house(code)
        one = self.rng.choice(house.heads)
        deed = self._deed(kind, month, code, PROVINCIAL, one, house.coordinator.at(code))
        if kind == "referral":
            deed.title, deed.extra = self.rng.choice(words.DOWNWARD), {"direction": "down"}
            deed.people.clear()
        deed.relation = relation_of(code)
        return deed

    def _township(self, code: str, month: date) -> Planned:
        house = self.cast.house(LANXI)
        one = self.rng.choice([*house.heads[:3], *house.clinicians[:3]])
        kind = self._kind(words.TOWNSHIP_HELP, month)
        return self._deed(kind, month, LANXI, code, one, one.at(LANXI))

    def _kind(self, weights: tuple[tuple[str, int], ...], month: date) -> str:
        names, shares = zip(*weights, strict=True)
        kind: str = self.rng.choices(names, shares)[0]
        if kind == "free_clinic" and month.month in (1, 2, 7, 8):  # nobody holds them in the cold and the heat
            kind = "lecture"
        return kind

    def _deed(self, kind: str, month: date, giver: str, receiver: str, one: Somebody, writer: Actor) -> Planned:
        craft = one.craft or words.CRAFTS[0]
        first, last = self._days(kind, month)
        low, high = words.QUANTITIES[kind]
        title, extra = facts.described(self.rng, kind, craft, SHORT[receiver])
        quantity = self.rng.randint(low, high)
        if kind == "outpatient" and month.month in (1, 2, 8):
            quantity = max(low, round(quantity * 0.8))
        return Planned(
            kind,
            first,
            giver,
            (receiver,),
            Decimal(quantity),
            title,
            writer,
            self._told(last, 15, 22),
            last if last != first else None,
            [(one, "lead", None)],
            note=self.rng.choice(words.NOTES.get(kind, ("",))),
            extra=extra,
            relation=relation_of(receiver),
            place=receiver if kind not in ("remote", "clinical_placement", "referral") else "",
        )

    def _days(self, kind: str, month: date) -> tuple[date, date]:
        spans = [w for w in weeks(month) if w[1] < self.when.today]
        days = [d for d in working_days(month) if d < self.when.today] or [self.when.yesterday]
        if kind in words.WEEKLY and spans:
            first, last = self.rng.choice(spans)
            return (first, last) if first != last or self.rng.random() < 0.5 else (first, first)
        day = self.rng.choice(days)
        return day, day

    def _told(self, day: date, first: int, last: int) -> datetime:
        """Return when it was written down: the same evening, within the week, now and then much later."""
        luck = self.rng.random()
        wait = self.rng.randint(17, 26) if luck < LATE else self.rng.choice((0, 0, 0, 1, 1, 2, 3))
        told = min(day + timedelta(days=wait), self.when.today - timedelta(days=1))
        return some_time(self.rng, max(told, day), first, last)


def relation_of(code: str) -> str:
    """Return the relation that an activity at a hospital is filed under."""
    own = {SHIZHOU: "team", SONGQUAN: "uplift", LINHUAI: "former"} | dict.fromkeys(TOWNSHIPS, "county")
    return own.get(code, "paired")


def month_end(month: date) -> datetime:
    """Return the evening of a month's last day."""
    return moment(last_of(month), 20)


def moved(deed: Planned, **changes: Any) -> Planned:
    """Return a deed with other facts."""
    return replace(deed, **changes)
