"""When two names are one institution's: spelling, what the longer one adds, and letters left out."""

import re
from functools import lru_cache

from lianti.contexts.intake.domain.grammar.words.institutions import BARE, ORDINAL, SAME
from lianti.contexts.intake.domain.grammar.words.regions import leading, shorten

_PLACE = re.compile(r"(?:[一-龥]{2,12}?(?:自治区|自治县|自治州|[省市县区州旗盟镇乡]))")
_SCHOOLS = ("大学", "医科", "医学", "医药", "中医药", "理工", "师范", "工业", "交通")
_ORDINAL = re.compile(rf"第?({ORDINAL}|〇)+(?=人民|中医|医院|附属|临床|妇幼|中心|院|附)|附({ORDINAL})|({ORDINAL})附")
_AFFILIATED = re.compile(
    rf"附属第({ORDINAL})(?:临床)?医院|第({ORDINAL})附属医院|({ORDINAL})附院|附({ORDINAL})(?:医?院)?$"
)
_FIELD = re.compile(
    r"中西医结合|中医|妇幼|妇女儿童|儿童|肿瘤|口腔|眼科|精神|传染病|胸科|心血管病?|康复|骨科|妇产|职工|藏医|蒙医"
)


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """A name with spellings that mean the same made one."""
    for long, short in SAME:
        name = name.replace(long, short)
    return name


@lru_cache(maxsize=4096)
def rows(name: str) -> tuple[str, ...]:
    """The places that a name begins with, one by one: 湖北省, 通山县 of 湖北省通山县人民医院."""
    out: list[str] = []
    at = 0
    while at < len(name):
        known, mark = leading(name[at:]), _PLACE.match(name, at)
        found = (
            mark.group()
            if mark and mark.end() < len(name) and not re.search("大学|学院|医院|集团|公司", mark.group())
            else ""
        )
        if known and len(known) != len(found) and not name.startswith(_SCHOOLS, at + len(known)):
            rest = found[len(known) :]
            found = known if len(known) > len(found) or leading(rest) or len(rest) >= 3 else found
        if not found:
            break
        out.append(found)
        at += len(found)
    return tuple(out)


def places(name: str) -> str:
    """The places that a name begins with, as they stand there; ''."""
    return "".join(rows(name))


@lru_cache(maxsize=4096)
def _ordinals(name: str) -> str:
    return "".join(x for m in _ORDINAL.finditer(name) for x in m.groups() if x)


def _within(short: str, long: str) -> bool:
    left = iter(long)
    return all(letter in left for letter in short)


def same(short: str, long: str) -> bool:
    """Whether a shorter name can be the longer one's: spelt the same, its end, or its letters in order."""
    a, b = key(short), key(long)
    if a == b:
        return True
    if len(a) >= len(b) or (a[-1] != b[-1] and not re.search(rf"附{ORDINAL}$", a)):
        return False
    if b.startswith(a):
        return False
    if bool(re.search(r"分院$|院区$", a)) != bool(re.search(r"分院$|院区$", b)):
        return False
    if b.endswith(a):
        return _ends(a, b)
    if b.count("医院") > 1 and a.count("医院") < 2:
        return False
    if _ordinals(a) != _ordinals(b):
        return False
    return _elsewhere(a, b) or _shortened(_affiliated(a), _affiliated(b))


def _affiliated(name: str) -> str:
    """第一附属医院, 附属第一医院, 一附院 and 附一 made one."""
    return _AFFILIATED.sub(lambda m: f"附{next(x for x in m.groups() if x)}院", name)


def _elsewhere(a: str, b: str) -> bool:
    """武汉同济医院 for a school's 附属同济医院: the end with the town before it."""
    core = a[len(places(a)) :]
    return places(a) != "" and len(core) >= 4 and not BARE.fullmatch(core) and b.endswith(core) and "大学" in b


def _ends(a: str, b: str) -> bool:
    rest = b[: -len(a)]
    if BARE.fullmatch(a) or a[0] in "省市县区州旗盟":
        return (
            bool(re.search(r"[省市县区州旗盟镇乡]$", rest))
            or places(b).startswith(rest)
            or (a[0] in "省市县区州旗盟" and len(rest) <= 10)
        )
    return not re.search(r"第$|[一二三四五六七八九十]$|医院$", rest) or bool(leading(a))


def _shortened(a: str, b: str) -> bool:
    if _other_place(a, b):
        return False
    if (
        a[0] != b[0]
        and not (b[0] in "省市县区州旗" and a[0] == b[1])
        and not (places(b) and b[len(places(b)) :][:1] == a[0])
        and a[0] not in "省市县区州旗"
    ):
        inner = re.search(rf"(?:附属|大学|学院){re.escape(a[:2])}", b)
        if not inner or a[:2] in ("医院", "人民", "中医"):
            return False
    head = a[: -len(_tail(a))]
    own = places(a)
    if (own or head in "省市县区州旗") and BARE.fullmatch(a[len(own) :]) and not BARE.fullmatch(b[len(places(b)) :]):
        return False
    if own and own != a and places(b) and not _within(own, places(b)) and not _within(own, b):
        return False
    if (own or head in "省市县区州旗") and _FIELD.findall(a) != _FIELD.findall(b) and "附属" not in b:
        return False
    return _within(a, b)


def _other_place(a: str, b: str) -> bool:
    """Both begin with places, and the last of each is not the same one."""
    one, two = rows(a), rows(b)
    return bool(one and two) and not _within(shorten(one[-1]), two[-1])


def _tail(name: str) -> str:
    for tail in ("人民医院", "中医院", "妇幼保健院", "卫生院", "医院", "卫健委", "卫健局", "政府", "院"):
        if name.endswith(tail):
            return tail
    return name[-1:]
