"""Who may take documents in."""

from lianti.contexts.intake import rules
from lianti.lib.actor import Actor

TAKERS = rules.TAKERS
READERS = rules.READERS


def may_take_in(actor: Actor) -> bool:
    """Say whether the actor's role takes documents in."""
    return actor.role in rules.TAKERS


def may_read(actor: Actor) -> bool:
    """Say whether the actor's role sees the documents of their institution."""
    return actor.role in rules.READERS
