"""Codes of the network and the life of a relation, as plain tables."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, SAME, Transition, Workflow


class InstitutionKind(StrEnum):
    HOSPITAL = "hospital"
    MATERNAL_CHILD_HOSPITAL = "maternal_child_hospital"
    TOWNSHIP_HEALTH_CENTRE = "township_health_centre"
    COMMUNITY_HEALTH_CENTRE = "community_health_centre"
    HEALTH_AUTHORITY = "health_authority"
    GOVERNMENT = "government"
    SUPERVISION_INSTITUTE = "supervision_institute"


class Level(StrEnum):
    """Grade of a hospital; unknown is the empty word, never a guess."""

    UNKNOWN = ""
    TERTIARY_A = "3a"
    TERTIARY_B = "3b"
    TERTIARY = "3"
    SECONDARY_A = "2a"
    SECONDARY_B = "2b"
    SECONDARY = "2"
    PRIMARY = "1"


class TitleLevel(StrEnum):
    """Professional title as a code, never guessed from free text."""

    UNKNOWN = ""
    SENIOR = "senior"
    DEPUTY_SENIOR = "deputy_senior"
    INTERMEDIATE = "intermediate"
    JUNIOR = "junior"


class GroupKind(StrEnum):
    BATCH = "batch"
    TEAM = "team"
    COMMITTEE = "committee"


class DocumentKind(StrEnum):
    DIRECTIVE = "directive"
    AGREEMENT = "agreement"
    RESPONSIBILITY_LETTER = "responsibility_letter"
    MINUTES = "minutes"
    REPORT = "report"


class Behaviour(StrEnum):
    PAIRED_ASSISTANCE = "paired_assistance"
    TEAM_ASSISTANCE = "team_assistance"
    CONSORTIUM = "consortium"
    SPECIALTY_ALLIANCE = "specialty_alliance"
    UPLIFT_PROJECT = "uplift_project"
    EXPERT_WORKSTATION = "expert_workstation"
    SERVICE_COOPERATION = "service_cooperation"


class Comparison(StrEnum):
    EXACT = ""
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"


class InstitutionState(StrEnum):
    LISTED = "listed"
    CLOSED = "closed"


class DoubtState(StrEnum):
    """Whether two entries of the directory are one person; until it is settled they count as one."""

    OPEN = "open"
    ANOTHER = "another"
    SAME = "same"


class PersonState(StrEnum):
    LISTED = "listed"
    HIDDEN = "hidden"


class GroupState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class RuleSetState(StrEnum):
    KEPT = "kept"
    ENDED = "ended"


class RelationState(StrEnum):
    REQUESTED = "requested"
    NEGOTIATING = "negotiating"
    IN_FORCE = "in_force"
    ENDED = "ended"


RELATION = Workflow(
    name="network.relation",
    states=RelationState,
    final=frozenset({RelationState.ENDED}),
    adoptable=frozenset(RelationState),
    transitions=(
        Transition(
            name="request_relation",
            sources=frozenset({NEW}),
            target=RelationState.REQUESTED,
            action="network.request_relation",
            notices=("network.relation.requested",),
        ),
        Transition(
            name="negotiate",
            sources=frozenset({RelationState.REQUESTED}),
            target=RelationState.NEGOTIATING,
            action="network.negotiate",
            notices=("network.relation.negotiating",),
            primary=True,
        ),
        Transition(
            name="put_in_force",
            sources=frozenset({RelationState.REQUESTED, RelationState.NEGOTIATING}),
            target=RelationState.IN_FORCE,
            action="network.put_in_force",
            notices=("network.relation.in_force",),
            primary=True,
        ),
        Transition(
            name="end_relation",
            sources=frozenset({RelationState.REQUESTED, RelationState.NEGOTIATING, RelationState.IN_FORCE}),
            target=RelationState.ENDED,
            action="network.end_relation",
            notices=("network.relation.ended",),
            danger=True,
        ),
        Transition(
            name="edit_relation",
            sources=frozenset({RelationState.REQUESTED, RelationState.NEGOTIATING, RelationState.IN_FORCE}),
            target=SAME,
            action="network.edit_relation",
            notices=("network.relation.edited",),
        ),
        Transition(
            name="confirm_relation",
            sources=frozenset({RelationState.REQUESTED, RelationState.NEGOTIATING, RelationState.IN_FORCE}),
            target=SAME,
            action="network.confirm_relation",
            notices=("network.relation.confirmed",),
            primary=True,
        ),
        Transition(
            name="leave_relation",
            sources=frozenset({RelationState.REQUESTED, RelationState.NEGOTIATING, RelationState.IN_FORCE}),
            target=SAME,
            action="network.leave_relation",
            notices=("network.relation.left",),
            danger=True,
        ),
    ),
)

INSTITUTION = Workflow(
    name="network.institution",
    states=InstitutionState,
    final=frozenset({InstitutionState.CLOSED}),
    adoptable=frozenset({InstitutionState.LISTED}),
    transitions=(
        Transition("create_institution", frozenset({NEW}), InstitutionState.LISTED, "network.create_institution"),
        Transition("edit_institution", frozenset({InstitutionState.LISTED}), SAME, "network.edit_institution"),
        Transition("rename_institution", frozenset({InstitutionState.LISTED}), SAME, "network.rename_institution"),
        Transition(
            "close_institution",
            frozenset({InstitutionState.LISTED}),
            InstitutionState.CLOSED,
            "network.close_institution",
            danger=True,
        ),
    ),
)

PERSON = Workflow(
    name="network.person",
    states=PersonState,
    final=frozenset(),
    adoptable=frozenset({PersonState.LISTED}),
    transitions=(
        Transition("add_person", frozenset({NEW}), PersonState.LISTED, "network.add_person"),
        Transition("edit_person", frozenset({PersonState.LISTED}), SAME, "network.edit_person"),
        Transition("change_employer", frozenset({PersonState.LISTED}), SAME, "network.change_employer"),
        Transition(
            "hide_person", frozenset({PersonState.LISTED}), PersonState.HIDDEN, "network.hide_person", danger=True
        ),
        Transition("show_person", frozenset({PersonState.HIDDEN}), PersonState.LISTED, "network.show_person"),
    ),
)

DOUBT = Workflow(
    name="network.doubt",
    states=DoubtState,
    final=frozenset(),
    transitions=(
        Transition("raise_doubt", frozenset({NEW}), DoubtState.OPEN, "network.raise_doubt"),
        Transition(
            "settle_another",
            frozenset({DoubtState.OPEN, DoubtState.SAME}),
            DoubtState.ANOTHER,
            "network.settle_another",
            primary=True,
        ),
        Transition(
            "settle_same", frozenset({DoubtState.OPEN, DoubtState.ANOTHER}), DoubtState.SAME, "network.settle_same"
        ),
    ),
)

GROUP = Workflow(
    name="network.group",
    states=GroupState,
    final=frozenset({GroupState.CLOSED}),
    adoptable=frozenset({GroupState.OPEN}),
    transitions=(
        Transition("create_group", frozenset({NEW}), GroupState.OPEN, "network.create_group"),
        Transition("add_group_member", frozenset({GroupState.OPEN}), SAME, "network.add_group_member"),
        Transition("end_group_member", frozenset({GroupState.OPEN}), SAME, "network.end_group_member"),
        Transition("close_group", frozenset({GroupState.OPEN}), GroupState.CLOSED, "network.close_group", danger=True),
    ),
)

RULE_SET = Workflow(
    name="network.rule_set",
    states=RuleSetState,
    final=frozenset({RuleSetState.ENDED}),
    transitions=(
        Transition(
            name="enter_rule_set",
            sources=frozenset({NEW}),
            target=RuleSetState.KEPT,
            action="network.enter_rule_set",
            notices=("network.rule_set.entered",),
        ),
        # A past month is judged anew: whoever changes a set says why, and a figure names the version.
        Transition(
            name="change_rule_set",
            sources=frozenset({RuleSetState.KEPT}),
            target=SAME,
            action="network.change_rule_set",
            required=("note",),
            notices=("network.rule_set.changed",),
        ),
        Transition(
            name="end_rule_set",
            sources=frozenset({RuleSetState.KEPT}),
            target=RuleSetState.ENDED,
            action="network.end_rule_set",
            required=("to_date",),
            notices=("network.rule_set.ended",),
            danger=True,
        ),
    ),
)
