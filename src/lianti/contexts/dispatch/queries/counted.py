"""How many days of a posting count, for what, by which rules, and why the others do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lianti.contexts.dispatch import rules
from lianti.contexts.dispatch.domain import counting
from lianti.contexts.dispatch.domain.counting import Service, Stay
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.queries import judging, rulebook
from lianti.contexts.dispatch.queries.judging import Judge, Uncounted
from lianti.contexts.dispatch.queries.postings import PostingPage
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import RuleCase, StandingRules
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence


@dataclass(frozen=True)
class CountedFor:
    """What a posting counts for one purpose.

    `owed`: months that the rules ask for, `owed_days`: days within the calendar year; None where they ask for none.
    """

    purpose: Sentence
    days: int
    months: Fraction
    owed: int | None
    owed_days: int | None
    by: tuple[StandingRules, ...]
    uncounted: tuple[Uncounted, ...]

    @property
    def months_text(self) -> str:
        """The months as people write them: whole and half ones."""
        return f"{float(self.months):g}"


def counted(actor: Actor, page: PostingPage, today: date) -> list[CountedFor]:
    """Return what a posting counts for each purpose, as far as its reader knows of the person's other postings."""
    row, relation, title = page.posting, page.relation, page.person.title_level
    if row.arrived is None:
        return []
    others = Posting.objects.filter(rules.POSTINGS.visible_to(actor), person=row.person_id, arrived__isnull=False)
    stays = [
        Stay(one.pk, one.arrived, one.left, one.kind, title) for one in others.order_by("arrived", "pk") if one.arrived
    ]
    left = {stay.key: stay.last for stay in stays}
    away = [one for key, rows in judging.away_from(left).items() for one in judging.ended(rows, left[key])]
    service = Service(stays, away)
    until = min(row.left or today, today)
    book = network.rule_book(rulebook.USE, relation_ids=(row.relation_id,))
    judge = Judge(book, min(stay.first for stay in stays), max(until, row.arrived))
    places = network.institutions_by_id({row.sender_id, row.recipient_id}).values()
    purposes = (rulebook.own_purpose(row.kind), rulebook.PROMOTION, rulebook.STATISTICS)
    cases = [(purpose, rulebook.case_of(relation, purpose, *places)) for purpose in purposes]
    return [_for(purpose, row.pk, service, judge, case, until) for purpose, case in cases]


def _for(purpose: str, key: int, service: Service, judge: Judge, case: RuleCase, until: date) -> CountedFor:
    now = judge.latest(case)
    year_days = now.value("year_days")
    since = until.replace(month=1, day=1) if year_days is not None else None
    mine = judge.verdicts(service, {key: case}, until, since)
    return CountedFor(
        rulebook.PURPOSES[purpose],
        counting.counted_days(mine),
        judging.months(judging.measured(mine)),
        now.value(rulebook.owed_code(purpose)),
        year_days,
        judging.used(judge.stretches(case)),
        judge.uncounted(mine),
    )
