"""The walls of what the framework brings along: sessions, and tables that nothing here uses."""

from lianti.kernel import personal
from lianti.kernel.personal import Columns, Level, Personal
from lianti.kernel.walls import Closed, Open, Walls

_UNUSED = "The framework makes it; nothing here uses it."

WALLS: Walls = (
    Open("django_session", "Read by its secret key before anybody acts.", "read insert change delete"),
    Closed("django_content_type", _UNUSED),
    Closed("auth_permission", _UNUSED),
    Closed("auth_group", _UNUSED),
    Closed("auth_group_permissions", _UNUSED),
)

PERSONAL: personal.Declared = (
    Columns(
        "django_session",
        personal={
            "session_key": Personal(Level.SECRET, "know who is signed in", "two weeks", "removed with its row"),
            "session_data": Personal(Level.SECRET, "know who is signed in", "two weeks", "removed with its row"),
        },
    ),
    Columns("django_content_type", "app_label model"),
    Columns("auth_permission", "name codename"),
    Columns("auth_group", "name"),
)
