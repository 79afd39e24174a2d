"""Who may see a record, and what its lists go by."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection

from lianti.contexts.network.models import Relation
from lianti.contexts.network.rules import RELATION_FLOW
from lianti.kernel import audience, scope, worklist
from lianti.kernel.flows import FLOWS
from lianti.kernel.migrations import _filling as filling
from lianti.kernel.models import Audience, Seen, WorkItem
from lianti.kernel.workflow import engine
from lianti.kernel.worklist import Wait
from lianti.lib.dates import end_of, shanghai_day
from lianti.lib.roles import Role
from tests.cast import AT, DAY, Cast, a_relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def relation(cast: Cast) -> Relation:
    return a_relation(cast.supporting.institution, [cast.county.institution], state="requested")


@pytest.fixture
def by_name() -> Iterator[None]:
    """Let relations be listed by the day on which they begin, ranked by the length of their name."""
    flow = replace(RELATION_FLOW, day=lambda r: r.from_date, rank=lambda r: len(r.name))
    yield flow
    FLOWS[RELATION_FLOW.kind] = RELATION_FLOW


def places(relation: Relation) -> set[tuple[date, bool, int]]:
    with scope.system():
        rows = Audience.objects.filter(kind=RELATION_FLOW.kind, record_pk=relation.pk)
        return set(rows.values_list("day", "open", "rank"))


def test_a_record_stands_by_the_day_of_its_making_unless_its_flow_says_otherwise(relation: Relation):
    assert places(relation) == {(shanghai_day(AT), True, 0)}


def test_its_own_institution_is_always_among_those_who_see_it(cast: Cast, relation: Relation):
    with scope.system():
        Audience.objects.all().delete()
        audience.grant(RELATION_FLOW, relation, [cast.county.id])
        seers = set(Audience.objects.values_list("tenant_id", flat=True))
    assert seers == {cast.county.id, relation.tenant_id}


def test_moving_keeps_day_and_rank_and_an_end_closes(cast: Cast, relation: Relation, by_name):
    office = cast.supporting.office
    engine.move(by_name, relation.pk, name="negotiate", actor=office, at=AT)
    assert places(relation) == {(relation.from_date, True, len(relation.name))}
    engine.change(by_name, relation.pk, name="edit_relation", actor=office, at=AT, fields={"name": "结对"})
    assert places(relation) == {(relation.from_date, True, 2)}
    engine.move(by_name, relation.pk, name="put_in_force", actor=office, at=AT)
    engine.move(by_name, relation.pk, name="end_relation", actor=office, at=AT, note="到期", fields={"to_date": DAY})
    assert places(relation) == {(relation.from_date, False, 2)}


def test_a_list_is_read_off_the_audience_by_one_join(cast: Cast, relation: Relation):
    other = a_relation(cast.supporting.institution, [cast.stranger.institution])
    office = cast.supporting.office
    with scope.acting(office):
        rows = Relation.objects.filter(seen__tenant_id=office.tenant_id).order_by("seen__day", "seen__record_pk")
        rows = rows.filter(seen__open=True)
        assert list(rows) == [cast.relation, relation, other]
        sql = str(rows.query)
    assert sql.count("JOIN") == 1
    assert 'ORDER BY "kernel_audience"."day" ASC, "kernel_audience"."record_pk" ASC' in sql
    with scope.acting(cast.county.office):
        assert set(Relation.objects.filter(seen__tenant_id=cast.county.id)) == {cast.relation, relation}


def test_rows_of_another_kind_with_the_same_number_are_not_taken_for_it(cast: Cast, relation: Relation):
    with scope.system():
        Audience.objects.create(kind="other.kind", record_pk=relation.pk, tenant_id=cast.stranger.id, day=DAY)
        assert not Relation.objects.filter(seen__tenant_id=cast.stranger.id)


def test_every_table_of_records_belongs_to_one_flow():
    assert {kind: flow.record for kind, flow in FLOWS.items()} == {kind: table for table, kind in Seen.kinds.items()}


def fill(*steps: filling.Fill) -> None:
    editor = SimpleNamespace(connection=connection)
    for step in steps:
        assert step.describe().startswith("Fill rows of ")
        step.state_forwards("network", None)
        step.database_forwards("network", editor, None, None)
        step.database_backwards("network", editor, None, None)


@pytest.mark.owner
def test_old_deadlines_last_to_the_end_of_their_day(cast: Cast):
    worklist.replace("test.thing", 1, [Wait(cast.county.id, (Role.OFFICE,), "do", DAY)], AT)
    worklist.replace("test.thing", 2, [Wait(cast.county.id, (Role.OFFICE,), "do")], AT)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_workitem SET due = %s WHERE record_pk = 1", [DAY.isoformat()])
    fill(filling.ends("kernel_workitem", "due"))
    items = WorkItem.objects.filter(kind="test.thing").order_by("record_pk")
    assert list(items.values_list("due", flat=True)) == [end_of(DAY), None]


@pytest.mark.owner
def test_old_rows_are_filled(cast: Cast, relation: Relation):
    ended = a_relation(cast.supporting.institution, [cast.stranger.institution], state="ended", to_date=DAY)
    engine.move(RELATION_FLOW, relation.pk, name="negotiate", actor=cast.supporting.office, at=AT)
    Audience.objects.filter(tenant_id=relation.tenant_id).delete()
    Audience.objects.update(day=date(2020, 1, 1), open=True, rank=7)
    RELATION_FLOW.transitions.objects.update(version=0)
    fill(
        filling.versions("network_relationtransition"),
        filling.audience("network.relation", "network_relation", final={"ended"}, rank="length(r.name)"),
    )
    assert places(relation) == {(shanghai_day(AT), True, len(relation.name))}
    assert places(ended) == {(shanghai_day(AT), False, len(ended.name))}
    assert relation.tenant_id in Audience.objects.filter(record_pk=relation.pk).values_list("tenant_id", flat=True)
    versions = (
        RELATION_FLOW.transitions.objects.filter(record=relation).order_by("id").values_list("version", flat=True)
    )
    assert list(versions) == [1, 2]
