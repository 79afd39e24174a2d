"""What a relation of the example counts by: agreed once, and agreed anew a year later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from lianti.contexts.network import services as network
from lianti.demo.papers import Relations
from lianti.demo.when import When, moment
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months

FIRST = {"rest": True, "called_home": False, "leave": [], "month_days": 30, "half_days": 15}
SECOND = {**FIRST, "leave": ["annual", "bereavement"]}


def agree(office: Actor, when: When, relations: Relations) -> None:
    """Enter the rules of the paired assistance; the second ones take the place of the first after a year."""
    began = when.first
    changes = add_months(began, 12)
    first = _enter(office, relations, began, "对口支援天数认定办法（试行）", FIRST, "双方联席会议纪要〔第1次〕")
    network.end_rule_set(
        actor=office,
        at=moment(changes, 10),
        key=None,
        rule_set_id=first,
        to_date=changes - timedelta(days=1),
        note="试行期满，另定",
    )
    _enter(office, relations, changes, "对口支援天数认定办法", SECOND, "双方联席会议纪要〔第5次〕")


def _enter(office: Actor, relations: Relations, day: date, name: str, values: dict[str, Any], source: str) -> str:
    facts = network.RuleSetFacts(name, values, source, verified=True, from_date=day)
    draft = network.RuleSetDraft("dispatch", facts, scope="relation", relation_id=relations["paired"].pk)
    made = network.enter_rule_set(actor=office, at=moment(day, 10), key=None, rule_set=draft)
    return made.public_id
