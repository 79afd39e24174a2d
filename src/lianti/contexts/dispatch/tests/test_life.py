"""A batch and its postings from the plan to the handover, and what is refused on the way."""

from datetime import date, timedelta
from typing import Any

import pytest

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.models import Batch, Leave, Posting
from lianti.contexts.dispatch.states import BatchState, PostingState
from lianti.contexts.dispatch.tests.builders import END, START, a_batch, a_posting, fresh, named, received, sent
from lianti.contexts.dispatch.tests.caring import handed_over
from lianti.contexts.ledger.models import Entry
from lianti.contexts.network import queries as network
from lianti.kernel import scope
from lianti.kernel.models import WorkItem
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.lib.roles import Role
from tests.cast import AT, DAY, Cast, a_member, signed_in_client

pytestmark = pytest.mark.django_db


def by(actor: Actor, **more: Any) -> dict[str, Any]:
    return {"actor": actor, "at": AT, "key": None, **more}


def do(verb: str, actor: Actor, **given: Any) -> Any:
    with scope.acting(actor):
        return getattr(services, verb)(**by(actor), **given)


def entries(row: Posting) -> list[Entry]:
    with scope.system():
        return list(Entry.objects.filter(source_kind="dispatch.posting", source_id=row.pk))


def states(batch: Batch) -> list[str]:
    with scope.system():
        return list(Posting.objects.filter(batch=batch.pk).order_by("pk").values_list("state", flat=True))


def test_a_batch_goes_by_one_letter_but_for_whom_it_leaves_out(cast: Cast) -> None:
    batch = a_batch(cast)
    one, two, three = named(cast, batch, 3)
    do("check", cast.supporting.office, batch_id=batch.public_id, dropped=[two.public_id], note="体检未过")
    do("decide", cast.supporting.office, batch_id=batch.public_id, minutes_number="院长办公会〔2026〕4号")
    batch = sent(cast, batch)
    assert batch.state == BatchState.ORDERED
    assert states(batch) == [PostingState.ORDERED, PostingState.DROPPED, PostingState.ORDERED]
    assert {fresh(row).letter_number for row in (one, three)} == {"云医函〔2026〕9号"}


def test_who_is_left_out_has_a_reason(cast: Cast) -> None:
    batch = a_batch(cast)
    one, _two = named(cast, batch, 2)
    with pytest.raises(Invalid) as refused:
        sent(cast, batch, dropped=[one.public_id])
    assert "note" in refused.value.fields
    assert states(batch) == [PostingState.NOMINATED, PostingState.NOMINATED]


def test_the_recipient_knows_of_nobody_before_the_letter(cast: Cast) -> None:
    batch = a_batch(cast)
    (row,) = named(cast, batch)
    for verb, ident in (("report_in", {"posting_id": row.public_id}), ("receive", {"batch_id": batch.public_id})):
        with pytest.raises(NotFound):
            do(verb, cast.county.coordinator, **ident, arrived=START)


def test_of_a_president_the_recipient_is_asked_and_sent_nobody_it_did_not_agree_to(cast: Cast) -> None:
    batch = a_batch(cast)
    (row,) = named(cast, batch, duty="president")
    with pytest.raises(Invalid):
        sent(cast, batch)
    do("consent", cast.county.leader, posting_id=row.public_id)
    with pytest.raises(NotAllowed):
        do("consent", cast.county.leader, posting_id=row.public_id)
    assert sent(cast, batch).state == BatchState.ORDERED


def test_nobody_is_asked_for_others(cast: Cast) -> None:
    (row,) = named(cast, a_batch(cast))
    with pytest.raises(NotFound):
        do("consent", cast.county.leader, posting_id=row.public_id)


def test_one_receipt_lets_all_report_in_but_who_has_not_come(cast: Cast) -> None:
    batch = a_batch(cast)
    one, two, three = named(cast, batch, 3)
    sent(cast, batch)
    received(cast, batch, absent=[two.public_id])
    assert states(batch) == [PostingState.ON_DUTY, PostingState.ORDERED, PostingState.ON_DUTY]
    with scope.system():
        assert WorkItem.objects.filter(kind="dispatch.batch", verb="dispatch.receive", closed_at=None).count() == 1
    do("report_in", cast.county.coordinator, posting_id=two.public_id, arrived=date(2026, 3, 8))
    assert fresh(two).arrived == date(2026, 3, 8)
    with scope.system():
        assert not WorkItem.objects.filter(kind="dispatch.batch", verb="dispatch.receive", closed_at=None).exists()
    assert [len(entries(row)) for row in (one, two, three)] == [1, 1, 1]


def test_reporting_in_is_one_person_declared_by_who_sent_and_verified_by_the_receipt(cast: Cast) -> None:
    row = a_posting(cast)
    (entry,) = entries(row)
    assert (entry.kind, entry.unit, entry.quantity, entry.day) == ("posting", "person", 1, START)
    assert (entry.giver_id, entry.receiver_id) == (cast.supporting.id, cast.county.id)
    assert entry.created_by_id == cast.supporting.office.principal_id
    assert (entry.state, entry.level) == ("counted", 2)
    assert row.entry_id == entry.pk


def test_a_receipt_by_whom_the_sender_employs_leaves_the_entry_declared(cast: Cast) -> None:
    batch = a_batch(cast)
    (row,) = named(cast, batch)
    sent(cast, batch)
    president = a_member(Role.COORDINATOR, cast.county.institution, employer=cast.supporting.institution)
    do("receive", president, batch_id=batch.public_id, arrived=START)
    (entry,) = entries(row)
    assert (fresh(row).state, entry.state) == (PostingState.ON_DUTY, "declared")


def test_a_batch_is_a_group_from_the_letter_on_until_each_leaves(cast: Cast) -> None:
    batch = a_batch(cast)
    (row,) = named(cast, batch)
    assert not network.groups_of([row.person_id], START).get(row.person_id)
    sent(cast, batch)
    assert network.groups_of([row.person_id], START)[row.person_id] == {batch.group_id}
    received(cast, batch)
    do("finish", cast.county.coordinator, posting_id=row.public_id, left=date(2026, 3, 9))
    assert not network.groups_of([row.person_id], date(2026, 3, 10)).get(row.person_id)


def test_nobody_lives_in_two_places_at_once(cast: Cast) -> None:
    row = a_posting(cast)
    batch = a_batch(cast, name="第十批")
    nominee = services.Nominee(row.person_id, cast.county.id)
    with pytest.raises(Invalid) as refused:
        do("name_people", cast.supporting.office, batch_id=batch.public_id, people=[nominee])
    assert "0-person" in refused.value.fields


def test_a_short_posting_may_stand_beside_a_long_one_but_not_on_the_same_day(cast: Cast) -> None:
    row = a_posting(cast)
    batch = a_batch(cast, name="巡回医疗", kind="rounds")
    nominee = services.Nominee(row.person_id, cast.county.id)
    do("name_people", cast.supporting.office, batch_id=batch.public_id, people=[nominee])
    sent(cast, batch)
    with pytest.raises(Invalid) as refused:
        received(cast, batch, arrived=START + timedelta(days=1))
    assert "arrived" in refused.value.fields


@pytest.mark.parametrize(
    ("nominee", "field"),
    [
        ({"recipient_id": "supporting"}, "0-recipient"),
        ({"recipient_id": "stranger"}, "0-recipient"),
        ({"person_id": "county"}, "0-person"),
        ({"from_date": END, "to_date": START}, "0-to_date"),
        ({"duty": "emperor"}, "0-duty"),
    ],
)
def test_what_cannot_be_is_refused_at_its_line(cast: Cast, nominee: dict[str, Any], field: str) -> None:
    batch = a_batch(cast)
    given = dict(nominee)
    if "recipient_id" in given:
        given["recipient_id"] = getattr(cast, given["recipient_id"]).id
    if "person_id" in given:
        given["person_id"] = cast.county.expert.person_id
    known = {"person_id": cast.supporting.expert.person_id, "recipient_id": cast.county.id}
    with pytest.raises(Invalid) as refused:
        do(
            "name_people",
            cast.supporting.office,
            batch_id=batch.public_id,
            people=[services.Nominee(**{**known, **given})],
        )
    assert field in refused.value.fields


def test_leave_and_back(cast: Cast) -> None:
    row = a_posting(cast)
    leave = services.LeaveFacts("personal", date(2026, 3, 5), date(2026, 3, 7))
    do("take_leave", cast.county.coordinator, posting_id=row.public_id, leave=leave)
    assert fresh(row).state == PostingState.ON_LEAVE
    with pytest.raises(Invalid):
        do("return_from_leave", cast.county.coordinator, posting_id=row.public_id, back=date(2026, 3, 5))
    do("return_from_leave", cast.county.coordinator, posting_id=row.public_id, back=date(2026, 3, 8))
    with scope.system():
        assert Leave.objects.get(posting=row.pk).back == date(2026, 3, 8)
    again = services.LeaveFacts("personal", date(2026, 3, 6), date(2026, 3, 7))
    with pytest.raises(Invalid):
        do("take_leave", cast.county.coordinator, posting_id=row.public_id, leave=again)


@pytest.mark.parametrize("first", [date(2026, 2, 28), date(2026, 3, 11)])
def test_leave_lies_between_reporting_in_and_today(cast: Cast, first: date) -> None:
    row = a_posting(cast)
    leave = services.LeaveFacts("personal", first, first)
    with pytest.raises(Invalid) as refused:
        do("take_leave", cast.county.coordinator, posting_id=row.public_id, leave=leave)
    assert "first" in refused.value.fields


def test_extended_recalled_and_handed_over(cast: Cast) -> None:
    row = a_posting(cast)
    with pytest.raises(Invalid):
        do("extend", cast.supporting.office, posting_id=row.public_id, to_date=END)
    do(
        "extend",
        cast.supporting.office,
        posting_id=row.public_id,
        to_date=date(2026, 12, 31),
        letter_number="延〔2026〕1号",
    )
    assert (fresh(row).to_date, fresh(row).letter_number) == (date(2026, 12, 31), "延〔2026〕1号")
    with pytest.raises(NotAllowed):
        do("recall", cast.county.coordinator, posting_id=row.public_id, left=date(2026, 3, 9), note="急诊缺人")
    do("recall", cast.supporting.office, posting_id=row.public_id, left=date(2026, 3, 9), note="急诊缺人")
    assert (fresh(row).state, fresh(row).left) == (PostingState.RECALLED, date(2026, 3, 9))
    handed_over(cast, row)
    assert fresh(row).state == PostingState.HANDED_OVER


def test_somebody_is_replaced_by_another_at_the_same_place(cast: Cast) -> None:
    row = a_posting(cast, department="妇产科")
    successor = cast.supporting.expert
    do(
        "replace",
        cast.supporting.office,
        posting_id=row.public_id,
        left=date(2026, 3, 9),
        successor=services.Successor(successor.person_id or 0, date(2026, 3, 10), "调〔2026〕2号"),
    )
    with scope.system():
        new = Posting.objects.get(follows=row.pk)
    assert (fresh(row).state, new.state, new.department, new.to_date) == ("replaced", "ordered", "妇产科", END)
    do("report_in", cast.county.coordinator, posting_id=new.public_id, arrived=date(2026, 3, 10))
    assert len(entries(new)) == 1


def test_a_batch_ends_when_all_have_left(cast: Cast) -> None:
    row = a_posting(cast)
    batch = Batch(public_id="", pk=row.batch_id)
    ident = fresh(batch).public_id
    with pytest.raises(Conflict):
        do("close", cast.supporting.office, batch_id=ident)
    do("finish", cast.supporting.office, posting_id=row.public_id, left=date(2026, 3, 9))
    assert do("close", cast.supporting.office, batch_id=ident).state == BatchState.CLOSED


def test_an_old_version_is_refused_and_nothing_changes(cast: Cast) -> None:
    row = a_posting(cast)
    with pytest.raises(Conflict):
        do("finish", cast.county.coordinator, posting_id=row.public_id, left=date(2026, 3, 9), version=row.version - 1)
    assert fresh(row).state == PostingState.ON_DUTY


def test_the_same_receipt_twice_is_one(cast: Cast) -> None:
    batch = a_batch(cast)
    (row,) = named(cast, batch)
    sent(cast, batch)
    given = {"batch_id": batch.public_id, "arrived": START}
    for _ in range(2):
        with scope.acting(cast.county.coordinator):
            services.receive(actor=cast.county.coordinator, at=AT, key="one-key", **given)
    assert len(entries(row)) == 1
    with pytest.raises(Conflict):
        do("receive", cast.county.coordinator, **given)


def test_why_somebody_is_left_out_is_read_by_no_recipient(cast: Cast) -> None:
    batch = a_batch(cast)
    one, _two = named(cast, batch, 2)
    do("check", cast.supporting.office, batch_id=batch.public_id, dropped=[one.public_id], note="体检未过")
    sent(cast, batch)
    page = signed_in_client(cast.county.coordinator).get(f"/dispatch/batches/{batch.public_id}/")
    assert page.status_code == 200
    assert "体检未过" not in page.content.decode()
    assert "体检未过" in signed_in_client(cast.supporting.office).get(f"/dispatch/{one.public_id}/").content.decode()
    assert signed_in_client(cast.county.coordinator).get(f"/dispatch/{one.public_id}/").status_code == 404


def test_who_came_and_left_before_the_letter_was_dated_can_be_finished(cast: Cast) -> None:
    batch = a_batch(cast, from_date=date(2026, 3, 9))
    (row,) = named(cast, batch)
    letter = services.LetterFacts("云医函〔2026〕9号", date(2026, 3, 9))
    do("order", cast.supporting.office, batch_id=batch.public_id, letter=letter)
    do("report_in", cast.county.coordinator, posting_id=row.public_id, arrived=date(2026, 3, 3))
    do("finish", cast.county.coordinator, posting_id=row.public_id, left=date(2026, 3, 5))
    assert fresh(row).left == date(2026, 3, 5)


def test_a_posting_is_not_extended_over_another_one(cast: Cast) -> None:
    row = a_posting(cast)
    later = a_batch(cast, name="第十批", from_date=date(2026, 10, 1), to_date=date(2026, 12, 31))
    nominee = services.Nominee(row.person_id, cast.county.id)
    do("name_people", cast.supporting.office, batch_id=later.public_id, people=[nominee])
    with pytest.raises(Invalid) as refused:
        do("extend", cast.supporting.office, posting_id=row.public_id, to_date=date(2026, 11, 30))
    assert "to_date" in refused.value.fields
    do("extend", cast.supporting.office, posting_id=row.public_id, to_date=date(2026, 9, 30))


@pytest.mark.parametrize("role", ["leader", "department_head"])
def test_leaders_and_heads_of_the_sender_end_a_posting_as_its_desk_does(cast: Cast, role: str) -> None:
    row = a_posting(cast)
    do("finish", getattr(cast.supporting, role), posting_id=row.public_id, left=date(2026, 3, 9))
    assert fresh(row).state == PostingState.FINISHED
    assert not network.groups_of([row.person_id], DAY).get(row.person_id)
