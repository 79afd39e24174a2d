"""How an activity is named elsewhere, what the list of activities can be asked, and its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities import words
from lianti.contexts.activities.domain import ActivityFacts, plain
from lianti.contexts.activities.flow import FLOW
from lianti.contexts.activities.models import Activity, ActivityParticipant, ActivityPerson, ActivityReceiver
from lianti.contexts.activities.queries.lines import ActivityLine, by_activity, lines
from lianti.contexts.activities.states import ActivityState
from lianti.contexts.ledger.queries import kind_name
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.records import asking, directory
from lianti.records.asking import Asked, Choice, County, Day, Month, Named, PersonIs, PlaceIs, RecordIs, Through, asks
from lianti.records.cells import Link, Pair, Quantity, Span, State, several
from lianti.records.directory import Who
from lianti.records.kinds import Brief, Kind
from lianti.records.reading import Visible


def briefs(rows: Sequence[Activity]) -> list[Brief]:
    """Return how activities are named: two queries more, however many rows."""
    receivers = by_activity(ActivityReceiver.objects.filter(activity__in=[row.pk for row in rows]).order_by("id"))
    wanted = {pks[0] for pks in receivers.values()} | {row.giver_id for row in rows if row.giver_id is not None}
    places = network.institutions_by_id(wanted)
    found = []
    for row in rows:
        pks, kind = receivers[row.pk], kind_name(row.kind)
        parties: list[tuple[Sentence, directory.Place | Sentence]] = []
        if row.giver_id is not None:
            parties.append(("", places[row.giver_id]))
            parties.append(("", places[pks[0]] if len(pks) == 1 else words.receiver_count(len(pks))))
        title, about = (row.title, kind) if row.title else (kind, words.WORDS.one)
        amount = f" · {plain(row.quantity)} {words.unit_label(row.kind)}" if row.quantity is not None else ""
        about = f"{about} · {row.day}{amount}"
        found.append(Brief(row.pk, row.public_id, row.state, row.version, title, "", about, tuple(parties)))
    return found


RECEIVERS = Through(ActivityReceiver, "institution", "activity")
SIDES = ("giver", RECEIVERS, Through(ActivityParticipant, "institution", "activity"))
PEOPLE = Through(ActivityPerson, "person", "activity")


def same_as(actor: Actor, draft: ActivityFacts) -> Q:
    """Say which activities a draft may repeat.

    Same day, kind, giver and one receiver; one person, or, where it names none, the same recorder; and no other
    title or topic.
    """
    people = [taking.person_id for taking in draft.people]
    alike = PEOPLE.holds(people, "__in") if people else Q(created_by=actor.principal_id)
    if draft.title:  # two lectures of a day on two subjects are two
        alike &= Q(title=draft.title) | Q(title="")
    if topic := draft.extra.get("topic"):
        alike &= Q(extra__topic=topic) | Q(extra__topic__isnull=True)
    same = Q(kind=draft.kind, day=draft.day, giver=draft.giver_id, state=ActivityState.RECORDED)
    return same & alike & RECEIVERS.holds(draft.receiver_ids, "__in")


def repeats(actor: Actor, drafts: Sequence[ActivityFacts]) -> list[bool]:
    """Say of each draft whether something very like it stands already: one query when nothing does."""
    like = [same_as(actor, draft) for draft in drafts]
    if not like or not KIND.visible(actor).narrowed(reduce(or_, like)).counted(1)[0]:
        return [False] * len(like)
    return [KIND.visible(actor).narrowed(one).counted(1)[0] > 0 for one in like]


KIND = Kind(FLOW, words.WORDS, "/activities/", ("list", "activity", "move"), briefs, ("title",), same_as)


@dataclass(frozen=True)
class ActivityAsks(Asked):
    """What the list of activities can be asked."""

    whose: str = asks(Choice(_("Whose"), words=words.WHOSE), default="mine")
    month: date | None = asks(Month(_("Month"), ("day",), pgettext_lazy("activities", "All")))
    kind: str | None = asks(Choice(_("What was done"), ("kind",), words=words.kind_words))
    state: str | None = asks(Choice(_("State"), ("state",), words=words.WORDS.state_words))
    county: str | None = asks(County(asking.COUNTY, SIDES))
    place: Named | None = asks(PlaceIs(asking.PLACE, SIDES))
    person: Named | None = asks(PersonIs(asking.PERSON, (PEOPLE,)))
    since: date | None = asks(Day(asking.SINCE, ("day",)))
    until: date | None = asks(Day(asking.UNTIL, ("day",), lookup="lte"))
    relation: Named | None = asks(RecordIs(_("Relation"), ("relation",), by=network.relation_named))

    def narrow(self, rows: Visible[Activity], actor: Actor, today: date) -> Visible[Activity]:
        """Narrow by what is asked, and to what the reader recorded or had a part in."""
        rows = super().narrow(rows, actor, today)
        if self.whose != "mine":
            return rows
        mine = Q(created_by=actor.principal_id)
        return rows.narrowed(mine if actor.person_id is None else mine | PEOPLE.holds(actor.person_id))


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity as the list draws it."""

    id: int
    public_id: str
    version: int
    days: Span
    activity: Link
    sides: Pair
    people: Sequence[Who]
    quantity: Quantity
    state: State


def rows(records: Sequence[Activity], _actor: Actor, _today: date) -> list[ActivityRow]:
    """Return activities as rows: five queries more, however many."""
    return [
        ActivityRow(
            row.pk,
            row.public_id,
            row.version,
            Span(row.day, row.day_to or row.day),
            Link(KIND.url(row.public_id), _title(line), _below(row)),
            Pair(line.giver, several(line.receivers)) if line.giver else Pair(several(line.participants), None),
            line.people,
            Quantity(row.quantity, line.unit_label),
            words.WORDS.state(row.state),
        )
        for row, line in zip(records, lines(records), strict=True)
    ]


def _title(line: ActivityLine) -> str:
    title = line.activity.title
    short = title if len(title) <= 40 else f"{title[:39]}…"
    return " · ".join(text for text in (line.kind_label, short) if text)


def _below(row: Activity) -> str:
    parts = [
        gettext("Late entry") if row.late_days else "",
        gettext("Visited") + f" {'、'.join(row.visited)}" if row.visited else "",
        gettext("Purpose") + f" {'、'.join(row.purpose)}" if row.purpose else "",
        words.attended(row.attendance) if row.attendance else "",
    ]
    return " · ".join(part for part in parts if part)
