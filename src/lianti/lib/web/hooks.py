"""What the parts need from rooms above `lib`; the portal plugs it in when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

PanelSource = Callable[[str, HttpRequest, Any], str]

_panels: list[PanelSource] = []


def provide_panels(source: PanelSource) -> None:
    """Let `{% panels %}` draw what this source has for a slot; the last one provided is asked."""
    _panels[:] = [source]


def panels(slot: str, request: HttpRequest, subject: Any) -> str:
    """Return the page parts that other rooms registered for this slot."""
    return _panels[0](slot, request, subject) if _panels else ""
