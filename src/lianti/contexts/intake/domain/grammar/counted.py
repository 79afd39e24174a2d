"""What a number counts: a short noun from the words around it."""

import re

from lianti.contexts.intake.domain.grammar.personal import tagged
from lianti.contexts.intake.domain.grammar.words import figures as words
from lianti.contexts.intake.domain.grammar.words.units import NUMBER_VERBS

BOUND = re.compile(r"[，,。！？!?；;：:、\n（）()“”\"《》〈〉\s…]")
VERBS = re.compile(rf"(?:{'|'.join(sorted(set(NUMBER_VERBS.split()), key=len, reverse=True))})$")
EARLIER = re.compile(r".*[\d一二三四五六七八九十]+(?:余|多)?(?:人次|名|位|例|项|场|次|个|家)")
PERSON = re.compile(r"(?:[师员士生者人]|专家|教授|骨干)$")
RISEN = re.compile(r"[由从为][\d.,，%％万亿余多]{1,12}(?:人次|例|台|个|家|张)?$")
LENGTHS = ("年", "个月", "天", "周", "小时", "个小时")
TIMES = ("人次", "例次", "台次", "场次", "批次")
MONEY = ("元", "万元", "亿元", "美元")


def label(text: str, start: int, end: int, measure: str, percent: bool) -> str:
    """The noun behind, else the words before, with the measure word said; [start, end) is number and measure."""
    noun, head = behind(text, end), ahead(text, start)
    if measure in LENGTHS:
        told = head if words.TIME_NOUN.search(head) else ""
        return f"{_spent(text, start, end) or told or '时间'}({'小时' if measure == '个小时' else measure}数)"
    if measure in MONEY and not words.FUNDS.search(head + noun) and (paid := _paid(text, start, end)):
        return f"{paid}({measure})"
    if noun and measure not in TIMES:
        return f"{noun}({measure})" if measure else noun
    if measure in ("人", "名", "位") and words.PRESENT.match(text, end):
        return "参会人数"
    subject = head or noun or words.TOPIC
    if percent:
        return subject + "比例"
    if words.COUNT_NOUN.search(subject):
        return subject
    if measure in ("人", "名", "位"):
        return subject + "人数"
    return subject + measure if measure in TIMES else f"{subject}({measure})" if measure else subject


def behind(text: str, end: int) -> str:
    """The noun behind a number, without what is said of it; '' when there is none."""
    piece = text[end : end + 16]
    cut = BOUND.search(piece)
    piece = piece[: cut.start()] if cut else piece
    verb = words.STOP.search(piece)
    piece = piece[: verb.start()] if verb else piece
    return _noun(piece.removeprefix("的"))[:12]


def _noun(piece: str) -> str:
    """The words up to the first that tells what the counted did."""
    at, seen = 0, False
    for word, kind in tagged(piece):
        more = at + len(word) < len(piece)
        if seen and (kind[0] in "dpcr" or (kind == "v" and (more or PERSON.search(piece[:at])))):
            return piece[:at]
        seen = seen or kind[0] in "nj"
        at += len(word)
    return piece


def ahead(text: str, start: int) -> str:
    """The words before a number that say what it counts."""
    piece = text[max(0, start - 16) : start]
    cuts = list(BOUND.finditer(piece))
    piece = piece[cuts[-1].end() :] if cuts else piece
    while piece and (mark := VERBS.search(piece)):
        piece = piece[: mark.start()]
    digits = EARLIER.search(piece)
    if digits and digits.end() < len(piece):
        piece = piece[digits.end() :]
    return _ended(words.LEAD.sub("", RISEN.sub("", piece)))[-12:]


def _ended(piece: str) -> str:
    """The last noun of some words, with the verb before it: 省三院已为某县培训护士 is 培训护士."""
    kept: list[str] = []
    noun = False
    for word, kind in reversed(tagged(piece)):
        if noun and kind[0] in "dpcrumx":
            break
        if noun and kind == "v":
            kept.append(word)
            break
        if kept or kind[0] not in "dpcru":
            kept.append(word)
        noun = noun or kind[0] in "nj"
    return "".join(reversed(kept)) or piece


def _spent(text: str, start: int, end: int) -> str:
    """What a length of time was spent with: 巡回医疗, 援藏."""
    after = words.SPENT.search(BOUND.split(text[end : end + 14])[0])
    if after:
        return after.group()
    before = list(words.SPENT.finditer(BOUND.split(text[max(0, start - 14) : start])[-1]))
    return before[-1].group() if before else ""


def _paid(text: str, start: int, end: int) -> str:
    """What money was given for: 捐赠金额."""
    around = BOUND.split(text[max(0, start - 16) : start])[-1] + "|" + BOUND.split(text[end : end + 8])[0]
    mark = words.PAID.search(around)
    return mark.group() + "金额" if mark else ""
