"""Walls are put up as they are declared, and taken down where nobody declares them any more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianti.contexts.network.models import Relation, RelationTransition
from lianti.kernel import personal, walls
from lianti.kernel.models import Tenant
from lianti.kernel.personal import NAME, Columns

pytestmark = [pytest.mark.django_db, pytest.mark.owner]


def policies() -> set[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT polrelid::text, polname, oid::text FROM pg_policy")
        return set(cursor.fetchall())


def walled(table: str) -> tuple[bool, bool]:
    """Say whether a table has a wall, and whether it holds for the owner too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s", [table])
        on, forced = cursor.fetchone()
    return on, forced


@pytest.mark.parametrize("put", [walls.install, walls.lift])
def test_where_there_are_no_roles_there_are_no_walls(put) -> None:
    with CaptureQueriesContext(connection) as asked:
        put()
    assert bool(len(asked)) == (connection.vendor == "postgresql")


@pytest.mark.postgresql
def test_installing_again_changes_nothing_and_drops_what_is_left_over() -> None:
    before = policies()
    with connection.cursor() as cursor:
        cursor.execute("CREATE POLICY web ON needs_need TO lianti_web USING (true)")
    walls.install()
    assert policies() == before


@pytest.mark.postgresql
def test_a_policy_that_is_gone_is_made_again() -> None:
    before = {(table, name) for table, name, _oid in policies()}
    with connection.cursor() as cursor:
        cursor.execute("DROP POLICY jobs ON needs_need")
    walls.install()
    assert {(table, name) for table, name, _oid in policies()} == before


@pytest.mark.postgresql
def test_the_owner_is_bound_too_but_not_while_it_migrates() -> None:
    assert walled("needs_need") == (True, True)
    walls.lift()
    assert walled("needs_need") == (True, False)
    walls.install()
    assert walled("needs_need") == (True, True)


@pytest.mark.postgresql
def test_a_wall_that_nobody_declares_any_more_is_taken_down() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_tenant ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    walls.install()
    assert walled("kernel_tenant") == (False, False)


def test_every_room_tells_its_walls_and_its_columns_about_people() -> None:
    assert {"kernel_notice", "records_keptform", "needs_need", "ledger_entry"} <= {w.table for w in walls.declared()}
    assert {"kernel_notice", "records_keptform", "needs_need"} <= {c.table for c in personal.declared()}


def test_columns_of_every_record_and_story_are_spoken_of_once_for_all() -> None:
    assert personal.text_columns(Tenant) == {"label"}
    assert not personal.text_columns(Relation) & {"public_id", "state", "chain"}
    assert "name" in personal.text_columns(Relation)
    assert personal.text_columns(RelationTransition) == set()


def test_a_table_names_what_is_about_people_and_what_is_not() -> None:
    assert Columns("x", "kind code", {"name": NAME}).named == ["kind", "code", "name"]
