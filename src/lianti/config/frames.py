"""Room for the interpreter's frames, so that a page costs the same however deep the server stands in its stack."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

WORDS = 66_000  # half a megabyte: more than the deepest page needs


def roomy(call: Callable[P, T]) -> Callable[P, T]:
    """Return a function that does what `call` does, with all frames beneath it in one piece of memory.

    Python 3.11 keeps frames in pieces of 16 kB and gives a piece back as soon as nothing stands in it. A loop whose
    calls cross the end of a piece maps and unmaps memory at every call (python/cpython#142183), and whether one does
    depends on nothing but the depth at which the server happens to call: the same page cost once or twice as much.
    A function that claims a large stack is given one large piece, in which everything that it calls finds room.
    """

    def with_room(*args: P.args, **kwargs: P.kwargs) -> T:
        return call(*args, **kwargs)

    with_room.__code__ = with_room.__code__.replace(co_stacksize=WORDS)
    return with_room
