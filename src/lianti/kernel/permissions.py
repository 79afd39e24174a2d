"""Who may: one table per context, asked by the engine and by nobody else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from lianti.lib.actor import Actor
from lianti.lib.errors import NotAllowed, Sentence
from lianti.lib.roles import Role

Sides = Mapping[str, set[int]]


@dataclass(frozen=True)
class Rule:
    """Who may do an action: these roles, acting for an institution on one of these sides of the record.

    `says` is the rule as a lawyer would read it and what a refused user is told. `sides` empty: any side.
    `also` returns a further refusal for this very record, or None.
    """

    roles: frozenset[Role]
    sides: tuple[str, ...]
    says: Sentence
    also: Callable[[Actor, Any], Sentence | None] | None = None


@dataclass(frozen=True)
class Table:
    """The permission table of one kind of record.

    `sides` names the institutions on each side of a record; `visible` gives the rows an actor may know of. It may
    tell roles apart, but not one institution or person from another: its SQL is made once for each role.
    """

    name: str
    rules: Mapping[str, Rule]
    visible: Callable[[Actor], Q]
    sides: Callable[[Any], Sides] = lambda _record: {}  # for rules that name none

    def visible_to(self, actor: Actor) -> Q:
        """Return the filter of the rows that `actor` may know of; jobs see all."""
        return Q() if actor.role is Role.SYSTEM else self.visible(actor)

    def refusal(self, actor: Actor, action: str, record: Any) -> Sentence | None:
        """Say why `actor` may not do `action` to `record`; None when they may. No rule: nobody may."""
        rule = self.rules.get(action)
        if rule is None:
            return NotAllowed.default
        if actor.role not in rule.roles:
            return rule.says
        if rule.sides and actor.role is not Role.SYSTEM:
            sides = self.sides(record)
            if not any(actor.tenant_id in sides.get(side, ()) for side in rule.sides):
                return rule.says
        return rule.also(actor, record) if rule.also else None

    def may(self, actor: Actor, action: str, record: Any) -> None:
        """Pass when `actor` may do `action` to `record`; raise NotAllowed with the reason when not."""
        if (why := self.refusal(actor, action, record)) is not None:
            raise NotAllowed(why)
