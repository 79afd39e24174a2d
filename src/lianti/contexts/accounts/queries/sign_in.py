"""Whom a typed number means, and how long a locked sign-in still has to wait."""

import math
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from lianti.contexts.accounts.models import OneTimeCode
from lianti.kernel.models import Principal


def counted_as(number: str) -> str:
    """Return under what the failures of a number are counted: a keyed hash, whether somebody has the number or not."""
    return salted_hmac("lianti.sign_in", number, algorithm="sha256").hexdigest()


def counted_by(_request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """Return the same for what somebody signs in with, as axes asks."""
    return counted_as(str((credentials or {}).get("username") or ""))


def principal_for(number: str) -> Principal | None:
    """Return the user with this phone number, or None."""
    return Principal.objects.filter(kind=Principal.Kind.USER, phone=number).first()


def code_state(principal_id: int, at: datetime) -> str:
    """Say whether the password is a one-time code: '' (no), 'fresh' or 'expired'."""
    code = OneTimeCode.objects.filter(principal=principal_id).values_list("expires_at", flat=True).first()
    if code is None:
        return ""
    return "fresh" if at < code else "expired"


def wait_minutes(number: str, at: datetime) -> int:
    """Return the minutes until a locked sign-in opens again, at least one."""
    last = (
        AccessAttempt.objects.filter(username=counted_as(number))
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    left = (last or at) + timedelta(hours=settings.AXES_COOLOFF_TIME) - at
    return max(1, math.ceil(left.total_seconds() / 60))
