"""What is always true, whatever anyone tries in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from lianti.contexts.ledger import queries, services
from lianti.contexts.ledger.models import Account, Booking, Closing, Entry, EntryPerson, EntryTransition
from lianti.contexts.ledger.states import ENTRY
from lianti.contexts.ledger.tests.recount import sums_are_kept
from lianti.contexts.ledger.tests.stage import PEOPLE, Stage
from lianti.kernel import scope
from lianti.kernel.workflow.spec import SAME
from lianti.lib.errors import Refused

ANYONE = st.sampled_from(sorted(PEOPLE))
QUANTITY = st.decimals(Decimal("0.01"), Decimal(30), places=2)
SIDES = st.sampled_from(["P>K", "P>L", "K>P"])
KIND = st.sampled_from(["lecture", "operation", "outpatient"])
DAYS = st.integers(0, 45)


class Ledger(RuleBasedStateMachine):
    """Anyone tries anything; what is refused changes nothing, what is done adds up."""

    entries: Bundle[int] = Bundle("entries")
    accounts: Bundle[int] = Bundle("accounts")

    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage.make()
        self.stage.today = date(2026, 3, 2)

    def attempt(self, act: Callable[[], Any]) -> Any:
        before = _fingerprint()
        try:
            return act()
        except Refused:
            assert _fingerprint() == before
            return None

    @rule(target=accounts, sides=SIDES, kinds=st.sets(KIND, max_size=2), start=st.none() | DAYS, amount=st.booleans())
    def open(self, sides: str, kinds: set[str], start: int | None, amount: bool) -> int:
        facts: dict[str, Any] = {"from_date": None if start is None else self.stage.today - timedelta(days=start)}
        if amount:
            facts |= {"unit": "session", "amount": Decimal(6), "period": "month"}
        return int(self.stage.account(sides, " ".join(kinds), **facts).pk)

    @rule(account=accounts, start=st.none() | DAYS)
    def redate(self, account: int, start: int | None) -> None:
        day = None if start is None else self.stage.today - timedelta(days=start)
        self.attempt(
            lambda: services.redate_account(
                actor=self.stage.office, at=self.stage.at, key=None, account_id=account, from_date=day, to_date=None
            )
        )

    @rule(account=accounts)
    def close(self, account: int) -> None:
        self.attempt(
            lambda: services.close_account(actor=self.stage.office, at=self.stage.at, key=None, account_id=account)
        )

    @rule(
        target=entries,
        who=ANYONE,
        whose=ANYONE,
        sides=SIDES,
        kind=KIND,
        quantity=QUANTITY,
        ago=DAYS,
        late=st.booleans(),
    )
    def declare(self, who: str, whose: str, sides: str, kind: str, quantity: Decimal, ago: int, late: bool) -> int:
        people = [(self.stage.person(whose), "lead", None)]
        day = self.stage.today - timedelta(days=ago)
        made = self.attempt(
            lambda: self.stage.declare(sides, kind, quantity, by=who, day=day, people=people, late=late)
        )
        return 0 if made is None else int(made.pk)

    @rule(
        entry=entries,
        who=ANYONE,
        verb=st.sampled_from(["verify", "return_", "withdraw", "lower", "redeclare", "object_", "settle", "refer"]),
        quantity=QUANTITY,
    )
    def move(self, entry: int, who: str, verb: str, quantity: Decimal) -> None:
        told: dict[str, Any] = {"actor": getattr(self.stage, who), "at": self.stage.at, "key": None, "entry_id": entry}
        if verb in {"lower", "redeclare", "settle"}:
            told["quantity"] = quantity
        if verb in {"return_", "lower", "object_", "settle"}:
            told["note"] = "原因"
        self.attempt(lambda: getattr(services, verb)(**told))

    @rule(target=entries, entry=entries, who=ANYONE, difference=st.decimals(-20, 20, places=2))
    def correct(self, entry: int, who: str, difference: Decimal) -> int:
        made = self.attempt(
            lambda: services.correct(
                actor=getattr(self.stage, who),
                at=self.stage.at,
                key=None,
                entry_id=entry,
                difference=difference,
                note="更正",
            )
        )
        return 0 if made is None else int(made.pk)

    @rule(entry=entries, account=accounts, who=ANYONE)
    def name(self, entry: int, account: int, who: str) -> None:
        told: dict[str, Any] = {"actor": getattr(self.stage, who), "at": self.stage.at, "key": None}
        self.attempt(lambda: services.name_account(**told, entry_id=entry, account_id=account))

    @rule(entry=entries, who=st.sampled_from(["office", "desk", "keeper"]), found=st.none() | st.integers(0, 20))
    def check(self, entry: int, who: str, found: int | None) -> None:
        told: dict[str, Any] = {"actor": getattr(self.stage, who), "at": self.stage.at, "key": None}

        def act() -> None:
            with transaction.atomic():
                drawn = services.spot_draw_entry(**told, entry_id=entry)
                services.spot_judge(
                    **told, check_id=drawn.pk, found=None if found is None else Decimal(found), note="抽查"
                )

        self.attempt(act)

    @rule(who=st.sampled_from(["office", "coordinator", "keeper"]), sides=SIDES, ago=st.integers(1, 2))
    def reopen_month(self, who: str, sides: str, ago: int) -> None:
        giver, receiver = (self.stage.id(house) for house in sides.split(">"))
        month = (self.stage.today - timedelta(days=30 * ago)).replace(day=1)
        told: dict[str, Any] = {"actor": getattr(self.stage, who), "at": self.stage.at, "key": None, "note": "漏报"}
        self.attempt(lambda: services.reopen_month(**told, giver_id=giver, receiver_id=receiver, month=month))

    @rule(who=st.sampled_from(["office", "coordinator", "keeper"]), sides=SIDES, ago=st.integers(1, 2))
    def close_month(self, who: str, sides: str, ago: int) -> None:
        giver, receiver = (self.stage.id(house) for house in sides.split(">"))
        month = (self.stage.today - timedelta(days=30 * ago)).replace(day=1)
        self.attempt(
            lambda: services.close_month(
                actor=getattr(self.stage, who),
                at=self.stage.at,
                key=None,
                giver_id=giver,
                receiver_id=receiver,
                month=month,
            )
        )

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        self.stage.tomorrow(days)

    @invariant()
    def kept_is_recounted_is_replayed(self) -> None:
        sums_are_kept()
        with scope.system():
            assert queries.replayed_entries() == queries.standing_entries()

    @invariant()
    def no_one_verifies_their_own_side(self) -> None:
        with scope.system():
            no_own_side()

    @invariant()
    def moves_explain_states(self) -> None:
        with scope.system():
            every_state_is_explained()

    @invariant()
    def no_entry_counts_twice(self) -> None:
        with scope.system():
            each_entry_once()

    @invariant()
    def what_is_booked_has_the_day_of_its_entry(self) -> None:
        """Lists by relation look it up by that day."""
        with scope.system():
            assert not Booking.objects.exclude(day=F("entry__day")).exists()

    @invariant()
    def corrections_go_with_what_they_correct(self) -> None:
        with scope.system():
            corrections_count_where_the_old_entry_does()

    @invariant()
    def nothing_falls_below_zero(self) -> None:
        with scope.system():
            never_below_zero()


def each_entry_once() -> None:
    """A total over all accounts holds every posted entry once."""
    accounts = list(Account.objects.values_list("pk", flat=True))
    held = Booking.objects.filter(account__in=accounts, entry__state__in=["declared", "counted", "objected", "settled"])
    entries = set(held.values_list("entry_id", flat=True))
    assert sum(total.entries for total in queries.totals(accounts).values()) == len(entries)


def corrections_count_where_the_old_entry_does() -> None:
    """A correction stands in the accounts of the entry that it corrects, at its level unless a month is closed."""
    for correction in (
        Entry.objects.filter(corrects__isnull=False).exclude(state="withdrawn").select_related("corrects")
    ):
        of_old, of_new = (
            dict(Booking.objects.filter(entry=one).values_list("account_id", "named"))
            for one in (correction.corrects_id, correction.pk)
        )
        assert of_new == of_old
        assert correction.corrects is not None
        assert correction.level <= correction.corrects.level
        if correction.level and not Closing.objects.exists():
            assert correction.level == correction.corrects.level


def never_below_zero() -> None:
    """No entry falls below zero by its verified corrections."""
    for entry in Entry.objects.filter(corrects__isnull=True, state__in=["counted", "settled"]):
        counted = Entry.objects.filter(corrects=entry, level__gt=0).values_list("quantity", flat=True)
        assert entry.quantity + sum(counted, Decimal(0)) >= 0


def _fingerprint() -> object:
    with scope.system():
        rows = Entry.objects.order_by("id").values_list("id", "state", "level", "quantity", "version", "count_day")
        return list(rows), Booking.objects.count(), queries.kept_sums()


def no_own_side() -> None:
    """Nobody who made an entry rise declared it, is among its people or works for its giver."""
    rising = EntryTransition.objects.filter(name__in=["verify", "lower", "acknowledge"]).select_related("record")
    for step in rising:
        entry = step.record
        assert step.tenant_id == entry.receiver_id
        assert step.principal_id != entry.created_by_id
        people = EntryPerson.objects.filter(entry=entry, person__principal=step.principal_id)
        assert not people.exists()


def every_state_is_explained() -> None:
    """The moves of every entry lead through the table to the state it is in."""
    for entry in Entry.objects.all():
        state = ""
        for step in EntryTransition.objects.filter(record=entry).order_by("id"):
            transition = ENTRY.find(step.name, state)
            assert transition is not None
            state = state if transition.target == SAME else str(transition.target)
        assert state == entry.state


@pytest.mark.django_db
class TestLedger(TestCase):
    @pytest.mark.turns
    def test_anyone_tries_anything(self) -> None:
        budget = settings(
            max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        )
        run_state_machine_as_test(_with_rollback(), settings=budget)


def _with_rollback() -> type[RuleBasedStateMachine]:
    """Give the machine a savepoint of its own for every run."""

    class Rolled(Ledger):
        def __init__(self) -> None:
            self.point = transaction.savepoint()
            super().__init__()

        def teardown(self) -> None:
            transaction.savepoint_rollback(self.point)

    return Rolled


def test_order_of_moves_changes_no_sum(stage: Stage) -> None:
    """Two entries, moved in both orders, leave the same sums."""
    stage.account("P>K", "lecture")
    kept = []
    for order in ([0, 1], [1, 0]):
        pair = [stage.declare(quantity=n, day=date(2026, 3, 2)) for n in (2, 3)]
        acts = [lambda p=pair: stage.verify(p[0]), lambda p=pair: stage.verify(p[1])]
        for index in order:
            acts[index]()
        with scope.system():
            kept.append({key: row for key, row in queries.kept_sums().items() if key[-1] == 2})
    first, second = kept
    assert {key: (2 * q, 2 * n) for key, (q, n) in first.items()} == second


def test_posted_doctor_of_the_giver_cannot_verify_for_the_receiver(stage: Stage) -> None:
    """Whoever is employed by the giver stays on the giver's side, whatever institution they act for."""
    entry = stage.declare(by="second")
    posted = replace(stage.head, person_id=stage.expert.person_id)
    with scope.acting(posted), pytest.raises(Refused):
        services.verify(actor=posted, at=stage.at, key=None, entry_id=entry.pk)
