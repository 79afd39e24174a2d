"""The score of many documents against their gold: fields, all fields together, clean text, and what was missed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from rapidfuzz.distance import Levenshtein

from lianti.contexts.intake.domain.scoring.credits import CREDITS, Item
from lianti.contexts.intake.domain.scoring.likeness import plain

FIELDS = tuple(CREDITS)
SHARED = frozenset({"needs", "commitments"})  # sentences may be split or joined: each takes its best partner


@dataclass(frozen=True, slots=True)
class Score:
    """Credit earned on the side of what was proposed and on the side of the gold, out of how many items of each."""

    earned: float = 0.0
    proposed: int = 0
    found: float = 0.0
    wanted: int = 0

    def __add__(self, other: "Score") -> "Score":
        """Both together."""
        return Score(
            self.earned + other.earned,
            self.proposed + other.proposed,
            self.found + other.found,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """Share of what was proposed that was right; 1 when there was nothing to propose and nothing was."""
        return self.earned / self.proposed if self.proposed else float(not self.wanted)

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 when there is none and none was proposed."""
        return self.found / self.wanted if self.wanted else float(not self.proposed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """A gold item that nobody proposed, or (`extra`) a proposed item that nothing in the gold answers to."""

    field: str
    item: Item
    extra: bool = False


@dataclass(frozen=True, slots=True)
class OfDocument:
    """One document: all its fields together, character error rate, and boilerplate strings still there of how many."""

    score: Score
    cer: float
    leaked: int
    boilerplate: int
    misses: tuple[Miss, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """Scores by field over all documents, and each document by name. `unanswered`: documents without a prediction."""

    fields: Mapping[str, Score]
    documents: Mapping[str, OfDocument] = field(default_factory=dict)
    unanswered: tuple[str, ...] = ()

    @property
    def micro(self) -> Score:
        """All fields together."""
        return sum(self.fields.values(), Score())

    @property
    def cer(self) -> float:
        """Mean character error rate of the documents."""
        return sum(one.cer for one in self.documents.values()) / max(1, len(self.documents))

    @property
    def leaked(self) -> int:
        """Boilerplate strings still in the clean texts."""
        return sum(one.leaked for one in self.documents.values())

    @property
    def boilerplate(self) -> int:
        """Boilerplate strings that could have leaked."""
        return sum(one.boilerplate for one in self.documents.values())


def score(predictions: Mapping[str, Item], golds: Mapping[str, Item]) -> Result:
    """Compare predictions with gold documents, both by name; a gold without a prediction counts as an empty one."""
    fields = dict.fromkeys(FIELDS, Score())
    documents = {}
    for name, gold in golds.items():
        said = predictions.get(name, {})
        misses: list[Miss] = []
        whole = Score()
        for one in FIELDS:
            of_field = _field(one, said, gold, misses)
            fields[one] += of_field
            whole += of_field
        documents[name] = OfDocument(whole, *_text(said, gold), tuple(misses))
    return Result(fields, documents, tuple(name for name in golds if name not in predictions))


def _said(said: Item, name: str) -> list[Item]:
    value = said.get(name)
    items: list[Any] = list(value) if isinstance(value, list | tuple) else [value] if value else []
    if name == "relation":
        return [{"name": one} for one in items]
    if name == "specialties":
        named = [one if isinstance(one, dict) else {"name": one} for one in items]
        return [one for one in named if plain(one.get("name"))]
    return [one for one in items if isinstance(one, dict)]


def _gold(gold: Item, name: str) -> list[Item]:
    if name != "relation":
        return list(gold.get(name, []))
    return [{"name": gold["relation"], "name_alt": gold.get("relation_alt", [])}] if gold.get("relation") else []


def _field(name: str, said: Item, gold: Item, misses: list[Miss]) -> Score:
    proposed, wanted = _said(said, name), _gold(gold, name)
    credits = [[CREDITS[name](gold, one, other) for other in wanted] for one in proposed]
    required = [not one.get("optional") for one in wanted]
    match = _best_partners if name in SHARED else _one_to_one
    result, used, hit = match(credits, required)
    misses += [Miss(name, one) for at, one in enumerate(wanted) if at not in hit and required[at]]
    misses += [Miss(name, one, extra=True) for at, one in enumerate(proposed) if at not in used]
    return result


Matched = tuple[Score, set[int], set[int]]


def _best_partners(credits: list[list[float]], required: list[bool]) -> Matched:
    """Each item takes its best partner; what matches an optional gold item alone is not counted."""
    earned, proposed, used = 0.0, 0, set()
    for at, row in enumerate(credits):
        best = max((credit for credit, need in zip(row, required, strict=True) if need), default=0.0)
        if any(row):
            used.add(at)
        if best or not any(row):
            earned, proposed = earned + best, proposed + 1
    found = [max((row[at] for row in credits), default=0.0) for at in range(len(required))]
    of_gold = sum(credit for credit, need in zip(found, required, strict=True) if need)
    return Score(earned, proposed, of_gold, sum(required)), used, {at for at, credit in enumerate(found) if credit}


def _one_to_one(credits: list[list[float]], required: list[bool]) -> Matched:
    """Pairs, required gold items first, then by credit; what pairs with an optional gold item is not counted."""
    pairs = [(at, to) for at, row in enumerate(credits) for to, credit in enumerate(row) if credit]
    pairs.sort(key=lambda pair: (not required[pair[1]], -credits[pair[0]][pair[1]], pair))
    used: set[int] = set()
    hit: set[int] = set()
    earned, proposed = 0.0, len(credits)
    for at, to in pairs:
        if at in used or to in hit:
            continue
        used.add(at)
        hit.add(to)
        if required[to]:
            earned += credits[at][to]
        else:
            proposed -= 1
    return Score(earned, proposed, earned, sum(required)), used, hit


def _text(said: Item, gold: Item) -> tuple[float, int, int]:
    wanted = plain(gold["clean_text"])
    body, shown = _squeezed(gold["clean_text"]), _squeezed(said.get("clean_text") or "")
    strings = [one for one in map(_squeezed, gold.get("boilerplate", [])) if one not in body]
    distance = Levenshtein.distance(wanted, plain(said.get("clean_text")))
    return distance / max(1, len(wanted)), sum(one in shown for one in strings), len(strings)


def _squeezed(text: str) -> str:
    return "".join(normalize("NFKC", text).split()).lower()


def _row(name: str, one: Score) -> str:
    numbers = f"{one.precision:7.3f}{one.recall:7.3f}{one.f1:7.3f}"
    return f"{name:13}{numbers}   {one.found:.1f}/{one.proposed}/{one.wanted}"


def _missed(documents: Mapping[str, OfDocument]) -> Iterable[str]:
    for name, one in documents.items():
        yield f"{name}: F1 {one.score.f1:.3f}, CER {one.cer:.3f}, leaked {one.leaked}/{one.boilerplate}"
        for miss in one.misses:
            yield f"    {'extra' if miss.extra else 'missed'} {miss.field}: {dict(miss.item)}"


def table(result: Result, *, verbose: bool = False) -> str:
    """The result as lines: a row a field, then all fields, then the clean text; `verbose` puts every miss before it."""
    worst = max((one.cer for one in result.documents.values()), default=0.0)
    lines = [*_missed(result.documents)] if verbose else []
    lines.append(f"{'field':13}{'P':>7}{'R':>7}{'F1':>7}   credit/proposed/gold")
    lines += [_row(name, one) for name, one in result.fields.items()]
    lines.append(_row("micro", result.micro))
    lines.append(f"clean text: CER {result.cer:.3f}, worst {worst:.3f}, leaked {result.leaked}/{result.boilerplate}")
    lines.append(f"documents: {len(result.documents)}" + "".join(f", {one} unanswered" for one in result.unanswered))
    return "\n".join(lines)
