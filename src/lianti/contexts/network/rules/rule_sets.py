"""Who may say what rules say: the operator for all, the lead for its own relation; who reads them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network.models.rule_sets import RuleSet, RuleSetTransition
from lianti.contexts.network.rules.tables import confirmed
from lianti.contexts.network.states import RELATION, RULE_SET
from lianti.kernel import personal, walls
from lianti.kernel.models import Audience
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import Columns
from lianti.kernel.walls import MAKER, OPERATOR, both, either
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import DESK, Role

KEEPERS = frozenset(DESK | {Role.ADMINISTRATOR, Role.SYSTEM})


def visible_to(actor: Actor) -> Q:
    """Return the rule sets that everybody signed in reads, and those of relations that the actor may know of."""
    known = Audience.objects.filter(tenant_id=actor.tenant_id, kind=RELATION.name)
    return Q(relation=None) | Q(relation__in=known.values("record_pk"))


def _of_its_scope(actor: Actor, rule_set: RuleSet) -> Sentence | None:
    """Refuse a set of a relation to all but its lead, every other to all but an administrator."""
    if actor.role is Role.SYSTEM:
        return None
    if rule_set.relation is None:
        wide = _("Rules for the country, a region or a programme are kept by an administrator.")
        return None if actor.role is Role.ADMINISTRATOR else wide
    if actor.role not in DESK or actor.tenant_id != rule_set.relation.lead_id:
        return _("Rules of a relation are kept by the office or coordinator of the leading institution.")
    return None if confirmed(rule_set.relation, actor.tenant_id) else _("Confirm the relation first.")


_KEEP = Rule(
    roles=KEEPERS,
    sides=(),
    says=_(
        "An administrator keeps the rules of country, region and programme; the office or coordinator of "
        "the leading institution those of its relation."
    ),
    also=_of_its_scope,
)

TABLE = Table(
    name=RULE_SET.name,
    rules={"network.enter_rule_set": _KEEP, "network.change_rule_set": _KEEP, "network.end_rule_set": _KEEP},
    visible=visible_to,
)

_OF_NO_RELATION = "{t}.relation_id IS NULL"
_SEEN = "EXISTS (SELECT 1 FROM network_relation r WHERE r.id = {t}.relation_id)"
_LED = "EXISTS (SELECT 1 FROM network_relation r WHERE r.id = {t}.relation_id AND r.lead_id = lianti_tenant())"
_KEPT = either(both(_OF_NO_RELATION, OPERATOR), _LED)
_RULE_SET = walls.record(
    RuleSet, RULE_SET.name, read=either(_OF_NO_RELATION, _SEEN), insert=both(MAKER, _KEPT), change=_KEPT
)
WALLS: walls.Walls = (_RULE_SET, walls.story(RuleSetTransition, _RULE_SET))

PERSONAL: personal.Declared = (Columns("network_ruleset", "use purpose name scope region values source replaces"),)
