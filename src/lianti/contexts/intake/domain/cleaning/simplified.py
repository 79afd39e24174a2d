"""Traditional characters to simplified ones, leaving text that is simplified already as it is."""

import re
from functools import cache
from typing import Any

import opencc_pyo3

# Traditional forms that simplified text keeps in names and set words: alone they do not prove a traditional page.
ALSO_SIMPLE = frozenset("著乾瞭於徵藉夥昇麽甦喆鍾嶽淩甯祇覆乾陞鉅閤儁濬迺遊菸剋噁慾餘馀彷佈咀妳牠麼擣喫證")
BEFORE_WORN = "名专專原译譯编編合论論巨遗遺拙土卓昭显顯较較执執"
NOT_WORN = re.compile(f"(?<=[{BEFORE_WORN}])著|著(?=[名作称稱述者录錄书書])|著(?=有《)")
PARTICLE = re.compile("著")
FIXED = {"於": "于", "裏": "里", "裡": "里", "麽": "么", "甯": "宁", "菸": "烟"}


@cache
def _converter() -> Any:
    return opencc_pyo3.OpenCC("t2s")


@cache
def _changes(one: str) -> bool:
    return bool(_converter().convert(one) != one)


def is_traditional(text: str) -> bool:
    """Whether a text holds a character that simplified Chinese would not have."""
    return any(_changes(one) and one not in ALSO_SIMPLE for one in set(text) if "\u3400" <= one <= "\u9fff")


def _worn(text: str) -> str:
    """著 as the particle that simplified text writes 着."""
    kept = {match.start() for match in NOT_WORN.finditer(text)}
    return PARTICLE.sub(lambda match: match[0] if match.start() in kept else "着", text)


def simplify(line: str) -> tuple[str, int]:
    """The line in simplified characters, as long as it was, and how many characters changed."""
    whole = str(_converter().convert(line))
    if len(whole) != len(line):
        whole = "".join(str(_converter().convert(one))[:1] or one for one in line)
    whole = _worn(
        "".join(
            FIXED.get(one, one) if one != "着" or was != "著" else was for was, one in zip(line, whole, strict=True)
        )
    )
    return whole, sum(1 for one, other in zip(line, whole, strict=True) if one != other)
