"""A kind of record and what others may ask of it: one registration for all who ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Q

from lianti.kernel import notices, worklist
from lianti.kernel.flows import Flow
from lianti.kernel.worklist import Card
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.saying import listed
from lianti.lib.web import search
from lianti.lib.web.search import Hit, Typed
from lianti.records.asking import Asked
from lianti.records.directory import Place
from lianti.records.reading import Visible, visible
from lianti.records.words import Words

SHORT, SIDES = 60, 2  # letters of a title, sides by name


@dataclass(frozen=True)
class Brief:
    """How a record is named wherever it is met: in a head, a to-do card, a search hit.

    `parties`: the institutions on its sides, giver or asker first, each with the word for its part ('' when the
    arrow between the two says enough); where they are many, a sentence in their place. `about` is one line more.
    """

    id: int
    public_id: str
    state: str
    version: int
    title: Sentence
    number: str = ""
    about: Sentence = ""
    parties: tuple[tuple[Sentence, Place | Sentence], ...] = ()

    @property
    def short(self) -> str:
        """The title, cut where a line ends."""
        title = str(self.title)
        return title if len(title) <= SHORT else f"{title[:SHORT]}…"

    def way(self) -> str:
        """Return the sides in order: from whom to whom; of many the first."""
        names = [_name(party) for _word, party in self.parties]
        return " → ".join(names) if len(names) <= SIDES else f"{listed(names[:SIDES])} … ({len(names)})"

    def detail(self) -> str:
        """Return what tells it apart from others of its title: what it is about, from whom to whom."""
        return " · ".join(text for text in (str(self.about), self.way()) if text)


def _name(party: Place | Sentence) -> str:
    return str(getattr(party, "short_name", party))


@dataclass(frozen=True)
class Kind:
    """One kind of record: its life, its words, where its pages stand, and how its rows are named.

    `base` is the address under which its list stands and, with the public id behind it, its record; `names` are the
    URL names of list, record and move. `finds` are the columns that the search looks into, besides
    what its list can be narrowed by (records.finding).
    `same_as(actor, draft)` says which records a draft may repeat; whoever enters it is shown them first.
    """

    flow: Flow
    words: Words
    base: str
    names: tuple[str, str, str]
    briefs: Callable[[Sequence[Any]], list[Brief]]
    finds: tuple[str, ...] = ()
    same_as: Callable[[Actor, Any], Q] | None = None

    @property
    def code(self) -> str:
        """The name of its workflow, such as needs.need."""
        return self.flow.kind

    def url(self, public_id: str) -> str:
        """Return the address of a record's page."""
        return f"{self.base}{public_id}/"

    def listed(self, asked: Asked) -> str:
        """Return the address of the rows that are asked for; a figure opens exactly what it counts."""
        return f"{self.base}?{asked.address()}"

    def visible(self, actor: Actor) -> Visible[Any]:
        """Return the records of the kind that the actor may know of."""
        return visible(self.flow, actor)

    def brief(self, row: Any) -> Brief:
        """Return how one record is named."""
        return self.briefs([row])[0]

    def cards(self, actor: Actor, pks: list[int]) -> dict[int, Card]:
        """Return to-do cards, a constant number of queries however many."""
        rows = visible(self.flow, actor).narrowed(Q(pk__in=pks)).all(most=len(pks))
        return {
            brief.id: Card(brief.short, self.url(brief.public_id), brief.way(), self.matter(brief))
            for brief in self.briefs(rows)
        }

    def matter(self, brief: Brief) -> str:
        """Return what kind of record it is, its number, and what it is about."""
        return " · ".join(dict.fromkeys(text for text in map(str, (self.words.one, brief.number, brief.about)) if text))


KINDS: dict[str, Kind] = {}


def register(kind: Kind, *, order: int = 50) -> None:
    """Let the to-do list, the inbox and the search speak of this kind of record. Called from an app's `ready`.

    Raises ValueError for a sealed kind of which the search would tell more than the number.
    """
    if kind.flow.sealed and set(kind.finds) - {"number"}:
        raise ValueError(f"{kind.code} is sealed: search may look into its number and nothing else")
    KINDS[kind.code] = kind
    worklist.register_card(kind.code, kind.cards, dict(kind.words.turns))
    notices.register_link(kind.code, kind.url)
    for key, text in kind.words.notices(kind.flow.spec):
        notices.register_text(key, text)
    search.register(kind.code, kind.words.many, partial(_found, kind), order=order)


def _found(kind: Kind, actor: Actor, words: Typed, limit: int) -> list[Hit]:
    from lianti.records import finding, lists  # they know kinds

    return finding.found(lists.LISTS[kind.code], actor, words, limit) if kind.code in lists.LISTS else []
