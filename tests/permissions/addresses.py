"""Every address of the site, read from the resolver."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One URL pattern: its full name, its parts, and the methods that its view takes."""

    name: str
    route: str
    methods: frozenset[str]
    door: str

    @property
    def arguments(self) -> tuple[tuple[str, str], ...]:
        """Return (converter, argument) for each variable part."""
        return tuple(re.findall(r"<(\w+):(\w+)>", self.route))

    def path(self, given: dict[str, str]) -> str:
        """Return the path with these texts in the variable parts, taken as they are."""
        return "/" + re.sub(r"<\w+:(\w+)>", lambda found: given[found[1]], self.route)


@cache
def addresses() -> dict[str, Address]:
    """Return all addresses by name."""
    found = {address.name: address for address in _walk(get_resolver(), "", "")}
    assert found, "the resolver is empty"
    return found


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            view: Any = entry.callback
            assert hasattr(view, "door"), f"/{route} has no door: decorate its view with @door or @open_door"
            name = f"{space}:{entry.name}" if space else str(entry.name)
            yield Address(name, route, frozenset(view.methods), view.door)
        else:
            yield from _walk(entry, route, entry.namespace or space)
