"""Public identifiers: opaque, sortable by time, safe in an address."""

import hashlib
import re

from ulid import ULID

PATTERN = "[0-9A-HJKMNP-TV-Z]{26}"
_SHAPE = re.compile(PATTERN)


def new() -> str:
    """Return a new ULID: 26 characters of Crockford's base 32, time first."""
    return str(ULID())


def digest(secret: str) -> str:
    """Return what a table keeps of a long random secret, to know it again without holding it: SHA-256 in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_id(text: str) -> bool:
    """Say whether `text` has the shape of a public id."""
    return _SHAPE.fullmatch(text) is not None
