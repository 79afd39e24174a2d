"""How people speak of the ledger: states and moves of its records, levels, standings, refusals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger.domain import kinds
from lianti.contexts.ledger.domain.due import Per, Standing
from lianti.contexts.ledger.domain.levels import Level
from lianti.contexts.ledger.domain.verifying import Refusal
from lianti.contexts.ledger.states import AccountState, EntryState, LinkState, PrintState, PublicationState, SheetState
from lianti.contexts.papers.queries import (
    PaperFacts,
    PaperKind,
    PaperRows,
    PaperTable,
    PaperText,
    Placeholder,
    SealPlaces,
)
from lianti.lib.errors import Sentence
from lianti.lib.web.parts import Tone
from lianti.lib.web.templatetags.web import quantity
from lianti.records.cells import State
from lianti.records.words import Say, Words

VERIFY = _("Verify")


def _beside(story: Sentence) -> Say:
    """Return the words of a move that is part of another: no page offers it by itself."""
    return Say(story=story, button=story)


@dataclass(frozen=True)
class EntryWords(Words):
    """Quantities without idle zeros; an entry that is corrected by the end of its id."""

    def __hash__(self) -> int:
        return id(self)

    def fact(self, name: str, value: Any) -> tuple[Sentence, str] | None:
        """Return a fact of a story with its label; None when it is empty or not for people."""
        if value and name == "quantity":
            value = quantity(value)
        return super().fact(name, str(value)[-8:] if value and name == "corrects" else value)


ENTRY = EntryWords(
    one=_("Entry"),
    many=_("Help given"),
    states={
        EntryState.DECLARED: (pgettext_lazy("entry state", "Declared"), "waiting"),
        EntryState.RETURNED: (pgettext_lazy("entry state", "Returned for completion"), "moving"),
        EntryState.COUNTED: (pgettext_lazy("entry state", "Counted"), "done"),
        EntryState.OBJECTED: (pgettext_lazy("entry state", "Objected"), "late"),
        EntryState.SETTLED: (pgettext_lazy("entry state", "Settled"), "done"),
        EntryState.WITHDRAWN: (pgettext_lazy("entry state", "Withdrawn"), "stopped"),
    },
    moves={
        "declare": Say(story=pgettext_lazy("entry state", "Declared")),
        "correct": Say(
            button=_("Correct"),
            story=_("Correction declared"),
            done=_("The correction is declared and waits for verification."),
        ),
        "verify": Say(button=VERIFY, story=_("Verified online"), done=_("Verified.")),
        "acknowledge": _beside(_("Verified by both sides' moves")),
        "confirm_on_paper": _beside(_("Confirmed on paper")),
        "lower_on_paper": _beside(_("Confirmed on paper with a lower quantity")),
        "confirm_by_link": _beside(_("Confirmed by a link whose code the giving side saw: as on paper")),
        "lower_by_link": _beside(
            _("Confirmed with a lower quantity by a link whose code the giving side saw: as on paper")
        ),
        "return_on_paper": _beside(_("Crossed out on paper")),
        "lower": Say(
            button=_("Lower the quantity"),
            story=_("Verified with a lower quantity"),
            done=_("Verified with the lower quantity; it counts at once."),
            notice=_("Your entry of %(day)s counts with %(quantity)s instead of %(declared)s."),
        ),
        "return_": Say(
            button=_("Return for completion"),
            story=_("Returned for completion"),
            done=_("Returned to who declared it."),
            notice=_("Your entry of %(day)s was returned for completion."),
        ),
        "redeclare": Say(
            button=_("Declare again"), again=_("Mend"), story=_("Declared again"), done=_("Declared again.")
        ),
        "withdraw": Say(
            button=_("Withdraw"),
            story=pgettext_lazy("move", "Withdrawn"),
            done=_("Withdrawn; it counts nowhere."),
            ask=_("Withdraw this entry? It will count nowhere."),
        ),
        "object_": Say(
            button=_("Object"),
            story=_("Objection raised"),
            done=_("Your objection stands; meanwhile the lower figure counts."),
            notice=_("An objection was raised to the lower quantity of the entry of %(day)s."),
        ),
        "settle": Say(
            button=_("Settle"),
            story=pgettext_lazy("move", "Settled"),
            done=_("Settled."),
            notice=_("The objection to the entry of %(day)s was settled at %(quantity)s."),
        ),
        "refer": Say(
            button=_("Lay before the authority"),
            story=_("Laid before the authority"),
            done=_("Laid before the authority."),
            notice=_("The objection to the entry of %(day)s was laid before you."),
        ),
        "name_account": Say(
            button=_("Name an account"), story=_("Account named"), done=_("The entry now counts for this account too.")
        ),
        "draw": Say(
            button=_("Draw for a spot check"),
            story=_("Drawn for a spot check"),
            done=_("Drawn for a spot check."),
            ask=_("Draw this entry for a spot check?"),
        ),
        "pass_check": Say(
            button=_("The spot check passes"),
            story=_("Spot check passed"),
            done=_("Judged: the entry is spot-checked."),
        ),
        "fail_check": Say(
            button=_("The spot check fails"),
            story=_("Correction from a spot check"),
            done=_("Judged: a correction takes away what was not found."),
        ),
        "note_check": _beside(_("Spot check passed after the month was closed; the level stays")),
        "settle_rest": _beside(_("Correction from settling after the month was closed")),
        "follow": _beside(_("Rose with the entry that it corrects")),
        "carry_over": _beside(_("Carried over to the open month")),
    },
    turns={
        "ledger.redeclare": _("Complete the returned entry"),
        "ledger.settle": _("Settle the objection"),
        "ledger.judge": _("Judge the spot check"),
    },
    facts={"quantity": _("Quantity"), "day": _("Day"), "sheet": _("Sheet"), "corrects": _("Entry")},
)
ACCOUNT = Words(
    one=_("Account"),
    many=_("What is owed"),
    states={
        AccountState.OPEN: (pgettext_lazy("account state", "Open"), "moving"),
        AccountState.CLOSED: (pgettext_lazy("account state", "Closed"), "stopped"),
    },
    moves={
        "open_account": Say(story=_("Account opened")),
        "redate_account": _beside(_("Dates changed")),
        "correct_account": _beside(_("What is owed was corrected")),
        "close_account": _beside(_("Account closed")),
    },
)
TOGETHER = _("Verify month sheets together")
SHEET = Words(
    one=_("Month sheet"),
    many=_("Month sheets"),
    states={SheetState.KEPT: (pgettext_lazy("sheet state", "Kept"), "moving")},
    moves={
        "open_sheet": Say(story=_("Sheet begun")),
        "verify_sheet": Say(
            button=VERIFY, story=_("Sheet verified"), notice=_("%(where)s verified a month sheet of %(month)s.")
        ),
    },
    turns={"ledger.verify_sheet": _("Verify the month sheet")},
)
PRINT = Words(
    one=_("Month sheet"),
    many=_("Month sheets"),
    states={
        PrintState.PRINTED: (pgettext_lazy("print state", "Printed, not yet confirmed"), "waiting"),
        PrintState.CONFIRMED: (pgettext_lazy("print state", "Confirmed with the seal"), "done"),
    },
    moves={
        "print_sheet": Say(button=_("Print the sheet"), story=_("Sheet printed")),
        "confirm_scan": Say(
            button=_("Book the scan"), story=_("Scan booked"), notice=_("The scan of sheet %(number)s was booked.")
        ),
    },
)
LINK = Words(
    one=_("One-time link"),
    many=_("One-time links"),
    states={
        LinkState.OPEN: (pgettext_lazy("link state", "Open"), "waiting"),
        LinkState.USED: (pgettext_lazy("link state", "Used"), "done"),
        LinkState.WITHDRAWN: (pgettext_lazy("link state", "Withdrawn"), "stopped"),
    },
    moves={
        "make_link": Say(button=_("Make a one-time link"), story=_("Make a one-time link")),
        "use_link": Say(
            button=_("Link used"),
            story=_("Link used"),
            notice=_("The one-time link to the sheet of %(month)s was used."),
        ),
        "withdraw_link": _beside(_("Withdraw the link")),
    },
)
PUBLICATION = Words(
    one=_("Published sums"),
    many=_("Published sums"),
    states={PublicationState.PUBLISHED: (pgettext_lazy("publication state", "Published"), "done")},
    moves={
        "publish_month": Say(
            story=pgettext_lazy("publication state", "Published"),
            notice=_("The sums of %(month)s were published to you."),
        )
    },
)
LEVELS: dict[Level, Promise] = {
    Level.DECLARED: pgettext_lazy("level", "Declared"),
    Level.PAPER: pgettext_lazy("level", "Confirmed on paper"),
    Level.ONLINE: pgettext_lazy("level", "Verified online"),
    Level.SPOT: pgettext_lazy("level", "Spot-checked"),
}
FROM_LEVEL: dict[Level, Promise] = {
    Level.PAPER: pgettext_lazy("level", "On paper or surer"),
    Level.ONLINE: pgettext_lazy("level", "Online or surer"),
}
STANDINGS: dict[Standing, tuple[Sentence, Tone]] = {
    Standing.NO_AMOUNT: (_("No amount agreed"), "moving"),
    Standing.ON_COURSE: (pgettext_lazy("standing of a promise", "On course"), "moving"),
    Standing.BEHIND: (pgettext_lazy("standing of a promise", "Behind"), "waiting"),
    Standing.FULFILLED: (pgettext_lazy("standing of a promise", "Fulfilled"), "done"),
    Standing.LATE: (pgettext_lazy("standing of a promise", "Late"), "late"),
}
PERIODS: dict[str, Promise] = {
    Per.MONTH: _("a month"),
    Per.QUARTER: _("a quarter"),
    Per.YEAR: _("a year"),
    Per.ONCE: _("in all"),
}
VIA: dict[str, Promise] = {
    "link": pgettext_lazy("verified", "by one-time link"),
    "link_giver": pgettext_lazy("verified", "by one-time link, its code seen by the giving side"),
    "both_sides": pgettext_lazy("verified", "by both sides' moves"),
}
REFUSALS: dict[Refusal, Promise] = {
    Refusal.OTHER_SIDE: _("Only the receiving institution verifies."),
    Refusal.UNKNOWN_PERSON: _(
        "Your sign-in is tied to no person in the directory, so it cannot be seen whose side you are on."
        " Your coordinator can tie it."
    ),
    Refusal.OWN_DECLARATION: _("Who declared an entry does not verify it."),
    Refusal.AMONG_PEOPLE: _("You are among the people of this entry, so somebody else verifies it."),
    Refusal.EMPLOYED_BY_GIVER: _("You are employed by the giving institution, so somebody else verifies this."),
    Refusal.SAME_GROUP: _("You belong to the same batch as the people of this entry, so somebody else verifies it."),
    Refusal.SAME_HAND: _(
        "Within seven days somebody who has a part in this entry was shown a code of yours or changed your phone"
        " number, or you theirs: so long you count as one hand, and somebody else verifies it."
    ),
    Refusal.SAME_PERSON: _(
        "Somebody of your name or phone stands in the directory a second time and has a part in this, and nobody has"
        " settled that it is another person: so long the two count as one, and somebody else verifies it."
    ),
    Refusal.BELOW_ZERO: _("This correction would bring the entry that it corrects below zero."),
}
SIGNATORY: dict[Refusal, Promise] = {
    Refusal.AMONG_PEOPLE: _("This person is among the people of the sheet, so somebody else signs."),
    Refusal.EMPLOYED_BY_GIVER: _("This person is employed by the giving institution, so somebody else signs."),
    Refusal.OWN_DECLARATION: _("This person declared an entry of the sheet, so somebody else signs."),
    Refusal.SAME_GROUP: _("This person belongs to the same batch as the people of the sheet, so somebody else signs."),
    Refusal.SAME_PERSON: _(
        "This person stands in the directory a second time and has a part in this, and nobody has settled that it is"
        " another person, so somebody else signs."
    ),
}
NOBODY = _("Nobody named")


def standing(code: Standing) -> State:
    """Return how a promise stands, in the reader's language."""
    word, tone = STANDINGS[code]
    return State(code, str(word), tone)


def entry_state(code: str, *, overdue: bool) -> State:
    """Return an entry's state; one that nobody verified in time says so."""
    plain, late = ENTRY.state(code), gettext("overdue")
    return State(code, f"{plain.word} · {late}", "late") if overdue else plain


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


def kind_names() -> dict[str, Sentence]:
    """Return the name of every kind by code."""
    return {code: kind_name(code) for code in kinds.KINDS}


MONTH_SHEET = "month-sheet"
CONFIRM_BY = "ledger:by_number"  # where a phone comes to by the picture: its scan is booked there
_KIND = Placeholder("kind", _("What"), "教学查房")
_UNIT = Placeholder("unit", pgettext_lazy("papers", "Unit"), "次")
_SUMMED = (
    _KIND,
    Placeholder("declared", pgettext_lazy("sheet", "Declared"), "6"),
    Placeholder("counted", pgettext_lazy("sheet", "Counted"), "4"),
    _UNIT,
)
SUPPLEMENTARY = _("Supplementary sheet")
SEAL_LINES = _("Handled by:\nDate:"), _("Signed by:\nDate:")
SHEET_PAPER = PaperKind(
    MONTH_SHEET,
    (_("Month sheet of help given"),),
    (
        Placeholder("name", pgettext_lazy("papers", "Name"), "王晓明"),
        Placeholder("month", _("Month"), "2026-11"),
        Placeholder("giver", _("Giving institution"), "云岭省人民医院"),
        Placeholder("receiver", _("Receiving institution"), "石舟县人民医院"),
        Placeholder("supplement", SUPPLEMENTARY, "补充月表"),
        Placeholder("giver_seal", _("Giving institution (seal)"), "云岭省人民医院"),
        Placeholder("receiver_seal", _("Receiving institution (seal)"), "石舟县人民医院"),
    ),
    (
        PaperText("%(supplement)s"),
        PaperFacts(("giver", "receiver", "name", "month")),
        PaperTable("lines"),
        PaperTable("sums"),
        PaperTable("work", if_any=True),
        PaperTable("attendance", if_any=True),
        SealPlaces(("giver_seal", "receiver_seal")),
    ),
    (
        PaperRows(
            "lines",
            _("Entries"),
            (
                Placeholder("day", _("Day"), "2026-11-03"),
                _KIND,
                Placeholder("quantity", pgettext_lazy("papers", "Quantity"), "2"),
                _UNIT,
                Placeholder("share", _("Own share"), "1"),
                Placeholder("note", pgettext_lazy("papers", "Remark"), "心内科疑难病例查房"),
                Placeholder("confirmed", _("Confirmed"), "线上核实"),
            ),
        ),
        PaperRows("sums", _("Sums of own shares"), _SUMMED),
        PaperRows("work", _("Workload of the month between the two, on all sheets"), _SUMMED),
        PaperRows(
            "attendance",
            _("Attendance of the month at the receiving institution"),
            (
                Placeholder("mark", _("Attendance mark"), "在岗"),
                Placeholder("days", pgettext_lazy("papers", "Days"), "21"),
            ),
        ),
    ),
    series="MS",
    phone=CONFIRM_BY,
    page_lines=36,
)
