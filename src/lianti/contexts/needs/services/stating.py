"""The stating side: state, state again, withdraw, close."""

from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import services as ledger
from lianti.contexts.ledger.queries import kinds
from lianti.contexts.needs.domain import NeedFacts
from lianti.contexts.needs.flow import FLOW
from lianti.contexts.needs.models import Need
from lianti.contexts.needs.services import moves
from lianti.contexts.network import queries as network
from lianti.kernel import numbers
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid, Sentence

SERIES = "XQ"
LONGEST = 2000
MOST = Decimal("9999999.99")


def state(*, actor: Actor, at: datetime, key: str | None, need: NeedFacts) -> Need:
    """State a need to the hospital it is addressed to. Raises Invalid, NotAllowed, KeyReused."""
    need = replace(need, stated_date=shanghai_day(at))
    check(need)
    row = new_row(need, at)
    return engine.create(
        FLOW, row, name="state", actor=actor, at=at, key=key, body=asdict(need), facts=_signed_off(need)
    )


def restate(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    need_id: str,
    need: NeedFacts,
    note: str = "",
    version: int | None = None,
) -> Need:
    """State a returned need again, completed; the two hospitals stay.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    check(need)
    told = {"facts": _signed_off(need), "note": note, "version": version}
    return moves.turn("restate", actor, at, key, need_id, _words(need), **told)


def correct(
    *, actor: Actor, at: datetime, key: str | None, need_id: str, need: NeedFacts, version: int | None = None
) -> Need:
    """Put right what a need says before anybody has accepted it. Raises NotFound, NotAllowed, Conflict, Invalid."""
    check(need)
    told = {"facts": _signed_off(need), "version": version}
    return moves.move("correct", actor, at, key, need_id, fields=_words(need), **told)


def withdraw(
    *, actor: Actor, at: datetime, key: str | None, need_id: str, note: str, version: int | None = None
) -> Need:
    """Take back a need that nobody has accepted, with a reason. Raises NotFound, NotAllowed, Conflict, Invalid."""
    return moves.move("withdraw", actor, at, key, need_id, note=note, version=version)


def close(
    *, actor: Actor, at: datetime, key: str | None, need_id: str, note: str = "", version: int | None = None
) -> Need:
    """Say that a need is met, whatever the sums; its account takes no more. Raises NotFound, NotAllowed, Conflict."""

    def effect(need: Need) -> None:
        if need.account_id is not None:
            ledger.close_account(actor=actor, at=at, key=None, account_id=need.account_id)

    return moves.turn("close", actor, at, key, need_id, note=note, effect=effect, version=version)


def check(need: NeedFacts) -> None:
    """Pass when the facts of a need can be taken; raise Invalid with a sentence per field when not."""
    wrong: dict[str, Sentence] = {}
    if need.category not in {row.code for row in kinds.needs()}:
        wrong["category"] = _("Choose what the need is about.")
    if not need.text.strip():
        wrong["text"] = _("Say what is needed.")
    elif len(need.text) > LONGEST:
        wrong["text"] = _("This is too long.")
    if need.stater_id == need.addressed_id:
        wrong["addressed"] = _("A need is addressed to another hospital.")
    if need.wanted_by and need.stated_date and need.wanted_by < need.stated_date:
        wrong["wanted_by"] = _("This day lies before the need was stated.")
    if len(need.specialty) > 80 or len(need.signed_off_duty) > 60:
        wrong["specialty" if len(need.specialty) > 80 else "signed_off"] = _("This is too long.")
    wrong |= _check_amount(need)
    wrong |= _check_relation(need)
    if wrong:
        raise Invalid(wrong)


def _check_amount(need: NeedFacts) -> dict[str, Sentence]:
    if need.amount is None:
        return {}
    if need.amount <= 0:
        return {"amount": _("How many must be more than nothing.")}
    if need.amount > MOST or need.amount != round(need.amount, 2):
        return {"amount": _("Give a number with at most two decimals.")}
    fitting = kinds.fulfilling_need(need.category) if need.category in kinds.KINDS else frozenset()
    units = {unit.code for unit in kinds.units_of(fitting)} or set(kinds.UNITS)
    if need.unit not in units:
        return {"amount": _("Choose a unit in which such help is counted.")}
    return {}


def _check_relation(need: NeedFacts) -> dict[str, Sentence]:
    if need.relation_id is None:
        return {}
    if {need.stater_id, need.addressed_id} <= network.parties(need.relation_id):
        return {}
    return {"relation": _("Both hospitals must belong to this relation.")}


def new_row(need: NeedFacts, at: datetime) -> Need:
    """Return an unsaved need with its number."""
    today = shanghai_day(at)
    return Need(
        public_id=ids.new(),
        number=numbers.take(SERIES, at),
        stater_id=need.stater_id,
        addressed_id=need.addressed_id,
        relation_id=need.relation_id,
        group=need.group or ids.new(),
        stated_date=need.stated_date or today,
        turn_date=today,
        **_words(need),
    )


def _words(need: NeedFacts) -> dict[str, Any]:
    return {
        "category": need.category,
        "specialty": need.specialty.strip(),
        "text": need.text.strip(),
        "amount": need.amount,
        "unit": need.unit if need.amount is not None else "",
        "wanted_by": need.wanted_by,
        "signed_off_duty": need.signed_off_duty.strip(),
        "signed_off_date": need.signed_off_date,
    }


def _signed_off(need: NeedFacts) -> dict[str, str]:
    if not need.signed_off_duty:
        return {}
    day = need.signed_off_date.isoformat() if need.signed_off_date else ""
    return {"signed_off": f"{need.signed_off_duty} {day}".strip()}
