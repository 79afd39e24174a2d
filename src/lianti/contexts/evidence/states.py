"""The life of a file: it is kept, until it is erased."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, Transition, Workflow


class FileState(StrEnum):
    KEPT = "kept"
    ERASED = "erased"


FILE = Workflow(
    name="evidence.file",
    states=FileState,
    final=frozenset({FileState.ERASED}),
    adoptable=frozenset({FileState.KEPT}),
    transitions=(
        Transition(name="store", sources=frozenset({NEW}), target=FileState.KEPT, action="evidence.store"),
        Transition(
            name="erase",
            sources=frozenset({FileState.KEPT}),
            target=FileState.ERASED,
            action="evidence.erase",
            required=("note",),
            danger=True,
        ),
    ),
)
