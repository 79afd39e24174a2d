"""Stating a need."""

from datetime import date
from decimal import Decimal

import pytest

from lianti.contexts.needs import services
from lianti.contexts.needs.models import Need, NeedTransition
from lianti.contexts.needs.states import NeedState
from lianti.contexts.needs.tests.builders import a_need, facts
from lianti.kernel import scope, worklist
from lianti.kernel.models import OutboxTask
from lianti.lib import ids
from lianti.lib.dates import end_of
from lianti.lib.errors import Invalid, KeyReused, NotAllowed
from tests.cast import AT, Cast, a_hospital, a_relation

pytestmark = pytest.mark.django_db


def test_county_coordinator_states_a_need(cast: Cast) -> None:
    need = a_need(cast)
    assert need.state == NeedState.STATED
    assert need.number.startswith("XQ-2026-")
    assert need.signed_off_duty == "院长"
    with scope.system():
        story = NeedTransition.objects.get(record=need)
    assert (story.name, story.principal_id) == ("state", cast.county.coordinator.principal_id)


def test_need_waits_for_the_office_addressed_for_ten_working_days(cast: Cast) -> None:
    need = a_need(cast)
    with scope.acting(cast.supporting.office):
        (waiting,) = worklist.open_items(cast.supporting.office).filter(kind="needs.need", record_pk=need.pk)
    assert waiting.verb == "needs.answer"
    assert waiting.due == end_of(date(2026, 3, 24))


def test_other_side_is_told_of_a_stated_need(cast: Cast) -> None:
    a_need(cast)
    with scope.system():
        told = [t.payload for t in OutboxTask.objects.filter(name="notices.deliver")]
    mine = [p for p in told if p["text"] == "needs.stated"]
    assert [p["tenant"] for p in mine] == [cast.supporting.id]


def test_office_enters_a_need_on_behalf_of_the_county(cast: Cast) -> None:
    office = cast.supporting.office
    with scope.acting(office):
        need = services.state(actor=office, at=AT, key=None, need=facts(cast))
    assert need.tenant_id == cast.supporting.id
    assert need.stater_id == cast.county.id


def test_leader_of_the_other_side_enters_nothing_on_behalf(cast: Cast) -> None:
    with pytest.raises(NotAllowed), scope.acting(cast.supporting.leader):
        services.state(actor=cast.supporting.leader, at=AT, key=None, need=facts(cast))


def test_clinician_and_stranger_state_no_need(cast: Cast) -> None:
    # To a stranger the relation itself is not there, behind the second wall.
    for actor, refusal in ((cast.county.clinician, NotAllowed), (cast.stranger.office, (NotAllowed, Invalid))):
        with pytest.raises(refusal), scope.acting(actor):
            services.state(actor=actor, at=AT, key=None, need=facts(cast))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"category": "dispatch"}, "category"),
        ({"text": "  "}, "text"),
        ({"text": "长" * 2001}, "text"),
        ({"amount": Decimal(0), "unit": "session"}, "amount"),
        ({"amount": Decimal("1.005"), "unit": "session"}, "amount"),
        ({"amount": Decimal(5), "unit": "case"}, "amount"),
        ({"wanted_by": date(2026, 3, 9)}, "wanted_by"),
    ],
)
def test_wrong_fields_are_named_and_nothing_is_written(cast: Cast, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused, scope.acting(cast.county.coordinator):
        services.state(actor=cast.county.coordinator, at=AT, key=None, need=facts(cast, **wrong))
    assert field in refused.value.fields
    with scope.system():
        assert not Need.objects.exists()


def test_relation_must_bind_both_hospitals(cast: Cast) -> None:
    other = a_relation(a_hospital(), [a_hospital()])
    with pytest.raises(Invalid) as refused, scope.acting(cast.county.coordinator):
        services.state(actor=cast.county.coordinator, at=AT, key=None, need=facts(cast, relation_id=other.pk))
    assert "relation" in refused.value.fields


def test_same_key_states_one_need_and_another_body_is_refused(cast: Cast) -> None:
    key, actor = ids.new(), cast.county.coordinator
    with scope.acting(actor):
        first = services.state(actor=actor, at=AT, key=key, need=facts(cast))
        again = services.state(actor=actor, at=AT, key=key, need=facts(cast))
        assert again.pk == first.pk
    with pytest.raises(KeyReused), scope.acting(actor):
        services.state(actor=actor, at=AT, key=key, need=facts(cast, text="别的需求"))
    with scope.system():
        assert Need.objects.count() == 1
