"""The shape of the ledger's workflows."""

from __future__ import annotations

import pytest
from django.utils import translation

from lianti.contexts.ledger import rules, words
from lianti.contexts.ledger.states import ENTRY, WORKFLOWS, EntryState
from lianti.kernel.workflow.spec import Workflow

BY_NAME = {spec.name: spec for spec in WORKFLOWS}
WORDS = {
    "ledger.entry": words.ENTRY,
    "ledger.account": words.ACCOUNT,
    "ledger.sheet": words.SHEET,
    "ledger.print": words.PRINT,
    "ledger.link": words.LINK,
    "ledger.publication": words.PUBLICATION,
}


@pytest.mark.parametrize("spec", WORKFLOWS, ids=lambda spec: spec.name)
def test_workflow_has_no_problems(spec: Workflow) -> None:
    assert list(spec.problems()) == []


@pytest.mark.parametrize("name", sorted(WORDS))
def test_words_are_whole(name: str) -> None:
    assert list(WORDS[name].problems(BY_NAME[name])) == []


@pytest.mark.parametrize("table", rules.TABLES, ids=lambda table: table.name)
def test_every_action_has_a_rule_and_every_rule_an_action(table: object) -> None:
    spec = BY_NAME[table.name]  # type: ignore[attr-defined]
    assert {t.action for t in spec.transitions} == set(table.rules)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("source", "targets"),
    [
        (EntryState.DECLARED, {"declared", "returned", "counted", "withdrawn"}),
        (EntryState.RETURNED, {"returned", "declared", "withdrawn"}),
        (EntryState.COUNTED, {"counted", "objected"}),
        (EntryState.OBJECTED, {"objected", "settled"}),
        (EntryState.SETTLED, {"settled"}),
        (EntryState.WITHDRAWN, set()),
    ],
)
def test_an_entry_lives_as_the_ledgers_page_says(source: EntryState, targets: set[str]) -> None:
    """declared → returned → declared; declared → counted; counted → objected → settled; else withdrawn."""
    found = {source.value if t.target == "=" else str(t.target) for t in ENTRY.allowed(source)}
    assert found == targets


def test_words_follow_the_readers_language() -> None:
    with translation.override("en"):
        assert (words.kind_name("lecture"), words.unit_name("session")) == ("Lecture", "sessions")
    with translation.override("zh-hans"):
        assert (words.kind_name("lecture"), words.unit_name("session")) == ("讲座培训", "场")
    assert words.kind_name("?") == words.unit_name("?") == "?"
