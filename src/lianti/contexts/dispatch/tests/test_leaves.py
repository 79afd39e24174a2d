"""Leave is asked for ahead, approved by its length, begins on its day though jobs are late, and ends by who is back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from lianti.contexts.dispatch import queries, services, tasks
from lianti.contexts.dispatch.models import Leave, LeaveSlip, Posting
from lianti.contexts.dispatch.queries import months
from lianti.contexts.dispatch.states import PostingState, SlipState
from lianti.contexts.dispatch.tests.builders import START, a_posting, fresh
from lianti.contexts.network.models import Person
from lianti.kernel import scope
from lianti.kernel.models import WorkItem
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.lib.roles import Role
from tests.cast import AT, DAY, Cast, a_member, signed_in_client

pytestmark = pytest.mark.django_db
leaves = services.leaves


def at(n: int) -> datetime:
    """Return the morning of a day of March."""
    return datetime(2026, 3, n, 1, 30, tzinfo=UTC)


def do(verb: str, actor: Actor, when: datetime = AT, **given: Any) -> Any:
    with scope.acting(actor):
        return getattr(leaves, verb)(actor=actor, at=when, key=None, **given)


def asked(
    cast: Cast, row: Posting, days: int = 1, first: date = date(2026, 3, 16), kind: str = "personal"
) -> LeaveSlip:
    """Let the receiving coordinator ask for leave of so many days."""
    leave = services.LeaveFacts(kind, first, first + timedelta(days=days - 1), cast.supporting.expert.person_id, "家事")
    made: LeaveSlip = do("ask", cast.county.coordinator, posting_id=row.public_id, leave=leave)
    return made


def approved(cast: Cast, row: Posting, days: int = 3, **more: Any) -> LeaveSlip:
    slip = asked(cast, row, days, **more)
    made: LeaveSlip = do("approve", cast.county.office, slip_id=slip.public_id)
    return made


def job(when: datetime) -> None:
    with scope.system():
        tasks.begin_leaves({}, at=when, task_id=0)


def waiting(slip: LeaveSlip) -> set[tuple[int, str]]:
    with scope.system():
        items = WorkItem.objects.filter(kind="dispatch.leave_slip", record_pk=slip.pk, closed_at=None)
        return set(items.values_list("tenant", "verb"))


@pytest.mark.parametrize(("days", "whose"), [(1, "department"), (2, "office"), (3, "office"), (4, "both")])
def test_who_approves_goes_by_the_length_as_the_rules_say(cast: Cast, days: int, whose: str) -> None:
    slip = asked(cast, a_posting(cast), days)
    assert slip.approval == whose
    assert waiting(slip) == {(cast.county.id, "dispatch.approve_leave")}
    head, office = cast.county.department_head, cast.county.office
    by = {"slip_id": slip.public_id}
    with pytest.raises(NotAllowed):
        do("approve", cast.supporting.office, **by)
    if whose == "department":
        assert do("approve", head, **by).state == SlipState.APPROVED
        return
    with pytest.raises(NotAllowed):
        do("approve", head, **by)
    if whose == "office":
        assert do("approve", office, **by).state == SlipState.APPROVED
        return
    with pytest.raises(NotAllowed):
        do("approve", office, **by)
    do("agree", office, **by)
    assert waiting(slip) == {(cast.supporting.id, "dispatch.approve_leave_too")}
    with pytest.raises(NotAllowed):
        do("approve_too", office, **by)
    assert do("approve_too", cast.supporting.office, **by).state == SlipState.APPROVED


def posted_actor(cast: Cast, row: Posting, house: Any = None) -> Actor:
    """Return who is posted, signed in at the receiving hospital."""
    with scope.system():
        person = Person.objects.get(pk=row.person_id)
    member = a_member(Role.EXPERT, (house or cast.county).institution, person=False)
    with scope.system():
        Person.objects.filter(pk=person.pk).update(principal=member.principal_id)
    return Actor(member.principal_id, member.tenant_id, Role.EXPERT, person.pk)


def test_who_is_posted_asks_takes_back_and_comes_back_but_approves_nothing(cast: Cast) -> None:
    row = a_posting(cast)
    me = posted_actor(cast, row)
    leave = services.LeaveFacts("personal", date(2026, 3, 16), date(2026, 3, 16))
    slip = do("ask", me, posting_id=row.public_id, leave=leave)
    with pytest.raises(NotAllowed):
        do("approve", me, slip_id=slip.public_id)
    colleague = cast.county.clinician
    for verb in ("withdraw_slip",):
        with pytest.raises(NotAllowed):
            do(verb, colleague, slip_id=slip.public_id)
    with pytest.raises(NotAllowed):
        do("ask", colleague, posting_id=row.public_id, leave=leave)
    do("approve", cast.county.department_head, slip_id=slip.public_id)
    job(at(16))
    assert fresh(row).state == PostingState.ON_LEAVE
    do("come_back", me, at(17), slip_id=slip.public_id, back=date(2026, 3, 17))
    assert (fresh(row).state, fresh(slip).state) == (PostingState.ON_DUTY, SlipState.ENDED)


def test_leave_counts_from_its_first_day_though_the_job_is_late(cast: Cast) -> None:
    row = a_posting(cast)
    slip = approved(cast, row)
    with scope.system():
        away = months.away_of([row.pk], date(2026, 3, 17))[row.pk]
    assert [(one.first, one.last) for one in away] == [(date(2026, 3, 16), date(2026, 3, 18))]
    with scope.acting(cast.county.office):
        page = queries.posting_page(cast.county.office, fresh(row))
        days = queries.counted(cast.county.office, page, date(2026, 3, 17))[0].days
    assert days == 15
    job(at(15))
    assert fresh(slip).state == SlipState.APPROVED, "its day has not come"
    for when in (at(17), at(18)):
        job(when)
    with scope.system():
        (leave,) = Leave.objects.filter(posting=row.pk)
    assert (fresh(row).state, leave.first, fresh(slip).leave_id) == (PostingState.ON_LEAVE, slip.first, leave.pk)
    assert waiting(slip) == {(cast.county.id, "dispatch.note_back")}


def test_who_is_back_before_the_job_has_come_is_back_all_the_same(cast: Cast) -> None:
    row = a_posting(cast)
    slip = approved(cast, row)
    with pytest.raises(Invalid):
        do("come_back", cast.county.office, at(18), slip_id=slip.public_id, back=date(2026, 3, 16))
    do("come_back", cast.county.office, at(18), slip_id=slip.public_id, back=date(2026, 3, 18))
    job(at(19))
    with scope.system():
        assert list(Leave.objects.values_list("first", "back")) == [(date(2026, 3, 16), date(2026, 3, 18))]
    assert fresh(row).state == PostingState.ON_DUTY


def test_the_moves_of_the_posting_keep_its_slips(cast: Cast) -> None:
    row, desk = a_posting(cast), cast.county.coordinator
    told: dict[str, Any] = {"actor": desk, "at": AT, "key": None, "posting_id": row.public_id}
    with scope.acting(desk):
        services.take_leave(**told, leave=services.LeaveFacts("sick", DAY - timedelta(days=2), DAY))
        services.return_from_leave(**told, back=DAY)
    later = asked(cast, row)
    with scope.acting(desk):
        services.finish(**told, left=DAY)
    with scope.system():
        assert sorted(LeaveSlip.objects.values_list("state", flat=True)) == ["ended", "withdrawn"]
    assert fresh(later).state == SlipState.WITHDRAWN


@pytest.mark.parametrize(
    ("first", "until", "kind", "field"),
    [
        (DAY - timedelta(days=1), DAY, "personal", "first"),
        (date(2026, 3, 16), date(2026, 3, 15), "personal", "until"),
        (date(2026, 8, 30), date(2026, 9, 2), "personal", "until"),
        (date(2026, 3, 20), date(2026, 3, 20), "holiday", "kind"),
        (date(2026, 3, 17), date(2026, 3, 20), "personal", "first"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(
    cast: Cast, first: date, until: date, kind: str, field: str
) -> None:
    row = a_posting(cast)
    asked(cast, row, 3)
    with pytest.raises(Invalid) as refused:
        do("ask", cast.county.office, posting_id=row.public_id, leave=services.LeaveFacts(kind, first, until))
    assert set(refused.value.fields) == {field}


def test_a_refusal_has_a_reason_and_a_stranger_knows_of_nothing(cast: Cast) -> None:
    slip = asked(cast, a_posting(cast))
    with pytest.raises(Invalid):
        do("refuse", cast.county.office, slip_id=slip.public_id, note="")
    with pytest.raises(NotFound):
        do("approve", cast.stranger.office, slip_id=slip.public_id)
    do("refuse", cast.county.office, slip_id=slip.public_id, note="当周有义诊安排")
    with pytest.raises(Conflict):
        do("approve", cast.county.office, slip_id=slip.public_id)


def test_leave_is_asked_for_and_approved_by_pages_and_its_kind_is_told_to_few(cast: Cast) -> None:
    row = a_posting(cast)
    client = signed_in_client(cast.county.coordinator)
    first = date.today() + timedelta(days=3)
    with scope.system():
        Posting.objects.filter(pk=row.pk).update(to_date=first + timedelta(days=60))
    given = {"key": ids.new(), "posting": row.public_id, "kind": "sick", "first": first.isoformat(),
             "until": first.isoformat(), "reason": "复查"}  # fmt: skip
    answer = client.post("/dispatch/leaves/new/", given)
    assert answer.status_code == 303, answer.content.decode()[:2000]
    assert client.post(f"{answer['Location']}moves/approve/", {"key": ids.new()}).status_code == 303
    for path in (answer["Location"], "/dispatch/leaves/", f"/dispatch/{row.public_id}/"):
        texts = {
            who.role: signed_in_client(who).get(path).content.decode()
            for who in (cast.county.coordinator, cast.county.clinician)
        }
        told = {role: "Sick leave" in text or "病假" in text for role, text in texts.items()}
        assert told == {Role.COORDINATOR: True, Role.CLINICIAN: False}, path
    assert first > START
