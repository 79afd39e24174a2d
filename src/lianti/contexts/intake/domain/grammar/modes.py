"""Which stretches of a sentence tell what took place, and which tell plans, history or totals."""

import re
from dataclasses import dataclass

from lianti.contexts.intake.domain.grammar.words.modes import PAST, PLAN, SAID, TOTAL

LONGEST = 2000  # characters beyond which a stretch without a full stop is a table or damage, not a sentence
AFTER_COUNT = re.compile(
    r"^[^，。；、]{0,6}?[0-9一二三四五六七八九十百千两]+(?:余|多)?(?:场次|人次|场|次|期|余场|余次|例|台|台次)"
)
LISTED = re.compile(
    r"^[^，。；]{0,40}?等(?:多种|各种|一系列|多个)?(?:方面|方式|形式|途径|举措|措施|内容|手段|模式|工作|领域|渠道)"
)
LISTING = re.compile(r"(?:通过|采取|采用|以|围绕|就|在|从|包括|涵盖|利用|借助|对)[^，。；]{0,40}$")


@dataclass(frozen=True, slots=True)
class Modes:
    """Where in a sentence the plain telling stops being of this story, counted from its start; -1: never."""

    plan: int
    past: int
    total: int
    said: int = -1

    def at(self, place: int) -> str:
        """'plan', 'past', 'total', 'said' or 'told' for a place of the sentence."""
        for name, since in (("plan", self.plan), ("past", self.past), ("total", self.total), ("said", self.said)):
            if 0 <= since <= place:
                return name
        return "told"


def of(text: str) -> Modes:
    """The modes of one sentence: each holds from the first word that opens it to the sentence's end."""
    return Modes(*(mark.start() if (mark := pattern.search(text)) else -1 for pattern in (PLAN, PAST, TOTAL, SAID)))


def listed(text: str, start: int, end: int) -> bool:
    """The words at [start, end) of a sentence stand in a list of ways or fields (通过查房、讲座等方式)."""
    return bool(LISTED.match(text[end : end + 60]) and LISTING.search(text[max(0, start - 60) : start]))


def counted(text: str, end: int) -> bool:
    """A count follows (查房340余次): a total, not one event."""
    return bool(AFTER_COUNT.match(text[end : end + 24]))
