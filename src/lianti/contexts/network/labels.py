"""Words for people: every code of the network as a translated phrase."""

from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from lianti.contexts.network.states import (
    Behaviour,
    Comparison,
    DocumentKind,
    DoubtState,
    GroupKind,
    InstitutionKind,
    InstitutionState,
    Level,
    RelationState,
    TitleLevel,
)
from lianti.lib.web.parts import Tone

Words = dict[str, Promise]

INSTITUTION_KINDS: Words = {
    InstitutionKind.HOSPITAL: _("Hospital"),
    InstitutionKind.MATERNAL_CHILD_HOSPITAL: _("Maternal and child hospital"),
    InstitutionKind.TOWNSHIP_HEALTH_CENTRE: _("Township health centre"),
    InstitutionKind.COMMUNITY_HEALTH_CENTRE: _("Community health centre"),
    InstitutionKind.HEALTH_AUTHORITY: _("Health authority"),
    InstitutionKind.GOVERNMENT: _("Government"),
    InstitutionKind.SUPERVISION_INSTITUTE: _("Health supervision institute"),
}

LEVELS: Words = {
    Level.UNKNOWN: _("Level not stated"),
    Level.TERTIARY_A: _("Tertiary grade A"),
    Level.TERTIARY_B: _("Tertiary grade B"),
    Level.TERTIARY: _("Tertiary"),
    Level.SECONDARY_A: _("Secondary grade A"),
    Level.SECONDARY_B: _("Secondary grade B"),
    Level.SECONDARY: _("Secondary"),
    Level.PRIMARY: _("Primary"),
}

TITLE_LEVELS: Words = {
    TitleLevel.UNKNOWN: _("Title not stated"),
    TitleLevel.SENIOR: _("Senior title"),
    TitleLevel.DEPUTY_SENIOR: _("Deputy senior title"),
    TitleLevel.INTERMEDIATE: _("Intermediate title"),
    TitleLevel.JUNIOR: _("Junior title"),
}

# Which level the titles of the four series are (卫生系列: 医、护、药、技).
TITLES_SAID: dict[str, TitleLevel] = {
    **dict.fromkeys(("正高", "正高级", "主任医师", "主任护师", "主任药师", "主任技师"), TitleLevel.SENIOR),
    **dict.fromkeys(
        ("副高", "副高级", "副主任医师", "副主任护师", "副主任药师", "副主任技师"), TitleLevel.DEPUTY_SENIOR
    ),
    **dict.fromkeys(("中级", "主治医师", "主管护师", "主管药师", "主管技师"), TitleLevel.INTERMEDIATE),
    **dict.fromkeys(("初级", "住院医师", "医师", "护师", "药师", "技师", "护士", "医士"), TitleLevel.JUNIOR),
}

GROUP_KINDS: Words = {
    GroupKind.BATCH: _("Dispatch batch"),
    GroupKind.TEAM: _("Team"),
    GroupKind.COMMITTEE: _("Committee"),
}

DOCUMENT_KINDS: Words = {
    DocumentKind.DIRECTIVE: _("Official document"),
    DocumentKind.AGREEMENT: pgettext_lazy("document kind", "Agreement"),
    DocumentKind.RESPONSIBILITY_LETTER: _("Responsibility letter"),
    DocumentKind.MINUTES: _("Minutes"),
    DocumentKind.REPORT: _("Public report"),
}

BEHAVIOURS: Words = {
    Behaviour.PAIRED_ASSISTANCE: _("Paired assistance"),
    Behaviour.TEAM_ASSISTANCE: _("Team assistance"),
    Behaviour.CONSORTIUM: _("Consortium"),
    Behaviour.SPECIALTY_ALLIANCE: _("Specialty alliance"),
    Behaviour.UPLIFT_PROJECT: _("Uplift project"),
    Behaviour.EXPERT_WORKSTATION: _("Expert workstation"),
    Behaviour.SERVICE_COOPERATION: _("Service cooperation"),
}

_SUPPORT = (_("Supporting hospital"), _("Supported hospital"))

# The two sides are named by relation (users.md, 'Words on screen').
SIDES: dict[str, tuple[Promise, Promise]] = {
    Behaviour.PAIRED_ASSISTANCE: _SUPPORT,
    Behaviour.TEAM_ASSISTANCE: _SUPPORT,
    Behaviour.UPLIFT_PROJECT: _SUPPORT,
    Behaviour.EXPERT_WORKSTATION: _SUPPORT,
    Behaviour.CONSORTIUM: (_("Lead hospital"), _("Member unit")),
    Behaviour.SPECIALTY_ALLIANCE: (_("Chairing unit"), _("Alliance unit")),
    Behaviour.SERVICE_COOPERATION: (_("Serving unit"), _("Served unit")),
}

RELATION_STATES: Words = {
    RelationState.REQUESTED: pgettext_lazy("relation state", "Requested"),
    RelationState.NEGOTIATING: pgettext_lazy("relation state", "In negotiation"),
    RelationState.IN_FORCE: pgettext_lazy("relation state", "In force"),
    RelationState.ENDED: pgettext_lazy("relation state", "Ended"),
}

# In force, but somebody has not said yes to it.
ONE_SIDED = _("In force, not confirmed by all")

STATE_TONES: dict[str, Tone] = {
    RelationState.REQUESTED: "waiting",
    RelationState.NEGOTIATING: "moving",
    RelationState.IN_FORCE: "done",
    RelationState.ENDED: "stopped",
}

INSTITUTION_STATES: Words = {
    InstitutionState.LISTED: pgettext_lazy("institution state", "Listed"),
    InstitutionState.CLOSED: pgettext_lazy("institution state", "Closed"),
}

MOVES: Words = {
    "request_relation": _("Request a relation"),
    "negotiate": _("Start negotiating"),
    "put_in_force": _("Put in force"),
    "end_relation": _("End the relation"),
    "adopt": _("Adopted from source"),
    "edit_relation": _("Edit the facts"),
    "confirm_relation": _("Confirm the relation"),
    "leave_relation": _("Leave the relation"),
    "create_institution": _("Entered in the directory"),
    "edit_institution": _("Edit the facts"),
    "rename_institution": _("Rename"),
    "close_institution": _("Close the institution"),
    "add_person": _("Entered in the directory"),
    "edit_person": _("Edit the facts"),
    "change_employer": _("Change the employer"),
    "raise_doubt": _("The same person?"),
    "settle_another": _("Another person"),
    "settle_same": _("The same person"),
    "hide_person": _("Withhold the name"),
    "show_person": _("Show the name again"),
}

# What is said when a move is done, and in the story of the record.
DONE: Words = {
    "request_relation": _("Relation requested."),
    "negotiate": _("Negotiation begun."),
    "put_in_force": _("Relation in force."),
    "end_relation": _("Relation ended."),
    "adopt": _("Adopted from source."),
    "edit_relation": _("Facts edited."),
    "confirm_relation": _("Relation confirmed."),
    "leave_relation": _("Left the relation."),
    "create_institution": _("Institution entered."),
    "edit_institution": _("Facts edited."),
    "rename_institution": _("Institution renamed."),
    "close_institution": _("Institution closed."),
    "add_person": _("Person entered."),
    "edit_person": _("Facts edited."),
    "change_employer": _("Employer changed."),
    "raise_doubt": _("Entered like somebody who is in the directory."),
    "settle_another": _("Settled: another person."),
    "settle_same": _("Settled: the same person."),
    "hide_person": _("Name withheld."),
    "show_person": _("Name shown again."),
}

# What is to be done, on the to-do list.
VERBS: Words = {
    "network.negotiate": _("Answer the request for a relation"),
    "network.put_in_force": _("Bring the negotiation to its end"),
    "network.confirm_relation": _("Confirm the relation"),
    "network.take_up_relation": _("Confirm the relation: until then you settle, draw and judge nothing in it"),
    "network.settle_doubt": _("Say whether they are the same person"),
}

NOTICES: Words = {
    "network.relation.requested": _("A relation with you is requested: %(relation)s"),
    "network.relation.negotiating": _("The relation is in negotiation: %(relation)s"),
    "network.relation.in_force": _("The relation is in force: %(relation)s"),
    "network.relation.ended": _("The relation has ended: %(relation)s"),
    "network.relation.edited": _("%(who)s changed the relation: %(relation)s"),
    "network.relation.confirmed": _("%(who)s confirmed the relation: %(relation)s"),
    "network.relation.left": _("%(who)s left the relation: %(relation)s"),
}

FIGURE_NOTICES: Words = {
    "network.figure.said": _("%(who)s took in a figure about you, seen by them alone until you confirm it: %(label)s")
}

# Where a report stood, in the words that files use.
MEDIA: Words = {"hospital site": _("Hospital site"), "news": pgettext_lazy("medium", "News")}

COMPARISONS: Words = {
    Comparison.AT_LEAST: pgettext_lazy("figure", "at least"),
    Comparison.AT_MOST: pgettext_lazy("figure", "at most"),
    Comparison.ABOUT: pgettext_lazy("figure", "about"),
}

DOUBT_STATES: Words = {
    DoubtState.OPEN: pgettext_lazy("doubt state", "Not settled"),
    DoubtState.ANOTHER: pgettext_lazy("doubt state", "Another person"),
    DoubtState.SAME: pgettext_lazy("doubt state", "The same person"),
}

DOUBT_TONES: dict[str, Tone] = {DoubtState.OPEN: "waiting", DoubtState.ANOTHER: "done", DoubtState.SAME: "stopped"}

ADMINISTRATOR = _("an administrator")

HIDDEN_PERSON = _("Name withheld")


def doubt_line(name: Any, house: str, state: str, settler: str) -> str:
    """Return in words whom a person may be, how that stands, and what follows until it is settled."""
    said = {
        DoubtState.OPEN: _(
            "May be the same person as %(name)s (%(house)s). Until %(settler)s settles it, the two count as one when it"
            " comes to who verifies."
        ),
        DoubtState.ANOTHER: _("Another person than %(name)s (%(house)s)."),
        DoubtState.SAME: _(
            "The same person as %(name)s (%(house)s): the two count as one when it comes to who verifies."
        ),
    }
    return str(said[DoubtState(state)]) % {"name": name, "house": house, "settler": settler}


def choices(words: Words) -> list[tuple[str, Promise]]:
    """Return a table of words as choices for a form."""
    return list(words.items())


def span(first: date | None, last: date | None) -> str:
    """Return a stretch of days in words; empty when both ends are open."""
    if first is None and last is None:
        return ""
    if last is None:
        return pgettext("dates", "from %(first)s") % {"first": first}
    if first is None:
        return pgettext("dates", "until %(last)s") % {"last": last}
    return f"{first} – {last}"


def name_with_days(name: Any) -> str:
    """Return a former name with the days it was carried."""
    days = span(name.from_date, name.to_date)
    return f"{name.name} ({days})" if days else str(name.name)


def document_line(document: Any) -> str:
    """Return a document as one line: kind, title, number, who issued it, where, when."""
    parts = (
        DOCUMENT_KINDS[document.kind],
        document.title,
        document.number,
        document.publisher,
        MEDIA.get(document.medium, document.medium),
        document.date,
    )
    return " · ".join(str(part) for part in parts if part)


def source_line(source: Any) -> str:
    """Return a loaded file as one line: the report behind it and the file's own id."""
    return f"{document_line(source.document)} ({source.code})"


def group_line(group: Any) -> str:
    """Return a group as one line: name, kind, days."""
    parts = (group.name, GROUP_KINDS[group.kind], span(group.from_date, group.to_date))
    return " · ".join(str(part) for part in parts if part)


def title_line(title: str, since: date | None) -> str:
    """Return a title with the day since when it is, or was, borne."""
    word = str(TITLE_LEVELS.get(title, title))
    return str(_("%(title)s, since %(day)s") % {"title": word, "day": since.isoformat()}) if since else word


def member_count(count: int) -> str:
    """Return how many institutions stand on the other side."""
    return ngettext("%(count)s institution", "%(count)s institutions", count) % {"count": count}
