"""Events that somebody writes down: a meeting, a signing; nothing is given, so nothing is declared."""

from dataclasses import replace
from datetime import date

import pytest

from lianti.contexts.activities import queries, services
from lianti.contexts.activities.domain import EventFacts
from lianti.contexts.activities.services import Upload
from lianti.contexts.evidence.tests.samples import PDF
from lianti.contexts.ledger.models import Entry
from lianti.kernel import scope
from lianti.lib.errors import Invalid, NotAllowed
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


def test_whoever_took_part_records_an_event_with_its_proof(cast: Cast) -> None:
    event = EventFacts("signing", date(2026, 3, 2), (cast.supporting.id, cast.county.id), title="签约")
    coordinator, stranger = cast.county.coordinator, cast.stranger.office
    with scope.acting(coordinator):
        made = services.record_event(actor=coordinator, at=AT, key="k", event=event, uploads=(Upload("协议.pdf", PDF),))
        again = services.record_event(
            actor=coordinator, at=AT, key="k", event=event, uploads=(Upload("协议.pdf", PDF),)
        )
        with pytest.raises(Invalid):
            services.record_event(actor=coordinator, at=AT, key=None, event=replace(event, day=date(2026, 3, 11)))
    assert again.pk == made.pk
    assert [one.activity.public_id for one in queries.of_days(cast.supporting.office, [event.day])] == [made.public_id]
    assert queries.of_days(stranger, [event.day]) == []
    with scope.acting(stranger), pytest.raises(NotAllowed):
        services.record_event(actor=stranger, at=AT, key=None, event=event)
    with scope.system():
        assert not Entry.objects.exists()
