"""Slots by which an upper context shows its part on a lower context's page."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

Panel = Callable[[HttpRequest, Any], str]

_slots: dict[str, list[tuple[int, Panel]]] = defaultdict(list)


def register(slot: str, panel: Panel, *, order: int = 0) -> None:
    """Show `panel` in `slot`, lower orders first. Called from an app's `ready`."""
    _slots[slot].append((order, panel))


def render(slot: str, request: HttpRequest, subject: Any) -> SafeString:
    """Return the HTML of all panels of `slot` for `subject`, empty ones left out."""
    parts = (panel(request, subject) for _order, panel in sorted(_slots[slot], key=lambda p: p[0]))
    return mark_safe("".join(part for part in parts if part))
