"""What the to-do list and the search field show of the network."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from lianti.contexts.network.domain import digits
from lianti.contexts.network.models import Person
from lianti.contexts.network.queries.institutions import institutions
from lianti.contexts.network.queries.people import facts_of as person_facts
from lianti.contexts.network.queries.people import phone_clear_to
from lianti.contexts.network.queries.relations import relations_by_id, relations_visible
from lianti.kernel.worklist import Card
from lianti.lib.actor import Actor
from lianti.lib.web.search import Hit

SHORTEST = 4  # digits of a phone: fewer are many people's


def relation_cards(_actor: Actor, pks: list[int]) -> dict[int, Card]:
    """Describe relations for the to-do list, in three queries."""
    return {
        pk: Card(
            title=found.name,
            url=reverse("network:relation", args=[found.public_id]),
            counterpart=found.lead.short_name,
            detail=found.behaviour_label,
        )
        for pk, found in relations_by_id(pks).items()
    }


def find_institutions(_actor: Actor, words: str, limit: int) -> Iterator[Hit]:
    """Find institutions by present or former name, or by code."""
    for row in institutions(text=words).order_by("short_name", "pk")[:limit]:
        yield Hit(
            row.name, reverse("network:institution", args=[row.public_id]), row.region.replace("/", " "), row.code
        )


def find_people(_actor: Actor, words: str, limit: int) -> Iterator[Hit]:
    """Find people by name; a hidden person is not found."""
    rows = Person.objects.filter(name__icontains=words, hidden_at=None).select_related("employer", "department")
    for row in rows.order_by("name", "pk")[:limit]:
        found = person_facts(row)
        yield Hit(found.name, reverse("network:person", args=[found.public_id]), found.employer.short_name)


def find_people_by_phone(actor: Actor, words: str, limit: int) -> Iterator[Hit]:
    """Find people by their number or its last digits, at least four; only those whose phone the actor sees."""
    typed = digits(words)
    if len(typed) < SHORTEST:
        return
    rows = Person.objects.filter(phone_clear_to(actor), phone__endswith=typed[-SHORTEST:], hidden_at=None)
    for row in rows.select_related("employer", "department").order_by("name", "pk"):
        if len(typed) <= len(whole := digits(row.phone)) and whole.endswith(typed) and limit > 0:
            limit -= 1
            found = person_facts(row)
            yield Hit(found.name, reverse("network:person", args=[found.public_id]), found.employer.short_name)


def find_relations(actor: Actor, words: str, limit: int) -> Iterator[Hit]:
    """Find relations that the actor may see, by name or code."""
    rows = relations_visible(actor).filter(Q(name__icontains=words) | Q(code__iexact=words))
    for row in rows.select_related("lead").order_by("name", "pk")[:limit]:
        yield Hit(row.name, reverse("network:relation", args=[row.public_id]), row.lead.short_name, row.code)
