"""What stands on the papers of a batch that may be drawn by an institution's own template: one of each for a recipient.

In the words of a paper: Chinese, whatever language the reader's pages are in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.models import Batch, Posting, PostingTransition
from lianti.contexts.dispatch.queries.letters import Letter, LetterLine, letters
from lianti.contexts.dispatch.words import iso, papers
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day

CHANGES = ("recall", "replace", "extend", "adjust")


@dataclass(frozen=True)
class PaperOfBatch:
    """One paper of a batch with what it says: whose paper it is, for whom."""

    paper: str
    issuer: InstitutionFacts
    recipient: InstitutionFacts | None
    content: Mapping[str, Any]


def papers_of_batch(actor: Actor, public_id: str) -> list[PaperOfBatch]:
    """Return every paper of a batch that its reader may draw, in the order in which they are written.

    Raises NotFound.
    """
    batch, found = letters(actor, public_id)
    with translation.override("zh-hans"):
        return list(_papers(actor, batch, found))


def _papers(actor: Actor, batch: Batch, found: Sequence[Letter]) -> Iterator[PaperOfBatch]:
    for letter in found:
        yield PaperOfBatch(papers.LETTER, letter.sender, letter.recipient, _letter(letter))
        if letter.arrived:
            yield PaperOfBatch(papers.RECEIPT, letter.recipient, letter.recipient, _receipt(letter))
    yield from _changes(actor, batch, found)
    if found:
        yield PaperOfBatch(papers.NAMES, found[0].sender, None, _names(batch, found))


def _head(letter: Letter) -> dict[str, str]:
    batch = letter.batch
    return {
        "sender": letter.sender.name,
        "recipient": letter.recipient.name,
        "batch": batch.name,
        "letter_number": batch.letter_number,
        "letter_date": iso(batch.letter_date),
        "basis": letter.basis,
        "leader": str(letter.leader.name) if letter.leader else "—",
        "first": iso(batch.from_date),
        "last": iso(batch.to_date),
    }


def _letter(letter: Letter) -> dict[str, Any]:
    return {**_head(letter), "count": str(len(letter.lines)), "people": _lines(letter.lines)}


def _receipt(letter: Letter) -> dict[str, Any]:
    missing = "、".join(str(one.person.name) for one in letter.lines if one.posting.arrived is None)
    number = next((one.posting.receipt_number for one in letter.arrived if one.posting.receipt_number), "")
    people = [
        {**line, "arrived": iso(one.posting.arrived)}
        for line, one in zip(_lines(letter.arrived), letter.arrived, strict=True)
    ]
    told = {"receipt_number": number, "count": str(len(letter.arrived)), "absent": missing or "—"}
    return {**_head(letter), **told, "people": people}


def _lines(lines: Sequence[LetterLine]) -> list[dict[str, str]]:
    return [_line(number, one.posting, one.person) for number, one in enumerate(lines, 1)]


def _line(number: int, row: Posting, person: PersonFacts) -> dict[str, str]:
    return {
        "no": str(number),
        "name": str(person.name),
        "title": str(person.title_label),
        "unit": person.department,
        "department": row.department,
        "duty": str(words.DUTIES[row.duty]) if row.duty else "",
        "specialty": row.specialty,
        "first": iso(row.from_date),
        "last": iso(row.to_date),
        "licence": row.licence_number,
    }


def _names(batch: Batch, found: Sequence[Letter]) -> dict[str, Any]:
    people: list[dict[str, str]] = []
    for letter in found:
        for one in letter.lines:
            row = one.posting
            people.append(
                {
                    **_line(len(people) + 1, row, one.person),
                    "recipient": letter.recipient.name,
                    "kind": str(words.KINDS[row.kind]),
                    "arrived": iso(row.arrived),
                    "left": iso(row.left),
                    "state": str(words.POSTING.state(row.state).word),
                }
            )
    return {**_head(found[0]), "count": str(len(people)), "people": people}


def _changes(actor: Actor, batch: Batch, found: Sequence[Letter]) -> Iterator[PaperOfBatch]:
    """Yield a letter for each number and recipient by which somebody was recalled, replaced, extended or moved."""
    known = {one.posting.pk: (one, letter) for letter in found for one in letter.lines}
    moves = PostingTransition.objects.filter(record__in=list(known), name__in=CHANGES).order_by("pk")
    after = _successors(actor, batch, {one.person.id: one.person for one, _letter in known.values()})
    by_letter: dict[tuple[int, str], list[tuple[PostingTransition, LetterLine]]] = {}
    for move in moves:
        line, letter = known[move.record_id]
        number = str(move.facts.get("letter_number") or "")
        by_letter.setdefault((letter.recipient.id, number), []).append((move, line))
    for (recipient, number), changed in by_letter.items():
        letter = next(one for one in found if one.recipient.id == recipient)
        told = {"letter_number": number, "letter_date": iso(shanghai_day(changed[0][0].at))}
        lines = [
            _change(place, move, line, after.get(line.posting.pk)) for place, (move, line) in enumerate(changed, 1)
        ]
        yield PaperOfBatch(papers.CHANGE, letter.sender, letter.recipient, {**_head(letter), **told, "changes": lines})


def _successors(actor: Actor, batch: Batch, known: Mapping[int, PersonFacts]) -> dict[int, tuple[Posting, PersonFacts]]:
    rows = Posting.objects.filter(rules.POSTINGS.visible_to(actor), batch=batch.pk, follows__isnull=False)
    found = list(rows.order_by("pk"))
    people = {**network.people_by_id({row.person_id for row in found} - set(known)), **known}
    return {row.follows_id: (row, people[row.person_id]) for row in found if row.follows_id is not None}


def _change(
    place: int, move: PostingTransition, line: LetterLine, after: tuple[Posting, PersonFacts] | None
) -> dict[str, str]:
    replaced = after if move.name == "replace" else None
    last = str(move.facts.get("until" if move.name in {"extend", "adjust"} else "left") or "")
    comes = str(move.facts.get("since") or "")  # other days of the same person, who is to come then
    return {
        "no": str(place),
        "change": str(words.POSTING.story(move.name)),
        "specialty": line.posting.specialty,
        "outgoing": str(line.person.name),
        "left": last or iso(line.posting.left),
        "incoming": str(replaced[1].name) if replaced else "",
        "incoming_title": str(replaced[1].title_label) if replaced else "",
        "comes": iso(replaced[0].from_date) if replaced else comes,
        "reason": move.note,
    }
