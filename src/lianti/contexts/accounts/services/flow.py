"""The workflow of memberships, bound to its tables, and who is told of what."""

from collections.abc import Iterator

from lianti.contexts.accounts.models import Membership, MembershipTransition
from lianti.contexts.accounts.rules import TABLE
from lianti.contexts.accounts.states import MEMBERSHIP, MembershipState
from lianti.contexts.network import queries as network
from lianti.kernel.models import Principal
from lianti.kernel.notices import Tell
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.roles import DESK, Role


def _tells(record: Membership, key: str, actor: Actor) -> Iterator[Tell]:
    """Yield who hears of it: the owner of the sign-in wherever they act, a house whose seat rests, administrators."""
    params = {
        "institution": network.institution_by_id(record.institution_id).short_name,
        "who": Principal.objects.values_list("name", flat=True).get(pk=actor.principal_id),
        "name": record.principal.name,
        "ends": (record.principal.phone or "")[-2:],
    }
    seats = Membership.objects.filter(state=MembershipState.ACTIVE)
    if key == "accounts.rested":
        yield Tell(record.institution_id, tuple(sorted(DESK)), params)
    elif key == "accounts.reset_asked":
        others = seats.filter(role=Role.ADMINISTRATOR).exclude(principal=actor.principal_id)
        for institution_id, principal_id in others.values_list("institution", "principal").distinct():
            yield Tell(institution_id, params=params, principal_id=principal_id)
    else:
        own = seats.filter(principal=record.principal_id).values_list("institution", flat=True)
        for institution_id in sorted(set(own)):
            yield Tell(institution_id, params=params, principal_id=record.principal_id)
        if key == "accounts.own_phone_changed":
            yield Tell(record.institution_id, tuple(sorted(DESK)), params)


MEMBERSHIP_FLOW = engine.Flow(
    spec=MEMBERSHIP, record=Membership, transitions=MembershipTransition, table=TABLE, tells=_tells
)
