"""Whom the provincial hospital can send: who volunteers, is exempt, applies; service before the platform; quotas."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from lianti.contexts.dispatch import services as dispatch
from lianti.contexts.dispatch.models import Batch, Candidate, PastService, Posting
from lianti.contexts.dispatch.services import figures
from lianti.contexts.dispatch.states import BEFORE_ORDER
from lianti.contexts.evidence.services import Upload
from lianti.contexts.network import services as network
from lianti.demo.paperwork import a_pdf
from lianti.demo.people import Somebody
from lianti.demo.places import LANXI, PROVINCIAL, YANMING
from lianti.demo.sending import Sending
from lianti.demo.when import moment
from lianti.kernel.models import OutboxTask
from lianti.lib.dates import add_months

EARLIER = ((LANXI, 6, 178), (YANMING, 12, None), ("", 3, 90), (LANXI, 6, 171), (YANMING, 3, 85))
MOST_QUOTAS = 4


class Turns:
    """Writes what a desk notes of its people, and counts them as the worker does at night."""

    def __init__(self, sending: Sending) -> None:
        self.sending, self.cast, self.when = sending, sending.cast, sending.when
        self.at = moment(self.when.yesterday, 16)

    def run(self) -> None:
        """List everybody, enter what was before, note who volunteers, is exempt, applies; set quotas; count."""
        leaves = self._colleague()
        figures.follow_directory(at=self.at)
        self._gone(leaves)
        self._earlier()
        self._notes()
        self._quotas()
        people, mark = figures.stale(at=moment(self.when.today, 0, 30))
        figures.recount(at=moment(self.when.today, 0, 30), people=people)
        figures.followed(mark)
        figures.warn_of_licences(at=moment(self.when.today, 0, 30))
        OutboxTask.objects.filter(name=figures.COUNT).delete()  # all of it is counted

    def _by(self) -> dict[str, Any]:
        return {"actor": self.sending.office, "at": self.at, "key": None}

    def _idle(self) -> list[Somebody]:
        gone = set(Posting.objects.filter(sender=self.cast.id(PROVINCIAL)).values_list("person", flat=True))
        return [one for one in self.cast.experts if one.pk not in gone] or self.cast.experts

    def _colleague(self) -> str:
        """Enter somebody of whom the directory alone knows, and return who."""
        draft = network.PersonDraft(
            name="纪采苓",
            employer_id=self.cast.id(PROVINCIAL),
            duty="主治医师",
            title_level="intermediate",
            department="急诊科",
        )
        at = moment(self.when.workday(45), 9)
        return network.add_person(actor=self.cast.system, at=at, key=None, person=draft).public_id

    def _gone(self, person_id: str) -> None:
        """Let them work elsewhere: the list follows the directory at night."""
        network.change_employer(
            actor=self.cast.administrator.home,
            at=self.at + timedelta(hours=2),
            key=None,
            person_id=person_id,
            employer_id=self.cast.id(LANXI),
            from_date=self.when.yesterday,
            note="人才引进，调入岚溪县医院",
        )
        figures.follow_directory(at=self.at + timedelta(hours=7))

    def _earlier(self) -> None:
        """Service of the years before; of one the place says that it was not so; one was entered by mistake."""
        rows: list[PastService] = []
        for number, (one, (code, months, certified)) in enumerate(zip(self._idle(), EARLIER, strict=False)):
            first = date(self.when.first.year - 2, 1 + number, 1)
            last = add_months(first, months) - timedelta(days=1)
            place = self.cast.house(code).place.name if code else "东坪镇中心卫生院（已撤并）"
            facts = dispatch.PastFacts(
                one.pk, place, "long", first, last, f"青大附院函〔{first.year}〕{12 + number}号",
                self.cast.id(code) if code else None, "内科", certified,
            )  # fmt: skip
            said = ["派驻函（存档扫描件）", facts.letter_number, f"{one.name} {place} 内科", f"{first} 至 {last}"]
            scan = Upload(f"{facts.letter_number}.pdf", a_pdf(said))
            rows.append(dispatch.enter_past(**self._by(), past=facts, uploads=(scan,)))
        told: dict[str, Any] = {"actor": self.sending.desk(LANXI), "at": self.at + timedelta(hours=1), "key": None}
        dispatch.dispute_past(**told, past_id=rows[3].public_id, note="当年接收名单上没有此人，请核对派驻函")

        by = {**self._by(), "at": self.at + timedelta(hours=1)}
        dispatch.withdraw_past(**by, past_id=rows[4].public_id, note="与人事档案核对，系进修，不是派驻")

    def _notes(self) -> None:
        idle = self._idle()
        known = {row.person_id: row for row in Candidate.objects.filter(sender=self.cast.id(PROVINCIAL))}
        mine = [known[one.pk] for one in idle if one.pk in known]
        year = self.when.today.year + 1
        for number, row in enumerate(mine[:12]):
            licence = dispatch.Licence(f"11{row.pk:013d}", "", add_months(self.when.today, 4 + number * 3), "")
            dispatch.note_candidate(
                **self._by(), candidate_id=row.public_id, applying=year + number % 3, licence=licence
            )
        for row in mine[4:6]:
            dispatch.volunteer(**self._by(), candidate_id=row.public_id, day=self.when.workday(9))
        reasons = (("aid", "援藏期满证明〔2023〕6号"), ("specialty", "院人字〔2025〕11号"))
        for row, (reason, basis) in zip(mine[-2:], reasons, strict=False):
            dispatch.exempt(**self._by(), candidate_id=row.public_id, reason=reason, basis=basis)

    def _quotas(self) -> None:
        """What each department is asked for, of the batches that are being planned."""
        for batch in Batch.objects.filter(sender=self.cast.id(PROVINCIAL), state__in=BEFORE_ORDER).order_by("pk"):
            named = Posting.objects.filter(batch=batch.pk).values_list("person__department__name", flat=True)
            names = list(dict.fromkeys(name for name in named if name))[:MOST_QUOTAS]
            if names:
                lines = [dispatch.QuotaLine(name, 1 + (n == 0)) for n, name in enumerate(names)]
                dispatch.allot(**self._by(), batch_id=batch.public_id, quotas=lines)
