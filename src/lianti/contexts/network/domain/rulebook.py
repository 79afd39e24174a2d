"""Rule values of rooms: what each is called, what it may be, and the sets that ship. It knows no table.

A room that counts by rules declares its use once, at start: `know_rules(RuleUse("dispatch", …))`. What is declared
wrongly fails there with a sentence.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.lib.errors import Sentence

CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
MOST = 100_000  # no number that a rule says is larger


class ValueKind(StrEnum):
    """What a rule value is: a whole number of something, yes or no, or some of a few words."""

    DAYS = "days"
    MONTHS = "months"
    COUNT = "count"
    YES_NO = "yes_no"
    CHOICE = "choice"


class RuleScope(StrEnum):
    """Where a rule set holds, from wide to narrow."""

    COUNTRY = "country"
    REGION = "region"
    PROGRAMME = "programme"
    RELATION = "relation"


WIDE = (RuleScope.COUNTRY, RuleScope.REGION, RuleScope.PROGRAMME)
NUMBERS = (ValueKind.DAYS, ValueKind.MONTHS, ValueKind.COUNT)
UNITS: Mapping[ValueKind, Sentence] = {
    ValueKind.DAYS: pgettext_lazy("unit of a rule", "days"),
    ValueKind.MONTHS: pgettext_lazy("unit of a rule", "months"),
}
YES, NO = pgettext_lazy("rule value", "Yes"), pgettext_lazy("rule value", "No")
NONE_OF_THEM = pgettext_lazy("rule value", "None of them")


@dataclass(frozen=True)
class RuleValue:
    """One value that rules may say: its code, kind, words and bounds.

    A number is whole and lies between `least` and `most`. Of a choice any of the words hold, or none of them. A count
    names its unit; days and months have theirs.
    """

    code: str
    kind: ValueKind
    label: Sentence
    help: Sentence = ""
    unit: Sentence = ""
    least: int = 0
    most: int = MOST
    choices: Mapping[str, Sentence] = field(default_factory=dict)

    @property
    def unit_word(self) -> Sentence:
        """The unit as it stands behind a number."""
        return self.unit or UNITS.get(self.kind, "")

    def doubt(self, value: Any) -> Sentence | None:
        """Say why a value cannot be said of this; None when it can."""
        if self.kind is ValueKind.YES_NO:
            return None if isinstance(value, bool) else _("Say yes or no.")
        if self.kind is ValueKind.CHOICE:
            known = isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
            return None if known and set(value) <= self.choices.keys() else _("Choose among these.")
        if not isinstance(value, int) or isinstance(value, bool):
            return _("Give a whole number.")
        if not self.least <= value <= self.most:
            return _("Give a number from %(least)d to %(most)d.") % {"least": self.least, "most": self.most}
        return None

    def tidy(self, value: Any) -> Any:
        """Return a value as it is kept: words of a choice each once, in the order of their declaration."""
        return [one for one in self.choices if one in value] if self.kind is ValueKind.CHOICE else value

    def says(self, value: Any) -> str:
        """Return a value in words, with its unit; what no longer fits the declaration stands as it was kept."""
        if self.doubt(value) is not None and self.kind not in NUMBERS:
            return "、".join(map(str, value)) if isinstance(value, list) else str(value)
        if self.kind is ValueKind.YES_NO:
            return str(YES if value else NO)
        if self.kind is ValueKind.CHOICE:
            return "、".join(str(self.choices[one]) for one in self.tidy(value)) or str(NONE_OF_THEM)
        return f"{value} {self.unit_word}".strip()

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with the declaration."""
        if not CODE.fullmatch(self.code):
            yield f"{self.code!r} is no code: small letters, digits, _ and -"
        if not self.label:
            yield f"{self.code} has no label"
        if self.least > self.most:
            yield f"{self.code}: the least is more than the most"
        if (self.kind is ValueKind.CHOICE) != bool(self.choices):
            yield f"{self.code}: a choice, and nothing else, has words to choose from"
        if self.kind is ValueKind.COUNT and not self.unit:
            yield f"{self.code}: a count says of what"


@dataclass(frozen=True)
class ShippedSet:
    """A rule set that comes with the product, until the operator changes it.

    `region` is a path of names, `programme` the code of a programme. `verified`: somebody has seen what `source` says.
    """

    code: str
    name: Sentence
    values: Mapping[str, Any]
    source: str
    verified: bool
    purpose: str = ""
    scope: RuleScope = RuleScope.COUNTRY
    region: str = ""
    programme: str = ""
    from_date: date | None = None
    to_date: date | None = None

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with the declaration, but for its values."""
        if not CODE.fullmatch(self.code):
            yield f"{self.code!r} is no code: small letters, digits, _ and -"
        if not self.name or not self.source:
            yield f"{self.code} says neither name nor source"
        if not self.values:
            yield f"{self.code} says nothing"
        if self.scope not in WIDE:
            yield f"{self.code}: what ships holds for a country, a region or a programme"
        if (self.scope is RuleScope.REGION) != bool(self.region):
            yield f"{self.code}: a set of a region, and no other, names it"
        if (self.scope is RuleScope.PROGRAMME) != bool(self.programme):
            yield f"{self.code}: a set of a programme, and no other, names it"
        if self.from_date and self.to_date and self.to_date < self.from_date:
            yield f"{self.code}: the last day lies before the first"


@dataclass(frozen=True)
class RuleUse:
    """What a room counts by rules: the values that it knows, and the sets that come with it.

    `purposes`: what it judges by rules, where that is more than one thing (what a team owes, what a promotion asks
    for). A set holds for one of them, or for all.
    """

    code: str
    name: Sentence
    values: tuple[RuleValue, ...]
    shipped: tuple[ShippedSet, ...] = ()
    purposes: Mapping[str, Sentence] = field(default_factory=dict)

    def value(self, code: str) -> RuleValue | None:
        """Return the value of this code, or None."""
        return next((one for one in self.values if one.code == code), None)

    def shipped_set(self, code: str) -> ShippedSet | None:
        """Return the shipped set of this code, or None."""
        return next((one for one in self.shipped if one.code == code), None)

    def doubts(self, values: Mapping[str, Any]) -> dict[str, Sentence]:
        """Return a sentence by code for each value that cannot be said."""
        known = {one.code: one for one in self.values}
        found = {code: known[code].doubt(said) if code in known else _("There is no such value.")
                 for code, said in values.items()}  # fmt: skip
        return {code: why for code, why in found.items() if why is not None}

    def tidy(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return values that can be said as they are kept, in the order of their declaration."""
        return {one.code: one.tidy(values[one.code]) for one in self.values if one.code in values}

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with the declaration."""
        if not CODE.fullmatch(self.code) or not self.name or not self.values:
            yield "a use has a code, a name and values"
        for many in (self.values, self.shipped):
            codes = [one.code for one in many]
            yield from (f"{code} is declared twice" for code in dict.fromkeys(codes) if codes.count(code) > 1)
        for value in self.values:
            yield from value.problems()
        for ships in self.shipped:
            yield from ships.problems()
            yield from (f"{ships.code}: {code}: {why}" for code, why in self.doubts(ships.values).items())
            if ships.purpose and ships.purpose not in self.purposes:
                yield f"{ships.code}: there is no purpose {ships.purpose}"


USES: dict[str, RuleUse] = {}


def register(use: RuleUse) -> RuleUse:
    """Let a use be known; the same again is the same. Raises ValueError for a declaration that cannot work."""
    if wrong := list(use.problems()):
        raise ValueError(f"the rules of {use.code}: {'; '.join(wrong)}")
    if USES.setdefault(use.code, use) != use:
        raise ValueError(f"the rules of {use.code} are declared twice")
    return use


def use(code: str) -> RuleUse:
    """Return the use of this code. Raises ValueError when no room has declared it."""
    if code not in USES:
        raise ValueError(f"no room has declared rules of {code}")
    return USES[code]
