"""The moves of a page of the network as its buttons."""

from collections.abc import Callable, Mapping

from lianti.contexts.network import labels
from lianti.lib.web.forms import Base
from lianti.lib.web.moving import Step
from lianti.lib.web.parts import Move


def moves(
    steps: Mapping[str, Step],
    available: list[str],
    url: Callable[[str], str],
    failed: dict[str, Base],
    seen: int | None = None,
) -> list[Move]:
    """Return the moves open to the reader; one that was refused keeps what was typed. `seen`: the version shown."""
    return [
        Move(
            name=name,
            label=labels.MOVES[name],
            url=url(name),
            form=failed.get(name) or step.form(None),
            primary=step.primary,
            danger=step.danger,
            seen=seen,
        )
        for name, step in steps.items()
        if name in available
    ]
