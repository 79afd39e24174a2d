"""Words that somebody looks for, kept for them: the address of what is found names the row, not the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.web.search import Typed
from lianti.records.models import Sought

LIVES = timedelta(days=90)


@dataclass(frozen=True)
class Kept:
    """Words as an address names them."""

    public_id: str
    typed: Typed


def keep(actor: Actor, typed: str, at: datetime) -> Kept | None:
    """Keep words for whoever looks for them; the same words are one row. None: nothing was typed."""
    words = Typed.of(typed)
    if not words.text:
        return None
    given: dict[str, Any] = {"expires_at": at + LIVES}
    row, _new = Sought.objects.update_or_create(principal_id=actor.principal_id, words=words.text, defaults=given)
    return Kept(row.public_id, words)


def kept(actor: Actor, public_id: str) -> Kept | None:
    """Return the words that this person looked for, or None."""
    if not ids.is_id(public_id):
        return None
    row = Sought.objects.filter(principal=actor.principal_id, public_id=public_id).first()
    return None if row is None else Kept(row.public_id, Typed(row.words))
