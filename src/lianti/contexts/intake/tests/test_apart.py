"""Reading in a process of its own: what goes wrong there is said, and stays there."""

import pytest

from lianti.contexts.intake import labels
from lianti.contexts.intake.domain.alone import Answer
from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.reading import NOTES
from lianti.contexts.intake.domain.source import Source
from lianti.contexts.intake.services import apart
from lianti.contexts.intake.services.apart import Unreadable
from lianti.contexts.intake.tests.builders import TEXT


def reason(name: str = "a.txt") -> str:
    with pytest.raises(Unreadable) as refused:
        apart.read_and_clean("一段文字".encode(), name, "txt")
    return refused.value.reason


def test_a_page_is_read_and_cleaned_there() -> None:
    page = f"<html><body><nav>首页</nav><p>{TEXT}</p><script>1</script></body></html>"
    source, cleaned = apart.read_and_clean(page.encode("gb18030"), "新闻.html", "html")
    assert source.kind == "html"
    assert "签署对口支援协议" in cleaned.text


def test_what_the_reader_refuses_has_words() -> None:
    with pytest.raises(Unreadable) as refused:
        apart.read_and_clean(b"PK\x03\x04 nothing", "a.docx", "docx")
    assert refused.value.reason == "damaged"
    assert set(NOTES) <= set(labels.NOTES)


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.001)
    assert reason() == "too_slow"


def test_what_breaks_the_process_breaks_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_PROGRAM", "lianti.no_such_program")
    assert reason() == "crashed"


def test_an_answer_without_a_story_is_none() -> None:
    with pytest.raises(Unreadable, match="no_text"):
        apart.checked(Answer(Source(" "), Cleaned(" \n")))
    with pytest.raises(Unreadable, match="pages"):
        apart.checked(Answer(refused="pages", values={"most": 300}))
