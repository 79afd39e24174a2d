"""What people type about allowances."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.forms import said
from lianti.contexts.dispatch.queries.allowances import PayPage
from lianti.contexts.dispatch.services import RateFacts
from lianti.lib.errors import Sentence
from lianti.lib.web.forms import Base


def _cents(yuan: Decimal) -> int:
    return int(yuan * 100)


class SetRate(Base):
    """What a counted day is worth."""

    yuan = forms.DecimalField(label=_("Yuan a day"), max_digits=8, decimal_places=2, min_value=Decimal("0.01"))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    region = forms.ChoiceField(label=_("Region of the receiving hospital"), required=False)
    from_date = said.day(_("From"))
    basis = forms.CharField(label=_("Basis of the allowance"), max_length=200, required=False)

    def __init__(self, data: Any, regions: Sequence[tuple[str, Sentence]], **more: Any) -> None:
        super().__init__(data, **more)
        self.choose("kind", [("", _("Every kind of posting")), *words.KINDS.items()])
        self.choose("region", [("", _("Everywhere")), *regions])

    def facts(self) -> RateFacts:
        """Return what was typed as the service takes it."""
        given = dict(self.cleaned_data)
        return RateFacts(cents=_cents(given.pop("yuan")), **given)


class EndRate(Base):
    """The last day of a rate."""

    to_date = said.day(pgettext_lazy("dispatch", "Last day"))


class DraftSheet(Base):
    """Which month is counted."""

    month = forms.DateField(
        label=_("Month"), input_formats=["%Y-%m"], widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"})
    )


class Deduct(Base):
    """An amount that is kept back, or none any more."""

    person = forms.ChoiceField(label=pgettext_lazy("dispatch", "Person"))
    yuan = forms.DecimalField(
        label=_("Yuan"), max_digits=9, decimal_places=2, min_value=Decimal(0), help_text=_("0: nothing any more.")
    )
    note = forms.CharField(label=_("Reason"), max_length=120, required=False)

    @classmethod
    def of(cls, page: PayPage, data: Any) -> Deduct:
        """Return the form with who stands on the sheet."""
        form = cls(data)
        form.known = {one.person.public_id: one.person.id for one in page.people}
        form.choose("person", [(one.person.public_id, f"{one.person.name} ¥ {one.amount}") for one in page.people])
        return form

    known: dict[str, int]

    @staticmethod
    def given(_page: PayPage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        typed = form.cleaned_data
        return {"person_id": form.known[typed["person"]], "cents": _cents(typed["yuan"]), "note": typed["note"]}
