"""Names as texts write them: every name of an institution, whom a name means, and whose names are withheld."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from lianti.contexts.network import labels, rules
from lianti.contexts.network.models import Institution, InstitutionName, Person
from lianti.contexts.network.queries.facts import InstitutionFacts, Text
from lianti.contexts.network.queries.institutions import facts_of
from lianti.contexts.network.states import InstitutionState
from lianti.lib.actor import Actor


@dataclass(frozen=True)
class Named:
    """An institution with every name it goes by: full name first, then short and former ones."""

    institution: InstitutionFacts
    names: tuple[str, ...]


def every_name() -> list[Named]:
    """Return the institutions in use with all their names, in two queries."""
    return _named(Q())


def named(names: Iterable[str]) -> dict[str, list[InstitutionFacts]]:
    """Return the institutions in use that go, or went, by each of these names, in two queries."""
    wanted = {name for name in names if name}
    if not wanted:
        return {}
    former = InstitutionName.objects.filter(name__in=wanted).values("institution")
    found: dict[str, list[InstitutionFacts]] = defaultdict(list)
    for one in _named(Q(name__in=wanted) | Q(short_name__in=wanted) | Q(pk__in=former)):
        for name in wanted.intersection(one.names):
            found[name].append(one.institution)
    return dict(found)


def withheld_names(institution_ids: Iterable[int] | None = None, *, but: Iterable[str] = ()) -> set[str]:
    """Return the names of hidden people, to be taken out of texts, never to be shown.

    `institution_ids`: of those whom these employ (None: of all). `but`: public ids of people who are not meant.
    """
    rows = Person.objects.filter(hidden_at__isnull=False)
    if institution_ids is not None:
        rows = rows.filter(employer__in=set(institution_ids))
    return set(rows.exclude(public_id__in=set(but)).values_list("name", flat=True))


def may_add_person(actor: Actor, institution_id: int) -> bool:
    """Say whether the actor may enter somebody whom this institution employs."""
    return rules.may_add_person(actor, institution_id)


def code_words(name: str) -> dict[str, Text]:
    """Return the codes of one of the network's word lists with their words.

    `name`: institution_kind, level, behaviour or title.
    """
    lists: dict[str, Mapping[str, Text]] = {
        "institution_kind": labels.INSTITUTION_KINDS,
        "level": labels.LEVELS,
        "behaviour": labels.BEHAVIOURS,
        "title": labels.TITLE_LEVELS,
    }
    return dict(lists[name])


def _named(which: Q) -> list[Named]:
    rows = list(Institution.objects.filter(which, state=InstitutionState.LISTED).order_by("pk"))
    former: dict[int, list[str]] = defaultdict(list)
    pairs = InstitutionName.objects.filter(institution__in=rows).order_by("-to_date", "pk")
    for institution_id, name in pairs.values_list("institution", "name"):
        former[institution_id].append(name)
    return [Named(facts_of(row), tuple(dict.fromkeys((row.name, row.short_name, *former[row.pk])))) for row in rows]
