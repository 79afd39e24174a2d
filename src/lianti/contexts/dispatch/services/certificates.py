"""Service certificates: counted, sealed by the recipients, the bureau and the own hospital, made public, issued."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import checks
from lianti.contexts.dispatch.domain.proofs import CertificateFacts, PaperSeal
from lianti.contexts.dispatch.models import Certificate, CertificateSeal
from lianti.contexts.dispatch.queries import certified
from lianti.contexts.dispatch.states import OVER, CertificateState, SealSide
from lianti.contexts.dispatch.words.proving import CERTIFICATE_PAPER, TOTAL
from lianti.contexts.evidence import services as evidence
from lianti.contexts.evidence.services import Upload
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.network import queries as network
from lianti.contexts.papers import services as papers
from lianti.kernel import answers, audience, numbers, scope
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid

SERIES = "ZM"
NEXT = {
    CertificateState.DRAFTED: (SealSide.RECIPIENT, "confirmed"),
    CertificateState.CONFIRMED: (SealSide.BUREAU, "endorsed"),
    CertificateState.ENDORSED: (SealSide.SUPPORTER, "approved"),
}


def draft_certificate(
    *, actor: Actor, at: datetime, key: str | None, person_id: int, facts: CertificateFacts
) -> Certificate:
    """Draft the certificate of somebody whom one's own institution employs, over all their postings.

    Raises Invalid, NotAllowed, Conflict where one is under way, KeyReused.
    """
    person = network.people_by_id({person_id}).get(person_id)
    if person is None or person.hidden or person.employer.id != actor.tenant_id:
        raise Invalid({"person": _("Choose somebody whom your institution employs.")})
    row = Certificate(public_id=ids.new(), person_id=person_id, sender_id=actor.tenant_id)
    flow.CERTIFICATES.table.may(actor, "dispatch.certify", row)
    with scope.acting(actor):
        others = Certificate.objects.filter(person=person_id, sender=actor.tenant_id)
        others = others.exclude(state__in=OVER)
        if others.exists() and not (key and answers.knows(actor, key)):
            raise Conflict(_("A certificate of this person is under way already."))
        _fill(row, facts, actor, at)
        row.number = numbers.take(SERIES, at)
        body = [person_id, facts.title, row.until.isoformat()]
        made = engine.create(
            flow.CERTIFICATES, row, name="draft", actor=actor, at=at, key=key, body=body, effect=_wanted
        )
        return _progress(made, actor, at) if made is row else made


def _fill(row: Certificate, facts: CertificateFacts, actor: Actor, at: datetime) -> None:
    """Count up to a day that has come. Raises Invalid."""
    today = shanghai_day(at)
    until = facts.until or today
    if until > today:
        raise Invalid({"until": checks.NOT_YET})
    found = certified.count(actor, row.person_id, today, until)
    if not found.lines:
        raise Invalid({"person": _("This person has no service that could be certified.")})
    row.until, row.days, row.months, row.owed, row.lacking = until, found.days, found.months, found.owed, found.lacking
    row.lines, row.ruled = found.lines, found.ruled
    for name in ("title", "applied_title", "sex", "identity_tail"):
        setattr(row, name, getattr(facts, name).strip())


def _wanted(row: Certificate) -> None:
    """Write down which seals it needs: of each place, of each bureau, of the own hospital."""
    for place, days in certified.places(row.lines).items():
        CertificateSeal.objects.create(certificate=row, side=SealSide.RECIPIENT, institution_id=place, days=days)
    for authority, named in certified.bureaus(row.lines):
        CertificateSeal.objects.create(
            certificate=row, side=SealSide.BUREAU, institution_id=authority, place=named[:120], days=row.days
        )
    CertificateSeal.objects.create(
        certificate=row, side=SealSide.SUPPORTER, institution_id=row.sender_id, days=row.days
    )


def recount(
    *, actor: Actor, at: datetime, key: str | None, certificate_id: str, facts: CertificateFacts,
    version: int | None = None,
) -> Certificate:  # fmt: skip
    """Count anew and change what the desk says of it: seals over other figures are to be given again.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """

    def effect(row: Certificate) -> dict[str, Any]:
        before = row.lines
        _fill(row, facts, actor, at)
        if row.lines != before:
            CertificateSeal.objects.filter(certificate=row.pk).delete()
            _wanted(row)
            audience.grant(flow.CERTIFICATES, row, flow.certificate_audience(row))
        names = ("until", "days", "months", "owed", "lacking", "lines", "ruled", "title", "applied_title", "sex")
        kept = {name: getattr(row, name) for name in (*names, "identity_tail")}
        return kept | {"public_from": None, "public_to": None, "public_place": ""}

    row = _move("recount", actor, at, key, certificate_id, version, effect=effect)
    return _progress(row, actor, at)


def seal(
    *, actor: Actor, at: datetime, key: str | None, certificate_id: str, note: str = "", version: int | None = None
) -> Certificate:
    """Confirm, for one's own institution, the service there. Raises NotFound, NotAllowed, Conflict."""
    return _sealed("seal", SealSide.RECIPIENT, actor, at, key, certificate_id, note, version)


def endorse(
    *, actor: Actor, at: datetime, key: str | None, certificate_id: str, note: str = "", version: int | None = None
) -> Certificate:
    """Endorse as the county's bureau what the recipients confirmed. Raises NotFound, NotAllowed, Conflict."""
    return _sealed("endorse", SealSide.BUREAU, actor, at, key, certificate_id, note, version)


def approve(
    *, actor: Actor, at: datetime, key: str | None, certificate_id: str, note: str = "", version: int | None = None
) -> Certificate:
    """Seal as the own hospital's personnel office. Raises NotFound, NotAllowed, Conflict."""
    return _sealed("approve", SealSide.SUPPORTER, actor, at, key, certificate_id, note, version)


def _sealed(
    name: str, side: str, actor: Actor, at: datetime, key: str | None, ident: str, note: str, version: int | None
) -> Certificate:
    def effect(row: Certificate) -> None:
        seals = CertificateSeal.objects.filter(certificate=row.pk, side=side, institution=actor.tenant_id)
        if not seals.filter(given_on=None).update(given_on=shanghai_day(at), signatory=actor.person_id):
            raise Conflict(_("Your institution has given its seal already."))

    facts = {"place": network.institution_by_id(actor.tenant_id).short_name}
    row = _move(name, actor, at, key, ident, version, facts=facts, note=note, effect=effect)
    return _progress(row, actor, at)


def book_seal(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    certificate_id: str,
    seal: PaperSeal,
    upload: Upload | None = None,
    version: int | None = None,
) -> Certificate:
    """Book a seal that was set on paper, with its scan; of a recipient somebody who passes the test signed.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    if seal.given_on > shanghai_day(at):
        raise Invalid({"given_on": checks.NOT_YET})
    if upload is None:
        raise Invalid({"scan": _("Choose the scan.")})

    def effect(row: Certificate) -> None:
        wanted = CertificateSeal.objects.filter(certificate=row.pk, pk=seal.seal_id, given_on=None).first()
        if wanted is None or wanted.side != NEXT.get(CertificateState(row.state), ("", ""))[0]:
            raise Invalid({"seal": _("This seal is not what is waited for.")})
        _signed_by(row, wanted, seal)
        try:
            file = evidence.store(actor=actor, at=at, key=None, name=upload.name, content=upload.content)
        except Invalid as refused:
            raise Invalid({"scan": next(iter(refused.fields.values()))}) from refused
        CertificateSeal.objects.filter(pk=wanted.pk).update(
            given_on=seal.given_on,
            signatory=seal.signatory_id,
            signatory_name=seal.signatory_name.strip()[:80],
            scan=file,
        )

    facts = {"signatory": seal.signatory_name or ([f"#{seal.signatory_id}"] if seal.signatory_id else "")}
    row = _move("book_seal", actor, at, key, certificate_id, version, facts=facts, effect=effect)
    return _progress(row, actor, at)


def _signed_by(row: Certificate, wanted: CertificateSeal, seal: PaperSeal) -> None:
    """Look at who signed on paper. Raises Invalid."""
    if wanted.side != SealSide.RECIPIENT:
        if not seal.signatory_name.strip() and seal.signatory_id is None:
            raise Invalid({"signatory_name": _("Say who signed.")})
        return
    place = wanted.institution_id
    person = network.people_by_id({seal.signatory_id or 0}).get(seal.signatory_id or 0)
    if place is None or person is None or person.hidden or person.employer.id != place:
        raise Invalid({"signatory": _("Choose somebody of the receiving institution.")})
    who = ledger.signatory(place, person.id)
    if why := ledger.why_not_sign(who, row.sender_id, place, {row.person_id}, certified.spans_at(row.lines, place)):
        raise Invalid({"signatory": why})


def _progress(row: Certificate, actor: Actor, at: datetime) -> Certificate:
    """Move on as far as no seal of the side whose turn it is wants to be given."""
    while (turn := NEXT.get(CertificateState(row.state))) is not None:
        side, name = turn
        if CertificateSeal.objects.filter(certificate=row.pk, side=side, given_on=None).exists():
            break
        with scope.acting(actor):
            row = engine.move(flow.CERTIFICATES, row.pk, name=name, actor=actor, at=at)
            audience.grant(flow.CERTIFICATES, row, flow.certificate_audience(row))
    return row


def publicise_certificate(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    certificate_id: str,
    public_from: date,
    public_to: date,
    public_place: str = "",
    version: int | None = None,
) -> Certificate:
    """Note when and where it was made public. Raises NotFound, NotAllowed, Conflict, Invalid."""
    if public_to < public_from:
        raise Invalid({"public_to": checks.END_FIRST})
    fields = {"public_from": public_from, "public_to": public_to, "public_place": public_place.strip()[:120]}
    facts = {"public": f"{public_from} – {public_to}"}
    return _move("publicise", actor, at, key, certificate_id, version, fields=fields, facts=facts)


def publicise_certificates(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    certificate_ids: Sequence[str],
    public_from: date,
    public_to: date,
    public_place: str = "",
) -> list[Certificate]:
    """Note one public notice of several certificates, all or none; `key` makes each of them repeatable.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    days: dict[str, Any] = {"public_from": public_from, "public_to": public_to, "public_place": public_place}
    with scope.acting(actor), transaction.atomic():
        return [
            publicise_certificate(
                actor=actor, at=at, key=f"{key}:{ident}" if key else None, certificate_id=ident, **days
            )
            for ident in certificate_ids
        ]


def issue_certificate(
    *, actor: Actor, at: datetime, key: str | None, certificate_id: str, note: str = "", version: int | None = None
) -> Certificate:
    """Issue the certificate with number and code, once the public notice has run. Raises as every move, Invalid."""

    def effect(row: Certificate) -> dict[str, Any]:
        if row.public_to is None or row.public_to >= shanghai_day(at):
            raise Conflict(_("The public notice still runs; the certificate is issued when it has ended."))
        with translation.override("zh-hans"):
            content = certified.content(actor, row)
            total = str(TOTAL) % {"days": row.days, "months": row.months}
        parties = flow.certificate_audience(row) - {row.sender_id}
        facts = papers.PaperFacts(
            CERTIFICATE_PAPER, flow.CERTIFICATES.kind, row.public_id, content, name=content["name"], total=total,
            rules=row.ruled, title=row.title, parties=parties,
        )  # fmt: skip
        made = papers.issue(actor=actor, at=at, key=None, paper=facts, replaces_id=_before(row))
        return {"paper_id": made.pk}

    return _move("issue", actor, at, key, certificate_id, version, note=note, effect=effect)


def _before(row: Certificate) -> int | None:
    """Return the paper that counts for this person until now: the new one comes in its place."""
    earlier = Certificate.objects.filter(person=row.person_id, sender=row.sender_id, state=CertificateState.ISSUED)
    return earlier.filter(paper__state="valid").order_by("-pk").values_list("paper", flat=True).first()


def withdraw_certificate(
    *, actor: Actor, at: datetime, key: str | None, certificate_id: str, note: str, version: int | None = None
) -> Certificate:
    """Withdraw a certificate with the reason; of an issued one the paper does not count any more.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """

    def effect(row: Certificate) -> None:
        if row.paper_id is not None and row.paper is not None and row.paper.state == "valid":
            papers.withdraw(actor=actor, at=at, key=None, paper_id=row.paper_id, note=note)

    return _move("withdraw", actor, at, key, certificate_id, version, note=note, effect=effect)


def zip_certificates(
    *, actor: Actor, at: datetime, key: str | None, certificate_ids: Iterable[str], address: str
) -> None:
    """Let a job of the actor's own put these certificates into one file; its page shows how far it is."""
    from lianti.kernel import outbox

    payload = {"ids": list(certificate_ids), "address": address}
    title = str(_("Certificates as one file"))
    outbox.enqueue_for(actor, ZIP, payload, at=at, title=title)


ZIP = "dispatch.certificates"


def _move(
    name: str, actor: Actor, at: datetime, key: str | None, ident: str, version: int | None, **more: Any
) -> Certificate:
    moved: Certificate = engine.move(
        flow.CERTIFICATES, ident, name=name, actor=actor, at=at, key=key, version=version, **more
    )
    return moved
