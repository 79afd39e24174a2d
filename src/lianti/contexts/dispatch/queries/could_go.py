"""On a need: who of one's own house could go, why, and who owes; sorted, each reason said in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Q

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.domain.facts import Licence
from lianti.contexts.dispatch.models import Batch, Candidate, Posting
from lianti.contexts.dispatch.queries import licensing
from lianti.contexts.dispatch.queries.candidates import CANDIDATE, CLINICAL, why
from lianti.contexts.dispatch.queries.quotas import QuotaShown, quotas_of
from lianti.contexts.dispatch.states import BEFORE_ORDER, HERE, OPEN, CandidateState
from lianti.contexts.needs import queries as needs
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import PersonFacts, RelationFacts
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months
from lianti.lib.errors import Sentence
from lianti.records.reading import visible

SHOWN = 8
USUAL_MONTHS = 6  # where a need says no end
# How texts ask for a title, the longer word before the one that it holds; and who fulfils it.
_ASKED = (
    (("副主任", "副高", "高级职称"), "deputy_senior"),
    (("主任医师", "主任护师", "主任技师", "主任药师", "正高"), "senior"),
    (("主治", "主管", "中级"), "intermediate"),
)
_AT_LEAST = {
    "senior": ("senior",),
    "deputy_senior": ("senior", "deputy_senior"),
    "intermediate": ("senior", "deputy_senior", "intermediate"),
}


class Stated(Protocol):
    """What is read of a need."""

    @property
    def public_id(self) -> str: ...
    @property
    def relation_id(self) -> int | None: ...
    @property
    def stater_id(self) -> int: ...
    @property
    def addressed_id(self) -> int: ...
    @property
    def specialty(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def wanted_by(self) -> date | None: ...
    @property
    def plan_from(self) -> date | None: ...
    @property
    def plan_to(self) -> date | None: ...


@dataclass(frozen=True)
class Could:
    """Somebody who could go: the reasons in the order of their weight, and what is to be looked at before."""

    url: str
    person: PersonFacts
    reasons: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...]


@dataclass(frozen=True)
class Planned:
    """A batch into which somebody can be named by one move."""

    public_id: str
    name: str
    time: str


@dataclass(frozen=True)
class WhoCouldGo:
    """What the panel shows. `first`, `last`: the time that was looked at; `asked`: the title that the text asks for."""

    first: date
    last: date
    specialty: str
    asked: Sentence
    lines: tuple[Could, ...]
    batches: tuple[Planned, ...]
    relation: RelationFacts | None
    listed: bool

    @property
    def batch(self) -> Planned | None:
        """The one batch, where there is no choice."""
        return self.batches[0] if len(self.batches) == 1 else None


def may_look(actor: Actor, need: Stated) -> bool:
    """Say whether the panel is for this reader: who nominates in the house that is to answer, while it is open."""
    return (
        actor.tenant_id == need.addressed_id
        and actor.role in rules.NOMINATORS
        and need.state not in needs.KIND.flow.spec.final
    )


def who_could_go(actor: Actor, need: Stated, today: date) -> WhoCouldGo:
    """Return who could go, at most eight, in the order of who is next; a constant number of queries."""
    first = max(need.plan_from or need.wanted_by or today, today)
    planned = need.plan_to if need.plan_to is not None and need.plan_to >= first else None
    last = planned or add_months(first, USUAL_MONTHS)
    relation = network.relation_by_id(need.relation_id) if need.relation_id else None
    batches = _batches(actor, need)
    listed = Candidate.objects.filter(rules.CANDIDATES.visible_to(actor), sender=actor.tenant_id)
    over = Q(state__in=HERE, to_date__lt=today)  # the end is past and nobody has said that they left
    taken = Posting.objects.filter(Q(state__in=OPEN, from_date__lte=last, to_date__gte=first) | over)
    free = listed.filter(CLINICAL, state=CandidateState.LISTED).exclude(person__in=taken.values("person"))
    title = asked_title(need.text)
    rows = free.filter(_of_title(title) & _of_specialty(free.values_list("department", flat=True), need.specialty))
    found = list(rows.order_by("turn", "last_left", "pk")[:SHOWN])
    people = network.people_by_id({row.person_id for row in found})
    quotas = {one.department: one for one in quotas_of(batch.pk for batch in batches)}
    lines = tuple(_could(row, people[row.person_id], need, relation, last, today, quotas, title) for row in found)
    return WhoCouldGo(
        first,
        last,
        need.specialty,
        words.TITLE_ASKED % {"title": network.code_words("title")[title]} if title else "",
        lines,
        tuple(Planned(one.public_id, one.name, f"{one.from_date} – {one.to_date}") for one in batches),
        relation,
        listed.exists(),
    )


def asked_title(text: str) -> str:
    """Return the title level that the text of a need asks for, '' where it names none."""
    return next((level for said, level in _ASKED if any(word in text for word in said)), "")


def _of_title(title: str) -> Q:
    return Q(title_level__in=_AT_LEAST[title]) if title else Q()


def _of_specialty(departments: Iterable[str], specialty: str) -> Q:
    """Return those whose department, or the scope of whose licence, means the specialty that is asked for."""
    if not specialty:
        return Q()
    names = {name for name in departments if licensing.alike(name, specialty)}
    return Q(department__in=names) | Q(licence_scope__contains=licensing.bare(specialty) or specialty)


def _batches(actor: Actor, need: Stated) -> list[Batch]:
    """Return the batches of one's own that can still take somebody to where the need is."""
    rows = Batch.objects.filter(rules.BATCHES.visible_to(actor), sender=actor.tenant_id, state__in=BEFORE_ORDER)
    if need.relation_id is not None:
        return list(rows.filter(relation=need.relation_id).order_by("from_date", "pk"))
    relations = network.relations_between(actor.tenant_id, need.stater_id)
    return list(rows.filter(relation__in=relations).order_by("from_date", "pk"))


def _could(
    row: Candidate,
    person: PersonFacts,
    need: Stated,
    relation: RelationFacts | None,
    last: date,
    today: date,
    quotas: Mapping[str, QuotaShown],
    title: str,
) -> Could:
    reasons: list[Sentence] = [why(row, today)]
    if need.specialty:
        reasons.insert(0, words.SAME_SPECIALTY % {"department": person.department or row.licence_scope})
    if title:
        reasons.append(person.title_label)
    reasons.append(words.FREE_THEN)
    if (quota := quotas.get(person.department)) is not None and quota.asked:
        reasons.append(words.QUOTA_OF % {"asked": quota.asked, "named": quota.named})
    licence = Licence(row.licence_number, row.licence_scope, row.licence_until, row.licence_filing)
    warnings = licensing.fits(licence, relation, need.specialty, last).warnings if relation else ()
    return Could(CANDIDATE.url(row.public_id), person, tuple(reasons), warnings)


def need_named(actor: Actor, public_id: str) -> Stated:
    """Return a need that the actor may know of. Raises NotFound."""
    found: Stated = visible(needs.KIND.flow, actor).one(public_id)
    return found
