"""The words of one kind of record: a line for each state and each move, so that none can be forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lianti.kernel.workflow.spec import ADOPT, NEW, Workflow
from lianti.lib.errors import Sentence
from lianti.lib.saying import listed
from lianti.lib.web.parts import Tone
from lianti.records.cells import State

ADOPTED = _("Adopted from source")


@dataclass(frozen=True)
class Say:
    """What one move says: in the story, when it is done, on its button, to the other side.

    `notice` is filled with %(who)s and %(title)s; `ask` is put before a move that cannot be taken back.
    `again` is the button where the move has been done before and this time replaces what it did.
    """

    story: Sentence
    done: Sentence = ""
    button: Sentence = ""
    notice: Sentence = ""
    ask: Sentence = ""
    again: Sentence = ""


@dataclass(frozen=True)
class Words:
    """How people speak of one kind of record.

    `states`: word and colour of each. `moves`: a `Say` for each. `turns`: what the to-do list asks for, by the verb
    of the wait. `facts`: labels of what the story keeps beside a move.
    """

    one: Sentence
    many: Sentence
    states: Mapping[str, tuple[Sentence, Tone]]
    moves: Mapping[str, Say]
    turns: Mapping[str, Sentence] = field(default_factory=dict)
    facts: Mapping[str, Sentence] = field(default_factory=dict)

    def __hash__(self) -> int:
        return id(self)

    def state(self, code: str) -> State:
        """Return a state in the reader's language."""
        return _state(self, code, get_language())

    def state_words(self) -> dict[str, Sentence]:
        """Return the word of each state, for a filter to choose from."""
        return {str(code): word for code, (word, _tone) in self.states.items()}

    def story(self, move: str) -> Sentence:
        """Return how the story tells a move."""
        return ADOPTED if move == ADOPT else self.moves[move].story

    def fact(self, name: str, value: Any) -> tuple[Sentence, str] | None:
        """Return a fact of a story with its label; None when it is empty or not for people."""
        if not value or name not in self.facts:
            return None
        return self.facts[name], listed(value) if isinstance(value, list | tuple) else str(value)

    def notices(self, spec: Workflow) -> Iterator[tuple[str, Sentence]]:
        """Yield the text of each notice that the table sends; moves that share a key share the first one's words."""
        told: set[str] = set()
        for transition in spec.transitions:
            for key in transition.notices:
                if key not in told and self.moves[transition.name].notice:
                    told.add(key)
                    yield key, self.moves[transition.name].notice

    def problems(self, spec: Workflow) -> Iterator[str]:
        """Yield what is missing or idle; a test asks for every kind that is registered."""
        names = {transition.name for transition in spec.transitions}
        yield from (f"no words for the state {state}" for state in spec.states if state not in self.states)
        yield from (f"words for no state: {state}" for state in self.states.keys() - set(map(str, spec.states)))
        yield from (f"words for no move: {name}" for name in self.moves.keys() - names)
        yield from (f"no words for the move {name}" for name in sorted(names - self.moves.keys()))
        told = {key for key, _text in self.notices(spec)} if names <= self.moves.keys() else set()
        for transition in spec.transitions:
            untold = [key for key in transition.notices if key not in told]
            yield from (f"{transition.name}: the notice {key} has no text" for key in untold)
            if transition.name in self.moves and transition.sources != {NEW} and not self.moves[transition.name].button:
                yield f"{transition.name} has no button"


@lru_cache(maxsize=1024)
def _state(words: Words, code: str, _language: str | None) -> State:
    word, tone = words.states[code]
    return State(code, str(word), tone)
