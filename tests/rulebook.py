"""A small room that counts by rules: what every test of rule values registers.

with known(): …             the use "trial" is known, and only then
a_rule_set(cast, {...})     a set of the country, of a region, of the relation
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from lianti.contexts.network import services as network
from lianti.contexts.network.domain import rulebook
from lianti.contexts.network.models.rule_sets import RuleSet
from lianti.contexts.network.queries import RuleScope, RuleUse, RuleValue, ShippedSet, ValueKind
from lianti.kernel import scope
from lianti.lib.actor import Actor
from tests.cast import AT, Cast, the_system

TRIAL = RuleUse(
    "trial",
    "试行规则",
    values=(
        RuleValue("people", ValueKind.COUNT, "最少人数", help="每批", unit="人", least=1, most=50),
        RuleValue("months", ValueKind.MONTHS, "最少月数", most=60),
        RuleValue("gap", ValueKind.DAYS, "不中断的间隔"),
        RuleValue("all_year", ValueKind.YES_NO, "全年在岗"),
        RuleValue(
            "leave", ValueKind.CHOICE, "计入的假别", choices={"sick": "病假", "annual": "年假", "family": "探亲假"}
        ),
    ),
    shipped=(
        ShippedSet(
            "national",
            "国家口径",
            {"people": 5, "months": 6, "all_year": True},
            "关于对口帮扶的通知，2016年",
            verified=True,
            purpose="team",
        ),
        ShippedSet("board", "晋升口径", {"months": 12, "leave": []}, "未经核对", verified=False, purpose="promotion"),
        ShippedSet(
            "green-hills",
            "青山省口径",
            {"months": 12},
            "青山省通知，2020年",
            verified=True,
            scope=RuleScope.REGION,
            region="青山省",
            from_date=date(2020, 1, 1),
        ),
    ),
    purposes={"team": "团队", "promotion": "晋升"},
)


@contextmanager
def known(use: RuleUse = TRIAL) -> Iterator[RuleUse]:
    """Let a use be known for a while, and no other."""
    before = dict(rulebook.USES)
    rulebook.USES.clear()
    rulebook.register(use)
    try:
        yield use
    finally:
        rulebook.USES.clear()
        rulebook.USES.update(before)


def facts(values: Mapping[str, Any], **given: Any) -> network.RuleSetFacts:
    """Return what a rule set says."""
    return network.RuleSetFacts(**{"name": "本地口径", "values": values, "source": "院办会议纪要〔2026〕3号", **given})


def a_rule_set(
    _cast: Cast, values: Mapping[str, Any] | None = None, *, actor: Actor | None = None, **given: Any
) -> RuleSet:
    """Enter a rule set of the use "trial"; by a job, unless an actor is named."""
    named = {name: given.pop(name) for name in ("name", "source", "verified", "from_date", "to_date") if name in given}
    draft = network.RuleSetDraft(use="trial", facts=facts(values or {"months": 9}, **named), **given)
    if actor is not None:
        with scope.acting(actor):
            return network.enter_rule_set(actor=actor, at=AT, key=None, rule_set=draft)
    with scope.system():
        return network.enter_rule_set(actor=the_system(), at=AT, key=None, rule_set=draft)


def of_relation(cast: Cast, values: Mapping[str, Any] | None = None, **given: Any) -> RuleSet:
    """Enter a rule set of the cast's relation, as the lead's office does."""
    where = {"scope": "relation", "relation_id": cast.relation.pk}
    return a_rule_set(cast, values, actor=cast.supporting.office, **where, **given)
