"""Whom a typed name or number means, and how long a locked sign-in still has to wait."""

import math
from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import QuerySet

from lianti.contexts.accounts import domain
from lianti.contexts.accounts.models import OneTimeCode
from lianti.kernel.models import Principal


class SeveralBearIt(Exception):
    """Several people bear the typed name; only the phone number says who is meant."""


def _users() -> QuerySet[Principal]:
    return Principal.objects.filter(kind=Principal.Kind.USER)


def sign_in_name(text: str) -> str:
    """Return the phone number behind a typed number or name; the text itself when nobody bears it.

    Raises SeveralBearIt.
    """
    number = domain.phone(text)
    if number is not None:
        return number
    found = list(_users().filter(name=domain.name(text), phone__isnull=False).values_list("phone", flat=True)[:2])
    if len(found) > 1:
        raise SeveralBearIt
    return str(found[0]) if found else domain.name(text)


def principal_for(number: str) -> Principal | None:
    """Return the user with this phone number, or None."""
    return _users().filter(phone=number).first()


def code_state(principal_id: int, at: datetime) -> str:
    """Say whether the password is a one-time code: '' (no), 'fresh' or 'expired'."""
    code = OneTimeCode.objects.filter(principal=principal_id).values_list("expires_at", flat=True).first()
    if code is None:
        return ""
    return "fresh" if at < code else "expired"


def wait_minutes(number: str, at: datetime) -> int:
    """Return the minutes until a locked sign-in opens again, at least one."""
    last = (
        AccessAttempt.objects.filter(username=number)
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    left = (last or at) + timedelta(hours=settings.AXES_COOLOFF_TIME) - at
    return max(1, math.ceil(left.total_seconds() / 60))
