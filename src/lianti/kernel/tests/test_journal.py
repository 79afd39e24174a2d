"""The journal, on relations: whatever is changed, removed or inserted behind the engine shows."""

from datetime import datetime, timedelta

import pytest

from lianti.contexts.network import services as network
from lianti.contexts.network.models import Relation
from lianti.contexts.network.rules import RELATION_FLOW as RELATION
from lianti.kernel import journal, scope
from lianti.kernel.models import JournalEvent, Seal
from lianti.kernel.workflow import engine
from lianti.lib.dates import shanghai_day, start_of
from tests.cast import AT, DAY, Cast, a_relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def requested(cast: Cast) -> Relation:
    return a_relation(cast.supporting.institution, [cast.county.institution], state="requested")


def day_start(days: int) -> datetime:
    return start_of(shanghai_day(AT + timedelta(days=days)))


def a_sealed_journal(cast: Cast, requested: Relation) -> None:
    engine.move(RELATION, requested.pk, name="negotiate", actor=cast.supporting.office, at=AT)
    with scope.system():
        journal.seal(day_start(2))


def faults() -> list[str]:
    with scope.system():
        return journal.verify(engine.records()).faults


def test_an_honest_journal_verifies_and_names_the_unsealed_window(cast: Cast, requested: Relation):
    a_sealed_journal(cast, requested)
    later = AT + timedelta(days=3)
    network.put_in_force(
        actor=cast.supporting.office, at=later, key=None, relation_id=requested.public_id, from_date=DAY
    )
    with scope.system():
        report = journal.verify(engine.records())
    assert report.ok
    assert report.unsealed == 1
    assert report.sealed_until == day_start(2)


@pytest.mark.owner
def test_a_changed_event_shows(cast: Cast, requested: Relation):
    a_sealed_journal(cast, requested)
    JournalEvent.objects.filter(record=requested.public_id, seq=2).update(tenant_id=cast.stranger.institution.pk)
    assert any("event 2 was changed" in f for f in faults())


@pytest.mark.owner
def test_a_removed_event_shows_even_when_it_was_the_last(cast: Cast, requested: Relation):
    a_sealed_journal(cast, requested)
    JournalEvent.objects.filter(record=requested.public_id, seq=2).delete()
    assert len(faults()) >= 2  # the record's head and the seal


@pytest.mark.owner
def test_an_inserted_event_shows(cast: Cast, requested: Relation):
    a_sealed_journal(cast, requested)
    event = JournalEvent.objects.get(record=requested.public_id, seq=2)
    event.pk, event.seq = None, 3
    event.save(force_insert=True)
    assert any("event 3 was changed" in f for f in faults())


@pytest.mark.owner
def test_a_record_changed_behind_the_engine_shows(cast: Cast, requested: Relation):
    a_sealed_journal(cast, requested)
    Relation.objects.filter(pk=requested.pk).update(chain="0" * 64)
    assert any("does not match the record" in f for f in faults())


@pytest.mark.owner
def test_a_removed_event_shows_once_and_what_follows_is_held_on(cast: Cast, requested: Relation):
    a_sealed_journal(cast, requested)
    network.put_in_force(actor=cast.supporting.office, at=AT, key=None, relation_id=requested.public_id, from_date=DAY)
    JournalEvent.objects.filter(record=requested.public_id, seq=2).delete()
    told = [f for f in faults() if requested.public_id in f]
    assert told == [f"network.relation {requested.public_id}: event 2 is missing"]


def test_a_day_is_sealed_once_and_a_day_without_events_not_at_all(cast: Cast, requested: Relation):
    office = cast.supporting.office
    with scope.system():
        assert journal.seal(day_start(-1)) is None
        first = journal.seal(day_start(1))
        assert (first.since, first.events) == (None, JournalEvent.objects.count())
        assert journal.seal(day_start(1)) is None
        assert journal.seal(day_start(0)) is None
        assert journal.seal(day_start(2)) is None
    later = AT + timedelta(days=3)
    engine.move(RELATION, requested.pk, name="negotiate", actor=office, at=later)
    with scope.system():
        second = journal.seal(day_start(4))
        assert (second.since, second.events, second.records) == (first.until, 1, 1)
        report = journal.verify(engine.records())
        assert (report.faults, report.seals, report.unsealed) == ([], 2, 0)
        lines = [line.split() for line in journal.exported()]
    assert [(line[1], line[-1]) for line in lines] == [(str(s.events), s.mac) for s in (first, second)]


def test_without_a_seal_every_event_is_unsealed(cast: Cast, requested: Relation):
    with scope.system():
        report = journal.verify(engine.records())
        assert (report.ok, report.seals, report.sealed_until) == (True, 0, None)
        assert report.unsealed == JournalEvent.objects.count() > 0


@pytest.mark.owner
def test_a_changed_seal_shows_and_the_next_one_with_it(cast: Cast, requested: Relation):
    a_sealed_journal(cast, requested)
    engine.move(RELATION, requested.pk, name="put_in_force", actor=cast.supporting.office, at=AT + timedelta(days=3))
    with scope.system():
        journal.seal(day_start(4))
    first = Seal.objects.order_by("until").first()
    Seal.objects.filter(pk=first.pk).update(mac="0" * 64)
    assert [f.rsplit(" ", 2)[1:] for f in faults()] == [["was", "changed"], ["was", "changed"]]
