"""Anyone tries anything with months and leave; sealed days, the ledger and a recount day by day agree throughout."""

import contextlib
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.models import (
    Attendance,
    AttendanceLine,
    AttendanceTransition,
    Leave,
    LeaveSlip,
    LeaveSlipTransition,
    Posting,
)
from lianti.contexts.dispatch.queries import months
from lianti.contexts.dispatch.states import ATTENDANCE, SLIP, PostingState, SlipState
from lianti.contexts.dispatch.tests.builders import a_batch, named, received, sent
from lianti.contexts.ledger.models import Entry
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Refused
from lianti.lib.roles import Role
from tests.cast import Cast
from tests.machines import Undone, run, unexplained

# Restated on purpose: side and roles of every move, independent of the rules under test.
SENDER, RECIPIENT = "sender", "recipient"
DESKS = {Role.OFFICE, Role.COORDINATOR}
HEADS = DESKS | {Role.LEADER, Role.DEPARTMENT_HEAD}
HERE = {(RECIPIENT, role) for role in HEADS}
EITHER = HERE | {(SENDER, role) for role in HEADS}
MONTH_MAY = {
    **dict.fromkeys(("mark_many", "submit", "supplement", "drop_sheet"), HERE),
    "confirm": {(RECIPIENT, role) for role in DESKS},
    "seal": {(SENDER, role) for role in DESKS},
    "send_back": {(side, role) for side in (SENDER, RECIPIENT) for role in DESKS},
}
SLIP_MAY = {
    "approve": HERE,
    "agree": {(RECIPIENT, role) for role in DESKS},
    "approve_too": {(SENDER, role) for role in DESKS},
    **dict.fromkeys(("refuse", "withdraw_slip", "come_back"), EITHER),
}
APRIL, TODAY = date(2026, 4, 1), date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 2, tzinfo=UTC)
NAMES = st.sampled_from
in_april = st.integers(0, 29).map(lambda n: APRIL + timedelta(days=n))
marks = st.sampled_from(["present", "night", "rest", "absent", "called_home", ""])
FROM_HERE = {"mark_many": "mark"}


class Kept(Undone):
    cast: ClassVar[Cast]
    actors: ClassVar[list[Actor]]

    @initialize(second=st.booleans())
    def begin(self, second: bool) -> None:
        """Two people on duty since March, and April's sheet."""
        batch = a_batch(self.cast)
        named(self.cast, batch, 2 if second else 1)
        sent(self.cast, batch)
        received(self.cast, batch)
        pair = {"sender_id": self.cast.supporting.id, "recipient_id": self.cast.county.id}
        self.as_(self.cast.county.coordinator, services.attendance.begin_month, month=APRIL, **pair)

    def as_(self, actor: Actor, service: Any, **given: Any) -> Any:
        with scope.acting(actor):
            return service(actor=actor, at=NOW, key=None, **given)

    def postings(self) -> list[Posting]:
        with scope.system():
            return list(Posting.objects.order_by("pk"))

    def side(self, actor: Actor) -> str:
        sides = {self.cast.supporting.id: SENDER, self.cast.county.id: RECIPIENT}
        return sides.get(actor.tenant_id, "none")

    @rule(name=NAMES(["mark_many", "mark_many", "submit", "confirm", "seal", *sorted(MONTH_MAY)]), data=st.data())
    def move_a_month(self, name: str, data: st.DataObject) -> None:
        with scope.system():
            row = data.draw(NAMES(list(Attendance.objects.order_by("pk"))))
        given: dict[str, Any] = {"month_id": row.public_id}
        if name == "mark_many":
            one = data.draw(NAMES(self.postings()))
            days = data.draw(st.lists(in_april, min_size=1, max_size=3, unique=True))
            given["marks"] = [(one.public_id, day, data.draw(marks), "", "核实后更改") for day in days]
            given["source"] = data.draw(NAMES(["typed", "imported"]))
        if name in ("send_back", "drop_sheet"):
            given["note"] = "原因"
        known = ATTENDANCE.find(FROM_HERE.get(name, name), row.state) is not None or name == "supplement"
        self.tried(data, row, getattr(services.attendance, name), given, MONTH_MAY[name], known)

    @rule(data=st.data(), steps=st.integers(1, 6))
    def go_on(self, data: st.DataObject, steps: int) -> None:
        """Those whose turn it is do what is next, so that runs get as far as a supplement to a supplement."""
        service, county, sender = services.attendance, self.cast.county.coordinator, self.cast.supporting.office
        for _ in range(steps):
            with scope.system():
                row = Attendance.objects.exclude(state="dropped").order_by("-pk")[0]
            by: dict[str, Any] = {"month_id": row.public_id}
            day, one = data.draw(in_april), data.draw(NAMES(self.postings()))
            if row.state == "open":
                marked = (one.public_id, day, data.draw(NAMES(["night", "absent", "rest"])), "", "核实后更改")
                self.as_(county, service.mark_many, **by, marks=[marked])
                with contextlib.suppress(Refused):  # what is marked may be what stood there anyhow
                    self.as_(county, service.submit, **by)
            elif row.state == "submitted":
                self.as_(county, service.confirm, **by)
            elif row.state == "confirmed":
                self.as_(sender, service.seal, **by)
            else:
                self.as_(county, service.supplement, **by)

    @rule(data=st.data(), first=st.integers(0, 6), days=st.integers(1, 5))
    def ask(self, data: st.DataObject, first: int, days: int) -> None:
        actor, row = data.draw(NAMES(self.actors)), data.draw(NAMES(self.postings()))
        begin = TODAY + timedelta(days=first)
        leave = services.LeaveFacts("personal", begin, begin + timedelta(days=days - 1))
        try:
            self.as_(actor, services.leaves.ask, posting_id=row.public_id, leave=leave)
        except Refused:
            return
        assert (self.side(actor), actor.role) in EITHER

    @rule(name=NAMES(sorted(SLIP_MAY)), data=st.data())
    def move_a_slip(self, name: str, data: st.DataObject) -> None:
        with scope.system():
            rows = list(LeaveSlip.objects.order_by("pk"))
        if not rows:
            return
        row = data.draw(NAMES(rows))
        given: dict[str, Any] = {"slip_id": row.public_id}
        if name == "refuse":
            given["note"] = "原因"
        if name == "come_back":
            given["back"] = TODAY
        self.tried(
            data, row, getattr(services.leaves, name), given, SLIP_MAY[name], SLIP.find(name, row.state) is not None
        )

    @rule(first=st.integers(0, 25), days=st.integers(1, 4), data=st.data())
    def leave_that_was(self, first: int, days: int, data: st.DataObject) -> None:
        """Leave of April is noted late, and ended."""
        row, begin = data.draw(NAMES(self.postings())), APRIL + timedelta(days=first)
        leave = services.LeaveFacts("sick", begin, begin + timedelta(days=days))
        desk = self.cast.county.coordinator
        try:
            self.as_(desk, services.take_leave, posting_id=row.public_id, leave=leave)
        except Refused:
            return
        back = begin + timedelta(days=days)
        self.as_(desk, services.return_from_leave, posting_id=row.public_id, back=back)

    @rule()
    def the_job_comes(self) -> None:
        with scope.system():
            services.leaves.begin_due(actor=Actor(self.cast.county.office.principal_id, 0, Role.SYSTEM), at=NOW)

    def tried(self, data: st.DataObject, row: Any, service: Any, given: Any, may: Any, known: bool) -> None:
        actor = data.draw(NAMES(self.actors))
        try:
            self.as_(actor, service, **given)
        except Refused:
            with scope.system():
                after = type(row)._default_manager.get(pk=row.pk)
            assert (after.state, after.version) == (row.state, row.version)
        else:
            assert (self.side(actor), actor.role) in may, f"{actor.role} of the {self.side(actor)} may not do this"
            assert known, f"the table knows no such move from {row.state}"

    @invariant()
    def records_explain_the_state(self) -> None:
        with scope.system():
            for spec, table, moves in (
                (ATTENDANCE, Attendance, AttendanceTransition),
                (SLIP, LeaveSlip, LeaveSlipTransition),
            ):
                for row in table._default_manager.all():
                    told = list(moves._default_manager.filter(record=row).order_by("id"))
                    assert not unexplained(spec, told, row.state)

    @invariant()
    def nobody_gives_both_seals(self) -> None:
        with scope.system():
            for row in Attendance.objects.exclude(sealed=None):
                assert row.confirmed_by_id != row.sealed_by_id
                assert row.confirmed is not None

    @invariant()
    def the_ledger_holds_what_is_sealed_and_a_recount_finds_the_same(self) -> None:
        """Days of the books = days that the last sealed sheet of each posting counts, letter by letter."""
        with scope.system():
            booked: dict[int, int] = defaultdict(int)
            for entry in Entry.objects.filter(kind="dispatch").exclude(state="withdrawn"):
                (person,) = entry_people(entry)
                booked[person] += int(entry.quantity)
            wanted: dict[int, int] = defaultdict(int)
            last: dict[int, AttendanceLine] = {}
            lines = AttendanceLine.objects.filter(attendance__state="sealed").order_by("attendance", "pk")
            for line in lines.select_related("posting"):
                last[line.posting_id] = line
            for line in last.values():
                counted = sum(letter in "vnlebo" for letter in line.letters)
                assert counted == line.counted
                wanted[line.posting.person_id] += counted
            assert {k: v for k, v in booked.items() if v} == {k: v for k, v in wanted.items() if v}

    @invariant()
    def days_of_a_month_are_those_of_a_walk(self) -> None:
        """What stands in an open month is, day by day, its marks, else its leave, else the calendar."""
        with scope.system():
            for row in Attendance.objects.filter(corrects=None):
                for one in months.months_of(row, TODAY):
                    assert set(one.cells) == {APRIL + timedelta(days=n) for n in range(30)}
                    assert one.sums.counted == sum(one.counts(day, cell.mark) for day, cell in one.cells.items())

    @invariant()
    def away_is_one_open_leave_with_its_slip(self) -> None:
        with scope.system():
            for row in Posting.objects.all():
                away = list(Leave.objects.filter(posting=row.pk, back=None))
                assert (row.state == PostingState.ON_LEAVE) == bool(away)
                begun = LeaveSlip.objects.filter(posting=row.pk, state=SlipState.BEGUN)
                assert [one.leave_id for one in begun] == [one.pk for one in away]


def entry_people(entry: Entry) -> list[int]:
    """Return the people of an entry; of a correction those of what it corrects."""
    from lianti.contexts.ledger.models import EntryPerson

    rows = EntryPerson.objects.filter(entry=entry.corrects_id or entry.pk)
    return sorted({row.person_id for row in rows if row.person_id is not None})


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.turns
def test_anyone_tries_anything(cast: Cast) -> None:
    houses = (cast.county, cast.supporting, cast.stranger)
    actors = [house.actor(role) for house in houses for role in Role if role not in (Role.LINK, Role.SYSTEM)]
    # Those who may do most come up oftener, so that runs get far.
    actors += [cast.county.coordinator, cast.county.office, cast.supporting.office, cast.supporting.coordinator] * 12
    run(type("Bound", (Kept,), {"cast": cast, "actors": actors}))
