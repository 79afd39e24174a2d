"""What a receiving hospital keeps around its experts: the week list with days on which it is otherwise."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from lianti.contexts.dispatch import services as dispatch
from lianti.contexts.dispatch.domain import care, week
from lianti.contexts.dispatch.models import CheckItem, CheckList, Clinic, Leave, Posting
from lianti.contexts.dispatch.states import HERE, FeedOf, Side
from lianti.demo.places import LANXI, PROVINCIAL, WANGCHUAN
from lianti.demo.postings import expert
from lianti.demo.sending import Sending
from lianti.demo.when import moment
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months

ROOMS = ("门诊二楼3诊室", "门诊三楼名医诊室", "门诊一楼8诊室", "住院部三楼")
HALVES = ("morning", "afternoon", "morning", "evening")
OTHERWISE = ("参加院内急会诊", "科室质控会")


class Caring:
    """Keeps what there is around the postings of today."""

    def __init__(self, sending: Sending) -> None:
        self.sending, self.cast, self.when = sending, sending.cast, sending.when
        self.desks = {self.cast.id(PROVINCIAL): sending.office}
        self.desks[self.cast.id(WANGCHUAN)] = sending.desk(WANGCHUAN)
        self.desks |= {self.cast.id(code): sending.desk(code) for code in {team.county for team in sending.teams}}

    def run(self) -> None:
        """Open clinics for everybody who is on duty, and say of two days that it is otherwise."""
        here = list(Posting.objects.filter(state__in=HERE, recipient__in=self.desks).order_by("recipient", "pk"))
        self._lists(here)
        self._visits(here)
        self._handover(here)
        self._stations()
        self._house_list()
        self._taken_along()
        opened = [self._clinic(number, row, turn) for number, row in enumerate(here) for turn in range(1 + number % 2)]
        monday = week.monday(self.when.today)
        away = set(Leave.objects.filter(back=None).values_list("posting", flat=True))
        ended = self._ended(opened)
        running = [row for row in opened if row.posting_id not in away and row.pk != ended]
        told = running[:: max(1, len(opened) // 3)]
        for number, row in enumerate(told[:2]):
            day = monday + timedelta(days=row.weekday - 1)
            self._otherwise(row, day, number)

    def _lists(self, here: list[Posting]) -> None:
        """Let both sides tick off what is done: all of it but for those who came last."""
        newest = {row.pk for row in sorted(here, key=lambda one: (one.arrived, one.pk))[-2:]}
        for number, row in enumerate(CheckList.objects.filter(state="open").order_by("pk")):
            for side, place in (("sender", row.sender_id), ("recipient", row.recipient_id)):
                items = list(CheckItem.objects.filter(of=row.pk, side=side, outcome="").values_list("pk", flat=True))
                kept = items[: len(items) // 2] if row.posting_id in newest else items
                day = min(row.day + timedelta(days=4), self.when.yesterday)
                by = self._by(place, day)
                if kept:
                    dispatch.tick(**by, check_id=row.public_id, items=kept, day=day, note="" if number else "已核对")

    def _handover(self, here: list[Posting]) -> None:
        """One is being written, with who takes over."""
        old = next(row for row in here if len([one for one in here if one.recipient_id == row.recipient_id]) > 1)
        new = next(row for row in here if row.recipient_id == old.recipient_id and row.pk != old.pk)
        facts = dispatch.HandoverFacts(
            old.to_date,
            new.public_id,
            "术后随访名单在科室护士长处；待办：下季度讲课题目。",
            "腹腔镜阑尾切除带教到第三例。",
            "李医师 可在指导下完成\n陈医师 已独立完成两例",
            "便携超声一台，钥匙在护士站。",
            "医务科转接8012。",
        )
        by = self._by(old.recipient_id, self.when.yesterday)
        dispatch.draft_handover(**by, posting_id=old.public_id, handover=facts)

    def _stations(self) -> None:
        """One runs since a year and is planned and checked; one is applied for."""
        relation = self.sending.relations.get("station")
        if relation is None or self.when.short:
            return
        county = self.cast.id(WANGCHUAN)
        sender, first = self.cast.id(PROVINCIAL), self.when.first + timedelta(days=40)
        experts = tuple(one.pk for one in self.cast.experts if one.department == "骨科")[:2]
        facts = dispatch.StationFacts("骨科专家工作站", relation.pk, county, sender, "骨科", experts)
        by = self._by(county, first)
        row = dispatch.apply_station(**by, station=facts, applied=first)
        told: dict[str, Any] = {"station_id": row.public_id}
        approval = dispatch.Approval(first, f"云卫医〔{first.year}〕17号", "省卫生健康委员会", self.when.today)
        dispatch.approve_station(**by | {"at": moment(first + timedelta(days=20), 10)}, **told, approval=approval)
        plaque = first + timedelta(days=30)
        dispatch.unveil_station(**self._by(county, plaque), **told, plaque=plaque)
        year, now = self.when.today.year - 1, self._by(county, self.when.yesterday)
        goals = "每月坐诊四次、疑难病例讨论两次，带教两名医师独立开展常见手术。"
        dispatch.plan_station(**self._by(county, plaque), **told, year=year, goals=goals)
        dispatch.check_station(**now, **told, year=year, grade="pass", note="坐诊与讨论完成，带教一人未结束")
        dispatch.plan_station(**now, **told, year=year + 1, goals=goals)
        until = self.when.today + timedelta(days=365)
        dispatch.renew_station(**now, **told, until=until)
        asked = dispatch.StationFacts("皮肤科专家工作站", relation.pk, county, sender, "皮肤科")
        dispatch.apply_station(**now, station=asked, applied=self.when.yesterday)
        self._other_stations(relation.pk, county, sender)

    def _other_stations(self, relation_id: int, county: int, sender: int) -> None:
        """One is approved and waits for its plaque; one has run its course."""
        first, soon = self.when.first + timedelta(days=60), self.when.today - timedelta(days=70)
        for department, day, number in (("儿科", first, 18), ("心血管内科", soon, 26)):
            facts = dispatch.StationFacts(f"{department}专家工作站", relation_id, county, sender, department)
            row = dispatch.apply_station(**self._by(county, day), station=facts, applied=day)
            told: dict[str, Any] = {"station_id": row.public_id}
            approved = day + timedelta(days=30)
            said = f"云卫医〔{approved.year}〕{number}号"
            approval = dispatch.Approval(approved, said, "省卫生健康委员会", add_months(approved, 24))
            dispatch.approve_station(**self._by(county, approved), **told, approval=approval)
            if day == first:
                plaque = approved + timedelta(days=20)
                dispatch.unveil_station(**self._by(county, plaque), **told, plaque=plaque)
                note = "驻站专家另有任务，儿科协作改由专科联盟承担"
                dispatch.close_station(**self._by(county, self.when.workday(30)), **told, note=note)

    def _house_list(self) -> None:
        """One hospital says what it does for who comes: what is usual, and a walk around the house."""
        own = dispatch.HouseItem(Side.RECIPIENT, False, "院区熟悉与感控、医保培训", 2)
        items = [*(one for one in care.SHIPPED if one.side == Side.RECIPIENT), own]
        by = self._by(self.cast.id(LANXI), self.when.workday(15))
        dispatch.set_house_list(**by, items=items)

    def _taken_along(self) -> None:
        """An expert and a desk read their days in their own calendars; the desk had lost its first address."""
        desk, one = self.sending.desk(LANXI), expert(self.cast, self.when)
        at = moment(self.when.workday(12), 12)
        dispatch.make_feed(actor=one.at(LANXI), at=at, key=None, of=FeedOf.OWN)
        lost = dispatch.make_feed(actor=desk, at=at, key=None, of=FeedOf.PLACE).feed
        at = moment(self.when.workday(3), 9)
        dispatch.revoke_feed(actor=desk, at=at, key=None, feed_id=lost.public_id)
        dispatch.make_feed(actor=desk, at=at + timedelta(minutes=2), key=None, of=FeedOf.PLACE)

    def _visits(self, here: list[Posting]) -> None:
        """Two visits: one noted, one with something to see to."""
        office, first = self.sending.office, here[0]
        beside = [row.public_id for row in here if row.recipient_id == first.recipient_id][:3]
        told: dict[str, Any] = {"actor": office, "key": None, "posting_ids": beside}
        days = [self.when.yesterday - timedelta(days=n) for n in (40, 6)]
        visit = dispatch.VisitFacts(days[0], "党委书记、工会主席", "生活安顿，与科室配合良好。")
        dispatch.note_visit(**told, at=moment(days[0], 17), visit=visit)
        visit = dispatch.VisitFacts(
            days[1],
            "分管副院长、医务处长",
            "宿舍供暖不足，夜班后休息受影响；希望增加带教时间。",
            "请协调宿舍供暖，并与科室商定带教时间。",
            first.recipient_id,
            self.when.today + timedelta(days=7),
        )
        dispatch.note_visit(**told, at=moment(days[1], 17), visit=visit)

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

    def _ended(self, opened: list[Clinic]) -> int:
        """End the oldest clinic that is an expert's second one, two weeks ago, and return its key."""
        row = min((one for one in opened if one.name.endswith("查房带教")), key=lambda one: (one.from_date, one.pk))
        last = max(row.from_date, self.when.yesterday - timedelta(days=14))
        by = self._by(row.recipient_id, self.when.yesterday)
        dispatch.end_clinic(**by, clinic_id=row.public_id, to_date=last, note="带教改为随科室晨间查房进行")
        return row.pk

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
