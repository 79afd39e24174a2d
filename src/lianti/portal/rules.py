"""The walls of what the framework brings along: sessions, and tables that nothing here uses."""

from django.contrib.sessions.models import Session

from lianti.kernel import personal
from lianti.kernel.personal import Columns, Level, Personal
from lianti.kernel.walls import Closed, Wall, Walls

_UNUSED = "The framework makes it; nothing here uses it."
# By its exact key alone, which the functions below name for the moment of one statement.
_OWN_SESSION = "{t}.session_key = current_setting('lianti.session', true)"
FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION lianti_session(secret text) RETURNS SETOF django_session LANGUAGE plpgsql AS $f$ BEGIN
        PERFORM set_config('lianti.session', secret, true);
        RETURN QUERY SELECT * FROM django_session WHERE session_key = secret;
        PERFORM set_config('lianti.session', '', true);
    END $f$""",
    """CREATE OR REPLACE FUNCTION lianti_keep_session(how text, secret text, said text, until timestamptz)
    RETURNS boolean LANGUAGE plpgsql AS $f$ DECLARE done boolean; BEGIN
        PERFORM set_config('lianti.session', secret, true);
        IF how = 'insert' THEN INSERT INTO django_session (session_key, session_data, expire_date)
            VALUES (secret, said, until);
        ELSIF how = 'change' THEN UPDATE django_session SET session_data = said, expire_date = until
            WHERE session_key = secret;
        ELSE DELETE FROM django_session WHERE session_key = secret;
        END IF;
        done := FOUND;
        PERFORM set_config('lianti.session', '', true);
        RETURN done;
    END $f$""",
)

WALLS: Walls = (
    Wall(Session, read=_OWN_SESSION, insert=_OWN_SESSION, change=_OWN_SESSION, delete=_OWN_SESSION),
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
