"""Appraisals: the person writes, the department reviews, the receiving hospital grades, the own one concludes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import checks
from lianti.contexts.dispatch.domain.proofs import PaperGrade, Review
from lianti.contexts.dispatch.models import Appraisal, Posting
from lianti.contexts.dispatch.queries import appraised
from lianti.contexts.dispatch.states import AppraisalState, Grade
from lianti.contexts.evidence import services as evidence
from lianti.contexts.evidence.services import Upload
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.network import queries as network
from lianti.kernel import answers, numbers, scope
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid

SERIES, LONGEST = "KH", 800


def begin_appraisal(*, actor: Actor, at: datetime, key: str | None, posting_id: str) -> Appraisal:
    """Begin the appraisal of a posting that has begun. Raises NotFound, NotAllowed, Conflict, KeyReused."""
    with scope.acting(actor):
        posting: Posting = flow.POSTINGS.locked(posting_id, actor)
        if posting.arrived is None:
            raise Conflict(_("Nobody is appraised who has not reported in."))
        row = Appraisal(
            public_id=ids.new(), posting_id=posting.pk, person_id=posting.person_id, sender_id=posting.sender_id,
            recipient_id=posting.recipient_id, begun=shanghai_day(at),
        )  # fmt: skip
        flow.APPRAISALS.table.may(actor, "dispatch.appraise", row)
        row.number = numbers.take(SERIES, at)

        others = Appraisal.objects.filter(posting=posting.pk).exclude(state=AppraisalState.WITHDRAWN)
        if others.exists() and not (key and answers.knows(actor, key)):
            raise Conflict(_("This posting is being appraised already."))
        return engine.create(flow.APPRAISALS, row, name="begin", actor=actor, at=at, key=key, body=[posting_id])


def write_self(
    *, actor: Actor, at: datetime, key: str | None, appraisal_id: str, self_text: str, version: int | None = None
) -> Appraisal:
    """Keep what somebody says of their work, with the ledger's figures of then.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    text = self_text.strip()
    if not text or len(text) > LONGEST:
        raise Invalid({"self_text": _("Write at most %(most)s characters.") % {"most": LONGEST}})

    def effect(row: Appraisal) -> dict[str, Any]:
        return {"figures": appraised.figures(actor, row, shanghai_day(at))}

    return _move("write_self", actor, at, key, appraisal_id, version, fields={"self_text": text}, effect=effect)


def review(
    *, actor: Actor, at: datetime, key: str | None, appraisal_id: str, review: Review, version: int | None = None
) -> Appraisal:
    """Keep what the department thinks. Raises NotFound, NotAllowed, Conflict, Invalid."""
    fields = _reviewed(review) | {"reviewed_by_id": actor.person_id}
    return _move("review", actor, at, key, appraisal_id, version, fields=fields)


def _reviewed(review: Review) -> dict[str, Any]:
    """Return what the department thinks as columns. Raises Invalid."""
    fields = asdict(review) | {"department_text": review.department_text.strip()[:LONGEST]}
    marks = {name: value for name, value in fields.items() if name != "department_text"}
    if wrong := {name: _("From 1 to 5.") for name, value in marks.items() if value not in range(1, 6)}:
        raise Invalid(dict(wrong))
    return fields


def grade(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    appraisal_id: str,
    days: int,
    recipient_grade: str,
    version: int | None = None,
) -> Appraisal:
    """Confirm the days and grade as the receiving hospital. Raises NotFound, NotAllowed, Conflict, Invalid."""
    if recipient_grade not in set(Grade):
        raise Invalid({"recipient_grade": _("Choose one of these.")})
    told = {"graded_by_id": actor.person_id, "graded_on": shanghai_day(at)}
    fields = {"days": days, "recipient_grade": recipient_grade, **told}
    return _move("grade", actor, at, key, appraisal_id, version, fields=fields, facts={"days": str(days)})


def book_grade(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    appraisal_id: str,
    review: Review,
    grade: PaperGrade,
    upload: Upload | None = None,
    version: int | None = None,
) -> Appraisal:
    """Book the form that the receiving hospital stamped on paper, with its scan; who signed passes the test.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    marks = _reviewed(review)
    if grade.recipient_grade not in set(Grade):
        raise Invalid({"recipient_grade": _("Choose one of these.")})
    if grade.given_on > shanghai_day(at):
        raise Invalid({"given_on": checks.NOT_YET})
    if upload is None:
        raise Invalid({"scan": _("Choose the scan.")})

    def effect(row: Appraisal) -> dict[str, Any]:
        person = network.people_by_id({grade.signatory_id}).get(grade.signatory_id)
        if person is None or person.hidden or person.employer.id != row.recipient_id:
            raise Invalid({"signatory": _("Choose somebody of the receiving institution.")})
        posting = Posting.objects.get(pk=row.posting_id)
        span = (posting.arrived or posting.from_date, posting.left or posting.to_date)
        who = ledger.signatory(row.recipient_id, person.id)
        if why := ledger.why_not_sign(who, row.sender_id, row.recipient_id, {row.person_id}, [span]):
            raise Invalid({"signatory": why})
        try:
            file = evidence.store(actor=actor, at=at, key=None, name=upload.name, content=upload.content)
        except Invalid as refused:
            raise Invalid({"scan": next(iter(refused.fields.values()))}) from refused
        return {"scan_id": file.pk}

    told = {"reviewed_by_id": grade.signatory_id, "graded_by_id": grade.signatory_id, "graded_on": grade.given_on}
    fields = {**marks, **told, "days": grade.days, "recipient_grade": grade.recipient_grade}
    facts = {"days": str(grade.days)}
    return _move("book_grade", actor, at, key, appraisal_id, version, fields=fields, facts=facts, effect=effect)


def conclude(
    *, actor: Actor, at: datetime, key: str | None, appraisal_id: str, supporter_grade: str, version: int | None = None
) -> Appraisal:
    """Conclude as the own hospital. Raises NotFound, NotAllowed, Conflict, Invalid."""
    if supporter_grade not in set(Grade):
        raise Invalid({"supporter_grade": _("Choose one of these.")})
    fields = {"supporter_grade": supporter_grade, "concluded_on": shanghai_day(at)}
    return _move("conclude", actor, at, key, appraisal_id, version, fields=fields)


def file_appraisal(
    *, actor: Actor, at: datetime, key: str | None, appraisal_id: str, filed_with: str = "", version: int | None = None
) -> Appraisal:
    """Note with which authority it was filed. Raises NotFound, NotAllowed, Conflict."""
    fields = {"filed_with": filed_with.strip()[:120]}
    return _move("file", actor, at, key, appraisal_id, version, fields=fields, facts=fields)


def withdraw_appraisal(
    *, actor: Actor, at: datetime, key: str | None, appraisal_id: str, note: str, version: int | None = None
) -> Appraisal:
    """Take back an appraisal that is not concluded, with the reason. Raises NotFound, NotAllowed, Conflict, Invalid."""
    return _move("withdraw", actor, at, key, appraisal_id, version, note=note)


def _move(
    name: str, actor: Actor, at: datetime, key: str | None, ident: str, version: int | None, **more: Any
) -> Appraisal:
    moved: Appraisal = engine.move(
        flow.APPRAISALS, ident, name=name, actor=actor, at=at, key=key, version=version, **more
    )
    return moved
