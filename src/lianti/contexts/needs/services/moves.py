"""One move of a need, as every verb does it."""

from datetime import datetime
from typing import Any

from lianti.contexts.needs.flow import FLOW
from lianti.contexts.needs.models import Need
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day


def move(name: str, actor: Actor, at: datetime, key: str | None, need_id: str, **more: Any) -> Need:
    """Do a move that leaves the turn where it is."""
    moved: Need = engine.move(FLOW, need_id, name=name, actor=actor, at=at, key=key, **more)
    return moved


def turn(
    name: str,
    actor: Actor,
    at: datetime,
    key: str | None,
    need_id: str,
    fields: dict[str, Any] | None = None,
    **more: Any,
) -> Need:
    """Do a move after which another side has waited from today on."""
    fields = {"turn_date": shanghai_day(at), **(fields or {})}
    return move(name, actor, at, key, need_id, fields=fields, **more)
