"""How people speak of the month's grid."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch.domain.counting import Mark
from lianti.contexts.dispatch.domain.grid import LETTERS, Origin
from lianti.contexts.dispatch.states import AttendanceState
from lianti.contexts.dispatch.words.sending import LEAVES
from lianti.lib.errors import Sentence
from lianti.records.words import Say, Words

ATTENDANCE = Words(
    one=_("Attendance sheet"),
    many=_("Monthly attendance"),
    states={
        AttendanceState.OPEN: (pgettext_lazy("attendance state", "Being kept"), "moving"),
        AttendanceState.SUBMITTED: (pgettext_lazy("attendance state", "Handed in"), "waiting"),
        AttendanceState.CONFIRMED: (pgettext_lazy("attendance state", "Sealed by the receiving side"), "waiting"),
        AttendanceState.SEALED: (pgettext_lazy("attendance state", "Sealed by both"), "done"),
        AttendanceState.REPORTED: (pgettext_lazy("attendance state", "As a source tells, not verified"), "moving"),
        AttendanceState.DROPPED: (pgettext_lazy("attendance state", "Given up"), "stopped"),
    },
    moves={
        "begin": Say(_("Attendance sheet begun"), _("The sheet is begun.")),
        "supplement": Say(
            _("Supplementary sheet begun"),
            _("Begun. Mark what is different, each with its reason."),
            _("Supplement to the sheet"),
        ),
        "mark": Say(_("Attendance marked"), _("Marked."), _("Type or paste marks")),
        "submit": Say(_("Sheet handed in"), _("Handed in to the office."), _("Hand in")),
        "confirm": Say(
            _("Sealed by the receiving institution"),
            _("Sealed. The sending institution has it on its to-do list."),
            _("Seal for the receiving institution"),
            notice=_("%(who)s sealed the attendance of %(title)s"),
            ask=_("From now on nothing is changed on this sheet. Seal it?"),
        ),
        "book_seal": Say(
            _("Seal of the receiving institution booked from paper"),
            _("Booked, with its scan. Somebody else seals for the sending institution."),
            _("Book the seal on paper"),
        ),
        "seal": Say(
            _("Sealed by the sending institution"),
            _("Sealed by both. The days are declared to the ledger."),
            _("Seal for the sending institution"),
            notice=_("%(who)s sealed the attendance of %(title)s as well"),
            ask=_("Everybody's days are declared to the ledger. Seal it?"),
        ),
        "send_back": Say(
            pgettext_lazy("move of attendance", "Returned"),
            _("Returned to whoever keeps it, with the reason."),
            pgettext_lazy("move of attendance", "Return"),
            notice=_("%(who)s returned the attendance of %(title)s"),
        ),
        "drop_sheet": Say(_("Sheet given up"), _("Given up, with the reason."), _("Give this sheet up")),
    },
    turns={
        "dispatch.keep_month": _("Complete the month's attendance and hand it in"),
        "dispatch.confirm_month": _("Check and seal the month's attendance"),
        "dispatch.book_month": _("Have the month's print stamped, and book its scan"),
        "dispatch.seal_month": _("Check and seal the month's attendance"),
    },
    facts={
        "marks": pgettext_lazy("attendance", "Marks"),
        "signatory": pgettext_lazy("certificate", "Who signed"),
        "imported": _("Imported marks"),
        "by_hand": _("Not declared again, since somebody declared them by hand"),
    },
)
ATTENDANCE_SHOWN: dict[str, Sentence] = {
    "open": pgettext_lazy("attendance shown", "Not sealed yet"),
    "sealed": pgettext_lazy("attendance shown", "Sealed"),
    "all": pgettext_lazy("attendance shown", "All"),
}
ORIGINS: dict[str, Sentence] = {
    Origin.DEFAULT: "",
    Origin.TYPED: pgettext_lazy("whence a mark is", "typed"),
    Origin.IMPORTED: pgettext_lazy("whence a mark is", "imported"),
    Origin.LEAVE: pgettext_lazy("whence a mark is", "by leave"),
}
MARKS: dict[str, Sentence] = {
    Mark.PRESENT: pgettext_lazy("attendance", "Present"),
    Mark.NIGHT: pgettext_lazy("attendance", "Night duty"),
    Mark.REST: pgettext_lazy("attendance", "Rest"),
    Mark.BUSINESS: pgettext_lazy("kind of leave", "Business for the receiving hospital"),
    Mark.TRAINING: pgettext_lazy("kind of leave", "Training"),
    Mark.CALLED_HOME: pgettext_lazy("kind of leave", "Called home"),
    Mark.LATE: pgettext_lazy("attendance", "Late"),
    Mark.EARLY: pgettext_lazy("attendance", "Left early"),
    Mark.ABSENT: pgettext_lazy("attendance", "Absent without leave"),
    Mark.LEAVE: _("Leave of absence"),
}
# What stands in a cell: in Chinese the signs of every attendance sheet.
SIGNS: dict[str, Sentence] = {
    "v": pgettext_lazy("sign in the grid", "√"),
    "n": pgettext_lazy("sign in the grid", "△"),
    "o": pgettext_lazy("sign in the grid", "○"),
    "b": pgettext_lazy("sign in the grid", "Bu"),
    "t": pgettext_lazy("sign in the grid", "Tr"),
    "h": pgettext_lazy("sign in the grid", "Ho"),
    "l": pgettext_lazy("sign in the grid", "La"),
    "e": pgettext_lazy("sign in the grid", "Ea"),
    "x": pgettext_lazy("sign in the grid", "Ab"),
    "p": pgettext_lazy("sign in the grid", "Pe"),
    "s": pgettext_lazy("sign in the grid", "Si"),
    "a": pgettext_lazy("sign in the grid", "An"),
    "m": pgettext_lazy("sign in the grid", "Ma"),
    "w": pgettext_lazy("sign in the grid", "We"),
    "d": pgettext_lazy("sign in the grid", "Be"),
    "f": pgettext_lazy("sign in the grid", "Fa"),
}
LEAVE_SIGN = pgettext_lazy("sign in the grid", "Lv")


def letter_word(letter: str) -> Sentence:
    """Return what a letter of the grid means."""
    mark, leave = LETTERS[letter]
    return LEAVES[leave] if leave else MARKS[mark]
