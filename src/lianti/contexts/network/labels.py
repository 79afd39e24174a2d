"""Words for people: every code of the network as a translated phrase."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.network.states import (
    Behaviour,
    Comparison,
    DocumentKind,
    GroupKind,
    InstitutionKind,
    Level,
    RelationState,
    TitleLevel,
)

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

STATE_TONES: dict[str, str] = {
    RelationState.REQUESTED: "waiting",
    RelationState.NEGOTIATING: "moving",
    RelationState.IN_FORCE: "done",
    RelationState.ENDED: "stopped",
}

MOVES: Words = {
    "request_relation": _("Request a relation"),
    "negotiate": _("Start negotiating"),
    "put_in_force": _("Put in force"),
    "end_relation": _("End the relation"),
    "adopt": _("Adopted from source"),
    "edit": _("Facts edited"),
}

COMPARISONS: Words = {
    Comparison.AT_LEAST: pgettext_lazy("figure", "at least"),
    Comparison.AT_MOST: pgettext_lazy("figure", "at most"),
    Comparison.ABOUT: pgettext_lazy("figure", "about"),
}

HIDDEN_PERSON = _("Name withheld")


def choices(words: Words) -> list[tuple[str, Promise]]:
    """Return a table of words as choices for a form."""
    return list(words.items())
