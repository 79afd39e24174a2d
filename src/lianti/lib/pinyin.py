"""The first letters of a Chinese name, by which people look it up: 云川省人民医院 is ycsrmyy."""

import re
import unicodedata
from functools import lru_cache

# Surnames that are read otherwise than the character alone; a place may begin with the same one, so both stand.
_SURNAMES = {
    "单": "s", "仇": "q", "解": "x", "查": "z", "区": "o", "翟": "z", "曾": "z", "尉": "y", "朴": "p", "盖": "g",
    "缪": "m", "覃": "q", "乐": "y", "种": "c", "折": "s", "员": "y", "召": "s", "黑": "h", "秘": "b", "冼": "x",
}  # fmt: skip
_LATIN = re.compile(r"[a-z0-9]+")
LONGEST = 120


def initials(*names: str) -> str:
    """Return the first letters of each name, one blank between two ways to read or write it; '' for no names.

    A run of Latin letters or digits stands as it is. At most 120 characters.
    """
    found: list[str] = []
    for name in names:
        for spelled in _spelled(name):
            if spelled and spelled not in found:
                found.append(spelled)
    return " ".join(found)[:LONGEST]


def _latin(rest: str) -> str:
    return "".join(_LATIN.findall(rest))


@lru_cache(maxsize=4096)
def _spelled(name: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin  # its tables take their time: only where a name is written

    plain = unicodedata.normalize("NFKC", name).casefold()
    parts = lazy_pinyin(plain, style=Style.FIRST_LETTER, errors=_latin)
    letters = "".join(parts)
    surname = _SURNAMES.get(plain[:1], "")
    return (letters, surname + letters[1:]) if surname and letters[:1] != surname else (letters,)
