"""Words of a kind are whole: whatever is missing or idle is named."""

from dataclasses import replace
from typing import Any

import pytest

from lianti.contexts.needs.states import NEED
from lianti.contexts.needs.words import WORDS
from lianti.kernel.workflow.spec import ADOPT
from lianti.records.words import ADOPTED, Say, Words


def without(held: Any, name: str) -> dict[str, Any]:
    return {key: value for key, value in held.items() if key != name}


def silent(move: str) -> Words:
    return replace(WORDS, moves={**WORDS.moves, move: replace(WORDS.moves[move], button="", notice="")})


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (WORDS, []),
        (replace(WORDS, states=without(WORDS.states, "closed")), ["no words for the state closed"]),
        (replace(WORDS, states={**WORDS.states, "lost": ("Lost", "stopped")}), ["words for no state: lost"]),
        (replace(WORDS, moves={**WORDS.moves, "dance": Say("Danced")}), ["words for no move: dance"]),
        (silent("state"), [f"{move}: the notice needs.stated has no text" for move in ("state", "restate")]),
        (silent("correct"), ["correct has no button"]),
    ],
)
def test_what_is_missing_or_idle_is_named(words: Words, wanted: list[str]) -> None:
    assert list(words.problems(NEED)) == wanted


def test_a_move_without_words_is_named_once() -> None:
    found = list(replace(WORDS, moves=without(WORDS.moves, "correct")).problems(NEED))
    assert found[0] == "no words for the move correct"
    assert not [said for said in found if "button" in said]


def test_story_tells_what_was_taken_in_and_facts_that_have_a_label() -> None:
    words = replace(WORDS, facts={"who": "Who", "many": "How many"})
    assert (words.story(ADOPT), words.story("accept")) == (ADOPTED, WORDS.moves["accept"].story)
    assert words.fact("who", ["甲", "乙"]) == ("Who", "甲、乙")
    assert words.fact("many", 3) == ("How many", "3")
    assert words.fact("many", "") is words.fact("hidden", 3) is None
