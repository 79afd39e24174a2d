"""What a seal does: the month stands as it is, and its days go into the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import grid
from lianti.contexts.dispatch.models import Attendance, AttendanceLine, Posting
from lianti.contexts.dispatch.queries import months
from lianti.contexts.ledger import queries as ledger_queries
from lianti.contexts.ledger import services as ledger
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid
from lianti.lib.roles import Role

KIND = "dispatch"  # days of a posting, in person-days; never persons (ledger.md, 'Postings')


def freeze(row: Attendance, today: date) -> None:
    """Write every line of a sheet down as it stands. Raises Conflict for a sheet on which nothing stands."""
    found = months.months_of(row, today)
    if not found:
        raise Conflict(_("Nothing stands on this sheet."))
    AttendanceLine.objects.bulk_create(
        AttendanceLine(
            attendance_id=row.pk,
            posting_id=one.posting.pk,
            letters=grid.written(row.month, one.cells),
            counted=one.sums.counted,
        )
        for one in found
    )


def signs(row: Attendance, signatory_id: int, today: date) -> None:
    """Put the ledger's test to who signed a month on paper, over everybody's days in it. Raises Invalid."""
    person = network.people_by_id({signatory_id}).get(signatory_id)
    if person is None or person.hidden or person.employer.id != row.recipient_id:
        raise Invalid({"signatory": _("Choose somebody of the receiving institution.")})
    there: dict[tuple[date, date], set[int]] = defaultdict(set)
    for one in months.months_of(row, today):
        there[min(one.cells), max(one.cells)].add(one.posting.person_id)
    who, pair = ledger_queries.signatory(row.recipient_id, person.id), (row.sender_id, row.recipient_id)
    for span, people in there.items():
        if why := ledger_queries.why_not_sign(who, *pair, people, [span]):
            raise Invalid({"signatory": why})


def declare(row: Attendance, actor: Actor, at: datetime, left_out: Collection[int] = ()) -> None:
    """Declare the days of a sealed month, one entry a person; a supplementary sheet corrects by the difference.

    `left_out`: people whose days stand in the ledger by hand and are not declared again.

    The receiving institution's seal acknowledges them: the ledger puts its test to whoever gave it, and leaves an
    entry declared where they fail it. A seal on paper, its scan booked, confirms them on paper and no more.
    """
    if row.corrects_id and Attendance.objects.filter(pk=row.corrects_id, sealed_by=None).exists():
        return  # what was sealed before the platform has declared nothing here
    lines = months.lines_of(row)
    before = months.standing_lines(Attendance(pk=row.corrects_id)) if row.corrects_id else {}
    people = dict(Posting.objects.filter(pk__in=lines.keys() | before.keys()).values_list("pk", "person_id"))
    of_person: dict[int, list[int]] = defaultdict(list)
    for posting, person in people.items():
        of_person[person].append(posting)
    host = _host(row)
    for person, postings in sorted(of_person.items()):
        changed = [lines[posting] for posting in postings if posting in lines]
        if not changed or person in left_out:
            continue
        standing = {posting: before[posting] for posting in postings if posting in before}
        entry = _entry(row, person, changed, standing, actor, host, at)
        AttendanceLine.objects.filter(pk__in=[line.pk for line in changed]).update(entry=entry)


def _entry(
    row: Attendance,
    person: int,
    changed: Sequence[AttendanceLine],
    standing: dict[int, AttendanceLine],
    actor: Actor,
    host: Actor | ledger.OnPaper,
    at: datetime,
) -> int | None:
    """Declare or correct one person's month; return the entry in which it stands, None where nothing counts."""
    now = standing | {line.posting_id: line for line in changed}
    total, was = sum(line.counted for line in now.values()), sum(line.counted for line in standing.values())
    old = next((line.entry_id for line in standing.values() if line.entry_id is not None), None)
    if old is not None:
        if total == was:
            return old
        note = str(_("Supplementary attendance sheet %(number)s") % {"number": row.number})
        more = Decimal(total - was)
        told: dict[str, Any] = {"actor": actor, "at": at, "key": None, "note": note, "acknowledged_by": host}
        revised = ledger.revise(**told, entry_id=old, difference=more)
        if revised is not None:
            return int(revised.pk)
    return _declared(row, person, now.values(), actor, host, at) if total else None


def _declared(
    row: Attendance,
    person: int,
    lines: Collection[AttendanceLine],
    actor: Actor,
    host: Actor | ledger.OnPaper,
    at: datetime,
) -> int:
    """Declare the days that count, from the first of them to the last."""
    days = [day for line in lines for day in grid.read(row.month, line.letters)]
    entry = ledger.declare(
        actor=actor,
        at=at,
        key=None,
        entry=ledger.EntryFacts(
            source_kind=flow.ATTENDANCE.kind,
            source_id=row.pk,
            source_public_id=row.public_id,
            giver_id=row.sender_id,
            receiver_id=row.recipient_id,
            kind=KIND,
            quantity=Decimal(sum(line.counted for line in lines)),
            day=min(days),
            day_to=max(days),
            people=((person, "lead", None),),
            note=row.number,
            late=True,  # a seal may come when the month is closed; the ledger itself says whether it was late
            acknowledged_by=host,
        ),
    )
    return int(entry.pk)


def _host(row: Attendance) -> Actor | ledger.OnPaper:
    """Return who gave the receiving institution's seal, or on which paper it stands, as the ledger asks after them."""
    person = network.person_of(row.confirmed_by_id or 0)
    side = row.recipient_id if row.signatory_id is None else row.sender_id
    who = Actor(row.confirmed_by_id or 0, side, Role.OFFICE, person.id if person else None)
    return who if row.signatory_id is None else ledger.OnPaper(who, row.signatory_id, row.number)
