"""What is handed in to the network: plain facts, and the arithmetic of names and regions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

Day = date  # for classes that have a field of that name
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")


@dataclass(frozen=True)
class InstitutionDraft:
    """An institution to be; a missing code is given by us, a missing short name is the name."""

    name: str
    kind: str
    code: str = ""
    short_name: str = ""
    level: str = ""
    region: str = ""


@dataclass(frozen=True)
class PersonDraft:
    """Somebody to be entered under their employer (an institution's key)."""

    name: str
    employer_id: int
    duty: str = ""
    title_level: str = ""
    department: str = ""
    phone: str = ""
    principal_id: int | None = None


@dataclass(frozen=True)
class DocumentDraft:
    """A paper that something rests on."""

    title: str
    kind: str
    number: str = ""
    date: Day | None = None
    publisher: str = ""
    medium: str = ""
    file_id: int | None = None


@dataclass(frozen=True)
class RelationDraft:
    """A relation to be; institutions by key, specialties by name."""

    name: str
    behaviour: str
    lead_id: int
    member_ids: tuple[int, ...]
    code: str = ""
    authority_id: int | None = None
    programme_id: int | None = None
    basis: DocumentDraft | None = None
    basis_id: int | None = None
    specialties: tuple[str, ...] = field(default=())
    from_date: date | None = None
    to_date: date | None = None


@dataclass(frozen=True)
class FigureDraft:
    """A number that a source states of an institution or of a relation."""

    label: str
    value: Decimal
    institution_id: int | None = None
    relation_id: int | None = None
    comparison: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleSetFacts:
    """What a rule set says, and on whose word: all of it can be changed later."""

    name: str
    values: Mapping[str, Any]
    source: str
    verified: bool = False
    from_date: date | None = None
    to_date: date | None = None


@dataclass(frozen=True)
class RuleSetDraft:
    """A rule set to be: for which use and purpose, where it holds, and whether it changes one that ships."""

    use: str
    facts: RuleSetFacts
    purpose: str = ""
    scope: str = "country"
    region: str = ""
    programme_id: int | None = None
    relation_id: int | None = None
    replaces: str = ""


def clean(text: str) -> str:
    """Return text on one line, without blanks at its ends or in rows."""
    return " ".join(text.split())


def masked(phone: str) -> str:
    """Return a phone number of which only the ends can be read."""
    return f"{phone[:3]}****{phone[-2:]}" if len(phone) > 7 else "****" if phone else ""


def digits(phone: str) -> str:
    """Return a phone number's digits without China's prefix."""
    bare = re.sub(r"[^0-9]", "", phone)
    return re.sub(r"^(00)?86(?=1[3-9][0-9]{9}$)", "", bare)


def listed(text: str) -> tuple[str, ...]:
    """Return the names in a line that has them with a stroke or comma between."""
    return tuple(filter(None, map(clean, re.split(r"[、，,;；\n]", text))))


def region_of(text: str) -> str:
    """Return a region as the tables keep it: parts from large to small with one stroke between."""
    return "/".join(part for part in (clean(p) for p in re.split(r"[/／>、]", text)) if part)


def day_before(day: date) -> date:
    """Return the last day of a name that another follows on `day`."""
    return day - timedelta(days=1)


def day_after(day: date) -> date:
    """Return the first day of a name that follows one that ended on `day`."""
    return day + timedelta(days=1)


def covers(from_date: date | None, to_date: date | None, day: date) -> bool:
    """Say whether `day` lies in a span that may be open at either end."""
    return (from_date is None or from_date <= day) and (to_date is None or day <= to_date)
