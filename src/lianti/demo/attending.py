"""Two years of attendance: what was sealed on paper, last month by its moves, this month as it is being kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from lianti.contexts.dispatch import services as dispatch
from lianti.contexts.dispatch.models import Attendance, Posting
from lianti.contexts.dispatch.services import Marking
from lianti.contexts.dispatch.states import PostingState
from lianti.demo.people import SOURCE
from lianti.demo.places import LANXI, PROVINCIAL, SHIZHOU, SONGQUAN, WUPU
from lianti.demo.sending import Sending
from lianti.demo.when import last_of, moment
from lianti.lib.actor import Actor
from lianti.lib.dates import next_month

UNCOMMON = (("leave", "personal"), ("leave", "annual"), ("called_home", ""), ("training", ""), ("late", ""))
# How far last month has come, where it is not sealed by both.
AS_FAR_AS = {LANXI: "confirm", SHIZHOU: "submit", SONGQUAN: "send_back", WUPU: ""}


class Attending:
    """Keeps, seals and supplements the months of everybody who was posted."""

    def __init__(self, sending: Sending, rng: Random) -> None:
        self.sending, self.cast, self.when, self.rng = sending, sending.cast, sending.when, rng
        self.sender = self.cast.id(PROVINCIAL)
        self.codes = sorted({code for code, _month in self.cast.postings})
        self.rows = list(Posting.objects.filter(sender=self.sender, arrived__isnull=False).order_by("pk"))

    def run(self) -> None:
        """Bring every month to where it stands."""
        for code in self.codes:
            for month in self.when.months:
                there = self._there(code, month)
                if not there:
                    continue
                if month < self.when.month(1):
                    self._sealed_on_paper(code, month, there)
                elif month == self.when.month(1):
                    self._last(code, month, there)
                else:
                    self._running(code, month, there)
        self._supplement()
        self._given_up()
        self._asked_for()
        self._checked()

    def _there(self, code: str, month: date) -> list[Posting]:
        here = self.cast.id(code)
        return [
            row
            for row in self.rows
            if row.recipient_id == here
            and row.arrived is not None
            and row.arrived < next_month(month)
            and (row.left is None or row.left >= month)
        ]

    def _pair(self, code: str, month: date) -> dict[str, Any]:
        return {"sender_id": self.sender, "recipient_id": self.cast.id(code), "month": month}

    def _marks(self, month: date, there: list[Posting], until: date) -> list[Marking]:
        """Return what is out of the ordinary: nights for everybody, now and then a day away."""
        marks = []
        for row in there:
            first, last = max(row.arrived or month, month), min(row.left or until, until, last_of(month))
            days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
            chosen = self.rng.sample(days, min(len(days), 4))
            for place, day in enumerate(sorted(chosen[:3])):
                usual = place or self.rng.random() < 0.7
                mark, leave = ("night", "") if usual else self.rng.choice(UNCOMMON)
                marks.append(Marking(row.public_id, day, mark, leave))
        return marks

    def _sealed_on_paper(self, code: str, month: date, there: list[Posting]) -> None:
        end = last_of(month)
        told: dict[str, Any] = {"actor": self.cast.system, "at": moment(end + timedelta(days=4), 10), "key": None}
        dispatch.adopt_month(**told, source=SOURCE, **self._pair(code, month), marks=self._marks(month, there, end))

    def _begun(self, code: str, month: date, at: datetime) -> Attendance:
        keeper = self.sending.desk(code)
        return dispatch.attendance.begin_month(actor=keeper, at=at, key=None, **self._pair(code, month))

    def _last(self, code: str, month: date, there: list[Posting]) -> None:
        """Last month, move by move: most are sealed by both, four stand at one of the moves before.

        In the first days of a month less has happened: nothing is told of today or later.
        """
        desk, end = self.sending.desk(code), last_of(month)
        row = self._begun(code, month, moment(month + timedelta(days=4), 9))
        by: dict[str, Any] = {"key": None, "month_id": row.public_id}
        dispatch.attendance.mark_many(actor=desk, at=moment(end, 17), **by, marks=self._marks(month, there, end))
        stop = AS_FAR_AS.get(code, "seal")
        steps = {"": 0, "submit": 1, "confirm": 2, "send_back": 2, "seal": 3}[stop]
        office: Actor = self.cast.office.home
        service = dispatch.attendance
        for number, (actor, move) in enumerate(
            ((desk, service.submit), (desk, service.confirm), (office, service.seal))
        ):
            day = end + timedelta(days=1 + number)
            if number < steps and day < self.when.today:
                move(actor=actor, at=moment(day, 10, number), **by)
        if stop == "send_back" and end + timedelta(days=4) < self.when.today:
            note = "与病区排班表核对，两名医师夜班天数不一致，请补充"
            service.send_back(actor=office, at=moment(end + timedelta(days=4), 15), **by, note=note)

    def _running(self, code: str, month: date, there: list[Posting]) -> None:
        """This month as it is being kept; at one hospital an import says something else than was typed."""
        yesterday = self.when.today - timedelta(days=1)
        if yesterday < month:
            return
        row = self._begun(code, month, moment(min(month + timedelta(days=4), yesterday), 9))
        marks = self._marks(month, there, yesterday)
        by: dict[str, Any] = {"actor": self.sending.desk(code), "key": None, "month_id": row.public_id}
        at = moment(yesterday, 17)
        if marks:
            dispatch.attendance.mark_many(**by, at=at, marks=marks)
        if marks and code == LANXI:
            other = [one._replace(mark="present", leave="") for one in marks[:2]]
            dispatch.attendance.mark_many(**by, at=at + timedelta(minutes=20), marks=other, source="imported")

    def _supplement(self) -> None:
        """What was found wrong at one hospital after both seals, under way."""
        sealed = Attendance.objects.filter(month=self.when.month(1), corrects=None).exclude(sealed_by=None)
        first = sealed.order_by("pk").first()
        at = moment(self.when.yesterday, 11)
        if first is None or first.sealed is None or first.sealed >= at.date():
            return
        code = next(code for code in self.codes if self.cast.id(code) == first.recipient_id)
        desk = self.sending.desk(code)
        sheet = dispatch.attendance.supplement(actor=desk, at=at, key=None, month_id=first.public_id)
        row = self._there(code, first.month)[0]
        day = max(row.arrived or first.month, first.month + timedelta(days=14))
        mark = Marking(row.public_id, day, "leave", "personal", "请假条月后补交，两院已核实")
        dispatch.attendance.mark_many(
            actor=desk, at=at + timedelta(minutes=5), key=None, month_id=sheet.public_id, marks=[mark]
        )

    def _given_up(self) -> None:
        """A supplement that was begun and given up: the first sheet was right after all."""
        month = self.when.month(2)
        first = Attendance.objects.filter(month=month, corrects=None).order_by("pk").first()
        if first is None:
            return
        code = next(code for code in self.codes if self.cast.id(code) == first.recipient_id)
        by: dict[str, Any] = {"actor": self.sending.desk(code), "key": None}
        at = moment(self.when.yesterday, 10)
        sheet = dispatch.attendance.supplement(**by, at=at, month_id=first.public_id)
        note = "与原表及排班表核对一致，无需补充"
        dispatch.attendance.drop_sheet(**by, at=at + timedelta(minutes=30), month_id=sheet.public_id, note=note)

    def _asked_for(self) -> None:
        """Leave to come: one waits for the office, one for the sender, one is approved, one was not."""
        states = (PostingState.ON_DUTY, PostingState.ORDERED)
        last = self.when.today + timedelta(days=16)
        code_of = {self.cast.id(code): code for code in self.codes}
        rows = sorted(self.rows, key=lambda row: (row.recipient_id != self.cast.id(LANXI), row.pk))
        here = [row for row in rows if row.state in states and row.to_date >= last and row.recipient_id in code_of]
        at = moment(self.when.yesterday, 9)
        reasons = ("子女家长会", "回原单位参加职称答辩", "探望父母", "外出参会", "办理证件")
        ways = ((2, ()), (5, ("agree",)), (3, ("approve",)), (1, ("refuse",)), (1, ("withdraw_slip",)))
        for number, (row, (days, moves)) in enumerate(zip(here, ways, strict=False)):
            first = self.when.today + timedelta(days=5 + 2 * number)
            leave = dispatch.LeaveFacts("personal", first, first + timedelta(days=days - 1), reason=reasons[number])
            told: dict[str, Any] = {"at": at + timedelta(minutes=number), "key": None}
            desk = self.sending.desk(code_of[row.recipient_id])
            slip = dispatch.leaves.ask(actor=desk, **told, posting_id=row.public_id, leave=leave)
            for move in moves:
                more = {"note": "当周义诊排班已定，请改期"} if move == "refuse" else {}
                office = {"actor": desk, "at": at + timedelta(hours=4), "key": None, **more}
                getattr(dispatch.leaves, move)(**office, slip_id=slip.public_id)

    def _checked(self) -> None:
        """Presence checks of the last months, by phone or on site; one found nobody."""
        for number, code in enumerate(self.codes):
            there = self._there(code, self.when.month(1))
            if not there:
                continue
            row, day = there[number % len(there)], self.when.month(1) + timedelta(days=9 + number)
            if not (row.arrived and row.arrived <= day and (row.left is None or day <= row.left)):
                continue
            found, note = ("absent", "科室电话三次无人接听，已请该院核实") if number == 1 else ("present", "")
            check = dispatch.presence.PresenceFacts(
                row.person_id, row.recipient_id, day, "site" if number % 3 else "phone", found, 15, note=note
            )
            told: dict[str, Any] = {"actor": self.cast.office.home, "key": None}
            made = dispatch.presence.note_presence(**told, at=moment(day, 16, number), check=check)
            if number == 3:
                by = {**told, "at": moment(day, 17), "check_id": made.public_id}
                dispatch.presence.withdraw_presence(**by, note="拨错科室电话，结果作废")
