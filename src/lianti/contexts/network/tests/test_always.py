"""What always holds: the tables are sound, every code has words, and no order of moves leaves a state unexplained."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianti.contexts.network import labels, queries, services, states
from lianti.contexts.network.models import RelationTransition
from lianti.contexts.network.tests.conftest import AT, Cast
from lianti.kernel import journal, scope
from lianti.kernel.workflow import engine
from lianti.kernel.workflow.spec import Workflow
from lianti.lib.errors import Refused
from lianti.lib.roles import MEMBER_ROLES

HOUSES = ("city", "county", "authority", "stranger")
VERBS = ("negotiate", "put_in_force", "end_relation", "edit_relation", "confirm_relation", "leave_relation")


@pytest.mark.parametrize(
    "table", [states.RELATION, states.INSTITUTION, states.PERSON, states.GROUP], ids=lambda t: t.name
)
def test_every_table_is_sound(table: Workflow) -> None:
    assert list(table.problems()) == []


def test_every_code_has_words() -> None:
    assert set(labels.RELATION_STATES) == set(labels.STATE_TONES) == set(states.RelationState)
    assert set(labels.BEHAVIOURS) == set(labels.SIDES) == set(states.Behaviour)
    assert set(labels.INSTITUTION_KINDS) == set(states.InstitutionKind)
    assert set(labels.INSTITUTION_STATES) == set(states.InstitutionState)
    assert set(labels.LEVELS) == set(states.Level)
    assert set(labels.TITLE_LEVELS) == set(states.TitleLevel)
    assert set(labels.DOCUMENT_KINDS) == set(states.DocumentKind)
    assert set(labels.GROUP_KINDS) == set(states.GroupKind)
    assert set(labels.COMPARISONS) == set(states.Comparison) - {states.Comparison.EXACT}
    moves = {t.name for table in (states.RELATION, states.INSTITUTION, states.PERSON) for t in table.transitions}
    assert moves <= set(labels.MOVES)
    assert moves <= set(labels.DONE)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(HOUSES), st.sampled_from(sorted(MEMBER_ROLES)), st.sampled_from(VERBS)), max_size=12
    )
)
def test_anyone_tries_anything(net: Cast, tries: list[tuple[str, str, str]]) -> None:
    made = services.request_relation(actor=net.actor(net.city), at=AT, key=None, relation=net.relation_draft())
    wanted = {
        "negotiate": {},
        "put_in_force": {"from_date": date(2026, 1, 1)},
        "end_relation": {"to_date": date(2026, 6, 1)},
        "edit_relation": {"fields": {"name": "另一个名字"}},
        "confirm_relation": {},
        "leave_relation": {},
    }
    for house, role, verb in tries:
        actor = net.actor(getattr(net, house), role)  # type: ignore[arg-type]
        try:
            getattr(services, verb)(actor=actor, at=AT, key=None, relation_id=made.public_id, **wanted[verb])
        except Refused:
            continue
        assert house != "stranger"
        assert actor.role in {"office", "coordinator", "leader", "health_authority"}
    with scope.system():
        story = list(RelationTransition.objects.filter(record=made).order_by("pk"))
        assert [s.source for s in story[1:]] == [s.target for s in story[:-1]]
        assert story[-1].target == queries.relation_by_id(made.pk).state
        assert journal.verify(engine.records()).faults == []
