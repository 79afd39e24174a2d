"""Titles as the text writes them: posts, chains of posts, and where they begin."""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from lianti.contexts.intake.domain.grammar.words.titles import AFTER, CORES, STOPS


def _any(text: str) -> str:
    return "|".join(re.escape(one) for one in sorted(set(text.split()), key=len, reverse=True))


CORE = re.compile(rf"(?:{_any(CORES)}){{1,4}}(?:（[^（）\n]{{1,24}}）|\([^()\n]{{1,24}}\))?")
BEHIND = re.compile(rf"(?:{_any(AFTER)})")
QUOTED = re.compile(r"“[^“”\n]{1,6}”")
HARD = re.compile(r"[，,。；;：:！？!?\n“”\"《》、（）()【】\[\]\s…—|/]")
STOP = re.compile(rf"(?:{_any(STOPS)})")
KEPT = (
    "常委",
    "外科",
    "内科",
    "学科",
    "委员会",
    "月子",
    "同济",
    "附属",
    "对外",
    "向阳",
    "经济",
    "参谋",
    "在职",
    "合和",
    "年级",
    "等级",
    "同仁",
    "神经",
    "经开",
    "对口",
    "日间",
    "月嫂",
    "向导",
    "医院方",
    "经理",
    "让胡路",
    "代表",
    "教育",
)
JOINS = ("、", "兼", "兼任", "/", " ", "，兼", "·", "及", "和")
REACH = 18
"""How far, in characters, one post may reach to the left of its head."""


@dataclass(frozen=True, slots=True)
class Post:
    """A chain of posts [start, end) that may be somebody's title; `heads` is how many posts it has."""

    start: int
    end: int
    heads: int


class Posts:
    """Heads of posts in a text."""

    def __init__(
        self, text: str, walls: list[tuple[int, int]], named: Callable[[int], object] = lambda end: None
    ) -> None:
        """`walls`: where institutions are named, in order; posts begin behind them; `named`: whose name ends there."""
        self.text = text
        self.walls = walls
        self._named = named
        self._wall_ends = {end: start for start, end in walls}
        self._starts = [start for start, _ in walls]
        self.cores = list(CORE.finditer(text))
        self.starts = [one.start() for one in self.cores]
        self._ends = {one.end(): one for one in self.cores}

    def ending(self, end: int) -> re.Match[str] | None:
        """The head that ends there."""
        return self._ends.get(end)

    def chain(self, core: re.Match[str]) -> Post:
        """The chain of posts that this head ends."""
        start, heads, last = self._left(core.start()), 1, core.start()
        while heads < 6:
            before = self._joined(start) or self._joined(self._wall_ends.get(start, 0))
            if before is None:
                break
            last = before.start()
            start, heads = self._left(last), heads + 1
        return Post(start, core.end(), heads)

    def _joined(self, start: int) -> re.Match[str] | None:
        """The head that ends right before a post, with 、 or 兼 between."""
        for join in JOINS[:7]:
            at = start - len(join)
            if at > 0 and self.text[at:start] == join and at in self._ends:
                before = self._ends[at]
                return None if self._named(before.start()) is not None else before
        return None

    def _left(self, core: int) -> int:
        low = max(0, core - REACH)
        at = bisect_left(self._starts, core) - 1
        wall = -1
        if at >= 0 and low < self.walls[at][1] <= core:
            wall = low = self.walls[at][1]
        piece = self.text[low:core]
        marks = list(HARD.finditer(QUOTED.sub(lambda one: "口" * len(one.group()), piece)))
        if marks:
            low += marks[-1].end()
            piece = self.text[low:core]
        reach = low
        for mark in STOP.finditer(piece):
            if not any(self._within(word, low + mark.start(), low + mark.end()) for word in KEPT):
                reach = max(reach, low + mark.end())
        return max(reach, wall)

    def _within(self, word: str, start: int, end: int) -> bool:
        at = self.text.find(word, max(0, start - len(word) + 1), end + len(word))
        return at >= 0 and at <= start and at + len(word) >= end
