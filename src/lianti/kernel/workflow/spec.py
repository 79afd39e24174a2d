"""A workflow is a table. Plain Python: no Django, no nouns."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

NEW = ""  # the source of a transition that creates a record
SAME = "="  # the target of a transition that leaves the state as it is (an edit, a rising level)
ADOPT = "adopt"  # the one move by which a record that is already under way comes in


@dataclass(frozen=True)
class Transition:
    """One move: from any of `sources` to `target`, asked of the permission table as `action`.

    `required`: names of fields that must be given. `notices`: keys of texts sent when it has happened.
    `target` SAME leaves the state alone (an edit, a level that rises).
    """

    name: str
    sources: frozenset[str]
    target: str
    action: str
    required: tuple[str, ...] = ()
    deadline: str | None = None
    notices: tuple[str, ...] = ()
    primary: bool = False
    danger: bool = False


@dataclass(frozen=True)
class Workflow:
    """A named table of transitions over one enum of states."""

    name: str
    states: type[StrEnum]
    final: frozenset[str]
    transitions: tuple[Transition, ...]
    adoptable: frozenset[str] = field(default_factory=frozenset)
    only_adopted: frozenset[str] = field(default_factory=frozenset)  # of these: what nothing else leads to

    def allowed(self, state: str) -> list[Transition]:
        """Return the transitions that leave `state` (NEW: those that create)."""
        return [t for t in self.transitions if state in t.sources]

    def find(self, name: str, state: str) -> Transition | None:
        """Return the transition called `name` from `state`, or None when the table has none."""
        return next((t for t in self.transitions if t.name == name and state in t.sources), None)

    def named(self, name: str) -> Transition | None:
        """Return any transition called `name`, whatever its source."""
        return next((t for t in self.transitions if t.name == name), None)

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with the table: unreachable states, doubtful ends, unknown names."""
        known = {str(s) for s in self.states}
        for t in self.transitions:
            for state in (t.sources | {t.target}) - known - {NEW, SAME}:
                yield f"{t.name}: no state {state!r}"
        for state in (known - self._reached()) ^ self.only_adopted:
            yield f"{state}: adopted only?" if state in self.adoptable else f"{state} cannot be reached"
        for state in known:
            leaves = any(t.target not in (state, SAME) for t in self.allowed(state))
            if (state in self.final) == leaves:
                yield f"{state}: final or not?"

    def _reached(self) -> set[str]:
        seen: set[str] = set()
        todo = [NEW]
        while todo:
            new = {t.target for t in self.allowed(todo.pop())} - seen - {SAME}
            seen |= new
            todo += new
        return seen

    def mermaid(self) -> str:
        """Return the table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2"]
        for t in self.transitions:
            lines += [
                f"    {s or '[*]'} --> {s if t.target == SAME else t.target}: {t.name}" for s in sorted(t.sources)
            ]
        lines += [f"    [*] --> {s}: {ADOPT}" for s in sorted(self.adoptable)]
        lines += [f"    {s} --> [*]" for s in sorted(self.final)]
        return "\n".join(lines)
