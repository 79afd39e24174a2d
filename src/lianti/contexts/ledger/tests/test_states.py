"""The shape of the ledger's workflows."""

from __future__ import annotations

import pytest
from django.utils import translation

from lianti.contexts.ledger import labels, rules
from lianti.contexts.ledger.states import ENTRY, WORKFLOWS, EntryState
from lianti.kernel.workflow.spec import Workflow

BY_NAME = {spec.name: spec for spec in WORKFLOWS}
WORDS = {
    "ledger.entry": labels.STATES,
    "ledger.account": labels.ACCOUNT_STATES,
    "ledger.sheet": labels.SHEET_STATES,
    "ledger.print": labels.PRINT_STATES,
    "ledger.link": labels.LINK_STATES,
    "ledger.closing": labels.CLOSING_STATES,
    "ledger.check": labels.CHECK_STATES,
    "ledger.publication": labels.PUBLICATION_STATES,
}


@pytest.mark.parametrize("spec", WORKFLOWS, ids=lambda spec: spec.name)
def test_workflow_has_no_problems(spec: Workflow) -> None:
    assert list(spec.problems()) == []


@pytest.mark.parametrize("spec", WORKFLOWS, ids=lambda spec: spec.name)
def test_every_state_has_a_word(spec: Workflow) -> None:
    assert set(WORDS[spec.name]) == set(spec.states)


@pytest.mark.parametrize("table", rules.TABLES, ids=lambda table: table.name)
def test_every_action_has_a_rule_and_every_rule_an_action(table: object) -> None:
    spec = BY_NAME[table.name]  # type: ignore[attr-defined]
    assert {t.action for t in spec.transitions} == set(table.rules)  # type: ignore[attr-defined]


def test_every_move_and_notice_has_a_word() -> None:
    names = {t.name for spec in WORKFLOWS for t in spec.transitions}
    shown = {"propose_closing", "close_month", "propose_reopening", "reopen_month", "draw_check", "publish_month"}
    assert names - shown <= set(labels.STORY)
    notices = {key for spec in WORKFLOWS for t in spec.transitions for key in t.notices}
    assert notices == set(labels.NOTICES)


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
        assert (labels.kind_name("lecture"), labels.unit_name("session")) == ("Lecture", "sessions")
    with translation.override("zh-hans"):
        assert (labels.kind_name("lecture"), labels.unit_name("session")) == ("讲座培训", "场")
    assert labels.kind_name("?") == labels.unit_name("?") == "?"
