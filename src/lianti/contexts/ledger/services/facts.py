"""What other rooms hand to the ledger: frozen, checked on the way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger.domain import kinds
from lianti.contexts.ledger.domain.due import Per
from lianti.contexts.ledger.domain.fits import APART
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, Sentence

LARGEST = Decimal("9999999.99")
EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True)
class AccountFacts:
    """Something owed. No amount: 'no amount agreed'; with an amount one unit is needed. Dates may be open."""

    giver_id: int
    receiver_id: int
    kinds: frozenset[str]
    source_kind: str
    source_id: int
    source_public_id: str
    label: str
    unit: str | None = None
    amount: Decimal | None = None
    period: str = "once"
    from_date: date | None = None
    to_date: date | None = None
    relation_id: int | None = None


@dataclass(frozen=True)
class OnPaper:
    """The receiver's seal on a paper of another room, its scan booked: what the ledger's own scanned sheet says.

    `booked_by`: whoever booked the scan, of either office; `signatory_id`: who signed for the receiver; `number`: of
    the paper.
    """

    booked_by: Actor
    signatory_id: int
    number: str


@dataclass(frozen=True)
class EntryFacts:
    """What one activity gave to one receiver.

    `people`: (person, part, own share or None) each; with no share given the quantity is divided evenly.
    `account_ids`: accounts that a person names beside those that fit. `late`: entered for a closed month (补录).
    `acknowledged_by`: the receiver's actor who already moved the closed referral or delivered opinion this came
    from; the entry is then verified online at once. Or the paper with the receiver's seal, whose scan is booked: it is
    then confirmed on paper. `before`: who declared the same deed in entries that this one
    replaces, as who signs in, and when.
    """

    source_kind: str
    source_id: int
    source_public_id: str
    giver_id: int
    receiver_id: int
    kind: str
    quantity: Decimal
    day: date
    day_to: date | None = None
    people: Sequence[tuple[int, str, Decimal | None]] = ()
    account_ids: Sequence[int] = ()
    note: str = ""
    late: bool = False
    acknowledged_by: Actor | OnPaper | None = None
    before: Sequence[tuple[int, datetime]] = ()


@dataclass(frozen=True)
class Exceptions:
    """What is marked on a sheet that is otherwise verified as it stands: by entry public id.

    `lowered`: (quantity, reason); `returned`: reason; `left`: entries that stay as they are.
    """

    lowered: Mapping[str, tuple[Decimal, str]] = field(default_factory=dict)
    returned: Mapping[str, str] = field(default_factory=dict)
    left: frozenset[str] = frozenset()


NOT_A_QUANTITY = _("Give a number with at most two decimals.")


def quantity(value: object, *, signed: bool = False) -> Decimal:
    """Read a quantity; raises Invalid at 'quantity' for what is no number, too fine, too large or not positive."""
    try:
        number = Decimal(str(value))
        exact = number.is_finite() and abs(number) <= LARGEST and number == number.quantize(Decimal("0.01"))
    except (InvalidOperation, ValueError):
        exact = False
    if not exact:
        raise Invalid({"quantity": NOT_A_QUANTITY})
    if number == 0 or (number < 0 and not signed):
        raise Invalid({"quantity": _("The quantity must be more than nothing.")})
    return number


def check_account(facts: AccountFacts) -> None:
    """Check what is owed; raises Invalid with a sentence per field."""
    wrong: dict[str, Sentence] = {}
    if facts.giver_id == facts.receiver_id:
        wrong["receiver"] = _("Giver and receiver must be two institutions.")
    wrong |= _kind_problems(facts.kinds)
    if facts.unit is not None and facts.unit not in kinds.UNITS:
        wrong["unit"] = _("There is no such unit.")
    if facts.amount is not None:
        wrong |= _amount_problems(facts)
    if facts.period not in set(Per):
        wrong["period"] = _("There is no such period.")
    if facts.from_date and facts.to_date and facts.to_date < facts.from_date:
        wrong["to_date"] = _("The end lies before the beginning.")
    if wrong:
        raise Invalid(wrong)


def _kind_problems(codes: frozenset[str]) -> dict[str, Sentence]:
    if unknown := [code for code in codes if not _gives(code)]:
        return {"kinds": _("Not a kind of help: %(kinds)s") % {"kinds": ", ".join(sorted(unknown))}}
    if codes >= APART:
        return {"kinds": _("Persons who are posted and the days of a posting never stand in one account.")}
    return {}


def _amount_problems(facts: AccountFacts) -> dict[str, Sentence]:
    if not facts.unit:
        return {"unit": _("An amount needs a unit.")}
    try:
        quantity(facts.amount)
    except Invalid as error:
        return {"amount": error.fields["quantity"]}
    return {}


def _gives(code: str) -> bool:
    return code in kinds.KINDS and kinds.KINDS[code].is_activity and kinds.KINDS[code].gives


def check_entry(facts: EntryFacts, today: date) -> None:
    """Check what was given; raises Invalid with a sentence per field."""
    wrong: dict[str, Sentence] = {}
    if facts.giver_id == facts.receiver_id:
        wrong["receiver"] = _("Giver and receiver must be two institutions.")
    if not _gives(facts.kind):
        wrong["kind"] = _("Nothing of this kind is counted in the ledger.")
    wrong |= _day_problems(facts.day, facts.day_to, today)
    try:
        whole = quantity(facts.quantity)
    except Invalid as error:
        raise Invalid(wrong | error.fields) from error
    people = [person for person, _part, _share in facts.people]
    if len(set(people)) != len(people):
        wrong["people"] = _("Somebody is named twice.")
    elif any(share is not None and not 0 <= share <= whole for _person, _part, share in facts.people):
        wrong["people"] = _("Nobody's own share can be more than the whole.")
    if wrong:
        raise Invalid(wrong)


def _day_problems(day: date, day_to: date | None, today: date) -> dict[str, Sentence]:
    if day < EARLIEST:
        return {"day": _("This day lies too far back.")}
    if day > today:
        return {"day": _("This day has not come yet.")}
    if day_to is not None and day_to < day:
        return {"day_to": _("The end lies before the beginning.")}
    if day_to is not None and day_to > today:
        return {"day_to": _("This day has not come yet.")}
    return {}
