"""Words for people: states, parts and moves of an activity."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from lianti.contexts.activities.states import ActivityState, Part
from lianti.contexts.ledger.queries import kinds, unit_name

Words = dict[str, Promise]
Tone = Literal["waiting", "moving", "done", "late", "stopped"]

STATES: Words = {
    ActivityState.RECORDED: pgettext_lazy("activity state", "Recorded"),
    ActivityState.WITHDRAWN: pgettext_lazy("activity state", "Withdrawn"),
}

TONES: dict[str, Tone] = {ActivityState.RECORDED: "done", ActivityState.WITHDRAWN: "stopped"}

PARTS: Words = {
    Part.LEAD: pgettext_lazy("part in an activity", "Led"),
    Part.ASSIST: pgettext_lazy("part in an activity", "Assisted"),
    Part.GUIDE: pgettext_lazy("part in an activity", "Guided"),
    Part.WATCH: pgettext_lazy("part in an activity", "Watched"),
}

MOVES: Words = {
    "record": pgettext_lazy("move", "Recorded"),
    "edit": _("Facts changed"),
    "attach": _("Proof added"),
    "withdraw": pgettext_lazy("move", "Withdrawn"),
    "adopt": _("Adopted from source"),
}

LATE_ENTRY = pgettext_lazy("activity", "Late entry")


def unit_label(code: str) -> str:
    """Name the unit of an activity kind; nothing where it has none."""
    row = kinds.KINDS.get(code)
    return unit_name(row.unit) if row and row.unit in kinds.UNITS else ""


YES = pgettext_lazy("a fact", "Yes")
NO = pgettext_lazy("a fact", "No")

HOW_MUCH = _("How much (%(unit)s)")
PERSON = _("Person %(number)s")
FIRST_PERSON = _("Who")
NOBODY = _("Nobody of this name works at one of the two sides. Enter the person in the directory first.")
SEVERAL_PEOPLE = _("Several people bear this name; choose one with the institution behind it.")

DONE: dict[str, Any] = {
    "record": _("Recorded and declared to the other side."),
    "week": _("The week is recorded and declared to the other side."),
    "edit": _("Changed and declared anew."),
    "attach": _("Proof added."),
    "withdraw": _("Withdrawn, with its entries."),
}

BUTTONS: Words = {"edit": _("Change what was recorded"), "attach": _("Add proof"), "withdraw": _("Withdraw")}

ASK: Words = {"withdraw": _("Its entries are withdrawn with it. Give the reason.")}

FACTS: Words = {"files": _("Files")}

# Of an entry, as this page says it.
ENTRY_STATES: Words = {
    "declared": pgettext_lazy("entry state", "Declared, waits for the receiver"),
    "returned": pgettext_lazy("entry state", "Returned for completion"),
    "counted": pgettext_lazy("entry state", "Counted"),
    "objected": pgettext_lazy("entry state", "Objected"),
    "settled": pgettext_lazy("entry state", "Settled"),
    "withdrawn": pgettext_lazy("entry state", "Withdrawn"),
}
ENTRY_TONES: dict[str, Tone] = {
    "declared": "waiting",
    "returned": "moving",
    "counted": "done",
    "objected": "late",
    "settled": "done",
    "withdrawn": "stopped",
}
LEVELS: tuple[Promise, ...] = (
    pgettext_lazy("level of proof", "Declared"),
    pgettext_lazy("level of proof", "Confirmed on paper"),
    pgettext_lazy("level of proof", "Verified online"),
    pgettext_lazy("level of proof", "Spot-checked"),
)


def source_line(source: Any) -> str:
    """Return a loaded file as one line: title and medium of the report, its day, the file's own id."""
    document = source.document
    parts = (document.title, document.publisher, document.medium, document.date, source.code)
    return " · ".join(str(part) for part in parts if part)


WHOSE: dict[str, object] = {
    "mine": pgettext_lazy("activities", "Mine"),
    "house": pgettext_lazy("activities", "My institution's"),
}
ALL = pgettext_lazy("activities", "All")
NOT_CHANGED = _("This can no longer be changed here: an entry of it counts already, or it is not yours.")

# Where the sentences of a refusal belong on the form.
_AT = {"giver_id": "giver", "receiver": "receivers", "people": "person_0", "account": "accounts"}


def at_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the sentences of a refusal at the fields of the form."""
    return {_AT.get(name, name): sentence for name, sentence in fields.items()}


def receiver_count(count: int) -> str:
    """Say how many institutions received."""
    return ngettext("%(count)s institution", "%(count)s institutions", count) % {"count": count}


def days_late(days: int) -> str:
    """Say how many days after the deed it was recorded."""
    return ngettext("%(count)s day after", "%(count)s days after", days) % {"count": days}


def week_span(monday: date, sunday: date) -> str:
    """Name a week by its days."""
    return f"{monday:%Y-%m-%d} – {sunday:%m-%d}"
