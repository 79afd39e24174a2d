"""What a person did: the sum of their own shares, never of entry quantities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lianti.contexts.ledger import rules
from lianti.contexts.ledger.domain.fits import own_share
from lianti.contexts.ledger.domain.levels import DEFAULT, Level
from lianti.contexts.ledger.models import Entry, EntryPerson
from lianti.contexts.ledger.states import STANDING
from lianti.lib.actor import Actor

Shares = tuple[Fraction, Fraction, Fraction, Fraction]


@dataclass(frozen=True)
class Load:
    """A person's own shares by month, kind and level; `counted` adds up one unit."""

    person_id: int
    rows: dict[tuple[date, str, str], Shares]

    def counted(self, unit: str, from_level: Level = DEFAULT) -> Fraction:
        """Give what counts of one unit from a level on."""
        return sum(
            (sum(shares[from_level:], Fraction(0)) for (_m, _k, u), shares in self.rows.items() if u == unit),
            Fraction(0),
        )

    def months(self) -> list[date]:
        return sorted({month for month, _kind, _unit in self.rows}, reverse=True)


@dataclass(frozen=True)
class Share:
    """A person's own share of one activity, or of a correction of it; `entry` is the one that proves it best."""

    entry: str
    month: date
    day: date
    kind: str
    unit: str
    level: Level
    share: Fraction
    note: str
    correction: bool


def workload(actor: Actor, person_id: int, month: date | None = None, *, until: date | None = None) -> Load:
    """Return what a person did in a month (or from `month` to `until`), as far as the actor may see it."""
    found: dict[tuple[date, str, str], list[Fraction]] = defaultdict(lambda: [Fraction(0)] * 4)
    for one in shares(actor, person_id, month, until=until):
        found[(one.month, one.kind, one.unit)][one.level] += one.share
    return Load(person_id, {key: (a, b, c, d) for key, (a, b, c, d) in sorted(found.items())})


def shares(actor: Actor, person_id: int, month: date | None = None, *, until: date | None = None) -> list[Share]:
    """Return the shares that a workload adds up: each activity once, however many receivers it has, latest first.

    Of an activity's entries counts the one that is proven best, of those the one of which most is left, with its
    corrections; a correction may stand in another month.
    """
    return shares_of(actor, [person_id], month, until=until)[person_id]


def shares_of(
    actor: Actor,
    person_ids: Iterable[int],
    month: date | None = None,
    *,
    until: date | None = None,
    receivers: Collection[int] | None = None,
) -> dict[int, list[Share]]:
    """Return the same of several people, in one query; with `receivers` only what was done for one of these."""
    wanted = set(person_ids)
    named = EntryPerson.objects.filter(person_id__in=wanted)
    if month is not None:  # the activities with anything in these months, whole
        inside = named.filter(month__gte=month, month__lte=until or month)
        named = named.filter(entry__source_id__in=inside.values("entry__source_id"))
    visible = Entry.objects.filter(rules.visible_to(actor), state__in=STANDING)
    if receivers is not None:
        visible = visible.filter(receiver__in=receivers)
    rows: dict[int, list[EntryPerson]] = {pk: [] for pk in wanted}
    for row in named.filter(entry__in=visible).select_related("entry").order_by("-entry__day", "-entry_id"):
        if row.person_id is not None:
            rows[row.person_id].append(row)
    return {pk: _best(of_person, month, until or month) for pk, of_person in rows.items()}


def _best(rows: Sequence[EntryPerson], month: date | None, until: date | None) -> list[Share]:
    by_root: dict[int, list[Share]] = defaultdict(list)
    roots: dict[str, dict[int, tuple[int, Fraction]]] = defaultdict(dict)
    for row in rows:
        entry = row.entry
        own = own_share(row.exact, entry.quantity, entry.declared)
        root = entry.corrects_id or entry.pk
        by_root[root].append(
            Share(
                entry.public_id, row.month, entry.day, entry.kind, entry.unit, Level(entry.level), own, entry.note,
                entry.corrects_id is not None,
            )
        )  # fmt: skip
        level, left = roots[entry.activity].get(root, (0, Fraction(0)))
        if entry.corrects_id is None:
            roots[entry.activity][root] = (entry.level, left + own)
        elif entry.level > Level.DECLARED:
            roots[entry.activity][root] = (level, left + own)
    best = [max(of_activity, key=lambda root: (*of_activity[root], -root)) for of_activity in roots.values()]
    kept = [
        share
        for root in best
        for share in by_root[root]
        if month is None or until is None or month <= share.month <= until
    ]
    return sorted(kept, key=lambda share: share.day, reverse=True)


def said_beside(
    giver_id: int, receiver_id: int, kind: str, month: date, *, source_kind: str
) -> dict[int, list[tuple[str, str]]]:
    """Return who has entries of a kind between two houses in a month from another source than this one.

    By person: (public id, note) of each entry that stands, so that a source that declares the same thing again can
    ask before it does. Read in the scope of one of the two.
    """
    rows = EntryPerson.objects.filter(
        entry__giver=giver_id, entry__receiver=receiver_id, entry__kind=kind, month=month, person__isnull=False
    )
    rows = rows.filter(entry__state__in=STANDING).exclude(entry__source_kind=source_kind).order_by("entry")
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for person, ident, note in rows.values_list("person", "entry__public_id", "entry__note"):
        found[person].append((ident, note))
    return dict(found)


@dataclass(frozen=True)
class HalfDays:
    """Half-days that a person gave an institution on one day; `activity`: the deed, whatever its receivers."""

    person_id: int
    receiver_id: int
    day: date
    entry: str
    kind: str
    activity: str
    halves: Fraction


def half_days(actor: Actor, person_ids: Iterable[int], first: date, last: date) -> list[HalfDays]:
    """Return what was counted in half-days of people on single days, corrected as it stands, in one query."""
    rows = EntryPerson.objects.filter(person_id__in=set(person_ids), entry__unit="half_day", entry__day_to=None)
    visible = Entry.objects.filter(rules.visible_to(actor), state__in=STANDING, fit_day__gte=first, fit_day__lte=last)
    left: dict[tuple[int, int | None], Fraction] = defaultdict(Fraction)
    roots: list[EntryPerson] = []
    for row in rows.filter(entry__in=visible).select_related("entry").order_by("entry__day", "entry_id"):
        entry = row.entry
        left[entry.corrects_id or entry.pk, row.person_id] += own_share(row.exact, entry.quantity, entry.declared)
        if entry.corrects_id is None:
            roots.append(row)
    return [
        HalfDays(
            row.person_id, row.entry.receiver_id, row.entry.day, row.entry.public_id, row.entry.kind,
            row.entry.activity, left[row.entry.pk, row.person_id],
        )
        for row in roots
        if row.person_id is not None and left[row.entry.pk, row.person_id] > 0
    ]  # fmt: skip
