"""Words of the ledger for people: states, levels, refusals, moves."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger.domain import kinds
from lianti.contexts.ledger.domain.due import Per, Standing
from lianti.contexts.ledger.domain.levels import Level
from lianti.contexts.ledger.domain.verifying import Refusal
from lianti.contexts.ledger.states import (
    AccountState,
    CheckState,
    ClosingState,
    EntryState,
    LinkState,
    PrintState,
    PublicationState,
    SheetState,
)

Words = dict[str, Promise]

STATES: Words = {
    EntryState.DECLARED: pgettext_lazy("entry state", "Declared"),
    EntryState.RETURNED: pgettext_lazy("entry state", "Returned for completion"),
    EntryState.COUNTED: pgettext_lazy("entry state", "Counted"),
    EntryState.OBJECTED: pgettext_lazy("entry state", "Objected"),
    EntryState.SETTLED: pgettext_lazy("entry state", "Settled"),
    EntryState.WITHDRAWN: pgettext_lazy("entry state", "Withdrawn"),
}
TONES: dict[str, str] = {
    EntryState.DECLARED: "waiting",
    EntryState.RETURNED: "moving",
    EntryState.COUNTED: "done",
    EntryState.OBJECTED: "late",
    EntryState.SETTLED: "done",
    EntryState.WITHDRAWN: "stopped",
}
ACCOUNT_STATES: Words = {
    AccountState.OPEN: pgettext_lazy("account state", "Open"),
    AccountState.CLOSED: pgettext_lazy("account state", "Closed"),
}
SHEET_STATES: Words = {SheetState.KEPT: pgettext_lazy("sheet state", "Kept")}
PRINT_STATES: Words = {
    PrintState.PRINTED: pgettext_lazy("print state", "Printed, not yet confirmed"),
    PrintState.CONFIRMED: pgettext_lazy("print state", "Confirmed with the seal"),
}
LINK_STATES: Words = {
    LinkState.OPEN: pgettext_lazy("link state", "Open"),
    LinkState.USED: pgettext_lazy("link state", "Used"),
    LinkState.WITHDRAWN: pgettext_lazy("link state", "Withdrawn"),
}
CLOSING_STATES: Words = {
    ClosingState.PROPOSED: pgettext_lazy("closing state", "Closing proposed"),
    ClosingState.CLOSED: pgettext_lazy("closing state", "Closed"),
    ClosingState.REOPENING: pgettext_lazy("closing state", "Reopening proposed"),
    ClosingState.REOPENED: pgettext_lazy("closing state", "Reopened"),
}
CHECK_STATES: Words = {
    CheckState.DRAWN: pgettext_lazy("check state", "Drawn"),
    CheckState.PASSED: pgettext_lazy("check state", "Passed"),
    CheckState.FAILED: pgettext_lazy("check state", "Failed"),
}
PUBLICATION_STATES: Words = {PublicationState.PUBLISHED: pgettext_lazy("publication state", "Published")}

LEVELS: dict[Level, Promise] = {
    Level.DECLARED: pgettext_lazy("level", "Declared"),
    Level.PAPER: pgettext_lazy("level", "Confirmed on paper"),
    Level.ONLINE: pgettext_lazy("level", "Verified online"),
    Level.SPOT: pgettext_lazy("level", "Spot-checked"),
}
STANDINGS: Words = {
    Standing.NO_AMOUNT: _("No amount agreed"),
    Standing.ON_COURSE: pgettext_lazy("standing of a promise", "On course"),
    Standing.BEHIND: pgettext_lazy("standing of a promise", "Behind"),
    Standing.FULFILLED: pgettext_lazy("standing of a promise", "Fulfilled"),
    Standing.LATE: pgettext_lazy("standing of a promise", "Late"),
}
STANDING_TONES: dict[str, str] = {
    Standing.NO_AMOUNT: "moving",
    Standing.ON_COURSE: "moving",
    Standing.BEHIND: "waiting",
    Standing.FULFILLED: "done",
    Standing.LATE: "late",
}
PERIODS: Words = {Per.MONTH: _("a month"), Per.QUARTER: _("a quarter"), Per.YEAR: _("a year"), Per.ONCE: _("in all")}
VIA: Words = {
    "online": pgettext_lazy("verified", "online"),
    "link": pgettext_lazy("verified", "by one-time link"),
    "paper": pgettext_lazy("verified", "on paper"),
    "both_sides": pgettext_lazy("verified", "by both sides' moves"),
    "check": pgettext_lazy("verified", "by spot check"),
}
REFUSALS: Words = {
    Refusal.OTHER_SIDE: _("Only the receiving institution verifies."),
    Refusal.UNKNOWN_PERSON: _(
        "Your sign-in is tied to no person in the directory, so it cannot be seen whose side you are on."
        " Your coordinator can tie it."
    ),
    Refusal.OWN_DECLARATION: _("Who declared an entry does not verify it."),
    Refusal.AMONG_PEOPLE: _("You are among the people of this entry, so somebody else verifies it."),
    Refusal.EMPLOYED_BY_GIVER: _("You are employed by the giving institution, so somebody else verifies this."),
    Refusal.SAME_GROUP: _("You belong to the same batch as the people of this entry, so somebody else verifies it."),
}
SIGNATORY: Words = {
    Refusal.AMONG_PEOPLE: _("This person is among the people of the sheet, so somebody else signs."),
    Refusal.EMPLOYED_BY_GIVER: _("This person is employed by the giving institution, so somebody else signs."),
    Refusal.OWN_DECLARATION: _("This person declared an entry of the sheet, so somebody else signs."),
    Refusal.SAME_GROUP: _("This person belongs to the same batch as the people of the sheet, so somebody else signs."),
}
# Moves as buttons, and as they stand in the story.
MOVES: Words = {
    "declare": _("Declare"),
    "correct": _("Correct"),
    "verify": _("Verify"),
    "acknowledge": _("Verified by both sides' moves"),
    "confirm_on_paper": _("Confirmed on paper"),
    "lower_on_paper": _("Confirmed on paper with a lower quantity"),
    "return_on_paper": _("Crossed out on paper"),
    "lower": _("Lower the quantity"),
    "return_": _("Return for completion"),
    "redeclare": _("Declare again"),
    "withdraw": _("Withdraw"),
    "object_": _("Object"),
    "settle": _("Settle"),
    "refer": _("Lay before the authority"),
    "name_account": _("Name an account"),
    "draw": _("Drawn for a spot check"),
    "pass_check": _("Spot check passed"),
    "fail_check": _("Correction from a spot check"),
    "carry_over": _("Carried over to the open month"),
    "adopt": _("Taken over from a source"),
    "open_account": _("Account opened"),
    "redate_account": _("Dates changed"),
    "close_account": _("Account closed"),
    "open_sheet": _("Sheet begun"),
    "verify_sheet": _("Sheet verified"),
    "print_sheet": _("Print the sheet"),
    "confirm_scan": _("Book the scan"),
    "make_link": _("Make a one-time link"),
    "use_link": _("Link used"),
    "withdraw_link": _("Withdraw the link"),
}
# Where the button says something else than the move's name, by state ('': any).
_AS_BUTTON: dict[tuple[str, str], Promise] = {
    ("redeclare", "declared"): _("Mend"),
    ("draw", ""): _("Draw for a spot check"),
    ("pass_check", ""): _("The spot check passes"),
    ("fail_check", ""): _("The spot check fails"),
}
# The same moves as they stand in the story.
STORY: Words = {
    **MOVES,
    "declare": _("Declared"),
    "correct": _("Correction declared"),
    "verify": _("Verified online"),
    "lower": _("Verified with a lower quantity"),
    "return_": _("Returned for completion"),
    "redeclare": _("Declared again"),
    "withdraw": pgettext_lazy("move", "Withdrawn"),
    "object_": _("Objection raised"),
    "settle": pgettext_lazy("move", "Settled"),
    "refer": _("Laid before the authority"),
    "name_account": _("Account named"),
    "print_sheet": _("Sheet printed"),
    "confirm_scan": _("Scan booked"),
}
DONE: Words = {
    "verify": _("Verified."),
    "lower": _("Verified with the lower quantity; it counts at once."),
    "return_": _("Returned to who declared it."),
    "redeclare": _("Declared again."),
    "withdraw": _("Withdrawn; it counts nowhere."),
    "object_": _("Your objection stands; meanwhile the lower figure counts."),
    "settle": _("Settled."),
    "refer": _("Laid before the authority."),
    "correct": _("The correction is declared and waits for verification."),
    "name_account": _("The entry now counts for this account too."),
    "draw": _("Drawn for a spot check."),
    "pass_check": _("Judged: the entry is spot-checked."),
    "fail_check": _("Judged: a correction takes away what was not found."),
}
# Notices: the text of a line in the inbox.
NOTICES: Words = {
    "ledger.entry.lowered": _("Your entry of %(day)s counts with %(quantity)s instead of %(declared)s."),
    "ledger.entry.returned": _("Your entry of %(day)s was returned for completion."),
    "ledger.entry.objected": _("An objection was raised to the lower quantity of the entry of %(day)s."),
    "ledger.entry.referred": _("The objection to the entry of %(day)s was laid before you."),
    "ledger.entry.settled": _("The objection to the entry of %(day)s was settled at %(quantity)s."),
    "ledger.sheet.verified": _("%(where)s verified a month sheet of %(month)s."),
    "ledger.print.confirmed": _("The scan of sheet %(number)s was booked."),
    "ledger.link.used": _("The one-time link to the sheet of %(month)s was used."),
    "ledger.published": _("The sums of %(month)s were published to you."),
}
# What waits on the to-do list.
VERBS: Words = {
    "ledger.verify_sheet": _("Verify the month sheet"),
    "ledger.redeclare": _("Complete the returned entry"),
    "ledger.settle": _("Settle the objection"),
    "ledger.judge": _("Judge the spot check"),
}


def move_label(name: str, state: str) -> Promise:
    """Give the words of a move's button in this state."""
    return _AS_BUTTON.get((name, state)) or _AS_BUTTON.get((name, "")) or MOVES[name]


def in_chinese() -> bool:
    """Say whether the reader's language is Chinese."""
    return (get_language() or "zh").startswith("zh")


def kind_name(code: str) -> str:
    """Name a kind in the reader's language; an unknown code stands for itself."""
    row = kinds.KINDS.get(code)
    return code if row is None else row.zh if in_chinese() else row.en


def unit_name(code: str) -> str:
    """Name a unit in the reader's language."""
    unit = kinds.UNITS.get(code)
    return code if unit is None else unit.zh if in_chinese() else unit.en
