"""The world that the permission matrix is tried in, here for every side of its records."""

from tests.permissions.conftest import world

__all__ = ["world"]
