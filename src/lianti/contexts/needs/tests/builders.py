"""Builders of needs in any state, through the services alone."""

from datetime import date
from decimal import Decimal
from typing import Any

from lianti.contexts.needs import services
from lianti.contexts.needs.domain import Named, NeedFacts, PlanFacts
from lianti.contexts.needs.models import Need
from lianti.contexts.needs.states import NeedState
from lianti.kernel import scope
from tests.cast import AT, Cast


def facts(cast: Cast, **other: Any) -> NeedFacts:
    """Return what the county hospital asks of the supporting one."""
    given: dict[str, Any] = {
        "stater_id": cast.county.id,
        "addressed_id": cast.supporting.id,
        "relation_id": cast.relation.pk,
        "category": "training",
        "text": "请派人带教腹腔镜",
        "specialty": "普外科",
        "signed_off_duty": "院长",
        "signed_off_date": date(2026, 3, 9),
    }
    return NeedFacts(**{**given, **other})


def a_need(cast: Cast, state: str = NeedState.STATED, **other: Any) -> Need:
    """Make a need and walk it to a state."""
    coordinator, office = cast.county.coordinator, cast.supporting.office
    with scope.acting(coordinator):
        need = services.state(actor=coordinator, at=AT, key=None, need=facts(cast, **other))
    ident = need.public_id
    with scope.acting(office):
        if state == NeedState.RETURNED:
            return services.return_(actor=office, at=AT, key=None, need_id=ident, note="请补充人数")
        if state == NeedState.DECLINED:
            return services.decline(actor=office, at=AT, key=None, need_id=ident, note="今年没有人手")
        if state in (NeedState.ACCEPTED, NeedState.ANSWERED, NeedState.CLOSED):
            need = services.accept(actor=office, at=AT, key=None, need_id=ident)
        if state in (NeedState.ANSWERED, NeedState.CLOSED):
            need = services.answer(actor=office, at=AT, key=None, need_id=ident, plan=a_plan())
    with scope.acting(coordinator):
        if state == NeedState.CLOSED:
            return services.close(actor=coordinator, at=AT, key=None, need_id=ident)
        if state == NeedState.WITHDRAWN:
            return services.withdraw(actor=coordinator, at=AT, key=None, need_id=ident, note="已自行解决")
    return need


def a_plan(**other: Any) -> PlanFacts:
    """Return an answer to a need."""
    given: dict[str, Any] = {
        "text": "派两人驻点带教三个月",
        "people": (Named(name="张医生"),),
        "from_date": date(2026, 4, 1),
        "to_date": date(2026, 6, 30),
    }
    return PlanFacts(**{**given, **other})


TWELVE = Decimal(12)
