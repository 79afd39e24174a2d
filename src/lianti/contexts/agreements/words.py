"""How people speak of what was promised: agreements, promises and goals, and the few words beside them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.agreements.states import AgreementState, CommitmentState, GoalState, Period
from lianti.lib.errors import Sentence
from lianti.lib.web.parts import Tone
from lianti.records.words import Say, Words

AGREEMENT = Words(
    one=_("Agreement"),
    many=_("Agreements"),
    states={
        AgreementState.DRAFT: (pgettext_lazy("agreement state", "Draft"), "waiting"),
        AgreementState.AGREED: (pgettext_lazy("agreement state", "Agreed, not signed"), "moving"),
        AgreementState.SIGNED: (pgettext_lazy("agreement state", "Signed"), "moving"),
        AgreementState.IN_FORCE: (pgettext_lazy("agreement state", "In force"), "done"),
        AgreementState.ENDED: (pgettext_lazy("agreement state", "Ended"), "stopped"),
    },
    moves={
        "draft": Say(
            story=_("Draft written"),
            done=_("Draft kept. The other parties have it on their to-do lists."),
            notice=_("%(who)s wrote a draft agreement: %(title)s"),
        ),
        "edit": Say(button=_("Change the draft"), story=_("Draft changed"), done=_("Draft changed.")),
        "agree": Say(
            button=_("The parties agree"),
            story=_("The parties agreed"),
            done=_("Booked: the parties agree."),
            notice=_("%(who)s booked that the parties agree: %(title)s"),
        ),
        "reopen": Say(button=_("Back to a draft"), story=_("Taken back to a draft"), done=_("Back to a draft.")),
        "sign": Say(
            button=_("Book the signing"),
            story=pgettext_lazy("move", "Signed"),
            done=_("Signing booked."),
            notice=_("%(who)s booked the signing of: %(title)s"),
        ),
        "put_in_force": Say(
            button=_("Put the agreement in force"),
            story=pgettext_lazy("move", "In force"),
            done=_("In force. Every promise has its account in the ledger."),
            notice=_("%(who)s put in force: %(title)s"),
        ),
        "correct": Say(
            button=_("Correct the agreement"),
            story=_("Agreement corrected"),
            done=_("Corrected. The other parties were told."),
            notice=_("%(who)s corrected: %(title)s"),
            ask=_("For what was written down wrongly. What the parties agreed anew is an agreement of its own."),
        ),
        "correct_signing": Say(button=_("Correct the signing date"), story=_("Signing date corrected")),
        "attach": Say(button=_("Add a scan or file"), story=_("File added"), done=_("File added.")),
        "file": Say(
            button=_("Book the filing"),
            story=_("Filed"),
            done=_("Filing booked."),
            notice=_("%(who)s booked the filing of: %(title)s"),
        ),
        "end": Say(
            button=_("End the agreement"),
            story=_("Ended"),
            done=_("Ended. The accounts of its promises take no more."),
            notice=_("%(who)s ended: %(title)s"),
            ask=_("The accounts of its promises take nothing more from today on. Give the reason."),
        ),
    },
    turns={
        "agreements.agree": _("Agree on the draft, or say what is missing"),
        "agreements.sign": _("Bring the agreement to signature"),
        "agreements.put_in_force": _("Put the agreement in force"),
    },
    facts={
        "signed_date": _("Signed on"),
        "duties": _("Signed by (duty)"),
        "from": _("From"),
        "to": _("To"),
        "filed_to": _("Filed with"),
        "files": _("Files"),
        "title_before": _("Title before"),
        "from_before": _("First day before"),
        "to_before": _("Last day before"),
    },
)
ENTERED = _("Entered. Every promise has its account in the ledger.")

PROMISE = Words(
    one=_("Promise"),
    many=_("Promises"),
    states={
        CommitmentState.PROPOSED: (pgettext_lazy("commitment state", "Proposed"), "waiting"),
        CommitmentState.IN_FORCE: (pgettext_lazy("commitment state", "In force"), "done"),
        CommitmentState.ENDED: (pgettext_lazy("commitment state", "Ended"), "stopped"),
    },
    moves={
        "promise": Say(story=_("Promise written down"), done=_("Promise written down.")),
        "edit": Say(button=_("Change the promise"), story=_("Promise changed"), done=_("Promise changed.")),
        "correct": Say(
            button=_("Correct the promise"),
            story=_("Promise corrected"),
            done=_("Promise corrected. What was done counts by it now."),
            notice=_("%(who)s corrected the promise: %(title)s"),
            ask=_("For what was written down wrongly: it counts as if it had been so from the first day."),
        ),
        "open": Say(button=_("Put the promise in force"), story=pgettext_lazy("move", "In force")),
        "close": Say(
            button=_("End this promise"),
            story=_("Ended"),
            done=_("Promise ended."),
            ask=_("Its account takes nothing more from today on."),
        ),
    },
    facts={"before": _("What it said before")},
)

GOAL = Words(
    one=_("Goal"),
    many=_("Goals"),
    states={
        GoalState.SET: (pgettext_lazy("goal state", "Set"), "moving"),
        GoalState.REACHED: (pgettext_lazy("goal state", "Reached"), "done"),
        GoalState.DROPPED: (pgettext_lazy("goal state", "Given up"), "stopped"),
    },
    moves={
        "set": Say(story=_("Goal set"), done=_("Goal set.")),
        "reach": Say(button=_("Book that the goal is reached"), story=_("Goal reached"), done=_("Goal reached.")),
        "drop": Say(button=_("Give the goal up"), story=_("Goal given up"), done=_("Goal given up.")),
    },
)

# The kinds that sources use; the list is open, an unknown word stands as it is.
GOAL_KINDS: dict[str, Sentence] = {
    "accreditation": pgettext_lazy("kind of goal", "Accreditation"),
    "capability_framework": pgettext_lazy("kind of goal", "Capability framework"),
    "specialty": pgettext_lazy("kind of goal", "Specialty"),
    "patient_benefit": pgettext_lazy("kind of goal", "Benefit for patients"),
    "retention": pgettext_lazy("kind of goal", "Serious illness treated in the county"),
    "tiered_care": pgettext_lazy("kind of goal", "Tiered care"),
}

PERIODS: dict[str, Sentence] = {
    Period.MONTH: pgettext_lazy("period of a commitment", "a month"),
    Period.QUARTER: pgettext_lazy("period of a commitment", "a quarter"),
    Period.YEAR: pgettext_lazy("period of a commitment", "a year"),
    Period.ONCE: pgettext_lazy("period of a commitment", "in all"),
}

FORMS: dict[str, Sentence] = {
    "agreement": pgettext_lazy("form of a paper", "Agreement"),
    "charter": pgettext_lazy("form of a paper", "Charter"),
    "responsibility_letter": pgettext_lazy("form of a paper", "Responsibility letter"),
    "service_contract": pgettext_lazy("form of a paper", "Service contract"),
    "memorandum": pgettext_lazy("form of a paper", "Memorandum"),
}

CLAUSES: dict[str, Any] = {
    "scope": pgettext_lazy("clause", "Scope"),
    "lead_duties": pgettext_lazy("clause", "Duties of the lead or supporting side"),
    "member_duties": pgettext_lazy("clause", "Duties of the member or supported side"),
    "personnel": pgettext_lazy("clause", "Personnel: numbers, title level, months"),
    "referral": pgettext_lazy("clause", "Referral: slots, beds, response time"),
    "remote": pgettext_lazy("clause", "Remote care: items, hours, fee and its split"),
    "training": pgettext_lazy("clause", "Training places"),
    "shared_centres": pgettext_lazy("clause", "Shared centres"),
    "data": pgettext_lazy("clause", "Data: purpose, fields, retention, processor"),
    "liability": pgettext_lazy("clause", "Liability"),
    "secrecy": pgettext_lazy("clause", "Secrecy"),
    "assessment": pgettext_lazy("clause", "Assessment"),
    "exit": pgettext_lazy("clause", "Exit"),
}

NO_AMOUNT = _("No amount agreed")
TO_EVERY_MEMBER = _("%(lead)s → every other party")
SIGNED_FOR = _("Who signed for %(party)s (duty)")
FOR_ALL = _("All parties")

SHOWN: dict[str, Sentence] = {
    "in_force": pgettext_lazy("agreements", "In force"),
    "expiring": pgettext_lazy("agreements", "Expiring in 90 days"),
    "negotiating": pgettext_lazy("agreements", "In negotiation"),
    "ended": pgettext_lazy("agreements", "Ended"),
    "all": pgettext_lazy("agreements", "All"),
}
OPEN: dict[str, Sentence] = {
    "open": pgettext_lazy("promises and goals", "Not ended"),
    "ended": pgettext_lazy("promises and goals", "Over"),
    "all": pgettext_lazy("promises and goals", "All"),
}

# How sure an entry is, lowest first: declared, on paper, online, spot-checked.
LEVELS: tuple[Sentence, ...] = (
    pgettext_lazy("level of proof", "Declared"),
    pgettext_lazy("level of proof", "Confirmed on paper"),
    pgettext_lazy("level of proof", "Verified online"),
    pgettext_lazy("level of proof", "Spot-checked"),
)

STANDINGS: dict[str, tuple[Sentence, Tone]] = {
    "no_amount": (NO_AMOUNT, "moving"),
    "on_course": (pgettext_lazy("standing of a promise", "On course"), "moving"),
    "behind": (pgettext_lazy("standing of a promise", "Behind"), "waiting"),
    "fulfilled": (pgettext_lazy("standing of a promise", "Fulfilled"), "done"),
    "late": (pgettext_lazy("standing of a promise", "Late"), "late"),
}
