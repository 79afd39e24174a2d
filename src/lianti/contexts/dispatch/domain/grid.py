"""The month's grid (考勤表): one cell a person and day, and what a month adds up to (dispatch.md §3).

Present is the default on a working day, rest on any other; leave fills its days by itself; what the receiving
institution marked stands before both, what was typed before what was imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from lianti.contexts.dispatch.domain.counting import ON_DUTY, ONE_DAY, Away, Mark, Sealed
from lianti.contexts.dispatch.states import LeaveKind
from lianti.lib.dates import next_month

NOWHERE = "-"  # the letter of a day outside the stay


class Origin(StrEnum):
    """Whence a cell has its mark; the empty word: nobody said anything of that day."""

    DEFAULT = ""
    TYPED = "typed"
    IMPORTED = "imported"
    LEAVE = "leave"


# Leave of these kinds is a mark of its own: training, business for the place, called home (临时返院).
MARK_OF = {
    LeaveKind.TRAINING: Mark.TRAINING,
    LeaveKind.BUSINESS: Mark.BUSINESS,
    LeaveKind.CALLED_HOME: Mark.CALLED_HOME,
}
LEAVES = tuple(kind for kind in LeaveKind if kind not in MARK_OF)
# One letter each: the key that sets it, and how a sealed month is kept. The same whatever the language of a page.
LETTERS: dict[str, tuple[Mark, str]] = {
    "v": (Mark.PRESENT, ""),
    "n": (Mark.NIGHT, ""),
    "o": (Mark.REST, ""),
    "b": (Mark.BUSINESS, ""),
    "t": (Mark.TRAINING, ""),
    "h": (Mark.CALLED_HOME, ""),
    "l": (Mark.LATE, ""),
    "e": (Mark.EARLY, ""),
    "x": (Mark.ABSENT, ""),
    "p": (Mark.LEAVE, LeaveKind.PERSONAL),
    "s": (Mark.LEAVE, LeaveKind.SICK),
    "a": (Mark.LEAVE, LeaveKind.ANNUAL),
    "m": (Mark.LEAVE, LeaveKind.MATERNITY),
    "w": (Mark.LEAVE, LeaveKind.MARRIAGE),
    "d": (Mark.LEAVE, LeaveKind.BEREAVEMENT),
    "f": (Mark.LEAVE, LeaveKind.FAMILY_VISIT),
}
LETTER_OF = {said: letter for letter, said in LETTERS.items()}


@dataclass(frozen=True)
class Marked:
    """What somebody, or an import, said of one day; `late`: after the month's sheet was first handed in."""

    mark: Mark
    leave: str = ""
    origin: Origin = Origin.TYPED
    note: str = ""
    late: bool = False

    @property
    def said(self) -> tuple[Mark, str]:
        return self.mark, self.leave


@dataclass(frozen=True)
class GridCell:
    """One day of one person. `workday`: by the calendar. `other`: what an import said otherwise than was typed."""

    day: date
    mark: Mark
    leave: str
    workday: bool
    origin: Origin = Origin.DEFAULT
    note: str = ""
    late: bool = False
    other: Marked | None = None

    @property
    def letter(self) -> str:
        """The letter of its mark."""
        return LETTER_OF[(self.mark, self.leave)]

    @property
    def on_duty(self) -> bool:
        """Whether somebody worked on that day, wherever the receiving institution needed them."""
        return self.mark in ON_DUTY


@dataclass(frozen=True)
class MonthSums:
    """What a person's month adds up to, in days. `present` holds nights, business, late and early days too."""

    due: int = 0
    present: int = 0
    overtime: int = 0
    counted: int = 0
    of: Mapping[Mark, int] = field(default_factory=dict)
    leave: Mapping[str, int] = field(default_factory=dict)


class Marking(NamedTuple):
    """A mark to be set on one day of one posting (by public id); no mark: what stands there by itself."""

    posting_id: str
    day: date
    mark: str
    leave: str = ""
    note: str = ""


def days_of(month: date) -> list[date]:
    """Return the days of a month."""
    return [month + n * ONE_DAY for n in range((next_month(month) - month).days)]


def inside(month: date, first: date, last: date | None) -> tuple[date, date] | None:
    """Return the first and the last day of a stay within a month; None where it has none."""
    end = next_month(month) - ONE_DAY
    begin, until = max(month, first), min(end, last or end)
    return (begin, until) if begin <= until else None


def cells(
    span: tuple[date, date],
    away: Sequence[Away],
    marks: Mapping[date, Sequence[Marked]],
    is_workday: Callable[[date], bool],
) -> dict[date, GridCell]:
    """Return a cell for each day from the first to the last, both included."""
    first, last = span
    absent = {
        day: one
        for one in away
        for day in _from(max(one.first, first), min(one.last or last, last))
    }  # fmt: skip
    return {day: _cell(day, absent.get(day), marks.get(day, ()), workday=is_workday(day)) for day in _from(first, last)}


def _cell(day: date, away: Away | None, marks: Sequence[Marked], *, workday: bool) -> GridCell:
    told = {one.origin: one for one in marks}
    typed, imported = told.get(Origin.TYPED), told.get(Origin.IMPORTED)
    if (one := typed or imported) is not None:
        other = imported if typed and imported and imported.said != typed.said else None
        return GridCell(day, one.mark, one.leave, workday, one.origin, one.note, one.late, other)
    if away is not None:
        leave = away.leave if away.mark is Mark.LEAVE else ""
        return GridCell(day, away.mark, leave, workday, Origin.LEAVE)
    return GridCell(day, Mark.PRESENT if workday else Mark.REST, "", workday)


def sums(grid: Iterable[GridCell], counts: Callable[[date, Mark], bool]) -> MonthSums:
    """Add up a person's cells.

    Due are the working days; who rests on one, by the receiving institution's own shifts, makes up for a day worked
    when others rest: only what is beyond that is overtime. `counts` says whether the rules count a day of a mark.
    """
    rows = list(grid)
    of: dict[Mark, int] = {}
    leave: dict[str, int] = {}
    for one in rows:
        of[one.mark] = of.get(one.mark, 0) + 1
        if one.mark is Mark.LEAVE:
            leave[one.leave] = leave.get(one.leave, 0) + 1
    extra = sum(one.on_duty and not one.workday for one in rows)
    rested = sum(one.workday and one.mark is Mark.REST for one in rows)
    return MonthSums(
        due=sum(one.workday for one in rows),
        present=sum(one.on_duty for one in rows),
        overtime=max(0, extra - rested),
        counted=sum(counts(one.day, one.mark) for one in rows),
        of=of,
        leave=leave,
    )


def written(month: date, grid: Mapping[date, GridCell]) -> str:
    """Write a month down, a letter a day."""
    return "".join(grid[day].letter if day in grid else NOWHERE for day in days_of(month))


def print_code(lines: Iterable[tuple[str, str]]) -> str:
    """Return six signs that tell one content of a sheet from another: of each posting's number with its letters.

    They stand on the print; whoever books its seal types them, so that what is booked is what was stamped.
    """
    content = "\n".join(f"{number} {letters}" for number, letters in sorted(lines))
    return sha256(content.encode()).hexdigest()[:6].upper()


def goes_with(month: date, letters: str, first: date | None, last: date | None) -> bool:
    """Say whether letters are known ones, a day each, and stand on the days of a stay and on no other."""
    days, span = days_of(month), inside(month, first, last) if first is not None else None
    if len(letters) != len(days) or span is None:
        return False
    return all(
        letter in LETTERS if span[0] <= day <= span[1] else letter == NOWHERE
        for day, letter in zip(days, letters, strict=True)
    )


def read(month: date, letters: str) -> dict[date, Sealed]:
    """Read what was written down: the days inside the stay with their marks."""
    return {
        day: Sealed(*LETTERS[letter])
        for day, letter in zip(days_of(month), letters, strict=True)
        if letter != NOWHERE
    }  # fmt: skip


def _from(first: date, last: date) -> Iterable[date]:
    return (first + n * ONE_DAY for n in range((last - first).days + 1))
