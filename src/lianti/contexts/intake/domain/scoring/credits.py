"""What one proposed item earns against one gold item, 0 to 1, by field."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from lianti.contexts.intake.domain.scoring.likeness import (
    dice,
    number,
    one_within_other,
    plain,
    same_name,
    same_statement,
)

Item = Mapping[str, Any]

_BETWEEN_PARTIES = re.compile("[、,，;；]")
_FULL_TITLE = 0.8  # Dice of a title that earns all a title can


def accepted(gold: Item, key: str) -> list[Any]:
    """The gold answer of this key and its alternatives."""
    return [gold.get(key), *(gold.get(f"{key}_alt") or [])]


def _names(document: Item, name: str) -> list[str]:
    known = [name]
    for party in document.get("institutions", []):
        forms = [party["name"], *party.get("aliases", [])]
        if name in forms:
            known += forms
    return known


def _party(document: Item, said: Any, answers: list[Any]) -> bool:
    parts = [part for part in (said if isinstance(said, list) else [said]) if plain(_text(part))]
    if not parts:
        return any(answer in {None, ""} for answer in answers)
    split = [one for part in parts for one in (part, *_BETWEEN_PARTIES.split(str(part)))]
    known = [_names(document, answer) for answer in answers if answer]
    return any(same_name(_text(one), names) for names in known for one in split)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _date(said: Any, gold: str | None, answers: list[Any]) -> float:
    day = "" if said is None else str(said).strip()
    if not day:
        return float(None in answers)
    if day in answers or f"--{day}" in answers:
        return 1.0
    if not gold:
        return 0.0
    only_day = day[-5:] == gold[2:] if gold.startswith("--") else day.lstrip("-") == gold[5:]
    return 0.5 if only_day else 0.0


def _institution(_document: Item, said: Item, gold: Item) -> float:
    if not same_name(_text(said.get("name")), [gold["name"], *gold.get("aliases", [])]):
        return 0.0
    return 0.7 + 0.3 * float(said.get("role") == gold["role"])


def _relation(_document: Item, said: Item, gold: Item) -> float:
    return float(said["name"] in accepted(gold, "name"))


def _event(_document: Item, said: Item, gold: Item) -> float:
    if said.get("type") not in accepted(gold, "type"):
        return 0.0
    place, places = _text(said.get("place")), accepted(gold, "place")
    there = any(one_within_other(place, one) for one in places if one) if plain(place) else None in places
    return 0.5 + 0.35 * _date(said.get("date"), gold.get("date"), accepted(gold, "date")) + 0.15 * there


def _person(document: Item, said: Item, gold: Item) -> float:
    if plain(_text(said.get("name"))) != plain(gold["name"]):
        return 0.0
    title = _text(said.get("title"))
    alike = max(dice(title, gold["title"]), 0.5 if one_within_other(title, gold["title"]) else 0.0)
    there = _party(document, said.get("institution"), accepted(gold, "institution"))
    return 0.5 + 0.25 * min(1, alike / _FULL_TITLE) + 0.25 * there


def _specialty(_document: Item, said: Item, gold: Item) -> float:
    name = plain(said["name"])
    return float(any(_one_specialty(name, plain(other)) for other in (gold["name"], *gold.get("aliases", []))))


def _one_specialty(one: str, other: str) -> bool:
    contained = len(one) >= 2 and (one in other or other in one)
    return one == other or (contained and min(len(one), len(other)) >= 0.5 * max(len(one), len(other)))


def _need(document: Item, said: Item, gold: Item) -> float:
    if not same_statement(_text(said.get("text")), gold["text"]):
        return 0.0
    return 0.6 + 0.4 * _party(document, said.get("institution"), accepted(gold, "institution"))


def _commitment(document: Item, said: Item, gold: Item) -> float:
    if not same_statement(_text(said.get("text")), gold["text"]):
        return 0.0
    giver = _party(document, said.get("from"), accepted(gold, "from"))
    receiver = _party(document, said.get("to"), accepted(gold, "to"))
    return 0.55 + 0.15 * giver + 0.1 * receiver + 0.2 * (said.get("kind") in accepted(gold, "kind"))


def _figure(_document: Item, said: Item, gold: Item) -> float:
    stated, wanted = number(said.get("value")), number(gold["value"])
    if stated is None or wanted is None or abs(stated - wanted) > 1e-9 * max(1, abs(wanted)):
        return 0.0
    label = plain(_text(said.get("label")))
    named = dice(label, gold["label"]) >= 0.4 or any(plain(key) in label for key in gold.get("label_keys", []))
    return 0.6 + 0.4 * named


CREDITS: dict[str, Callable[[Item, Item, Item], float]] = {
    "institutions": _institution, "relation": _relation, "events": _event, "people": _person, "specialties": _specialty,
    "needs": _need, "commitments": _commitment, "figures": _figure,
}  # fmt: skip
