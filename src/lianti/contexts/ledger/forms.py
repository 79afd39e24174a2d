"""What people type on the ledger's pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger.queries import EntryPage
from lianti.lib.web.forms import Base
from lianti.lib.web.templatetags.web import quantity

_QUANTITY: dict[str, Any] = {"max_digits": 9, "decimal_places": 2}


class Reason(Base):
    """A reason that must be given."""

    note = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)


class Note(Base):
    """A word that may be added."""

    note = forms.CharField(label=_("Remark"), max_length=500, required=False, widget=forms.Textarea)


class Lower(Base):
    quantity = forms.DecimalField(label=_("Quantity that is confirmed"), min_value=Decimal(0), **_QUANTITY)
    note = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)


class Redeclare(Base):
    quantity = forms.DecimalField(label=_("Quantity"), required=False, **_QUANTITY)
    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput)
    note = forms.CharField(label=_("Remark"), max_length=500, required=False, widget=forms.Textarea)

    @classmethod
    def of(cls, page: EntryPage, data: Any) -> Redeclare:
        """Make the form with what was declared."""
        figure = quantity(page.entry.declared).replace(",", "")
        return cls(data, initial={"quantity": figure, "day": page.entry.day})


class Settle(Base):
    quantity = forms.DecimalField(label=_("Settled quantity"), min_value=Decimal(0), **_QUANTITY)
    note = forms.CharField(label=_("How it was settled"), max_length=500, widget=forms.Textarea)

    @classmethod
    def of(cls, page: EntryPage, data: Any) -> Settle:
        """Make the form with the figure that counts meanwhile."""
        return cls(data, initial={"quantity": page.entry.quantity})


class Correct(Base):
    difference = forms.DecimalField(
        label=_("Difference"), help_text=_("With its sign: −2 takes two away."), **_QUANTITY
    )
    note = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)

    def refused(self, fields: Mapping[str, Any]) -> None:
        """Show what is wrong with the quantity at the difference."""
        super().refused({("difference" if name == "quantity" else name): text for name, text in fields.items()})


class Fail(Base):
    """What a failed spot check found."""

    found = forms.DecimalField(label=_("Quantity that was found"), min_value=Decimal(0), **_QUANTITY)
    note = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)


class NameAccount(Base):
    account = forms.TypedChoiceField(label=_("Account"), coerce=int)

    def __init__(self, *args: Any, accounts: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self.fields["account"], accounts)

    @classmethod
    def of(cls, page: EntryPage, data: Any) -> NameAccount:
        """Make the form with the accounts that can still be named."""
        return cls(data, accounts=[(account.pk, account.label) for account in page.nameable])


class Scan(Base):
    """A scan of a stamped sheet: the file, and who signed for the receiver."""

    signatory = forms.TypedChoiceField(label=_("Who signed for the receiver"), coerce=int)
    scan = forms.FileField(label=_("Scan or photo of the stamped sheet"))

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self.fields["signatory"], [(0, "—"), *people])

    def clean_signatory(self) -> int:
        signatory = int(self.cleaned_data["signatory"])
        if not signatory:
            raise forms.ValidationError(_("Name who signed."))
        return signatory

    def refused(self, fields: Mapping[str, Any]) -> None:
        """Show what is wrong with the file at the file."""
        super().refused({("scan" if name == "files" else name): text for name, text in fields.items()})


class MakeLink(Base):
    person = forms.TypedChoiceField(
        label=_("For whom"), coerce=int, help_text=_("Somebody of the receiving institution with a phone on file.")
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self.fields["person"], people)


class Code(Base):
    code = forms.CharField(
        label=_("Code"),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class PublishMonth(Base):
    month = forms.CharField(label=_("Month"), max_length=7, widget=forms.TextInput({"placeholder": "2026-03"}))
    note = forms.CharField(label=_("Explanation"), max_length=500, required=False, widget=forms.Textarea)

    def clean_month(self) -> date:
        found = month_or_none(self.cleaned_data["month"])
        if found is None:
            raise forms.ValidationError(_("Write the month as 2026-03."))
        return found


def _choices(field: forms.Field, choices: Sequence[tuple[int, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
    field.choices = choices


def month_or_none(text: str) -> date | None:
    """Read a month such as 2026-03; anything else is none."""
    year, _dash, month = text.partition("-")
    try:
        return date(int(year), int(month), 1) if len(year) == 4 else None
    except ValueError:
        return None


# The sheet: one mark a line.

AS_IT_STANDS, LOWER, RETURN, LEAVE = "ok", "lower", "return", "leave"
MARKS = ((AS_IT_STANDS, _("As it stands")), (LOWER, _("Lower quantity")), (RETURN, _("Return")), (LEAVE, _("Leave")))


@dataclass
class Mark:
    """What was marked on one line of a sheet, as typed; `error` stands at the line."""

    mark: str = AS_IT_STANDS
    quantity: str = ""
    reason: str = ""
    error: Any = ""


class Marks:
    """The marks of a whole sheet. Only lines that the page showed are taken, in the version that it showed."""

    def __init__(self, data: Mapping[str, Any] | None, lines: Sequence[str]) -> None:
        self.data = data
        self.lines = {ident: self._read(ident) for ident in lines}
        self.error: Any = ""

    def _read(self, ident: str) -> Mark:
        if self.data is None:
            return Mark()
        mark = str(self.data.get(f"mark-{ident}", AS_IT_STANDS))
        known = mark if mark in dict(MARKS) else LEAVE
        return Mark(
            known, str(self.data.get(f"quantity-{ident}", ""))[:20], str(self.data.get(f"reason-{ident}", ""))[:500]
        )

    @property
    def seen(self) -> dict[str, int]:
        """The versions that the page showed, by entry."""
        found = {}
        for ident in self.lines:
            told = str((self.data or {}).get(f"seen-{ident}", ""))
            if told.isdecimal() and len(told) < 9:
                found[ident] = int(told)
        return found

    def is_valid(self) -> bool:
        """Read figures and reasons; what is wrong stands at its line."""
        for line in self.lines.values():
            if line.mark == LOWER and self._figure(line) is None:
                line.error = _("Give a number with at most two decimals.")
            elif line.mark in {LOWER, RETURN} and not line.reason.strip():
                line.error = _("Give the reason.")
        return not self.wrong

    @property
    def wrong(self) -> bool:
        return bool(self.error) or any(line.error for line in self.lines.values())

    @staticmethod
    def _figure(line: Mark) -> Decimal | None:
        try:
            found = Decimal(line.quantity.strip())
        except InvalidOperation:
            return None
        return found if found.is_finite() and found >= 0 else None

    @property
    def lowered(self) -> dict[str, tuple[Decimal, str]]:
        return {
            ident: (figure, line.reason)
            for ident, line in self.lines.items()
            if line.mark == LOWER and (figure := self._figure(line)) is not None
        }

    @property
    def returned(self) -> dict[str, str]:
        return {ident: line.reason for ident, line in self.lines.items() if line.mark == RETURN}

    @property
    def left(self) -> frozenset[str]:
        return frozenset(ident for ident, line in self.lines.items() if line.mark == LEAVE)

    def refused(self, fields: Mapping[str, Any]) -> None:
        """Put a service's sentences at their lines; what names no line stands above the sheet."""
        for name, sentence in fields.items():
            line = self.lines.get(name.partition("-")[2])
            if line is not None:
                line.error = sentence
            else:
                self.error = sentence
