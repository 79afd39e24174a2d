"""Certificates and appraisals bound to their tables: who sees them, whose turn it is, who is told."""

from collections.abc import Iterator
from datetime import date

from lianti.contexts.dispatch import rules
from lianti.contexts.dispatch.flow.sending import told_of
from lianti.contexts.dispatch.models import (
    Appraisal,
    AppraisalTransition,
    Certificate,
    CertificateSeal,
    CertificateTransition,
)
from lianti.contexts.dispatch.states import APPRAISAL, CERTIFICATE, AppraisalState, CertificateState, SealSide
from lianti.contexts.network import queries as network
from lianti.kernel.flows import Flow
from lianti.kernel.notices import Tell
from lianti.kernel.worklist import Wait
from lianti.lib.actor import Actor

_DESK = tuple(sorted(rules.SENDERS))
_SIGNERS = tuple(sorted(rules.CONSENTERS))
_BUREAU = tuple(sorted(rules.BUREAUS))
_HOSTS = tuple(sorted(rules.HOSTS))
C, A = CertificateState, AppraisalState
_DESKS_TURN = {C.ENDORSED: "dispatch.seal_home", C.APPROVED: "dispatch.publicise", C.PUBLICISED: "dispatch.issue"}

_SIDES_TURN: dict[str, str] = {C.DRAFTED: SealSide.RECIPIENT, C.CONFIRMED: SealSide.BUREAU}


def certificate_audience(row: Certificate) -> set[int]:
    """Return who may see a certificate: who sent, where service was, and from their seals on the bureaus."""
    sides = rules.certificate_sides(row)
    bureaus = sides["bureau"] if row.state != C.DRAFTED else set()
    return sides["sender"] | sides["recipient"] | bureaus


def certificate_waits(row: Certificate) -> Iterator[Wait]:
    """Yield whose seal is wanted now; of who has no account the desk books the scan."""
    if row.state in _DESKS_TURN:
        yield Wait(row.sender_id, _DESK, _DESKS_TURN[C(row.state)], row.public_to)
    side = _SIDES_TURN.get(row.state)
    if side is None:
        return
    roles = _SIGNERS if side == SealSide.RECIPIENT else _BUREAU
    wanted = CertificateSeal.objects.filter(certificate=row.pk, side=side, given_on=None).order_by("pk")
    institutions: list[int | None] = list(wanted.values_list("institution", flat=True))
    for institution in institutions:
        if institution is None:
            yield Wait(row.sender_id, _DESK, "dispatch.book_seal")
        else:
            yield Wait(institution, roles, "dispatch.confirm_service")


def certificate_tells(row: Certificate, _key: str, actor: Actor) -> Iterator[Tell]:
    """Tell the sender of a seal, and the others that the certificate is issued."""
    params = told_of(actor, str(network.person_by_id(row.person_id).name))
    if actor.tenant_id != row.sender_id:
        yield Tell(row.sender_id, _DESK, params)
    else:
        for side in sorted(rules.certificate_sides(row)["recipient"]):
            yield Tell(side, _SIGNERS, params)


def certificate_day(row: Certificate) -> date:
    """Return the day that lists go by."""
    return row.until


def appraisal_audience(row: Appraisal) -> set[int]:
    """Return who may see an appraisal: both hospitals."""
    return {row.sender_id, row.recipient_id}


def appraisal_waits(row: Appraisal) -> Iterator[Wait]:
    """Yield whose turn it is: the person's hospital for the self part, then the department, hospital, sender."""
    turns = {
        A.BEGUN: (row.sender_id, _DESK, "dispatch.write_self"),
        A.WRITTEN: (row.recipient_id, _HOSTS, "dispatch.review"),
        A.REVIEWED: (row.recipient_id, _SIGNERS, "dispatch.grade"),
        A.GRADED: (row.sender_id, _SIGNERS, "dispatch.conclude"),
    }
    if (turn := turns.get(A(row.state))) is not None:
        yield Wait(*turn)


def appraisal_tells(row: Appraisal, _key: str, actor: Actor) -> Iterator[Tell]:
    """Tell the other hospital."""
    params = told_of(actor, str(network.person_by_id(row.person_id).name))
    for side, roles in ((row.sender_id, _DESK), (row.recipient_id, _HOSTS)):
        if side != actor.tenant_id:
            yield Tell(side, roles, params)


def appraisal_day(row: Appraisal) -> date:
    """Return the day that lists go by."""
    return row.begun


CERTIFICATES = Flow(
    CERTIFICATE, Certificate, CertificateTransition, rules.CERTIFICATES,
    certificate_audience, certificate_waits, certificate_tells, day=certificate_day,
)  # fmt: skip
APPRAISALS = Flow(
    APPRAISAL, Appraisal, AppraisalTransition, rules.APPRAISALS,
    appraisal_audience, appraisal_waits, appraisal_tells, day=appraisal_day,
)  # fmt: skip
