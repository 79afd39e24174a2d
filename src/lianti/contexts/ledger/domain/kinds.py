"""The one registry of kinds: asking the table of `registry.py`."""

from __future__ import annotations

from collections.abc import Iterable

from lianti.contexts.ledger.domain.registry import TABLE, UNITS, Field, Kind, Unit

__all__ = [
    "A_PERSON_CHOOSES",
    "KINDS",
    "UNITS",
    "Field",
    "Kind",
    "Unit",
    "UnknownKind",
    "activities",
    "fulfilling_need",
    "fulfilling_promise",
    "kind",
    "labelled",
    "needs",
    "problems",
    "promises",
    "unit_of",
    "units_of",
]

KINDS: dict[str, Kind] = {kind.code: kind for kind in TABLE}

# Labels of other vocabularies for which no row can be chosen by machine.
A_PERSON_CHOOSES = frozenset({"support", "policy", "other"})


class UnknownKind(LookupError):
    """A word that is no code of the registry."""


def kind(code: str) -> Kind:
    """Give the registry's row of this code; raises UnknownKind."""
    try:
        return KINDS[code]
    except KeyError:
        raise UnknownKind(code) from None


def activities(*, giving: bool = False) -> tuple[Kind, ...]:
    """Give the kinds of things that are done, on request only those that can make an entry."""
    return tuple(row for row in TABLE if row.is_activity and (row.gives or not giving))


def promises() -> tuple[Kind, ...]:
    """Give the kinds a commitment can have."""
    return tuple(row for row in TABLE if row.promise is not None)


def needs() -> tuple[Kind, ...]:
    """Give the categories a need can have."""
    return tuple(row for row in TABLE if row.need is not None)


def fulfilling_promise(code: str) -> frozenset[str]:
    """Give the activity kinds that fulfil a commitment of this kind (none: named entries only)."""
    return kind(code).promise or frozenset()


def fulfilling_need(code: str) -> frozenset[str]:
    """Give the activity kinds that fulfil a need of this category (none: named entries only)."""
    return kind(code).need or frozenset()


def unit_of(code: str) -> Unit:
    """Give the unit an activity of this kind is counted in; raises UnknownKind."""
    row = kind(code)
    if not row.is_activity:
        raise UnknownKind(code)
    return UNITS[row.unit]


def units_of(codes: Iterable[str]) -> tuple[Unit, ...]:
    """Give the units that these activity kinds are counted in, each once, in the registry's order."""
    used = {KINDS[code].unit for code in codes}
    return tuple(unit for code, unit in UNITS.items() if code in used)


def labelled(label: str) -> tuple[Kind, ...]:
    """Give the rows that a word of another vocabulary may mean; more than one, or none: a person chooses."""
    if label in KINDS and label != "signing":
        return (KINDS[label],)
    return tuple(row for row in TABLE if label in row.labels)


def problems() -> list[str]:
    """Tell what is wrong with the table: codes twice, units or kinds that do not exist."""
    found = [f"{row.code} stands twice" for row in TABLE if KINDS[row.code] is not row]
    for row in TABLE:
        if row.unit and row.unit not in UNITS:
            found.append(f"{row.code}: no unit {row.unit}")
        for code in (row.promise or frozenset()) | (row.need or frozenset()):
            if code not in KINDS or not KINDS[code].gives or not KINDS[code].is_activity:
                found.append(f"{row.code} is fulfilled by {code}, which makes no entry")
        if not row.is_activity and row.promise is None and row.need is None:
            found.append(f"{row.code} is used for nothing")
    return found
