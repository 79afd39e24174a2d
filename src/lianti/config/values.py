"""What the text of a setting may look like: each reader returns its value or raises Wrong. Standard library only."""

import re
from collections.abc import Callable
from pathlib import Path

from lianti.config import rooms


class Wrong(ValueError):
    """Why one value cannot be used, as the end of the sentence "NAME …"."""


TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


def switch(text: str) -> bool:
    """Read 1 or 0, true or false, yes or no, on or off."""
    if text.lower() in TRUE | FALSE:
        return text.lower() in TRUE
    raise Wrong(f"must be 1 or 0, not “{text}”")


def whole(low: int, high: int) -> Callable[[str], int]:
    """Make a reader of whole numbers from low to high."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise Wrong(f"must be a whole number from {low} to {high}, not “{text}”")
        return int(text)

    return parse


def one_of(*choices: str) -> Callable[[str], str]:
    """Make a reader of one word out of a few."""

    def parse(text: str) -> str:
        if text not in choices:
            raise Wrong(f"must be one of {', '.join(choices)}, not “{text}”")
        return text

    return parse


def secret(text: str) -> str:
    """Read a secret that is long and varied enough."""
    if len(text) < 32 or len(set(text)) < 10:
        raise Wrong("must be a random text of at least 32 characters")
    return text


def folder(text: str) -> Path:
    """Read the path of a folder, which need not exist yet."""
    path = Path(text).expanduser()
    if path.exists() and not path.is_dir():
        raise Wrong(f"must name a folder, and {path} is not one")
    return path.absolute()


HOST = re.compile(r"\*|\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")


def hosts(text: str) -> tuple[str, ...]:
    """Read host names with commas between, without scheme, port or path."""
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    for name in names:
        if not HOST.fullmatch(name):
            raise Wrong(f"must be host names with commas between, without port; “{name}” is none")
    return names


def rooms_off(text: str) -> frozenset[str]:
    """Read names of rooms with commas between, none of which a room that stays on needs."""
    names = frozenset(part.strip() for part in text.split(",") if part.strip())
    if why := rooms.refused(names):
        raise Wrong(why)
    return names


ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:[0-9]{1,5})?")


def origins(text: str) -> tuple[str, ...]:
    """Read web origins with commas between, such as https://help.example.org."""
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    for name in names:
        if not ORIGIN.fullmatch(name):
            raise Wrong(f"must be addresses like https://help.example.org, and “{name}” is none")
    return names
