"""Every table says who may do what to its rows, or why it needs no wall. Runs on both databases."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import ProgrammingError

from lianti.config import described
from lianti.kernel import personal, walls
from lianti.kernel.models import Record, TransitionRecord


def undeclared() -> list[str]:
    """Name the tables of installed models that no room declares."""
    said = {wall.table for wall in walls.declared()}
    return sorted(t for m in apps.get_models(include_auto_created=True) if (t := m._meta.db_table) not in said)


def of(kind: type) -> list:
    return [wall for wall in walls.declared() if isinstance(wall, kind)]


def test_every_table_has_a_wall_or_a_reason() -> None:
    assert undeclared() == [], "declare it in WALLS of the room's rules.py (docs/where-to-change.md)"


def test_every_table_is_declared_once_and_exists() -> None:
    twice = {table for table, times in Counter(wall.table for wall in walls.declared()).items() if times > 1}
    assert twice == set()
    there = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert {wall.table for wall in walls.declared()} <= there


def test_what_is_open_says_why() -> None:
    for wall in of(walls.Open) + of(walls.Closed):
        assert len(wall.reason) > 20, wall
        assert wall.verbs <= set(walls.VERBS), wall
    for wall in of(walls.Wall):
        assert (wall.read == walls.EVERYONE) == bool(wall.why), f"{wall.table}: who reads, and why everyone"


def test_every_record_has_a_wall_of_its_kind() -> None:
    """Work items and audiences name records by kind: the wall of that kind decides."""
    kinds = {wall.kind: wall.model for wall in of(walls.Wall) if wall.kind}
    assert kinds == {kind: flow.record for kind, flow in described.flows().items()}


def test_nobody_removes_a_record_and_nobody_rewrites_its_story() -> None:
    for wall in of(walls.Wall):
        if issubclass(wall.model, Record):
            assert "delete" not in wall.conditions, wall.table
        if issubclass(wall.model, TransitionRecord):
            assert set(wall.conditions) == {"read", "insert"}, wall.table
            assert walls.IN_OWN_NAME in wall.insert, wall.table


def test_writing_is_not_allowed_by_the_reading_rule() -> None:
    """Where both are the same, it is because everyone who sees the row has a hand in it: named here."""
    same = {w.table for w in of(walls.Wall) if w.change and w.change == w.read and issubclass(w.model, Record)}
    assert same == {
        "activities_activity",  # giver, receivers, participants and recorder add proof
        *(f"agreements_{name}" for name in ("agreement", "commitment", "goal", "reviewarea", "plan")),  # both parties
        "dispatch_certificate",  # everyone who sees it has a seal to give
        "network_relation",  # parties and the named authority move it
        *("dispatch_candidate", "dispatch_feed", "intake_document", "intake_proposal"),  # of one institution alone
        *("dispatch_allowancerate", "dispatch_allowancesheet"),  # what it pays is its own matter
        *(f"ledger_{name}" for name in ("account", "closing", "entry", "link", "monthsheet")),
    }


def test_every_text_column_says_whether_it_is_about_people() -> None:
    said = {columns.table: columns.named for columns in personal.declared()}
    wrong = {}
    for model in apps.get_models(include_auto_created=True):
        named, there = said.pop(model._meta.db_table, []), personal.text_columns(model)
        if sorted(named) != sorted(there):
            wrong[model._meta.db_table] = sorted(set(named) ^ there) or "one is named twice"
    assert wrong == {}, "name it in PERSONAL of the room's rules.py (docs/where-to-change.md)"
    assert said == {}, "no such table"


class Unwalled(models.Model):
    """A table whose wall somebody forgot."""

    class Meta:
        app_label = "tests_walls"
        managed = False
        db_table = "tests_unwalled"


@contextmanager
def a_forgotten_wall() -> Iterator[None]:
    """Make the table as its migration would, as the owner, and install what the rooms declare."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")
            cursor.execute("CREATE TABLE tests_unwalled (id bigint PRIMARY KEY)")
            cursor.execute("INSERT INTO tests_unwalled VALUES (1)")
            walls.install()
            cursor.execute(f"SET LOCAL ROLE {walls.WEB}")
        yield
        transaction.set_rollback(True)


def test_a_forgotten_wall_is_told_by_its_model(monkeypatch: pytest.MonkeyPatch) -> None:
    known = apps.get_models(include_auto_created=True)
    monkeypatch.setattr(apps, "get_models", lambda **_options: [*known, Unwalled])
    assert undeclared() == ["tests_unwalled"]


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql", ["SELECT 1 FROM {}", "INSERT INTO {} VALUES (2)", "UPDATE {} SET id = 3", "DELETE FROM {}"]
)
def test_a_forgotten_wall_is_permission_denied(sql: str) -> None:
    with a_forgotten_wall(), connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(sql.format("tests_unwalled"))
