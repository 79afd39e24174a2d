"""The command line lists itself and tells what it does not know."""

import argparse
import importlib

import pytest

from lianti.cli import main, table


def test_the_list_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main([]) == 0
    listed = capsys.readouterr().out
    assert all(f"  {command.name} " in listed for command in table.COMMANDS)


def test_an_unknown_command_shows_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["serv"]) == 2
    assert "There is no command “serv”" in capsys.readouterr().err


@pytest.mark.parametrize("command", table.COMMANDS, ids=lambda command: command.name)
def test_every_command_has_options_and_a_description(command: table.Command) -> None:
    module = importlib.import_module(command.module)
    module.add_options(argparse.ArgumentParser())
    assert callable(module.run)
    assert module.__doc__


def test_help_needs_no_set_up(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["demo", "--help"])
    assert "--scale" in capsys.readouterr().out


def test_wrong_settings_end_a_command_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIANTI_WEB_PORT", "many")
    assert main.main(["check"]) == 2
    assert "LIANTI_WEB_PORT must be a whole number" in capsys.readouterr().err
