"""What a receiving hospital keeps around its experts: the week list with days on which it is otherwise."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from lianti.contexts.dispatch import services as dispatch
from lianti.contexts.dispatch.domain import week
from lianti.contexts.dispatch.models import Clinic, Leave, Posting
from lianti.contexts.dispatch.states import HERE
from lianti.demo.sending import Sending
from lianti.demo.when import moment
from lianti.lib.actor import Actor

ROOMS = ("门诊二楼3诊室", "门诊三楼名医诊室", "门诊一楼8诊室", "住院部三楼")
HALVES = ("morning", "afternoon", "morning", "evening")
OTHERWISE = ("参加院内急会诊", "科室质控会")


class Caring:
    """Keeps what there is around the postings of today."""

    def __init__(self, sending: Sending) -> None:
        self.sending, self.cast, self.when = sending, sending.cast, sending.when
        self.desks = {self.cast.id(code): sending.desk(code) for code in {team.county for team in sending.teams}}

    def run(self) -> None:
        """Open clinics for everybody who is on duty, and say of two days that it is otherwise."""
        here = list(Posting.objects.filter(state__in=HERE, recipient__in=self.desks).order_by("recipient", "pk"))
        opened = [self._clinic(number, row, turn) for number, row in enumerate(here) for turn in range(1 + number % 2)]
        monday = week.monday(self.when.today)
        away = set(Leave.objects.filter(back=None).values_list("posting", flat=True))
        told = [row for row in opened if row.posting_id not in away][:: max(1, len(opened) // 3)]
        for number, row in enumerate(told[:2]):
            day = monday + timedelta(days=row.weekday - 1)
            self._otherwise(row, day, number)

    def _clinic(self, number: int, row: Posting, turn: int) -> Clinic:
        first = max(row.arrived or row.from_date, self.when.first)
        facts = dispatch.ClinicFacts(
            1 + (number + 3 * turn) % 5,
            HALVES[(number + turn) % len(HALVES)],
            f"{row.department or '专家'}{'查房带教' if turn else '专家门诊'}",
            ROOMS[number % len(ROOMS)],
            first,
        )
        by = self._by(row.recipient_id, min(first + timedelta(days=2), self.when.yesterday))
        return dispatch.open_clinic(**by, posting_id=row.public_id, clinic=facts)

    def _otherwise(self, row: Clinic, day: date, number: int) -> None:
        """Stop one clinic of this week; let a colleague cover another."""
        colleague = Posting.objects.filter(recipient=row.recipient_id, state__in=HERE).exclude(person=row.person_id)
        cover = colleague.order_by("pk").values_list("person", flat=True).first() if number else None
        free = (
            cover is not None and not Clinic.objects.filter(person=cover, weekday=row.weekday, half=row.half).exists()
        )
        word = dispatch.ClinicWord(day, "covered" if free else "stopped", cover if free else None, OTHERWISE[number])
        by = self._by(row.recipient_id, self.when.yesterday)
        dispatch.say_day(**by, clinic_id=row.public_id, word=word)

    def _by(self, place: int, day: date) -> dict[str, Any]:
        desk: Actor = self.desks[place]
        return {"actor": desk, "at": moment(day, 10), "key": None}
