"""Builders of what is kept around a posting, through the services alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.models import Clinic, Posting
from lianti.contexts.dispatch.tests.builders import START, a_posting
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid
from tests.cast import AT, Cast


def did(actor: Actor, service: Any, **given: Any) -> Any:
    """Do something as somebody."""
    with scope.acting(actor):
        return service(actor=actor, at=AT, key=None, **given)


@contextmanager
def refused(field: str) -> Iterator[None]:
    """Hold what is done to be refused, with a sentence at this field."""
    with pytest.raises(Invalid) as refusal:
        yield
    assert field in refusal.value.fields


def a_clinic(cast: Cast, posting: Posting | None = None, state: str = "running", **more: Any) -> Clinic:
    """Open a clinic on Mondays at the county hospital."""
    posting = posting or a_posting(cast)
    facts = {"weekday": 1, "half": "morning", "name": "妇产科专家门诊", "room": "3诊室", "from_date": START, **more}
    host = cast.county.coordinator
    row: Clinic = did(host, services.open_clinic, posting_id=posting.public_id, clinic=services.ClinicFacts(**facts))
    if state == "ended":
        row = did(host, services.end_clinic, clinic_id=row.public_id, to_date=START + timedelta(days=20))
    return row
