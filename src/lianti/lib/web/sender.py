"""Whose form it is: every form carries who was signed in when it was drawn, so that it can be kept for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core import signing

if TYPE_CHECKING:
    from lianti.lib.actor import Actor

FIELD = "by"
_SALT = "lianti.sender"
_LIVES = 14 * 24 * 3600  # seconds: as long as a session


def sign(actor: Actor | None) -> str:
    """Return the word that names the sender; '' for nobody."""
    return signing.dumps([actor.principal_id, actor.tenant_id], salt=_SALT) if actor else ""


def read(word: str) -> tuple[int, int] | None:
    """Return the keys of principal and institution that a word names; None when it is forged, too old or no word."""
    try:
        principal, tenant = signing.loads(word, salt=_SALT, max_age=_LIVES)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return principal, tenant
