"""Where institutions are named: endings walked left to a word or mark that ends no name, with lists taken apart."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import rjieba

from lianti.contexts.intake.domain.grammar.words.institutions import (
    BARE,
    GENERIC,
    ORGANS,
    PROTECTED,
    ROUGH,
    STOP,
    STOP_CHARACTERS,
    SUFFIX,
    TITLED,
)
from lianti.contexts.intake.domain.grammar.words.regions import by_name, by_short, containing, leading

REACH = 32
_OUTSIDE = re.compile(r"[^一-龥A-Za-z0-9〇·]")
_PLACE = r"[一-龥]{2,12}?(?:自治县|自治州|地区|[省市县区州旗])"
_ORGANISED = re.compile(r"大学|学院|医院|集团|公司|中国|国家|解放军|附属|中央|部队|厂|局$|厅$|医大|总后|华润|北大|交大")
_DISTRIBUTED = re.compile(
    r"((?:[一-龥]{2,7}[省市县区州旗][、，和与及]){1,12}[一-龥]{2,7}[省市县区州旗])(?:等)?(?:[0-9一二两三四五六七八"
    r"九十]{1,3}[家所个])?"
    r"((?:县|市|区)?(?:第[一二三四五]|中心)?(?:人民|中医?|妇幼|妇女儿童)?(?:保健院|医?医院|疾控中心|卫健局|"
    r"卫健委|卫生健康局|卫生院))"
)
_TOWN = re.compile(r"[（(]([一-龥]{2,4})[）)]")
_ATTRIBUTE = re.compile(r"(?:紧密型|核心)?(?:合作|协作|托管|指导|联盟|成员|教学|定点|帮扶|对口|网络|分|直属)?")
_PLAIN = frozenset(
    [
        "n",
        "v",
        "a",
        "b",
        "d",
        "m",
        "q",
        "vn",
        "an",
        "ad",
        "vd",
        "f",
        "s",
        "r",
        "l",
        "j",
        "c",
        "u",
        "p",
        "t",
        "i",
        "z",
        "zg",
        "g",
        "k",
        "y",
        "e",
        "o",
    ]
)
_CORE = re.compile(r"(?:人民|中西医结合|中医?|妇幼|儿童|中心|第[一二三四五六七八九十])+$")
_GLUED = frozenset(("v", "d", "p", "c", "vd", "vn", "r", "ad"))
_jieba = rjieba.Jieba()
_COUNTED = re.compile(
    r"((?:[一-龥]{2,3}、){1,10}[一-龥]{2,3}?(?:[和及][一-龥]{2,3}?)?)[两二三四五六七八九十2-9]个?([县市区州旗])的?"
    r"((?:第[一二三四五]|中心)?(?:人民|中医?|妇幼|妇女儿童)(?:保健院|医?医院|疾控中心|卫健局))"
)
_FIRST = re.compile(r"^[应由请经驻受据同当派于至某与赴向对在来到和为帮带访抵往及逢因携而并且或像]")


@dataclass(slots=True)
class Name:
    """One place [start, end) where an institution is named.

    `text` is the name as meant there, a list's shared part put in; `kind` is one of KINDS.
    """

    start: int
    end: int
    text: str
    kind: str
    clean: bool = False


def find(text: str) -> list[Name]:
    """Every name of the text in order, none inside another; generic phrases are left out."""
    listed = sorted([*_distributed(text), *_counted(text)], key=lambda one: one.start)
    taken = [(one.start, one.end) for one in listed]
    plain = _settled(_walked(text))
    kept = [
        one
        for one in plain
        if not _every(text, one) and not any(a < one.end and one.start < b for a, b in _near(taken, one.start))
    ]
    return _shared(text, sorted([*listed, *_anchored(kept)], key=lambda one: (one.start, one.end)))


def _near(spans: list[tuple[int, int]], place: int) -> list[tuple[int, int]]:
    at = bisect_left(spans, (place, 0))
    return spans[max(0, at - 14) : at + 2]


def _walked(text: str) -> list[Name]:
    """Each ending with its name as far left as it reaches."""
    out: list[Name] = []
    for mark in SUFFIX.finditer(text):
        kind = mark.lastgroup or "hospital"
        low = max(0, mark.start() - REACH)
        if kind in ORGANS and out and out[-1].kind in ORGANS:
            low = max(low, out[-1].end)
        bare = bool(out) and out[-1].end == mark.start() and (out[-1].kind != "school" or mark.group() == "医院")
        start, clean = (mark.start(), False) if bare else left_end(text, low, mark.start())
        start, clean = _joined(text, out, start, mark.start(), clean)
        end = _with_town(text, mark.end()) if kind == "hospital" else mark.end()
        out.append(Name(start, end, text[start:end], kind, clean))
    return out


def _with_town(text: str, end: int) -> int:
    """Where a name ends that has its town in brackets: 某大学某医院（青岛）."""
    mark = _TOWN.match(text, end)
    return mark.end() if mark and (mark[1] in by_short() or mark[1] in by_name()) else end


def _joined(text: str, out: list[Name], start: int, suffix: int, clean: bool) -> tuple[int, bool]:
    """A name right behind another's end is part of it: 某大学附属医院青岚分院."""
    last = out[-1] if out else None
    if last is None or last.end > suffix + 2 or last.end <= start or suffix - last.start > REACH + 8:
        return start, clean
    between = text[last.end : suffix]
    if last.kind == "hospital" and (len(between) > 4 or _ATTRIBUTE.fullmatch(between)):
        return last.end, True
    return min(start, last.start), clean


def left_end(text: str, low: int, high: int) -> tuple[int, bool]:
    """Where a name that ends behind `high` begins, not before `low`; and whether a mark shows it."""
    window = text[low:high]
    cut, clean = 0, low == 0
    for mark in _OUTSIDE.finditer(window):
        cut, clean = mark.end(), True
    window = window[cut:]
    guarded = [
        (m.start(), m.end())
        for pattern in (PROTECTED, containing(STOP_CHARACTERS))
        for m in pattern.finditer(window + text[high : high + 4])
    ]
    stop = 0
    for mark in STOP.finditer(window):
        if not any(a < mark.end() and mark.start() < b for a, b in guarded):
            stop, clean = mark.end(), False
    start = low + cut + stop
    return _at_place(text, start, high, clean)


def _at_place(text: str, start: int, high: int, clean: bool) -> tuple[int, bool]:
    """Begin at the first known place when what stands before it is neither place nor organisation."""
    if leading(text[start:high]):
        return start, clean
    for at in range(start + 1, min(start + 14, high - 1)):
        if any(text[at : at + length] in by_name() for length in range(3, min(12, high - at) + 1)):
            before = text[start:at]
            if not _ORGANISED.search(before) and not re.search(r"[省市州县区]$", before):
                return at, True
            break
    if _FIRST.match(text[start:high]) and re.match(rf"{_PLACE}", text[start + 1 : high]):
        return start + 1, False
    return start, clean


def _settled(names: list[Name]) -> list[Name]:
    """Without names inside longer ones and without generic phrases."""
    out: list[Name] = []
    for one in names:
        while out and out[-1].start >= one.start and out[-1].end <= one.end:
            out.pop()
        if out and one.start < out[-1].end:
            one.start = out[-1].end
            one.text = one.text[-(one.end - one.start) :] if one.end > one.start else ""
        if one.text:
            out.append(one)
    return [one for one in map(_peeled, out) if not generic(one)]


def _peeled(one: Name) -> Name:
    """Without verbs and adverbs that lead a name whose beginning no mark shows (运用兰州…)."""
    while not one.clean and not leading(one.text):
        tags = _jieba.tag(one.text)
        word, sort = tags[0]
        if (
            len(tags) < 3
            or len(word) < 2
            or sort not in _GLUED
            or _ORGANISED.search(word)
            or (
                not leading(one.text[len(word) :])
                and (sort == "vn" or re.match(r"[省市县区州旗盟镇乡]|大学|医科|医学|学院", one.text[len(word) :]))
            )
        ):
            break
        one.start, one.text = one.start + len(word), one.text[len(word) :]
    return one


def _everyday(stem: str) -> bool:
    """Whether a name's stem is made of everyday words only (国内顶尖, 央企公立), so that it names nobody."""
    stem = _CORE.sub("", stem)
    if (
        not stem
        or re.search(
            r"[省市县区州旗盟镇乡]|大学|学院|附属|第[一二三四五六七八九十]|军|集团|公司|总$|"
            r"协和|同仁|友谊|和平|仁爱|博爱|朝阳|安贞|航天|航空|化工|钢|煤|电力|核工业|铁路|石油|油田|矿",
            stem,
        )
        or leading(stem)
    ):
        return False
    return all(sort in _PLAIN and not (sort == "n" and len(word) > 2) for word, sort in _jieba.tag(stem))


def _every(text: str, one: Name) -> bool:
    """Whether the name is said of many: 各县人民医院, 的人民医院."""
    before = text[max(0, one.start - 1) : one.start]
    if before in ("我", "本", "该", "两") and one.text.startswith("院"):
        return True
    return before == "各" or (before == "的" and bool(BARE.fullmatch(one.text)))


def _placed(stem: str) -> bool:
    """Whether a stem ends with a known place (聊城市 is no 城市)."""
    stem = _CORE.sub("", stem)
    return any(stem[-length:] in by_name() for length in (3, 4, 5))


def generic(name: Name) -> bool:
    """Whether the words name no institution: 县级医院, 上级医院, 三甲医院, the ending alone."""
    endings = list(SUFFIX.finditer(name.text, max(0, len(name.text) - 16)))
    stem = name.text[: endings[-1].start()] if endings else ""
    if name.kind == "short":
        return len(name.text) < 3
    if ROUGH.search(stem) and not _placed(stem):
        return True
    if name.kind in ORGANS:
        return not stem or bool(
            re.fullmatch(r"各[一-龥]{0,3}|[省市县区州旗乡镇村]{2,}|两|本|当地|地方|各级|有关|相关", stem)
        )
    if name.kind in ("school", "society"):
        return len(stem) < 2 or bool(GENERIC.fullmatch(stem))
    if BARE.fullmatch(name.text) and not re.fullmatch(r"(?:中心)?(?:医院|卫生院|卫生服务中心|医疗集团)", name.text):
        return False
    if TITLED.match(name.text) and len(name.text) >= 3 and not re.search(r"级|各|乡镇|村", stem):
        return False
    return bool(GENERIC.fullmatch(stem)) or (name.kind == "hospital" and _everyday(stem))


def _anchored(names: list[Name]) -> list[Name]:
    """Shorten a name that some stray words lead, when the rest stands alone elsewhere with a clear beginning."""
    clear = Counter(one.text for one in names if one.clean and len(one.text) >= 5)
    for one in names:
        if one.clean or one.text in clear:
            continue
        for cut in range(1, min(10, len(one.text) - 4)):
            if (
                one.text[cut:] in clear
                and not _ORGANISED.search(one.text[:cut])
                and not re.search(r"[省市州县区]$", one.text[:cut])
            ):
                one.start, one.text = one.start + cut, one.text[cut:]
                break
    return names


def _distributed(text: str) -> list[Name]:
    """甲县、乙县和丙县3所人民医院: one name for each place of the list."""
    out: list[Name] = []
    for mark in _DISTRIBUTED.finditer(text):
        core = mark[2]
        places = [(m.start() + mark.start(1), m.group()) for m in re.finditer(r"[^、，和与及]+", mark[1])]
        levels = {place[-1] for _, place in places}
        plain = "、" in mark[1] or "，" not in mark[1]
        if len(levels) > 1 or not plain or core[0] in "县市区":
            continue
        for at, place in places:
            begin, _ = left_end(text, max(0, at - 12), at + len(place))
            begin = max(begin, at)
            last = at == places[-1][0]
            name = text[begin : at + len(place)] + core
            out.append(
                Name(
                    begin,
                    mark.end() if last else at + len(place),
                    name,
                    "health" if "健" in core and "保健" not in core else "hospital",
                    True,
                )
            )
    return out


def _counted(text: str) -> list[Name]:
    """青岚、桐坞两县人民医院: one name for each short name of the list."""
    out: list[Name] = []
    for mark in _COUNTED.finditer(text):
        places = [(m.start() + mark.start(1), m.group()) for m in re.finditer(r"[^、和及]+", mark[1])]
        first, _ = left_end(text, max(0, places[0][0] - 4), places[0][0] + len(places[0][1]))
        places[0] = (max(first, places[0][0]), text[max(first, places[0][0]) : places[0][0] + len(places[0][1])])
        for at, place in places:
            end = mark.end() if at == places[-1][0] else at + len(place)
            out.append(Name(at, end, place + mark[2] + mark[3], "health" if mark[3] == "卫健局" else "hospital", True))
    return [one for one in out if len(one.text) > 5]


def _shared(text: str, names: list[Name]) -> list[Name]:
    """某市中医院、人民医院: the second takes the first's place."""
    for before, one in pairwise(names):
        if BARE.fullmatch(one.text) and re.fullmatch(r"[、和与及]|以及", text[before.end : one.start]):
            place = re.match(rf"(?:{_PLACE}){{1,3}}|^[省市县区州旗]", before.text)
            if place and place.end() < len(before.text) and not re.search("大学|学院", before.text):
                one.text = place.group() + one.text
    return names
