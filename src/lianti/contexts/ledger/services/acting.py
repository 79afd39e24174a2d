"""Writing in the books of two sides for somebody who belongs to neither."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.roles import Role


@contextmanager
def at_the_books(actor: Actor, giver_id: int, receiver_id: int) -> Iterator[Actor]:
    """Read and write in the receiver's scope when the actor is neither giver nor receiver, and asked already.

    An authority settles and judges, one hospital of a relation signs for all: the second wall would hide the
    accounts, sheets and sums of the two from them. Who did it stays who they are.
    """
    if actor.role is Role.SYSTEM or actor.tenant_id in {giver_id, receiver_id}:
        yield actor
        return
    inside = replace(actor, tenant_id=receiver_id)
    with scope.acting(inside):
        yield inside
