"""Letters, notices and minutes: to whom, the closing words, who signs and when, are part of the text."""

import re

from lianti.contexts.intake.domain.cleaning.cutting import Part
from lianti.contexts.intake.domain.cleaning.furniture import WHEN
from lianti.contexts.intake.domain.cleaning.marks import reason

_CLOSING = re.compile(r"^\W{0,4}(?:此\s{0,4}致|敬\s{0,4}礼|祝.{1,16}[!。]?$|顺[祝颂]|特此|即颂)")
_DAY = re.compile(
    rf"^\W{{0,4}}(?:{WHEN.pattern}|\d{{1,2}}月\d{{1,2}}日|[二〇零○一三四五六七八九十年月日]{{6,12}})\W{{0,3}}$"
)
_MOST = 6


def keep_letter(parts: list[Part], first: int, last: int) -> None:
    """Keep the salutation before the story and, where there is one or closing words, the signature behind it."""
    if first >= len(parts):
        return
    greeted = _salutation(parts, first)
    behind = [part for part in parts[last + 1 :] if part.text][:_MOST]
    if not greeted and not any(_CLOSING.match(part.text) for part in behind):
        return
    for part in behind:
        if not _signs(part) and not _DAY.match(part.text):
            break
        part.why = ""


def _salutation(parts: list[Part], first: int) -> bool:
    """Whether the line before the story, or its first, speaks to somebody; then it is kept."""
    before = next((part for part in reversed(parts[:first]) if part.text), None)
    if before is not None and before.why == "navigation" and before.text.endswith(":") and len(before.text) <= 60:
        before.why = ""
        return True
    return parts[first].text.endswith(":") and len(parts[first].text) <= 60


def _signs(part: Part) -> bool:
    named = ":" not in part.text or part.text.startswith("联系人")
    return part.why == "footer" and len(part.text) <= 30 and named and not reason(part.text)


def signed(text: str) -> str:
    """The line of a date that closes a letter or notice, '' when there is none."""
    ends = [line for line in text.rsplit("\n", 3)[1:] if _DAY.match(line)]
    return ends[-1] if ends else ""
