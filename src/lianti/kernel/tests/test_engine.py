"""The engine, on a real record of the network: a relation between two institutions."""

from datetime import timedelta

import pytest

from lianti.contexts.network import services as network
from lianti.contexts.network.models import Relation
from lianti.contexts.network.rules import RELATION_FLOW as RELATION
from lianti.kernel import journal, scope
from lianti.kernel.models import Answer, Audience, JournalEvent
from lianti.kernel.workflow import engine
from lianti.lib.dates import shanghai_day, start_of
from lianti.lib.errors import Conflict, KeyReused, NotAllowed, NotFound
from tests.cast import AT, DAY, Cast, the_system

pytestmark = pytest.mark.django_db


def state_of(relation: Relation) -> tuple[str, int, int]:
    with scope.system():
        fresh = Relation.objects.get(pk=relation.pk)
        return fresh.state, fresh.version, JournalEvent.objects.filter(record=fresh.public_id).count()


@pytest.fixture
def requested(cast: Cast) -> Relation:
    from tests.cast import a_relation

    return a_relation(cast.supporting.institution, [cast.county.institution], state="requested")


def test_a_move_changes_state_version_story_and_journal(cast: Cast, requested: Relation):
    engine.move(RELATION, requested.public_id, name="negotiate", actor=cast.supporting.office, at=AT)
    state, version, events = state_of(requested)
    assert (state, version, events) == ("negotiating", 2, 2)
    with scope.acting(cast.supporting.office):
        assert [m.name for m in engine.story(RELATION, requested, cast.supporting.office)] == ["adopt", "negotiate"]


def test_an_illegal_jump_is_a_conflict_and_changes_nothing(cast: Cast, requested: Relation):
    engine.move(RELATION, requested.pk, name="negotiate", actor=cast.supporting.office, at=AT)
    before = state_of(requested)
    with pytest.raises(Conflict):
        engine.move(RELATION, requested.pk, name="negotiate", actor=cast.supporting.office, at=AT)
    assert state_of(requested) == before


def test_an_unknown_move_is_a_conflict(cast: Cast, requested: Relation):
    with pytest.raises(Conflict):
        engine.move(RELATION, requested.pk, name="dance", actor=cast.supporting.office, at=AT)


def test_a_stranger_does_not_find_the_record(cast: Cast, requested: Relation):
    with pytest.raises(NotFound):
        engine.move(RELATION, requested.pk, name="negotiate", actor=cast.stranger.office, at=AT)


def test_a_role_without_the_rule_is_told_why(cast: Cast, requested: Relation):
    with pytest.raises(NotAllowed) as refusal:
        engine.move(RELATION, requested.pk, name="negotiate", actor=cast.county.clinician, at=AT)
    assert str(refusal.value)
    assert state_of(requested)[0] == "requested"


def test_a_version_that_is_no_longer_true_is_a_conflict(cast: Cast, requested: Relation):
    with pytest.raises(Conflict):
        engine.move(RELATION, requested.pk, name="negotiate", actor=cast.supporting.office, at=AT, version=7)


def test_the_same_key_and_content_is_done_once(cast: Cast, requested: Relation):
    for _ in range(2):
        engine.move(RELATION, requested.pk, name="negotiate", actor=cast.supporting.office, at=AT, key="k1")
    assert state_of(requested)[1:] == (2, 2)


def test_the_same_key_with_other_content_is_refused(cast: Cast, requested: Relation):
    engine.move(RELATION, requested.pk, name="negotiate", actor=cast.supporting.office, at=AT, key="k1")
    with pytest.raises(KeyReused):
        engine.move(RELATION, requested.pk, name="negotiate", actor=cast.supporting.office, at=AT, key="k1", note="x")


def test_a_refused_move_gives_its_key_back(cast: Cast, requested: Relation):
    with pytest.raises(NotAllowed):
        engine.move(RELATION, requested.pk, name="negotiate", actor=cast.county.clinician, at=AT, key="k2")
    assert not Answer.objects.filter(key="k2").exists()


def test_an_effect_that_fails_takes_everything_back(cast: Cast, requested: Relation):
    def fail(_record: object) -> None:
        raise RuntimeError

    before = state_of(requested)
    with pytest.raises(RuntimeError):
        engine.move(RELATION, requested.pk, name="negotiate", actor=cast.supporting.office, at=AT, effect=fail)
    assert state_of(requested) == before


def test_the_audience_is_every_party(cast: Cast, requested: Relation):
    with scope.system():
        seen = set(Audience.objects.filter(kind=RELATION.kind, record_pk=requested.pk).values_list("tenant", flat=True))
    assert {cast.supporting.institution.pk, cast.county.institution.pk} <= seen
    assert cast.stranger.institution.pk not in seen


def test_nobody_but_jobs_and_offices_adopts(cast: Cast, requested: Relation):
    with pytest.raises(NotAllowed):
        engine.adopt(RELATION, Relation(), state="in_force", actor=cast.county.clinician, at=AT, source="x")


def test_buttons_are_what_state_and_role_allow(cast: Cast, requested: Relation):
    with scope.acting(cast.supporting.office):
        names = {t.name for t in engine.available(RELATION, requested, cast.supporting.office)}
    assert "negotiate" in names
    with scope.acting(cast.county.clinician):
        assert not engine.available(RELATION, requested, cast.county.clinician)


def a_sealed_journal(cast: Cast, requested: Relation) -> None:
    engine.move(RELATION, requested.pk, name="negotiate", actor=cast.supporting.office, at=AT)
    with scope.system():
        journal.seal(start_of(shanghai_day(AT + timedelta(days=2))))


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
    assert report.sealed_until == start_of(shanghai_day(AT + timedelta(days=2)))


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


def test_the_journal_holds_no_value_in_clear(cast: Cast, requested: Relation):
    with scope.system():
        events = JournalEvent.objects.filter(record=requested.public_id)
        assert all(len(v) == 32 for e in events for v in e.fields.values())
        assert not any(requested.name in str(e.fields) for e in events)


def test_the_system_is_an_actor_with_a_principal():
    assert the_system().principal_id
