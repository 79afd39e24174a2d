"""What the parts need from rooms above `lib`; the portal plugs it in when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

PanelSource = Callable[[str, HttpRequest, Any], str]

FilePart = Callable[[HttpRequest, Any], str]

_panels: list[PanelSource] = []
_file_parts: list[FilePart] = []


def provide_panels(source: PanelSource) -> None:
    """Let `{% panels %}` draw what this source has for a slot; the last one provided is asked."""
    _panels[:] = [source]


def panels(slot: str, request: HttpRequest, subject: Any) -> str:
    """Return the page parts that other rooms registered for this slot."""
    return _panels[0](slot, request, subject) if _panels else ""


def provide_file_part(source: FilePart) -> None:
    """Let every file field draw below itself what this source has: kept files, a code for the phone."""
    _file_parts[:] = [source]


def file_part(request: HttpRequest, bound: Any) -> str:
    """Return what stands below a file field."""
    return _file_parts[0](request, bound) if _file_parts else ""
