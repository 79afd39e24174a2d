"""What copying lost for good: a date is put back only when the page's date leaves no choice; the rest is pointed at."""

import re
from datetime import date, timedelta

from lianti.contexts.intake.domain.cleaned import Repair, Status

RUN_TOGETHER = re.compile(r"(?<![\d.年月第-])(?P<digits>\d{3,4})(?=日(?![均常夜报志程子用]))")
YEAR_AND_MONTH = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?=(?:1[0-2]|0?[1-9])月(?:[0-3]?\d日)?)")
SPAN = re.compile(r"(?:历时|为期|连续|共|近|约|超过|累计|整整|长达)$")
LONGEST_AGO = timedelta(days=45)


def _days(digits: str, year: int) -> list[tuple[int, int]]:
    out = []
    for cut in range(1, len(digits)):
        month, day = digits[:cut], digits[cut:]
        if day[0] != "0" and month[0] != "0":
            try:
                out.append((date(year, int(month), int(day)).month, int(day)))
            except ValueError:
                continue
    return out


def _fitting(digits: str, published: date) -> list[tuple[int, int]]:
    """Readings of the digits as month and day that lie shortly before the page's date."""
    out = []
    for year in (published.year, published.year - 1):
        for month, day in _days(digits, year):
            if published - LONGEST_AGO <= date(year, month, day) <= published + timedelta(days=1):
                out.append((month, day))
    return out


def mend_dates(text: str, published: date | None) -> tuple[str, tuple[Repair, ...]]:
    """515日 becomes 5月15日 when that is the only day shortly before `published`, and 20225月 becomes 2022年5月.

    What is not certain stays as it is and is reported as DOUBTFUL. Repairs carry places of the returned text.
    """
    out, repairs, at, grown = [], [], 0, 0
    for match in sorted([*RUN_TOGETHER.finditer(text), *YEAR_AND_MONTH.finditer(text)], key=lambda one: one.start()):
        if match.start() < at or SPAN.search(text, max(0, match.start() - 4), match.start()):
            continue
        meant, others = _meant(match, published)
        out += [text[at : match.start()], meant]
        start = match.start() + grown
        status = Status.CHOSEN if meant != match[0] else Status.DOUBTFUL
        repairs.append(Repair(start, start + len(meant), match[0], "lost", status, sensitive=True, others=others))
        at, grown = match.end(), grown + len(meant) - len(match[0])
    return "".join([*out, text[at:]]), tuple(repairs)


def _meant(match: re.Match[str], published: date | None) -> tuple[str, tuple[str, ...]]:
    if "year" in match.groupdict():
        return f"{match['year']}年", ()
    digits = match["digits"]
    fitting = _fitting(digits, published) if published else []
    possible = tuple(f"{month}月{day}" for month, day in _days(digits, published.year if published else 2024))
    if len(fitting) == 1:
        best = f"{fitting[0][0]}月{fitting[0][1]}"
        return best, tuple(one for one in possible if one != best)
    return digits, possible


def moved(place: int, changes: tuple[Repair, ...]) -> int:
    """Where a place of the text that `mend_dates` was given stands in the text that it returned."""
    grown = 0
    for one in changes:
        if one.start - grown >= place:
            break
        grown += one.end - one.start - len(one.raw)
    return place + grown
