"""Reading doubts: which two entries of the directory may be one person, and who counts as one meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network import labels, rules
from lianti.contexts.network.models import PersonDoubt, PersonDoubtTransition
from lianti.contexts.network.queries.facts import MomentFacts, PersonFacts
from lianti.contexts.network.queries.people import facts_of, people_by_id, ties
from lianti.contexts.network.queries.story import story_of
from lianti.kernel.worklist import Card
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound
from lianti.lib.saying import listed


@dataclass(frozen=True)
class DoubtFacts:
    """A person as entered, and somebody else in the directory whom they may be."""

    id: int
    public_id: str
    person: PersonFacts
    other: PersonFacts
    state: str
    version: int
    settler: str  # the institution whose desk settles it

    @property
    def line(self) -> str:
        """Return it in words: whom the person may be, where that one works, how it stands."""
        return labels.doubt_line(self.other.name, self.other.employer.short_name, self.state, self.settler)


@dataclass(frozen=True)
class DoubtPage:
    """All that the page of a doubt says."""

    doubt: DoubtFacts
    story: list[MomentFacts]
    available: list[str]


def doubt_page(actor: Actor, public_id: str) -> DoubtPage:
    """Return a doubt with its story and the moves open to the actor. Raises NotFound."""
    row = _rows(actor).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return DoubtPage(_facts(row), story_of(PersonDoubtTransition, row.pk), _available(actor, public_id))


def doubts_of(actor: Actor, person_id: int) -> list[DoubtFacts]:
    """Return the doubts about a person that the actor may know of, each seen from this person."""
    rows = _rows(actor).filter(Q(person=person_id) | Q(other=person_id)).order_by("pk")
    return [_facts(row, seen_from=person_id) for row in rows]


def doubt_cards(_actor: Actor, pks: list[int]) -> dict[int, Card]:
    """Describe doubts for the to-do list, in one query."""
    rows = PersonDoubt.objects.select_related(*_SELECT).filter(pk__in=pks)
    return {row.pk: _card(_facts(row)) for row in rows}


def counted_as(person_id: int) -> list[PersonFacts]:
    """Return everybody else whom a person is, or may be while nobody has settled it, and so on from each of them."""
    known, more = {person_id}, ties([person_id]).alike[person_id]
    while more:
        known |= more
        found = ties(more).alike
        more = {other for person in more for other in found[person]} - known
    return list(people_by_id(known - {person_id}).values()) if len(known) > 1 else []


_SELECT = ("person__employer", "person__department", "other__employer", "other__department")


def _rows(actor: Actor) -> QuerySet[PersonDoubt]:
    return PersonDoubt.objects.select_related(*_SELECT).filter(rules.DOUBTS.visible_to(actor))


def _available(actor: Actor, public_id: str) -> list[str]:
    return rules.available(actor, rules.DOUBT_FLOW, public_id)


def _facts(row: PersonDoubt, seen_from: int | None = None) -> DoubtFacts:
    person, other = facts_of(row.person), facts_of(row.other)
    by_operator = row.other.employer_id == row.tenant_id
    settler = str(labels.ADMINISTRATOR) if by_operator else row.other.employer.short_name
    if seen_from == row.other_id:
        person, other = other, person
    return DoubtFacts(row.pk, row.public_id, person, other, row.state, row.version, settler)


def _card(found: DoubtFacts) -> Card:
    return Card(
        title=_("%(name)s: the same person?") % {"name": found.person.name},
        url=reverse("network:doubt", args=[found.public_id]),
        sides=listed(dict.fromkeys((found.person.employer.short_name, found.other.employer.short_name))),
        detail=found.line,
    )
