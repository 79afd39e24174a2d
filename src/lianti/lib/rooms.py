"""Rooms that a site has switched off: the one place that takes away what they would show.

A room that is off keeps its tables, its code and its jobs, so that nothing is lost and it can come back any day. It
shows nothing: `Room.show` is not called, its addresses are not included, and what lists records of all kinds asks
`shown`.
"""

from importlib import import_module
from typing import TypeVar

from django.apps import AppConfig
from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.module_loading import module_has_submodule

M = TypeVar("M", bound=Model)


def is_on(room: str) -> bool:
    """Tell whether the room of this name is on at this site."""
    return room not in settings.ROOMS_OFF


def shown(rows: "QuerySet[M]") -> "QuerySet[M]":
    """Leave out rows whose `kind` belongs to a room that is off (the kind of a record begins with its room)."""
    for room in settings.ROOMS_OFF:
        rows = rows.exclude(kind__startswith=f"{room}.")
    return rows


class Room(AppConfig):
    """The app of a context. Its `show` registers what others draw of it; its `tasks` are the worker's in any case."""

    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the room be seen, unless it is off."""
        if self.module is not None and module_has_submodule(self.module, "tasks"):
            import_module(f"{self.name}.tasks")
        if is_on(self.label):
            self.show()

    def show(self) -> None:
        """Register navigation, cards, notices, search and panels. A room without pages registers nothing."""
