"""Names by the first letters of how they are read."""

import re

from django.db.models import Q

_LETTERS = re.compile(r"[a-zA-Z]{2,}[a-zA-Z0-9]*")


def spelled(said: str) -> Q:
    """Return the names that begin with these first letters (lib.pinyin); empty for what is no letters."""
    if not _LETTERS.fullmatch(said):
        return Q()
    return Q(initials__startswith=said.lower()) | Q(initials__contains=f" {said.lower()}")
