"""One person, one name: names written in different ways are told to be the same."""

import re
import unicodedata

# Points between the parts of a name, as keyboards and papers have them, and blanks of any width.
_BETWEEN = re.compile(r"[\s\u00b7\u2022\u2027\u22c5\u2219\u30fb\uff65\uff0e.\u200b-\u200f\u2060\ufeff]")


def folded(name: str) -> str:
    """Return what two ways of writing one person's name have in common: no blanks, no points, one width, one case."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", name)).casefold()
