"""A move is done wholly or not at all, also as the first thing in a request's own transaction."""

import pytest
from django.db import connection, transaction

from lianti.contexts.network.models import Relation
from lianti.kernel import ready, scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def rename(relation: Relation, name: str) -> int:
    return ready.update(Relation, {"name": name}, where={"id": relation.pk})


def refused(actor: Actor, relation: Relation, name: str) -> None:
    with scope.step(actor):
        rename(relation, name)
        raise Conflict


def seen(relation: Relation) -> str:
    return Relation.objects.values_list("name", flat=True).get(pk=relation.pk)


def test_what_fails_first_is_undone_and_the_scope_stays(cast: Cast):
    office, relation = cast.supporting.office, cast.relation
    with scope.acting(office):
        with pytest.raises(Conflict):
            refused(office, relation, "one")
        assert seen(relation) == relation.name
        with scope.step(office):
            assert rename(relation, "two") == 1
    with scope.system():
        assert seen(relation) == "two"


def test_what_fails_later_leaves_what_was_done_before(cast: Cast):
    office, relation = cast.supporting.office, cast.relation
    with scope.acting(office):
        with scope.step(office):
            rename(relation, "one")
        with pytest.raises(Conflict):
            refused(office, relation, "two")
        assert seen(relation) == "one"
    with scope.system():
        assert seen(relation) == "one"


def test_a_step_within_a_step_is_undone_alone(cast: Cast):
    office, relation = cast.supporting.office, cast.relation
    with scope.acting(office), scope.step(office):
        rename(relation, "one")
        with pytest.raises(Conflict):
            refused(office, relation, "two")
        assert seen(relation) == "one"
    with scope.system():
        assert seen(relation) == "one"


@pytest.mark.postgresql
def test_the_first_step_needs_no_savepoint(cast: Cast):
    office, relation = cast.supporting.office, cast.relation
    asked: list[str] = []

    def heard(run, sql, params, many, context):  # type: ignore[no-untyped-def]
        asked.append(sql)
        return run(sql, params, many, context)

    with scope.acting(office), connection.execute_wrapper(heard), scope.step(office):
        rename(relation, "one")
    assert not [sql for sql in asked if "SAVEPOINT" in sql]


def settled_and_refused(actor: Actor, relation: Relation, *, settle: bool) -> None:
    with scope.acting(actor):
        rename(relation, "one")
        if settle:
            scope.settle()
            assert seen(relation) == "one"  # still in the scope of who acts
        rename(relation, "two")
        raise Conflict


@pytest.mark.postgresql
@pytest.mark.parametrize("settle", [False, True])
def test_what_is_settled_stays_whatever_becomes_of_the_rest(cast: Cast, settle: bool):
    with pytest.raises(Conflict):
        settled_and_refused(cast.supporting.office, cast.relation, settle=settle)
    with scope.system():
        assert seen(cast.relation) == ("one" if settle else cast.relation.name)


@pytest.mark.postgresql
def test_after_settling_the_next_step_is_again_the_first(cast: Cast):
    office, relation = cast.supporting.office, cast.relation
    with scope.acting(office):
        with scope.step(office):
            rename(relation, "one")
        scope.settle()
        with pytest.raises(Conflict):
            refused(office, relation, "two")
        assert (seen(relation), connection.savepoint_ids) == ("one", [])


@pytest.mark.postgresql
def test_nothing_is_settled_within_somebody_elses_transaction(cast: Cast):
    with pytest.raises(Conflict), transaction.atomic():
        settled_and_refused(cast.supporting.office, cast.relation, settle=True)
    with scope.system():
        assert seen(cast.relation) == cast.relation.name
