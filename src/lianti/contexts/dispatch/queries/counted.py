"""How many days of a posting count, for what, by which rules, and why the others do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.domain import counting
from lianti.contexts.dispatch.domain.counting import Away, Mark, Rules, Service, Span, Stay, Why
from lianti.contexts.dispatch.models import Leave, Posting
from lianti.contexts.dispatch.queries import rulebook
from lianti.contexts.dispatch.queries.postings import PostingPage
from lianti.contexts.dispatch.states import LeaveKind
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import RuleStretch, StandingRules
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence

# Which value of the rules decides that a day does not count.
_DECIDES = {
    Why.KIND: "kinds",
    Why.TITLE: "titles",
    Why.SHORT: "shortest",
    Why.NOT_YET: "shortest",
    Why.REST: "rest",
    Why.TRAINING: "training",
    Why.CALLED_HOME: "called_home",
    Why.LEAVE: "leave",
}
# What else of the rules a count goes by.
_COUNTS = frozenset({*_DECIDES.values(), "gap", "month_days", "half_days", "months", "months_owed", "year_days"})
# Leave of these kinds is a mark of its own (dispatch.md §3): training, business for the place, called home.
_MARKS = {LeaveKind.TRAINING: Mark.TRAINING, LeaveKind.BUSINESS: Mark.BUSINESS, LeaveKind.CALLED_HOME: Mark.CALLED_HOME}


@dataclass(frozen=True)
class Uncounted:
    """Days in a row that do not count, why, and by which rule set; None: by nobody's, it is so everywhere."""

    first: date
    last: date
    days: int
    why: Sentence
    by: StandingRules | None


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
    service = Service(stays, _away([stay.key for stay in stays]))
    book = network.rule_book(rulebook.USE, relation_ids=(row.relation_id,))
    until = min(row.left or today, today)
    places = network.institutions_by_id({row.sender_id, row.recipient_id}).values()
    found = []
    for purpose in (rulebook.own_purpose(row.kind), rulebook.PROMOTION, rulebook.STATISTICS):
        case = rulebook.case_of(relation, purpose, *places)
        stretches = book.stretches(min(stay.first for stay in stays), max(until, row.arrived), case)
        found.append(_for(purpose, row, service, stretches, until))
    return found


def _away(postings: Sequence[int]) -> list[Away]:
    rows = Leave.objects.filter(posting__in=postings).order_by("first")
    return [
        Away(
            one.first,
            None if one.back is None else one.back - counting.ONE_DAY,
            _MARKS.get(LeaveKind(one.kind), Mark.LEAVE),
            one.kind,
        )
        for one in rows
    ]


def _for(purpose: str, row: Posting, service: Service, stretches: Sequence[RuleStretch], until: date) -> CountedFor:
    last = stretches[-1]
    year_days = last.value("year_days")
    since = until.replace(month=1, day=1) if year_days is not None else None
    judged = counting.verdicts(service, _rules_on(stretches), until, since)
    mine = [one for one in judged if one.stay == row.pk]
    days = counting.counted_days(mine)
    owed = last.value("months_owed") if purpose == rulebook.PROMOTION else last.value("months")
    used = {
        id(ruling.by): ruling.by for stretch in stretches for code, ruling in stretch.rulings.items() if code in _COUNTS
    }
    return CountedFor(
        rulebook.PURPOSES[purpose],
        days,
        counting.months(days, _rules(len(stretches) - 1, last)),
        owed,
        year_days,
        tuple(used.values()),
        tuple(_uncounted(one, stretches) for one in counting.spans(mine) if one.why is not Why.COUNTS),
    )


def _rules_on(stretches: Sequence[RuleStretch]) -> Callable[[date], Rules | None]:
    made = [(stretch.first, stretch.last, _rules(n, stretch)) for n, stretch in enumerate(stretches)]
    return lambda day: next((rules for first, last, rules in made if first <= day <= last), None)


def _rules(number: int, stretch: RuleStretch) -> Rules:
    """Return the values of a stretch as the arithmetic takes them; what no set says stands at its default."""
    plain = Rules(str(number))
    return Rules(
        str(number),
        kinds=frozenset(stretch.value("kinds", ())),
        titles=frozenset(stretch.value("titles", ())),
        shortest=stretch.value("shortest", plain.shortest),
        gap=stretch.value("gap", plain.gap),
        rest=stretch.value("rest", plain.rest),
        training=stretch.value("training", plain.training),
        called_home=stretch.value("called_home", plain.called_home),
        leave=frozenset(stretch.value("leave", ())),
        month_days=stretch.value("month_days", plain.month_days),
        half_days=stretch.value("half_days", plain.half_days),
    )


def _uncounted(span: Span, stretches: Sequence[RuleStretch]) -> Uncounted:
    ruling = None
    if span.by is not None and span.why in _DECIDES:
        ruling = stretches[int(span.by.name)].rulings.get(_DECIDES[span.why])
    return Uncounted(span.first, span.last, span.days, words.WHY[span.why], ruling.by if ruling else None)
