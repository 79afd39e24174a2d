"""What changes the network: one function per verb."""

from lianti.contexts.network.domain import (
    DocumentDraft,
    FigureDraft,
    InstitutionDraft,
    PersonDraft,
    RelationDraft,
    RuleSetDraft,
    RuleSetFacts,
)
from lianti.contexts.network.services.bonds import confirm_relation, leave_relation
from lianti.contexts.network.services.doubts import doubt_across, settle_another, settle_same
from lianti.contexts.network.services.groups import add_group_member, close_group, create_group, end_group_member
from lianti.contexts.network.services.institutions import (
    adopt_institution,
    close_institution,
    create_institution,
    edit_institution,
    rename_institution,
)
from lianti.contexts.network.services.people import (
    add_person,
    change_employer,
    edit_person,
    follow_number,
    hide_person,
    show_person,
    stand_for,
)
from lianti.contexts.network.services.relations import (
    adopt_relation,
    edit_relation,
    end_relation,
    negotiate,
    put_in_force,
    request_relation,
)
from lianti.contexts.network.services.rule_sets import change_rule_set, end_rule_set, enter_rule_set
from lianti.contexts.network.services.sources import (
    adopt_figure,
    adopt_source,
    confirm_figure,
    drop_figure,
    edit_figure,
    open_programme,
    record_document,
    remember,
    renew_source,
)

__all__ = [
    "DocumentDraft",
    "FigureDraft",
    "InstitutionDraft",
    "PersonDraft",
    "RelationDraft",
    "RuleSetDraft",
    "RuleSetFacts",
    "add_group_member",
    "add_person",
    "adopt_figure",
    "adopt_institution",
    "adopt_relation",
    "adopt_source",
    "change_employer",
    "change_rule_set",
    "close_group",
    "close_institution",
    "confirm_figure",
    "confirm_relation",
    "create_group",
    "create_institution",
    "doubt_across",
    "drop_figure",
    "edit_figure",
    "edit_institution",
    "edit_person",
    "edit_relation",
    "end_group_member",
    "end_relation",
    "end_rule_set",
    "enter_rule_set",
    "follow_number",
    "hide_person",
    "leave_relation",
    "negotiate",
    "open_programme",
    "put_in_force",
    "record_document",
    "remember",
    "rename_institution",
    "renew_source",
    "request_relation",
    "settle_another",
    "settle_same",
    "show_person",
    "stand_for",
]
