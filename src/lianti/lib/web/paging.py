"""Keyset paging: the next page starts after a row, never at a count, so a million rows cost what fifty do."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar

import msgspec
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
T = TypeVar("T")

_WRITE: dict[str, Any] = {"z": lambda _: "", "t": datetime.isoformat, "d": date.isoformat, "n": str, "i": int, "s": str}
_READ: dict[str, Any] = {
    "z": lambda _: None,
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "n": Decimal,
    "i": int,
    "s": str,
}
_LONGEST = 600


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, and the token after which the next ones begin (None: this is the end)."""

    items: list[T]
    more: str | None


def keyset(rows: QuerySet[M], *, order: Sequence[str], after: str | None = None, limit: int = 50) -> Page[M]:
    """Return the rows after the token, in this order.

    `order` ends with a unique column and names none that may be null. A token that is malformed, or made
    for another order, gives the first page.
    """
    ordered = rows.order_by(*order)
    values = unpack(after, order)
    if values is not None:
        ordered = ordered.filter(_beyond(order, values))
    found = list(ordered[: limit + 1])
    more = _token(found[limit - 1], order) if len(found) > limit else None
    return Page(found[:limit], more)


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    first = order[0].lstrip("-")
    # The first column alone bounds the index scan; the alternatives after it only settle equal values.
    bound = Q(**{f"{first}__{'lte' if order[0].startswith('-') else 'gte'}": values[0]})
    alternatives = Q()
    for position, name in enumerate(order):
        equal = {order[i].lstrip("-"): values[i] for i in range(position)}
        step = "lt" if name.startswith("-") else "gt"
        alternatives |= Q(**equal, **{f"{name.lstrip('-')}__{step}": values[position]})
    return bound & alternatives


def _token(row: Model, order: Sequence[str]) -> str:
    return pack([_value(row, name.lstrip("-")) for name in order], order)


def pack(values: Sequence[Any], made_for: Sequence[str]) -> str:
    """Return the opaque token of a place in a list of this order."""
    cells = [_cell(value) for value in values]
    return urlsafe_b64encode(msgspec.json.encode([",".join(made_for), cells])).decode().rstrip("=")


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def _cell(value: Any) -> list[Any]:
    kinds: tuple[tuple[str, type], ...] = (("t", datetime), ("d", date), ("n", Decimal), ("i", int))
    if value is None:
        return ["z", ""]
    kind = next((code for code, python in kinds if isinstance(value, python)), "s")
    return [kind, _WRITE[kind](value)]


def unpack(token: str | None, order: Sequence[str]) -> list[Any] | None:
    """Return the values in a token; None when it is missing, malformed or made for another order."""
    if not token or len(token) > _LONGEST:
        return None
    try:
        raw = urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4))
        made_for, cells = msgspec.json.decode(raw, type=tuple[str, list[tuple[str, str | int]]])
        if made_for != ",".join(order) or len(cells) != len(order):
            return None
        return [_READ[kind](value) for kind, value in cells]
    except (ValueError, TypeError, KeyError, OverflowError, InvalidOperation, binascii.Error, msgspec.MsgspecError):
        return None
