"""Who can be sent, who owes, who is next: rows of a list and the page of one person, with each reason in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.flow import CANDIDATES
from lianti.contexts.dispatch.models import NEVER, Candidate, Posting
from lianti.contexts.dispatch.queries import rulebook
from lianti.contexts.dispatch.queries.people_counted import PersonCounted, counted_of_people
from lianti.contexts.dispatch.queries.postings import kept
from lianti.contexts.dispatch.states import OPEN, CandidateState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import PersonFacts
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months
from lianti.lib.errors import Sentence
from lianti.records import asking
from lianti.records.asking import Asked, Choice, Control, Filter, Month, Named, PersonIs, asks
from lianti.records.cells import Link, Quantity, State
from lianti.records.kinds import Brief, Kind


def briefs(rows: Sequence[Candidate]) -> list[Brief]:
    """Return how they are named: one query more, however many rows."""
    people = network.people_by_id({row.person_id for row in rows})
    return [
        Brief(row.pk, row.public_id, row.state, row.version, people[row.person_id].name, about=row.department,
              parties=(("", people[row.person_id].employer),))
        for row in rows
    ]  # fmt: skip


CANDIDATE = Kind(
    CANDIDATES, words.CANDIDATE, "/dispatch/people/", ("candidates", "candidate", "move_candidate"), briefs
)
# Whom one thinks of when people are sent: the directory knows no profession, but who treats patients has a title or a
# licence. Whoever volunteered, applies or was sent before has said it by deed.
CLINICAL = (
    ~Q(title_level="") | ~Q(licence_number="") | Q(volunteered__isnull=False) | Q(applying__gt=0) | Q(times__gt=0)
)
_LISTED = Q(state=CandidateState.LISTED) & CLINICAL
FITS = {
    "next": _LISTED & Q(away=False),
    "owes": _LISTED & Q(lacking__gt=0),
    "never": ~Q(state=CandidateState.GONE) & CLINICAL & Q(times=0),
    "others": ~Q(state=CandidateState.GONE) & ~CLINICAL,
    "all": Q(),
}
VOLUNTEERED = {"yes": Q(volunteered__isnull=False)}
AWAY = {"away": Q(away=True), "home": Q(away=False)}


@dataclass(frozen=True)
class DepartmentIs(Filter):
    """A department of the house, by its name."""

    control: ClassVar[Control] = "text"

    def read(self, text: str, actor: Actor) -> str | None:
        return text if len(text) <= 120 else None


@dataclass(frozen=True)
class FreeIn(Month):
    """A month in which nobody sends them anywhere."""

    def latest(self, today: date) -> list[tuple[str, Sentence]]:
        """Return the months to come, the next one first."""
        return [(text, text) for text in (self.write(add_months(today.replace(day=1), n)) for n in range(1, 5))]

    def narrow(self, value: date) -> Q:
        taken = Posting.objects.filter(state__in=OPEN, from_date__lt=add_months(value, 1), to_date__gte=value)
        return ~Q(person__in=taken.values("person"))


@dataclass(frozen=True)
class CandidateAsks(Asked):
    """What the list of who is next can be asked."""

    show: str = asks(Choice(_("Which"), words=words.CANDIDATES_SHOWN, fits=FITS, counted=True), default="next")
    department: str | None = asks(DepartmentIs(_("Department"), ("department",)))
    title: str | None = asks(Choice(_("Professional title"), ("title_level",), words=rulebook.TITLES, folded=True))
    free: date | None = asks(FreeIn(pgettext_lazy("dispatch", "Free in")))
    volunteer: str | None = asks(
        Choice(pgettext_lazy("candidates shown", "Volunteers"), words=words.VOLUNTEERED, fits=VOLUNTEERED, folded=True)
    )
    away: str | None = asks(Choice(_("Where"), words=words.AWAY, fits=AWAY, folded=True))
    state: str | None = asks(Choice(_("State"), ("state",), words=words.CANDIDATE.state_words, folded=True))
    person: Named | None = asks(PersonIs(asking.PERSON, ("person",)))


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """Somebody as the list draws them."""

    id: int
    public_id: str
    version: int
    who: Link
    title: Sentence
    why: str
    months: Quantity
    lacking: Quantity
    days: Quantity
    applying: str
    state: State


def candidate_rows(records: Sequence[Candidate], _actor: Actor, today: date) -> list[CandidateRow]:
    """Return people as rows: one query more, however many."""
    people = network.people_by_id({row.person_id for row in records})
    return [
        CandidateRow(
            row.pk,
            row.public_id,
            row.version,
            Link(CANDIDATE.url(row.public_id), people[row.person_id].name, people[row.person_id].department),
            people[row.person_id].title_label,
            why(row, today),
            Quantity(Decimal(row.halves) / 2, str(words.OF_MONTHS % {"months": row.owed}) if row.owed else ""),
            Quantity(Decimal(row.lacking)),
            kept(row.days, row.counted_on),
            str(row.applying or ""),
            words.CANDIDATE.state(row.state),
        )
        for row in records
    ]


def is_clinical(row: Candidate) -> bool:
    """Say of one row what `CLINICAL` asks of many."""
    return bool(row.title_level or row.licence_number or row.volunteered or row.applying or row.times)


def why(row: Candidate, today: date) -> str:
    """Say why somebody stands where they stand in the order of who is next."""
    said: list[Sentence] = []
    if not is_clinical(row):
        said.append(words.NO_TITLE)
    if row.state == CandidateState.EXEMPT:
        over = row.exempt_until is not None and row.exempt_until < today
        reason = words.EXEMPTIONS.get(row.exempt_reason, row.exempt_reason)
        said.append((words.EXEMPT_UNTIL if over else words.IS_EXEMPT) % {"why": reason, "day": row.exempt_until})
    if row.away:
        said.append(words.AWAY_NOW)
    if row.volunteered:
        said.append(words.VOLUNTEERS)
    if row.owed:
        said.append(words.OWES % {"days": row.lacking} if row.lacking else words.OWES_NOTHING)
    if row.applying:
        said.append(words.APPLIES % {"year": row.applying})
    if not row.away:
        said.append(words.NEVER_SENT if row.last_left == NEVER else words.BACK_SINCE % {"day": row.last_left})
    return " · ".join(map(str, said))


@dataclass(frozen=True)
class CandidatePage:
    """What the page of somebody shows. `candidate` is read only.

    `known`: the reasons that the rules of the day name for an exemption; None where no rule names any.
    """

    candidate: Candidate
    person: PersonFacts
    phone: str
    counted: PersonCounted
    why: str
    known: tuple[str, ...] | None

    @property
    def unnamed(self) -> bool:
        """Whether somebody is exempt for a reason that no rule names."""
        reason = self.candidate.exempt_reason
        return bool(reason) and self.known is not None and reason not in self.known


def candidate_page(actor: Actor, row: Candidate, today: date) -> CandidatePage:
    """Return what its page shows, counted now."""
    person = network.person_by_id(row.person_id)
    counted = counted_of_people(actor, [row.person_id], rulebook.PROMOTION, today)[row.person_id]
    ruling = network.values_on(rulebook.USE, today, purpose=rulebook.PROMOTION, regions=[person.employer.region]).get(
        "exempt"
    )
    known = tuple(ruling.value) if ruling else None
    return CandidatePage(row, person, network.phone_for(actor, person.id), counted, why(row, today), known)


def candidate_of(actor: Actor, person_id: int) -> Candidate | None:
    """Return what the actor's house notes of somebody, when the actor reads it."""
    return Candidate.objects.filter(
        rules.CANDIDATES.visible_to(actor), sender=actor.tenant_id, person=person_id
    ).first()


def reads_people(actor: Actor) -> bool:
    """Say whether the actor's role reads who is next."""
    return actor.role in rules.PEOPLE_READERS
