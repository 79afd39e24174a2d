"""Builders of agreements and promises, through the services alone."""

from datetime import date
from decimal import Decimal
from typing import Any

from lianti.contexts.agreements import services
from lianti.contexts.agreements.domain import AgreementFacts, CommitmentFacts, SignedFacts
from lianti.contexts.agreements.models import Agreement, Commitment
from lianti.contexts.agreements.states import AgreementState
from lianti.kernel import scope
from tests.cast import AT, Cast

SIGNED = date(2026, 1, 15)
SINCE = date(2026, 1, 1)
UNTIL = date(2026, 12, 31)


def paper(cast: Cast, **other: Any) -> AgreementFacts:
    """Return an agreement of the relation of the cast."""
    given: dict[str, Any] = {"relation_id": cast.relation.pk, "title": "对口支援协议（2026）"}
    return AgreementFacts(**{**given, **other})


def promised(cast: Cast, **other: Any) -> CommitmentFacts:
    """Return a promise of twelve lectures a year."""
    given: dict[str, Any] = {
        "relation_id": cast.relation.pk,
        "kind": "training",
        "text": "每年举办十二场讲座",
        "giver_id": cast.supporting.id,
        "receiver_id": cast.county.id,
        "amount": Decimal(12),
        "unit": "session",
        "period": "year",
    }
    return CommitmentFacts(**{**given, **other})


def an_agreement(cast: Cast, state: str = AgreementState.DRAFT, *promises: CommitmentFacts, **other: Any) -> Agreement:
    """Make an agreement with promises and walk it to a state."""
    office = cast.supporting.office
    given: dict[str, Any] = {"actor": office, "at": AT, "key": None}
    with scope.acting(office):
        made = services.draft(**given, agreement=paper(cast, **other))
        for one in promises:
            promise(cast, one, made)
        ident = {"agreement_id": made.public_id}
        steps = list(AgreementState)[1 : list(AgreementState).index(AgreementState(state)) + 1]
        for step in steps:
            if step == AgreementState.AGREED:
                made = services.agree(**given, **ident)
            elif step == AgreementState.SIGNED:
                made = services.sign(**given, **ident, signed=SignedFacts(SIGNED, {cast.county.id: "院长"}, 4))
            elif step == AgreementState.IN_FORCE:
                made = services.put_in_force(**given, **ident, from_date=SINCE, to_date=UNTIL)
            else:
                made = services.end(**given, **ident, note="期满")
    return made


def promise(cast: Cast, facts: CommitmentFacts, agreement: Agreement | None = None) -> Commitment:
    """Write down a promise, by the office of the supporting hospital."""
    from dataclasses import replace

    office = cast.supporting.office
    if agreement is not None:
        facts = replace(facts, agreement_id=agreement.pk)
    with scope.acting(office):
        return services.promise(actor=office, at=AT, key=None, commitment=facts)
