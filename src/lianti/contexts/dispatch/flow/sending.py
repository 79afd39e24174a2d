"""Batches, postings and months bound to their tables: who sees them, whose turn it is, who is told."""

from collections.abc import Iterator
from datetime import date, timedelta

from lianti.contexts.dispatch import rules, states
from lianti.contexts.dispatch.models import (
    Attendance,
    AttendanceTransition,
    Batch,
    BatchTransition,
    Candidate,
    CandidateTransition,
    PastService,
    PastTransition,
    Posting,
    PostingTransition,
)
from lianti.contexts.dispatch.states import (
    BATCH,
    BEFORE_ORDER,
    CANDIDATE,
    OPEN,
    PAST,
    POSTING,
    AttendanceState,
    BatchState,
    PastState,
    PostingState,
)
from lianti.contexts.network import queries as network
from lianti.kernel import scope
from lianti.kernel.flows import Flow
from lianti.kernel.notices import Tell
from lianti.kernel.worklist import Wait
from lianti.lib import workdays
from lianti.lib.actor import Actor
from lianti.lib.dates import next_month
from lianti.lib.roles import DESK, Role

DAYS_TO_RECEIVE = 5  # working days after the first day for the receipt
_DESK = tuple(sorted(DESK))
_CONSENTERS = tuple(sorted(rules.CONSENTERS))
_HOSTS = tuple(sorted(rules.HOSTS))


def recipients(batch: Batch) -> list[int]:
    """Return the institutions to which people of a batch are ordered, or were."""
    return sorted(rules.batch_sides(batch)["recipient"])


def batch_audience(batch: Batch) -> set[int]:
    """Return who may see a batch: who sends it, and from the letter on who receives of it."""
    return {batch.sender_id} if batch.state in BEFORE_ORDER else {batch.sender_id, *recipients(batch)}


def batch_waits(batch: Batch) -> Iterator[Wait]:
    """Yield whose turn it is: of the departments by the day of the letter, of each recipient who has not reported."""
    if batch.state in BEFORE_ORDER:
        yield Wait(batch.sender_id, _DESK, "dispatch.send", batch.quota_due or batch.from_date)
    if batch.state == BatchState.ORDERED:
        due = workdays.add(batch.from_date, DAYS_TO_RECEIVE)
        for recipient in _expecting(batch):
            yield Wait(recipient, _HOSTS, "dispatch.receive", due)


def _expecting(batch: Batch) -> list[int]:
    """Return the institutions that have not received everybody, read as the sender: one does not see another's."""
    rows = Posting.objects.filter(batch=batch.pk).exclude(ordered_by=None)
    orderer = rows.values_list("ordered_by", flat=True).first()
    if orderer is None:
        return []
    with scope.acting(Actor(orderer, batch.sender_id, Role.OFFICE)):
        return sorted(set(rows.filter(state=PostingState.ORDERED).values_list("recipient", flat=True)))


def batch_tells(batch: Batch, key: str, actor: Actor) -> Iterator[Tell]:
    """Tell the recipients of the letter, and the sender of each receipt."""
    params = told_of(actor, batch.name)
    if key == "dispatch.ordered":
        for recipient in recipients(batch):
            yield Tell(recipient, _HOSTS, params)
    else:
        yield Tell(batch.sender_id, _DESK, params)


def batch_day(batch: Batch) -> date:
    """Return the day that lists go by."""
    return batch.from_date


def posting_audience(row: Posting) -> set[int]:
    """Return who may see a posting: its sender; its recipient when it is asked, and from the letter on."""
    hidden = row.state == PostingState.NOMINATED and not rules.asked_for(row)
    return {row.sender_id} if hidden else {row.sender_id, row.recipient_id}


def posting_waits(row: Posting) -> Iterator[Wait]:
    """Yield whose turn it is: of a recipient that is asked for a person."""
    if row.state == PostingState.NOMINATED and rules.asked_for(row) and row.consented is None:
        yield Wait(row.recipient_id, _CONSENTERS, "dispatch.consent", row.from_date)
    if row.licence_warned is not None and row.state in OPEN:
        yield Wait(row.sender_id, _DESK, "dispatch.licence", row.licence_until)


def posting_tells(row: Posting, _key: str, actor: Actor) -> Iterator[Tell]:
    """Tell the other side what happened; who moves it knows."""
    name = network.people_by_id({row.person_id})[row.person_id].name
    for side, roles in ((row.sender_id, _DESK), (row.recipient_id, _HOSTS)):
        if side != actor.tenant_id:
            yield Tell(side, roles, told_of(actor, str(name)))


def posting_day(row: Posting) -> date:
    """Return the day that lists go by."""
    return row.from_date


def posting_rank(row: Posting) -> int:
    """Return the days that count, as a job last counted them: the roster can go by them."""
    return row.counted_days


def told_of(actor: Actor, title: str) -> dict[str, str]:
    """Return what notices say: who did it, and about whom."""
    return {"who": network.institution_by_id(actor.tenant_id).short_name, "title": title}


BATCHES = Flow(BATCH, Batch, BatchTransition, rules.BATCHES, batch_audience, batch_waits, batch_tells, day=batch_day)
POSTINGS = Flow(
    POSTING,
    Posting,
    PostingTransition,
    rules.POSTINGS,
    posting_audience,
    posting_waits,
    posting_tells,
    day=posting_day,
    rank=posting_rank,
)


def past_audience(row: PastService) -> set[int]:
    """Return who may see service before the platform: who sent, and where it was when that is of the network."""
    return {row.sender_id} | ({row.recipient_id} if row.recipient_id else set())


def past_waits(row: PastService) -> Iterator[Wait]:
    """Yield whose turn it is: of the desk whose entry is called into question."""
    if row.state == PastState.DISPUTED:
        yield Wait(row.sender_id, _DESK, "dispatch.settle_past")


def past_tells(row: PastService, key: str, actor: Actor) -> Iterator[Tell]:
    """Tell the place that it is said to have had somebody, and the desk that the place says otherwise."""
    params = told_of(actor, str(network.people_by_id({row.person_id})[row.person_id].name))
    if key == "dispatch.past_disputed":
        yield Tell(row.sender_id, _DESK, params)
    elif row.recipient_id is not None:
        yield Tell(row.recipient_id, _CONSENTERS, params)


def past_day(row: PastService) -> date:
    """Return the day that lists go by."""
    return row.first


PASTS = Flow(PAST, PastService, PastTransition, rules.PASTS, past_audience, past_waits, past_tells, day=past_day)


# A month's sheet: nothing of it is late before the month is over. The ledger asks for what was declared to be
# verified ten working days after the month; both seals come before that day.
DAYS_FOR_KEEPER, DAYS_FOR_RECIPIENT, DAYS_FOR_SENDER = 3, 3, 3  # working days, from the month's end or what came last


def attendance_audience(row: Attendance) -> set[int]:
    """Return who may see a month: both sides."""
    return {row.sender_id, row.recipient_id}


def attendance_waits(row: Attendance) -> Iterator[Wait]:
    """Yield whose turn it is, each a few working days after the month's end or what was done last.

    While nobody of who received is here, who sent keeps the sheet and has it stamped on paper.
    """
    paper = row.state in {AttendanceState.OPEN, AttendanceState.SUBMITTED} and rules.alone(row)
    keeper, verb = (row.sender_id, "dispatch.book_month") if paper else (row.recipient_id, "dispatch.confirm_month")
    whose = {
        AttendanceState.OPEN: (keeper, _HOSTS, "dispatch.keep_month", DAYS_FOR_KEEPER),
        AttendanceState.SUBMITTED: (keeper, _DESK, verb, DAYS_FOR_RECIPIENT),
        AttendanceState.CONFIRMED: (row.sender_id, _DESK, "dispatch.seal_month", DAYS_FOR_SENDER),
    }.get(AttendanceState(row.state))
    if whose is not None:
        tenant, roles, verb, days = whose
        end = next_month(row.month) - timedelta(days=1)
        yield Wait(tenant, roles, verb, workdays.add(max(end, row.since), days))


def attendance_tells(row: Attendance, key: str, actor: Actor) -> Iterator[Tell]:
    """Tell the other side of a seal, and the keeper what was returned."""
    params = told_of(actor, f"{row.month:%Y-%m}")
    if key == "dispatch.month_returned":
        yield Tell(row.sender_id if rules.alone(row) else row.recipient_id, _HOSTS, params)
        return
    yield Tell(row.sender_id if key == "dispatch.month_confirmed" else row.recipient_id, _DESK, params)


def attendance_day(row: Attendance) -> date:
    """Return the day that lists go by."""
    return row.month


ATTENDANCE = Flow(
    states.ATTENDANCE,
    Attendance,
    AttendanceTransition,
    rules.ATTENDANCES,
    attendance_audience,
    attendance_waits,
    attendance_tells,
    day=attendance_day,
)


def candidate_tells(row: Candidate, _key: str, actor: Actor) -> Iterator[Tell]:
    """Tell the desk that somebody volunteers; the desk that notes it knows."""
    if actor.role not in rules.SENDERS:
        name = network.people_by_id({row.person_id})[row.person_id].name
        yield Tell(row.sender_id, _DESK, told_of(actor, str(name)))


CANDIDATES = Flow(CANDIDATE, Candidate, CandidateTransition, rules.CANDIDATES, tells=candidate_tells)
