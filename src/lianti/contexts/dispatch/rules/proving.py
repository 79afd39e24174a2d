"""Who drafts, seals, issues and sees what proves service; and the walls of its tables."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch.models import (
    Appraisal,
    AppraisalTransition,
    Certificate,
    CertificateSeal,
    CertificateTransition,
)
from lianti.contexts.dispatch.rules.sending import CONSENTERS, HOSTS, SENDERS
from lianti.contexts.ledger import queries as ledger
from lianti.kernel import audience, personal, walls
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import WORDS, Columns, Level, Personal
from lianti.kernel.walls import shared
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import Role

CERTIFICATE, APPRAISAL = "dispatch.certificate", "dispatch.appraisal"
BUREAUS = frozenset({Role.HEALTH_AUTHORITY, Role.LEADER})
WRITERS = SENDERS | {Role.EXPERT, Role.CLINICIAN, Role.DEPARTMENT_HEAD, Role.LEADER}


def certificate_sides(row: Certificate) -> Mapping[str, set[int]]:
    """Return which institutions stand on which side of a certificate."""
    seals = CertificateSeal.objects.filter(certificate=row.pk, institution__isnull=False)
    found: dict[str, set[int]] = {"sender": {row.sender_id}, "recipient": set(), "bureau": set()}
    for side, institution in seals.values_list("side", "institution"):
        found.setdefault(side, set()).add(institution)
    return found


def appraisal_sides(row: Appraisal) -> Mapping[str, set[int]]:
    """Return which institutions stand on which side of an appraisal."""
    return {"sender": {row.sender_id}, "recipient": {row.recipient_id}}


def _certificates(actor: Actor) -> Q:
    return audience.visible(CERTIFICATE, actor)


def _appraisals(actor: Actor) -> Q:
    return audience.visible(APPRAISAL, actor)


def stretches_at(row: Certificate, institution_id: int) -> list[tuple[date, date]]:
    """Return the days of a certificate's stretches at one place, the first and the last of each."""
    return [
        (date.fromisoformat(one["first"]), date.fromisoformat(one["last"]))
        for one in row.lines
        if one["place_id"] == institution_id
    ]


def _signs_for_the_recipient(actor: Actor, row: Certificate) -> Sentence | None:
    """Put the ledger's test to who confirms service: no part in it, not employed by the sender, of no batch with it."""
    spans = stretches_at(row, actor.tenant_id)
    return ledger.why_not_sign(ledger.signer(actor), row.sender_id, actor.tenant_id, {row.person_id}, spans)


def _signs_here(actor: Actor, row: Appraisal) -> Sentence | None:
    posting = row.posting
    span = (posting.arrived or posting.from_date, posting.left or posting.to_date)
    return ledger.why_not_sign(ledger.signer(actor), row.sender_id, row.recipient_id, {row.person_id}, [span])


def _not_oneself(actor: Actor, row: Certificate | Appraisal) -> Sentence | None:
    return _("Nobody seals their own service.") if actor.person_id == row.person_id else None


def _own_words(actor: Actor, row: Appraisal) -> Sentence | None:
    """Let somebody write of themselves, or the sender's desk for them."""
    if actor.person_id == row.person_id or (actor.tenant_id == row.sender_id and actor.role in SENDERS):
        return None
    return _("The person who was posted writes this, or their hospital's office for them.")


_DESK = _("The sending institution's office or coordinator do this.")
_SIGNERS = _("Office, coordinator or a leader of the receiving institution confirm service.")

CERTIFICATES = Table(
    name=CERTIFICATE,
    rules={
        "dispatch.certify": Rule(SENDERS, ("sender",), _DESK),
        "dispatch.confirm_service": Rule(CONSENTERS, ("recipient",), _SIGNERS, _signs_for_the_recipient),
        "dispatch.endorse": Rule(BUREAUS, ("bureau",), _("The health authority of the relation endorses.")),
        "dispatch.approve_service": Rule(
            CONSENTERS, ("sender",), _("Office, coordinator or a leader of the sending institution seal."), _not_oneself
        ),
        # The last seal of a side moves the certificate on, whoever gives it.
        "dispatch.complete_seals": Rule(
            CONSENTERS | BUREAUS, ("sender", "recipient", "bureau"), _("Whoever gives the last seal does this.")
        ),
    },
    sides=certificate_sides,
    visible=_certificates,
)
APPRAISALS = Table(
    name=APPRAISAL,
    rules={
        "dispatch.appraise": Rule(
            CONSENTERS, ("sender", "recipient"), _("Office, coordinator or a leader of either institution do this.")
        ),
        "dispatch.write_self": Rule(
            WRITERS, ("sender", "recipient"), _("The person who was posted writes this."), _own_words
        ),
        "dispatch.review": Rule(
            HOSTS, ("recipient",), _("The department where somebody was posted says this."), _signs_here
        ),
        "dispatch.grade": Rule(CONSENTERS, ("recipient",), _SIGNERS, _signs_here),
        "dispatch.book_grade": Rule(SENDERS, ("sender",), _DESK),
        "dispatch.conclude": Rule(CONSENTERS, ("sender",), _("The sending institution concludes."), _not_oneself),
    },
    sides=appraisal_sides,
    visible=_appraisals,
)

_CERTIFICATE = walls.record(Certificate, CERTIFICATE, read=shared(CERTIFICATE), change=shared(CERTIFICATE))
_APPRAISAL = walls.record(Appraisal, APPRAISAL, read=shared(APPRAISAL), change=walls.sides("sender_id", "recipient_id"))
WALLS: walls.Walls = (
    _APPRAISAL,
    walls.story(AppraisalTransition, _APPRAISAL),
    _CERTIFICATE,
    walls.story(CertificateTransition, _CERTIFICATE),
    walls.child(CertificateSeal, _CERTIFICATE, "certificate_id"),
)
_OF_SERVICE = Personal(
    Level.WORK,
    "prove service before promotion",
    "as long as its record",
    "overwritten with nothing on request; the move that did it stays in the journal",
)
_IDENTITY = Personal(
    Level.WORDS,
    "tell people of one name apart on the paper",
    "as long as its record",
    "overwritten with nothing on request; the move that did it stays in the journal",
)
PERSONAL: personal.Declared = (
    Columns(
        _CERTIFICATE.table,
        "number told_number title applied_title months ruled public_place",
        {"lines": _OF_SERVICE, "sex": _IDENTITY, "identity_tail": _IDENTITY},
    ),
    Columns("dispatch_certificateseal", "side place", {"signatory_name": _OF_SERVICE}),
    Columns(
        _APPRAISAL.table,
        "number figures filed_with",
        {"self_text": WORDS, "department_text": WORDS, "recipient_grade": _OF_SERVICE, "supporter_grade": _OF_SERVICE},
    ),
)
