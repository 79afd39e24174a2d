"""When two strings count as the same. Traditional forms are not simplified: that is the reader's work."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

_LEFT_OUT = re.compile(r"[^0-9A-Za-z\u3400-\u9fff%+]")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_APPROXIMATELY = "+余多来几"
_NUMERALS = re.compile("[零〇一二两三四五六七八九十百]+")
_NUMERAL_VALUES = {**{one: value for value, one in enumerate("零一二三四五六七八九")}, "两": 2, "〇": 0}
_PLACES = {"十": 10, "百": 100}

NEAR = 0.45  # Dice of two texts that say the same
INSIDE = 0.7  # share of the shorter text's pairs that the longer one must have
SUFFIX = 0.6  # share of the longer name that a name without its region must have


@lru_cache(maxsize=20_000)
def plain(text: object) -> str:
    """Letters, Chinese characters, digits, % and + alone, in NFKC and lower case; '' for None."""
    return "" if text is None else _LEFT_OUT.sub("", normalize("NFKC", str(text))).lower()


@lru_cache(maxsize=20_000)
def _pairs(text: str) -> Counter[str]:
    if len(text) == 1:
        return Counter([text])
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def _shared(one: str, other: str) -> tuple[int, int, int]:
    left, right = _pairs(one), _pairs(other)
    return (left & right).total(), left.total(), right.total()


def dice(one: object, other: object) -> float:
    """The Dice coefficient of the two texts' neighbouring pairs of characters, 0 to 1; 0 when one is empty."""
    left, right = plain(one), plain(other)
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    shared, ours, theirs = _shared(left, right)
    return 2 * shared / (ours + theirs)


def same_statement(said: object, gold: object) -> bool:
    """Whether a text states what the gold text states: alike, or one mostly within the other."""
    left, right = plain(said), plain(gold)
    if not left or not right or not len(right) / 3 <= len(left) <= max(3 * len(right), 160):
        return False
    shared, ours, theirs = _shared(left, right)
    return 2 * shared / (ours + theirs) >= NEAR or shared / min(ours, theirs) >= INSIDE


def same_name(said: object, names: Iterable[object]) -> bool:
    """Whether a name is one of these, a region before it added or dropped."""
    left = plain(said)
    return bool(left) and any(_same_but_for_region(left, right) for right in map(plain, names) if right)


def _same_but_for_region(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= 4 and long.endswith(short) and len(short) >= SUFFIX * len(long))


def one_within_other(one: object, other: object) -> bool:
    """Whether either contains the other, both of two characters at least."""
    left, right = plain(one), plain(other)
    return min(len(left), len(right)) >= 2 and (left in right or right in left)


def number(value: object) -> float | None:
    """The number that a value states: '40余项' 40, '200多万' 2,000,000, '十三' 13, '半年' 0.5; None without one."""
    text = normalize("NFKC", str(value)).replace(",", "")
    digits = _DIGITS.search(text)
    if digits:
        unit = text[digits.end() :].lstrip(_APPROXIMATELY)[:1]
        return float(digits[0]) * {"万": 1e4, "亿": 1e8}.get(unit, 1)
    if "半" in text:
        return 0.5
    numerals = _NUMERALS.search(text)
    return float(_counted(numerals[0])) if numerals else None


def _counted(numerals: str) -> int:
    total = last = 0
    for one in numerals:
        if one in _PLACES:
            total, last = total + (last or 1) * _PLACES[one], 0
        else:
            last = _NUMERAL_VALUES[one]
    return total + last
