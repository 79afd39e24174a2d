"""The engine, on a real record of the network: a relation between two institutions."""

from contextlib import nullcontext
from dataclasses import replace

import pytest

from lianti.contexts.network.models import Relation
from lianti.contexts.network.rules import RELATION_FLOW as RELATION
from lianti.kernel import answers, scope
from lianti.kernel.models import Answer, Audience, JournalEvent, Principal
from lianti.kernel.workflow import engine
from lianti.lib.errors import Conflict, Invalid, KeyReused, NotAllowed, NotFound
from tests.cast import AT, Cast, the_system

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


def test_what_no_move_of_the_table_makes_is_a_conflict(cast: Cast):
    with pytest.raises(Conflict):
        engine.create(RELATION, Relation(), name="put_in_force", actor=cast.supporting.office, at=AT, key=None)
    with scope.system():
        assert list(Relation.objects.values_list("pk", flat=True)) == [cast.relation.pk]


def test_a_record_that_somebody_else_moved_in_between_is_a_conflict(cast: Cast, requested: Relation):
    def meanwhile(record: Relation) -> None:
        Relation.objects.filter(pk=record.pk).update(version=9)

    with pytest.raises(Conflict):
        engine.move(RELATION, requested.pk, name="negotiate", actor=cast.supporting.office, at=AT, effect=meanwhile)
    assert state_of(requested) == ("requested", 1, 1)


@pytest.mark.parametrize("given", [{}, {"note": ""}, {"facts": {"note": "  x"}}])
def test_what_a_move_needs_is_asked_for_by_name(cast: Cast, requested: Relation, given, monkeypatch):
    asking = tuple(replace(t, required=("note",)) if t.name == "negotiate" else t for t in RELATION.spec.transitions)
    monkeypatch.setitem(vars(RELATION), "spec", replace(RELATION.spec, transitions=asking))
    office = cast.supporting.office
    with pytest.raises(Invalid) as refusal:
        engine.move(RELATION, requested.pk, name="negotiate", actor=office, at=AT, **given)
    assert set(refusal.value.fields) == {"note"}
    assert state_of(requested) == ("requested", 1, 1)
    engine.move(RELATION, requested.pk, name="negotiate", actor=office, at=AT, note="谈过了")
    assert state_of(requested)[0] == "negotiating"


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


@pytest.mark.parametrize(("length", "taken"), [(64, True), (65, False)])
def test_a_key_longer_than_any_forms_is_refused(cast: Cast, requested: Relation, length: int, taken: bool):
    office, key = cast.supporting.office, "k" * length
    with nullcontext() if taken else pytest.raises(Invalid):
        engine.move(RELATION, requested.pk, name="negotiate", actor=office, at=AT, key=key)
    assert state_of(requested)[0] == ("negotiating" if taken else "requested")


def test_the_same_key_makes_one_record(cast: Cast):
    office = cast.supporting.office

    def made(source: str) -> Relation:
        draft = Relation(name="结对", behaviour="paired_assistance", lead_id=cast.supporting.id)
        return engine.adopt(RELATION, draft, state="requested", actor=office, at=AT, key="k3", source=source)

    with scope.acting(office):
        assert not answers.knows(office, "k3")
        first = made("letter")
        assert made("letter").pk == first.pk
        with pytest.raises(KeyReused) as before:
            made("another letter")
        assert before.value.record == first.public_id
        assert answers.knows(office, "k3")
        assert not answers.knows(cast.supporting.coordinator, "k3")
    assert state_of(first) == ("requested", 1, 1)


def test_a_refused_move_gives_its_key_back(cast: Cast, requested: Relation):
    with pytest.raises(NotAllowed):
        engine.move(RELATION, requested.pk, name="negotiate", actor=cast.county.clinician, at=AT, key="k2")
    assert not Answer.objects.filter(key="k2").exists()


def test_what_an_effect_gives_back_is_written_and_told_with_the_move(cast: Cast, requested: Relation):
    office = cast.supporting.office
    given, more = {"name": "given"}, {"name": "more"}
    engine.move(
        RELATION, requested.pk, name="negotiate", actor=office, at=AT, fields=given, effect=lambda _record: more
    )
    with scope.system():
        assert Relation.objects.get(pk=requested.pk).name == "more"
        assert JournalEvent.objects.get(record=requested.public_id, seq=2).fields.keys() == {"name", "state"}


def test_a_flow_without_an_audience_lets_nobody_else_see(cast: Cast, requested: Relation, monkeypatch):
    monkeypatch.setitem(vars(RELATION), "audience", None)
    with scope.system():
        Audience.objects.all().delete()
        engine.move(RELATION, requested.pk, name="negotiate", actor=the_system(), at=AT)
        draft = Relation(name="结对", behaviour="paired_assistance", lead_id=cast.supporting.id)
        engine.adopt(RELATION, draft, state="requested", actor=the_system(), at=AT, source="x")
        assert not Audience.objects.exists()


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


def test_nothing_comes_in_in_a_state_that_its_table_does_not_take(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(vars(RELATION), "spec", replace(RELATION.spec, adoptable=frozenset({"requested"})))
    with pytest.raises(Conflict):
        engine.adopt(RELATION, Relation(), state="in_force", actor=cast.supporting.office, at=AT, source="x")
    with scope.system():
        assert Relation.objects.count() == 1


def test_who_stands_on_no_side_is_told_the_rule(cast: Cast, requested: Relation):
    with scope.system():
        table = RELATION.table
        assert (
            table.refusal(cast.stranger.office, "network.negotiate", requested) == table.rules["network.negotiate"].says
        )
        assert table.refusal(cast.county.office, "network.negotiate", requested) is None


def test_what_the_table_has_no_rule_for_nobody_may(cast: Cast):
    with scope.system():
        for actor in (cast.supporting.office, cast.supporting.administrator, the_system()):
            assert RELATION.table.refusal(actor, "network.dance", cast.relation) == NotAllowed.default


def test_buttons_are_what_state_and_role_allow(cast: Cast, requested: Relation):
    with scope.acting(cast.supporting.office):
        names = {t.name for t in engine.available(RELATION, requested, cast.supporting.office)}
    assert "negotiate" in names
    with scope.acting(cast.county.clinician):
        assert not engine.available(RELATION, requested, cast.county.clinician)


def test_the_journal_holds_no_value_in_clear(cast: Cast, requested: Relation):
    with scope.system():
        events = JournalEvent.objects.filter(record=requested.public_id)
        assert all(len(v) == 32 for e in events for v in e.fields.values())
        assert not any(requested.name in str(e.fields) for e in events)


def test_the_system_is_an_actor_with_a_principal():
    assert the_system().principal_id


def test_who_acts_is_never_named_by_phone_number(cast: Cast):
    principal = Principal.objects.get(pk=cast.county.office.principal_id)
    assert principal.phone
    assert str(principal) == principal.name
