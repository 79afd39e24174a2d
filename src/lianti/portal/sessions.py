"""Sessions in the database, as Django keeps them; the one read of every request is a statement made ready once.

On PostgreSQL the web role reaches a session by its exact key alone, through two functions (portal/rules.py).
"""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from lianti.kernel import ready
from lianti.kernel.ready import Ready

_KEPT = Ready(lambda key: Session.objects.filter(session_key=key), str)
_READ = "SELECT session_key, session_data, expire_date FROM lianti_session(%s)"
_WRITE = "SELECT lianti_keep_session(%s, %s, %s, %s)"


class SessionStore(DatabaseStore):
    """Reads a session without building the query anew, and reaches it through its wall."""

    def _get_session_from_db(self) -> Any:
        found = _row(self.session_key) if self.session_key else None
        if found is not None and found.expire_date > timezone.now():
            return found
        self._session_key = None
        return None

    def exists(self, session_key: str) -> bool:
        """Say whether there is a session of this key."""
        return _row(session_key) is not None

    def save(self, must_create: bool = False) -> None:
        """Write the session. Raises CreateError when the key is taken, UpdateError when the session has ended."""
        if self.session_key is None:
            return self.create()
        if connection.vendor != "postgresql":
            return super().save(must_create)
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        row = self.create_model_instance(data)
        how = "insert" if must_create else "change"
        try:
            with transaction.atomic():
                done = _write(how, row.session_key, row.session_data, row.expire_date)
        except IntegrityError as error:
            raise CreateError from error
        if not done:
            raise UpdateError
        return None

    def delete(self, session_key: str | None = None) -> None:
        """End a session, one's own when none is named."""
        key = session_key or self.session_key
        if connection.vendor != "postgresql":
            super().delete(session_key)
        elif key is not None:
            _write("delete", key, "", timezone.now())


def _row(key: str) -> Session | None:
    if connection.vendor != "postgresql":
        return _KEPT.first(key)
    names = ("session_key", "session_data", "expire_date")
    return next((Session(**dict(zip(names, row, strict=True))) for row in ready.fetch(_READ, [key])), None)


def _write(how: str, key: str, data: str, until: datetime) -> bool:
    return bool(ready.fetch(_WRITE, [how, key, data, until])[0][0])
