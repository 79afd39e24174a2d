"""Facts about single characters: their GBK bytes, readings, simple form, and how usual they are."""

import math
import re
from functools import cache, lru_cache
from typing import Any

import opencc_pyo3
import rjieba
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

from lianti.contexts.intake.domain.cleaning.field_words import FIELD_WORDS

HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
MARKS = frozenset("。，、：；！？“”‘’（）《》【】·—…％")
_VOWELS = str.maketrans({"ɑ": "a", "ɡ": "g", "ü": "v", "ǖ": "ǖ"})


@cache
def _opencc(kind: str) -> Any:
    return opencc_pyo3.OpenCC(kind)


@cache
def dictionary() -> Any:
    """jieba's dictionary with the words of this field added."""
    words = rjieba.Jieba()
    for word in FIELD_WORDS:
        words.add_word(word, 30_000, "n")
    return words


@lru_cache(200_000)
def frequency(word: str) -> int:
    """How often a word stands in the dictionary's sixty million words; 0 when it is not there."""
    words = dictionary()
    return int(words.suggest_freq(word)) if words.has_word(word) else 0


@cache
def simple(character: str) -> str:
    """The simplified form of one character."""
    out = str(_opencc("t2s").convert(character))
    return out if len(out) == 1 else character


@cache
def usual(character: str) -> bool:
    """Whether a page of traditional or simplified Chinese would write this form rather than a rare variant of it."""
    plain = simple(character)
    if plain == character:
        return True
    return str(_opencc("s2t").convert(plain)) == character or str(_opencc("s2tw").convert(plain)) == character


@cache
def pair(character: str) -> tuple[int, int] | None:
    """The two GBK bytes of a character, those of cp936's private-use area included; None when it has not two."""
    try:
        data = character.encode("gb18030")
    except UnicodeEncodeError:
        return None
    return (data[0], data[1]) if len(data) == 2 else None


@cache
def character(lead: int, trail: int) -> str | None:
    """The character of two GBK bytes; None when they are no pair or private use."""
    if not 0x81 <= lead <= 0xFE or not (0x40 <= trail <= 0x7E or 0x80 <= trail <= 0xFE):
        return None
    out = bytes((lead, trail)).decode("gb18030")
    return out if len(out) == 1 and not "\ue000" <= out <= "\uf8ff" else None


@cache
def readings(one: str) -> frozenset[str]:
    """All readings of a character, with tone marks and without; those of its simplified form too."""
    toned = {reading for form in (one, simple(one)) for reading in PINYIN_DICT.get(ord(form), "").split(",") if reading}
    return frozenset(toned | {plain(reading) for reading in toned})


@cache
def plain(reading: str) -> str:
    """A reading without tone marks, ü as v."""
    return to_normal(reading.translate(_VOWELS)).replace("ü", "v")


@cache
def reads(one: str, reading: str) -> bool:
    """Whether a character may be read so; a wrong tone does not matter, since converters pick among several."""
    known = readings(one)
    reading = reading.lower().replace("ɑ", "a").replace("ɡ", "g")
    return reading in known or plain(reading) in known


@cache
def weight(one: str) -> float:
    """How usual a character is, in round logarithms: about 0 when common, below -3 when such texts do not hold it."""
    if one in MARKS or one.isascii():
        return 0.0
    if not HAN.match(one):
        return -8.0 if "\ue000" <= one <= "\uf8ff" else -5.0
    form = simple(one)
    out = 0.5 * math.log10(frequency(form) + 1) - 2.0
    bytes_ = pair(form)
    if bytes_ is None or bytes_[0] < 0xB0 or bytes_[1] < 0xA1:
        out -= 3.0
    elif bytes_[0] >= 0xD8:
        out -= 1.0
    return out if usual(one) else out - 2.5


@cache
def first_of(trail: int) -> tuple[str, ...]:
    """Characters that end in this byte, the usual ones first."""
    found = [one for lead in range(0x81, 0xFF) if (one := character(lead, trail)) and weight(one) > -4]
    return tuple(sorted(found, key=lambda one: -weight(one)))


@cache
def begun_by(lead: int) -> tuple[str, ...]:
    """Characters that begin with this byte, the usual ones first."""
    found = [one for trail in range(0x40, 0xFF) if (one := character(lead, trail)) and weight(one) > -4]
    return tuple(sorted(found, key=lambda one: -weight(one)))
