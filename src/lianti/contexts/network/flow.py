"""The life of a rule set bound to its tables: who is told."""

from collections.abc import Iterator

from lianti.contexts.network.models import Institution
from lianti.contexts.network.models.rule_sets import RuleSet, RuleSetTransition
from lianti.contexts.network.rules import rule_sets
from lianti.contexts.network.states import RULE_SET
from lianti.kernel.notices import Tell
from lianti.kernel.workflow.engine import Flow
from lianti.lib.actor import Actor
from lianti.lib.roles import Role

_DESKS = (Role.OFFICE, Role.COORDINATOR)


def tells(rule_set: RuleSet, _key: str, actor: Actor) -> Iterator[Tell]:
    """Tell the other parties of a relation what its rules now say; wider rules are read, not sent."""
    if rule_set.relation is None:
        return
    who = Institution.objects.filter(pk=actor.tenant_id).values_list("short_name", flat=True).first() or ""
    for institution_id in sorted(rule_set.relation.party_ids() - {actor.tenant_id}):
        yield Tell(institution_id, _DESKS, {"who": who, "title": rule_set.name})


RULE_SET_FLOW = Flow(spec=RULE_SET, record=RuleSet, transitions=RuleSetTransition, table=rule_sets.TABLE, tells=tells)
