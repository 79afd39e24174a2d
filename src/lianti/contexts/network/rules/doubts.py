"""Who says whether two entries of the directory are one person: never the side that entered the second."""

from collections.abc import Iterator, Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network.models import Person, PersonDoubt, PersonDoubtTransition
from lianti.contexts.network.states import DOUBT, DoubtState
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.workflow.engine import Flow
from lianti.kernel.worklist import Wait
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import DESK, Role


def doubt_sides(doubt: PersonDoubt) -> Mapping[str, set[int]]:
    """Return who entered the second of two like entries, and who employs the first."""
    return {"entered": {doubt.tenant_id}, "other": {doubt.other.employer_id}}


def _settles(actor: Actor, doubt: PersonDoubt) -> Sentence | None:
    """Refuse the side that entered the second entry, and whoever stands in either."""
    if actor.role is Role.SYSTEM:
        return None
    if actor.tenant_id == doubt.tenant_id:
        return _("The side that entered this person does not settle whether it is somebody else.")
    if Person.objects.filter(pk__in=(doubt.person_id, doubt.other_id), principal=actor.principal_id).exists():
        return _("Somebody else settles whether you are the same person.")
    if actor.role is Role.ADMINISTRATOR or actor.tenant_id == doubt.other.employer_id:
        return None
    return _SETTLE.says


_SETTLE = Rule(
    roles=frozenset(DESK | {Role.ADMINISTRATOR, Role.SYSTEM}),
    sides=(),
    says=_(
        "The office or coordinator of the institution that did not enter the person, or an administrator of another"
        " one, settles it."
    ),
    also=_settles,
)


def _visible(actor: Actor) -> Q:
    if actor.role is Role.ADMINISTRATOR:
        return Q()
    house = actor.tenant_id
    return Q(tenant=house) | Q(person__employer=house) | Q(other__employer=house)


DOUBTS = Table(
    name="network.doubt",
    rules={
        "network.raise_doubt": Rule(
            frozenset({Role.SYSTEM}), (), _("A doubt is raised by entering a person like another one.")
        ),
        "network.settle_another": _SETTLE,
        "network.settle_same": _SETTLE,
    },
    sides=doubt_sides,
    visible=_visible,
)


def doubt_waits(doubt: PersonDoubt) -> Iterator[Wait]:
    """Yield whose turn it is while a doubt is open: the desk of the side that did not enter the person."""
    settler = doubt.other.employer_id
    if doubt.state == DoubtState.OPEN and settler != doubt.tenant_id:
        yield Wait(settler, (Role.OFFICE, Role.COORDINATOR), "network.settle_doubt")


DOUBT_FLOW = Flow(DOUBT, PersonDoubt, PersonDoubtTransition, DOUBTS, waits=doubt_waits)
