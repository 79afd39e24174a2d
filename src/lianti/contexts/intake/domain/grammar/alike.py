"""When two names are one institution's: spelling, what the longer one adds, and letters left out."""

import re
from functools import lru_cache

from lianti.contexts.intake.domain.grammar.words.institutions import BARE, ORDINAL, SAME
from lianti.contexts.intake.domain.grammar.words.regions import leading

_PLACE = re.compile(r"(?:[一-龥]{2,12}?(?:自治区|自治县|自治州|[省市县区州旗盟镇乡]))")
_ORDINAL = re.compile(rf"第?({ORDINAL}|〇)+(?=人民|中医|医院|附属|临床|妇幼|中心|院|附)|附({ORDINAL})|({ORDINAL})附")
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
def places(name: str) -> str:
    """The places that a name begins with; ''."""
    at = 0
    while True:
        known = leading(name[at:])
        mark = _PLACE.match(name, at)
        if mark and not re.search("大学|学院|医院", mark.group()) and mark.end() < len(name):
            at = mark.end() if len(known) < len(mark.group()) or mark.group() == known else at + len(known)
        elif known and not name.startswith(("大学", "医科", "医学", "医药", "中医药", "理工", "师范"), at + len(known)):
            at += len(known)
        else:
            return name[:at]


def _ordinals(name: str) -> str:
    return "".join(x for m in _ORDINAL.finditer(name) for x in m.groups() if x)


def _within(short: str, long: str) -> bool:
    left = iter(long)
    return all(letter in left for letter in short)


@lru_cache(maxsize=16384)
def same(short: str, long: str) -> bool:
    """Whether a shorter name can be the longer one's: same spelling, end of it, or its letters in order with the same numbers and field."""
    a, b = key(short), key(long)
    if a == b:
        return True
    if len(a) >= len(b) or a[-1] != b[-1] and not re.search(rf"附{ORDINAL}$", a):
        return False
    if bool(re.search(r"分院$|院区$", a)) != bool(re.search(r"分院$|院区$", b)):
        return False
    if b.endswith(a):
        return _ends(a, b)
    if _ordinals(a) != _ordinals(b):
        return False
    return _shortened(a, b)


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
    if a[0] != b[0] and not (places(b) and b[len(places(b)) :][:1] == a[0]) and a[0] not in "省市县区州旗":
        inner = re.search(rf"(?:附属|大学|学院){re.escape(a[:2])}", b)
        if not inner or a[:2] in ("医院", "人民", "中医"):
            return False
    head = a[: -len(_tail(a))]
    own = places(a)
    if own and own != a and places(b) and not _within(own, places(b)) and not _within(own, b):
        return False
    if (own or head in "省市县区州旗") and _FIELD.findall(a) != _FIELD.findall(b) and "附属" not in b:
        return False
    return _within(a, b)


def _tail(name: str) -> str:
    for tail in ("人民医院", "中医院", "妇幼保健院", "卫生院", "医院", "卫健委", "卫健局", "政府", "院"):
        if name.endswith(tail):
            return tail
    return name[-1:]
