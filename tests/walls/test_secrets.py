"""What only its owner may know: as the web role, acting for an institution, nobody's password, number or session."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianti.contexts.accounts import guarded
from lianti.kernel import scope
from lianti.kernel.models import Principal
from lianti.lib.actor import Actor
from tests.cast import PASSWORD, Cast, phone_of, signed_in_client

PAGE, SIGN_IN = 6, 23  # one of each is the test's own
pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def said(actor: Actor | None, sql: str, *values: Any) -> Any:
    """Return what the first column of the first row says to `actor`; 'denied' where the table is closed."""
    try:
        with undone(), connection.cursor() as cursor:
            scope._set(actor)
            cursor.execute(sql, values)
            row = cursor.fetchone() if cursor.description else (cursor.rowcount,)
            return row[0] if row else None
    except ProgrammingError as error:
        return "denied" if "permission denied" in str(error) else str(error)


def kept(actor: Actor) -> tuple[str, str]:
    with scope.system():
        return Principal.objects.values_list("password", "phone").get(pk=actor.principal_id)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT password FROM kernel_principal",
        "SELECT phone FROM kernel_principal",
        "SELECT * FROM kernel_principal",
        "SELECT name FROM kernel_principal WHERE phone LIKE '139%%'",
        "UPDATE kernel_principal SET password = 'x'",
        "UPDATE kernel_principal SET phone = NULL",
        "DELETE FROM kernel_principal",
    ],
)
def test_the_columns_are_closed_to_everybody(cast: Cast, sql: str) -> None:
    for who in (None, cast.county.office, cast.county.administrator):
        assert said(who, sql) == "denied"


def test_a_password_is_read_by_its_owner_and_at_sign_in_alone(cast: Cast) -> None:
    expert = cast.county.expert
    hashed = kept(expert)[0]
    ask = "SELECT lianti_password(%s)"
    for who in (cast.county.office, cast.county.administrator, cast.stranger.office, cast.authority.leader):
        assert said(who, ask, expert.principal_id) is None
    assert said(expert, ask, expert.principal_id) == said(None, ask, expert.principal_id) == hashed


def test_a_number_is_read_by_its_owner_its_houses_and_operators(cast: Cast) -> None:
    expert = cast.county.expert
    number = kept(expert)[1]
    ask = "SELECT lianti_phone(%s)"
    for who in (expert, cast.county.office, cast.stranger.administrator):
        assert said(who, ask, expert.principal_id) == number
    for who in (cast.supporting.office, cast.stranger.office, cast.authority.leader):
        assert said(who, ask, expert.principal_id) is None


@pytest.mark.parametrize("column", ["password", "phone"])
def test_nobody_of_another_house_changes_it_nor_whoever_acts_for_nobody(cast: Cast, column: str) -> None:
    expert, ask = cast.county.expert, f"SELECT lianti_set_{column}(%s, '13700000001')"
    for who in (None, cast.supporting.office, cast.stranger.office, cast.authority.leader):
        assert said(who, ask, expert.principal_id) is False
    for who in (expert, cast.county.office, cast.stranger.administrator):
        assert said(who, ask, expert.principal_id) is True
    scope._set(cast.stranger.office)
    with pytest.raises(RuntimeError):
        guarded.write(expert.principal_id, **{column: "13700000001"})


def test_an_invitation_opens_no_sign_in_to_who_invites(cast: Cast) -> None:
    from lianti.contexts.accounts import services
    from tests.cast import AT, DAY

    leader = cast.county.leader
    with scope.system():
        Principal.objects.filter(pk=leader.principal_id).update(last_login=AT)
        name = Principal.objects.get(pk=leader.principal_id).name
    asked = services.Invitation(phone=phone_of(leader), name=name, role="expert", from_date=DAY)
    services.invite(actor=cast.stranger.office, at=AT, key=None, invitation=asked)
    assert said(cast.stranger.office, "SELECT lianti_set_password(%s, 'x')", leader.principal_id) is False


def test_no_session_is_reached_but_by_its_key(cast: Cast) -> None:
    key = signed_in_client(cast.county.expert).session.session_key
    signed_in_client(cast.stranger.office)
    for who in (None, cast.county.office, cast.county.administrator):
        assert said(who, "SELECT count(*) FROM django_session") == 0
        assert said(who, "UPDATE django_session SET session_data = ''") == 0
        assert said(who, "DELETE FROM django_session") == 0
        assert said(who, "SELECT session_key FROM lianti_session('guessed')") is None
        assert said(who, "SELECT session_key FROM lianti_session(%s)", key) == key
        assert said(who, "SELECT current_setting('lianti.session', true) FROM lianti_session(%s)", key) == ""


def test_a_gate_is_closed_to_every_other_role() -> None:
    for gate in guarded.GATES:
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_function_privilege('public', %s, 'EXECUTE')", [gate])
            assert cursor.fetchone() == (False,), gate


def _asked(client: Client, *calls: Any) -> int:
    """Return how many statements the database was asked, but for those that open and end a transaction."""
    with CaptureQueriesContext(connection) as asked:
        for path, *body in calls:
            assert (client.post(path, *body) if body else client.get(path)).status_code in (200, 302)
    around = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
    return sum(not str(one["sql"]).startswith(around) for one in asked)


def test_the_wall_costs_no_query(cast: Cast) -> None:
    client, office = signed_in_client(cast.county.office), cast.county.office
    client.get("/password/")
    assert _asked(client, ["/password/"]) <= PAGE
    assert _asked(Client(), ["/sign-in/", {"name": phone_of(office), "password": PASSWORD}]) <= SIGN_IN
