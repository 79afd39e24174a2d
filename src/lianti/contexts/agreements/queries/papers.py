"""Agreements as rows of a list, and how one is named elsewhere, at a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements import domain, words
from lianti.contexts.agreements.flow import AGREEMENTS
from lianti.contexts.agreements.models import Agreement, AgreementParty, Commitment
from lianti.contexts.agreements.states import AgreementState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.records import asking
from lianti.records.asking import Asked, Choice, County, Day, Named, PlaceIs, RecordIs, asks
from lianti.records.cells import Link, Quantity, Several, Span, State, several
from lianti.records.directory import Place
from lianti.records.kinds import Brief, Kind
from lianti.records.reading import Visible

NEGOTIATING = (AgreementState.DRAFT, AgreementState.AGREED, AgreementState.SIGNED)


@dataclass(frozen=True)
class PartyFacts:
    """A party, and the duty of who signed for it."""

    institution: InstitutionFacts
    duty: str


def parties_of(rows: Iterable[Agreement]) -> dict[int, list[PartyFacts]]:
    """Return the parties of agreements by key, the lead of the relation first: two queries, however many."""
    return _parties(_party_rows(rows))


def _party_rows(rows: Iterable[Agreement]) -> QuerySet[AgreementParty]:
    return AgreementParty.objects.filter(agreement__in=[row.pk for row in rows]).order_by("position", "id")


def _parties(found: Iterable[AgreementParty]) -> dict[int, list[PartyFacts]]:
    places = network.institutions_by_id({row.institution_id for row in found})
    parties: dict[int, list[PartyFacts]] = defaultdict(list)
    for row in found:
        parties[row.agreement_id].append(PartyFacts(places[row.institution_id], row.signatory_duty))
    return parties


def briefs(rows: Sequence[Agreement]) -> list[Brief]:
    """Return how agreements are named: three queries more, however many rows."""
    parties, relations = parties_of(rows), network.relation_names({row.relation_id for row in rows})
    return [
        Brief(
            row.pk, row.public_id, row.state, row.version, row.title, row.number, relations[row.relation_id],
            tuple(("·" if number and len(parties[row.pk]) > 2 else "", party.institution)
                  for number, party in enumerate(parties[row.pk])),
        )
        for row in rows
    ]  # fmt: skip


KIND = Kind(
    AGREEMENTS,
    words.AGREEMENT,
    "/agreements/",
    ("list", "agreement", "move"),
    briefs,
    ("number", "title", "contract_number"),
)


@dataclass(frozen=True)
class PartyIn(County):
    """A region in which a party lies."""

    def narrow(self, value: str) -> Q:
        return Q(pk__in=AgreementParty.objects.filter(super().narrow(value)).values("agreement"))


@dataclass(frozen=True)
class PartyIs(PlaceIs):
    """An institution that is a party."""

    def any_of(self, keys: Sequence[int]) -> Q:
        return Q(pk__in=AgreementParty.objects.filter(super().any_of(keys)).values("agreement"))


@dataclass(frozen=True)
class AgreementAsks(Asked):
    """What the list of agreements can be asked."""

    show: str = asks(
        Choice(
            _("Which"),
            words=words.SHOWN,
            counted=True,
            fits={
                "in_force": Q(state=AgreementState.IN_FORCE),
                "expiring": Q(state=AgreementState.IN_FORCE),
                "negotiating": Q(state__in=NEGOTIATING),
                "ended": Q(state=AgreementState.ENDED),
                "all": Q(),
            },
        ),
        default="in_force",
    )
    state: str | None = asks(Choice(_("State"), ("state",), words=words.AGREEMENT.state_words, folded=True))
    form: str | None = asks(Choice(_("Form of the paper"), ("form",), words=words.FORMS, folded=True))
    county: str | None = asks(PartyIn(asking.COUNTY, ("institution",)))
    place: Named | None = asks(PartyIs(asking.PLACE, ("institution",)))
    since: date | None = asks(Day(_("Signed from"), ("signed_date",)))
    until: date | None = asks(Day(_("Signed until"), ("signed_date",), lookup="lte"))
    relation: Named | None = asks(RecordIs(_("Relation"), ("relation",), by=network.relation_named))

    def narrow(self, rows: Visible[Agreement], actor: Actor, today: date) -> Visible[Agreement]:
        """Narrow by what is asked; what expires is in force and ends within ninety days, or should have ended."""
        rows = super().narrow(rows, actor, today)
        if self.show != "expiring":
            return rows
        return rows.narrowed(Q(to_date__lte=today + timedelta(days=domain.EXPIRING_DAYS)))


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One agreement as the list draws it; `promises` counts its commitments."""

    id: int
    public_id: str
    version: int
    paper: Link
    relation: str
    parties: Place | Several | None
    state: State
    in_force: Span
    promises: Quantity


def rows(records: Sequence[Agreement], _actor: Actor, today: date) -> list[AgreementRow]:
    """Return agreements as rows: three queries more, however many."""
    promises = Commitment.objects.filter(agreement=OuterRef("agreement")).order_by().values("agreement")
    found = list(_party_rows(records).annotate(promised=Subquery(promises.values_list(Count("pk")))))
    promised = {row.agreement_id: Decimal(row.promised or 0) for row in found}
    parties, relations = _parties(found), network.relation_names({row.relation_id for row in records})
    over = gettext("Run out")
    return [
        AgreementRow(
            row.pk,
            row.public_id,
            row.version,
            Link(KIND.url(row.public_id), row.title, row.number),
            relations[row.relation_id],
            several([party.institution for party in parties[row.pk]]),
            _state(row, today, over),
            Span(row.from_date, row.to_date),
            Quantity(promised.get(row.pk, Decimal(0))),
        )
        for row in records
    ]


def _state(row: Agreement, today: date, over: str) -> State:
    state = words.AGREEMENT.state(row.state)
    if row.state == AgreementState.IN_FORCE and domain.has_run_out(row.to_date, today):
        return State(state.code, f"{state.word} · {over}", "late")
    if row.state == AgreementState.IN_FORCE and row.to_date is not None and domain.expires_soon(row.to_date, today):
        left = (row.to_date - today).days
        soon = ngettext("ends in %(n)s day", "ends in %(n)s days", left) % {"n": left}
        return State(state.code, f"{state.word} · {soon}", "waiting")
    return state


@dataclass(frozen=True)
class AgreementLine:
    """One agreement as other rooms compare it."""

    id: int
    public_id: str
    title: str
    state: str
    signed_date: date | None
    party_ids: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        return self.title

    @property
    def state_label(self) -> str:
        return words.AGREEMENT.state(self.state).word


def _lines(rows: list[Agreement]) -> list[AgreementLine]:
    parties: dict[int, set[int]] = {}
    for party in _party_rows(rows):
        parties.setdefault(party.agreement_id, set()).add(party.institution_id)
    return [
        AgreementLine(row.pk, row.public_id, row.title, row.state, row.signed_date, frozenset(parties.get(row.pk, ())))
        for row in rows
    ]


def forms() -> Mapping[str, Sentence]:
    """Return the forms of papers with their words."""
    return words.FORMS


def periods() -> Mapping[str, Sentence]:
    """Return the stretches for which an amount is promised with their words."""
    return words.PERIODS


def paper(actor: Actor, public_id: str) -> AgreementLine:
    """Find an agreement that the actor may know of. Raises NotFound."""
    return _lines([KIND.visible(actor).one(public_id)])[0]


def of_relation(actor: Actor, relation_id: int) -> list[AgreementLine]:
    """Return the agreements of a relation that the actor may know of, latest first."""
    return _lines(list(KIND.visible(actor).narrowed(Q(relation_id=relation_id)).all(most=50)))
