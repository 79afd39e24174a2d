"""One place where a person is named."""

from dataclasses import dataclass


@dataclass(slots=True)
class Named:
    """One naming of a person: where, with which title, which rule found it."""

    start: int
    end: int
    title: str = ""
    institution: str = ""
    why: str = "title_before"
    score: float = 0.0
    weak: bool = False
