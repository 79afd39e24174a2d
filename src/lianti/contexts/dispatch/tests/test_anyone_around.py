"""Anyone tries anything with clinics, check lists, visits, rates and allowance sheets."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from lianti.contexts.dispatch import models, services, states
from lianti.contexts.dispatch.services import ClinicWord
from lianti.contexts.dispatch.tests.builders import START, a_posting
from lianti.contexts.dispatch.tests.caring import LATER, a_care_visit, a_check, a_clinic, a_rate, a_sheet
from lianti.kernel import scope
from lianti.kernel.models import WorkItem
from lianti.lib.actor import Actor
from lianti.lib.errors import Refused
from lianti.lib.roles import Role
from tests.cast import Cast
from tests.machines import Undone, run, unexplained

DESK = {Role.OFFICE, Role.COORDINATOR}
HEADS = DESK | {Role.LEADER, Role.DEPARTMENT_HEAD}
DAY = timedelta(days=1)
KINDS: dict[str, tuple[Any, Any, Any]] = {
    "clinic": (models.Clinic, models.ClinicTransition, states.CLINIC),
    "check": (models.CheckList, models.CheckListTransition, states.CHECK),
    "visit": (models.CareVisit, models.CareVisitTransition, states.VISIT),
    "rate": (models.AllowanceRate, models.AllowanceRateTransition, states.RATE),
    "sheet": (models.AllowanceSheet, models.AllowanceSheetTransition, states.ALLOWANCE),
}
VERBS = {
    "edit_clinic": "clinic",
    "say_day": "clinic",
    "end_clinic": "clinic",
    "tick": "check",
    "add_item": "check",
    "settle_visit": "visit",
    "end_rate": "rate",
    "recount_sheet": "sheet",
    "deduct": "sheet",
    "issue_sheet": "sheet",
    "drop_sheet": "sheet",
}


class Around(Undone):
    cast: Cast
    actors: list[Actor]

    @initialize()
    def begin(self) -> None:
        """One of each."""
        a_clinic(self.cast, a_posting(self.cast))
        a_check(self.cast)
        a_care_visit(self.cast, follow_up="宿舍暖气", owner_id=self.cast.county.id)
        a_rate(self.cast)
        a_sheet(self.cast)

    @rule(data=st.data(), verb=st.sampled_from([*VERBS, "tick", "tick"]))
    def move(self, data: st.DataObject, verb: str) -> None:
        kind = VERBS[verb]
        table, _moves, spec = KINDS[kind]
        with scope.system():
            row = table.objects.earliest("pk")
            given = self.given(data, verb, row)
        actor = data.draw(st.sampled_from(self.actors))
        try:
            with scope.acting(actor):
                getattr(services, verb)(actor=actor, at=LATER, key=None, **{f"{kind}_id": row.public_id}, **given)
        except Refused:
            with scope.system():
                assert table.objects.get(pk=row.pk).version == row.version
        else:
            name = {"settle_visit": "settle"}.get(verb, verb)
            assert spec.find(name, row.state) is not None
            assert self.may(verb, actor, row), f"{actor} may not {verb}"

    def given(self, data: st.DataObject, verb: str, row: Any) -> dict[str, Any]:
        """Return what a form would hold."""
        if verb == "tick":
            side = data.draw(st.sampled_from(["sender", "recipient"]))
            open_ones = models.CheckItem.objects.filter(of=row.pk, side=side, outcome="")
            return {"items": list(open_ones.values_list("pk", flat=True)), "day": LATER.date()}
        if verb == "deduct":
            line = models.AllowanceLine.objects.filter(sheet=row.pk).first()
            return {"person_id": line.person_id if line else 0, "cents": 500, "note": "伙食"}
        held = data.draw(st.sampled_from(["stopped", "held", ""]))
        known: dict[str, dict[str, Any]] = {
            "edit_clinic": {"name": "改名"},
            "say_day": {"word": ClinicWord(date(2026, 3, 9), held)},
            "end_clinic": {"to_date": START + 30 * DAY},
            "add_item": {"name": "停车证", "due": START, "side": "sender"},
            "settle_visit": {"note": "已办"},
            "end_rate": {"to_date": START + 90 * DAY},
            "drop_sheet": {"note": "重算"},
        }
        return known.get(verb, {})

    def may(self, verb: str, actor: Actor, row: Any) -> bool:
        """Restate who may, independent of the rules under test."""
        sender, county = self.cast.supporting.id, self.cast.county.id
        if VERBS[verb] == "clinic":
            own = actor.role is Role.EXPERT and actor.person_id == row.person_id
            return actor.tenant_id == county and (actor.role in HEADS or own)
        if VERBS[verb] in {"rate", "sheet"}:
            return actor.tenant_id == sender and actor.role in DESK
        return actor.tenant_id in {sender, county} and actor.role in HEADS

    @invariant()
    def stories_explain_the_states(self) -> None:
        with scope.system():
            for table, moves, spec in KINDS.values():
                for row in table.objects.all():
                    assert not unexplained(spec, list(moves.objects.filter(record=row).order_by("id")), row.state)

    @invariant()
    def a_list_waits_for_the_sides_that_have_something_open(self) -> None:
        with scope.system():
            for row in models.CheckList.objects.all():
                items = models.CheckItem.objects.filter(of=row.pk, outcome="")
                sides = {"sender": row.sender_id, "recipient": row.recipient_id}
                wanted = (
                    {sides[side] for side in items.values_list("side", flat=True)} if row.state == "open" else set()
                )
                found = WorkItem.objects.filter(kind="dispatch.check", record_pk=row.pk, closed_at=None)
                assert set(found.values_list("tenant", flat=True)) == wanted
                assert (row.state == "done") <= (not items.exists())


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.turns
def test_anyone_tries_anything_around_a_posting(cast: Cast) -> None:
    houses = (cast.county, cast.supporting, cast.stranger)
    actors = [house.actor(role) for house in houses for role in Role if role not in (Role.LINK, Role.SYSTEM)]
    actors += [cast.county.office, cast.supporting.office] * 10
    actors.append(replace(cast.county.actor(Role.EXPERT), person_id=10**6))
    run(type("Bound", (Around,), {"cast": cast, "actors": actors}))
