"""Anyone tries anything with batches and postings; days, groups and the ledger follow the states after every move."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.models import Batch, BatchTransition, Leave, Posting, PostingTransition
from lianti.contexts.dispatch.states import BATCH, POSTING, BatchState, PostingState
from lianti.contexts.ledger.models import Entry
from lianti.contexts.network.models import GroupMember, Relation
from lianti.kernel import scope
from lianti.kernel.models import WorkItem
from lianti.lib.actor import Actor
from lianti.lib.errors import Refused
from lianti.lib.roles import Role
from tests.cast import AT, Cast, House, a_hospital, a_person, a_relation
from tests.machines import Undone, run, unexplained

# Restated on purpose: side and roles of every move, independent of the rules under test.
SENDER, RECIPIENT = "sender", "recipient"
DESKS = {Role.OFFICE, Role.COORDINATOR}
HEADS = DESKS | {Role.LEADER, Role.DEPARTMENT_HEAD}
OF_SENDER = {(SENDER, role) for role in DESKS}
HOSTS = {(RECIPIENT, role) for role in HEADS}
EITHER = HOSTS | {(SENDER, role) for role in HEADS}
BATCH_MAY = {
    **dict.fromkeys(("edit", "check", "decide", "publicise", "order", "close", "withdraw"), OF_SENDER),
    "name_people": {(SENDER, role) for role in HEADS},
    "receive": HOSTS,
}
POSTING_MAY = {
    **dict.fromkeys(("drop", "adjust", "extend", "recall", "replace"), OF_SENDER),
    **dict.fromkeys(("take_leave", "return_from_leave", "finish"), EITHER),
    "edit": {(SENDER, role) for role in HEADS},
    "consent": {(RECIPIENT, role) for role in DESKS | {Role.LEADER}},
    "report_in": HOSTS,
}
FIRST, LAST, TODAY = date(2026, 2, 1), date(2026, 6, 30), date(2026, 3, 10)
HERE = {PostingState.ON_DUTY, PostingState.ON_LEAVE}
OPEN = HERE | {PostingState.NOMINATED, PostingState.ORDERED}
GONE = {PostingState.FINISHED, PostingState.RECALLED, PostingState.REPLACED}
NAMES = st.sampled_from
past = st.integers(0, 37).map(lambda n: FIRST + timedelta(days=n))
ahead = st.sampled_from([date(2026, 5, 31), LAST, date(2026, 9, 30)])


class Sent(Undone):
    cast: ClassVar[Cast]
    actors: ClassVar[list[Actor]]
    people: ClassVar[list[int]]
    relation: ClassVar[Relation]
    recipients: ClassVar[list[int]]

    @initialize(kinds=st.lists(NAMES(["long", "rounds"]), min_size=2, max_size=2))
    def begin(self, kinds: list[str]) -> None:
        """Two batches that are planned, one of them sent."""
        office = self.cast.supporting.office
        for number, kind in enumerate(kinds):
            batch = self.planned(office, kind)
            places = self.recipients if kind == "rounds" else self.recipients[:1]
            named = [services.Nominee(self.people[2 * number], place) for place in places]
            self.as_(office, "name_people", batch_id=batch.public_id, people=named)
        self.as_(office, "order", batch_id=batch.public_id, letter=services.LetterFacts("函1号", FIRST))

    def planned(self, actor: Actor, kind: str) -> Batch:
        facts = services.BatchFacts(f"{kind}批", self.relation.pk, kind, FIRST, LAST)
        made: Batch = self.as_(actor, "plan", batch=facts)
        return made

    def as_(self, actor: Actor, verb: str, **given: Any) -> Any:
        with scope.acting(actor):
            return getattr(services, verb)(actor=actor, at=AT, key=None, **given)

    def side(self, actor: Actor, row: Any) -> str:
        if actor.tenant_id == row.sender_id:
            return SENDER
        if isinstance(row, Batch):
            known = Posting.objects.filter(batch=row.pk).exclude(state__in=("nominated", "dropped"))
            return RECIPIENT if known.filter(recipient=actor.tenant_id).exists() else "none"
        return RECIPIENT if actor.tenant_id == row.recipient_id else "none"

    def nominee(self, data: st.DataObject) -> services.Nominee:
        duty = data.draw(NAMES(["", "", "", "head"]))
        return services.Nominee(data.draw(NAMES(self.people)), data.draw(NAMES(self.recipients)), duty)

    @rule(data=st.data(), kind=NAMES(["long", "rounds"]))
    def plan(self, data: st.DataObject, kind: str) -> None:
        actor = data.draw(NAMES(self.actors))
        party = actor.tenant_id in {self.cast.supporting.id, *self.recipients}
        try:
            self.planned(actor, kind)
        except Refused:
            assert not (party and actor.role in DESKS)
        else:
            assert party
            assert actor.role in DESKS

    @rule(name=NAMES(["receive", "order", "name_people", *sorted(BATCH_MAY)]), data=st.data())
    def move_a_batch(self, name: str, data: st.DataObject) -> None:
        with scope.system():
            row = data.draw(NAMES(list(Batch.objects.order_by("pk"))))
        known: dict[str, dict[str, Any]] = {
            "check": {"note": "原因"},
            "decide": {"minutes_number": "纪要1号"},
            "edit": {"batch": services.BatchFacts("改名", self.relation.pk, row.kind, FIRST, LAST)},
            "name_people": {"people": [self.nominee(data) for _ in range(data.draw(st.integers(1, 2)))]},
            "order": {"letter": services.LetterFacts("函2号", FIRST), "note": "原因"},
            "publicise": {"public_from": FIRST, "public_to": FIRST},
            "receive": {"arrived": data.draw(past), "absent": [one.public_id for one in self.some(data, row)]},
            "withdraw": {"note": "原因"},
        }
        given = {"batch_id": row.public_id, **known.get(name, {})}
        verb = "edit_batch" if name == "edit" else name
        self.tried(data, row, verb, given, BATCH_MAY[name], BATCH.find(name, row.state) is not None)

    def some(self, data: st.DataObject, batch: Batch) -> list[Posting]:
        with scope.system():
            rows = list(Posting.objects.filter(batch=batch.pk).order_by("pk"))
        return data.draw(st.lists(NAMES(rows), max_size=1)) if rows else []

    @rule(name=NAMES(["report_in", "finish", "replace", *sorted(POSTING_MAY)]), data=st.data())
    def move_a_posting(self, name: str, data: st.DataObject) -> None:
        with scope.system():
            row = data.draw(NAMES(list(Posting.objects.order_by("pk"))))
        given = {"posting_id": row.public_id, **self.typed(name, row, data)}
        self.tried(data, row, name, given, POSTING_MAY[name], POSTING.find(name, row.state) is not None)

    def typed(self, name: str, row: Posting, data: st.DataObject) -> dict[str, Any]:
        """Return what the form of a move would hold."""
        day, until = data.draw(past), data.draw(ahead)
        to, duty = data.draw(NAMES(self.recipients)), data.draw(NAMES(["", "head"]))
        successor = services.Successor(data.draw(NAMES(self.people)), day + timedelta(days=1), "函3号")
        nominee = services.Nominee(row.person_id, to, duty, from_date=FIRST, to_date=until)
        known: dict[str, dict[str, Any]] = {
            "adjust": {"from_date": FIRST, "to_date": until, "letter_number": "函4号"},
            "drop": {"note": "原因"},
            "edit": {"nominee": nominee},
            "extend": {"to_date": until},
            "finish": {"left": day},
            "recall": {"left": day, "note": "原因"},
            "replace": {"left": day, "successor": successor},
            "report_in": {"arrived": day},
            "return_from_leave": {"back": day},
            "take_leave": {"leave": services.LeaveFacts("personal", day, day + timedelta(days=3))},
        }
        return known.get(name, {})

    def tried(self, data: st.DataObject, row: Any, verb: str, given: Any, may: Any, known: bool) -> None:
        actor = data.draw(NAMES(self.actors))
        with scope.system():
            side = self.side(actor, row)
        try:
            self.as_(actor, verb, **given)
        except Refused:
            with scope.system():
                after = type(row)._default_manager.get(pk=row.pk)
            assert (after.state, after.version) == (row.state, row.version)
        else:
            assert (side, actor.role) in may, f"{actor.role} of the {side} may not {verb}"
            assert known, f"the table knows no {verb} from {row.state}"

    @invariant()
    def records_explain_the_state(self) -> None:
        with scope.system():
            for spec, table, moves in ((BATCH, Batch, BatchTransition), (POSTING, Posting, PostingTransition)):
                for row in table.objects.all():
                    assert not unexplained(spec, list(moves.objects.filter(record=row).order_by("id")), row.state)

    @invariant()
    def nobody_lives_in_two_places(self) -> None:
        with scope.system():
            spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
            stays: dict[int, list[tuple[date, date]]] = defaultdict(list)
            for row in Posting.objects.all():
                if row.kind == "long" and row.state in OPEN:
                    spans[row.person_id].append((row.from_date, row.to_date))
                if row.arrived:
                    stays[row.person_id].append((row.arrived, row.left or date.max))
        for one in (*spans.values(), *stays.values()):
            assert all(before[1] < after[0] for before, after in pairwise(sorted(one))), f"at once: {sorted(one)}"

    @invariant()
    def on_duty_is_arrived_and_not_left(self) -> None:
        with scope.system():
            for row in Posting.objects.all():
                assert (row.state in HERE) == (row.arrived is not None and row.left is None)
                assert (row.left is not None) == (row.state in GONE | {PostingState.HANDED_OVER})
                away = Leave.objects.filter(posting=row.pk, back=None)
                assert row.state not in HERE or away.exists() == (row.state == PostingState.ON_LEAVE)

    @invariant()
    def who_reported_in_is_one_person_of_the_ledger(self) -> None:
        with scope.system():
            entries = Entry.objects.filter(kind="posting")
            reported = Posting.objects.exclude(arrived=None)
            told = {(row.entry_id, row.pk, row.arrived, row.sender_id, row.recipient_id) for row in reported}
            assert told == {(e.pk, e.source_id, e.day, e.giver_id, e.receiver_id) for e in entries}
            assert {(e.source_kind, e.quantity) for e in entries} <= {("dispatch.posting", 1)}

    @invariant()
    def a_batch_is_a_group_from_the_letter_until_each_leaves(self) -> None:
        with scope.system():
            for batch in Batch.objects.all():
                rows = Posting.objects.filter(batch=batch.pk)
                going = {row.person_id for row in rows if row.state in HERE | {PostingState.ORDERED}}
                sent = {row.person_id for row in rows if row.ordered_by_id is not None}
                members = GroupMember.objects.filter(group=batch.group_id)
                assert set(members.values_list("person", flat=True)) == sent
                assert set(members.filter(to_date=None).values_list("person", flat=True)) == going
                assert (batch.state == BatchState.CLOSED) <= (not going)

    @invariant()
    def a_recipient_waits_for_whom_it_expects(self) -> None:
        with scope.system():
            waiting = WorkItem.objects.filter(kind="dispatch.batch", verb="dispatch.receive", closed_at=None)
            expected = Posting.objects.filter(state=PostingState.ORDERED).values_list("batch", "recipient")
            assert set(waiting.values_list("record_pk", "tenant")) == set(expected)


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.turns
def test_anyone_tries_anything(cast: Cast) -> None:
    other = House(a_hospital("远山县人民医院"))
    relation = a_relation(cast.supporting.institution, [cast.county.institution, other.institution])
    with scope.system():
        people = [a_person(employer=cast.supporting.institution).pk for _ in range(4)]
    houses = (cast.county, cast.supporting, other, cast.stranger)
    actors = [house.actor(role) for house in houses for role in Role if role not in (Role.LINK, Role.SYSTEM)]
    # Those who may do most come up oftener, so that runs get far.
    actors += [cast.county.coordinator, other.coordinator, cast.supporting.office, cast.supporting.office] * 12
    known = {"cast": cast, "actors": actors, "people": people, "relation": relation}
    run(type("Bound", (Sent,), known | {"recipients": [cast.county.id, other.id]}))
