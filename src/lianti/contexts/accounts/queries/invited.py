"""What waits for somebody's own answer, and whose hand somebody counts as."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.hashers import check_password
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from lianti.contexts.accounts import labels
from lianti.contexts.accounts.models import InvitationCode, Membership, MembershipTransition, OneTimeCode
from lianti.contexts.accounts.states import MembershipState
from lianti.kernel.models import Principal
from lianti.kernel.ready import Listed
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import Role

HAND = timedelta(days=7)
CODES_SHOWN = ("invite", "renew_code", "reset_password", "change_phone")
SECOND = ("ask_reset", "reset_password", "change_phone")  # asked for by one, done by another
ASKED_FOR = timedelta(days=1)


@dataclass(frozen=True)
class InvitedFacts:
    """A seat that somebody may take with its code."""

    id: int
    public_id: str
    principal_id: int
    institution_id: int
    institution: str
    role: Role

    @property
    def actor(self) -> Actor:
        """Return whom its bearer will act as: only to answer the invitation."""
        return Actor(self.principal_id, self.institution_id, self.role)

    @property
    def role_label(self) -> Sentence:
        """Return the role in the reader's language."""
        return labels.ROLES[self.role]


def invitations(principal_id: int) -> list[InvitedFacts]:
    """Return the seats that wait for somebody's answer, the oldest first."""
    rows = _waiting(principal_id).order_by("pk")
    fields = ("pk", "public_id", "institution", "institution__name", "role")
    found = rows.values_list(*fields)
    return [InvitedFacts(pk, key, principal_id, house, name, Role(role)) for pk, key, house, name, role in found]


def invitation(principal_id: int, public_id: str) -> InvitedFacts | None:
    """Return one seat that waits for somebody's answer, or None."""
    return next((one for one in invitations(principal_id) if one.public_id == public_id), None)


def opened_by(user: Principal, code: str, at: datetime) -> str | None:
    """Return the public id of the waiting seat whose own code this is; None when it is none's. Asked at sign-in."""
    codes = InvitationCode.objects.filter(membership__in=_waiting(user.pk), expires_at__gt=at)
    for public_id, kept in codes.values_list("membership__public_id", "code_hash"):
        if check_password(code, kept):
            return public_id
    return None


def never_came_in(user: Principal) -> bool:
    """Say whether somebody is new: never signed in, no password of their own, no seat that holds."""
    if user.last_login is not None or not OneTimeCode.objects.filter(principal=user.pk).exists():
        return False
    return not Membership.objects.filter(principal=user.pk, state=MembershipState.ACTIVE).exists()


class Shown(NamedTuple):
    """A code of `of` was shown to `to`, or the number changed by them.

    `lately`: within seven days by the database; `own`: for the institution of that seat, not by an administrator.
    """

    to: int
    of: int
    at: datetime
    lately: bool
    own: bool

    def holds(self, moment: datetime) -> bool:
        """Say whether `to` counted as the hand of `of` at a moment."""
        return self.at <= moment <= self.at + HAND


def codes_shown(principal_ids: Iterable[int]) -> list[Shown]:
    """Return to whom codes of these people were ever shown, and whose were shown to them within seven days.

    By the database's clock: a rule asks, which knows no moment.
    """
    return [Shown(*row) for row in _SHOWN.rows(set(principal_ids))]


def hands(principal_id: int, at: datetime) -> set[int]:
    """Return who counts as the same hand as somebody: who within seven days saw a code of theirs or changed their
    number, or the other way round.
    """
    shown = _codes_shown().filter(at__gte=at - HAND)
    rows = shown.filter(principal=principal_id).union(shown.filter(record__principal=principal_id))
    return {pk for to, of, *_when in rows for pk in (to, of)} - {principal_id}


def nobody_else(principal: OuterRef) -> Q:
    """Return the expression that says of a principal in a query that `codes_shown` has nothing to say of them.

    Whose code they saw at any time counts: what was declared by it in those days is theirs for good.
    """
    shown = MembershipTransition.objects.filter(name__in=CODES_SHOWN)
    theirs = shown.filter(record__principal=principal, at__gte=Now() - HAND)
    return ~Exists(shown.filter(principal=principal)) & ~Exists(theirs)


def asked_by(membership_id: int, at: datetime) -> int | None:
    """Return who asked within a day for a second person, when nothing was done to the sign-in since."""
    moves = MembershipTransition.objects.filter(record=membership_id, name__in=SECOND)
    last = moves.filter(at__gt=at - ASKED_FOR, at__lte=at).order_by("-pk").values_list("name", "principal").first()
    return int(last[1]) if last and last[0] == "ask_reset" else None


def _waiting(principal_id: int) -> QuerySet[Membership]:
    return Membership.objects.filter(principal=principal_id, state=MembershipState.INVITED)


def _codes_shown() -> QuerySet[MembershipTransition, tuple[int, int, datetime, bool, bool]]:
    lately = ExpressionWrapper(Q(at__gte=Now() - HAND), output_field=BooleanField())
    own = ExpressionWrapper(Q(tenant=F("record__institution")), output_field=BooleanField())
    rows = MembershipTransition.objects.filter(name__in=CODES_SHOWN).order_by()
    return rows.values_list("principal", "record__principal", "at", lately, own)


_SHOWN: Listed[tuple[int, int, datetime, bool, bool]] = Listed(
    lambda people: (
        _codes_shown()
        .filter(record__principal__in=people)
        .union(_codes_shown().filter(principal__in=people, at__gte=Now() - HAND))
    )
)
