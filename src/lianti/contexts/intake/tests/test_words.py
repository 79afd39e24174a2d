"""Whatever the reader and the grammar say by key has words for people, in both languages."""

from pathlib import Path

import pytest
from django.utils import translation

from lianti.contexts.intake import labels
from lianti.contexts.intake.domain import cleaning, grammar, reading
from lianti.contexts.intake.domain.known import Known
from lianti.contexts.intake.services import drafts

CORPUS = Path(__file__).resolve().parents[5] / "tests" / "intake" / "corpus" / "raw"


@pytest.mark.parametrize("name", ["o02.txt", "o06.txt", "o18.txt", "o33.txt", "o37.txt", "o41.txt", "o46.txt"])
def test_why_something_was_found_is_said_in_words(name: str) -> None:
    cleaned = cleaning.clean(reading.read((CORPUS / name).read_bytes(), name=name))
    for draft in drafts(cleaned, grammar.propose(cleaned, Known())):
        silent = [key for key in draft.why if key not in labels.WHY and key.partition(".")[0] not in labels.WHY]
        assert not silent, draft


def test_the_words_are_in_both_languages() -> None:
    for table in (labels.WHY, labels.REASONS, labels.REPAIRS, labels.STATUS, labels.NOTES, labels.PHASES):
        with translation.override("en"):
            english = [str(words) for words in table.values()]
        with translation.override("zh-hans"):
            chinese = [str(words) for words in table.values()]
        assert all(one != other for one, other in zip(english, chinese, strict=True)), english
