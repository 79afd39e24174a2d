"""The gold agrees with itself, and the raw files are what make_corpus makes of it."""

from collections import Counter
from typing import Any

import pytest

from lianti.contexts.intake.domain.damage import DAMAGES
from lianti.contexts.intake.domain.proposals import COMMITMENTS, EVENTS, RELATIONS, ROLES
from lianti.contexts.intake.domain.scoring import FIELDS, score
from lianti.contexts.intake.domain.scoring.likeness import number, plain
from tests.intake.make_corpus import CHARSETS, CORPUS, FORMS, golds, page, raw

GOLDS = golds()
KEYS = {
    "institutions": {"name", "role"}, "events": {"type", "date", "place"}, "people": {"name", "title", "institution"},
    "specialties": {"name"}, "needs": {"institution", "text"}, "commitments": {"from", "to", "text", "kind"},
    "figures": {"label", "value"},
}  # fmt: skip
WORDS = {
    ("institutions", "role"): ROLES, ("events", "type"): EVENTS, ("commitments", "kind"): COMMITMENTS,
}  # fmt: skip


def answers(gold: dict[str, Any], field: str, key: str) -> list[str | None]:
    """All answers that a field accepts for a key."""
    return [answer for one in gold[field] for answer in (one[key], *one.get(f"{key}_alt", []))]


def test_the_set_is_large_and_of_every_kind() -> None:
    """Both splits, every relation, event and commitment, every damage; at least half of it damaged."""
    assert len(GOLDS) >= 44
    assert set(Counter(gold["split"] for gold in GOLDS).values()) == {len(GOLDS) // 2}
    assert {gold["relation"] for gold in GOLDS} == set(RELATIONS)
    assert {one for gold in GOLDS for one in answers(gold, "events", "type")} == set(EVENTS)
    assert {one for gold in GOLDS for one in answers(gold, "commitments", "kind")} == set(COMMITMENTS)
    noises = Counter(noise for gold in GOLDS for noise in gold["noise"])
    assert noises.keys() >= {*DAMAGES, *FORMS, *CHARSETS}
    assert sum(bool(DAMAGES.keys() & set(gold["noise"])) for gold in GOLDS) * 2 >= len(GOLDS)


@pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold["doc"])
def test_gold_says_what_its_text_says(gold: dict[str, Any]) -> None:
    """Every quoted thing stands in the text, every word is of the vocabulary, and the gold is its own best answer."""
    text = plain(gold["clean_text"])
    for field, keys in KEYS.items():
        assert all(keys <= one.keys() for one in gold[field]), field
    for (field, key), words in WORDS.items():
        assert set(answers(gold, field, key)) <= set(words), field
    for one in (*gold["people"], *gold["specialties"]):
        assert plain(one["name"]) in text, one
    assert all(number(one["value"]) is not None for one in gold["figures"])
    said = {key: gold[key] for key in ("clean_text", "relation")} | {
        field: [one for one in gold[field] if not one.get("optional")] for field in KEYS
    }
    result = score({"g": said}, {"g": gold})
    assert [round(result.fields[field].f1, 9) for field in FIELDS] == [1.0] * len(FIELDS)


@pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold["doc"])
def test_quoted_statements_are_in_the_text(gold: dict[str, Any]) -> None:
    """Nine tenths of each need's and commitment's pairs of characters."""
    text = plain(gold["clean_text"])
    pairs = Counter(text[at : at + 2] for at in range(len(text)))
    for one in (*gold["needs"], *gold["commitments"]):
        said = plain(one["text"])
        own = Counter(said[at : at + 2] for at in range(len(said) - 1))
        assert (own & pairs).total() >= 0.9 * own.total(), one


@pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold["doc"])
def test_boilerplate_is_on_the_page_and_not_in_the_story(gold: dict[str, Any]) -> None:
    """What may not leak is there to leak."""
    assert all(one in page(gold) and one not in gold["clean_text"] for one in gold["boilerplate"])


@pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold["doc"])
def test_raw_files_are_what_is_made_of_the_gold(gold: dict[str, Any]) -> None:
    """The same gold, page and damage give the file that is kept; run make_corpus when this fails."""
    name, content = raw(gold)
    assert (CORPUS / "raw" / name).read_bytes() == content
