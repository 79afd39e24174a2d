"""Words for people: documents, proposals, what was repaired and left out, and why."""

from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.agreements import queries as agreements
from lianti.contexts.intake.states import DocumentState, Field, Phase, ProposalState
from lianti.contexts.ledger.queries import kind_name, unit_name
from lianti.contexts.network import queries as network

Words = dict[str, Promise]
Tone = Literal["waiting", "moving", "done", "late", "stopped"]

STATES: Words = {
    DocumentState.WAITING: pgettext_lazy("document state", "Being read"),
    DocumentState.READ: pgettext_lazy("document state", "To review"),
    DocumentState.FAILED: pgettext_lazy("document state", "Could not be read"),
    DocumentState.CLOSED: pgettext_lazy("document state", "Reviewed"),
    DocumentState.DROPPED: pgettext_lazy("document state", "Dropped"),
}
TONES: dict[str, Tone] = {
    DocumentState.WAITING: "moving",
    DocumentState.READ: "waiting",
    DocumentState.FAILED: "late",
    DocumentState.CLOSED: "done",
    DocumentState.DROPPED: "stopped",
}
PHASES: Words = {
    Phase.WAITING: pgettext_lazy("phase of reading", "Waiting to be read"),
    Phase.READING: pgettext_lazy("phase of reading", "Being read"),
    Phase.CLEANED: pgettext_lazy("phase of reading", "Cleaned; records are being proposed"),
    Phase.PROPOSED: pgettext_lazy("phase of reading", "Records proposed"),
}
PROPOSAL_STATES: Words = {
    ProposalState.PROPOSED: pgettext_lazy("proposal state", "Proposed"),
    ProposalState.ACCEPTED: pgettext_lazy("proposal state", "Accepted"),
    ProposalState.MERGED: pgettext_lazy("proposal state", "Merged with what is there"),
    ProposalState.REJECTED: pgettext_lazy("proposal state", "Rejected"),
}
PROPOSAL_TONES: dict[str, Tone] = {
    ProposalState.PROPOSED: "waiting",
    ProposalState.ACCEPTED: "done",
    ProposalState.MERGED: "done",
    ProposalState.REJECTED: "stopped",
}
FIELDS: Words = {
    Field.INSTITUTION: _("Institutions"),
    Field.RELATION: _("Relation"),
    Field.SPECIALTY: _("Specialties"),
    Field.AGREEMENT: _("Agreement"),
    Field.COMMITMENT: _("Commitments"),
    Field.EVENT: _("Events"),
    Field.PERSON: _("People"),
    Field.NEED: _("Needs"),
    Field.FIGURE: _("Figures"),
    Field.PUBLICITY: _("Publicity"),
}
ROLES: Words = {
    "supporter": pgettext_lazy("role in a document", "Supporting"),
    "supported": pgettext_lazy("role in a document", "Supported"),
    "authority": pgettext_lazy("role in a document", "Authority"),
    "other": pgettext_lazy("role in a document", "Other"),
}
LEVELS: Words = {
    "national": pgettext_lazy("level of a medium", "National"),
    "provincial": pgettext_lazy("level of a medium", "Provincial"),
    "municipal": pgettext_lazy("level of a medium", "Municipal"),
    "county": pgettext_lazy("level of a medium", "County"),
    "institution": pgettext_lazy("level of a medium", "An institution's own"),
    "": pgettext_lazy("level of a medium", "Unknown"),
}
# The keys of a proposal's content.
KEYS: Words = {
    "name": pgettext_lazy("proposal", "Name"),
    "role": _("Role"),
    "aliases": _("Also written"),
    "region": _("Region"),
    "kind": _("Kind"),
    "behaviour": _("Kind of relation"),
    "level": _("Level"),
    "lead": _("Supporting side"),
    "members": _("Supported side"),
    "from_date": _("From"),
    "title": _("Title"),
    "form": _("Form"),
    "parties": _("Parties"),
    "signed_date": _("Signed on"),
    "giver": _("Giver"),
    "receiver": _("Receiver"),
    "receivers": _("Receivers"),
    "participants": _("Taking part"),
    "text": _("Text"),
    "date": _("Day"),
    "place": _("Place"),
    "quantity": _("Quantity"),
    "institution": _("Institution"),
    "addressed": _("Addressed to"),
    "category": _("About"),
    "specialty": _("Specialty"),
    "label": _("What it counts"),
    "value": _("Value"),
    "unit": _("Unit"),
    "amount": pgettext_lazy("of a promise", "Amount"),
    "period": pgettext_lazy("of a promise", "For"),
    "of": _("Of"),
    "medium": _("Medium"),
}
# Where a key means another thing in one sort of record: what people call it there.
_KEYS_OF: dict[tuple[str, str], Promise | str] = {
    (Field.PERSON, "name"): pgettext_lazy("name of a person in a document", "Name"),
    (Field.PERSON, "title"): _("Duty"),
}
PASTED = _("Pasted text")
REASONS: Words = {
    "navigation": _("navigation of the site"),
    "counter": _("counter"),
    "source": _("source and date line"),
    "byline": _("byline"),
    "title_again": _("the title again"),
    "caption": _("caption of a picture"),
    "footer": _("foot of the page"),
    "disclaimer": _("disclaimer"),
    "headlines": _("other headlines"),
    "spam": _("foreign to the story"),
    "blank": _("empty"),
}
REPAIRS: Words = {
    "charset": pgettext_lazy("kind of repair", "Character set"),
    "mojibake": pgettext_lazy("kind of repair", "Garbled characters"),
    "byte_shift": pgettext_lazy("kind of repair", "Shifted bytes"),
    "pinyin": pgettext_lazy("kind of repair", "Inserted pinyin"),
    "traditional": pgettext_lazy("kind of repair", "Traditional characters"),
    "tag": pgettext_lazy("kind of repair", "Tags and entities"),
    "lost": pgettext_lazy("kind of repair", "Lost characters"),
}
STATUS: Words = {
    "exact": pgettext_lazy("status of a repair", "Proven"),
    "chosen": pgettext_lazy("status of a repair", "Chosen from several readings: please check"),
    "doubtful": pgettext_lazy("status of a repair", "Doubtful: please look at the original"),
}
SURE, LIKELY, DOUBTFUL = _("Sure"), _("Likely"), _("Doubtful")

WAITS: Words = {
    "intake.review": _("Review what a document proposes"),
    "intake.retry": _("Look at a document that could not be read"),
}
NOTICES: Words = {
    "intake.read": _("“%(title)s” has been read: its records wait for review."),
    "intake.failed": _("“%(title)s” could not be read."),
}
MOVES: Words = {
    "retry": _("Read again"),
    "close": _("Done with this document"),
    "reopen": _("Open the review again"),
    "drop": _("Drop the document"),
    "say_ourselves": _("Say who “our hospital” is"),
    "take_back": _("Take back what it brought"),
}
STORY: Words = {
    "take_in": _("Taken in"),
    "read": _("Read"),
    "fail": _("Could not be read"),
    "retry": _("To be read again"),
    "close": _("Review finished"),
    "reopen": _("Review opened again"),
    "drop": _("Dropped"),
    "say_ourselves": _("Said who “our hospital” is"),
    "take_back": _("Took back what it had brought"),
}
DONE: dict[str, Any] = {
    "retry": _("The document will be read again."),
    "close": _("Review finished."),
    "reopen": _("The review is open again."),
    "drop": _("Document dropped. Its file is kept."),
    "take_back": _("Taken back: its rows are open again."),
    "say_ourselves": _("Remembered for the next documents, too."),
    "accept": _("Accepted."),
    "merge": _("Merged with what is there."),
    "reject": _("Rejected."),
    "undo": _("Undone."),
    "correct": _("Corrected."),
}
# What can be decided on a proposal, as buttons in their order; and the keys for it.
DECISIONS: tuple[tuple[str, Promise], ...] = (
    ("accept", pgettext_lazy("a proposal", "Accept")),
    ("reject", pgettext_lazy("a proposal", "Reject")),
    ("undo", pgettext_lazy("a proposal", "Undo")),
)
SHORTCUTS: tuple[tuple[str, Promise], ...] = (
    ("j ↓", _("next")),
    ("k ↑", _("previous")),
    ("a", pgettext_lazy("a proposal", "Accept")),
    ("x", pgettext_lazy("a proposal", "Reject")),
    ("m", _("merge with what is there")),
    ("e", pgettext_lazy("a proposal", "Correct")),
    ("u", pgettext_lazy("a proposal", "Undo")),
    ("␣", _("tick or not")),
    ("s", _("accept what is ticked")),
    ("o", _("what it says, and why")),
)
SHOWN: dict[str, Any] = {
    "open": pgettext_lazy("documents", "To review"),
    "failed": pgettext_lazy("documents", "Not readable"),
    "closed": pgettext_lazy("documents", "Reviewed"),
    "all": pgettext_lazy("documents", "All"),
}
# Why a document could not be read, when it is not the reader who says so.
BROKEN: Words = {
    "crashed": _("Reading it stopped with an error. Try again; if it stays, paste its text instead."),
    "too_slow": _("Reading it took too long. Split it, or paste the part that matters."),
    "gone": _("Its file was erased, or the file store no longer holds it."),
}


# What the reader says by key (domain/reading/notes.py): why it refused, and what it left out, bounded or guessed.
NOTES: Words = {
    "too_big": _("The file has {megabytes} MB; up to {most} MB are read."),
    "empty": _("There is nothing in the file."),
    "unknown_format": _("This kind of file is not read. Save it as text, HTML, PDF or Word (.docx)."),
    "old_word": _("Old Word files (.doc) are not read. Save it as .docx or PDF."),
    "binary": _("The file says it is text, but it holds other data."),
    "damaged": _("The file is damaged or cut off and cannot be opened."),
    "encrypted": _("The file is protected by a password. Save it without one."),
    "macros": _("Word files with macros (.docm) are not read. Save it as .docx."),
    "bomb": _("The file unpacks to far more than a document holds; it was not opened."),
    "unsafe_xml": _("The file declares entities of its own, which no word processor writes; it was not opened."),
    "no_ocr": _("This is a picture. Reading pictures needs tesseract with Chinese, which is not installed here."),
    "no_text": _("No text was found in it."),
    # Notes.
    "charset_differs": _("The page says it is in {declared}; it was read as {used}, in which it makes sense."),
    "charset_broken": _("{count} places could not be decoded from {used}; they show as �."),
    "controls_removed": _("{count} control characters that no text has were left out."),
    "text_cut": _("The text is very long: the first {kept} characters were kept."),
    "pages_cut": _("It has {pages} pages: the first {kept} were read."),
    "time_cut": _("Reading its pages took too long: {kept} of {pages} were read."),
    "scans_read": _(
        "{count} scanned pages were read by recognition of characters ({pages}). Compare them with the file."
    ),
    "scans_left": _(
        "These pages are pictures and were not read, for tesseract with Chinese is not installed: {pages}."
    ),
    "scans_failed": _("These pages are pictures and could not be recognised in time: {pages}."),
    "recognised": _("The text was recognised from a picture. Compare it with the file."),
    "hidden_read": _("The page hides its text until a script runs; the hidden text was read."),
    "macros_ignored": _("The file holds macros. They were not run."),
    "attachments": _("{count} attachments were not opened: {names}. Take in each that matters."),
    "remote_left": _("The file refers to things on the internet; nothing was fetched."),
    "too_many": _("More records were found than a page holds: {most} of {found} are shown."),
}
# The rules of the grammar by which something was found: by the whole name, else by what stands before the point.
WHY: Words = {
    "name": _("It has the form of an institution's name."),
    "place_added": _("The text leaves the place out; it was added from elsewhere in the text."),
    "registry": _("The directory knows this name."),
    "ourselves": _("The text says “our hospital” and means this one."),
    "words": _("Words of the text name this kind of relation."),
    "no_word": _("No word says what kind of relation it is: please choose."),
    "event": _("A word of the text names such an event."),
    "told": _("The sentence tells what was done."),
    "title": _("The title tells of it."),
    "title_before": _("It is a name behind a title."),
    "title_behind": _("It is a name before a title."),
    "title_shared": _("It shares a title with the names beside it."),
    "title_brackets": _("The title stands in brackets behind the name."),
    "name_in_brackets": _("It stands in brackets behind a title."),
    "says_who": _("Somebody says who they are."),
    "present": _("It stands among those present."),
    "department_before": _("It is a name behind a department."),
    "speaks": _("Somebody of this name speaks."),
    "short_form": _("The text calls them by surname and title."),
    "to_ask": _("The text says whom to ask."),
    "told_to_be": _("The text says what they are or became."),
    "workstation": _("A workstation bears the name."),
    "table_row": _("It stands in a row of a table."),
    "list_of_people": _("It stands in a list of people."),
    "specialty_word": _("It is the name of a specialty."),
    "need.lacking": _("The words tell of a lack."),
    "need.asked": _("The words ask for something."),
    "promise": _("The words promise something for the future."),
    "numeral": _("It is a number."),
    "measure": _("A word behind the number says what it counts."),
    "bare": _("No word behind the number says what it counts."),
    "percent": _("It is a share."),
    "publicity": _("The page names its medium."),
}


def confidence_label(confidence: float) -> Promise:
    """Say in a word how sure a proposal is."""
    if confidence >= 0.75:
        return SURE
    return LIKELY if confidence >= 0.5 else DOUBTFUL


def key_label(field: str, key: str) -> Promise | str:
    """Name a key of a proposal's content, as people call it in records of this sort."""
    found = _KEYS_OF.get((field, key))
    return KEYS.get(key, key) if found is None else found


def value_label(field: str, key: str, value: str) -> Promise | str:
    """Name a coded value of a proposal's content; other values are themselves."""
    if key == "role":
        return ROLES.get(value, value)
    if field == Field.PUBLICITY and key == "level":
        return LEVELS.get(value, value)
    if field == Field.COMMITMENT and key in ("unit", "period"):
        return unit_name(value) if key == "unit" else agreements.periods().get(value, value)
    if key == "form":
        return agreements.forms().get(value, value)
    if key == "behaviour" or (field == Field.INSTITUTION and key in ("kind", "level")):
        return network.code_words("institution_kind" if key == "kind" else key).get(value, value)
    return kind_name(value) if key in ("kind", "category") else value
