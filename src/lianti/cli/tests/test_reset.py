"""`./lianti reset`: the operator resets a password, where no second administrator is there to do it."""

import pytest
from django.test import Client
from django.utils import timezone

from lianti.cli import main, reset, start
from lianti.contexts.accounts.models import MembershipTransition
from lianti.kernel import journal, outbox, scope
from lianti.kernel.models import Notice, Principal
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.roles import Role
from tests.cast import PASSWORD, Cast, phone_of, signed_in_client

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _on_this_database(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and roles are those of the tests; the rest of the command is as it is."""
    monkeypatch.setattr(start, "django", lambda **_told: None)


def resets(phone: str, said: Said) -> tuple[int, str, str]:
    """Run the command; return its code, and what it printed and complained."""
    code = main.main(["reset", "--phone", phone])
    out, err = said.readouterr()
    return code, out, err


def moves(actor: Actor) -> list[tuple[str, str]]:
    """Return the moves that reset somebody's password, each with who made it."""
    with scope.system():
        rows = MembershipTransition.objects.filter(record__principal=actor.principal_id, name="reset_password")
        return list(rows.values_list("principal__kind", "principal__name"))


def test_a_new_code_opens_the_door_and_the_old_password_does_not(cast: Cast, capsys: Said) -> None:
    expert = cast.county.expert
    working, number = signed_in_client(expert), phone_of(expert)
    code, out, err = resets(number, capsys)
    assert (code, err) == (0, "")
    shown = out.strip().rpartition(" ")[2]
    assert working.get("/people/").status_code == 302
    assert Client().post("/sign-in/", {"name": number, "password": PASSWORD}).status_code == 422
    opened = Client().post("/sign-in/", {"name": number, "password": shown})
    assert opened["Location"] == "/sign-in/first-password/"


@pytest.mark.parametrize("role", [Role.HEALTH_AUTHORITY, Role.ADMINISTRATOR])
def test_it_needs_no_second_administrator(cast: Cast, capsys: Said, role: Role) -> None:
    assert resets(phone_of(cast.authority.actor(role)), capsys)[0] == 0


def test_it_is_journaled_as_the_operators_and_the_owner_is_told(cast: Cast, capsys: Said) -> None:
    expert = cast.county.expert
    resets(phone_of(expert), capsys)
    assert moves(expert) == [(Principal.Kind.JOB, "operator")]
    with scope.system():
        assert journal.verify(engine.records()).ok
        outbox.work(100, timezone.now())
        assert Notice.objects.filter(principal=expert.principal_id, text_key="accounts.reset").count() == 1


def test_a_number_with_which_nobody_signs_in_changes_nothing(cast: Cast, capsys: Said) -> None:
    expert = cast.county.expert
    code, out, err = resets("13000000000", capsys)
    assert (code, out) == (1, "")
    assert "Nobody who acts for an institution signs in with 13000000000." in err
    assert moves(expert) == []
    assert Client().post("/sign-in/", {"name": phone_of(expert), "password": PASSWORD}).status_code == 302


def test_whose_it_is_must_be_said(capsys: Said) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(["reset"])
    assert ended.value.code == 2
    assert "--phone" in capsys.readouterr().err
    assert "reset" in (reset.__doc__ or "").lower()
