"""Words for people: states, moves, kinds and clauses of what was promised."""

from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.agreements.states import AgreementState, CommitmentState, GoalState, Period

Words = dict[str, Promise]
Tone = Literal["waiting", "moving", "done", "late", "stopped"]

STATES: Words = {
    AgreementState.DRAFT: pgettext_lazy("agreement state", "Draft"),
    AgreementState.AGREED: pgettext_lazy("agreement state", "Agreed, not signed"),
    AgreementState.SIGNED: pgettext_lazy("agreement state", "Signed"),
    AgreementState.IN_FORCE: pgettext_lazy("agreement state", "In force"),
    AgreementState.ENDED: pgettext_lazy("agreement state", "Ended"),
}

TONES: dict[str, Tone] = {
    AgreementState.DRAFT: "waiting",
    AgreementState.AGREED: "moving",
    AgreementState.SIGNED: "moving",
    AgreementState.IN_FORCE: "done",
    AgreementState.ENDED: "stopped",
}

COMMITMENT_STATES: Words = {
    CommitmentState.PROPOSED: pgettext_lazy("commitment state", "Proposed"),
    CommitmentState.IN_FORCE: pgettext_lazy("commitment state", "In force"),
    CommitmentState.ENDED: pgettext_lazy("commitment state", "Ended"),
}

COMMITMENT_TONES: dict[str, Tone] = {
    CommitmentState.PROPOSED: "waiting",
    CommitmentState.IN_FORCE: "done",
    CommitmentState.ENDED: "stopped",
}

GOAL_STATES: Words = {
    GoalState.SET: pgettext_lazy("goal state", "Set"),
    GoalState.REACHED: pgettext_lazy("goal state", "Reached"),
    GoalState.DROPPED: pgettext_lazy("goal state", "Given up"),
}

GOAL_TONES: dict[str, Tone] = {GoalState.SET: "moving", GoalState.REACHED: "done", GoalState.DROPPED: "stopped"}

# The kinds that sources use; the list is open, an unknown word stands as it is.
GOAL_KINDS: Words = {
    "accreditation": pgettext_lazy("kind of goal", "Accreditation"),
    "capability_framework": pgettext_lazy("kind of goal", "Capability framework"),
    "specialty": pgettext_lazy("kind of goal", "Specialty"),
    "patient_benefit": pgettext_lazy("kind of goal", "Benefit for patients"),
    "retention": pgettext_lazy("kind of goal", "Serious illness treated in the county"),
    "tiered_care": pgettext_lazy("kind of goal", "Tiered care"),
}

PERIODS: Words = {
    Period.MONTH: pgettext_lazy("period of a commitment", "a month"),
    Period.QUARTER: pgettext_lazy("period of a commitment", "a quarter"),
    Period.YEAR: pgettext_lazy("period of a commitment", "a year"),
    Period.ONCE: pgettext_lazy("period of a commitment", "in all"),
}

FORMS: Words = {
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

MOVES: Words = {
    "edit": _("Change the draft"),
    "agree": _("The parties agree"),
    "reopen": _("Back to a draft"),
    "sign": _("Book the signing"),
    "put_in_force": _("Put the agreement in force"),
    "attach": _("Add a scan or file"),
    "file": _("Book the filing"),
    "end": _("End the agreement"),
}

STORY: Words = {
    "draft": _("Draft written"),
    "edit": _("Draft changed"),
    "agree": _("The parties agreed"),
    "reopen": _("Taken back to a draft"),
    "sign": pgettext_lazy("move", "Signed"),
    "put_in_force": pgettext_lazy("move", "In force"),
    "correct_signing": _("Signing date corrected"),
    "attach": _("File added"),
    "file": _("Filed"),
    "end": _("Ended"),
    "adopt": _("Adopted from source"),
}

WAITS: Words = {
    "agreements.agree": _("Agree on the draft, or say what is missing"),
    "agreements.sign": _("Bring the agreement to signature"),
    "agreements.put_in_force": _("Put the agreement in force"),
}

NOTICES: Words = {
    "agreements.drafted": _("%(who)s wrote a draft agreement: %(title)s"),
    "agreements.agreed": _("%(who)s booked that the parties agree: %(title)s"),
    "agreements.signed": _("%(who)s booked the signing of: %(title)s"),
    "agreements.in_force": _("%(who)s put in force: %(title)s"),
    "agreements.filed": _("%(who)s booked the filing of: %(title)s"),
    "agreements.ended": _("%(who)s ended: %(title)s"),
}

NO_AMOUNT = _("No amount agreed")


TO_EVERY_MEMBER = _("%(lead)s → every member")
SIGNED_FOR = _("Who signed for %(party)s (duty)")
FOR_ALL = _("All parties")

DONE: dict[str, Any] = {
    "draft": _("Draft kept. The other parties have it on their to-do lists."),
    "edit": _("Draft changed."),
    "agree": _("Booked: the parties agree."),
    "reopen": _("Back to a draft."),
    "sign": _("Signing booked."),
    "put_in_force": _("In force. Every promise has its account in the ledger."),
    "attach": _("File added."),
    "file": _("Filing booked."),
    "end": _("Ended. The accounts of its promises take no more."),
    "enter_signed": _("Entered. Every promise has its account in the ledger."),
    "promise": _("Promise written down."),
    "close": _("Promise ended."),
    "set": _("Goal set."),
    "reach": _("Goal reached."),
    "drop": _("Goal given up."),
}

FACTS: Words = {
    "signed_date": _("Signed on"),
    "duties": _("Signed by (duty)"),
    "from": _("From"),
    "to": _("To"),
    "filed_to": _("Filed with"),
    "files": _("Files"),
}

SHOWN: dict[str, object] = {
    "in_force": pgettext_lazy("agreements", "In force"),
    "expiring": pgettext_lazy("agreements", "Expiring in 90 days"),
    "negotiating": pgettext_lazy("agreements", "In negotiation"),
    "ended": pgettext_lazy("agreements", "Ended"),
}

ASK: Words = {"end": _("The accounts of its promises take nothing more from today on. Give the reason.")}


def source_line(source: Any) -> str:
    """Return a loaded file as one line: title and medium of the report, its day, the file's own id."""
    document = source.document
    parts = (document.title, document.publisher, document.medium, document.date, source.code)
    return " · ".join(str(part) for part in parts if part)


# How sure an entry is, lowest first: declared, on paper, online, spot-checked.
LEVELS: tuple[Promise, ...] = (
    pgettext_lazy("level of proof", "Declared"),
    pgettext_lazy("level of proof", "Confirmed on paper"),
    pgettext_lazy("level of proof", "Verified online"),
    pgettext_lazy("level of proof", "Spot-checked"),
)

STANDINGS: Words = {
    "no_amount": NO_AMOUNT,
    "on_course": pgettext_lazy("standing of a promise", "On course"),
    "behind": pgettext_lazy("standing of a promise", "Behind"),
    "fulfilled": pgettext_lazy("standing of a promise", "Fulfilled"),
    "late": pgettext_lazy("standing of a promise", "Late"),
}

STANDING_TONES: dict[str, Tone] = {
    "no_amount": "moving",
    "on_course": "moving",
    "behind": "waiting",
    "fulfilled": "done",
    "late": "late",
}

GOAL_MOVES: Words = {"reach": _("Book that the goal is reached"), "drop": _("Give the goal up")}

PARTY_COUNT = _("%(count)s further parties")
