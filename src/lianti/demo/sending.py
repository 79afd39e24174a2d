"""Batches of two years: planned, decided, sent by letter, received, brought home; the oldest was under way before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from lianti.contexts.dispatch import services as dispatch
from lianti.contexts.dispatch.models import Batch, Posting
from lianti.contexts.dispatch.states import BatchState, PostingState
from lianti.demo.papers import Relations
from lianti.demo.people import SOURCE, Cast, Somebody
from lianti.demo.places import PROVINCIAL, SHIZHOU
from lianti.demo.planned import relation_of
from lianti.demo.postings import Team
from lianti.demo.when import When, last_workday, moment
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months

KINDS = {"team": "team", "station": "workstation", "heart": "rounds"}
NAMES = {
    "paired": "对口支援派驻医疗队",
    "team": "石舟“组团式”帮扶医疗队",
    "uplift": "松泉能力提升帮扶队",
    "former": "妇幼帮扶医疗队",
}
HANDOVERS = (
    ("门诊慢病随访名单已交科室护士长。", "疑难病例继续走远程会诊。", "两名医师可独立值班。"),
    ("质控表存科室共享盘。", "新技术已完成带教，下一批重点看围手术期管理。", "一名医师可在上级指导下完成。"),
    ("夜班急会诊响应偏慢，已与医务科商定流程。", "教学查房安排到下月，题目已列好。", "三名住院医师，学习到第四项。"),
)
SECOND_TERM = 2  # the half-year with whose batch the president comes again


@dataclass
class Sent:
    """A batch of the example with who went whither in it."""

    row: Batch
    people: list[tuple[Somebody, str]]
    rows: dict[int, Posting] = field(default_factory=dict)

    @property
    def places(self) -> list[str]:
        """Return the codes of who receives."""
        return sorted({code for _one, code in self.people})


class Sending:
    """Sends the teams of every half-year, relation by relation, as far as it has come by today."""

    def __init__(self, cast: Cast, when: When, relations: Relations, teams: Sequence[Team]) -> None:
        self.cast, self.when, self.relations, self.teams = cast, when, relations, teams
        self.office = cast.office.home
        self.president = cast.house(SHIZHOU).leader
        self.starts = sorted({team.first for team in teams})
        self.first_term: Sent | None = None

    def run(self) -> None:
        """Bring every half-year's batches to where they stand."""
        for number, first in enumerate(self.starts):
            by_relation: dict[str, list[Team]] = {}
            for team in self.teams:
                if team.first == first:
                    by_relation.setdefault(relation_of(team.county), []).append(team)
            for turn, (key, teams) in enumerate(sorted(by_relation.items())):
                people = [(one, team.county) for team in teams for one in team.people]
                if people:
                    self._half(number, turn, key, teams[0], people)

    def _half(self, number: int, turn: int, key: str, team: Team, people: list[tuple[Somebody, str]]) -> None:
        first, last, over = team.first, team.last, team.last < self.when.today
        serial = number * 4 + turn + 1
        name = f"{first.year}年{'上' if first.month <= 6 else '下'}半年{NAMES[key]}"
        facts = dispatch.BatchFacts(name, self.relations[key].pk, KINDS.get(key, "long"), first, last)
        if key == "team" and number in (0, SECOND_TERM):
            people = [(self.president, SHIZHOU), *people]
        if key == "team" and number == SECOND_TERM and self.first_term is not None:
            self.home(self.first_term, first - timedelta(days=1), [self.president])
        sent = self._adopted(facts, people, serial) if number == 0 else self.told(facts, people, serial)
        if key == "team" and number == 0:
            self.first_term = sent
        if over:
            self.home(sent, last, [one for one, _code in people if one is not self.president])

    def _term(self, first: date) -> date:
        """Return the last day of the president's term that begins with a half-year."""
        if first == self.starts[0] and len(self.starts) > SECOND_TERM:
            return self.starts[SECOND_TERM] - timedelta(days=1)
        return add_months(first, 36) - timedelta(days=1)

    # The past that the platform has not seen -----------------------------------------------------

    def _adopted(self, facts: dispatch.BatchFacts, people: list[tuple[Somebody, str]], serial: int) -> Sent:
        """Take in the batch that was there when the platform came."""
        at = moment(self.when.first, 11)
        told: dict[str, Any] = {"actor": self.cast.system, "at": at, "key": None, "source": SOURCE}
        letter = self._letter(facts.from_date, serial, people)
        row = dispatch.adopt_batch(**told, batch=facts, sender_id=self.cast.id(PROVINCIAL), letter=letter)
        sent = Sent(row, people)
        for one, code in people:
            sent.rows[one.pk] = dispatch.adopt_posting(
                **told,
                batch_id=row.public_id,
                nominee=self.nominee(one, code, facts.from_date),
                stay=dispatch.Stay(facts.from_date),
                state=PostingState.ON_DUTY,
            )
        return sent

    # Move by move --------------------------------------------------------------------------------

    def told(self, facts: dispatch.BatchFacts, people: list[tuple[Somebody, str]], serial: int) -> Sent:
        """Plan a batch, name its people, decide, publicise, send; each recipient gives its receipt."""
        first = facts.from_date
        sent = self.planned(facts, people, self.day(first, 30))
        self.stages(sent, self.day(first, 21), serial, BatchState.PUBLICISED)
        self.sent(sent, self.day(first, 8), serial)
        at = moment(first + timedelta(days=2), 16)
        if at.date() < self.when.today:
            self.received(sent, at, first)
        return sent

    def planned(self, facts: dispatch.BatchFacts, people: list[tuple[Somebody, str]], at: datetime) -> Sent:
        """Plan a batch and name its people; a president's hospital agrees two days later."""
        row = dispatch.plan(actor=self.office, at=at, key=None, batch=facts)
        sent = Sent(row, people)
        if people:
            named = [self.nominee(one, code, facts.from_date) for one, code in people]
            at += timedelta(hours=2)
            dispatch.name_people(actor=self.office, at=at, key=None, batch_id=row.public_id, people=named)
            sent.rows = {one.person_id: one for one in Posting.objects.filter(batch=row.pk)}
        if self.president.pk in sent.rows:
            dispatch.consent(
                actor=self.desk(SHIZHOU),
                at=at + timedelta(days=2),
                key=None,
                posting_id=sent.rows[self.president.pk].public_id,
                note="经院党委会研究，同意继续担任院长",
            )
        return sent

    def stages(
        self, sent: Sent, at: datetime, serial: int, until: str, dropped: Iterable[Somebody] = (), note: str = ""
    ) -> None:
        """Check, decide, publicise, a day after the other, until a batch stands there."""
        by: dict[str, Any] = {"actor": self.office, "key": None, "batch_id": sent.row.public_id}
        out = [sent.rows[one.pk].public_id for one in dropped]
        dispatch.check(**by, at=at, dropped=out, note=note)
        if until == BatchState.CHECKED:
            return
        at += timedelta(days=1)
        minutes = f"院长办公会纪要〔{at.year}〕{serial}号"
        dispatch.decide(**by, at=at, minutes_number=minutes, minutes_date=at.date())
        if until == BatchState.DECIDED:
            return
        at += timedelta(days=1)
        dispatch.publicise(
            **by,
            at=at,
            public_from=at.date(),
            public_to=at.date() + timedelta(days=5),
            public_place="院内公示栏、院内网",
        )

    def sent(self, sent: Sent, at: datetime, serial: int) -> None:
        """Issue the letter."""
        letter = self._letter(at.date(), serial, sent.people)
        dispatch.order(actor=self.office, at=at, key=None, batch_id=sent.row.public_id, letter=letter)

    def received(self, sent: Sent, at: datetime, arrived: date, absent: Iterable[Somebody] = ()) -> None:
        """Let every hospital give its receipt."""
        missing = [sent.rows[one.pk].public_id for one in absent]
        for number, code in enumerate(sent.places):
            dispatch.receive(
                actor=self.desk(code),
                at=at + timedelta(minutes=7 * number),
                key=None,
                batch_id=sent.row.public_id,
                arrived=arrived,
                receipt_number=f"接收函〔{arrived.year}〕{sent.row.pk:02d}号",
                absent=missing,
                note="一人因原单位手术排期推迟到岗" if missing else "",
            )

    def home(self, sent: Sent, last: date, people: list[Somebody]) -> None:
        """Let people leave on the last day and hand over; when all are home the batch is closed."""
        codes = {one.pk: code for one, code in sent.people}
        for number, one in enumerate(people):
            ident, host = sent.rows[one.pk].public_id, self.desk(codes[one.pk])
            at = moment(last, 16, number)
            dispatch.finish(actor=host, at=at, key=None, posting_id=ident, left=last)
            if (at := moment(last + timedelta(days=3), 10, number)).date() < self.when.today:
                self._handed(one, codes[one.pk], sent.rows[one.pk], at, HANDOVERS[(sent.row.pk + number) % 3])
        at = moment(last + timedelta(days=10), 10)
        here = Posting.objects.filter(batch=sent.row.pk, state=PostingState.ON_DUTY).exists()
        if at.date() < self.when.today and not here:
            dispatch.close(actor=self.office, at=at, key=None, batch_id=sent.row.public_id)

    def _handed(self, one: Somebody, code: str, row: Posting, at: datetime, texts: tuple[str, str, str]) -> None:
        """Let who leaves write and sign the handover, and the hospital take over."""
        facts = dispatch.HandoverFacts(at.date(), tasks=texts[0], techniques=texts[1], students=texts[2])
        by: dict[str, Any] = {"actor": one.actors[code], "at": at, "key": None}
        sheet = dispatch.draft_handover(**by, posting_id=row.public_id, handover=facts)
        dispatch.sign_out(**by, handover_id=sheet.public_id)
        dispatch.sign_in(**by | {"actor": self.desk(code)}, handover_id=sheet.public_id)

    # Parts ---------------------------------------------------------------------------------------

    def nominee(self, one: Somebody, code: str, first: date, duty: str = "") -> dispatch.Nominee:
        """Return somebody to be sent to a hospital with its batch; the president for their own term."""
        if one is self.president:
            return dispatch.Nominee(one.pk, self.cast.id(code), "president", "院领导", to_date=self._term(first))
        return dispatch.Nominee(one.pk, self.cast.id(code), duty, one.department, one.department)

    def desk(self, code: str) -> Actor:
        """Return who receives at a hospital."""
        return self.cast.house(code).coordinator.at(code)

    def day(self, first: date, before: int) -> datetime:
        """Return a morning so many days before, on a working day."""
        return moment(last_workday(first - timedelta(days=before)), 10)

    def _letter(self, day: date, serial: int, people: list[tuple[Somebody, str]]) -> dispatch.LetterFacts:
        number, basis = f"云省医函〔{day.year}〕{20 + serial}号", "对口支援协议、年度派驻计划"
        return dispatch.LetterFacts(number, day, basis, people[0][0].pk if people else None)
