"""Builders of certificates and appraisals in any state, through the services alone."""

from datetime import timedelta
from typing import Any

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.models import Appraisal, Certificate, CertificateSeal, Posting
from lianti.contexts.dispatch.states import CertificateState, PostingState
from lianti.contexts.dispatch.tests.builders import a_posting, fresh
from lianti.contexts.evidence.services import Upload
from lianti.contexts.evidence.tests.samples import PDF
from lianti.kernel import scope
from lianti.lib.actor import Actor
from tests.cast import AT, DAY, Cast, a_person

LATER = AT + timedelta(days=10)


def as_(actor: Actor, service: Any, at: Any = AT, **given: Any) -> Any:
    """Do something as somebody."""
    with scope.acting(actor):
        return service(actor=actor, at=at, key=None, **given)


def a_certificate(cast: Cast, state: str = CertificateState.DRAFTED, posting: Posting | None = None) -> Certificate:
    """Walk the certificate of somebody who was posted to the county to a state."""
    posting = posting or a_posting(cast, PostingState.FINISHED)
    office = cast.supporting.office
    facts = services.CertificateFacts(until=DAY, applied_title="主任医师", identity_tail="123X")
    row = as_(office, services.draft_certificate, person_id=posting.person_id, facts=facts)
    ident = {"certificate_id": row.public_id}
    steps: list[tuple[str, Any]] = [
        (CertificateState.CONFIRMED, lambda: as_(cast.county.leader, services.seal, **ident)),
        (CertificateState.ENDORSED, lambda: as_(cast.authority.health_authority, services.endorse, **ident)),
        (CertificateState.APPROVED, lambda: as_(office, services.approve, **ident)),
        (
            CertificateState.PUBLICISED,
            lambda: as_(office, services.publicise_certificate, **ident, public_from=DAY, public_to=DAY),
        ),
        (CertificateState.ISSUED, lambda: as_(office, services.issue_certificate, at=LATER, **ident)),
    ]
    order = list(CertificateState)
    for reached, step in steps:
        if order.index(reached) <= order.index(CertificateState(state)):
            step()
    return fresh(row)


def seals(row: Certificate) -> list[CertificateSeal]:
    """Read the seals of a certificate, as a job does."""
    with scope.system():
        return list(CertificateSeal.objects.filter(certificate=row.pk).order_by("pk"))


def on_paper(cast: Cast, row: Certificate, seal: CertificateSeal, **more: Any) -> Certificate:
    """Let the sender's office book a scan."""
    given = services.PaperSeal(seal.pk, DAY, **more)
    return as_(
        cast.supporting.office, services.book_seal, certificate_id=row.public_id, seal=given,
        upload=Upload("盖章.pdf", PDF),
    )  # fmt: skip


def sealed_on_paper(cast: Cast) -> Certificate:
    """Return a certificate that a recipient confirmed on paper."""
    row = a_certificate(cast)
    signer = a_person(employer=cast.county.institution)
    return on_paper(cast, row, seals(row)[0], signatory_id=signer.pk)


def an_appraisal(cast: Cast, state: str = "begun", posting: Posting | None = None) -> Appraisal:
    """Walk the appraisal of a posting to a state."""
    posting = posting or a_posting(cast, PostingState.FINISHED)
    office, leader = cast.supporting.office, cast.county.leader
    row = as_(office, services.begin_appraisal, posting_id=posting.public_id)
    ident = {"appraisal_id": row.public_id}
    review = services.Review(5, 4, 5, 4, 5, "工作认真")
    steps: list[tuple[str, Any]] = [
        ("written", lambda: as_(office, services.write_self, **ident, self_text="坚持坐诊查房")),
        ("reviewed", lambda: as_(leader, services.review, **ident, review=review)),
        ("graded", lambda: as_(leader, services.grade, **ident, days=6, recipient_grade="excellent")),
        ("concluded", lambda: as_(office, services.conclude, **ident, supporter_grade="excellent")),
        ("filed", lambda: as_(office, services.file_appraisal, **ident, filed_with="县卫健局 3号")),
    ]
    order = ["begun", *(name for name, _step in steps)]
    for reached, step in steps:
        if order.index(reached) <= order.index(state):
            step()
    return fresh(row)


def graded_on_paper(cast: Cast, signatory_id: int | None = None) -> Appraisal:
    """Return an appraisal whose stamped form the sender's office booked."""
    row = an_appraisal(cast, "written")
    signer = signatory_id or a_person(employer=cast.county.institution).pk
    grade = services.PaperGrade(DAY, signer, 6, "pass")
    return as_(
        cast.supporting.office, services.book_grade, appraisal_id=row.public_id, grade=grade,
        review=services.Review(5, 5, 4, 4, 5), upload=Upload("鉴定表.pdf", PDF),
    )  # fmt: skip
