"""Readings that mirrors put behind characters: 醫(yī), 關(guan) 於(yu)."""

import re

from lianti.contexts.intake.domain.cleaning.hanzi import reads, simple

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüɑɡńňǹḿ"
READING = rf"[a-z{TONED}]{{1,6}}"
INSERT = re.compile(
    rf"(?P<before>[㐀-䶿一-鿿豈-﫿])[(（](?P<reading>{READING})[)）](?P<blank> ?)(?=(?P<next>[^\x00-\x7f])?)"
)
# A reading that a blank or half a tag stands in: 醫(y ī), 國(g/span>uó).
BROKEN = re.compile(
    rf"(?P<before>[㐀-䶿一-鿿豈-﫿])[(（](?P<head>[a-z{TONED}]{{0,5}})"
    rf"(?:[ \u00a0]{{1,2}}|</?[a-z:]{{1,8}}>|/[a-z:]{{1,8}}>)(?P<tail>[a-z{TONED}]{{0,5}})[ \u00a0]{{0,2}}[)）]"
)


def _whole(match: re.Match[str]) -> str:
    reading = match["head"] + match["tail"]
    return f"{match['before']}({reading})" if reading and reads(match["before"], reading) else match[0]


def join(line: str) -> str:
    """The line with its broken readings whole."""
    return BROKEN.sub(_whole, line)


def is_insert(match: re.Match[str], *, mirror: bool) -> bool:
    """Whether a bracket holds a reading of the character before it.

    On a page that is no mirror only traditional characters lose theirs.
    """
    before = match["before"]
    return reads(before, match["reading"]) and (mirror or simple(before) != before)


def count(text: str) -> int:
    """How many characters of a text carry their reading."""
    return sum(1 for match in INSERT.finditer(text) if reads(match["before"], match["reading"]))
