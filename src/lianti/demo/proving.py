"""What proves service: certificates at every seal, appraisals in every hand, a form of one's own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from lianti.contexts.dispatch import services as dispatch
from lianti.contexts.dispatch.models import Certificate, CertificateSeal, Posting
from lianti.contexts.dispatch.states import LEFT, CertificateState, PostingState
from lianti.contexts.dispatch.words.papers import LETTER
from lianti.contexts.dispatch.words.proving import CERTIFICATE_PAPER
from lianti.contexts.evidence.services import Upload
from lianti.contexts.papers import services as papers
from lianti.demo.paperwork import a_pdf
from lianti.demo.people import SOURCE
from lianti.demo.places import AUTHORITY
from lianti.demo.sending import Sending
from lianti.demo.when import moment
from lianti.lib.actor import Actor

C = CertificateState
SELF = (
    "半年来坚持每周坐诊、查房，带教本科室医师，开展示范手术与疑难病例讨论；协助完善急会诊流程和围手术期管理制度，"
    "组织科内讲座，随队下乡义诊。服从受援医院管理，完成约定任务。"
)
OPINIONS = ("工作认真负责，带教得法，服从管理。", "技术过硬，待患者耐心，科室同事反映好。", "按时完成任务，协作良好。")
GRADES = ("excellent", "pass", "pass", "pass", "basic")


class Proving:
    """Proves the service of those who have come home."""

    def __init__(self, sending: Sending) -> None:
        self.sending, self.cast, self.when = sending, sending.cast, sending.when
        self.office = self.cast.office.home
        self.bureau = self.cast.authority.at(AUTHORITY)
        self.desks = {self.cast.id(code): sending.desk(code) for code in {team.county for team in sending.teams}}

    def run(self) -> None:
        """Appraise and certify: of each state one, and a few that are done."""
        self._templates()
        home = Posting.objects.filter(state__in=[*LEFT, PostingState.HANDED_OVER], recipient__in=self.desks)
        rows = {row.person_id: row for row in home.exclude(entry=None).order_by("pk")}
        gone = list(rows.values())
        states = ["filed", "filed", "concluded", "graded", "reviewed", "written", "begun", "withdrawn", "filed"]
        for number, (row, state) in enumerate(zip(gone, states, strict=False)):
            self._appraisal(number, row, state)
        wanted = [C.ISSUED, C.ISSUED, C.WITHDRAWN, C.PUBLICISED, C.APPROVED, C.ENDORSED, C.CONFIRMED, C.DRAFTED]
        for number, (row, state) in enumerate(zip(gone, wanted, strict=False)):
            self._certificate(number, row, state, 60)
        if gone:
            self._certificate(0, gone[0], C.ISSUED, 22)  # again, in the place of the first
            self._told(gone[-1])

    def _told(self, row: Posting) -> None:
        """Take in a certificate that was issued on paper, years before this site."""
        day = row.from_date.replace(month=1, day=15)
        told = dispatch.ToldCertificate(row.person_id, "基层证〔旧〕17号", day, day, 366, "12", "副主任医师")
        how: dict[str, Any] = {"actor": self.cast.system, "at": self._at(80), "key": None, "source": SOURCE}
        dispatch.adopt_certificate(**how, certificate=told, sender_id=row.sender_id)

    def _templates(self) -> None:
        for paper, title, back in ((CERTIFICATE_PAPER, "基层服务证明", 80), (LETTER, "", 75)):
            at = self._at(back)
            upload = Upload(f"{title or '派驻函'}（省格式）.docx", papers.ours(paper))
            told: dict[str, Any] = {"paper": paper, "upload": upload, "from_date": at.date(), "title": title}
            made = papers.bring(actor=self.office, at=at, key=None, **told)
            if paper == LETTER:
                told = {"template_id": made.public_id, "note": "省厅换发新格式"}
                papers.end(actor=self.office, at=self._at(40), key=None, **told)

    def _appraisal(self, number: int, row: Posting, state: str) -> None:
        host, back = self._host(row), 70 - number
        made = dispatch.begin_appraisal(actor=host, at=self._at(back), key=None, posting_id=row.public_id)
        ident: dict[str, Any] = {"key": None, "appraisal_id": made.public_id}
        if state == "withdrawn":
            at = self._at(back - 1)
            dispatch.withdraw_appraisal(actor=host, at=at, **ident, note="派驻时间有误，更正后重办")
            return
        grade = GRADES[number % len(GRADES)]
        review = dispatch.Review(5, 4 + number % 2, 5, 4, 5, OPINIONS[number % len(OPINIONS)])
        days = (row.left - row.arrived).days + 1 if row.left and row.arrived else 0
        steps: tuple[tuple[str, Any, Actor, dict[str, Any]], ...] = (
            ("written", dispatch.write_self, self.office, {"self_text": SELF}),
            ("reviewed", dispatch.review, host, {"review": review}),
            ("graded", dispatch.grade, host, {"days": days, "recipient_grade": grade}),
            ("concluded", dispatch.conclude, self.office, {"supporter_grade": grade}),
            ("filed", dispatch.file_appraisal, self.office, {"filed_with": f"省卫生健康委 备{number + 1:03d}号"}),
        )
        order = ["begun", *(name for name, *_rest in steps)]
        for turn, (name, service, actor, given) in enumerate(steps, 1):
            if order.index(name) <= order.index(state):
                service(actor=actor, at=self._at(back - turn), **ident, **given)

    def _certificate(self, number: int, row: Posting, state: str, back: int) -> None:
        at = self._at(back)
        facts = dispatch.CertificateFacts(applied_title="主任医师" if number % 2 else "副主任医师")
        told: dict[str, Any] = {"person_id": row.person_id, "facts": facts}
        made = dispatch.draft_certificate(actor=self.office, at=at, key=None, **told)
        ident: dict[str, Any] = {"key": None, "certificate_id": made.public_id}
        order = [C.DRAFTED, C.CONFIRMED, C.ENDORSED, C.APPROVED, C.PUBLICISED, C.ISSUED, C.WITHDRAWN]
        reached = order.index(C(state))
        if reached >= order.index(C.CONFIRMED):
            self._recipients(made, at + timedelta(days=1), ident)
        if reached >= order.index(C.ENDORSED):
            self._bureaus(made, at + timedelta(days=3), ident)
        if reached >= order.index(C.APPROVED):
            dispatch.approve(actor=self.office, at=at + timedelta(days=4), **ident)
        if reached >= order.index(C.PUBLICISED):
            first = (at + timedelta(days=5)).date()
            notice: dict[str, Any] = {
                "public_from": first,
                "public_to": first + timedelta(days=5),
                "public_place": "院内公示栏",
            }
            dispatch.publicise_certificate(actor=self.office, at=at + timedelta(days=5), **ident, **notice)
        if reached >= order.index(C.ISSUED):
            dispatch.issue_certificate(actor=self.office, at=at + timedelta(days=12), **ident)
        if state == C.WITHDRAWN:
            at += timedelta(days=14)
            dispatch.withdraw_certificate(actor=self.office, at=at, **ident, note="姓名用字有误，重新开具")

    def _recipients(self, row: Certificate, at: datetime, ident: dict[str, Any]) -> None:
        places = CertificateSeal.objects.filter(certificate=row.pk, side="recipient").order_by("pk")
        for place in places.values_list("institution", flat=True):
            dispatch.seal(actor=self.desks[place or 0], at=at, **ident)

    def _bureaus(self, row: Certificate, at: datetime, ident: dict[str, Any]) -> None:
        """Let the authority endorse where it is named; of others the stamped paper is booked."""
        for one in CertificateSeal.objects.filter(certificate=row.pk, side="bureau").order_by("pk"):
            if one.institution_id is not None:
                dispatch.endorse(actor=self.bureau, at=at, **ident)
                continue
            seal = dispatch.PaperSeal(one.pk, at.date(), signatory_name="县卫生健康局 周科长")
            scan = Upload("县局盖章.pdf", a_pdf(["基层服务证明", "县级卫生健康主管部门意见：属实"]))
            dispatch.book_seal(actor=self.office, at=at, **ident, seal=seal, upload=scan)

    def _host(self, row: Posting) -> Actor:
        return self.desks[row.recipient_id]

    def _at(self, back: int) -> datetime:
        return moment(self.when.workday(back), 10)
