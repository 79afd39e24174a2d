"""Every house and role tries every move on earlier service and on who can be sent; who may is restated here."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.models import Candidate, PastService
from lianti.contexts.dispatch.tests.builders import a_candidate, earlier_service, past_facts
from lianti.kernel import scope
from lianti.lib.errors import NotAllowed, NotFound
from lianti.lib.roles import Role
from tests.cast import AT, DAY, Cast

pytestmark = pytest.mark.django_db

HOUSES = ("supporting", "county", "stranger")
ROLES = (Role.OFFICE, Role.COORDINATOR, Role.LEADER, Role.DEPARTMENT_HEAD, Role.EXPERT, Role.CLINICIAN, Role.AUDITOR)
DESKS = {Role.OFFICE, Role.COORDINATOR}
SENDER = {("supporting", role) for role in DESKS}
RECIPIENT = {("county", role) for role in DESKS | {Role.LEADER}}


class _Undo(Exception):
    """Takes back what a try has done."""


def who_may(cast: Cast, verb: str, **told: Any) -> set[tuple[str, Role]]:
    """Return which of all get a move through; of those who are refused nothing stays."""
    found = set()
    for house in HOUSES:
        for role in ROLES:
            actor = getattr(cast, house).actor(role)
            try:
                with scope.acting(actor), transaction.atomic():
                    getattr(services, verb)(actor=actor, at=AT, key=None, **told)
                    raise _Undo
            except _Undo:
                found.add((house, role))
            except (NotAllowed, NotFound):
                pass
    return found


def test_earlier_service_is_kept_by_its_desk_and_answered_by_the_place(cast: Cast) -> None:
    row: PastService = earlier_service(cast)
    moved: dict[str, Any] = {"past_id": row.public_id, "note": "核对"}
    assert who_may(cast, "correct_past", **moved, past=past_facts(cast, row.person_id)) == SENDER
    assert who_may(cast, "withdraw_past", **moved) == SENDER
    assert who_may(cast, "dispute_past", **moved) == RECIPIENT
    assert who_may(cast, "attach_past", past_id=row.public_id, uploads=()) == SENDER


def test_who_can_be_sent_is_noted_by_the_desk_alone(cast: Cast) -> None:
    row: Candidate = a_candidate(cast)
    ident = {"candidate_id": row.public_id}
    assert who_may(cast, "note_candidate", **ident, applying=2027) == SENDER
    assert who_may(cast, "exempt", **ident, reason="other", basis="院发3号") == SENDER
    assert who_may(cast, "volunteer", **ident, day=DAY) == SENDER
    with scope.acting(cast.supporting.office):
        told: dict[str, Any] = {"actor": cast.supporting.office, "at": AT, "key": None}
        services.exempt(**told, **ident, reason="other", basis="院发3号", until=date(2027, 1, 1))
        services.volunteer(**told, **ident, day=DAY)
    assert who_may(cast, "lift_exemption", **ident) == SENDER
    assert who_may(cast, "stand_back", **ident) == SENDER
