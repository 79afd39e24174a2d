"""The world that the permission matrix is tried in, here for the walls behind it."""

from tests.permissions.conftest import world

__all__ = ["world"]
