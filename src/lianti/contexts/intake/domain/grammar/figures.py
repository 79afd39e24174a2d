"""Figures: Chinese and Arabic numerals with what they count."""

import re
from collections.abc import Iterator
from decimal import Decimal

from lianti.contexts.intake.domain.grammar import counted
from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.words import figures as words
from lianti.contexts.intake.domain.grammar.words.units import AFTER_NONE, COUNTED, IDIOMS, LOOSE_NOUNS, MEASURES
from lianti.contexts.intake.domain.proposals import Figure, Found, Span


def _any(text: str) -> str:
    return "|".join(re.escape(one) for one in sorted(set(text.split()), key=len, reverse=True))


NUMBER = re.compile(
    r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,4})?|[一二两三四五六七八九十百千]{1,9}(?:万[一二两三四五六七八九十百千]{0,7})?|半(?=年|个月)"
)
TAIL = re.compile(
    rf"(?P<range>[-~～—–至到]\d{{1,6}})?(?P<percent>[%％])?(?P<more>余|多|来)?(?P<scale>[百千]?万|亿|千(?=人|名|例|元|余|多))?(?P<again>余|多)?"
    rf"(?P<measure>{_any(MEASURES)})?(?P<above>以上|余|多(?!学科|发|种|年|方|个))?"
)
IDIOM = re.compile(_any(IDIOMS))
NOT_AFTER = re.compile(rf"(?:{_any(AFTER_NONE)})")
LOOSE = re.compile(rf"(?:{_any(LOOSE_NOUNS)})")
DATE = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?:\s*[-—~至到]\s*(?:19|20)?\d{2})?\s*年(?:\s*\d{1,2}\s*月)?|(?<!\d)\d{2}年\d{1,2}月|"
    r"(?<!\d)(?:19|20)\d{2}\s*[-—~至到]\s*(?:19|20)\d{2}(?!\d)|(?<=[（(])(?:19|20)\d{2}(?=[）)])|"
    r"\d{1,2}\s*[-—~至到]?\s*\d{0,2}\s*月份?\s*(?:\d{1,2}\s*(?:[-—~至到、]\s*(?:\d{1,2}月)?\d{1,2}\s*)?[日号]?)?|"
    r"(?<!\d)\d{1,2}\s*(?:[-—~至到、]\s*\d{1,2}\s*)?[日号]|\d{1,2}[:：]\d{2}|\d{1,2}\s*[时点]|"
    r"[二一][〇零○Ｏ0一九][〇零○Ｏ0一二三四五六七八九]{2}年|[一二三四五六七八九十]{1,3}月(?:份|[一二三四五六七八九十]{1,3}日)?|"
    r"[一二三四五六七八九十]{1,3}[日时点]|第\s*[\d一二三四五六七八九十百]{1,5}|[\d一二三四五六七八九十]{1,3}\s*周?岁|"
    r"\d{3,4}-\d{7,8}|1[3-9]\d{9}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,2}|[〔\[（(]\s*20\d{2}\s*[〕\]）)]\s*\d{0,4}\s*号?|"
    r"[A-Za-z][-A-Za-z]{0,8}-?\d{1,6}|\d{1,4}[A-Za-z]{2,8}|[一两二三四五六七八九十\d]{1,3}个半(?:小时|月)"
)
FRACTION = re.compile(r"百分之(?P<whole>[零一二两三四五六七八九十百]{1,5})(?:点(?P<rest>[零一二三四五六七八九]{1,3}))?")
VALUE = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
PLACE = {"十": 10, "百": 100, "千": 1000}


def find(page: Page) -> tuple[Figure, ...]:
    """Every number that counts something, in the order of the text; the same value with the same label once."""
    out: list[Figure] = []
    seen: set[tuple[str, str]] = set()
    for one in _figures(page.text):
        key = (one.value, one.unit + ("" if one.unit == "年" else one.label.split("(")[0][-4:]))
        if key not in seen:
            seen.add(key)
            out.append(one)
    return tuple(out)


def _figures(text: str) -> Iterator[Figure]:
    taken = _taken(text)
    at = 0
    yield from _fractions(text)
    for mark in NUMBER.finditer(text):
        if mark.start() < at or taken[mark.start()]:
            continue
        tail = TAIL.match(text, mark.end())
        if tail is None:  # pragma: no cover - every part may be absent
            continue
        found = _figure(text, mark, tail)
        if found:
            at = tail.end()
            yield found


def _fractions(text: str) -> Iterator[Figure]:
    """百分之二点三."""
    for mark in FRACTION.finditer(text):
        rest = "".join(str(VALUE[c]) for c in mark["rest"] or "")
        value = f"{_chinese_value(mark['whole'])}{'.' + rest if rest else ''}%"
        label = counted.ahead(text, mark.start()) or counted.behind(text, mark.end())
        if label:
            yield Figure(label + "比例", value, "%", Found((Span(*mark.span()),), 0.7, ("numeral", "percent")))


def _taken(text: str) -> bytearray:
    """Places that dates, times, ages, ordinals, phone numbers, names and set phrases hold."""
    taken = bytearray(len(text) + 1)
    for pattern in (DATE, IDIOM, FRACTION):
        for mark in pattern.finditer(text):
            taken[mark.start() : mark.end()] = b"\1" * (mark.end() - mark.start())
    return taken


def _figure(text: str, mark: re.Match[str], tail: re.Match[str]) -> Figure | None:
    digits = mark.group()[0].isdigit()
    measure = tail["measure"] or ""
    if not _counts(text, mark, tail, digits, measure):
        return None
    label = counted.label(text, mark.start(), tail.end(), measure, bool(tail["percent"]))
    if not label:
        return None
    return Figure(
        label,
        _value(mark.group(), tail),
        measure,
        Found(
            (Span(mark.start(), tail.end()),), 0.8 if digits else 0.65, ("numeral", "measure" if measure else "bare")
        ),
    )


def _counts(text: str, mark: re.Match[str], tail: re.Match[str], digits: bool, measure: str) -> bool:
    before, after = text[max(0, mark.start() - 4) : mark.start()], text[tail.end() : tail.end() + 8]
    if before.endswith(words.NO_COUNT) or words.PLACE.match(after):
        return False
    centres = text.startswith(("大中心", "大专科"), mark.end())
    if LOOSE.match(after) or (NOT_AFTER.match(text, mark.end()) and not measure and not centres):
        return False
    if centres:
        return True
    if words.PASSING.match(text, mark.start()):
        return False
    if digits:
        return bool(measure or tail["percent"] or tail["scale"] or tail["more"] or words.BARE.search(before))
    clause = counted.BOUND.split(text[max(0, mark.start() - 18) : mark.start()])[-1]
    return _chinese(mark.group(), measure, clause, after, tail)


def _chinese(number: str, measure: str, before: str, after: str, tail: re.Match[str]) -> bool:
    if number in ("百", "千", "一千一万") or not measure:
        return bool(len(number) > 1 and (tail["more"] or tail["again"]))
    if measure[0] not in COUNTED and not tail["more"] and len(number) < 3:
        return False
    if words.WHILE.match(after) and measure in counted.LENGTHS:
        return False
    if number in ("一", "半"):
        spell = measure in ("年", "个月") and words.SPELL.search(before[-4:] + "|" + after) is not None
        return spell or (measure in words.ONES and words.ONE_OF.search(before) is not None)
    if measure == "个" and len(number) == 1:
        return bool(words.OURS.match(after) or words.ONLY.search(before))
    if number in words.FEW and not tail["more"] and words.THOSE.match(measure + after):
        return words.COUNTING.search(before) is not None
    return not (measure in "家次" and number == "两" and after.startswith(("医院", "单位", "党")))


def _value(number: str, tail: re.Match[str]) -> str:
    if tail["percent"]:
        return number + "%"
    if number == "半":
        return "0.5"
    if tail["range"] and not tail["scale"]:
        return number + "-" + tail["range"][1:]
    amount = Decimal(number.replace(",", "")) if number[0].isdigit() else Decimal(_chinese_value(number))
    for word, factor in (("百", 100), ("千", 1000), ("万", 10_000), ("亿", 100_000_000)):
        if word in (tail["scale"] or "") or (tail["measure"] or "").startswith(word):
            amount *= factor
    plus = "+" if tail["more"] or tail["again"] or tail["above"] else ""
    whole = amount.to_integral_value()
    return f"{whole if amount == whole else amount.normalize():f}{plus}"


def _chinese_value(text: str) -> int:
    head, _, rest = text.partition("万") if "万" in text else ("", "", text)
    total = current = 0
    for c in rest:
        if c in PLACE:
            total, current = total + (current or 1) * PLACE[c], 0
        else:
            current = VALUE[c]
    return total + current + (_chinese_value(head) * 10_000 if head else 0)
