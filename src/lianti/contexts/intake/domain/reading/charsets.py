"""Which characters bytes stand for: a mark at the start, then what makes sense, then what the file declares."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from lianti.contexts.intake.domain.reading.refused import Refused

Notes = list[tuple[str, dict[str, str | int]]]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The commonest signs of both scripts; a right decoding is full of them, a wrong one has hardly any.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
    "定行学法所民得经十三之进着等部度家电力里如水化高自二理起小"
    "物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数"
    "正心反你明看原又么利比或但质气第向道命此变条只没结解问意建"
    "月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统"
    "接知较将组见计别她手角期根论运农指几九区强放决西被干做必战"
    "先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再"
    "采转更单风切打白教速花带安场身车例真务具万每目至达走积示"
    "议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书"
    "布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响"
    "约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专"
    "状育厂京识适属圆包火住调满县局照参红细引听该铁价严医疗诊"
    "這為時來們個國說學會對過發經動進還電實現機產開無與當從業體應關間樣點兩義並結長門問員題軍統條變運總設術給據東處"
    "農級導戰領觀證較組計別線數質氣請聯認萬醫療診衛縣鎮鄉區"
)
_ODD = re.compile("[\ue000-\uf8ff\ufffd\u0080-\u009f\u0590-\u10ff\uff61-\uffdc\u2500-\u259f\u3130-\u318f]")
_HAN = re.compile("[\u3400-\u9fff]")
_NAMES = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "hz-gb-2312": "hz",
          "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "utf8": "utf-8",
          "unicode": "utf-16", "iso-8859-1": "cp1252", "ascii": "utf-8", "us-ascii": "utf-8"}  # fmt: skip
_SAMPLE = 60_000
_LIKELY, _CERTAIN = 0.12, 0.35


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the charset that gave it, and what a person should know of it."""

    text: str
    charset: str
    notes: tuple[tuple[str, dict[str, str | int]], ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of bytes. `declared`: the charset that the file or its sender names. Raises Refused for other data."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _told(data[len(mark) :], charset, declared)
    wide = _wide(data)
    if wide:
        return _told(data, wide, declared)
    charset, worth = _likeliest(data, declared)
    if _binary(data) and worth < _CERTAIN:
        raise Refused("binary")
    return _told(data, charset, declared)


def canonical(name: str) -> str:
    """Python's name for a charset as pages write it; '' for one that nobody knows."""
    low = name.strip().strip("\"'").lower()
    low = _NAMES.get(low, low)
    try:
        return codecs.lookup(low).name if low else ""
    except (LookupError, ValueError):
        return ""


def _told(data: bytes, charset: str, declared: str) -> Decoded:
    text = data.decode(charset, "replace")
    notes: Notes = []
    if canonical(declared) not in ("", canonical(charset)):
        notes.append(("charset_differs", {"declared": declared, "used": charset}))
    if broken := text.count("\ufffd"):
        notes.append(("charset_broken", {"count": broken, "used": charset}))
    return Decoded(text, charset, tuple(notes))


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of its blanks, digits and line ends is zero."""
    head = data[:4000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 40 < len(head) or min(even, odd) * 8 > max(even, odd):
        return ""
    charset = "utf-16-le" if odd > even else "utf-16-be"
    return charset if sense(data[:4000].decode(charset, "replace")) > 0.2 or max(even, odd) * 3 > len(head) else ""


def _binary(data: bytes) -> bool:
    head = data[:_SAMPLE]
    controls = sum(head.count(bytes([code])) for code in [*range(9), *range(14, 27), 28, 29, 30, 31])
    return controls * 50 > len(head) + 400


def _likeliest(data: bytes, declared: str) -> tuple[str, float]:
    """The charset in which the text makes most sense, and how much it makes; 0 where nothing speaks for it."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8", 0
    sample = _sample(data)
    named = canonical(declared)
    narrow = [("utf-8", 0.0), ("gb18030", 0.0), ("big5hkscs", 0.0), *([(named, 0.02)] if named else [])]
    weighed = [(sense(_try(sample, charset)) + bonus, charset) for charset, bonus in narrow]
    wide = [(sense(_try(data[:_SAMPLE], charset)), charset) for charset in ("utf-16-le", "utf-16-be")]
    weighed += [one for one in wide if one[0] > _CERTAIN]
    most, best = max(weighed, key=lambda one: one[0])
    if most > _LIKELY:
        return best, most
    guess = from_bytes(sample).best()
    return (guess.encoding if guess is not None else best), 0


def _try(sample: bytes, charset: str) -> str:
    try:
        return sample.decode(charset, "replace")
    except (LookupError, ValueError):
        return "\ufffd"


def _sample(data: bytes) -> bytes:
    """The part of a file where its letters are: the first bytes past ASCII and what follows."""
    past = re.search(rb"[\x80-\xff]", data)
    start = past.start() if past else 0
    return data[start : start + _SAMPLE]


def sense(text: str) -> float:
    """How much a decoding reads as Chinese: the share of common signs among the signs, less what no text has."""
    han = _HAN.findall(text)
    odd = len(_ODD.findall(text))
    if not han:
        return -odd / max(1, len(text))
    common = sum(1 for sign in han if sign in _COMMON)
    return (common - 2 * odd) / (len(han) + odd)
