"""What is handed to the services of workstations: frozen."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class StationFacts:
    """What a workstation is: between whom, of what specialty, with which experts."""

    name: str
    relation_id: int
    recipient_id: int
    sender_id: int
    specialty: str
    expert_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Approval:
    """By whom, when, under which number it was approved, and until when it runs."""

    approved: date
    approval_number: str = ""
    approved_by: str = ""
    until: date | None = None


@dataclass(frozen=True)
class StationPast:
    """What a source says of the way that a workstation has come."""

    applied: date
    approval: Approval | None = None
    plaque: date | None = None
    closed: date | None = None
