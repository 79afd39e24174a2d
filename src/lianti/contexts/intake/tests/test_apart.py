"""Reading in a process of its own: what goes wrong there is said, and stays there."""

import pytest

from lianti.contexts.intake.domain.alone import Answer
from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.source import Source
from lianti.contexts.intake.services import apart
from lianti.contexts.intake.services.apart import Unreadable


def reason(name: str = "a.txt") -> str:
    with pytest.raises(Unreadable) as refused:
        apart.read_and_clean("一段文字".encode(), name, "txt")
    return refused.value.reason


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.001)
    assert reason() == "too_slow"


def test_what_breaks_the_process_breaks_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_PROGRAM", "lianti.no_such_program")
    assert reason() == "crashed"


def test_an_answer_without_a_story_is_none() -> None:
    with pytest.raises(Unreadable, match="empty"):
        apart.checked(Answer(Source(" "), Cleaned(" \n")))
    with pytest.raises(Unreadable, match="pages"):
        apart.checked(Answer(refused="pages", values={"most": 300}))
