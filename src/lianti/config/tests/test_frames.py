"""The frames of a request stand in one piece of memory."""

import resource

from lianti.config.frames import roomy

CALLS = 200
DEPTHS = 300  # more than one piece of 16 kB holds


def _faults(depth: int) -> int:
    """Return how many pages of memory were mapped by calls at this depth."""
    if depth:
        return _faults(depth - 1)
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for _ in range(CALLS):
        _leaf(1, 2, 3, 4)
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


def _leaf(one: int, _two: int, _three: int, _four: int) -> int:
    return one


def test_calls_map_no_memory_however_deep_they_stand() -> None:
    with_room = roomy(_faults)
    assert max(with_room(depth) for depth in range(DEPTHS)) < CALLS / 4


def test_what_is_given_and_returned_is_handed_through() -> None:
    assert roomy(divmod)(7, 2) == (3, 1)


def test_the_served_application_has_room() -> None:
    from lianti.config import wsgi

    assert wsgi.application.__code__.co_stacksize > 60_000
