"""The month of a pair: marked by who receives, handed in when it is over, sealed by both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import checks, grid
from lianti.contexts.dispatch.domain.counting import ONE_DAY, Mark
from lianti.contexts.dispatch.domain.grid import Marking, Origin
from lianti.contexts.dispatch.domain.proofs import PaperMonth
from lianti.contexts.dispatch.models import Attendance, AttendanceLine, AttendanceMark, Posting
from lianti.contexts.dispatch.models.attendance import MARKED
from lianti.contexts.dispatch.queries import months
from lianti.contexts.dispatch.services import figures, sealing
from lianti.contexts.dispatch.states import RUNNING, STANDS, AttendanceState
from lianti.contexts.evidence import services as evidence
from lianti.contexts.evidence.services import Upload
from lianti.kernel import numbers, worklist
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months, month_of, next_month, shanghai_day
from lianti.lib.errors import Conflict, Invalid, Sentence
from lianti.lib.roles import Role

SERIES = "KQ"
MOST = 10_000  # marks at once: the month of three hundred people
RUNS = _("This month is not over yet.")


def begin_month(
    *, actor: Actor, at: datetime, key: str | None, sender_id: int, recipient_id: int, month: date
) -> Attendance:
    """Begin the sheet of a month in which somebody of the pair was there; one that is begun already is returned.

    Raises NotAllowed, Conflict where nobody was there.
    """
    month = month_of(month)
    flow.ATTENDANCE.table.may(actor, "dispatch.begin_month", Attendance(sender_id=sender_id, recipient_id=recipient_id))
    found = Attendance.objects.filter(sender=sender_id, recipient=recipient_id, month=month, corrects=None)
    if (row := found.exclude(state=AttendanceState.DROPPED).first()) is not None:
        return row
    if month > shanghai_day(at) or not months.stays_in(month, sender_id, recipient_id):
        raise Conflict(_("Nobody of this institution was on duty here in this month."))
    made = blank(sender_id, recipient_id, month, at)
    if actor.role is Role.SYSTEM:
        actor = replace(actor, tenant_id=recipient_id)  # a job has no institution: who receives keeps the sheet
    return engine.create(flow.ATTENDANCE, made, name="begin", actor=actor, at=at, key=key, body=[str(month)])


def begin_due(*, actor: Actor, at: datetime) -> int:
    """Begin what is not begun of this month and the two before it, each pair by itself; return how many. For jobs."""
    this, begun = month_of(shanghai_day(at)), 0
    for month in (add_months(this, -2), add_months(this, -1), this):
        known = Attendance.objects.filter(month=month, corrects=None).exclude(state=AttendanceState.DROPPED)
        pairs = {(row.sender_id, row.recipient_id) for row in months.stays_in(month)}
        for sender, recipient in sorted(pairs - set(known.values_list("sender_id", "recipient_id"))):
            given = {"sender_id": sender, "recipient_id": recipient, "month": month}
            begin_month(actor=actor, at=at, key=None, **given)
            begun += 1
    # Somebody of who received may be here since yesterday, or nobody any more: then it is the other side's turn.
    for row in Attendance.objects.filter(state__in=[AttendanceState.OPEN, AttendanceState.SUBMITTED]).order_by("pk"):
        worklist.replace(flow.ATTENDANCE.kind, row.pk, flow.attendance_waits(row), at)
    return begun


def blank(sender_id: int, recipient_id: int, month: date, at: datetime) -> Attendance:
    """Return the unsaved sheet of a month; it waits for nobody before the month is over."""
    end = next_month(month) - ONE_DAY
    return Attendance(
        public_id=ids.new(),
        number=numbers.take(SERIES, at),
        sender_id=sender_id,
        recipient_id=recipient_id,
        month=month,
        since=end,
    )


def mark_many(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    month_id: str,
    marks: Sequence[Marking | tuple[Any, ...]],
    source: str = Origin.TYPED,
    version: int | None = None,
) -> Attendance:
    """Set marks of a month, all or none: each (posting's public id, day, mark, kind of leave, note).

    No mark, or what stands there by itself: what was set from that source is taken away. What is typed stands
    before what is imported; where the two differ both are kept. On a supplementary sheet each mark needs its reason.
    Raises NotFound, NotAllowed, Conflict, Invalid at '<row>-<field>'.
    """
    given = [Marking(*one) for one in marks]
    if not given or len(given) > MOST:
        raise Invalid({"marks": _("Set at least one and at most %(most)s marks at once.") % {"most": MOST}})
    if source not in MARKED:
        raise Invalid({"source": _("Choose one of these.")})

    def effect(row: Attendance) -> None:
        write(row, given, Origin(source), actor, shanghai_day(at))

    facts = {"imported" if source == Origin.IMPORTED else "marks": str(len(given))}
    return _move("mark", actor, at, key, month_id, version, facts=facts, effect=effect)


def submit(
    *, actor: Actor, at: datetime, key: str | None, month_id: str, note: str = "", version: int | None = None
) -> Attendance:
    """Hand a month in when it is over. Raises NotFound, NotAllowed, Conflict."""

    def effect(row: Attendance) -> dict[str, Any]:
        today = shanghai_day(at)
        if next_month(row.month) > today:
            raise Conflict(RUNS)
        if not months.months_of(row, today):
            raise Conflict(_("Nothing stands on this sheet."))
        return {"since": today, "submitted": row.submitted or today}

    return _move("submit", actor, at, key, month_id, version, note=note, effect=effect)


def confirm(
    *, actor: Actor, at: datetime, key: str | None, month_id: str, note: str = "", version: int | None = None
) -> Attendance:
    """Seal a month for the institution that received: from now on it stands as it is. Raises as every move."""

    def effect(row: Attendance) -> dict[str, Any]:
        sealing.freeze(row, shanghai_day(at))
        today = shanghai_day(at)
        return {"since": today, "confirmed": today, "confirmed_by_id": actor.principal_id}

    return _move("confirm", actor, at, key, month_id, version, note=note, effect=effect)


def book_seal(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    month_id: str,
    seal: PaperMonth,
    upload: Upload | None = None,
    version: int | None = None,
) -> Attendance:
    """Book the receiving institution's seal on the print of a month, with its scan, while nobody of it is here.

    What is booked is what was stamped: the print's code is that of the sheet as it stands. Who signed passes the
    ledger's test over everybody's days. Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    today = shanghai_day(at)
    if upload is None:
        raise Invalid({"scan": _("Choose the scan.")})
    if seal.given_on > today:
        raise Invalid({"given_on": checks.NOT_YET})

    def effect(row: Attendance) -> dict[str, Any]:
        if seal.given_on < next_month(row.month) - ONE_DAY:
            raise Invalid({"given_on": _("The month was not over on this day.")})
        if seal.code.strip().upper() != months.code_of(row, today):
            raise Invalid({"print_code": _("The sheet is not as it was printed: print it again and have it stamped.")})
        sealing.signs(row, seal.signatory_id, today)
        try:
            file = evidence.store(actor=actor, at=at, key=None, name=upload.name, content=upload.content)
        except Invalid as refused:
            raise Invalid({"scan": next(iter(refused.fields.values()))}) from refused
        sealing.freeze(row, today)
        told = {"signatory_id": seal.signatory_id, "scan_id": file.pk, "confirmed_by_id": actor.principal_id}
        return {"since": today, "confirmed": seal.given_on, **told}

    facts = {"signatory": [f"#{seal.signatory_id}"]}
    return _move("book_seal", actor, at, key, month_id, version, facts=facts, effect=effect)


def seal(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    month_id: str,
    again: bool = False,
    note: str = "",
    version: int | None = None,
) -> Attendance:
    """Seal a month for the institution that sent: each person's days are declared to the ledger.

    Whose days somebody has declared by hand already is left out, and named in the story, unless `again` says that
    they count beside. Whoever sealed for the receiving institution does not seal for the other. Raises as every move.
    """
    with transaction.atomic():
        out = set() if again else months.by_hand(flow.ATTENDANCE.locked(month_id, actor))

        def effect(row: Attendance) -> dict[str, Any]:
            sealing.declare(row, actor, at, out)
            figures.ask((stay.person_id for stay in _there(row)), at)
            today = shanghai_day(at)
            return {"since": today, "sealed": today, "sealed_by_id": actor.principal_id}

        facts = {"by_hand": [f"#{person}" for person in sorted(out)]} if out else {}
        return _move("seal", actor, at, key, month_id, version, facts=facts, note=note, effect=effect)


def send_back(
    *, actor: Actor, at: datetime, key: str | None, month_id: str, note: str, version: int | None = None
) -> Attendance:
    """Return a month that is handed in to its keeper, with a reason. Raises as every move, Invalid."""

    def effect(row: Attendance) -> dict[str, Any]:
        AttendanceLine.objects.filter(attendance=row.pk).delete()
        nobody = {"confirmed": None, "confirmed_by_id": None, "signatory_id": None, "scan_id": None}
        return {"since": shanghai_day(at), **nobody}

    return _move("send_back", actor, at, key, month_id, version, note=note, effect=effect)


def drop_sheet(
    *, actor: Actor, at: datetime, key: str | None, month_id: str, note: str, version: int | None = None
) -> Attendance:
    """Give up a supplementary sheet, or a month in which nobody was there after all. Raises as every move, Invalid."""

    def effect(row: Attendance) -> None:
        if row.corrects_id is None and _there(row):
            raise Conflict(_("Somebody was on duty in this month: it is sealed, not given up."))

    return _move("drop_sheet", actor, at, key, month_id, version, note=note, effect=effect)


def supplement(*, actor: Actor, at: datetime, key: str | None, month_id: str, version: int | None = None) -> Attendance:
    """Begin a supplementary sheet to a sealed month. Raises NotFound, NotAllowed, Conflict."""
    first: Attendance = flow.ATTENDANCE.locked(month_id, actor)
    if first.state not in STANDS or (version is not None and version != first.version):
        raise Conflict
    root = first.corrects_id or first.pk
    if Attendance.objects.filter(corrects=root, state__in=RUNNING).exists():
        raise Conflict(_("A supplementary sheet to this month is under way: complete it first."))
    row = blank(first.sender_id, first.recipient_id, first.month, at)
    row.corrects_id, row.since = root, shanghai_day(at)
    with transaction.atomic():
        return engine.create(flow.ATTENDANCE, row, name="supplement", actor=actor, at=at, key=key, body=[month_id])


def _there(row: Attendance) -> list[Posting]:
    return months.stays_in(row.month, row.sender_id, row.recipient_id)


def write(row: Attendance, given: Sequence[Marking], origin: Origin, actor: Actor, today: date) -> None:
    """Look at marks and keep them, all or none. Raises Invalid at '<row>-<field>'."""
    postings = {one.public_id: one for one in _there(row)}
    _look(row, given, postings, today)
    _write(row, given, postings, origin, actor, today)


def _look(row: Attendance, given: Sequence[Marking], postings: dict[str, Posting], today: date) -> None:
    """Refuse marks that cannot be, each at its row."""
    wrong: dict[str, Sentence] = {}
    for number, one in enumerate(given):
        posting = postings.get(one.posting_id)
        if (field_and_why := _misplaced(row, posting, one.day, today)) is not None:
            wrong[f"{number}-{field_and_why[0]}"] = field_and_why[1]
        if one.mark and (one.mark, one.leave) not in _KNOWN:
            wrong[f"{number}-mark"] = _("Choose one of these.")
        if len(one.note) > 200:
            wrong[f"{number}-note"] = _("This is too long.")
        if row.corrects_id is not None and one.mark and not one.note.strip():
            wrong[f"{number}-note"] = _("Say why this is changed after the seals.")
    if wrong:
        raise Invalid(wrong)


def _misplaced(row: Attendance, posting: Posting | None, day: date, today: date) -> tuple[str, Sentence] | None:
    if posting is None:
        return "posting", _("Was not on duty here in this month.")
    if not _was_there(row, posting, day):
        return "day", _("Was not on duty here on this day.")
    return ("day", checks.NOT_YET) if day > today else None


_KNOWN = {(str(mark), str(leave)) for mark, leave in grid.LETTERS.values()}


def _was_there(row: Attendance, posting: Posting, day: date) -> bool:
    span = grid.inside(row.month, posting.arrived or posting.from_date, posting.left)
    return span is not None and span[0] <= day <= span[1]


def _write(
    row: Attendance, given: Sequence[Marking], postings: dict[str, Posting], origin: Origin, actor: Actor, today: date
) -> None:
    """Keep what differs from what stands there by itself; the last word on a day is what counts."""
    wanted = {(postings[one.posting_id].pk, one.day): one for one in given}
    rows = AttendanceMark.objects.filter(attendance=row.pk, posting__in={posting for posting, _day in wanted})
    now = {(one.posting_id, one.day, one.origin): one for one in rows}
    AttendanceMark.objects.filter(
        pk__in=[now[(*place, origin)].pk for place in wanted if (*place, origin) in now]
    ).delete()
    unmarked = months.without_marks(row, list(postings.values()), today)
    AttendanceMark.objects.bulk_create(
        AttendanceMark(
            attendance_id=row.pk,
            posting_id=posting,
            day=day,
            origin=origin,
            mark=one.mark,
            leave=one.leave,
            note=one.note.strip(),
            late=row.submitted is not None,
            marked_by_id=actor.principal_id,
        )
        for (posting, day), one in wanted.items()
        if one.mark and _says_more(one, unmarked[posting].get(day), (posting, day, Origin.TYPED) in now, origin)
    )


def _says_more(one: Marking, alone: grid.GridCell | None, typed: bool, origin: Origin) -> bool:
    """Say whether a mark is kept: it differs from what stands there anyhow, has a note, or from what was typed."""
    same = alone is not None and (alone.mark, alone.leave) == (Mark(one.mark), one.leave)
    return not same or bool(one.note.strip()) or (origin is Origin.IMPORTED and typed)


def _move(
    name: str, actor: Actor, at: datetime, key: str | None, ident: str, version: int | None, **more: Any
) -> Attendance:
    moved: Attendance = engine.move(
        flow.ATTENDANCE, ident, name=name, actor=actor, at=at, key=key, version=version, **more
    )
    return moved
