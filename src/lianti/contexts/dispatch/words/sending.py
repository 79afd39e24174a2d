"""How people speak of batches and postings: states, moves, kinds, and the few words beside them."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch.domain.counting import Why
from lianti.contexts.dispatch.states import BatchState, Duty, LeaveKind, PostingKind, PostingState
from lianti.lib.errors import Sentence
from lianti.records.words import Say, Words

_LETTER, _DATE = _("Letter"), pgettext_lazy("dispatch", "Day")

BATCH = Words(
    one=pgettext_lazy("dispatch", "Batch"),
    many=pgettext_lazy("dispatch", "Batches"),
    states={
        BatchState.PLANNED: (pgettext_lazy("batch state", "Departments name people"), "waiting"),
        BatchState.CHECKED: (pgettext_lazy("batch state", "Personnel checked"), "waiting"),
        BatchState.DECIDED: (pgettext_lazy("batch state", "Leaders decided"), "waiting"),
        BatchState.PUBLICISED: (pgettext_lazy("batch state", "Made public"), "waiting"),
        BatchState.ORDERED: (pgettext_lazy("batch state", "Sent"), "moving"),
        BatchState.CLOSED: (pgettext_lazy("batch state", "Closed"), "done"),
        BatchState.WITHDRAWN: (pgettext_lazy("batch state", "Withdrawn"), "stopped"),
    },
    moves={
        "plan": Say(_("Batch planned"), _("The batch is planned. Name its people now.")),
        "edit": Say(_("Batch changed"), _("The batch is changed."), _("Change the batch")),
        "allot": Say(_("Quotas of departments set"), _("The quotas are set."), _("Quotas of departments")),
        "name_people": Say(_("People named"), _("Named."), _("Name people")),
        "check": Say(pgettext_lazy("move of dispatch", "Personnel checked"), _("Noted."), _("Personnel has checked")),
        "decide": Say(pgettext_lazy("move of dispatch", "Leaders decided"), _("Noted."), _("Leaders have decided")),
        "publicise": Say(
            pgettext_lazy("move of dispatch", "Made public"), _("Noted."), _("Made public in the hospital")
        ),
        "order": Say(
            _("Letter of dispatch issued"),
            _("Sent. The receiving institutions have it on their to-do lists."),
            _("Issue the letter of dispatch"),
            notice=_("%(who)s sends people: %(title)s"),
        ),
        "receive": Say(
            _("Receipt given"),
            _("Noted. Whoever reported in counts from that day."),
            _("Give the receipt"),
            notice=_("%(who)s gave the receipt: %(title)s"),
        ),
        "close": Say(_("Batch ended"), _("The batch is ended."), _("End the batch")),
        "withdraw": Say(_("Batch withdrawn"), _("The batch is withdrawn."), _("Withdraw the batch")),
    },
    turns={
        "dispatch.send": _("Complete the batch and issue the letter"),
        "dispatch.receive": _("Give the receipt: who reported in"),
    },
    facts={
        "letter_number": _LETTER,
        "letter_date": _DATE,
        "minutes": pgettext_lazy("dispatch", "Minutes"),
        "public": _("Public notice"),
        "arrived": _("Reported in"),
        "absent": _("Not arrived"),
        "dropped": _("Left out"),
        "people": _("People"),
    },
)
POSTING = Words(
    one=pgettext_lazy("dispatch", "Posting"),
    many=pgettext_lazy("dispatch", "Posted staff"),
    states={
        PostingState.NOMINATED: (pgettext_lazy("posting state", "Nominated"), "waiting"),
        PostingState.ORDERED: (pgettext_lazy("posting state", "Sent"), "waiting"),
        PostingState.ON_DUTY: (pgettext_lazy("posting state", "On duty"), "moving"),
        PostingState.ON_LEAVE: (pgettext_lazy("posting state", "On leave"), "waiting"),
        PostingState.FINISHED: (pgettext_lazy("posting state", "Completed"), "done"),
        PostingState.RECALLED: (pgettext_lazy("posting state", "Returned early"), "stopped"),
        PostingState.REPLACED: (pgettext_lazy("posting state", "Replaced"), "done"),
        PostingState.HANDED_OVER: (pgettext_lazy("posting state", "Handed over"), "done"),
        PostingState.DROPPED: (pgettext_lazy("posting state", "Not sent"), "stopped"),
    },
    moves={
        "nominate": Say(pgettext_lazy("move of dispatch", "Nominated"), _("Nominated.")),
        "edit": Say(_("Changed"), _("Changed."), _("Change")),
        "consent": Say(
            _("The receiving institution agreed"),
            _("Agreed."),
            _("Agree to this person"),
            notice=_("%(who)s agreed to %(title)s"),
        ),
        "drop": Say(_("Not sent"), _("Left out, with the reason."), _("Do not send")),
        "order": Say(pgettext_lazy("move of a posting", "Sent"), button=_("Send off")),
        "adjust": Say(
            _("Days changed"), _("The days are changed; the letter can be printed on the batch."), _("Change the days"),
            notice=_("%(who)s changed the days of %(title)s"),
        ),
        "report_in": Say(_("Reported in"), _("Reported in; counts from that day."), _("Report in")),
        "take_leave": Say(
            _("On leave"), _("Leave noted."), _("Leave of absence"), notice=_("%(who)s: %(title)s is on leave")
        ),
        "return_from_leave": Say(
            _("Back from leave"), _("Back on duty."), _("Back from leave"), notice=_("%(who)s: %(title)s is back")
        ),
        "extend": Say(
            _("Extended"), _("Extended."), _("Extend"), notice=_("%(who)s extended the posting of %(title)s")
        ),
        "finish": Say(
            _("Completed"), _("The posting has ended."), _("End of the posting"),
            notice=_("%(who)s: the posting of %(title)s has ended"),
        ),
        "recall": Say(
            _("Returned early"), _("Returned early."), _("Return early"), notice=_("%(who)s recalls %(title)s")
        ),
        "replace": Say(
            pgettext_lazy("move of dispatch", "Replaced"),
            _("Replaced; the successor is sent."),
            _("Send somebody else"),
            notice=_("%(who)s replaces %(title)s"),
        ),
        "hand_over": Say(
            pgettext_lazy("move of dispatch", "Handed over"), button=pgettext_lazy("move of dispatch", "Handed over")
        ),
    },
    turns={
        "dispatch.consent": _("Say whether this person may come"),
        "dispatch.licence": _("Renew the licence: it ends soon"),
    },
    facts={
        "arrived": _("Reported in"),
        "left": pgettext_lazy("dispatch", "Last day"),
        "letter_number": _LETTER,
        "receipt_number": _("Receipt"),
        "since": pgettext_lazy("dispatch", "Since"),
        "until": pgettext_lazy("dispatch", "Until"),
        "back": _("Back on"),
        "successor": _("Successor"),
        "cover": _("Covered by"),
    },
)  # fmt: skip

KINDS: dict[str, Sentence] = {
    PostingKind.LONG: pgettext_lazy("kind of posting", "Long posting"),
    PostingKind.SHORT: pgettext_lazy("kind of posting", "Short posting"),
    PostingKind.ROUNDS: pgettext_lazy("kind of posting", "Mobile clinic"),
    PostingKind.TEAM: pgettext_lazy("kind of posting", "Team assistance"),
    PostingKind.WORKSTATION: pgettext_lazy("kind of posting", "Expert workstation"),
}
DUTIES: dict[str, Sentence] = {
    Duty.MEMBER: pgettext_lazy("duty of a posting", "Staff"),
    Duty.PRESIDENT: pgettext_lazy("duty of a posting", "President"),
    Duty.VICE_PRESIDENT: pgettext_lazy("duty of a posting", "Vice president"),
    Duty.HEAD: pgettext_lazy("duty of a posting", "Head of department"),
}
LEAVES: dict[str, Sentence] = {
    LeaveKind.PERSONAL: pgettext_lazy("kind of leave", "Personal leave"),
    LeaveKind.SICK: pgettext_lazy("kind of leave", "Sick leave"),
    LeaveKind.ANNUAL: pgettext_lazy("kind of leave", "Annual leave"),
    LeaveKind.MATERNITY: pgettext_lazy("kind of leave", "Maternity leave"),
    LeaveKind.MARRIAGE: pgettext_lazy("kind of leave", "Marriage leave"),
    LeaveKind.BEREAVEMENT: pgettext_lazy("kind of leave", "Bereavement leave"),
    LeaveKind.FAMILY_VISIT: pgettext_lazy("kind of leave", "Family visit"),
    LeaveKind.TRAINING: pgettext_lazy("kind of leave", "Training"),
    LeaveKind.BUSINESS: pgettext_lazy("kind of leave", "Business for the receiving hospital"),
    LeaveKind.CALLED_HOME: pgettext_lazy("kind of leave", "Called home"),
}
SHOWN: dict[str, Sentence] = {
    "here": pgettext_lazy("postings shown", "Here now"),
    "coming": pgettext_lazy("postings shown", "Coming"),
    "came": pgettext_lazy("postings shown", "Reported in, here or gone"),
    "ended": pgettext_lazy("postings shown", "Left"),
    "all": pgettext_lazy("postings shown", "All"),
}
BATCHES_SHOWN: dict[str, Sentence] = {
    "open": pgettext_lazy("batches shown", "Running"),
    "closed": pgettext_lazy("batches shown", "Closed"),
    "all": pgettext_lazy("batches shown", "All"),
}
SIDES: dict[str, Sentence] = {
    "sent": pgettext_lazy("postings shown", "Sent by us"),
    "received": pgettext_lazy("postings shown", "Posted to us"),
}
BOTH_SIDES = pgettext_lazy("postings shown", "Both")
WHY: dict[Why, Sentence] = {
    Why.NO_RULES: _("No rules are in force"),
    Why.KIND: _("This kind of posting does not count"),
    Why.TITLE: _("This title does not count"),
    Why.SHORT: _("Shorter than the shortest stretch that counts"),
    Why.NOT_YET: _("Not yet as long as the shortest stretch that counts"),
    Why.REST: _("Days of rest"),
    Why.TRAINING: _("Training"),
    Why.CALLED_HOME: pgettext_lazy("kind of leave", "Called home"),
    Why.LEAVE: _("Leave of absence"),
    Why.ABSENT: _("Absent"),
}
DEMANDS: dict[str, Sentence] = {
    "people": _("People, at least"),
    "most_people": _("People, at most"),
    "senior": _("With deputy senior title or above, at least"),
    "months": _("Months of each, at least"),
    "all_year": _("Somebody there all the year round: days"),
}


def iso(day: date | None) -> str:
    """Return a day as it is written; nothing where none is known."""
    return day.isoformat() if day else ""
