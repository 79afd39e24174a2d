"""Reads from the form of an activity which givers it offers with which receivers."""

from __future__ import annotations

import re

GIVER = re.compile(r'<select name="giver"[^>]*data-own="(\w+)"[^>]*>(.*?)</select>', re.DOTALL)
OPTION = re.compile(r'<option value="(\w+)"( selected)?')
BOX = re.compile(r'<input type="checkbox" name="receivers" value="(\w+)"([^>]*)>')


def offered(page: str) -> set[tuple[str, str]]:
    """Return the pairs that can be chosen: for the preset giver as drawn, for another as the page's script has it."""
    found = GIVER.search(page)
    assert found is not None
    own, options = found[1], OPTION.findall(found[2])
    pairs = set()
    for box, rest in BOX.findall(page):
        for giver, preset in options:
            fits = box != giver and own in (giver, box)
            if ("disabled" not in rest) if preset else fits:
                pairs.add((giver, box))
    return pairs
