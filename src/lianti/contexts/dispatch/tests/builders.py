"""Builders of dispatch in any state, through the services alone."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from lianti.contexts.dispatch import services, tasks
from lianti.contexts.dispatch.models import Batch, Candidate, PastService, Posting
from lianti.contexts.dispatch.states import PostingState
from lianti.kernel import scope
from tests.cast import AT, Cast, a_person

START, END = date(2026, 3, 1), date(2026, 8, 31)


def a_batch(cast: Cast, **more: Any) -> Batch:
    """Let the supporting hospital plan a batch."""
    facts = {"name": "第九批支援医疗队", "kind": "long", "from_date": START, "to_date": END, **more}
    with scope.acting(cast.supporting.office):
        return services.plan(
            actor=cast.supporting.office,
            at=AT,
            key=None,
            batch=services.BatchFacts(relation_id=cast.relation.pk, **facts),
        )


def named(cast: Cast, batch: Batch, people: int = 1, **more: Any) -> list[Posting]:
    """Let people of the supporting hospital be named for the county's."""
    with scope.system():
        persons = [a_person(employer=cast.supporting.institution) for _ in range(people)]
    nominees = [services.Nominee(person.pk, cast.county.id, **more) for person in persons]
    with scope.acting(cast.supporting.office):
        services.name_people(actor=cast.supporting.office, at=AT, key=None, batch_id=batch.public_id, people=nominees)
        return list(Posting.objects.filter(batch=batch.pk, state=PostingState.NOMINATED).order_by("pk"))


def sent(cast: Cast, batch: Batch, dropped: Sequence[str] = (), note: str = "") -> Batch:
    """Issue the letter."""
    letter = services.LetterFacts("云医函〔2026〕9号", date(2026, 2, 25), "对口支援协议")
    with scope.acting(cast.supporting.office):
        return services.order(
            actor=cast.supporting.office,
            at=AT,
            key=None,
            batch_id=batch.public_id,
            letter=letter,
            dropped=dropped,
            note=note,
        )


def received(cast: Cast, batch: Batch, arrived: date = START, absent: Sequence[str] = ()) -> Batch:
    """Let the county hospital give its receipt."""
    with scope.acting(cast.county.coordinator):
        return services.receive(
            actor=cast.county.coordinator,
            at=AT,
            key=None,
            batch_id=batch.public_id,
            arrived=arrived,
            receipt_number="接〔2026〕3号",
            absent=absent,
        )


def a_posting(cast: Cast, state: str = PostingState.ON_DUTY, **more: Any) -> Posting:
    """Walk one person to a state."""
    batch = a_batch(cast)
    (row,) = named(cast, batch, **more)
    if state != PostingState.NOMINATED:
        sent(cast, batch)
    if state in (PostingState.ON_DUTY, PostingState.FINISHED, PostingState.ON_LEAVE):
        received(cast, batch)
    by: dict[str, Any] = {"actor": cast.county.coordinator, "at": AT, "key": None, "posting_id": row.public_id}
    with scope.acting(cast.county.coordinator):
        if state == PostingState.FINISHED:
            services.finish(**by, left=START + timedelta(days=5))
        if state == PostingState.ON_LEAVE:
            leave = services.LeaveFacts("personal", START + timedelta(days=2), START + timedelta(days=4))
            services.take_leave(**by, leave=leave)
    return fresh(row)


def past_facts(cast: Cast, person_id: int, **more: Any) -> services.PastFacts:
    """Return half a year of 2024 at the county hospital."""
    place = {"place": cast.county.institution.name, "recipient_id": cast.county.id, "kind": "long"}
    days = {"first": date(2024, 1, 1), "last": date(2024, 6, 30), "letter_number": "云医函〔2023〕41号"}
    return services.PastFacts(person_id=person_id, **{**place, **days, **more})


def earlier_service(cast: Cast, uploads: Sequence[services.Upload] = (), **more: Any) -> PastService:
    """Let the supporting hospital enter service before the platform of somebody new."""
    desk = cast.supporting.office
    with scope.system():
        person = a_person(employer=cast.supporting.institution)
    with scope.acting(desk):
        return services.enter_past(
            actor=desk, at=AT, key=None, past=past_facts(cast, person.pk, **more), uploads=tuple(uploads)
        )


def listed(at: datetime = AT) -> None:
    """Let the worker list everybody whom the houses that send employ, and count them, as it does at night."""
    tasks.count_all({}, at=at, task_id=0)


def a_candidate(cast: Cast) -> Candidate:
    """Return somebody of the supporting hospital as its list of who is next has them."""
    with scope.system():
        person = a_person(employer=cast.supporting.institution)
    a_batch(cast)
    listed()
    with scope.system():
        return Candidate.objects.get(person=person.pk)


def fresh(row: Any) -> Any:
    """Read a record again, as a job does."""
    with scope.system():
        return type(row)._default_manager.get(pk=row.pk)


def batch_of(row: Posting) -> Batch:
    """Read the batch of a posting, as a job does."""
    with scope.system():
        return Batch.objects.get(pk=row.batch_id)
