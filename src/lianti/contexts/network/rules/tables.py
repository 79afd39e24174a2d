"""Who may add to the directory, bind institutions and see their relations."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network.models import (
    Figure,
    Institution,
    InstitutionTransition,
    PeopleGroup,
    PeopleGroupTransition,
    Person,
    PersonTransition,
    Relation,
    RelationConfirmation,
    RelationTransition,
)
from lianti.contexts.network.states import GROUP, INSTITUTION, PERSON, RELATION, InstitutionKind, RelationState
from lianti.kernel import audience
from lianti.kernel.notices import Tell
from lianti.kernel.permissions import Rule, Table
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


def figures_visible_to(actor: Actor) -> Q:
    """Return what is said of institutions: by a source, by the actor's own desk or of it, or confirmed.

    What is said of a relation is seen with the relation.
    """
    if actor.role is Role.SYSTEM:
        return Q()
    own = Q(said_by=actor.tenant_id) | Q(institution=actor.tenant_id)
    return Q(relation__isnull=False) | Q(said_by=None) | Q(confirmed_at__isnull=False) | own


def may_confirm(actor: Actor, figure: Figure) -> bool:
    """Say whether the actor may confirm a figure that another institution says of theirs."""
    if figure.confirmed_at is not None or figure.said_by_id in {None, actor.tenant_id}:
        return False
    if actor.role not in DESK | {Role.LEADER}:
        return False
    if figure.relation is not None:
        return actor.tenant_id in figure.relation.party_ids() and confirmed(figure.relation, actor.tenant_id)
    return actor.tenant_id == figure.institution_id


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


def confirmed(relation: Relation, institution_id: int, *, own: bool = False) -> bool:
    """Say whether an institution has said yes to a relation; `own`: by a move of its own."""
    rows = RelationConfirmation.objects.filter(relation=relation.pk, institution=institution_id)
    return (rows.filter(own=True) if own else rows).exists()


def _asked(actor: Actor, relation: Relation) -> Sentence | None:
    """Refuse to say yes a second time."""
    if not confirmed(relation, actor.tenant_id, own=True):
        return None
    return _("Your institution has confirmed this relation already.")


def _one_of_several(actor: Actor, relation: Relation) -> Sentence | None:
    """Refuse the only member: without it the relation has ended."""
    return None if len(relation.member_ids()) > 1 else _("The only member ends the relation.")


def _ends(actor: Actor, relation: Relation) -> Sentence | None:
    """Refuse one member among several: it leaves, and the others stay bound."""
    if actor.role is Role.SYSTEM or actor.tenant_id not in relation.member_ids() or len(relation.member_ids()) == 1:
        return None
    return _("One of several members leaves the relation; the leading institution ends it.")


def _has_confirmed(actor: Actor, relation: Relation) -> Sentence | None:
    """Refuse whoever has not said yes to the relation itself."""
    if actor.role is Role.SYSTEM or confirmed(relation, actor.tenant_id):
        return None
    return _("Confirm the relation first.")


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
_EDIT_RELATION = replace(_KEEP_RELATION, also=_has_confirmed)
_END_RELATION = replace(_KEEP_RELATION, also=_ends)

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
        "network.end_relation": _END_RELATION,
        "network.edit_relation": _EDIT_RELATION,
        "network.confirm_relation": Rule(
            roles=BINDERS,
            sides=("lead", "member", "authority"),
            says=_("Each party, and the named health authority, confirms a relation for itself."),
            also=_asked,
        ),
        "network.leave_relation": Rule(
            roles=BINDERS, sides=("member",), says=_("A member leaves by its own act."), also=_one_of_several
        ),
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
    elif relation.state == RelationState.IN_FORCE:
        said = RelationConfirmation.objects.filter(relation=relation.pk)
        own = dict(said.values_list("institution", "own"))
        for institution_id in sorted(relation.party_ids(authority=True) - set(own)):
            watches = institution_id == relation.authority_id
            roles = (*_DESKS, Role.HEALTH_AUTHORITY) if watches else _DESKS
            yield Wait(institution_id, roles, "network.confirm_relation")
        if relation.authority_id and own.get(relation.authority_id) is False and would_judge(relation):
            yield Wait(relation.authority_id, (*_DESKS, Role.HEALTH_AUTHORITY), "network.take_up_relation")


def would_judge(relation: Relation) -> bool:
    """Say whether its authority settles, draws and judges in a relation once it has itself said yes to it."""
    authority = relation.authority
    judges = authority is not None and authority.kind == InstitutionKind.HEALTH_AUTHORITY
    return judges and relation.authority_id not in relation.party_ids()


def _label(institution_id: int) -> str:
    found = Institution.objects.filter(pk=institution_id).values_list("short_name", flat=True).first()
    return found or ""


def relation_tells(relation: Relation, _key: str, actor: Actor) -> Iterator[Tell]:
    """Yield who hears of a move: the desks of the other parties, and the named authority."""
    params = {"relation": relation.name, "who": _label(actor.tenant_id)}
    for institution_id in sorted((relation.party_ids() | relation.left) - {actor.tenant_id}):
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
