"""Where a person's name begins and ends."""

import re
from functools import cached_property, lru_cache

import rjieba

from lianti.contexts.intake.domain.grammar.words.surnames import (
    COMMON,
    COMPOUND,
    FOLLOWS,
    NEVER,
    NOT_PEOPLE,
    RARE,
    SELDOM,
    TIBETAN,
    TRANSLITERATED,
)
from lianti.contexts.intake.domain.grammar.words.titles import AFTER

_jieba = rjieba.Jieba()
_SURNAMES = frozenset(COMMON)
_RARE = frozenset(RARE)
_COMPOUND = frozenset(COMPOUND.split())
_NEVER, _SELDOM = frozenset(NEVER), frozenset(SELDOM)
_NOT_PEOPLE = frozenset(NOT_PEOPLE.split())
_TIBETAN = "|".join(TIBETAN.split())
HAN = re.compile(r"[\u3400-\u9fff]+")
ONE = re.compile(r"[\u3400-\u9fff]")
DOTTED = re.compile(r"[\u4e00-\u9fff]{2,7}[·•・‧][\u4e00-\u9fff]{1,7}")
TIBETAN_NAME = re.compile(rf"(?:{_TIBETAN}){{1,2}}[措吉]?")
_STRONG = sorted({one for one in [*FOLLOWS.split(), *AFTER.split()] if len(one) > 1}, key=len, reverse=True)
STRONG = re.compile("|".join(_STRONG))
OTHERS = re.compile(f"[{TRANSLITERATED}]{{2}}")
FOREIGN = re.compile(f"[{TRANSLITERATED}]{{3,7}}?(?=[^\\u4e00-\\u9fff]|$|{STRONG.pattern})")
SPACED = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]{1,2}[\u4e00-\u9fff]){1,2}(?![\u4e00-\u9fff])")
COUNTED = re.compile(
    r"等|[两二三四五六七八九十\d]{1,3}余?(?:人|位|名|同志)|[及和与](?:相关|部分|有关|各|其他|全体|其|科室|职能|临床)|[说讲][：:，,“]|于\d|在[\u4e00-\u9fff]{1,10}(?:会议|医院|中心|现场|县|市|室)"
)
TIMELY = frozenset("于在为与和至自从到以是")
VERBAL = frozenset("任率带赴获")
UNIT_ENDS = frozenset("科部室院区处组站")
PAST = re.compile(r"[间后前一外中下类]")
SELDOM_WORD = 900
"""The greatest frequency of an everyday word that is still somebody's name after a title."""
LIGHT = frozenset(one for one in FOLLOWS.split() if len(one) == 1)
_LIGHT_ENDS = LIGHT - frozenset(TRANSLITERATED)
SURE = 2.0
"""The least score that a name needs after a title."""


@lru_cache(maxsize=16384)
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """Words and their parts of speech, of a short piece."""
    return tuple(_jieba.tag(text))


class Names:
    """Names of one text; what occurs again counts for itself."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[int, tuple[int, float]] = {}
        self._found: dict[str, tuple[int, ...]] = {}

    def at(self, start: int) -> tuple[int, float]:
        """End and score of the name that begins here; (start, 0.0) when none does."""
        if start not in self._known:
            self._known[start] = self._at(start)
        return self._known[start]

    def _at(self, start: int) -> tuple[int, float]:
        text = self.text
        dotted = DOTTED.match(text, start)
        if dotted:
            return self._dotted(start, dotted.end())
        tibetan = TIBETAN_NAME.match(text, start)
        if tibetan and self._after(tibetan.end()) > 0:
            return tibetan.end(), 3.0
        surname = 2 if text[start : start + 2] in _COMPOUND else 1 if text[start : start + 1] in _SURNAMES else 0
        foreign = FOREIGN.match(text, start)
        other = (foreign.end(), 2.4) if foreign else (start, 0.0)
        if not surname:
            return other
        best = other if other[0] - start > 2 + surname else (start, 0.0)
        for length in (surname + 1, surname + 2):
            score = self.score(start, start + length, surname)
            if score > best[1]:
                best = (start + length, score)
        return self._blank(start, max(best, other, key=lambda one: one[1])) if best[1] < SURE else best

    def _dotted(self, start: int, end: int) -> tuple[int, float]:
        dot = next(i for i in range(start, end) if self.text[i] in "·•・‧")
        for at in range(dot + 2, end):
            if self._after(at) >= 2.5 or self.text[at : at + 1] in _LIGHT_ENDS:
                return at, 4.0
        return end, 4.0

    def _blank(self, start: int, best: tuple[int, float]) -> tuple[int, float]:
        """A name of two characters set with a blank between them."""
        mark = SPACED.match(self.text, start)
        return (mark.end(), 3.0) if mark else best

    def score(self, start: int, end: int, surname: int = 1, after: float | None = None) -> float:
        """How well [start, end) is a name; below 0 when it is none."""
        name = self.text[start:end]
        given = name[surname:]
        if len(name) < surname + 1 or not HAN.fullmatch(name) or name in _NOT_PEOPLE or name[:2] in _NOT_PEOPLE:
            return -5.0
        if any(c in _NEVER for c in given) or (given[-1] == "之" and (len(given) < 2 or PAST.match(self.text, end))):
            return -5.0
        score = 1.0 if len(given) == 2 else 0.4
        score += (self._after(end) if after is None else after) - 1.5 * sum(c in _SELDOM for c in given)
        score += self._word(start, name, surname)
        if len(given) == 2 and self._split(end):
            score -= 2.0
        if len(self.places(name)) > 1:
            score += self._again(start, name)
        return score - (self._rare(given) if name[0] in _RARE and surname == 1 else 0.0)

    def _split(self, end: int) -> bool:
        """Whether the last character of a name more likely begins what follows: 于, 任, or a word with the next."""
        last, after = self.text[end - 1], ONE.match(self.text, end)
        if last in TIMELY:
            return not after
        if not after or STRONG.match(self.text, end):
            return False
        return last in VERBAL or STRONG.match(self.text, end - 1) is not None

    @staticmethod
    def _rare(given: str) -> float:
        """What a surname that is a word costs; more when the rest is a word too."""
        if len(given) < 2 or not _jieba.has_word(given):
            return 1.0
        kind = tagged(given)[0][1]
        return 2.5 if kind[0] in "sftvdmrpc" else 0.5

    @cached_property
    def _pairs(self) -> dict[str, list[int]]:
        """Where each pair of characters stands."""
        out: dict[str, list[int]] = {}
        for at in range(len(self.text) - 1):
            out.setdefault(self.text[at : at + 2], []).append(at)
        return out

    def places(self, name: str) -> tuple[int, ...]:
        """Where a name stands, each looked up once."""
        if name not in self._found:
            self._found[name] = tuple(at for at in self._pairs.get(name[:2], ()) if self.text.startswith(name, at))
        return self._found[name]

    def _again(self, start: int, name: str) -> float:
        longer = self.text[start : start + len(name) + 1]
        return 1.5 if len(self.places(longer)) < len(self.places(name)) or not HAN.fullmatch(longer) else 0.5

    def _word(self, start: int, name: str, surname: int) -> float:
        first, kind = tagged(self.text[start : start + 8])[0]
        if kind.startswith("nr"):
            return 1.2 if first == name else 0.2
        if first in (name, self.text[start : start + 2]) and not _jieba.has_word(first):
            return 0.0
        if first == name and kind != "x":
            named = not ONE.match(self.text, start + len(name)) and name[0] not in _RARE
            return -1.0 if kind == "ns" else -1.3 if named and kind[0] not in "vdr" else -2.5
        if len(first) > surname and first != name:
            return -1.5
        return 0.0 if not _jieba.has_word(name) else -2.0

    def _after(self, end: int) -> float:
        text = self.text
        if end >= len(text) or not ONE.match(text, end):
            return 3.0 if text[end : end + 1] not in ("·", "•") else -3.0
        if STRONG.match(text, end) or COUNTED.match(text, end):
            return 3.0
        if text[end] in LIGHT:
            return 1.5
        first, kind = tagged(text[end : end + 6])[0]
        if len(first) == 1:
            return 1.5 if text[end + 1 : end + 2] in ("着", "了") else -1.0
        if not _jieba.has_word(first):
            return -1.0
        return 1.5 if kind[0] in "vdcpr" else 0.5

    def behind_post(self, start: int) -> tuple[int, float]:
        """As `at`, for right behind a firm post: there a seldom word that ends like a name is one too."""
        end, score = self.at(start)
        if score >= SURE:
            return end, score
        for end in (start + 2, start + 3):
            name = self.text[start:end]
            if self._after(end) >= 3.0 and self._seldom(name):
                return end, SURE
        return start, 0.0

    def _seldom(self, name: str) -> bool:
        """Whether a word may be somebody's name: it has a surname, and is not an everyday word."""
        if not HAN.fullmatch(name) or name in _NOT_PEOPLE or name[:2] in _NOT_PEOPLE or name[-1] in UNIT_ENDS:
            return False
        if OTHERS.fullmatch(name):
            return not _jieba.has_word(name)
        if name[0] not in _SURNAMES or any(c in _NEVER for c in name[1:]):
            return False
        if any(c in _SELDOM for c in name[1:]) and len(self.places(name)) < 2:
            return False
        words = tagged(name)
        kind = words[0][1]
        if len(words) > 1 or (kind[0] in "vdrp" and kind != "vn"):
            return False
        return not _jieba.has_word(name) or _jieba.suggest_freq(name) < SELDOM_WORD

    def ending(self, end: int) -> int | None:
        """Where the name begins that ends here, before a title; None when there is none."""
        text = self.text
        dotted = "·" in text[max(0, end - 9) : end] and re.search(
            r"[\u4e00-\u9fff]{2,7}[·•・‧][\u4e00-\u9fff]{1,7}$", text[max(0, end - 15) : end]
        )
        if dotted:
            return end - len(dotted.group())
        for length in (4, 2):
            if TIBETAN_NAME.fullmatch(text, end - length, end) and self._before(end - length, end) >= 0:
                return end - length
        best: tuple[float, int | None] = (2.4, None)
        for length in (4, 3, 2):
            score = self._ended(end - length, end)
            if score > best[0] and (best[1] is None or score > best[0] + 3.0):
                best = (score, end - length)
        return best[1]

    def _ended(self, start: int, end: int) -> float:
        """How well [start, end) is a name before a title."""
        name = self.text[max(0, start) : end]
        surname = 2 if name[:2] in _COMPOUND else 1
        if start < 0 or len(name) - surname not in (1, 2) or (surname == 1 and name[0] not in _SURNAMES):
            return -5.0
        if name[-1] in UNIT_ENDS or (_jieba.has_word(name) and tagged(name)[0][1][:2] != "nr"):
            return -5.0
        if name[-1] in TIMELY and len(self.places(name)) < 2:
            return -5.0
        rare = 1.0 if surname == 1 and name[0] in _RARE else 0.0
        return self.score(start, end, surname, 3.0) + self._before(start, end) - rare

    def whole(self, start: int, end: int) -> bool:
        """Whether [start, end) is a name where something that is none must follow."""
        return self._ended(start, end) >= SURE + 0.4

    def _before(self, start: int, end: int) -> float:
        """Whether a word ends where the name would begin."""
        text = self.text
        if start == 0 or not ONE.match(text, start - 1):
            return 0.0
        place = max(0, start - 8)
        for word, kind in tagged(text[place : end + 2]):
            if place == start:
                return 0.5 if kind.startswith("nr") else 0.0
            place += len(word)
        return -3.0
