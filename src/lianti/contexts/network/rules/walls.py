"""The wall of every table of the network, and which of their columns tell of people."""

from lianti.contexts.network.models import (
    Department,
    Figure,
    GroupMember,
    Institution,
    InstitutionName,
    InstitutionTransition,
    PastEmployment,
    PastTitle,
    PeopleGroup,
    PeopleGroupTransition,
    Person,
    PersonDoubt,
    PersonDoubtTransition,
    PersonTransition,
    Relation,
    RelationConfirmation,
    RelationMember,
    RelationSpecialty,
    RelationTransition,
)
from lianti.contexts.network.rules import rule_sets
from lianti.contexts.network.rules.doubts import DOUBTS
from lianti.contexts.network.rules.tables import GROUPS, INSTITUTIONS, PEOPLE, RELATIONS
from lianti.kernel import personal, walls
from lianti.kernel.personal import NAME, PHONE, READ, Columns
from lianti.kernel.walls import EVERYONE, IN_OWN_NAME, MAKER, OPERATOR, Open, Wall, both, either, shared, sides

_DIRECTORY = "Institutions and their people are a directory for everyone signed in."
_KEPT_BY_ITSELF = either(MAKER, OPERATOR)
_KEPT_BY_HOUSE = either(sides("institution_id"), OPERATOR)
_KEPT_BY_EMPLOYER = either(sides("employer_id"), OPERATOR)
_INSTITUTION = walls.record(
    Institution, INSTITUTIONS.name, read=EVERYONE, insert=EVERYONE, change=_KEPT_BY_ITSELF, why=_DIRECTORY
)
_PERSON = walls.record(
    Person, PEOPLE.name, read=EVERYONE, insert=_KEPT_BY_EMPLOYER, change=_KEPT_BY_EMPLOYER, why=_DIRECTORY
)
_GROUP = walls.record(
    PeopleGroup, GROUPS.name, read=EVERYONE, insert=_KEPT_BY_HOUSE, change=_KEPT_BY_HOUSE, why=_DIRECTORY
)
_RELATION = walls.record(Relation, RELATIONS.name, read=shared(RELATIONS.name), change=shared(RELATIONS.name))
_OF_RELATION = walls.child(RelationConfirmation, _RELATION, "relation_id", "delete")
# Nobody says yes for another; whoever may change the relation may let an institution out of it.
_CONFIRMATION = Wall(
    RelationConfirmation,
    read=_OF_RELATION.read,
    insert=both(_OF_RELATION.delete, either(sides("institution_id"), OPERATOR)),
    delete=_OF_RELATION.delete,
)
_OF_A_VISIBLE_RELATION = (
    "{t}.relation_id IS NULL OR EXISTS (SELECT 1 FROM network_relation r WHERE r.id = {t}.relation_id)"
)
_CONFIRMED_OR_OWN = either(
    "{t}.said_by_id IS NULL", "{t}.confirmed_at IS NOT NULL", sides("said_by_id", "institution_id"), OPERATOR
)
_OF_RELATION_SAID = "{t}.relation_id IS NOT NULL AND {t}.said_by_id IS NOT NULL"
_OTHERS_DESK = both(
    "EXISTS (SELECT 1 FROM network_person p WHERE p.id = {t}.other_id AND p.employer_id = lianti_tenant())",
    "{t}.tenant_id <> lianti_tenant()",
)
_DOUBT = walls.record(
    PersonDoubt,
    DOUBTS.name,
    read=EVERYONE,
    insert=either(MAKER, OPERATOR),
    change=either(_OTHERS_DESK, OPERATOR),
    why="Whoever verifies is asked whether they may be somebody else, wherever that person works.",
)
WALLS: walls.Walls = (
    _INSTITUTION,
    Wall(InstitutionTransition, read=EVERYONE, insert=IN_OWN_NAME, why=_DIRECTORY),
    walls.child(InstitutionName, _INSTITUTION, "institution_id", "insert change"),
    Wall(Department, read=EVERYONE, insert=_KEPT_BY_HOUSE, change=_KEPT_BY_HOUSE, why=_DIRECTORY),
    _PERSON,
    walls.story(PersonTransition, _PERSON),
    walls.child(PastTitle, _PERSON, "person_id", "insert"),
    Wall(PastEmployment, read=EVERYONE, insert=OPERATOR, why=_DIRECTORY),
    _DOUBT,
    walls.story(PersonDoubtTransition, _DOUBT),
    _GROUP,
    walls.story(PeopleGroupTransition, _GROUP),
    walls.child(GroupMember, _GROUP, "group_id", "insert change"),
    _RELATION,
    walls.story(RelationTransition, _RELATION),
    walls.child(RelationMember, _RELATION, "relation_id"),
    _CONFIRMATION,
    walls.child(RelationSpecialty, _RELATION, "relation_id"),
    Wall(
        Figure,
        read=both(_OF_A_VISIBLE_RELATION, either("{t}.relation_id IS NOT NULL", _CONFIRMED_OR_OWN)),
        insert=both(_OF_A_VISIBLE_RELATION, either(sides("said_by_id"), OPERATOR)),
        change=both(_OF_A_VISIBLE_RELATION, either(sides("said_by_id", "institution_id"), _OF_RELATION_SAID, OPERATOR)),
        delete=both(_OF_A_VISIBLE_RELATION, either(sides("said_by_id"), OPERATOR)),
    ),
    *rule_sets.WALLS,
    Open("network_document", "Directives and reports that many records rest on.", "read insert"),
    Open("network_source", "Which report a fact came from; shown beside every fact.", "read insert"),
    Open("network_specialty", "A list of names, shared by all.", "read insert"),
    Open("network_programme", "A list of programmes, shared by all.", "read insert"),
    Open("network_loadedrecord", "What a report said of a record; shown beside it as its source."),
)

PERSONAL: personal.Declared = (
    Columns("network_document", "public_id kind title number publisher medium"),
    Columns("network_source", "public_id code"),
    Columns("network_loadedrecord", "kind key public_id", {"facts": READ}),
    Columns("network_institution", "code name short_name kind level region initials"),
    Columns("network_institutionname", "name"),
    Columns("network_department", "public_id name"),
    Columns("network_pasttitle", "title_level"),
    Columns("network_person", "title_level", {"name": NAME, "initials": NAME, "duty": NAME, "phone": PHONE}),
    Columns("network_peoplegroup", "name kind"),
    Columns("network_specialty", "name"),
    Columns("network_programme", "public_id code name policy_basis"),
    Columns("network_relation", "code behaviour name"),
    Columns("network_figure", "public_id label comparison", {"examples": READ}),
    *rule_sets.PERSONAL,
)
