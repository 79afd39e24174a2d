"""How people speak of an activity: its states, its moves, and the words beside them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from lianti.contexts.activities.states import ActivityState, Part
from lianti.contexts.ledger.queries import kind_name, kinds, unit_name
from lianti.lib.errors import Sentence
from lianti.lib.web.parts import Tone
from lianti.records.words import Say, Words

WORDS = Words(
    one=_("Activity"),
    many=_("Activities"),
    states={
        ActivityState.RECORDED: (pgettext_lazy("activity state", "Recorded"), "done"),
        ActivityState.WITHDRAWN: (pgettext_lazy("activity state", "Withdrawn"), "stopped"),
    },
    moves={
        "record": Say(story=pgettext_lazy("move", "Recorded"), done=_("Recorded and declared to the other side.")),
        "edit": Say(
            button=_("Change what was recorded"), story=_("Facts changed"), done=_("Changed and declared anew.")
        ),
        "attach": Say(button=_("Add proof"), story=_("Proof added"), done=_("Proof added.")),
        "withdraw": Say(
            button=_("Withdraw"),
            story=pgettext_lazy("move", "Withdrawn"),
            done=_("Withdrawn, with its entries."),
            ask=_("Its entries are withdrawn with it. Give the reason."),
        ),
    },
    facts={"files": _("Files")},
)

PARTS: dict[str, Sentence] = {
    Part.LEAD: pgettext_lazy("part in an activity", "Led"),
    Part.ASSIST: pgettext_lazy("part in an activity", "Assisted"),
    Part.GUIDE: pgettext_lazy("part in an activity", "Guided"),
    Part.WATCH: pgettext_lazy("part in an activity", "Watched"),
}
WHOSE: dict[str, Sentence] = {
    "mine": pgettext_lazy("activities", "Mine"),
    "house": pgettext_lazy("activities", "My institution's"),
}
YES, NO = pgettext_lazy("a fact", "Yes"), pgettext_lazy("a fact", "No")

HOW_MUCH = _("How much (%(unit)s)")
PERSON = _("Person %(number)s")
FIRST_PERSON = _("Who")
NOBODY = _("Nobody of this name works at one of the two sides. Enter the person in the directory first.")
SEVERAL_PEOPLE = _("Several people bear this name; choose one with the institution behind it.")
WEEK_DONE = _("The week is recorded and declared to the other side.")
NOT_YET = _("Its day has not come yet.")
WAS_A_PERIOD = _("It went over several days; look at the day and the quantity.")
RECORDED_SINCE = _("Something of the kind is recorded of this week already.")
ALIKE = _("Something very like it is there already. Is it another one?")
CORRECTION = _("Correction of an earlier entry")
NOT_CHANGED = _("This can no longer be changed here: an entry of it counts already, or it is not yours.")

# Of an entry, as the page of its activity says it.
ENTRY_STATES: dict[str, tuple[Sentence, Tone]] = {
    "declared": (pgettext_lazy("entry state", "Declared, waits for the receiver"), "waiting"),
    "returned": (pgettext_lazy("entry state", "Returned for completion"), "moving"),
    "counted": (pgettext_lazy("entry state", "Counted"), "done"),
    "objected": (pgettext_lazy("entry state", "Objected"), "late"),
    "settled": (pgettext_lazy("entry state", "Settled"), "done"),
    "withdrawn": (pgettext_lazy("entry state", "Withdrawn"), "stopped"),
}
LEVELS: tuple[Sentence, ...] = (
    pgettext_lazy("level of proof", "Declared"),
    pgettext_lazy("level of proof", "Confirmed on paper"),
    pgettext_lazy("level of proof", "Verified online"),
    pgettext_lazy("level of proof", "Spot-checked"),
)


def kind_words() -> dict[str, Sentence]:
    """Return every kind of activity by name."""
    return {row.code: kind_name(row.code) for row in kinds.activities()}


def unit_label(code: str) -> str:
    """Name the unit of an activity kind; nothing where it has none."""
    row = kinds.KINDS.get(code)
    return unit_name(row.unit) if row and row.unit in kinds.UNITS else ""


def receiver_count(count: int) -> str:
    """Say how many institutions received."""
    return ngettext("%(count)s institution", "%(count)s institutions", count) % {"count": count}


def attended(count: int) -> str:
    """Say how many people came."""
    return ngettext("%(counter)s person attended", "%(counter)s people attended", count) % {"counter": count}


def days_late(days: int) -> str:
    """Say how many days after the deed it was recorded."""
    return ngettext("%(count)s day after", "%(count)s days after", days) % {"count": days}
