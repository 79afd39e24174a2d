"""One-time links: one sheet, one named person, one week; a code told to their phone; no account."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import flow, rules, words
from lianti.contexts.ledger.domain.verifying import Refusal
from lianti.contexts.ledger.models import Entry, EntryPerson, Link, MonthSheet
from lianti.contexts.ledger.services import sheets
from lianti.contexts.ledger.services.facts import Exceptions
from lianti.contexts.ledger.states import EntryState, LinkState
from lianti.contexts.network import queries as network
from lianti.kernel import scope
from lianti.kernel.models import Principal
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from lianti.lib.roles import DESK, Role

ATTEMPTS = 5
LASTS = timedelta(days=7)
_NOBODY = 0
FOR_THE_RECEIVER = _("The link is made out to somebody of the receiving institution.")


class WrongCode(Refused):
    """The code does not open the link; some attempts are left, or none."""

    status = 403
    default = _("This code does not open the link.")


@dataclass(frozen=True)
class Made:
    """A new link. The token and the code are shown this once; only their hashes are kept."""

    link: Link
    token: str
    code: str

    @property
    def told_by_giver(self) -> bool:
        """Say whether the giver's side sees link and code, so that what comes by it counts as paper."""
        return told_by_giver(self.link)


def make_link(
    *, actor: Actor, at: datetime, key: str | None, sheet_id: str | int, person_id: int, version: int | None = None
) -> Made:
    """Make a one-time link to a sheet for one person of the receiver who has a phone in its directory.

    Earlier links to the sheet end. The code is told to that phone.
    Raises NotFound, NotAllowed, Conflict, Invalid, KeyReused.
    """
    with scope.acting(actor), transaction.atomic():
        sheet = sheets.sheet_for(actor, sheet_id, version)
        _person_passes(actor, sheet.pk, sheet.receiver_id, person_id)
        _maker_passes(actor, sheet)
        token, code = f"{sheet.receiver_id:x}-{secrets.token_urlsafe(18)}", f"{secrets.randbelow(10**6):06d}"
        holder = Principal.objects.create(kind=Principal.Kind.LINK, name="link")
        row = Link(
            sheet=sheet,
            giver_id=sheet.giver_id,
            receiver_id=sheet.receiver_id,
            person_id=person_id,
            principal=holder,
            token_hash=_hash(token),
            code_hash=_hash(f"{token}:{code}"),
            expires_at=at + LASTS,
            attempts_left=ATTEMPTS,
        )
        body = [sheet.public_id, person_id]
        link = engine.create(flow.LINKS, row, name="make_link", actor=actor, at=at, key=key, body=body)
        if link is not row:
            raise Conflict(_("This link was made already; its code was shown once. Make another one if it is lost."))
        earlier = Link.objects.filter(sheet=sheet, state=LinkState.OPEN).exclude(pk=link.pk)
        for pk in earlier.values_list("pk", flat=True):
            engine.move(flow.LINKS, pk, name="withdraw_link", actor=actor, at=at)
        return Made(link, token, code)


def told_by_giver(link: Link) -> bool:
    """Say whether another than the receiver's own desk made a link, and so saw its code."""
    return bool(link.tenant_id != link.receiver_id)


def _person_passes(actor: Actor, sheet_id: int, receiver_id: int, person_id: int) -> None:
    if not _works_for(receiver_id, person_id):
        raise Invalid({"person": FOR_THE_RECEIVER})
    if not phone_of(actor, person_id):
        raise Invalid({"person": _("This person has no phone in the receiver's directory.")})
    entries = _waiting_on(sheet_id)
    refused = rules.refusals(rules.Who(receiver_id, person_id), entries)
    if entries and len(refused) == len(entries):
        why = next(iter(refused.values()))
        raise Invalid({"person": words.SIGNATORY.get(why, words.REFUSALS[why])})


def _works_for(receiver_id: int, person_id: int) -> bool:
    person = network.people_by_id([person_id]).get(person_id)
    return person is not None and not person.hidden and person.employer.id == receiver_id


def _waiting_on(sheet_id: int) -> list[Entry]:
    on_sheet = EntryPerson.objects.filter(sheet_id=sheet_id).values("entry_id")
    return list(Entry.objects.filter(pk__in=on_sheet, state=EntryState.DECLARED))


def _maker_passes(actor: Actor, sheet: MonthSheet) -> None:
    """Refuse whoever declared all that waits: who sees link and code confirms none of their own by them."""
    entries = _waiting_on(sheet.pk)
    if entries and all(rules.declared_it(actor, entry) for entry in entries):
        raise NotAllowed(words.REFUSALS[Refusal.OWN_DECLARATION])


def phone_of(actor: Actor, person_id: int) -> str:
    """Give the phone that the code is told to; only desks make links, and they may read it."""
    return network.phone_for(actor, person_id) if actor.role in DESK else ""


def withdraw_link(*, actor: Actor, at: datetime, key: str | None, link_id: str | int) -> Link:
    """Withdraw a link that nobody has used. Raises NotFound, NotAllowed, Conflict."""
    moved: Link = engine.move(flow.LINKS, link_id, name="withdraw_link", actor=actor, at=at, key=key)
    return moved


def find_link(*, token: str, at: datetime) -> Link:
    """Find an open link by its token.

    Raises NotFound when there is none, it is used, withdrawn or expired, or whoever holds it has left the receiver.
    """
    with scope.acting(_at_the_door(token)):
        row = Link.objects.select_related("sheet").filter(token_hash=_hash(token), state=LinkState.OPEN).first()
    if row is None or row.expires_at <= at or not _works_for(row.receiver_id, row.person_id):
        raise NotFound(_("This link does not open anything: it is used, withdrawn, or older than a week."))
    return row


def open_link(*, token: str, code: str, at: datetime) -> tuple[Link, Actor]:
    """Open a link with its code and return whom its holder acts as. Raises NotFound, WrongCode.

    A wrong code costs an attempt, and that stays even though the request is refused.
    """
    link = find_link(token=token, at=at)
    with scope.acting(_at_the_door(token)), transaction.atomic():
        row = Link.objects.select_for_update(of=("self",)).get(pk=link.pk)
        right = row.attempts_left > 0 and hmac.compare_digest(row.code_hash, _hash(f"{token}:{code.strip()}"))
        if not right and row.attempts_left > 0:
            row.attempts_left -= 1
            Link.objects.filter(pk=row.pk).update(attempts_left=row.attempts_left)
    if not right:
        left = row.attempts_left
        raise WrongCode(
            _("This code does not open the link. Attempts left: %(left)s.") % {"left": left}
            if left
            else _("Too many wrong codes. Ask for a new link.")
        )
    return link, holder_of(link)


def use_link(
    *,
    token: str,
    code: str,
    at: datetime,
    key: str | None,
    seen: Mapping[str, int],
    exceptions: Exceptions | None = None,
) -> sheets.Outcome:
    """Verify a sheet through its link: the same test, the same exceptions, marked 'by link'; the link is used up.

    Where the giver's side saw link and code it confirms as paper does, marked so; what its maker declared stays open.

    Raises NotFound, WrongCode, NotAllowed, Conflict, Invalid.
    """
    link, holder = open_link(token=token, code=code, at=at)
    with scope.acting(holder), transaction.atomic():
        outcome = sheets.verify_sheet(
            actor=holder, at=at, key=key, sheet_id=link.sheet_id, seen=seen, exceptions=exceptions,
            told_by_giver=told_by_giver(link), maker=_maker_of(link),
        )  # fmt: skip
        engine.move(flow.LINKS, link.pk, name="use_link", actor=holder, at=at)
    return outcome


def _maker_of(link: Link) -> Actor:
    """Give whoever saw link and code, to be put to the receiver's test."""
    person = network.person_of(link.created_by_id)
    return Actor(link.created_by_id, link.receiver_id, Role.OFFICE, person.id if person else None)


def holder_of(link: Link) -> Actor:
    """Give the holder of a link as an actor for the receiver."""
    return Actor(link.principal_id, link.receiver_id, Role.LINK, link.person_id)


def _at_the_door(token: str) -> Actor:
    """Give the scope in which a link can be looked up: its receiver's, which the token begins with."""
    try:
        receiver_id = int(token.partition("-")[0], 16)
    except ValueError:
        raise NotFound from None
    if receiver_id >= 1 << 62:
        raise NotFound
    return Actor(_NOBODY, receiver_id, Role.LINK)


def _hash(text: str) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), text.encode(), "sha256").hex()
