"""The network as the directory of every list and page: who and where, at one query a question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Q

from lianti.contexts.network.models import Institution, RelationMember
from lianti.contexts.network.queries import institutions, people
from lianti.contexts.network.queries.facts import InstitutionFacts, PersonFacts
from lianti.contexts.network.queries.relations import relations_visible
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence

LIKE = 300  # places and people whom one word means


class NetworkDirectory:
    """Institutions and people as lists ask for them (`records.directory.Directory`)."""

    def places(self, ids: Iterable[int]) -> Mapping[int, InstitutionFacts]:
        """Return institutions by key."""
        return institutions.institutions_by_id(ids)

    def place(self, said: str) -> InstitutionFacts | None:
        """Return the institution that a public id or a name means; None for nothing, and for several of one name."""
        which = Q(public_id=said) if ids.is_id(said) else Q(name=said) | Q(short_name=said)
        rows = list(Institution.objects.filter(which).order_by("pk")[:2])
        return institutions.facts_of(rows[0]) if len(rows) == 1 else None

    def partners(self, actor: Actor) -> Sequence[InstitutionFacts]:
        """Return the parties of the relations that the actor may know of, by name."""
        relations = relations_visible(actor).order_by()
        members = RelationMember.objects.filter(relation__in=relations.values("pk")).values("institution")
        rows = Institution.objects.filter(Q(pk__in=relations.values("lead")) | Q(pk__in=members))
        return [institutions.facts_of(row) for row in rows.order_by("short_name", "pk")]

    def places_in(self, county: str) -> Collection[int] | None:
        """Return the keys of the institutions in a region or below it; None when nobody lies there."""
        inside = institutions.institutions(region=county).values_list("pk", flat=True) if county else ()
        return list(inside) or None

    def people(self, said: str) -> Sequence[PersonFacts]:
        """Return whom a public id or a full name means; nobody who is hidden."""
        which = Q(public_id=said) if ids.is_id(said) else Q(name=said)
        return people.people_where(which)

    def places_like(self, said: str) -> Collection[int]:
        """Return the keys of the institutions whose present or former name, or its first letters, holds the word."""
        return list(institutions.like(said).values_list("pk", flat=True)[:LIKE])

    def people_like(self, said: str) -> Collection[int]:
        """Return the keys of the people whose name holds the word or begins with these letters; nobody hidden."""
        return list(people.like(said).values_list("pk", flat=True)[:LIKE])

    def persons(self, ids: Iterable[int]) -> Mapping[int, Sentence]:
        """Return names by key; none of them costs no query."""
        wanted = set(ids)
        return {pk: person.name for pk, person in people.people_by_id(wanted).items()} if wanted else {}

    def names(self, principal_ids: Iterable[int]) -> Mapping[int, Sentence]:
        """Return names by principal."""
        return {pk: person.name for pk, person in people.people_by_principal(principal_ids).items()}
