"""How much a promise promises, as its own words say it; nothing where they say it twice, or in part."""

from __future__ import annotations

import re

from lianti.contexts.intake.domain.grammar.numerals import whole
from lianti.contexts.ledger.queries import kinds

_COUNTED = re.compile(r"(?P<n>[0-9]+|[一二两三四五六七八九十百]+)(?P<of>个半天|人次|名|人|位|例|次|场|期|天|项|台|件)")
_UNITS = {
    "人次": "visit",
    "个半天": "half_day",
    "例": "case",
    "次": "time",
    "场": "session",
    "期": "session",
    "名": "person",
    "人": "person",
    "位": "person",
    "天": "day",
    "项": "item",
    "台": "piece",
    "件": "piece",
}
_PERIODS = (("year", ("每年", "年均", "每年度")), ("quarter", ("每季", "每个季度")), ("month", ("每月", "每个月")))
_CLAUSES = re.compile(r"[，,；;]")
EMPTY = {"amount": "", "unit": "", "period": ""}


def amount_of(kind: str, text: str) -> dict[str, str]:
    """Return amount, unit and period of a promise; all of them blank unless the words say each, and only once."""
    found, period = list(_COUNTED.finditer(text)), _period(text)
    if len(found) != 1 or not period:
        return dict(EMPTY)
    unit = _UNITS[found[0]["of"]]
    fitting = kinds.fulfilling_promise(kind) if kind in kinds.KINDS else frozenset()
    number = whole(found[0]["n"])
    if not number or unit not in ({one.code for one in kinds.units_of(fitting)} or set(kinds.UNITS)):
        return dict(EMPTY)
    return {"amount": str(number), "unit": unit, "period": period}


def says_a_number(text: str) -> bool:
    """Say whether a promise's words count something."""
    return _COUNTED.search(text) is not None


def parts_of(text: str) -> list[str]:
    """Return the promises that one line holds: parted where each clause counts its own, or has its own period."""
    clauses = [one.strip() for one in _CLAUSES.split(text) if one.strip()]
    if all(map(_period, clauses)):
        return clauses or [text]
    units = {_UNITS[mark["of"]] for one in clauses for mark in _COUNTED.finditer(one)}
    if len(clauses) < 2 or len(units) < len(clauses) or not all(map(says_a_number, clauses)):
        return [text]
    ahead = next((word for _code, words in _PERIODS for word in words if word in clauses[0]), "")
    return [clauses[0], *(one if _period(one) else ahead + one for one in clauses[1:])]


def _period(text: str) -> str:
    return next((code for code, words in _PERIODS if any(word in text for word in words)), "")
