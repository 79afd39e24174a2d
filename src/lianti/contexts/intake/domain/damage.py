"""The damage that mirrors, wrong charsets and careless copying do to a clean text: for tests, corpus and benchmark.

Everything is decided by the seed: the same text, kinds and seed give the same damage.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from random import Random
from typing import Any

import opencc_pyo3
from pypinyin import Style, pinyin

# What one-to-one tables of mirrors leave alone because it has several traditional forms.
LEFT_ALONE = frozenset("后里干面台只松丑范斗谷几并伙余郁仆向致制岳志才系冬云表党升佣虫舍巨准注淀")
# Traditional characters that get their reading behind them; others are left bare.
ANNOTATED = frozenset(
    "醫開長戰務衛對會爭協結進級細關學機統術養點隊數時業發優內勢創經強質過領請團設動產聯療員務實現學應無電國個"
    "間來們為專環態當樣種說論選響須導營師護類嚴買傳達運連連遠鄉縣縱總續維網綜線練組約紀納規視覺計議許評該課調談謝識讓變"
) - frozenset("專師護縣總線導為傳達運連遠鄉談謝該維")
PUNCTUATION = {"，": ",", "：": ":", "；": ";", "！": "!", "？": "?", "（": "(", "）": ")"}
ZERO_WIDTH = "\u200b\u200c\u200d\ufeff\u2060"
PRIVATE = "\ue004\ue5e5\ue010\uf0b7"
BROKEN_TAGS = (
    '<label id="{n}">',
    "</label>",
    "/span>",
    "</o:p>",
    "<o:p></o:p>",
    "&nbsp;",
    '<span style="font-size:16px">',
    "<br />",
    "/strong>",
    "&nbsp;&nbsp;",
    "<!--page {n}-->",
    '<a href="/n/{n}.html">',
    "</a>",
)


@cache
def _opencc() -> Any:
    return opencc_pyo3.OpenCC("s2t")


@cache
def traditional(character: str) -> str:
    """A character's usual traditional form, as one-to-one tables have it; itself when there are several."""
    if character in LEFT_ALONE or not "\u4e00" <= character <= "\u9fff":
        return character
    return str(_opencc().convert(character))


@cache
def reading(character: str, *, toned: bool = True) -> str:
    """A character's most usual reading, with tone marks or without."""
    return str(pinyin(character, style=Style.TONE if toned else Style.NORMAL)[0][0])


def _traditional(text: str, _random: Random) -> str:
    return str(_opencc().convert(text))


def _mixed_traditional(text: str, random: Random) -> str:
    return "".join(traditional(one) if random.random() < 0.5 else one for one in text)


def _pinyin(text: str, random: Random) -> str:
    chosen = {one for one in sorted(ANNOTATED) if random.random() < 0.9}
    return "".join(f"{one}({reading(one)})" if one in chosen else one for one in map(traditional, text))


def _pinyin_toneless(text: str, random: Random) -> str:
    chosen = {one for one in sorted(ANNOTATED) if random.random() < 0.9}
    return "".join(f"{one}({reading(one, toned=False)}) " if one in chosen else one for one in map(traditional, text))


def shown(data: bytes, *, swallows: bool, orphan: str = "?") -> str:
    """GBK bytes as a careless decoder shows them: an orphaned lead byte becomes `orphan`.

    `swallows`: it takes the opening bracket after it along. Pairs that GBK does not assign become the private-use
    characters of cp936.
    """
    out, at = [], 0
    while at < len(data):
        lead, trail = data[at], data[at + 1] if at + 1 < len(data) else 0x0A
        if lead < 0x80:
            out.append(chr(lead))
            at += 1
        elif lead not in {0x80, 0xFF} and (0x40 <= trail <= 0x7E or 0x80 <= trail <= 0xFE):
            out.append(data[at : at + 2].decode("gb18030"))
            at += 2
        else:
            out.append(orphan)
            at += 2 if swallows and trail == 0x28 else 1
    return "".join(out)


def byte_shift(
    text: str, annotated: Iterable[str], *, swallows: bool = True, orphan: str = "?", twice: bool = False
) -> str:
    """Traditional GBK, its bytes searched and replaced: wide marks by ASCII, characters by themselves and reading.

    Both searches go byte by byte and so hit pairs that straddle two characters. `twice`: the page was decoded and
    encoded between the two, which loses some bytes for good.
    """
    data = "".join(map(traditional, text)).encode("gb18030")
    for wide, narrow in PUNCTUATION.items():
        data = data.replace(wide.encode("gb18030"), narrow.encode())
    if twice:
        data = shown(data, swallows=False, orphan=orphan).encode("gb18030", "replace")
    for one in annotated:
        pair = one.encode("gb18030")
        data = data.replace(pair, pair + f"({reading(one)})".encode("gb18030"))
    return shown(data, swallows=swallows, orphan=orphan)


def _byte_shift(text: str, random: Random) -> str:
    chosen = [one for one in sorted(ANNOTATED) if random.random() < 0.9]
    random.shuffle(chosen)
    return byte_shift(text, chosen, swallows=random.random() < 0.8)


def _byte_shift_bare(text: str, _random: Random) -> str:
    return byte_shift(text, ())


def _utf8_as_cp1252(text: str, _random: Random) -> str:
    return "".join(_cp1252(one) for one in text.encode())


@cache
def _cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _by_line(change: Callable[[str], str | None]) -> Callable[[str, Random], str]:
    def lines(text: str, _random: Random) -> str:
        return "\n".join(change(line) or line for line in text.split("\n"))

    return lines


def utf8_as_gbk(line: str) -> str | None:
    """A line of UTF-8 read as GBK; None when bytes were lost on the way, for then nobody can undo it."""
    try:
        wrong = line.encode().decode("gb18030")
        return wrong if wrong.encode("gb18030") == line.encode() else None
    except UnicodeError:
        return None


def _gbk_as_latin1(text: str, _random: Random) -> str:
    return text.encode("gb18030").decode("latin-1")


def _utf8_as_latin1(text: str, _random: Random) -> str:
    return text.encode().decode("latin-1")


def _entities(text: str, random: Random) -> str:
    def coded(one: str) -> str:
        if not "\u4e00" <= one <= "\u9fff" or random.random() > 0.15:
            return one
        return f"&#x{ord(one):x};" if random.random() < 0.5 else f"&#{ord(one)};"

    named = {"“": "&ldquo;", "”": "&rdquo;", "·": "&middot;", "&": "&amp;", "—": "&mdash;"}
    return "".join(named.get(one, coded(one)) for one in text)


def _sprinkle(text: str, random: Random, pieces: Iterable[str], share: float) -> str:
    pieces = tuple(pieces)
    return "".join(
        one + random.choice(pieces).format(n=random.randint(10, 9999))
        if one != "\n" and random.random() < share
        else one
        for one in text
    )


def _half_tags(text: str, random: Random) -> str:
    return _sprinkle(text, random, BROKEN_TAGS, 0.02)


def _zero_width(text: str, random: Random) -> str:
    return _sprinkle(text, random, ZERO_WIDTH, 0.05)


def _private_use(text: str, random: Random) -> str:
    return _sprinkle(text, random, PRIVATE, 0.01)


def _full_width(text: str, _random: Random) -> str:
    wide = {n: n + 0xFEE0 for n in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))}
    return "\n".join("\u3000\u3000" + line.translate(wide) if line else line for line in text.split("\n"))


def _lost_dates(text: str, _random: Random) -> str:
    return re.sub(r"(?<!\d)(\d{1,2})月(\d{1,2})日", r"\1\2日", text)


def _lost(text: str, random: Random) -> str:
    return "".join(one for one in text if one not in "与和的" or random.random() < 0.8)


DAMAGES: dict[str, Callable[[str, Random], str]] = {
    "lost_dates": _lost_dates,
    "lost": _lost,
    "full_width": _full_width,
    "traditional": _traditional,
    "mixed_traditional": _mixed_traditional,
    "pinyin": _pinyin,
    "pinyin_toneless": _pinyin_toneless,
    "byte_shift": _byte_shift,
    "byte_shift_bare": _byte_shift_bare,
    "entities": _entities,
    "half_tags": _half_tags,
    "zero_width": _zero_width,
    "private_use": _private_use,
    "utf8_as_cp1252": _utf8_as_cp1252,
    "utf8_as_latin1": _utf8_as_latin1,
    "utf8_as_gbk": _by_line(utf8_as_gbk),
    "gbk_as_latin1": _gbk_as_latin1,
}


def damage(text: str, kinds: Iterable[str], seed: int) -> str:
    """The text after damages of these kinds (keys of DAMAGES), in the order in which they come about.

    'lost_dates' and 'lost' destroy information; the others leave enough to undo them. At most one of the last four
    (wrong charsets) makes sense. KeyError for an unknown kind.
    """
    wanted = set(kinds)
    for kind in wanted - DAMAGES.keys():
        raise KeyError(kind)
    for kind, change in DAMAGES.items():
        if kind in wanted:
            text = change(text, Random(f"{kind}:{seed}"))  # noqa: S311 - not for secrets
    return text
