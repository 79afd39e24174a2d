"""Sessions in the database, as Django keeps them; the one read of every request is a statement made ready once."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from lianti.kernel.ready import Ready

_KEPT = Ready(lambda key: Session.objects.filter(session_key=key), str)


class SessionStore(DatabaseStore):
    """Reads a session without building the query anew."""

    def _get_session_from_db(self) -> Any:
        found = _KEPT.first(self.session_key) if self.session_key else None
        if found is not None and found.expire_date > timezone.now():
            return found
        self._session_key = None
        return None
