"""What agreements, commitments, goals and plans are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

EXPIRING_DAYS = 90

# What an agreement or charter regulates (measures for medical consortiums, 2020; and agreements as signed).
CLAUSES = (
    "scope",
    "lead_duties",
    "member_duties",
    "personnel",
    "referral",
    "remote",
    "training",
    "shared_centres",
    "data",
    "liability",
    "secrecy",
    "assessment",
    "exit",
)

# The form of the paper.
FORMS = ("agreement", "charter", "responsibility_letter", "service_contract", "memorandum")


@dataclass(frozen=True)
class SignedFacts:
    """What signing is: facts. `duties` maps a party to the duty of who signed for it."""

    signed_date: date
    duties: Mapping[int, str] = field(default_factory=dict)
    copies: int | None = None
    minutes_number: str = ""
    contract_number: str = ""


@dataclass(frozen=True)
class AgreementFacts:
    """A paper between parties of one relation; `party_ids` empty: all parties of the relation."""

    relation_id: int
    title: str
    party_ids: tuple[int, ...] = ()
    form: str = ""
    from_date: date | None = None
    to_date: date | None = None
    clauses: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    signed: SignedFacts | None = None


@dataclass(frozen=True)
class FilingFacts:
    """Filing with an authority: when, under which number, with whom. It never blocks anything."""

    filed_date: date
    filed_number: str = ""
    filed_to: str = ""


@dataclass(frozen=True)
class CommitmentFacts:
    """One promise. It hangs on an agreement (key) or on a basis document of the network (key)."""

    relation_id: int
    kind: str
    text: str
    giver_id: int
    receiver_id: int
    agreement_id: int | None = None
    basis_id: int | None = None
    amount: Decimal | None = None
    unit: str = ""
    period: str = ""
    from_date: date | None = None
    to_date: date | None = None
    group: str = ""


@dataclass(frozen=True)
class GoalFacts:
    relation_id: int
    kind: str
    text: str
    institution_id: int | None = None
    due_date: date | None = None


@dataclass(frozen=True)
class ReviewAreaFacts:
    """The fields on which departments are asked for comments, in order."""

    relation_id: int
    areas: tuple[str, ...]


@dataclass(frozen=True)
class PlanFacts:
    """The road map: how to go about it, the first step, what it must have."""

    relation_id: int
    approach: str = ""
    first_step: str = ""
    must_have: tuple[str, ...] = ()


def expires_soon(to_date: date | None, today: date) -> bool:
    """Say whether an agreement in force ends within the days in which it should be renewed."""
    return to_date is not None and today <= to_date <= today + timedelta(days=EXPIRING_DAYS)


def has_run_out(to_date: date | None, today: date) -> bool:
    """Say whether the last day of an agreement is over, although nobody has ended it."""
    return to_date is not None and to_date < today
