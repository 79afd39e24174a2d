"""What the to-do list and the search field show of the network."""

from collections.abc import Iterator

from django.db.models import Case, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext

from lianti.contexts.network.domain import digits
from lianti.contexts.network.models import Institution, Person, RelationMember
from lianti.contexts.network.queries.facts import RelationFacts
from lianti.contexts.network.queries.institutions import like
from lianti.contexts.network.queries.people import facts_of as person_facts
from lianti.contexts.network.queries.people import phone_clear_to
from lianti.contexts.network.queries.relations import relations_by_id, relations_visible
from lianti.contexts.network.queries.spelling import spelled
from lianti.kernel.worklist import Card
from lianti.lib.actor import Actor
from lianti.lib.saying import listed
from lianti.lib.web.search import Hit, Typed
from lianti.records.finding import numbered

SHORTEST = 4  # digits of a phone: fewer are many people's


def relation_cards(_actor: Actor, pks: list[int]) -> dict[int, Card]:
    """Describe relations for the to-do list, in three queries."""
    return {
        pk: Card(
            title=found.name,
            url=reverse("network:relation", args=[found.public_id]),
            sides=_between(found),
            detail=" · ".join(text for text in (str(found.behaviour_label), found.code) if text),
        )
        for pk, found in relations_by_id(pks).items()
    }


def _between(found: RelationFacts) -> str:
    """Say who leads and who is led: two by name, more by number."""
    some = listed(member.short_name for member in found.members[:2])
    many = gettext("%(n)s members") % {"n": len(found.members)}
    return f"{found.lead.short_name} → {some if len(found.members) <= 2 else many}"


def find_institutions(_actor: Actor, words: Typed, limit: int) -> Iterator[Hit]:
    """Find institutions by present or former name, its first letters, region or code; whose name begins so first."""
    rows = Institution.objects.all()
    for part in words.parts:
        rows = rows.filter(Q(pk__in=words.once(like, part).values("pk")) | Q(region__icontains=part))
    first = Q(name__startswith=words.text) | Q(short_name__startswith=words.text)
    for row in rows.annotate(rank=Case(When(first, then=0), default=1)).order_by("rank", "short_name", "pk")[:limit]:
        yield Hit(
            row.name, reverse("network:institution", args=[row.public_id]), row.region.replace("/", " "), row.code
        )


def find_people(actor: Actor, words: Typed, limit: int) -> Iterator[Hit]:
    """Find people by name or its first letters, by employer, duty or department; a phone by what `_by_phone` says.

    A hidden person is not found.
    """
    for row in _by_phone(actor, words.text, limit) if words.phone else _by_name(words)[:limit]:
        found = person_facts(row)
        yield Hit(found.name, reverse("network:person", args=[found.public_id]), found.employer.short_name)


def _by_name(words: Typed) -> QuerySet[Person]:
    """Return the people of whom each word says something, and one of them the name."""
    rows, named = Person.objects.filter(hidden_at=None), Q()
    for part in words.parts:
        name = Q(name__icontains=part) | spelled(part)
        named |= name
        rest = Q(duty__icontains=part) | Q(department__name__icontains=part)
        if len(words.parts) > 1:
            rest |= Q(employer__in=words.once(like, part).values("pk"))
        rows = rows.filter(name | rest) if len(words.parts) > 1 else rows.filter(name)
    return rows.filter(named).select_related("employer", "department").order_by("name", "pk")


def _by_phone(actor: Actor, text: str, limit: int) -> Iterator[Person]:
    """Find people by their number or its last digits, at least four; only those whose phone the actor sees."""
    typed = digits(text)
    if len(typed) < SHORTEST:
        return
    rows = Person.objects.filter(phone_clear_to(actor), phone__endswith=typed[-SHORTEST:], hidden_at=None)
    for row in rows.select_related("employer", "department").order_by("name", "pk"):
        if len(typed) <= len(whole := digits(row.phone)) and whole.endswith(typed) and limit > 0:
            limit -= 1
            yield row


def find_relations(actor: Actor, words: Typed, limit: int) -> Iterator[Hit]:
    """Find relations that the actor may see, by name, code, party, or number of the paper it rests on."""
    rows = relations_visible(actor)
    for part in words.parts:
        which = Q(name__icontains=part) | Q(basis__number__icontains=part) | numbered(part, "code")
        if len(words.parts) > 1:
            places = words.once(like, part).values("pk")
            which |= Q(lead__in=places) | Q(
                pk__in=RelationMember.objects.filter(institution__in=places).values("relation")
            )
        rows = rows.filter(which)
    for row in rows.select_related("lead").order_by("name", "pk")[:limit]:
        yield Hit(row.name, reverse("network:relation", args=[row.public_id]), row.lead.short_name, row.code)
