"""How well characters stand together: a general dictionary, and the document's own pairs of characters."""

import math
from collections import Counter
from functools import lru_cache

from lianti.contexts.intake.domain.cleaning.hanzi import HAN, MARKS, frequency, simple, weight

LONGEST_WORD = 5
TOTAL = 60_000_000
UNKNOWN_WORD = -7.5  # log10 of the share of a character that is no word of its own
MARK_COSTS = {"，": -1.3, "。": -1.5, "、": -1.7, "”": -2.1, "“": -2.2, "《": -2.6, "》": -2.6, "·": -3.0, "—": -2.9}
MARK = -3.2


@lru_cache(100_000)
def word_cost(word: str) -> float | None:
    """log10 of a word's share of all words; None when it is none and longer than one character."""
    if len(word) == 1:
        if word in MARKS or word.isascii():
            return MARK_COSTS.get(word, MARK)
        return max(UNKNOWN_WORD, math.log10((frequency(word) or 0.5) / TOTAL)) + min(0.0, weight(word) + 1.5)
    found = frequency(word)
    return math.log10(found / TOTAL) if found else None


class Language:
    """What this document's language makes likely. `text`: the document, traditional or simple, damaged or not."""

    def __init__(self, text: str) -> None:
        plain = "".join(map(simple, text))
        self.pairs = Counter(plain[at : at + 2] for at in range(len(plain) - 1))
        self._bonds: dict[str, float] = {}

    def bond(self, before: str, after: str) -> float:
        """How much two simple characters want to stand side by side: 0 when nothing is known of them."""
        both = before + after
        known = self._bonds.get(both)
        if known is None:
            known = self._bonds[both] = self._bond(both)
        return known

    def _bond(self, both: str) -> float:
        if len(both) != 2 or not (HAN.match(both[0]) and HAN.match(both[1])):
            return 0.0
        found = frequency(both)
        out = 1.0 + 0.4 * math.log10(found) if found else 0.0
        return out + min(1.5, 0.5 * max(0, self.pairs[both] - 1))

    def gain(self, before: str, after: str) -> float:
        """What writing the character `after` behind `before` adds to a reading's score."""
        return weight(after) + self.bond(simple(before), simple(after))

    def sense(self, text: str, own: int = 0) -> float:
        """log10 likelihood of a short simple text cut into words in the best way.

        Pairs that begin at `own` and just before it gain when the document has them elsewhere.
        """
        best = [0.0] + [-1e9] * len(text)
        for end in range(1, len(text) + 1):
            for start in range(max(0, end - LONGEST_WORD), end):
                cost = word_cost(text[start:end])
                if cost is not None and best[start] + cost > best[end]:
                    best[end] = best[start] + cost
        out = best[-1]
        for at in (own - 1, own):
            if 0 <= at < len(text) - 1:
                out += 0.6 * math.log2(1 + max(0, self.pairs[text[at : at + 2]]))
        return out
