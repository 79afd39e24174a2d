"""Idempotency: what a request with a key was answered, so that sending it twice does it once."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from lianti.kernel import ready
from lianti.kernel.models import Answer
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, KeyReused

LONGEST = 64


def body_of(*parts: Any) -> str:
    """Return the fingerprint of a request's content, to tell a repeated request from another one."""
    text = json.dumps(parts, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def knows(actor: Actor, key: str) -> bool:
    """Say whether the actor has sent a request with this key before."""
    return Answer.objects.filter(principal_id=actor.principal_id, key=key[:LONGEST]).exists()


def claim(actor: Actor, key: str, body: str, public_id: str, at: datetime) -> str | None:
    """Take the key for this request, or return the public id of the record that it was answered with before.

    Raises KeyReused, and Invalid for a key that is longer than any form's.
    """
    if len(key) > LONGEST:
        raise Invalid({"": _("The number of this form cannot be read. Open it again to send it.")})
    taken = ready.execute(
        "INSERT INTO kernel_answer (principal_id, key, body, record, at) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT (principal_id, key) DO NOTHING",
        [actor.principal_id, key, body, public_id, connection.ops.adapt_datetimefield_value(at)],
    )
    if taken:
        return None
    before = Answer.objects.get(principal_id=actor.principal_id, key=key)
    if before.body != body:
        raise KeyReused(record=before.record)
    return before.record
