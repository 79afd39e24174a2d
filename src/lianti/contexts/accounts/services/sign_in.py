"""How a phone number and a password are held against each other."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest
from django.utils import timezone

from lianti.contexts.accounts import domain, guarded, queries
from lianti.kernel.models import Principal
from lianti.lib.dates import shanghai_day


class PhoneAndPassword(ModelBackend):
    """Users sign in by phone number; a one-time code may be typed with blanks and is no use after its time."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Principal | None:
        """Return the user, or None; takes as long for a number that nobody has."""
        if username is None or password is None:
            return None
        user = queries.principal_for(username)
        if user is None:
            Principal().set_password(password)
            return None
        code = queries.code_state(user.pk, timezone.now())
        given = domain.bare_code(password) if code else password
        if not self.user_can_authenticate(user) or not self._opens(user, given, code):
            return None
        return user

    def _opens(self, user: Principal, given: str, code: str) -> bool:
        """Say whether this is the password, or a code that still holds; of somebody new any invitation's own."""
        if check_password(given, user.password, lambda raw: guarded.rehash(user.pk, raw)):
            return code != "expired"
        return queries.never_came_in(user) and queries.opened_by(user, given, timezone.now()) is not None

    def get_user(self, user_id: int) -> Principal | None:
        """Return the user of a session, with their `seats` of today; None for one who may no longer come in."""
        user, seats = queries.signed_in(user_id, shanghai_day(timezone.now()))
        if user is not None:
            user.seats = seats  # type: ignore[attr-defined]
        return user
