"""The records of the matrix once more, seen from every side: given, received, judged, published to, entered for."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from lianti.contexts.activities.models import ActivityReceiver
from lianti.contexts.activities.tests.builders import an_activity
from lianti.contexts.agreements.tests.builders import an_agreement, promised
from lianti.contexts.dispatch import services as dispatch
from lianti.contexts.dispatch.models import LeaveSlip
from lianti.contexts.dispatch.tests.builders import (
    START,
    a_batch,
    a_candidate,
    a_posting,
    batch_of,
    earlier_service,
    named,
    sent,
)
from lianti.contexts.dispatch.tests.caring import a_care_visit, a_check, a_clinic, a_station, handed_over
from lianti.contexts.dispatch.tests.proving import a_certificate, an_appraisal
from lianti.contexts.dispatch.tests.test_leaves import asked
from lianti.contexts.dispatch.tests.test_presence import checked
from lianti.contexts.ledger import services as ledger
from lianti.contexts.ledger.models import EntryPerson, MonthSheet
from lianti.contexts.needs import services as needs
from lianti.contexts.needs.tests.builders import a_need, facts
from lianti.kernel import scope
from lianti.lib.actor import Actor
from tests.cast import AT, DAY
from tests.permissions.world import World

Made = dict[str, list[str]]


def _as(actor: Actor, service: Callable[..., Any], **given: Any) -> Any:
    with scope.acting(actor):
        return service(actor=actor, at=AT, key=None, **given)


def make(world: World) -> Made:
    """Make them by services; the name of a thing of the matrix leads to the public ids that stand for it here."""
    made: Made = {name: [str(thing)] for name, thing in world.things.items() if isinstance(thing, str)}
    for more in (_needs, _papers, _deeds, _sent, _leaves, _months, _proofs):
        for name, ids in more(world).items():
            made.setdefault(name, []).extend(ids)
    return made


def _needs(world: World) -> Made:
    """A need in every state, and one that the office addressed entered for the hospital that has it."""
    cast = world.cast
    states = ("returned", "accepted", "answered", "closed", "declined", "withdrawn")
    ids = [a_need(cast, state).public_id for state in states]
    entered = _as(cast.supporting.office, needs.state, need=facts(cast, text="代填：请派麻醉医生"))
    return {"need": [*ids, entered.public_id]}


def _papers(world: World) -> Made:
    """An agreement in the states that the matrix has not, with its promise."""
    papers = [
        an_agreement(world.cast, state, promised(world.cast, text=f"第{n}项讲座"))
        for n, state in enumerate(("agreed", "signed", "ended"))
    ]
    return {"agreement": [paper.public_id for paper in papers]}


def _deeds(world: World) -> Made:
    """Activities recorded by giver and receiver; entries objected to, laid before the authority, drawn, mended."""
    cast = world.cast
    by_giver = _given(an_activity(cast, by=cast.supporting.office))
    drawn, judged, referred, objected = (_given(an_activity(cast)) for _ in range(4))
    receiver = cast.county.coordinator
    for entry in (objected, referred):
        _as(receiver, ledger.lower, entry_id=entry, quantity=Decimal("0.5"), note="登记簿")
        _as(cast.posted_expert, ledger.object_, entry_id=entry, note="有签到表")
    _as(cast.supporting.office, ledger.refer, entry_id=referred)
    for entry in (drawn, judged):
        _as(receiver, ledger.verify, entry_id=entry)
    authority = cast.authority.health_authority
    pair = {"giver_id": cast.supporting.id, "receiver_id": cast.county.id}
    checks = _as(authority, ledger.spot_draw, **pair, month=DAY.replace(day=1), count=2)
    _as(authority, ledger.spot_judge, check_id=checks[0].public_id, found=Decimal("0.5"), note="少半次")
    with scope.system():
        sheets = EntryPerson.objects.filter(entry__public_id__in=[by_giver, referred]).values("sheet")
        sheet_ids = list(MonthSheet.objects.filter(pk__in=sheets).values_list("public_id", flat=True))
    return {"entry": [by_giver, objected, referred, drawn, judged], "sheet": sheet_ids}


def _sent(world: World) -> Made:
    """Postings in every state, a head who is asked for among them; batches at every paper."""
    cast = world.cast
    office, host = cast.supporting.office, cast.county.coordinator
    rows = [a_posting(cast, state) for state in ("nominated", "ordered", "on_leave", "finished")]
    rows.append(a_posting(cast, "nominated", duty="head"))
    recalled, replaced, over = (a_posting(cast) for _ in range(3))
    left = START + timedelta(days=3)
    _as(office, dispatch.recall, posting_id=recalled.public_id, left=left, note="急诊缺人")
    successor = dispatch.Successor(named(cast, a_batch(cast, kind="short"))[0].person_id, left, "调1号")
    _as(office, dispatch.replace, posting_id=replaced.public_id, left=left, successor=successor)
    _as(host, dispatch.finish, posting_id=over.public_id, left=left)
    done, closed = handed_over(cast, over), a_station(cast)
    _as(office, dispatch.close_station, station_id=closed.public_id, note="未获批准")
    batches = [batch_of(row) for row in (*rows, recalled, replaced, over)]
    _as(office, dispatch.close, batch_id=batches[-1].public_id)
    for verb, more in _PAPERS.items():
        batches.append(a_batch(cast))
        _as(office, getattr(dispatch, verb), batch_id=batches[-1].public_id, **more)
    partly = a_batch(cast)
    dropped, _going = named(cast, partly, 2)
    batches.append(sent(cast, partly, [dropped.public_id], "体检未过"))
    ended = a_clinic(cast, state="ended")
    everybody = [*rows, recalled, replaced, over, dropped]
    volunteer, exempt = a_candidate(cast), a_candidate(cast)
    _as(office, dispatch.volunteer, candidate_id=volunteer.public_id, day=DAY)
    _as(office, dispatch.exempt, candidate_id=exempt.public_id, reason="other", basis="院发〔2025〕3号")
    disputed, gone = earlier_service(cast), earlier_service(cast, recipient_id=None, place="已撤并的卫生院")
    _as(cast.county.office, dispatch.dispute_past, past_id=disputed.public_id, note="名单上没有")
    _as(office, dispatch.withdraw_past, past_id=gone.public_id, note="重复")
    return {
        "posting": [r.public_id for r in everybody],
        "sent_batch": [b.public_id for b in batches],
        "candidate": [volunteer.public_id, exempt.public_id],
        "past": [disputed.public_id, gone.public_id],
        "clinic": [ended.public_id],
        "handover": [done.public_id],
        "workstation": [closed.public_id],
        "check": [a_check(cast, leaving=True).public_id],
        "care_visit": [a_care_visit(cast).public_id],
    }


def _proofs(world: World) -> Made:
    """Certificates at every seal, appraisals in every hand, a paper that was withdrawn."""
    cast = world.cast
    states = ("confirmed", "endorsed", "approved", "publicised", "issued")
    certificates = [a_certificate(cast, state) for state in states]
    withdrawn = a_certificate(cast, "issued")
    more = {"certificate_id": withdrawn.public_id, "note": "有误"}
    _as(cast.supporting.office, dispatch.withdraw_certificate, **more)
    appraisals = [an_appraisal(cast, state) for state in ("begun", "reviewed", "graded", "concluded", "filed")]
    with scope.system():
        papers = [str(row.paper.public_id) for row in (*certificates, withdrawn) if row.paper_id]
    return {
        "certificate": [row.public_id for row in (*certificates, withdrawn)],
        "appraisal": [row.public_id for row in appraisals],
        "paper": papers,
    }


def _months(world: World) -> Made:
    """A month handed in, sealed by one side, sealed by both, and what supplements it."""
    cast, ids = world.cast, []
    attendance, pair = (
        dispatch.attendance,
        {"sender_id": world.cast.supporting.id, "recipient_id": world.cast.county.id},
    )
    at = datetime(2026, 8, 2, 2, tzinfo=UTC)
    moves = (
        (cast.county.department_head, attendance.submit),
        (cast.county.coordinator, attendance.confirm),
        (cast.supporting.office, attendance.seal),
    )
    for done in range(len(moves) + 1):
        told: dict[str, Any] = {"at": at, "key": None}
        month = date(2026, (3, 5, 6, 7)[done], 1)  # April is sealed on paper
        row = _at(cast.county.coordinator, attendance.begin_month, **told, **pair, month=month)
        for actor, service in moves[:done]:
            _at(actor, service, **told, month_id=row.public_id)
        ids.append(row.public_id)
    ids.append(_at(cast.county.coordinator, attendance.supplement, at=at, key=None, month_id=ids[-1]).public_id)
    return {"month": ids}


def _at(actor: Actor, service: Callable[..., Any], **given: Any) -> Any:
    with scope.acting(actor):
        return service(actor=actor, **given)


def _leaves(world: World) -> Made:
    """Leave at every approval, refused, taken back, taken, and back from it."""
    cast, desk, ids = world.cast, world.cast.county.office, []
    ways: tuple[tuple[int, tuple[tuple[Actor, str, dict[str, Any]], ...]], ...] = (
        (1, ((desk, "approve", {}),)),
        (5, ((desk, "agree", {}),)),
        (5, ((desk, "agree", {}), (cast.supporting.office, "approve_too", {}))),
        (2, ((desk, "refuse", {"note": "当周有义诊"}),)),
        (2, ((desk, "withdraw_slip", {}),)),
    )
    for days, moves in ways:
        slip = asked(cast, a_posting(cast), days)
        for actor, verb, more in moves:
            _as(actor, getattr(dispatch.leaves, verb), slip_id=slip.public_id, **more)
        ids.append(slip.public_id)
    with scope.system():
        ids += list(LeaveSlip.objects.exclude(public_id__in=ids).values_list("public_id", flat=True))
    checks = [checked(actor, a_posting(cast)) for actor in (cast.supporting.office, cast.authority.health_authority)]
    return {"leave": ids, "presence": [one.public_id for one in checks]}


_PAPERS: dict[str, dict[str, Any]] = {
    "check": {},
    "decide": {"minutes_number": "纪要4号"},
    "publicise": {"public_from": START, "public_to": START},
    "withdraw": {"note": "另行安排"},
}


def _given(activity: Any) -> str:
    with scope.system():
        return str(ActivityReceiver.objects.values_list("entry__public_id", flat=True).get(activity=activity))
