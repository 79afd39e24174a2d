"""Service certificates as rows of a list, and what the page of one shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.flow import CERTIFICATES
from lianti.contexts.dispatch.models import Certificate
from lianti.contexts.dispatch.queries import certified
from lianti.contexts.dispatch.queries.certified import SealLine, content, seals_of
from lianti.contexts.dispatch.states import OVER, CertificateState, SealSide
from lianti.contexts.evidence import queries as evidence
from lianti.contexts.evidence.queries import FileFacts
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import PersonFacts
from lianti.contexts.papers import queries as papers
from lianti.contexts.papers.queries import PaperLine
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound
from lianti.lib.saying import listed
from lianti.records import asking
from lianti.records.asking import Asked, Choice, Day, Named, PersonIs, PlaceIs, asks
from lianti.records.cells import Link, Quantity, State
from lianti.records.kinds import Brief, Kind


def briefs(rows: Sequence[Certificate]) -> list[Brief]:
    """Return how certificates are named: two queries more, however many."""
    places = network.institutions_by_id({row.sender_id for row in rows})
    people = network.people_by_id({row.person_id for row in rows})
    return [
        Brief(row.pk, row.public_id, row.state, row.version, people[row.person_id].name, row.number,
              words.CERTIFICATE.one, (("", places[row.sender_id]),))
        for row in rows
    ]  # fmt: skip


CERTIFICATE = Kind(
    CERTIFICATES,
    words.CERTIFICATE,
    "/dispatch/certificates/",
    ("certificates", "certificate", "move_certificate"),
    briefs,
    ("number",),
)
CHOSEN_AT_MOST = 300
FITS = {"open": ~Q(state__in=OVER), "issued": Q(state=CertificateState.ISSUED), "all": Q()}


@dataclass(frozen=True)
class CertificateAsks(Asked):
    """What the list of certificates can be asked."""

    show: str = asks(Choice(_("Which"), words=words.CERTIFICATES_SHOWN, fits=FITS), default="open")
    state: str | None = asks(Choice(_("State"), ("state",), words=words.CERTIFICATE.state_words, folded=True))
    place: Named | None = asks(PlaceIs(_("Sender"), ("sender",)))
    person: Named | None = asks(PersonIs(asking.PERSON, ("person",)))
    since: date | None = asks(Day(asking.SINCE, ("until",)))
    until: date | None = asks(Day(asking.UNTIL, ("until",), lookup="lte"))


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One certificate as the list draws it."""

    id: int
    public_id: str
    version: int
    who: Link
    days: Quantity
    months: str
    missing: str
    until: date
    state: State


def certificate_rows(records: Sequence[Certificate], _actor: Actor, _today: date) -> list[CertificateRow]:
    """Return certificates as rows: four queries more, however many."""
    people = network.people_by_id({row.person_id for row in records})
    seals = seals_of(row.pk for row in records)
    return [
        CertificateRow(
            row.pk,
            row.public_id,
            row.version,
            Link(CERTIFICATE.url(row.public_id), people[row.person_id].name, _below(row, people[row.person_id])),
            Quantity(Decimal(row.days)),
            row.months,
            _wanting(seals.get(row.pk, ())),
            row.until,
            words.CERTIFICATE.state(row.state),
        )
        for row in records
    ]


def _wanting(seals: Sequence[SealLine]) -> str:
    """Name the sides whose seals are wanting, with their number where there are several."""
    counted = Counter(str(one.word) for one in seals if one.missing)
    return listed(word if number == 1 else f"{word} × {number}" for word, number in counted.items())


def _below(row: Certificate, person: PersonFacts) -> str:
    return " · ".join(part for part in (person.department, row.number, row.applied_title) if part)


@dataclass(frozen=True)
class CertificatePage:
    """What the page of a certificate shows. `certificate` is read only; `now`: what would be counted today."""

    certificate: Certificate
    person: PersonFacts
    seals: list[SealLine]
    lines: list[dict[str, str]]
    paper: PaperLine | None
    own: bool
    now: certified.CountedNow | None
    signers: dict[int, list[PersonFacts]]  # of each recipient whose seal on paper may be booked

    @property
    def stale(self) -> bool:
        """Say whether other days would be counted today up to the same day."""
        return self.now is not None and (self.now.days, self.now.ruled) != (
            self.certificate.days,
            self.certificate.ruled,
        )

    @property
    def wanted(self) -> list[SealLine]:
        """Return the seals whose turn it is."""
        turn = {
            CertificateState.DRAFTED: SealSide.RECIPIENT,
            CertificateState.CONFIRMED: SealSide.BUREAU,
            CertificateState.ENDORSED: SealSide.SUPPORTER,
        }.get(CertificateState(self.certificate.state))
        return [one for one in self.seals if one.missing and one.side == turn]


def certificate_page(actor: Actor, row: Certificate) -> CertificatePage:
    """Return what its page shows, and for its forms who may sign on paper."""
    seals, own = seals_of([row.pk]).get(row.pk, []), actor.tenant_id == row.sender_id
    open_ones = own and row.state not in OVER
    papers_of = papers.papers_of(actor, CERTIFICATES.kind, [row.public_id]).get(row.public_id, [])
    hosts = {one.institution_id for one in seals if one.missing and one.side == SealSide.RECIPIENT}
    return CertificatePage(
        row,
        network.person_by_id(row.person_id),
        seals,
        [certified.stretch(number, one) for number, one in enumerate(row.lines, 1)],
        papers_of[0] if papers_of else None,
        own,
        certified.count(actor, row.person_id, row.until, row.until) if open_ones else None,
        {pk: network.people_of(pk) for pk in hosts if pk is not None} if open_ones else {},
    )


def certificate_content(actor: Actor, public_id: str) -> tuple[Certificate, dict[str, Any]]:
    """Return a certificate and what stands on its paper, in Chinese. Raises NotFound."""
    row: Certificate = CERTIFICATE.visible(actor).one(public_id)
    with translation.override("zh-hans"):
        return row, content(actor, row)


def seal_scan(actor: Actor, public_id: str, seal_id: int) -> FileFacts:
    """Return the scan of a seal on paper. Raises NotFound."""
    row = CERTIFICATE.visible(actor).one(public_id)
    found = next((one for one in seals_of([row.pk]).get(row.pk, ()) if one.id == seal_id), None)
    if found is None or found.scan_id is None:
        raise NotFound
    return evidence.files([found.scan_id])[found.scan_id]


def certificates_chosen(actor: Actor, ids: Sequence[str]) -> list[Certificate]:
    """Return the certificates with these public ids that the actor may know of."""
    rows = Certificate.objects.filter(rules.CERTIFICATES.visible_to(actor), public_id__in=list(ids))
    return list(rows.order_by("pk"))


@dataclass(frozen=True)
class Offered:
    """Some of the certificates that one form offers: from the `first` on of `total`; `more`: where the next begin."""

    rows: list[Brief]
    first: int
    total: int
    more: str

    @property
    def last(self) -> int:
        """The place of the last one that is offered."""
        return self.first + len(self.rows) - 1


def certificates_to_publicise(actor: Actor, after: str = "", most: int = CHOSEN_AT_MOST) -> Offered:
    """Return those of the actor's institution that wait for their public notice, the earliest first.

    `after`: the public id behind which to begin, as `more` of the certificates before says; '': with the first.
    """
    known = Certificate.objects.filter(rules.CERTIFICATES.visible_to(actor), sender=actor.tenant_id)
    waiting = known.filter(state=CertificateState.APPROVED).order_by("public_id")
    found = list(waiting.filter(public_id__gt=after)[: most + 1])
    total, rest = waiting.count(), waiting.filter(public_id__gt=after).count()
    more = found[most - 1].public_id if len(found) > most else ""
    return Offered(briefs(found[:most]), total - rest + 1, total, more)


def certificates_to_choose(actor: Actor) -> list[Brief]:
    """Return the certificates of the actor's institution that were not withdrawn, latest first, at most 300."""
    known = Certificate.objects.filter(rules.CERTIFICATES.visible_to(actor), sender=actor.tenant_id)
    known = known.exclude(state=CertificateState.REPORTED)
    return briefs(list(known.exclude(state=CertificateState.WITHDRAWN).order_by("-pk")[:CHOSEN_AT_MOST]))
