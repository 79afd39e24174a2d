"""The shape of `lianti-network/1`: one struct per kind of row, and what msgspec says put into our words.

Every row is converted by itself, so that one wrong row does not hide the next.
"""

import difflib
import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

import msgspec
from django.utils.translation import gettext as _
from msgspec import Meta

from lianti.journeys.loader.problems import Path

FORMAT = "lianti-network/1"

Code = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
Word = Annotated[str, Meta(min_length=1, max_length=80, pattern=r"\S")]
Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
Text = Annotated[str, Meta(min_length=1, max_length=400, pattern=r"\S")]
Codes = Annotated[list[Code], Meta(min_length=1, max_length=500)]
Words = Annotated[list[Word], Meta(max_length=100)]
Whole = Annotated[int, Meta(ge=0, le=10_000_000)]
Number = Annotated[int, Meta(ge=-(10**13), le=10**13)] | Annotated[float, Meta(ge=-1e13, le=1e13)]


class Row(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One mapping of the file; names that it does not know are refused."""


class SourceRow(Row):
    """The public report that the file restates."""

    published: date
    medium: Annotated[str, Meta(min_length=1, max_length=120, pattern=r"\S")]
    title: Annotated[str, Meta(min_length=1, max_length=300, pattern=r"\S")]


class InstitutionRow(Row):
    code: Code
    name: Name
    kind: Code
    region: Annotated[str, Meta(max_length=200)] | None = None
    short_name: Word | None = None
    level: Annotated[str, Meta(max_length=8)] | None = None


class DocumentRow(Row):
    """A paper that is on its way: it becomes an agreement in draft."""

    title: Name
    state: Code = "proposal"


class RelationRow(Row, rename={"from_date": "from", "to_date": "to"}):
    code: Code
    kind: Code
    name: Name
    lead: Code
    members: Codes
    status: Code
    authority: Code | None = None
    specialty: Word | None = None
    specialties: Words = []
    signed: date | None = None
    documents: list[DocumentRow] = []
    from_date: date | None = None
    to_date: date | None = None


class EventRow(Row):
    kind: Code
    date: date
    relation: Code
    participants: Codes
    place: Code | None = None
    visited: Words = []
    purpose: Words = []
    attendance: Whole | None = None


class NeedRow(Row):
    relation: Code
    institution: Code | Codes
    category: Code
    text: Text
    specialty: Word | None = None


class CommitmentRow(Row, rename={"giver": "from"}):
    relation: Code
    giver: Code
    to: Code | Codes
    kind: Code
    text: Text


class GoalRow(Row):
    relation: Code
    kind: Code
    text: Text
    institution: Code | None = None


class FigureRow(Row):
    label: Annotated[str, Meta(min_length=1, max_length=120, pattern=r"\S")]
    value: Number
    institution: Code | None = None
    comparison: Code | None = None
    examples: Words = []


class BatchRow(Row, rename={"from_date": "from", "to_date": "to"}):
    """People whom one party sent together, since 0.2."""

    code: Code
    relation: Code
    sender: Code
    kind: Code
    name: Annotated[str, Meta(min_length=1, max_length=120, pattern=r"\S")]
    from_date: date
    to_date: date
    letter: Annotated[str, Meta(min_length=1, max_length=60, pattern=r"\S")] | None = None
    letter_date: date | None = None
    status: Code = "ordered"


class PostingRow(Row, rename={"from_date": "from", "to_date": "to"}):
    """One person of a batch at one institution, since 0.2."""

    batch: Code
    person: Word
    recipient: Code
    duty: Code | None = None
    department: Word | None = None
    specialty: Word | None = None
    from_date: date | None = None
    to_date: date | None = None
    arrived: date | None = None
    left: date | None = None
    handover: Annotated[str, Meta(min_length=1, max_length=4000, pattern=r"\S")] | None = None
    status: Code = "ordered"


class WorkstationRow(Row):
    """A workstation of experts at one institution, since 0.3."""

    relation: Code
    institution: Code
    name: Annotated[str, Meta(min_length=1, max_length=120, pattern=r"\S")]
    specialty: Annotated[str, Meta(min_length=1, max_length=80, pattern=r"\S")]
    experts: Words = []
    applied: date | None = None
    approved: date | None = None
    number: Annotated[str, Meta(min_length=1, max_length=60, pattern=r"\S")] | None = None
    approved_by: Annotated[str, Meta(min_length=1, max_length=120, pattern=r"\S")] | None = None
    plaque: date | None = None
    until: date | None = None
    closed: date | None = None
    status: Code = "applied"


class AttendanceRow(Row):
    """One person's month at one institution, a letter a day, since 0.4."""

    batch: Code
    person: Word
    recipient: Code
    month: date
    days: Annotated[str, Meta(min_length=28, max_length=31)]


class ServiceRow(Row, rename={"from_date": "from", "to_date": "to"}):
    """Service before the platform (历史补录), since 0.4."""

    sender: Code
    person: Word
    place: Annotated[str, Meta(min_length=1, max_length=120, pattern=r"\S")]
    kind: Code
    from_date: date
    to_date: date
    letter: Annotated[str, Meta(min_length=1, max_length=60, pattern=r"\S")]
    recipient: Code | None = None
    department: Word | None = None
    certified: Whole | None = None


class CertificateRow(Row):
    """A service certificate that was issued, since 0.4."""

    sender: Code
    person: Word
    number: Annotated[str, Meta(min_length=1, max_length=60, pattern=r"\S")]
    issued: date
    until: date
    days: Annotated[int, Meta(ge=0, le=40_000)]
    months: Annotated[str, Meta(min_length=1, max_length=8, pattern=r"\S")] | None = None
    title: Annotated[str, Meta(min_length=1, max_length=60, pattern=r"\S")] | None = None


class TitleRow(Row):
    """From when somebody bears a title, since 0.4."""

    employer: Code
    person: Word
    title: Code
    since: date


class PlanRow(Row):
    approach: Text | None = None
    first_step: Text | None = None
    must_have: Words = []


# The lists of a file, each with the struct of its rows; single mappings stand apart.
LISTS: dict[str, type[Row]] = {
    "institutions": InstitutionRow,
    "relations": RelationRow,
    "events": EventRow,
    "needs": NeedRow,
    "commitments": CommitmentRow,
    "goals": GoalRow,
    "figures": FigureRow,
    "batches": BatchRow,
    "postings": PostingRow,
    "workstations": WorkstationRow,
    "attendance": AttendanceRow,
    "services": ServiceRow,
    "certificates": CertificateRow,
    "titles": TitleRow,
}
TOP = ("format", "id", "source", *LISTS, "plan", "review_areas")

T = TypeVar("T")
Refuse = Callable[[Path, str], None]


def take(value: Any, shape: Any, path: Path, refuse: Refuse) -> Any:
    """Return `value` as `shape`, or None after `refuse(path, sentence)` when it does not fit."""
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        message, inner = _parted(str(error))
        text, more = _sentence(message, shape)
        refuse((*path, *inner, *more), text)
        return None


_AT = re.compile(r"^(?P<message>.*?)(?: - at `(?P<path>\$.*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")


def _parted(text: str) -> tuple[str, Path]:
    found = _AT.match(text)
    if found is None:
        return text, ()
    steps: list[str | int] = []
    for name, index in _STEP.findall(found["path"] or ""):
        if name:
            steps.append(name)
        elif index.isdigit():
            steps.append(int(index))
    return found["message"], tuple(steps)


def _sentence(message: str, shape: Any) -> tuple[str, Path]:
    """Return our sentence for a message of msgspec, and further steps that it names."""
    if found := re.search(r"missing required field `([^`]*)`", message):
        return _("“%(name)s” is missing. Add it.") % {"name": found[1]}, ()
    if found := re.search(r"contains unknown field `([^`]*)`", message):
        return unknown(found[1], _names(shape)), (found[1],)
    if re.search(r"[Ii]nvalid.*date|Expected `date`|`date`", message):
        return _("This is no date. Write it as year-month-day, such as 2023-06-21."), ()
    if re.search(r"of length >= 1\b", message):
        return _("This is empty. Fill it in, or leave the whole line out."), ()
    if found := re.search(r"of length <= (\d+)", message):
        return _("This is too long: at most %(limit)s.") % {"limit": found[1]}, ()
    if "matching regex" in message:
        return _regex(message), ()
    if found := re.search(r"Expected `([^`]*)`, got `([^`]*)`", message):
        text = _("This must be %(wanted)s, but it is %(found)s.") % {
            "wanted": _types(found[1]),
            "found": _types(found[2]),
        }
        numeric = found[1].startswith("str") and found[2] in {"int", "float", "bool"}
        return (text + " " + _("Put it in quotes.") if numeric else text), ()
    return _("This number is out of range."), ()


def _regex(message: str) -> str:
    if r"\S" in message and "A-Za-z" not in message:
        return _("This is empty. Fill it in, or leave the whole line out.")
    return _("This must be a code: letters, digits, dots, dashes; at most 40.")


def _names(shape: Any) -> list[str]:
    fields = getattr(shape, "__struct_encode_fields__", ())
    return list(fields) + list(getattr(DocumentRow, "__struct_encode_fields__", ()) if shape is RelationRow else ())


def unknown(name: str, known: list[str]) -> str:
    """Return the sentence for a name that nobody knows, with the likeliest one."""
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return _("“%(name)s” is not known here. Did you mean “%(near)s”?") % {"name": name[:60], "near": near[0]}
    text = _("“%(name)s” is not known here. Known are: %(known)s.")
    return text % {"name": name[:60], "known": ", ".join(known)}


def _types(names: str) -> str:
    words = {
        "str": _("text"),
        "int": _("a whole number"),
        "float": _("a number"),
        "bool": _("true or false"),
        "array": _("a list"),
        "object": _("a mapping"),
        "null": _("nothing"),
        "date": _("a date"),
    }
    wanted = [name.strip() for name in names.split("|")]
    named = [words.get(name, name) for name in wanted if name != "null"]
    return _(" or ").join(named) or words["null"]
