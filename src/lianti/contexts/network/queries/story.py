"""What happened to a record of the network; hidden people show no name."""

from typing import Any

from django.db.models import F

from lianti.contexts.network import labels
from lianti.contexts.network.models import Institution, Person
from lianti.contexts.network.queries.facts import MomentFacts, Text
from lianti.kernel.models import TransitionRecord


def names_hidden(principal_ids: set[int]) -> set[int]:
    """Return those of the principals whose person is hidden."""
    hidden = Person.objects.filter(principal__in=principal_ids, hidden_at__isnull=False)
    return set(hidden.values_list("principal_id", flat=True))


def story_of(transitions: type[TransitionRecord], record_pk: int) -> list[MomentFacts]:
    """Return the moves of one record, latest first, in three queries."""
    found = transitions._default_manager.filter(record=record_pk).order_by("-at", "-pk")  # type: ignore[misc]
    rows: list[Any] = list(found.annotate(who=F("principal__name"), label=F("tenant__label")))
    hidden = names_hidden({r.principal_id for r in rows})
    houses = Institution.objects.filter(pk__in={r.tenant_id for r in rows})
    short: dict[int, str] = dict(houses.values_list("pk", "short_name"))
    return [_moment(r, hidden, short) for r in rows]


def _moment(row: Any, hidden: set[int], short: dict[int, str]) -> MomentFacts:
    who: Text = labels.HIDDEN_PERSON if row.principal_id in hidden else row.who
    return MomentFacts(
        at=row.at,
        name=row.name,
        target=row.target,
        institution=short.get(row.tenant_id, row.label),
        who=who,
        note=row.note,
    )
