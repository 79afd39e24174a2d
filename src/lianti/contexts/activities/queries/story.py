"""The story of any record of help: its moves with names that may be shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts
from lianti.kernel.models import TransitionRecord
from lianti.lib.errors import Sentence


@dataclass(frozen=True)
class Told:
    """One move: when, who for which institution, what, and what was said."""

    at: datetime
    who: Sentence
    institution: InstitutionFacts | str
    name: str
    target: str
    note: str
    facts: Mapping[str, Any]


def told(rows: Iterable[TransitionRecord]) -> list[Told]:
    """Return the moves as a story, latest first; somebody hidden in the directory shows no name. Two queries."""
    moves = sorted(rows, key=lambda row: (row.at, row.pk), reverse=True)
    people = network.people_by_principal({row.principal_id for row in moves})
    places = network.institutions_by_id({row.tenant_id for row in moves})
    return [
        Told(
            at=row.at,
            who=people[row.principal_id].name if row.principal_id in people else row.principal.name,
            institution=places.get(row.tenant_id) or row.tenant.label,
            name=row.name,
            target=row.target,
            note=row.note,
            facts=row.facts,
        )
        for row in moves
    ]
