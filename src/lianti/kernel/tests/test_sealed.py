"""What is said in a sealed record is for its own parties."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from lianti.contexts.network.models import Relation
from lianti.contexts.network.rules import RELATION_FLOW
from lianti.kernel import scope
from lianti.kernel.flows import FLOWS, Flow
from lianti.kernel.models import OutboxTask, Seen
from lianti.kernel.workflow import engine
from tests.cast import AT, Cast, a_relation, the_system

pytestmark = pytest.mark.django_db
SAID = "只给双方看的话"


@pytest.fixture
def sealed() -> Iterator[Flow]:
    yield replace(RELATION_FLOW, sealed=True)
    FLOWS[RELATION_FLOW.kind] = RELATION_FLOW
    Seen.kinds[Relation] = RELATION_FLOW.kind


@pytest.fixture
def relation(cast: Cast, sealed: Flow) -> Relation:
    made = a_relation(cast.supporting.institution, [cast.county.institution], state="requested", name=SAID)
    engine.move(sealed, made.pk, name="negotiate", actor=cast.supporting.office, at=AT, note=SAID, facts={"why": SAID})
    return made


def test_its_story_tells_others_what_was_done_and_not_what_was_said(cast: Cast, sealed: Flow, relation: Relation):
    for actor in (cast.supporting.office, cast.county.coordinator, the_system()):
        with scope.system():
            move = engine.story(sealed, relation, actor)[-1]
        assert (move.name, move.note, move.facts) == ("negotiate", SAID, {"why": SAID})
    with scope.system():
        move = engine.story(sealed, relation, cast.stranger.office)[-1]
        assert engine.story(RELATION_FLOW, relation, cast.stranger.office)[-1].note == SAID
    assert (move.name, move.note, move.facts) == ("negotiate", "", {})


def test_its_notices_carry_its_number_alone(relation: Relation, cast: Cast):
    with scope.system():
        task = OutboxTask.objects.get(name="notices.deliver", payload__tenant=cast.county.id)
    assert task.payload["params"] == {"number": ""}
    assert SAID not in str(task.payload)
