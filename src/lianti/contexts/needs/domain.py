"""What a need and its answer are made of, and when somebody's turn is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

# Working days that each side has for its turn; nothing happens by itself when they are over.
DAYS_TO_ANSWER = 10
DAYS_TO_PLAN = 10
DAYS_TO_COMPLETE = 10


@dataclass(frozen=True)
class NeedFacts:
    """What is asked: by whom, of whom, what, how much and by when; and who signed it off."""

    stater_id: int
    addressed_id: int
    category: str
    text: str
    relation_id: int | None = None
    specialty: str = ""
    amount: Decimal | None = None
    unit: str = ""
    wanted_by: date | None = None
    signed_off_duty: str = ""
    signed_off_date: date | None = None
    group: str = ""
    stated_date: date | None = None


@dataclass(frozen=True)
class Named:
    """Somebody in a plan: out of the directory, or by name as written."""

    person_id: int | None = None
    name: str = ""


@dataclass(frozen=True)
class PlanFacts:
    """The answer to a need: who does what, from when to when."""

    text: str
    people: tuple[Named, ...] = ()
    from_date: date | None = None
    to_date: date | None = None


def owed_until(stated: date, wanted_by: date | None, plan_to: date | None) -> date | None:
    """Return the last day on which help still counts by itself: the later of wish and plan; None: open."""
    known = [day for day in (wanted_by, plan_to) if day is not None]
    return max(stated, *known) if known else None
