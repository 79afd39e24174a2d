"""What the rules ask of the people of a batch, recipient by recipient: how many, of what title, for how long."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain import rota
from lianti.contexts.dispatch.domain.counting import ONE_DAY
from lianti.contexts.dispatch.models import Batch, Posting
from lianti.contexts.dispatch.queries import rulebook
from lianti.contexts.dispatch.queries.standing import presence
from lianti.contexts.dispatch.states import PostingState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts, RelationFacts, Ruling, StandingRules
from lianti.lib.errors import Sentence

LONGEST_GAP = 366  # days
SENIOR = frozenset({"senior", "deputy_senior"})


@dataclass(frozen=True)
class Judged:
    """One demand of the rules on those who go to one recipient; it warns and forbids nothing."""

    recipient: InstitutionFacts
    what: Sentence
    found: int
    asked: int
    met: bool
    by: StandingRules


def judged(batch: Batch, relation: RelationFacts, today: date) -> list[Judged]:
    """Return what the rules of the batch's first day ask of those who are to go, or went. Asked as the sender."""
    rows = list(Posting.objects.filter(batch=batch.pk).exclude(state=PostingState.DROPPED).order_by("recipient", "pk"))
    people = network.people_by_id({row.person_id for row in rows})
    places = network.institutions_by_id({batch.sender_id, *(row.recipient_id for row in rows)})
    book = network.rule_book(rulebook.USE, relation_ids=(relation.id,))
    purpose = rulebook.own_purpose(batch.kind)
    stays: dict[int, list[Posting]] = defaultdict(list)
    for row in Posting.objects.filter(sender__in=relation.party_ids).exclude(state=PostingState.DROPPED):
        stays[row.recipient_id].append(row)
    found: list[Judged] = []
    for recipient in dict.fromkeys(row.recipient_id for row in rows):
        case = rulebook.case_of(relation, purpose, places[batch.sender_id], places[recipient])
        here = [row for row in rows if row.recipient_id == recipient]
        rules = book.values_on(batch.from_date, case)
        for code, count, met, ruling in _demands(here, people, rules):
            found.append(Judged(places[recipient], words.DEMANDS[code], count, int(ruling.value), met, ruling.by))
        year = rules.get("all_year")
        if year is not None and year.value:
            covered, days = _covered(stays[recipient], here, today)
            what = words.DEMANDS["all_year"]
            found.append(Judged(places[recipient], what, covered, days, covered >= days, year.by))
    return found


def _covered(stays: Sequence[Posting], here: Sequence[Posting], today: date) -> tuple[int, int]:
    """Give the days with somebody there, and all days: of those who go, and of the gap since who was there before.

    A gap of more than a year is no gap in a presence: it begins anew.
    """
    own = [presence(row, today) for row in here]
    first, last = min(one.first for one in own), max(one.last for one in own)
    there = [presence(row, today) for row in stays]
    before = max((one.last for one in there if one.last < first), default=None)
    if before is not None and (first - before).days <= LONGEST_GAP:
        first = before + ONE_DAY
    return rota.covered_days(there, first, last), (last - first).days + 1


def _demands(
    rows: Sequence[Posting], people: Mapping[int, PersonFacts], rules: Mapping[str, Ruling]
) -> Iterator[tuple[str, int, bool, Ruling]]:
    """Yield each demand with what was found and whether it is met."""
    of_title = sum(people[row.person_id].title_level in SENIOR for row in rows)
    shortest = min(_months(row.from_date, row.to_date) for row in rows)
    found = {"people": len(rows), "most_people": len(rows), "senior": of_title, "months": shortest}
    for code, count in found.items():
        if (ruling := rules.get(code)) is not None:
            yield code, count, count <= ruling.value if code == "most_people" else count >= ruling.value, ruling


def _months(first: date, last: date) -> int:
    """Give the whole months from the first day to the last, both of them included."""
    after = last + ONE_DAY
    months = (after.year - first.year) * 12 + after.month - first.month
    # A month that begins on the 31st is over when a shorter one is.
    full = min(first.day, calendar.monthrange(after.year, after.month)[1])
    return months if after.day >= full else months - 1
