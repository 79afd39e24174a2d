"""What is wrong with a file: the place, and how to mend it, in the reader's language."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Text = str | Promise
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """Where something stands in a file, counted from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `where` names it in the file's own words, such as relations[2].lead."""

    text: Text
    place: Place | None = None
    where: str = ""

    def line(self, name: str) -> str:
        """Return the problem as one line: file, place, what and how to mend."""
        head = f"{name}:{self.place}" if self.place else name
        if not self.where:
            return f"{head}: {self.text}"
        return _("%(head)s: %(where)s: %(text)s") % {"head": head, "where": self.where, "text": self.text}


class Unreadable(Exception):
    """The file cannot be taken at all, for the problems it carries."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(str(p.text) for p in problems))


def spell(path: Path) -> str:
    """Return a path as it is read aloud: relations[2].lead."""
    words = ""
    for step in path:
        words += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return words.removeprefix(".")
