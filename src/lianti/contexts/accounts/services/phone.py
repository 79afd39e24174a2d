"""The number that somebody signs in with: changed by themselves, or by who looks after them."""

from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from lianti.contexts.accounts import domain, guarded, queries
from lianti.contexts.accounts.models import Membership
from lianti.contexts.accounts.services.flow import MEMBERSHIP_FLOW
from lianti.contexts.accounts.services.members import second_person
from lianti.contexts.network import services as directory
from lianti.kernel.models import Principal
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid, NotFound


def change_phone(*, actor: Actor, at: datetime, key: str | None, membership_id: str, phone: str) -> Membership:
    """Change the number that a member signs in with; their password stays. Raises as `reset_password`, and Invalid.

    Whoever does it counts as the member's hand for seven days, and needs a second administrator for the same members.
    """
    return _change(actor, at, key, membership_id, phone, "change_phone")


def change_own_phone(*, actor: Actor, at: datetime, key: str | None, password: str, phone: str) -> Membership:
    """Change the number that one signs in with oneself, knowing the password. Raises Invalid, NotFound."""
    if not check_password(password, Principal.objects.get(pk=actor.principal_id).password):
        raise Invalid({"password": _("This is not your present password.")})
    seat = queries.membership(actor, shanghai_day(at))
    if seat is None:
        raise NotFound
    return _change(actor, at, key, seat.public_id, phone, "change_own_phone")


def _change(actor: Actor, at: datetime, key: str | None, membership_id: str, phone: str, name: str) -> Membership:
    number = domain.phone(phone)
    if number is None:
        raise Invalid({"phone": _("Give a phone number: digits only, blanks and dashes do no harm.")})

    def change(record: Membership) -> None:
        principal = record.principal
        before = principal.phone or ""
        if number == before:
            raise Invalid({"phone": _("This is the present number.")})
        if name == "change_phone":
            second_person(actor, record, at)
        guarded.write(principal.pk, phone=number)
        principal.phone = number
        directory.follow_number(actor=actor, at=at, key=None, principal_id=principal.pk, before=before, phone=number)

    try:
        record: Membership = engine.move(
            MEMBERSHIP_FLOW, membership_id, name=name, actor=actor, at=at, key=key, effect=change
        )
    except IntegrityError:
        raise Invalid({"phone": _("This number belongs to somebody else. Check it with the person.")}) from None
    return record
