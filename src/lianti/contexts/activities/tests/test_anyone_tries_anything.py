"""Anyone tries anything with activities; entries and activity never part."""

from decimal import Decimal
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from lianti.contexts.activities import services
from lianti.contexts.activities.models import Activity, ActivityReceiver, ActivityTransition
from lianti.contexts.activities.states import ACTIVITY, ActivityState
from lianti.contexts.activities.tests.builders import facts
from lianti.contexts.ledger import services as ledger
from lianti.contexts.ledger.models import Entry
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Refused
from lianti.lib.roles import Role
from tests.cast import AT, Cast
from tests.machines import Undone, run, unexplained

CHANGES: tuple[dict[str, Any], ...] = (
    {"quantity": Decimal(2)},
    {"kind": "teaching_round", "extra": {}},
    {"note": "补充"},
    {"quantity": Decimal("0.5"), "title": "讲座"},
)


class Deeds(Undone):
    cast: ClassVar[Cast]
    actors: ClassVar[list[Actor]]
    deeds: list[str]

    @initialize()
    def begin(self) -> None:
        self.deeds = []

    @rule(data=st.data())
    def record(self, data: st.DataObject) -> None:
        actor = data.draw(st.sampled_from(self.actors))
        try:
            with scope.acting(actor):
                made = services.record(actor=actor, at=AT, key=None, activity=facts(self.cast))
        except Refused:
            assert actor.tenant_id == self.cast.stranger.id or actor.role in (
                Role.ADMINISTRATOR,
                Role.AUDITOR,
                Role.HEALTH_AUTHORITY,
            )
        else:
            assert actor.tenant_id in (self.cast.county.id, self.cast.supporting.id)
            self.deeds.append(made.public_id)

    @rule(change=st.sampled_from(CHANGES), data=st.data())
    def edit(self, change: dict[str, Any], data: st.DataObject) -> None:
        actor = data.draw(st.sampled_from(self.actors))
        self._try(
            actor,
            data,
            lambda ident: services.edit(
                actor=actor, at=AT, key=None, activity_id=ident, activity=facts(self.cast, **change)
            ),
        )

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        actor = data.draw(st.sampled_from(self.actors))
        self._try(
            actor, data, lambda ident: services.withdraw(actor=actor, at=AT, key=None, activity_id=ident, note="记错")
        )

    @rule(data=st.data())
    def verify(self, data: st.DataObject) -> None:
        actor = data.draw(st.sampled_from(self.actors))
        with scope.system():
            entries = list(Entry.objects.order_by("id").values_list("public_id", flat=True))
        if not entries:
            return
        ident = data.draw(st.sampled_from(entries))
        try:
            with scope.acting(actor):
                ledger.verify(actor=actor, at=AT, key=None, entry_id=ident)
        except Refused:
            return

    def _try(self, actor: Actor, data: st.DataObject, do: Any) -> None:
        if not self.deeds:
            return
        ident = data.draw(st.sampled_from(self.deeds))
        with scope.system():
            before = Activity.objects.get(public_id=ident)
        try:
            with scope.acting(actor):
                do(ident)
        except Refused:
            with scope.system():
                after = Activity.objects.get(pk=before.pk)
            assert (after.state, after.version, after.quantity) == (before.state, before.version, before.quantity)
        else:
            desk = actor.role in (Role.OFFICE, Role.COORDINATOR)
            assert actor.tenant_id == before.tenant_id
            assert desk or actor.principal_id == before.created_by_id

    @invariant()
    def records_explain_the_state(self) -> None:
        with scope.system():
            for deed in Activity.objects.all():
                moves = list(ActivityTransition.objects.filter(record=deed).order_by("id"))
                assert not unexplained(ACTIVITY, moves, deed.state)

    @invariant()
    def entries_say_what_the_activity_says(self) -> None:
        with scope.system():
            for deed in Activity.objects.all():
                entries = {e.pk: e for e in Entry.objects.filter(source_id=deed.pk)}
                held = ActivityReceiver.objects.filter(activity=deed).values_list("entry_id", flat=True)
                current = {pk for pk in held if pk is not None}
                for pk, entry in entries.items():
                    if pk not in current or deed.state == ActivityState.WITHDRAWN:
                        assert entry.state == "withdrawn"
                    else:
                        assert (entry.kind, entry.declared) == (deed.kind, deed.quantity)


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.turns
def test_anyone_tries_anything(cast: Cast) -> None:
    houses = (cast.county, cast.supporting, cast.stranger)
    actors = [house.actor(role) for house in houses for role in Role if role not in (Role.LINK, Role.SYSTEM)]
    actors.append(cast.posted_expert)
    # Those who may do most come up oftener, so that runs get far.
    actors += [cast.county.coordinator, cast.supporting.office, cast.county.office] * 8
    run(type("Bound", (Deeds,), {"cast": cast, "actors": actors}))
