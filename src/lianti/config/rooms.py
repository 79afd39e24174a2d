"""Which rooms a site may do without (LIANTI_ROOMS_OFF), read from who imports whom. No Django here.

A room is a folder of `contexts`. The portal draws on some of them on every page; those are never off.
"""

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
_IMPORT = re.compile(r"^\s*(?:from|import) lianti\.contexts\.(\w+)", re.MULTILINE)


@cache
def every() -> frozenset[str]:
    """Return the names of all rooms."""
    return frozenset(path.parent.name for path in (PACKAGE / "contexts").glob("*/apps.py"))


@cache
def rests_on(folder: str) -> frozenset[str]:
    """Return the rooms that the code of a folder imports, itself left out."""
    found: set[str] = set()
    for path in (PACKAGE / folder).rglob("*.py"):
        if "tests" not in path.parts:
            found.update(_IMPORT.findall(path.read_text(encoding="utf-8")))
    return frozenset(found - {Path(folder).name})


@cache
def may_be_off() -> frozenset[str]:
    """Return the rooms that a site may do without, alone or together with those that need them."""
    needed: set[str] = set()
    fresh = {"accounts", *rests_on("portal")}  # without accounts nobody signs in
    while fresh:
        needed |= fresh
        fresh = {below for name in fresh for below in rests_on(f"contexts/{name}")} - needed
    return every() - needed


def refused(names: Collection[str]) -> str:
    """Return why these rooms cannot be off, as the end of the sentence "LIANTI_ROOMS_OFF …"; '' when they can."""
    for name in sorted(names):
        if name not in every():
            return f"names “{name}”, which is no room; rooms that may be off: {', '.join(sorted(may_be_off()))}"
        if name not in may_be_off():
            return f"names “{name}”, which every site needs; rooms that may be off: {', '.join(sorted(may_be_off()))}"
        missed = sorted(above for above in every() - {*names} if name in rests_on(f"contexts/{above}"))
        if missed:
            return f"names “{name}”, which {' and '.join(missed)} cannot do without; name {', '.join(missed)} too"
    return ""
