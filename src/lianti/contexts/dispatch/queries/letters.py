"""What stands on the papers of a batch: the letter of dispatch and the receipt, one of each for a recipient."""

from __future__ import annotations

from dataclasses import dataclass

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.models import Batch, Posting
from lianti.contexts.dispatch.queries.batches import BATCH
from lianti.contexts.dispatch.states import PostingState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence


@dataclass(frozen=True)
class LetterLine:
    """One person on a letter. `posting` is read only."""

    posting: Posting
    person: PersonFacts
    duty: Sentence


@dataclass(frozen=True)
class Letter:
    """The letter to one recipient; of a batch that has none yet, its draft. `batch` is read only."""

    batch: Batch
    sender: InstitutionFacts
    recipient: InstitutionFacts
    leader: PersonFacts | None
    lines: list[LetterLine]
    relation: str

    @property
    def basis(self) -> str:
        """What the sending rests on: what was typed, else the relation."""
        return self.batch.letter_basis or self.relation

    @property
    def arrived(self) -> list[LetterLine]:
        """Those who have reported in, for the receipt."""
        return [line for line in self.lines if line.posting.arrived is not None]


def letters(actor: Actor, public_id: str) -> tuple[Batch, list[Letter]]:
    """Return a batch and its letters: to a recipient its own alone. Raises NotFound."""
    batch: Batch = BATCH.visible(actor).one(public_id)
    known = Posting.objects.filter(rules.POSTINGS.visible_to(actor), batch=batch.pk).exclude(state=PostingState.DROPPED)
    rows = list(known.order_by("recipient", "pk"))
    people = network.people_by_id({row.person_id for row in rows} | ({batch.leader_id} if batch.leader_id else set()))
    places = network.institutions_by_id({batch.sender_id, *(row.recipient_id for row in rows)})
    relation = network.relation_names({batch.relation_id})[batch.relation_id]
    return batch, [
        Letter(
            batch,
            places[batch.sender_id],
            places[recipient],
            people.get(batch.leader_id or 0),
            [
                LetterLine(row, people[row.person_id], words.DUTIES[row.duty])
                for row in rows
                if row.recipient_id == recipient
            ],
            relation,
        )
        for recipient in dict.fromkeys(row.recipient_id for row in rows)
    ]
