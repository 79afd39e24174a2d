"""Which county, city and province a text is about, so that 县人民医院 and 市卫健委 get the place they leave out."""

import re
from bisect import bisect_right
from collections import Counter

from lianti.contexts.intake.domain.grammar.words.regions import Region, by_name, by_short, only, parent

_LEVELS = {"县": "county", "旗": "county", "区": "county", "市": "city", "州": "city", "盟": "city", "省": "province"}


def _straddles(text: str, at: int, name: str) -> bool:
    """和县 within 卫生局和县医院, 岚县 within 青岚县: a county of two characters stands behind a mark or a city."""
    before = text[max(0, at - 1) : at]
    if name == "代县" and text[at + 2 : at + 3] == "长":
        return True
    return len(name) == 2 and "一" <= before <= "龥" and before not in "省市州盟区"


class Places:
    """Places by the word that stands for their kind: 县 → [(place in the text, 通山县), …]."""

    def __init__(self, text: str, leads: list[tuple[int, str]]) -> None:
        """`leads`: places that names of institutions begin with, and where."""
        self.text = text
        self.found: dict[str, list[tuple[int, str]]] = {}
        for at, name in sorted({*leads, *self._known(text)}):
            self.found.setdefault(name[-1], []).append((at, name))

    @staticmethod
    def _known(text: str) -> list[tuple[int, str]]:
        out = []
        for mark in re.finditer(r"[省市县区州旗盟]", text):
            for length in range(11, 1, -1):
                name = text[max(0, mark.end() - length) : mark.end()]
                if len(name) == length and name in by_name() and not _straddles(text, mark.end() - length, name):
                    out.append((mark.end() - length, name))
                    break
        return out

    def of(self, kind: str, at: int) -> str:
        """The place that 县, 市 or 省 means at a place: the only one, else the one named last before."""
        found = self.found.get(kind, [])
        if not found:
            return self._above(kind) or self._short(kind)
        counted = Counter(name for _, name in found)
        if len(counted) == 1:
            return found[0][1]
        most, times = counted.most_common(1)[0]
        if times >= 3 * sum(counted.values()) / 4:
            return most
        before = bisect_right(found, (at, "龥")) - 1
        return found[before][1] if before >= 0 else found[0][1]

    def _above(self, kind: str) -> str:
        """The city or province of the only county named."""
        level = _LEVELS.get(kind, "")
        below = [r for name in self._lower(level) if (r := only(name))]
        above = {p.name for r in below if (p := parent(r, level))}
        name = above.pop() if len(above) == 1 else ""
        return name if name.endswith(kind) else ""

    def _lower(self, level: str) -> set[str]:
        kinds = {"city": "县区旗", "province": "县区旗市州盟"}.get(level, "")
        return {name for kind in kinds for _, name in self.found.get(kind, [])}

    def _short(self, kind: str) -> str:
        """The county that the text names by its short name most often."""
        level = _LEVELS.get(kind, "")
        if level == "province":
            return ""
        counted: Counter[Region] = Counter()
        for at in range(len(self.text) - 1):
            for length in (2, 3):
                region = by_short().get(self.text[at : at + length])
                if region and region.level == level and region.name.endswith(kind):
                    counted[region] += 1
        best = counted.most_common(2)
        if not best or (len(best) == 2 and best[0][1] == best[1][1]):
            return ""
        return best[0][0].name if best[0][1] >= 2 else ""
