"""The workflow table by itself."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, SAME, Transition, Workflow


class Lamp(StrEnum):
    OFF = "off"
    ON = "on"
    BROKEN = "broken"


def table(*more: Transition, final: frozenset[str] = frozenset({Lamp.BROKEN})) -> Workflow:
    return Workflow(
        "lamp",
        Lamp,
        final,
        (
            Transition("make", frozenset({NEW}), Lamp.OFF, "lamp.make"),
            Transition("light", frozenset({Lamp.OFF}), Lamp.ON, "lamp.light"),
            Transition("edit", frozenset({Lamp.OFF, Lamp.ON}), SAME, "lamp.edit"),
            *more,
        ),
    )


BREAK = Transition("break", frozenset({Lamp.OFF, Lamp.ON}), Lamp.BROKEN, "lamp.break")


def test_a_sound_table_has_no_problems():
    assert list(table(BREAK).problems()) == []


def test_an_unreachable_state_is_told():
    assert "broken cannot be reached" in list(table().problems())


def test_a_state_without_a_way_out_must_be_final():
    assert "broken: final or not?" in list(table(BREAK, final=frozenset()).problems())


def test_an_edit_is_no_way_out():
    assert "on: final or not?" in list(table(final=frozenset({Lamp.BROKEN, Lamp.OFF})).problems())


def test_a_word_that_is_no_state_is_told():
    stray = Transition("melt", frozenset({"hot"}), Lamp.BROKEN, "lamp.melt")
    assert "melt: no state 'hot'" in list(table(BREAK, stray).problems())


def test_find_needs_both_name_and_state():
    assert table(BREAK).find("light", Lamp.OFF)
    assert table(BREAK).find("light", Lamp.ON) is None


def test_the_diagram_shows_start_moves_edits_and_ends():
    drawn = table(BREAK).mermaid()
    for line in ("[*] --> off: make", "off --> on: light", "on --> on: edit", "broken --> [*]"):
        assert line in drawn
