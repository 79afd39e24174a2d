"""What others may be told: ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AgreementInForce:
    agreement_id: int


@dataclass(frozen=True)
class CommitmentOpened:
    commitment_id: int
