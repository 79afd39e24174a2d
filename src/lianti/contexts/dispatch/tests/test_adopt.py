"""What was under way comes in as a source tells it: in its state, with no history and nothing declared."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.models import Batch, Posting, PostingTransition
from lianti.contexts.dispatch.states import BatchState, PostingState
from lianti.contexts.dispatch.tests.builders import END, START, fresh
from lianti.contexts.ledger.models import Entry
from lianti.contexts.network.models import GroupMember
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed
from lianti.lib.roles import Role
from tests.cast import AT, Cast, a_person

pytestmark = pytest.mark.django_db
THERE = services.Stay(START)
GONE = services.Stay(START, START + timedelta(days=5))


@pytest.fixture
def job(cast: Cast) -> Actor:
    return replace(cast.supporting.office, role=Role.SYSTEM)


def adopted(cast: Cast, job: Actor, state: str = BatchState.ORDERED) -> Batch:
    facts = services.BatchFacts("第八批支援医疗队", cast.relation.pk, "long", START, END)
    letter = services.LetterFacts("云医函〔2026〕1号", date(2026, 2, 20))
    with scope.acting(job):
        return services.adopt_batch(
            actor=job,
            at=AT,
            key=None,
            source="年报",
            batch=facts,
            sender_id=cast.supporting.id,
            letter=letter,
            state=state,
        )


def somebody(cast: Cast, job: Actor, batch: Batch, **more: Any) -> Posting:
    with scope.system():
        person = a_person(employer=cast.supporting.institution)
    with scope.acting(job):
        nominee = services.Nominee(person.pk, cast.county.id)
        return services.adopt_posting(
            actor=job, at=AT, key=None, source="年报", batch_id=batch.public_id, nominee=nominee, **more
        )


def members(batch: Batch) -> list[tuple[date, date | None]]:
    with scope.system():
        return list(GroupMember.objects.filter(group=batch.group_id).values_list("from_date", "to_date"))


@pytest.mark.parametrize(
    ("state", "stay"),
    [("ordered", None), ("on_duty", THERE), ("finished", GONE), ("recalled", GONE),
     ("handed_over", replace(GONE, handover="两例术后随访"))],
)  # fmt: skip
def test_somebody_comes_in_in_the_state_the_source_says(
    cast: Cast, job: Actor, state: str, stay: services.Stay | None
) -> None:
    batch = adopted(cast, job)
    row = somebody(cast, job, batch, state=state, stay=stay)
    assert (row.state, row.letter_number) == (state, "云医函〔2026〕1号")
    with scope.system():
        assert list(PostingTransition.objects.filter(record=row).values_list("name", "target")) == [("adopt", state)]
        assert not Entry.objects.filter(source_kind="dispatch.posting").exists(), "nobody here has received anything"
    assert members(batch) == [(date(2026, 2, 20), stay.left if stay else None)]


@pytest.mark.parametrize(
    ("state", "stay", "field"),
    [
        ("ordered", THERE, "arrived"),
        ("on_duty", None, "arrived"),
        ("on_duty", GONE, "left"),
        ("finished", THERE, "left"),
        ("handed_over", GONE, "handover"),
        ("finished", services.Stay(START, START - timedelta(days=1)), "left"),
        ("on_duty", services.Stay(AT.date() + timedelta(days=2)), "arrived"),
    ],
)
def test_days_go_with_the_state(cast: Cast, job: Actor, state: str, stay: services.Stay | None, field: str) -> None:
    batch = adopted(cast, job)
    with pytest.raises(Invalid) as refused:
        somebody(cast, job, batch, state=state, stay=stay)
    assert field in refused.value.fields


def test_with_a_closed_batch_only_those_come_in_who_have_left(cast: Cast, job: Actor) -> None:
    batch = adopted(cast, job, BatchState.CLOSED)
    with pytest.raises(Conflict):
        somebody(cast, job, batch, state=PostingState.ON_DUTY, stay=THERE)
    assert somebody(cast, job, batch, state=PostingState.FINISHED, stay=GONE).state == PostingState.FINISHED


def test_what_came_in_goes_on_by_the_moves_of_both_sides(cast: Cast, job: Actor) -> None:
    batch = adopted(cast, job)
    expected, there = somebody(cast, job, batch), somebody(cast, job, batch, state="on_duty", stay=THERE)
    host: dict[str, Any] = {"actor": cast.county.coordinator, "at": AT, "key": None}
    with scope.acting(cast.county.coordinator):
        services.receive(**host, batch_id=batch.public_id, arrived=START + timedelta(days=1))
        services.finish(**host, posting_id=there.public_id, left=START + timedelta(days=9))
    assert (fresh(expected).state, fresh(there).state) == (PostingState.ON_DUTY, PostingState.FINISHED)
    assert set(members(batch)) == {(date(2026, 2, 20), None), (date(2026, 2, 20), START + timedelta(days=9))}


def test_nobody_is_taken_in_where_they_cannot_be(cast: Cast, job: Actor) -> None:
    batch = adopted(cast, job)
    row = somebody(cast, job, batch, state="on_duty", stay=THERE)
    again = services.Nominee(row.person_id, cast.county.id)
    with scope.acting(job), pytest.raises(Invalid):
        services.adopt_posting(actor=job, at=AT, key=None, source="年报", batch_id=batch.public_id, nominee=again)


def test_only_who_adopts_anything_adopts_this(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        adopted(cast, cast.supporting.leader)
