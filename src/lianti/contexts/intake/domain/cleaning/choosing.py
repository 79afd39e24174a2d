"""Which character it was, when one of its two bytes is lost: the words around it choose."""

from dataclasses import dataclass
from functools import lru_cache

from lianti.contexts.intake.domain.cleaning.hanzi import MARKS, begun_by, character, first_of, pair, simple, weight
from lianti.contexts.intake.domain.cleaning.likelihood import Language
from lianti.contexts.intake.domain.cleaning.shifted import Piece

REACH = 4
ALTERNATIVES = 4
LOST = "□"
LOSSES = frozenset({"lead", "trail", "gap"})
LONE = -2.0
NAMED = 1.5
TITLE_ENDS = frozenset("长任记师授士员")
STOPS = frozenset("。，、；：！？,;:!?")
SURNAMES = frozenset("郑祝桑牛常海荆罗裴裘颜阎殷庄詹邹芮柯康孔寇匡况邝阚")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The character taken, in simplified form, and the next candidates, best first."""

    text: str
    others: tuple[str, ...] = ()


@lru_cache(1_000)
def candidates(how: str, byte: int) -> tuple[str, ...]:
    """Simplified characters whose other byte is this one, the usual ones first."""
    found = first_of(byte) if how == "lead" else begun_by(byte)
    return tuple(dict.fromkeys(simple(one) for one in found if weight(one) > -3.5))


@lru_cache(1_000)
def _around_gap(lead: int, trail: int) -> tuple[tuple[str, str], ...]:
    """Simplified characters that begin and end with these bytes, with a pair between them that GBK does not assign."""
    out = []
    for one in begun_by(lead):
        for two in first_of(trail):
            inner = (pair(one) or (0, 0))[1], (pair(two) or (0, 0))[0]
            if inner[0] >= 0x81 and character(*inner) is None:
                out.append((simple(one), simple(two)))
    return tuple(dict.fromkeys(out))


class Chooser:
    """Chooses for one document; remembers what it chose in the same surroundings."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._known: dict[tuple[str, str, str, int], Chosen] = {}

    def fill(self, pieces: list[Piece]) -> dict[int, Chosen]:
        """By index of piece, what stands for every piece with a lost byte."""
        shown = [one.text for one in pieces]
        holes = [at for at, one in enumerate(pieces) if one.how in LOSSES]
        lost = set(holes)
        for at in holes:
            shown[at] = LOST
        out: dict[int, Chosen] = {}
        for at in holes:
            if at in out:
                continue
            before = _context(shown[max(0, at - REACH - 2) : at])[-REACH:]
            after = _context(shown[at + 1 : at + REACH + 3])[:REACH]
            if at + 1 in lost:
                out[at], out[at + 1] = self._both(before, after[1:], pieces[at], pieces[at + 1])
                shown[at + 1] = out[at + 1].text
            else:
                out[at] = self._one(before, after, pieces[at].how, pieces[at].byte)
            shown[at] = out[at].text
        return out

    def _one(self, before: str, after: str, how: str, byte: int) -> Chosen:
        before, after = before.rpartition(LOST)[2], after.partition(LOST)[0]
        key = (before, after, how, byte)
        if key not in self._known:
            ranked = sorted(candidates(how, byte), key=lambda one: -self._sense(before, one, after))
            self._known[key] = Chosen(ranked[0], tuple(ranked[1:ALTERNATIVES])) if ranked else Chosen(LOST)
        return self._known[key]

    def _sense(self, before: str, one: str, after: str) -> float:
        extra = NAMED if before[-1:] in TITLE_ENDS and one in SURNAMES else 0.0
        if one in STOPS and (before[-1:] in STOPS or after[:1] in STOPS):
            extra += LONE
        return self.language.sense(before + one + after, len(before)) + extra

    def _both(self, before: str, after: str, one: Piece, two: Piece) -> tuple[Chosen, Chosen]:
        before, after = before.rpartition(LOST)[2], after.partition(LOST)[0]
        words = self._gap_words(one, two) if one.how == "gap" else self._words(one, two)
        if not words:
            return Chosen(LOST), Chosen(LOST)
        ranked = sorted(words, key=lambda ab: -self._sense_of_both(before, ab, after))
        others = list(dict.fromkeys(a + b for a, b in ranked[1:ALTERNATIVES]))
        return (
            Chosen(ranked[0][0], tuple(dict.fromkeys(pair[0] for pair in others))),
            Chosen(ranked[0][1], tuple(dict.fromkeys(pair[1] for pair in others))),
        )

    def _words(self, one: Piece, two: Piece) -> list[tuple[str, str]]:
        firsts, seconds = candidates(one.how, one.byte), candidates(two.how, two.byte)
        known = [(a, b) for a in firsts for b in seconds if self.language.bond(a, b) > 0]
        return known + [(a, b) for a in firsts[:6] for b in seconds[:6]]

    @staticmethod
    def _gap_words(one: Piece, two: Piece) -> list[tuple[str, str]]:
        return list(_around_gap(one.byte, two.byte))

    def _sense_of_both(self, before: str, both: tuple[str, str], after: str) -> float:
        """A word of two is likelier than the end of a sentence and a word of one."""
        alone = LONE if both[0] in MARKS else 0.0
        return self.language.sense(before + both[0] + both[1] + after, len(before) + 1) + alone


def _context(shown: list[str]) -> str:
    return "".join(map(simple, "".join(shown)))
