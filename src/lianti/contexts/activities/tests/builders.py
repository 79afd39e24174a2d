"""Builders of activities through the services alone."""

from datetime import date
from decimal import Decimal
from typing import Any

from lianti.contexts.activities import services
from lianti.contexts.activities.domain import ActivityFacts, Taking
from lianti.contexts.activities.models import Activity
from lianti.kernel import scope
from lianti.lib.actor import Actor
from tests.cast import AT, Cast


def facts(cast: Cast, **other: Any) -> ActivityFacts:
    """Return a lecture that the supporting hospital gave at the county hospital."""
    given: dict[str, Any] = {
        "kind": "lecture",
        "day": date(2026, 3, 9),
        "giver_id": cast.supporting.id,
        "receiver_ids": (cast.county.id,),
        "quantity": Decimal(1),
        "extra": {"topic": "卒中救治", "attendees": 40},
    }
    return ActivityFacts(**{**given, **other})


def an_activity(cast: Cast, *, by: Actor | None = None, key: str | None = None, **other: Any) -> Activity:
    """Record an activity; by the posted expert, who is among its people, unless somebody else does."""
    actor = by or cast.posted_expert
    if "people" not in other and actor.person_id is not None and by is None:
        other["people"] = (Taking(actor.person_id),)
    with scope.acting(actor):
        return services.record(actor=actor, at=AT, key=key, activity=facts(cast, **other))
