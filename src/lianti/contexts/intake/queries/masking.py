"""Hiding a person hides the name here, too: in texts and contents, sign by sign, so that places stay places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lianti.contexts.intake.models import Proposal
from lianti.contexts.intake.queries.resolving import Parties
from lianti.contexts.intake.states import Field, ProposalState
from lianti.contexts.network import queries as network

SIGN = "＊"


class Mask:
    """Takes the names of hidden people out of whatever a document's page shows."""

    def __init__(self, names: set[str]) -> None:
        known = sorted((re.escape(name) for name in names if name), key=len, reverse=True)
        self._pattern = re.compile("|".join(known)) if known else None

    def text(self, text: str) -> str:
        """Return a text of the same length with a sign for every character of a hidden name."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda found: SIGN * len(found.group()), text)

    def content(self, value: Any) -> Any:
        """Return a content with every text in it masked."""
        if self._pattern is None:
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.content(part) for key, part in value.items()}
        return [self.content(part) for part in value] if isinstance(value, list | tuple) else value


def mask_of(parties: Parties, proposals: Sequence[Proposal]) -> Mask:
    """Return the mask of a document: the hidden people of its institutions.

    Somebody who is hidden because their entry from this very document was undone is not meant.
    """
    undone = [
        one.outcome_id
        for one in proposals
        if one.field == Field.PERSON and one.state == ProposalState.PROPOSED and one.outcome_id
    ]
    return Mask(network.withheld_names(parties.ids(), but=undone))
