"""What everybody does to their own sign-in."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.accounts import guarded, queries
from lianti.contexts.accounts.models import OneTimeCode, Seat
from lianti.contexts.accounts.services.members import take_up
from lianti.kernel import access, scope
from lianti.kernel.models import Principal
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid, NotFound

SHORTEST = 10
RULES = (
    MinimumLengthValidator(SHORTEST),
    NumericPasswordValidator(),
    CommonPasswordValidator(),
    UserAttributeSimilarityValidator(("name", "phone")),
)


def take_seat(*, actor: Actor, at: datetime, key: str | None) -> int:
    """Remember the institution and role that somebody now acts in; return the membership's key for the session.

    Doing it twice changes nothing, so `key` is not kept. Raises NotFound when the membership does not hold.
    """
    found = queries.membership(actor, shanghai_day(at))
    if found is None:
        raise NotFound
    with scope.acting(actor):
        Seat.objects.update_or_create(principal_id=actor.principal_id, defaults={"membership_id": found.id})
    return found.id


def choose_language(*, actor: Actor, at: datetime, key: str | None, language: str) -> None:
    """Remember the language in which somebody reads. Raises Invalid for one that there is not."""
    if language not in dict(settings.LANGUAGES):
        raise Invalid({"language": _("Choose one of the languages.")})
    with scope.acting(actor):
        Principal.objects.filter(pk=actor.principal_id).update(language=language)


def change_password(*, actor: Actor, at: datetime, key: str | None, old: str, new: str) -> Principal:
    """Set one's own new password, knowing the old one. Raises Invalid."""
    principal = Principal.objects.get(pk=actor.principal_id)
    if not check_password(old, principal.password):
        raise Invalid({"old": _("This is not your present password.")})
    return _set(actor, at, principal, old, new)


def set_first_password(
    *, actor: Actor, at: datetime, key: str | None, new: str, invitation: str | None = None
) -> Principal:
    """Set one's own password in place of the one-time code, and take the seat that the code was given for.

    Raises Conflict when the code was used, Invalid.
    """
    principal = Principal.objects.get(pk=actor.principal_id)
    state = queries.code_state(principal.pk, at)
    if not state or (state != "fresh" and invitation is None):
        raise Conflict(_("This one-time code has been used or has run out. Ask your coordinator for a new one."))
    with scope.acting(actor), transaction.atomic():
        _set(actor, at, principal, "", new)
        if invitation is not None:
            take_up(actor=actor, at=at, key=key, membership_id=invitation)
    return principal


def _set(actor: Actor, at: datetime, principal: Principal, old: str, new: str) -> Principal:
    if new == old or (not old and check_password(new, principal.password)):
        raise Invalid({"new": _("Choose another password than the present one.")})
    try:
        validate_password(new, principal, password_validators=RULES)
    except ValidationError as error:
        raise Invalid({"new": " ".join(error.messages)}) from error
    hashed = make_password(new)
    with scope.acting(actor), transaction.atomic():
        principal.password = hashed
        guarded.write(principal.pk, password=hashed)
        OneTimeCode.objects.filter(principal=principal).delete()
        access.note(actor, kind="kernel.principal", public_id=principal.public_id, why="set their own password", at=at)
    return principal
