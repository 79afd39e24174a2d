"""What is under way with batches today: on leave, overdue, recalled, replaced, expected; and what is being planned."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from lianti.contexts.dispatch import services as dispatch
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.states import OPEN, BatchState, LeaveKind
from lianti.demo.people import Somebody
from lianti.demo.places import LANXI, PROVINCIAL, SHIZHOU, SONGQUAN, WANGCHUAN, YANMING
from lianti.demo.sending import Sending, Sent
from lianti.demo.when import moment
from lianti.lib.dates import add_months

BEGAN, ENDED = 60, 8  # working days before today


class OnTheWay:
    """A short batch of this autumn that shows everything that can become of somebody; and the batches to come."""

    def __init__(self, sending: Sending) -> None:
        self.sending, self.cast, self.when = sending, sending.cast, sending.when
        self.office = sending.office
        self.free = self._free()

    def run(self) -> None:
        """Tell the short batch, then what is planned."""
        self._short()
        self._planned()

    def _free(self) -> list[Somebody]:
        """Return who is with no team since the short batch began."""
        since = self.when.workday(BEGAN + 20)
        busy = {one.pk for team in self.sending.teams if team.last >= since for one in team.people}
        return [one for one in self.cast.experts if one.pk not in busy and one is not self.sending.president]

    def _at(self, back: int, hour: int = 10, minute: int = 0) -> datetime:
        return moment(self.when.workday(back), hour, minute)

    def _short(self) -> None:
        """Eight people for two hospitals: one left out, one not come, the others each in their own way."""
        stays, away, longer, recalled, replaced, absent, out, successor = self.free[:8]
        people = [(one, LANXI) for one in (stays, away, longer, absent, out)]
        people += [(one, YANMING) for one in (recalled, replaced)]
        first, last = self.when.workday(BEGAN), self.when.workday(ENDED)
        relation = self.sending.relations["paired"].pk
        name = f"{first.year}年秋冬季短期帮扶小分队" if first.month > 6 else f"{first.year}年春夏季短期帮扶小分队"
        facts = dispatch.BatchFacts(name, relation, "short", first, last, f"医联办通知〔{first.year}〕31号")
        sent = self.sending.planned(facts, people, self._at(BEGAN + 15))
        note = "本院同期承担援外任务，改由下一批派出"
        self.sending.stages(sent, self._at(BEGAN + 12), 40, BatchState.PUBLICISED, dropped=[out], note=note)
        sent.people = [pair for pair in people if pair[0] is not out]
        self.sending.sent(sent, self._at(BEGAN + 4), 40)
        self.sending.received(sent, self._at(BEGAN - 1, 16), first, absent=[absent])
        self._leaves(sent, away, longer)
        self._called_back(sent, recalled, replaced, successor)

    def _by(self, sent: Sent, one: Somebody, at: datetime, code: str = "") -> dict[str, Any]:
        actor = self.sending.desk(code) if code else self.office
        return {"actor": actor, "at": at, "key": None, "posting_id": sent.rows[one.pk].public_id}

    def _leaves(self, sent: Sent, away: Somebody, longer: Somebody) -> None:
        """One is on leave today; one was, came back, and stays longer."""
        first = self.when.workday(40)
        annual = dispatch.LeaveFacts(LeaveKind.ANNUAL, first, self.when.workday(37), reason="年休假")
        dispatch.take_leave(**self._by(sent, longer, self._at(40, 9), LANXI), leave=annual)
        back = self.when.workday(36)
        dispatch.return_from_leave(**self._by(sent, longer, self._at(36, 8), LANXI), back=back)
        dispatch.extend(
            **self._by(sent, longer, self._at(12)),
            to_date=self.when.today + timedelta(days=45),
            letter_number=f"云省医函〔{self.when.workday(12).year}〕66号",
            note="岚溪县医院申请延长，完成科室达标",
        )
        first, until = self.when.workday(4), self.when.today + timedelta(days=6)
        sick = dispatch.LeaveFacts(LeaveKind.SICK, first, until, reason="病假，附诊断证明")
        dispatch.take_leave(**self._by(sent, away, self._at(4, 9), LANXI), leave=sick)

    def _called_back(self, sent: Sent, recalled: Somebody, replaced: Somebody, successor: Somebody) -> None:
        """One is brought home before the end; one makes way for another, who has yet to hand over."""
        dispatch.recall(
            **self._by(sent, recalled, self._at(30)),
            left=self.when.workday(30),
            note="本院急诊科人员紧缺，提前返院",
            letter_number=f"云省医函〔{self.when.workday(30).year}〕58号",
        )
        follows = dispatch.Successor(
            successor.pk, self.when.workday(24), f"云省医函〔{self.when.workday(25).year}〕61号"
        )
        dispatch.replace(
            **self._by(sent, replaced, self._at(25)),
            left=self.when.workday(25),
            successor=follows,
            note="家中有事，经两院商定换人",
        )
        sent.rows[successor.pk] = Posting.objects.get(person=successor.pk, batch=sent.row.pk)
        dispatch.report_in(**self._by(sent, successor, self._at(24, 15), YANMING), arrived=self.when.workday(24))
        dispatch.finish(**self._by(sent, successor, self._at(ENDED, 17), YANMING), left=self.when.workday(ENDED))
        self._handed_by(sent, recalled)

    def _handed_by(self, sent: Sent, one: Somebody) -> None:
        """Let who was recalled sign their handover at home; where they were has yet to sign."""
        texts = ("急诊随访名单已发科室群，一例待复查。", "胸痛分诊流程走完两轮演练。", "两名医师可在指导下分诊。")
        facts = dispatch.HandoverFacts(self.when.workday(30), tasks=texts[0], techniques=texts[1], students=texts[2])
        sheet = dispatch.draft_handover(**self._by(sent, one, self._at(28)) | {"actor": one.home}, handover=facts)
        dispatch.sign_out(actor=one.home, at=self._at(28, 11), key=None, handover_id=sheet.public_id)

    # What is to come -----------------------------------------------------------------------------

    def _planned(self) -> None:
        """The next half-year's batches, each at another of its papers; and one that was taken back."""
        free = iter(self._unbound())
        for key, codes, until, back, kind in (
            ("paired", (LANXI, YANMING, YANMING), BatchState.PUBLICISED, 9, "long"),
            ("team", (SHIZHOU, SHIZHOU), BatchState.DECIDED, 7, "team"),
            ("station", (WANGCHUAN,), BatchState.CHECKED, 5, "workstation"),
        ):
            people = [(next(free), code) for code in codes]
            sent = self.sending.planned(self._to_come(key, kind), people, self._at(back + 5))
            self.sending.stages(sent, self._at(back), 70 + back, until)
        self._asked(next(free))
        taken_back = self.sending.planned(self._to_come("heart", "rounds"), [], self._at(11))
        dispatch.withdraw(
            actor=self.office,
            at=self._at(6, 15),
            key=None,
            batch_id=taken_back.row.public_id,
            note="与学术年会时间冲突，另行安排",
        )

    def _asked(self, one: Somebody) -> None:
        """Planned now: its hospital has yet to agree to who is to head a department there."""
        row = dispatch.plan(actor=self.office, at=self._at(3), key=None, batch=self._to_come("uplift", "long"))
        head = self.sending.nominee(one, SONGQUAN, row.from_date, "head")
        dispatch.name_people(actor=self.office, at=self._at(2), key=None, batch_id=row.public_id, people=[head])

    def _unbound(self) -> list[Somebody]:
        """Return whom the hospital can send in the next half-year."""
        first, _last = self._next_half()
        bound = Posting.objects.filter(to_date__gte=first, state__in=OPEN, sender=self.cast.id(PROVINCIAL))
        taken = set(bound.values_list("person", flat=True))
        return [one for one in reversed(self.cast.experts) if one.pk not in taken and one.craft]

    def _next_half(self) -> tuple[date, date]:
        first = add_months(self.sending.starts[-1], 6)
        return first, add_months(first, 6) - timedelta(days=1)

    def _to_come(self, key: str, kind: str) -> dispatch.BatchFacts:
        first, last = self._next_half()
        names = {
            "paired": "对口支援派驻医疗队",
            "team": "石舟“组团式”帮扶医疗队",
            "station": "骨科专家工作站驻站专家",
            "uplift": "松泉能力提升帮扶队",
            "heart": "心血管巡回医疗队",
        }
        name = f"{first.year}年{'上' if first.month <= 6 else '下'}半年{names[key]}"
        quota = f"医联办名额〔{self.when.today.year}〕{self.sending.relations[key].pk}号"
        return dispatch.BatchFacts(name, self.sending.relations[key].pk, kind, first, last, quota, self.when.today)
