"""Service before the platform, and certificates issued elsewhere: taken in from a source, nothing declared."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import checks
from lianti.contexts.dispatch.domain.facts import PastFacts
from lianti.contexts.dispatch.models import Certificate, PastService
from lianti.contexts.dispatch.services import certificates, figures, past
from lianti.contexts.dispatch.states import CertificateState, PastState
from lianti.contexts.network import queries as network
from lianti.kernel import numbers
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid, Sentence
from lianti.lib.roles import Role


def adopt_past(
    *, actor: Actor, at: datetime, key: str | None, source: str, service: PastFacts, sender_id: int
) -> PastService:
    """Take in service before the platform of somebody whom the sender employs. Raises Invalid, NotAllowed."""
    past.look(service, sender_id, shanghai_day(at))
    row = PastService(
        public_id=ids.new(), number=numbers.take(past.SERIES, at), sender_id=sender_id, **past.typed(service)
    )

    def effect(saved: PastService) -> None:
        past.nowhere_else(saved)
        figures.ask([saved.person_id], at)

    how: dict[str, Any] = {"actor": _for(actor, sender_id), "at": at, "key": key, "source": source}
    return engine.adopt(flow.PASTS, row, state=PastState.NOTED, **how, effect=effect)


@dataclass(frozen=True)
class ToldCertificate:
    """What a source tells of a certificate that was issued: its number and day, what it certifies up to when."""

    person_id: int
    number: str
    issued: date
    until: date
    days: int
    months: str = ""
    title: str = ""


def adopt_certificate(
    *, actor: Actor, at: datetime, key: str | None, source: str, certificate: ToldCertificate, sender_id: int
) -> Certificate:
    """Take in that a certificate was issued elsewhere: no paper and no seal of it is here, and it proves nothing here.

    Raises Invalid, NotAllowed.
    """
    wrong: dict[str, Sentence] = {}
    today, person = shanghai_day(at), network.people_by_id({certificate.person_id}).get(certificate.person_id)
    if person is None or person.hidden or person.employer.id != sender_id:
        wrong["person"] = _("Choose somebody whom your institution employs.")
    if certificate.issued > today:
        wrong["issued"] = checks.NOT_YET
    if certificate.until > certificate.issued:
        wrong["until"] = _("It was issued before this day.")
    if Certificate.objects.filter(sender=sender_id, told_number=certificate.number).exists():
        wrong["number"] = _("A certificate of this number is here already.")
    if wrong:
        raise Invalid(wrong)
    said = asdict(certificate)
    fields: dict[str, Any] = {"told_number": said.pop("number"), "told_on": said.pop("issued"), **said}
    row = Certificate(public_id=ids.new(), number=numbers.take(certificates.SERIES, at), sender_id=sender_id, **fields)
    how: dict[str, Any] = {"actor": _for(actor, sender_id), "at": at, "key": key, "source": source}
    return engine.adopt(flow.CERTIFICATES, row, state=CertificateState.REPORTED, **how)


def _for(actor: Actor, sender_id: int) -> Actor:
    """Return as whom it is written: a job has no institution, it keeps the sender's own."""
    return replace(actor, tenant_id=sender_id) if actor.role is Role.SYSTEM else actor
