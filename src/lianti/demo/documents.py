"""Papers that the network office took in: read, reviewed, half reviewed, unreadable, dropped, and one that waits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from lianti.contexts.intake import queries, services, tasks
from lianti.demo import document_texts
from lianti.demo.papers import Relations
from lianti.demo.people import Cast
from lianti.demo.when import When, moment
from lianti.kernel.models import OutboxTask

# What of a mail and of a summary is worth a record at first sight.
OF_A_MAIL = frozenset({"institution", "need"})
OF_A_SUMMARY = frozenset({"institution", "relation", "figure"})
SURE = 0.6


class Documents:
    """Takes documents in as the office did on the last days, lets them be read, and decides on some."""

    def __init__(self, cast: Cast, when: When, relations: Relations) -> None:
        self.cast, self.when, self.relations = cast, when, relations
        self.office = cast.office.home

    def run(self) -> None:
        """Bring every state of a document and of a proposal about; the last one is read when the worker starts."""
        summary = self._take(12, "组团式帮扶工作总结.pdf", document_texts.summary(self.cast, self.when.today.year - 1))
        asked = document_texts.mail(self.cast, self.when.workday(6))
        mail = self._take(6, "松泉县医院来函.eml", asked, self.relations["uplift"].public_id)
        self._take(4, "座谈会纪要.txt", document_texts.minutes(self.cast, self.when.workday(5)))
        self._take(3, "扫描件20.pdf", document_texts.cut_off())
        menu = self._take(3, "一周菜谱.txt", document_texts.menu(self.when.workday(3)))
        signed = self.when.workday(3)
        self._take(2, "签约报道.html", document_texts.signing(self.cast, self.when, signed))
        self._read()
        self._review(summary, self._at(11), OF_A_SUMMARY)
        self._reject_rest(summary, self._at(11, 11))
        services.close(actor=self.office, at=self._at(11, 12), key=None, document_id=summary)
        self._review(mail, self._at(5), OF_A_MAIL)
        services.drop(
            actor=self.office, at=self._at(2), key=None, document_id=menu, note="夹在文件中误交，与协作工作无关"
        )
        news = document_texts.news(self.cast, self.when.workday(2))
        services.take_in(actor=self.office, at=self._at(1, 17), key=None, text=news)

    def _at(self, back: int, hour: int = 10) -> datetime:
        return moment(self.when.workday(back), hour, 20)

    def _take(self, back: int, name: str, content: bytes, relation_id: str = "") -> str:
        upload = services.Upload(name, content)
        at = self._at(back, 9)
        taken = services.take_in(actor=self.office, at=at, key=None, files=(upload,), relation_id=relation_id)
        return taken[0].document.public_id

    def _read(self) -> None:
        """Read what has been taken in, as the worker would have some seconds later."""
        ready = OutboxTask.objects.filter(name=services.READ_JOB, state=OutboxTask.State.READY)
        for task in ready.order_by("id"):
            at = task.run_after + timedelta(seconds=4)
            tasks.read_document(task.payload, at=at, task_id=task.pk, reader=services.read_and_clean_here)
            OutboxTask.objects.filter(pk=task.pk).update(state=OutboxTask.State.DONE, done_at=at)

    def _open(self, document_id: str) -> Iterable[queries.ProposalLine]:
        page = queries.review(self.office, document_id)
        return [one for group in page.groups for one in group.proposals if one.state == "proposed"]

    def _review(self, document_id: str, at: datetime, fields: frozenset[str]) -> None:
        """Accept what is ticked of some fields and sure enough."""
        ticked = [one for one in self._open(document_id) if one.field in fields and one.ticked]
        wanted = tuple(one.public_id for one in ticked if one.confidence >= SURE)
        services.accept_all(actor=self.office, at=at, key=None, document_id=document_id, proposal_ids=wanted)

    def _reject_rest(self, document_id: str, at: datetime) -> None:
        for one in self._open(document_id):
            services.reject(actor=self.office, at=at, key=None, proposal_id=one.public_id, note="已在台账与需求中登记")
