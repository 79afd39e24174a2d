"""Words for people: states, parts and moves of an activity."""

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities.states import ActivityState, Part
from lianti.contexts.ledger.queries import kinds

Words = dict[str, Promise]

STATES: Words = {
    ActivityState.RECORDED: pgettext_lazy("activity state", "Recorded"),
    ActivityState.WITHDRAWN: pgettext_lazy("activity state", "Withdrawn"),
}

TONES: dict[str, str] = {ActivityState.RECORDED: "done", ActivityState.WITHDRAWN: "stopped"}

PARTS: Words = {
    Part.LEAD: pgettext_lazy("part in an activity", "Led"),
    Part.ASSIST: pgettext_lazy("part in an activity", "Assisted"),
    Part.GUIDE: pgettext_lazy("part in an activity", "Guided"),
    Part.WATCH: pgettext_lazy("part in an activity", "Watched"),
}

MOVES: Words = {
    "record": _("Recorded"),
    "edit": _("Facts changed"),
    "attach": _("Proof added"),
    "withdraw": _("Withdrawn"),
    "adopt": _("Adopted from source"),
}

LATE_ENTRY = pgettext_lazy("activity", "Late entry")


def in_chinese() -> bool:
    """Say whether the page is read in Chinese."""
    return (get_language() or "zh").startswith("zh")


def kind_label(code: str) -> str:
    """Name a kind in the reader's language; an unknown word stands as it is."""
    row = kinds.KINDS.get(code)
    if row is None:
        return code
    return row.zh if in_chinese() else row.en


def unit_label(code: str) -> str:
    """Name the unit of an activity kind; nothing where it has none."""
    row = kinds.KINDS.get(code)
    unit = kinds.UNITS.get(row.unit) if row else None
    return "" if unit is None else (unit.zh if in_chinese() else unit.en)


YES = pgettext_lazy("a fact", "Yes")
NO = pgettext_lazy("a fact", "No")
