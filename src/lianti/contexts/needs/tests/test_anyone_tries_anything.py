"""Anyone tries anything with needs; the transition records explain every state, and the ledger follows."""

from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from lianti.contexts.ledger.models import Account
from lianti.contexts.needs import services
from lianti.contexts.needs.models import Need, NeedTransition
from lianti.contexts.needs.states import NEED, NeedState
from lianti.contexts.needs.tests.builders import a_plan, facts
from lianti.kernel import scope
from lianti.kernel.models import WorkItem
from lianti.lib.actor import Actor
from lianti.lib.errors import Refused
from lianti.lib.roles import Role
from tests.cast import AT, Cast
from tests.machines import Undone, run, unexplained

# Restated on purpose: side and roles of every move, independent of the rules under test.
STATER, ADDRESSED = "stater", "addressed"
MAY = {
    "state": {(STATER, r) for r in (Role.OFFICE, Role.COORDINATOR, Role.LEADER)} | {(ADDRESSED, Role.OFFICE)},
    "accept": {(ADDRESSED, Role.OFFICE), (ADDRESSED, Role.LEADER)},
    "return": {(ADDRESSED, Role.OFFICE), (ADDRESSED, Role.LEADER)},
    "decline": {(ADDRESSED, Role.OFFICE), (ADDRESSED, Role.LEADER)},
    "answer": {(ADDRESSED, Role.OFFICE), (ADDRESSED, Role.LEADER)},
    "close": {(STATER, r) for r in (Role.OFFICE, Role.COORDINATOR, Role.LEADER)},
}
for name in ("restate", "correct", "withdraw"):
    MAY[name] = MAY["close"] | {(ADDRESSED, Role.OFFICE)}
WAITS = {
    NeedState.STATED: {ADDRESSED},
    NeedState.ACCEPTED: {ADDRESSED},
    NeedState.RETURNED: {STATER, ADDRESSED},
    NeedState.ANSWERED: {STATER},
}


def attempt(cast: Cast, actor: Actor, name: str, need: str) -> None:
    given = {"actor": actor, "at": AT, "key": None, "need_id": need}
    with scope.acting(actor):
        if name in ("restate", "correct"):
            getattr(services, name)(**given, need=facts(cast, text="补充后的需求"))
        elif name == "answer":
            services.answer(**given, plan=a_plan())
        elif name in ("return", "decline", "withdraw"):
            getattr(services, "return_" if name == "return" else name)(**given, note="原因")
        else:
            getattr(services, name)(**given)


class Needs(Undone):
    cast: ClassVar[Cast]
    actors: ClassVar[list[Actor]]
    side: ClassVar[dict[int, str]]
    needs: list[str]

    @initialize()
    def begin(self) -> None:
        self.needs = []

    @rule(data=st.data())
    def state(self, data: st.DataObject) -> None:
        actor = data.draw(st.sampled_from(self.actors))
        may = (self.side[actor.tenant_id], actor.role) in MAY["state"]
        try:
            with scope.acting(actor):
                made = services.state(actor=actor, at=AT, key=None, need=facts(self.cast))
        except Refused:
            assert not may
        else:
            assert may
            self.needs.append(made.public_id)

    @rule(name=st.sampled_from(sorted(set(MAY) - {"state"})), data=st.data())
    def move(self, name: str, data: st.DataObject) -> None:
        actor = data.draw(st.sampled_from(self.actors))
        if not self.needs:
            return
        ident = data.draw(st.sampled_from(self.needs))
        with scope.system():
            before = Need.objects.get(public_id=ident)
        try:
            attempt(self.cast, actor, name, ident)
        except Refused:
            with scope.system():
                after = Need.objects.get(public_id=ident)
            assert (after.state, after.version, after.text) == (before.state, before.version, before.text)
        else:
            assert (self.side[actor.tenant_id], actor.role) in MAY[name]
            assert NEED.find(name, before.state) is not None

    @invariant()
    def records_explain_the_state(self) -> None:
        with scope.system():
            for need in Need.objects.all():
                moves = list(NeedTransition.objects.filter(record=need).order_by("id"))
                assert not unexplained(NEED, moves, need.state)
                accepted = any(move.name == "accept" for move in moves)
                accounts = list(Account.objects.filter(source_kind="needs.need", source_id=need.pk))
                assert [a.pk for a in accounts] == ([need.account_id] if accepted else [])
                for account in accounts:
                    assert (account.state == "closed") == (need.state == NeedState.CLOSED)

    @invariant()
    def somebody_has_the_turn_until_the_end(self) -> None:
        with scope.system():
            for need in Need.objects.all():
                items = WorkItem.objects.filter(kind="needs.need", record_pk=need.pk, closed_at__isnull=True)
                turns = {self.side[item.tenant_id] for item in items}
                assert bool(turns) == (need.state in WAITS)
                assert turns <= WAITS.get(NeedState(need.state), set())


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.turns
def test_anyone_tries_anything(cast: Cast) -> None:
    houses = (cast.county, cast.supporting, cast.stranger)
    actors = [house.actor(role) for house in houses for role in Role if role not in (Role.LINK, Role.SYSTEM)]
    # Those who may do most come up oftener, so that runs get far.
    actors += [cast.county.coordinator, cast.supporting.office, cast.county.office] * 8
    side = {cast.county.id: STATER, cast.supporting.id: ADDRESSED, cast.stranger.id: "none"}
    run(type("Bound", (Needs,), {"cast": cast, "actors": actors, "side": side}))
