"""Who may add to the directory, bind institutions and see their relations."""

from collections.abc import Iterator, Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network.models import (
    Department,
    Figure,
    GroupMember,
    Institution,
    InstitutionName,
    InstitutionTransition,
    PastEmployment,
    PeopleGroup,
    PeopleGroupTransition,
    Person,
    PersonTransition,
    Relation,
    RelationMember,
    RelationSpecialty,
    RelationTransition,
)
from lianti.contexts.network.states import GROUP, INSTITUTION, PERSON, RELATION, RelationState
from lianti.kernel import audience, personal, walls
from lianti.kernel.notices import Tell
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import NAME, PHONE, READ, Columns
from lianti.kernel.walls import EVERYONE, IN_OWN_NAME, MAKER, OPERATOR, Open, Wall, either, shared, sides
from lianti.kernel.workflow import engine
from lianti.kernel.workflow.engine import Flow
from lianti.kernel.worklist import Wait
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import DESK, Role

REGISTRARS = frozenset({Role.OFFICE, Role.ADMINISTRATOR, Role.SYSTEM})
BINDERS = frozenset(DESK | {Role.LEADER, Role.HEALTH_AUTHORITY, Role.SYSTEM})


def group_sides(group: PeopleGroup) -> Mapping[str, set[int]]:
    """Return which institutions stand on which side of a group of people: its owner."""
    return {"owner": {group.institution_id}}


def relation_sides(relation: Relation) -> Mapping[str, set[int]]:
    """Return who leads, who is a member, who watches over a relation."""
    return {
        "lead": {relation.lead_id},
        "member": relation.member_ids(),
        "authority": {relation.authority_id} if relation.authority_id else set(),
    }


def everyone(_actor: Actor) -> Q:
    """Return all rows: institutions and their people are a directory for everyone signed in."""
    return Q()


def relations_visible_to(actor: Actor) -> Q:
    """Return the relations of the actor's institution: as lead, member, authority, or as who entered it."""
    return RELATIONS.visible_to(actor)


def relation_audience(relation: Relation) -> set[int]:
    """Return who may see a relation: its parties and the named authority."""
    return relation.party_ids(authority=True)


def _of_the_house(actor: Actor, institution: Institution) -> Sentence | None:
    """Refuse whoever is neither of the house nor the platform's administrator."""
    if actor.role in {Role.ADMINISTRATOR, Role.SYSTEM} or actor.tenant_id == institution.tenant_id:
        return None
    return _("Only the institution's own office, or an administrator, changes its entry.")


def _of_the_employer(actor: Actor, person: Person) -> Sentence | None:
    """Refuse whoever neither works for the employer nor administers the platform."""
    if actor.role in {Role.ADMINISTRATOR, Role.SYSTEM} or actor.tenant_id == person.employer_id:
        return None
    return _("Only the employer's own office or coordinator, or an administrator, keeps this person's entry.")


def _bound_or_registrar(actor: Actor, relation: Relation) -> Sentence | None:
    """Refuse who requests a relation between others, unless they administer the platform."""
    if actor.role in {Role.ADMINISTRATOR, Role.SYSTEM} or actor.tenant_id in relation.party_ids(authority=True):
        return None
    return _("A relation is requested by one of its institutions or its health authority.")


_KEEP_INSTITUTION = Rule(
    roles=REGISTRARS,
    sides=(),
    says=_("The institution's own office, or an administrator, keeps its entry in the directory."),
    also=_of_the_house,
)
_KEEP_PERSON = Rule(
    roles=frozenset(DESK | {Role.ADMINISTRATOR, Role.SYSTEM}),
    sides=(),
    says=_("The employer's own office or coordinator, or an administrator, keeps its people in the directory."),
    also=_of_the_employer,
)
_KEEP_RELATION = Rule(
    roles=BINDERS,
    sides=("lead", "member", "authority"),
    says=_("Office, coordinator or leader of a party, or the named health authority, move a relation."),
)

INSTITUTIONS = Table(
    name="network.institution",
    rules={
        "network.create_institution": Rule(
            roles=REGISTRARS,
            sides=(),
            says=_("A network office or an administrator adds an institution to the directory."),
        ),
        "network.edit_institution": _KEEP_INSTITUTION,
        "network.rename_institution": _KEEP_INSTITUTION,
        "network.close_institution": Rule(
            roles=frozenset({Role.ADMINISTRATOR, Role.SYSTEM}),
            sides=(),
            says=_("Only an administrator closes an institution."),
        ),
    },
    visible=everyone,
)

PEOPLE = Table(
    name="network.person",
    rules={
        "network.add_person": _KEEP_PERSON,
        "network.edit_person": _KEEP_PERSON,
        "network.change_employer": Rule(
            roles=frozenset({Role.ADMINISTRATOR, Role.SYSTEM}),
            sides=(),
            says=_("Only an administrator moves somebody from one employer to another."),
        ),
        "network.hide_person": _KEEP_PERSON,
        "network.show_person": _KEEP_PERSON,
    },
    visible=everyone,
)

_KEEP_GROUP = Rule(
    roles=frozenset(DESK | {Role.ADMINISTRATOR, Role.SYSTEM}),
    sides=("owner",),
    says=_("The institution's own office or coordinator keeps its batches, teams and committees."),
)

GROUPS = Table(
    name="network.group",
    rules={
        "network.create_group": _KEEP_GROUP,
        "network.add_group_member": _KEEP_GROUP,
        "network.end_group_member": _KEEP_GROUP,
        "network.close_group": _KEEP_GROUP,
    },
    sides=group_sides,
    visible=everyone,
)

RELATIONS = Table(
    name="network.relation",
    rules={
        "network.request_relation": Rule(
            roles=frozenset(BINDERS | {Role.ADMINISTRATOR}),
            sides=(),
            says=_(
                "Office, coordinator or leader of a party, its health authority, or an administrator enter a relation."
            ),
            also=_bound_or_registrar,
        ),
        "network.negotiate": _KEEP_RELATION,
        "network.put_in_force": _KEEP_RELATION,
        "network.end_relation": _KEEP_RELATION,
        "network.edit_relation": _KEEP_RELATION,
    },
    sides=relation_sides,
    visible=lambda actor: audience.visible(RELATION.name, actor),
)


def relation_waits(relation: Relation) -> Iterator[Wait]:
    """Yield whose turn it is: whoever was asked answers a request, the lead brings a negotiation to its end."""
    if relation.state == RelationState.REQUESTED:
        asked = relation.party_ids() - {relation.tenant_id}
        for institution_id in sorted(asked if relation.tenant_id != relation.lead_id else relation.member_ids()):
            yield Wait(institution_id, _DESKS, "network.negotiate")
    elif relation.state == RelationState.NEGOTIATING:
        yield Wait(relation.lead_id, _DESKS, "network.put_in_force")


def relation_tells(relation: Relation, _key: str, actor: Actor) -> Iterator[Tell]:
    """Yield who hears of a move: the desks of the other parties, and the named authority."""
    params = {"relation": relation.name}
    for institution_id in sorted(relation.party_ids() - {actor.tenant_id}):
        yield Tell(institution_id, _DESKS, params)
    if relation.authority_id and relation.authority_id != actor.tenant_id:
        yield Tell(relation.authority_id, (Role.HEALTH_AUTHORITY,), params)


_DESKS = (Role.OFFICE, Role.COORDINATOR)

INSTITUTION_FLOW = Flow(INSTITUTION, Institution, InstitutionTransition, INSTITUTIONS)
PERSON_FLOW = Flow(PERSON, Person, PersonTransition, PEOPLE)
GROUP_FLOW = Flow(GROUP, PeopleGroup, PeopleGroupTransition, GROUPS)
RELATION_FLOW = Flow(
    RELATION,
    Relation,
    RelationTransition,
    RELATIONS,
    audience=relation_audience,
    waits=relation_waits,
    tells=relation_tells,
)


def available(actor: Actor, flow: Flow, public_id: str) -> list[str]:
    """Return the names of the moves that the record's state and the actor's role allow, for its buttons."""
    record = flow.record._default_manager.filter(flow.table.visible_to(actor)).get(public_id=public_id)
    return [t.name for t in engine.available(flow, record, actor)]


def may_add_person(actor: Actor, institution_id: int) -> bool:
    """Say whether the actor may enter somebody whom this institution employs."""
    return PEOPLE.refusal(actor, "network.add_person", Person(employer_id=institution_id)) is None


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
_OF_A_VISIBLE_RELATION = (
    "{t}.relation_id IS NULL OR EXISTS (SELECT 1 FROM network_relation r WHERE r.id = {t}.relation_id)"
)
WALLS: walls.Walls = (
    _INSTITUTION,
    Wall(InstitutionTransition, read=EVERYONE, insert=IN_OWN_NAME, why=_DIRECTORY),
    walls.child(InstitutionName, _INSTITUTION, "institution_id", "insert change"),
    Wall(Department, read=EVERYONE, insert=_KEPT_BY_HOUSE, change=_KEPT_BY_HOUSE, why=_DIRECTORY),
    _PERSON,
    walls.story(PersonTransition, _PERSON),
    Wall(PastEmployment, read=EVERYONE, insert=OPERATOR, why=_DIRECTORY),
    _GROUP,
    walls.story(PeopleGroupTransition, _GROUP),
    walls.child(GroupMember, _GROUP, "group_id", "insert change"),
    _RELATION,
    walls.story(RelationTransition, _RELATION),
    walls.child(RelationMember, _RELATION, "relation_id"),
    walls.child(RelationSpecialty, _RELATION, "relation_id"),
    Wall(
        Figure,
        read=_OF_A_VISIBLE_RELATION,
        insert=_OF_A_VISIBLE_RELATION,
        change=_OF_A_VISIBLE_RELATION,
        delete=_OF_A_VISIBLE_RELATION,
    ),
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
    Columns("network_institution", "code name short_name kind level region"),
    Columns("network_institutionname", "name"),
    Columns("network_department", "public_id name"),
    Columns("network_person", "title_level", {"name": NAME, "duty": NAME, "phone": PHONE}),
    Columns("network_peoplegroup", "name kind"),
    Columns("network_specialty", "name"),
    Columns("network_programme", "public_id code name policy_basis"),
    Columns("network_relation", "code behaviour name"),
    Columns("network_figure", "public_id label comparison", {"examples": READ}),
)
