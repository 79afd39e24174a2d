"""What the ledger's tables share: exact quantities, parties, and states that the database checks too."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.expressions import Combinable

if TYPE_CHECKING:
    _Base = models.BigIntegerField[Decimal | int | Combinable, Decimal]
else:
    _Base = models.BigIntegerField


class Quantity(_Base):
    """A quantity in hundredths: whole numbers add up exactly on every database; Python sees a Decimal."""

    description = "A quantity with two decimals, kept as a whole number of hundredths"

    def from_db_value(self, value: int | None, _expression: object, _connection: object) -> Decimal | None:
        return None if value is None else Decimal(value) / 100

    def to_python(self, value: Any) -> Any:
        return None if value is None else Decimal(value)

    def get_prep_value(self, value: Any) -> int | None:
        return None if value is None else hundredths(value)


def hundredths(value: Any) -> int:
    """Give a quantity as the whole number that the tables keep; raises ValueError for finer ones."""
    scaled = Decimal(value) * 100
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{value} is finer than hundredths")
    return int(scaled)


def party(**options: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+", **options)


def states(name: str, states: Any) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(state__in=list(states)), name=name)
