"""Readings that mirrors put behind characters: 醫(yī), 關(guan) 於(yu)."""

import re

from lianti.contexts.intake.domain.cleaning.hanzi import reads, simple

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüɑɡńňǹḿ"
READING = rf"[a-z{TONED}]{{1,6}}"
INSERT = re.compile(
    rf"(?P<before>[㐀-䶿一-鿿豈-﫿])[(（](?P<reading>{READING})[)）](?P<blank> ?)(?=(?P<next>[^\x00-\x7f])?)"
)


def is_insert(match: re.Match[str], *, mirror: bool) -> bool:
    """Whether a bracket holds a reading of the character before it.

    On a page that is no mirror only traditional characters lose theirs.
    """
    before = match["before"]
    return reads(before, match["reading"]) and (mirror or simple(before) != before)


def count(text: str) -> int:
    """How many characters of a text carry their reading."""
    return sum(1 for match in INSERT.finditer(text) if reads(match["before"], match["reading"]))
