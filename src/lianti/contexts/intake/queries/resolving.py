"""Whom the names in a document mean: what was accepted from it, what was remembered, what the registry knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lianti.contexts.intake.models import Document, Proposal, Remembered
from lianti.contexts.intake.states import Field, ProposalState, Word
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts

OURSELVES = "我院"
SETTLED = (ProposalState.ACCEPTED, ProposalState.MERGED)
# The keys of a content that hold the name of an institution, or a list of such names.
_NAMES = ("lead", "giver", "receiver", "institution", "addressed", "of")
_LISTS = ("members", "parties", "receivers", "participants")


def proposals_of(document: Document) -> list[Proposal]:
    """Return what a document proposes, in its order."""
    return list(Proposal.objects.filter(document=document).order_by("position", "pk"))


class Parties:
    """The institutions of one document by every name it has for them."""

    def __init__(self, document: Document, proposals: Sequence[Proposal]) -> None:
        self._document = document
        self._known: dict[str, InstitutionFacts] = {}
        mine = [one for one in proposals if one.field == Field.INSTITUTION]
        self._groups = {name: names for names in map(named_by, mine) for name in reversed(names)}
        wanted = {name for one in proposals for name in names_in(one.content)} | set(self._groups)
        self._from_registry(wanted)
        self._from_memory(wanted)
        self._from_outcomes(mine)

    def _from_registry(self, wanted: set[str]) -> None:
        for name, found in network.named(wanted).items():
            if len(found) == 1:
                self._known[name] = found[0]

    def _from_memory(self, wanted: set[str]) -> None:
        rows = Remembered.objects.filter(
            tenant_id=self._document.tenant_id, kind=Word.ALIAS, written__in=wanted, institution__isnull=False
        )
        pairs = [(written, pk) for written, pk in rows.values_list("written", "institution") if pk is not None]
        if self._document.ourselves_id is not None:
            pairs.append((OURSELVES, self._document.ourselves_id))
        places = network.institutions_by_id([pk for _name, pk in pairs])
        self._known |= {name: places[pk] for name, pk in pairs if pk in places and not places[pk].closed}

    def _from_outcomes(self, mine: Sequence[Proposal]) -> None:
        made = [one for one in mine if one.state in SETTLED]
        keys = network.institution_keys(one.outcome_id for one in made)
        places = network.institutions_by_id(keys.values())
        for one in made:
            if (place := places.get(keys.get(one.outcome_id, 0))) is not None and not place.closed:
                self._known |= dict.fromkeys(named_by(one), place)

    def of(self, name: str) -> InstitutionFacts | None:
        """Return the institution that a name means, by itself or by another name of the same party; None: not known."""
        if not name:
            return None
        for one in (name, *self._groups.get(name, ())):
            if one in self._known:
                return self._known[one]
        return None

    def all_of(self, names: Iterable[str]) -> list[InstitutionFacts]:
        """Return the institutions that these names mean, each once; unknown ones are left out."""
        found = {place.id: place for name in names if (place := self.of(name)) is not None}
        return list(found.values())

    def unknown(self, names: Iterable[str]) -> list[str]:
        """Return the names among these that mean no institution in use."""
        return [name for name in names if name and self.of(name) is None]

    def ids(self) -> set[int]:
        """Return the institutions that the document is about, and its taker."""
        return {place.id for place in self._known.values()} | {self._document.tenant_id}


def names_in(content: Mapping[str, Any]) -> list[str]:
    """Return the names of institutions that a content refers to."""
    single = [content[key] for key in _NAMES if content.get(key)]
    return [*single, *(name for key in _LISTS for name in content.get(key, ()))]


def named_by(proposal: Proposal) -> list[str]:
    """Return the names that an institution's proposal has for it, as read and as corrected."""
    both = (proposal.content, proposal.proposed)
    named = [name for content in both for name in (content.get("name", ""), *content.get("aliases", ()))]
    return list(dict.fromkeys(name for name in named if name))
