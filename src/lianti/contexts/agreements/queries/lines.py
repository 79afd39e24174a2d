"""Agreements and promises as lines, at a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet

from lianti.contexts.agreements import domain, labels, rules
from lianti.contexts.agreements.models import Agreement, AgreementParty, Commitment
from lianti.contexts.agreements.states import AgreementState, CommitmentState
from lianti.contexts.ledger.queries import kind_name, unit_name
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, RelationFacts
from lianti.kernel.worklist import Card
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.web.paging import keyset
from lianti.lib.web.search import Hit

AGREEMENT_KIND = rules.AGREEMENT
ORDER = ("-id",)


@dataclass(frozen=True)
class PartyFacts:
    institution: InstitutionFacts
    duty: str


@dataclass(frozen=True)
class AgreementLine:
    """One agreement as a list shows it; `promises` counts its commitments."""

    id: int
    public_id: str
    number: str
    title: str
    state: str
    relation: RelationFacts
    parties: tuple[PartyFacts, ...]
    from_date: date | None
    to_date: date | None
    signed_date: date | None
    promises: int

    @property
    def state_label(self) -> Sentence:
        return labels.STATES[self.state]

    @property
    def tone(self) -> labels.Tone:
        return labels.TONES[self.state]


@dataclass(frozen=True)
class AgreementLines:
    items: list[AgreementLine]
    more: str | None


@dataclass(frozen=True)
class CommitmentLine:
    """One promise as the board shows it."""

    id: int
    public_id: str
    state: str
    kind: str
    text: str
    group: str
    giver: InstitutionFacts
    receiver: InstitutionFacts
    amount: Decimal | None
    unit: str
    period: str
    from_date: date | None
    to_date: date | None
    account_id: int | None
    agreement_public_id: str
    paper: str

    @property
    def kind_label(self) -> str:
        return kind_name(self.kind)

    @property
    def unit_label(self) -> str:
        return unit_name(self.unit)

    @property
    def period_label(self) -> Sentence:
        return labels.PERIODS.get(self.period, "")

    @property
    def state_label(self) -> Sentence:
        return labels.COMMITMENT_STATES[self.state]

    @property
    def tone(self) -> labels.Tone:
        return labels.COMMITMENT_TONES[self.state]


def visible(actor: Actor) -> QuerySet[Agreement]:
    """Return the agreements that the actor may know of."""
    return Agreement.objects.filter(rules.TABLE.visible_to(actor))


def visible_commitments(actor: Actor) -> QuerySet[Commitment]:
    """Return the promises that the actor may know of: their two sides' and the agreement's parties'."""
    return Commitment.objects.filter(rules.PROMISES.visible_to(actor))


def agreements(
    actor: Actor, *, show: str, today: date, relation_id: int | None = None, after: str | None = None, limit: int = 50
) -> AgreementLines:
    """Return agreements: in force, expiring (or run out) within 90 days, in negotiation, or ended; latest first."""
    rows = _shown(visible(actor), show, today)
    if relation_id is not None:
        rows = rows.filter(relation_id=relation_id)
    page = keyset(rows, order=ORDER, after=after, limit=limit)
    return AgreementLines(lines(page.items), page.more)


def counts(actor: Actor, today: date) -> dict[str, int]:
    """Return how many agreements each view of the list holds."""
    rows = visible(actor)
    return {show: _shown(rows, show, today).count() for show in ("in_force", "expiring", "negotiating", "ended")}


def _shown(rows: QuerySet[Agreement], show: str, today: date) -> QuerySet[Agreement]:
    if show == "expiring":
        soon = today + timedelta(days=domain.EXPIRING_DAYS)
        return rows.filter(state=AgreementState.IN_FORCE, to_date__lte=soon)
    if show == "negotiating":
        return rows.filter(state__in=(AgreementState.DRAFT, AgreementState.AGREED, AgreementState.SIGNED))
    if show == "ended":
        return rows.filter(state=AgreementState.ENDED)
    return rows.filter(state=AgreementState.IN_FORCE)


def of_relation(actor: Actor, relation_id: int) -> list[AgreementLine]:
    """Return the agreements of a relation that the actor may know of, those that stand first."""
    rows = lines(list(visible(actor).filter(relation_id=relation_id).order_by("-id")[:50]))
    return [row for row in rows if row.state != AgreementState.ENDED] + [
        row for row in rows if row.state == AgreementState.ENDED
    ]


def commitments_of_relation(actor: Actor, relation_id: int) -> list[CommitmentLine]:
    """Return the promises of a relation that the actor may know of and that have not ended."""
    rows = visible_commitments(actor).filter(relation_id=relation_id).exclude(state=CommitmentState.ENDED)
    return commitment_lines(rows.order_by("id"))


def commitments_of_institution(actor: Actor, institution_id: int, *, limit: int = 60) -> list[CommitmentLine]:
    """Return the promises in force that an institution gives or receives, as far as the actor may know of them."""
    side = Q(giver_id=institution_id) | Q(receiver_id=institution_id)
    rows = visible_commitments(actor).filter(side, state=CommitmentState.IN_FORCE).order_by("id")
    return commitment_lines(rows[:limit])


def find_agreements(actor: Actor, words: str, limit: int) -> list[Hit]:
    """Return the agreements whose number, title or contract number holds the words."""
    which = Q(number__iexact=words) | Q(title__icontains=words) | Q(contract_number__iexact=words)
    rows = list(visible(actor).filter(which).order_by("-id")[:limit])
    return [Hit(row.title, f"/agreements/{row.public_id}/", row.relation.name, row.number) for row in lines(rows)]


def commitments_of_agreement(actor: Actor, agreement_id: int) -> list[CommitmentLine]:
    """Return all promises of an agreement."""
    return commitment_lines(visible_commitments(actor).filter(agreement_id=agreement_id).order_by("id"))


def commitment_lines(rows: QuerySet[Commitment]) -> list[CommitmentLine]:
    """Return promises as lines: two queries, however many."""
    found = list(rows.select_related("agreement", "basis"))
    places = network.institutions_by_id({pk for row in found for pk in (row.giver_id, row.receiver_id)})
    return [_commitment(row, places) for row in found]


def _commitment(row: Commitment, places: dict[int, InstitutionFacts]) -> CommitmentLine:
    return CommitmentLine(
        id=row.pk,
        public_id=row.public_id,
        state=row.state,
        kind=row.kind,
        text=row.text,
        group=row.group,
        giver=places[row.giver_id],
        receiver=places[row.receiver_id],
        amount=row.amount,
        unit=row.unit,
        period=row.period,
        from_date=row.from_date,
        to_date=row.to_date,
        account_id=row.account_id,
        agreement_public_id=row.agreement.public_id if row.agreement else "",
        paper=row.agreement.title if row.agreement else (row.basis.title if row.basis else ""),
    )


def cards(actor: Actor, pks: list[int]) -> dict[int, Card]:
    """Return the worklist cards of agreements, at a constant number of queries."""
    found = lines(list(visible(actor).filter(pk__in=pks)))
    return {
        line.id: Card(
            title=line.title,
            url=f"/agreements/{line.public_id}/",
            counterpart="、".join(
                p.institution.short_name for p in line.parties if p.institution.id != actor.tenant_id
            ),
            detail=line.relation.name,
        )
        for line in found
    }


def lines(rows: Sequence[Agreement]) -> list[AgreementLine]:
    """Return rows as lines, at a constant number of queries."""
    pks = [row.pk for row in rows]
    parties = _parties(pks)
    relations = network.relations_by_id({row.relation_id for row in rows})
    promised: dict[int, int] = defaultdict(int)
    for agreement_id in Commitment.objects.filter(agreement__in=pks).values_list("agreement", flat=True):
        if agreement_id is not None:
            promised[agreement_id] += 1
    return [
        AgreementLine(
            id=row.pk,
            public_id=row.public_id,
            number=row.number,
            title=row.title,
            state=row.state,
            relation=relations[row.relation_id],
            parties=tuple(parties[row.pk]),
            from_date=row.from_date,
            to_date=row.to_date,
            signed_date=row.signed_date,
            promises=promised[row.pk],
        )
        for row in rows
    ]


def _parties(pks: Iterable[int]) -> dict[int, list[PartyFacts]]:
    rows = list(AgreementParty.objects.filter(agreement__in=list(pks)).order_by("position", "id"))
    places = network.institutions_by_id({row.institution_id for row in rows})
    found: dict[int, list[PartyFacts]] = defaultdict(list)
    for row in rows:
        found[row.agreement_id].append(PartyFacts(places[row.institution_id], row.signatory_duty))
    return found
