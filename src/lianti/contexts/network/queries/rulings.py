"""What rules say on which day: sets that ship and sets that were entered, for rooms that count by them.

Who asks for the rules of a relation has already asked who may see it. For one day `rule_sets` and `values_on`; for
many days or cases read a `rule_book` once and ask it.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network.domain import rulebook
from lianti.contexts.network.domain.rulebook import RuleScope, RuleUse, ShippedSet
from lianti.contexts.network.domain.ruling import AS_SHIPPED, RuleBook, RuleCase, RuleStretch, Ruling, StandingRules
from lianti.contexts.network.models import Institution, Programme
from lianti.contexts.network.models.rule_sets import RuleSet
from lianti.lib.roles import DESK, Role
from lianti.lib.web import navigation

READERS = frozenset(DESK | {Role.LEADER, Role.HEALTH_AUTHORITY, Role.ADMINISTRATOR, Role.AUDITOR})


def know_rules(use: RuleUse) -> RuleUse:
    """Let what a room counts by be known: its values, the sets that ship, the way to them in the navigation.

    Called from the room's `apps.py`. Raises ValueError for a declaration that cannot work.
    """
    navigation.register(
        "rule_sets", _("Rules"), "network:rule_sets", READERS, order=88, icon="agreements", under="administration"
    )
    return rulebook.register(use)


def rule_case(
    *,
    purpose: str = "",
    relation_id: int | None = None,
    institution_ids: Iterable[int] = (),
    regions: Iterable[str] = (),
    programme_ids: Iterable[int] = (),
) -> RuleCase:
    """Return what is judged; the regions of institutions are looked up, those that are known already are given."""
    wanted = set(institution_ids)
    found = Institution.objects.filter(pk__in=wanted).values_list("region", flat=True) if wanted else ()
    places = tuple(sorted({*regions, *found} - {""}))
    return RuleCase(purpose, relation_id, places, tuple(sorted(set(programme_ids))))


def rule_book(use: str, *, relation_ids: Iterable[int] | None = None) -> RuleBook:
    """Return all sets of a use, in two queries; of the sets of relations only those of these, when they are given.

    Raises ValueError when no room has declared the use.
    """
    rows = RuleSet.objects.filter(use=use).order_by("pk")
    if relation_ids is not None:
        rows = rows.filter(Q(relation=None) | Q(relation__in=set(relation_ids)))
    return RuleBook(standings(rulebook.use(use), list(rows)))


def rule_sets(
    use: str,
    day: date,
    *,
    purpose: str = "",
    relation_id: int | None = None,
    institution_ids: Iterable[int] = (),
    regions: Iterable[str] = (),
    programme_ids: Iterable[int] = (),
) -> list[StandingRules]:
    """Return the sets in force on a day, narrowest first."""
    case = rule_case(
        purpose=purpose,
        relation_id=relation_id,
        institution_ids=institution_ids,
        regions=regions,
        programme_ids=programme_ids,
    )
    return _book_for(use, case).on(day, case)


def values_on(
    use: str,
    day: date,
    *,
    purpose: str = "",
    relation_id: int | None = None,
    institution_ids: Iterable[int] = (),
    regions: Iterable[str] = (),
    programme_ids: Iterable[int] = (),
) -> dict[str, Ruling]:
    """Return each value that rules give on a day, by code, with the set that gives it."""
    case = rule_case(
        purpose=purpose,
        relation_id=relation_id,
        institution_ids=institution_ids,
        regions=regions,
        programme_ids=programme_ids,
    )
    return _book_for(use, case).values_on(day, case)


def rule_stretches(use: str, first: date, last: date, case: RuleCase) -> list[RuleStretch]:
    """Return the days from `first` to `last` as stretches on which nothing changes."""
    return _book_for(use, case).stretches(first, last, case)


def _book_for(use: str, case: RuleCase) -> RuleBook:
    return rule_book(use, relation_ids=() if case.relation_id is None else (case.relation_id,))


def standings(use: RuleUse, rows: Iterable[RuleSet]) -> Iterator[StandingRules]:
    """Yield the entered sets as they count, and the shipped ones that none of them has changed."""
    replaced = set()
    for row in rows:
        replaced.add(row.replaces)
        yield standing(row)
    left = [(place, one) for place, one in enumerate(use.shipped) if one.code not in replaced]
    wanted = {one.programme for _place, one in left} - {""}
    known = dict(Programme.objects.filter(code__in=wanted).values_list("code", "pk")) if wanted else {}
    for place, one in left:
        yield as_shipped(use, one, place, known.get(one.programme))


def standing(row: RuleSet) -> StandingRules:
    """Return an entered set as it counts."""
    return StandingRules(
        use=row.use,
        code=row.replaces,
        public_id=row.public_id,
        version=row.version,
        name=row.name,
        purpose=row.purpose,
        scope=row.scope,
        region=row.region,
        programme_id=row.programme_id,
        relation_id=row.relation_id,
        from_date=row.from_date,
        to_date=row.to_date,
        values=row.values,
        source=row.source,
        verified=row.verified,
        place=(1, row.pk),
    )


def as_shipped(use: RuleUse, one: ShippedSet, place: int, programme_id: int | None) -> StandingRules:
    """Return a shipped set as it counts while nobody has changed it."""
    return StandingRules(
        use=use.code,
        code=one.code,
        public_id="",
        version=AS_SHIPPED,
        name=one.name,
        purpose=one.purpose,
        scope=RuleScope(one.scope),
        region=one.region,
        programme_id=programme_id,
        relation_id=None,
        from_date=one.from_date,
        to_date=one.to_date,
        values=use.tidy(one.values),
        source=one.source,
        verified=one.verified,
        place=(0, place),
    )
