"""Applicants of a year: days by rule, who lacks how many, and which paper is missing, name by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.models import PastFile, PastService, Posting
from lianti.contexts.dispatch.queries import rulebook
from lianti.contexts.dispatch.queries.certified import CertificateOf, certificates_of
from lianti.contexts.dispatch.queries.people_counted import PersonCounted, counted_of_people
from lianti.contexts.dispatch.states import PastState
from lianti.contexts.network.queries import PersonFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence


@dataclass(frozen=True)
class Applicant:
    """One line of the list: who was meant, or why nobody is; what counts; which papers are missing."""

    number: int
    typed: str
    wrong: Sentence
    counted: PersonCounted | None
    missing: tuple[Sentence, ...] = ()
    certificate: CertificateOf | None = None

    @property
    def lacks(self) -> int:
        """Days that are still wanting."""
        return (self.counted.lacking or 0) if self.counted else 0

    @property
    def right(self) -> bool:
        """Whether nothing is wanting: neither days, nor papers, nor a seal."""
        return self.counted is not None and not self.lacks and not self.missing

    @property
    def to_certify(self) -> bool:
        """Whether all is there for a certificate, and none is drafted yet."""
        return self.right and self.certificate is None


@dataclass(frozen=True)
class Applicants:
    """All lines, and how many of them are right, lack days, lack papers, mean nobody."""

    purpose: Sentence
    until: date
    lines: tuple[Applicant, ...]

    @property
    def right(self) -> int:
        """How many lack nothing."""
        return sum(one.right for one in self.lines)

    @property
    def short(self) -> int:
        """How many lack days."""
        return sum(one.lacks > 0 for one in self.lines)

    @property
    def papers(self) -> int:
        """How many lack a paper or a seal."""
        return sum(bool(one.missing) for one in self.lines)

    @property
    def to_certify(self) -> int:
        """For how many a certificate can be drafted now."""
        return sum(one.to_certify for one in self.lines)

    @property
    def unknown(self) -> int:
        """How many lines mean nobody, or several people."""
        return sum(one.counted is None for one in self.lines)


@dataclass(frozen=True)
class NameLine:
    """A line as it was read: the person it means, or why nobody is meant."""

    number: int
    typed: str
    person: PersonFacts | None
    wrong: Sentence = ""


def applicants(actor: Actor, lines: Sequence[NameLine], purpose: str, until: date, today: date) -> Applicants:
    """Return what is known of each; a constant number of queries, however many lines. Raises KeyError."""
    people = {one.person.id for one in lines if one.person is not None}
    known = counted_of_people(actor, people, purpose, today, until)
    missing = papers_missing(actor, known.values())
    certificates = certificates_of(actor, people)
    for person, proof in certificates.items():
        missing.setdefault(person, []).extend(words.SEAL_WANTING % {"seal": seal} for seal in proof.missing)
    return Applicants(
        rulebook.PURPOSES[purpose],
        min(until, today),
        tuple(
            Applicant(
                one.number,
                one.typed,
                one.wrong,
                known.get(one.person.id) if one.person else None,
                tuple(missing.get(one.person.id, ())) if one.person else (),
                certificates.get(one.person.id) if one.person else None,
            )
            for one in lines
        ),
    )


def papers_missing(actor: Actor, people: Iterable[PersonCounted]) -> dict[int, list[Sentence]]:
    """Return by person which papers of their stays are not there: letter, receipt, scan; and what is disputed."""
    everybody = list(people)
    keys = {one.key: served_by.person.id for served_by in everybody for one in served_by.stretches}
    places = {one.key: one.place for served_by in everybody for one in served_by.stretches}
    found: dict[int, list[Sentence]] = {}

    def lacks(person: int, said: Sentence) -> None:
        found.setdefault(person, []).append(said)

    for row in Posting.objects.filter(pk__in=[key for key in keys if key > 0]).order_by("arrived", "pk"):
        if not row.letter_number:
            lacks(row.person_id, words.NO_LETTER % {"place": places[row.pk]})
        if not row.receipt_number:
            lacks(row.person_id, words.NO_RECEIPT % {"place": places[row.pk]})
    scanned = set(
        PastFile.objects.filter(service__in=[-key for key in keys if key < 0]).values_list("service", flat=True)
    )
    for key, person in keys.items():
        if key < 0 and -key not in scanned:
            lacks(person, words.NO_SCAN % {"place": places[key]})
    wanted = [one.person.id for one in everybody]
    disputed = PastService.objects.filter(rules.PASTS.visible_to(actor), person__in=wanted, state=PastState.DISPUTED)
    for person, place in disputed.order_by("pk").values_list("person", "place"):
        lacks(person, words.DISPUTED % {"place": place})
    return found
