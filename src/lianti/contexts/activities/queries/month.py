"""A person's own month: what they did by kind with their own shares, and what is known of each of its days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q

from lianti.contexts.activities import words
from lianti.contexts.activities.flow import FLOW
from lianti.contexts.activities.models import ActivityReceiver
from lianti.contexts.activities.queries.lines import ActivityLine, lines
from lianti.contexts.activities.queries.listing import KIND, PEOPLE
from lianti.contexts.activities.states import ActivityState
from lianti.contexts.ledger import queries as ledger
from lianti.lib.actor import Actor
from lianti.lib.dates import next_month
from lianti.lib.errors import Sentence
from lianti.records.reading import visible

MOST = 400  # activities of one person in one month; what is beyond is said


@dataclass(frozen=True)
class Mark:
    """What another room knows of a day: a character for the grid, a word for who listens, and its colour."""

    sign: str
    word: Sentence
    tone: str = ""


Teller = Callable[[Actor, date], Mapping[date, Mark]]
_tellers: list[Teller] = []


def tell_days(teller: Teller) -> None:
    """Let another room say what it knows of the actor's own days of a month. Called from an app's `show`."""
    if teller not in _tellers:
        _tellers.append(teller)


@dataclass(frozen=True)
class MonthDay:
    """One day of the grid; `many` is how many activities of the person have their first day on it."""

    day: date
    inside: bool
    many: int = 0
    mark: Mark | None = None
    is_today: bool = False


@dataclass(frozen=True)
class OwnLine:
    """One line: an activity, or a correction; `share` is the person's own, None while nothing of it stands."""

    day: date
    url: str
    text: str
    below: str
    share: Fraction | None
    state: tuple[Sentence, str]  # word and tone
    late_days: int = 0

    @property
    def figure(self) -> Decimal | None:
        """Return the share as it is shown."""
        return None if self.share is None else _shown(self.share)

    @property
    def late(self) -> str:
        """Say how late it was recorded ('' when in time)."""
        return words.days_late(self.late_days) if self.late_days else ""


@dataclass
class OfKind:
    """The lines of one kind, and their sum; of it, what counts already."""

    label: Sentence
    unit: Sentence
    deeds: list[OwnLine] = field(default_factory=list)
    share: Fraction = Fraction(0)
    counted: Fraction = Fraction(0)

    @property
    def sum(self) -> Decimal:
        """Return the sum of the lines as it is shown."""
        return _shown(self.share)

    @property
    def confirmed(self) -> Decimal:
        """Return what of it counts already, as it is shown."""
        return _shown(self.counted)


@dataclass(frozen=True)
class OwnMonth:
    """The month of one person. `more`: not all of its activities are shown."""

    first: date
    last: date
    weeks: list[list[MonthDay]]
    kinds: list[OfKind]
    late: int
    more: bool

    @property
    def signs(self) -> list[Mark]:
        """Return what the signs in the grid mean, each once."""
        marks = [one.mark for week in self.weeks for one in week if one.inside and one.mark]
        return list({mark.sign: mark for mark in marks}.values())


def _shown(share: Fraction) -> Decimal:
    return round(Decimal(share.numerator) / Decimal(share.denominator), 2)


def own_month(actor: Actor, first: date, today: date) -> OwnMonth:
    """Return the actor's own month, which begins on `first`, at a constant number of queries."""
    last = next_month(first) - timedelta(days=1)
    mine = PEOPLE.holds(actor.person_id) if actor.person_id else Q(created_by=actor.principal_id)
    which = mine & Q(day__range=(first, last), state=ActivityState.RECORDED, giver__isnull=False)
    rows = visible(FLOW, actor).narrowed(which).all(order=("-day", "-id"), most=MOST + 1)
    shown = lines(rows[:MOST])
    kinds = _by_kind(actor, shown, first)
    return OwnMonth(
        first=first,
        last=last,
        weeks=_weeks(first, last, today, _many(rows), _marks(actor, first)),
        kinds=kinds,
        late=sum(1 for kind in kinds for deed in kind.deeds if deed.late_days),
        more=len(rows) > MOST,
    )


def _many(rows: Iterable[object]) -> dict[date, int]:
    found: dict[date, int] = defaultdict(int)
    for row in rows:
        found[row.day] += 1  # type: ignore[attr-defined]
    return found


def _marks(actor: Actor, first: date) -> dict[date, Mark]:
    found: dict[date, Mark] = {}
    for teller in _tellers:
        found |= teller(actor, first)
    return found


def _weeks(
    first: date, last: date, today: date, many: Mapping[date, int], marks: Mapping[date, Mark]
) -> list[list[MonthDay]]:
    monday = first - timedelta(days=first.weekday())
    days = [monday + timedelta(days=n) for n in range(42)]
    drawn = [MonthDay(one, first <= one <= last, many.get(one, 0), marks.get(one), one == today) for one in days]
    return [week for week in (drawn[n : n + 7] for n in range(0, 42, 7)) if any(day.inside for day in week)]


def _by_kind(actor: Actor, shown: Sequence[ActivityLine], first: date) -> list[OfKind]:
    """Put the lines under their kinds: own shares are those that the ledger adds up, each activity once."""
    shares = ledger.shares(actor, actor.person_id, first) if actor.person_id else []
    entries = _entries([one.activity.pk for one in shown])
    by_entry = {share.entry: share for share in shares if not share.correction}
    kinds: dict[str, OfKind] = {}
    for one in shown:
        states = entries[one.activity.pk]
        share = next((by_entry.pop(entry) for entry, _state, _level in states if entry in by_entry), None)
        _add(kinds, one.activity.kind, _deed(actor, one, states, share), share)
    for share in [*by_entry.values(), *(share for share in shares if share.correction)]:
        _add(kinds, share.kind, _apart(share), share)
    return sorted(kinds.values(), key=lambda kind: -len(kind.deeds))


def _entries(pks: Sequence[int]) -> dict[int, list[tuple[str, str, int]]]:
    """Return of each activity its entries: key, state, level; the one that is proven best first."""
    found: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    rows = ActivityReceiver.objects.filter(activity__in=pks, entry__isnull=False).order_by("-entry__level", "id")
    for pk, *entry in rows.values_list("activity", "entry__public_id", "entry__state", "entry__level"):
        found[pk].append((str(entry[0]), str(entry[1]), int(str(entry[2]))))
    return found


def _add(kinds: dict[str, OfKind], code: str, deed: OwnLine, share: ledger.Share | None) -> None:
    of = kinds.setdefault(code, OfKind(ledger.kind_name(code), words.unit_label(code)))
    of.deeds.append(deed)
    if deed.share is not None:
        of.share += deed.share
        of.counted += deed.share if share is not None and share.level >= ledger.DEFAULT else 0


def _deed(
    actor: Actor, line: ActivityLine, states: Sequence[tuple[str, str, int]], share: ledger.Share | None
) -> OwnLine:
    row = line.activity
    state = next((state for _entry, state, _level in states if state == "returned"), states[0][1] if states else "")
    own = share.share if share else None
    if own is None and actor.person_id is None and state != "returned":  # an account of nobody in the directory
        own = Fraction(row.quantity or 0)
    return OwnLine(
        day=row.day,
        url=KIND.url(row.public_id),
        text=row.title or str(row.extra.get("topic") or "") or line.kind_label,
        below="、".join(place.short_name for place in line.receivers),
        share=own,
        state=words.ENTRY_STATES.get(state, (words.LEVELS[0], "waiting")),
        late_days=row.late_days,
    )


def _apart(share: ledger.Share) -> OwnLine:
    """Draw a correction, or what came into the ledger by another way than an activity."""
    state = words.ENTRY_STATES["counted" if share.level >= ledger.DEFAULT else "declared"]
    text = str(words.CORRECTION) if share.correction else share.note or str(ledger.kind_name(share.kind))
    url = f"/ledger/entries/{share.entry}/"
    return OwnLine(share.day, url, text, share.note if share.correction else "", share.share, state)
