"""What people type about needs: seven fields to state one, a few for each move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger.queries import kind_name, kinds, unit_name
from lianti.contexts.needs import words
from lianti.contexts.needs.domain import Named, NeedFacts, PlanFacts
from lianti.contexts.needs.queries import Address, NeedPage
from lianti.contexts.needs.states import Priority
from lianti.contexts.network import queries as network
from lianti.lib.web.forms import Base

SEVERAL = "、,，;；\n"


class AmountField(forms.MultiValueField):
    """How many of what: a number and its unit, or neither."""

    def __init__(self, **options: Any) -> None:
        number = forms.DecimalField(max_digits=9, decimal_places=2, min_value=Decimal("0.01"), required=False)
        unit = forms.ChoiceField(choices=_units, required=False)
        pair = forms.MultiWidget(
            widgets={
                "number": forms.NumberInput({"aria-label": _("How many"), "inputmode": "decimal", "step": "any"}),
                "unit": forms.Select({"aria-label": _("Unit")}, choices=_units()),
            }
        )
        pair.decompress = lambda value: list(value) if value else [None, ""]  # type: ignore[method-assign]
        super().__init__(fields=(number, unit), widget=pair, require_all_fields=False, **options)

    def compress(self, values: list[Any]) -> tuple[Decimal | None, str]:
        number, unit = values or (None, "")
        if number is not None and not unit:
            raise forms.ValidationError(_("Choose a unit in which such help is counted."))
        return number, (unit if number is not None else "")


class SignedOffField(forms.MultiValueField):
    """Who signed off, by duty, and on which day."""

    def __init__(self, **options: Any) -> None:
        duty = forms.CharField(max_length=60, required=False)
        day = forms.DateField(required=False)
        pair = forms.MultiWidget(
            widgets={
                "duty": forms.TextInput({"aria-label": _("Duty"), "placeholder": _("President")}),
                "day": forms.DateInput({"aria-label": _("Day"), "type": "date"}, format="%Y-%m-%d"),
            }
        )
        pair.decompress = lambda value: list(value) if value else ["", None]  # type: ignore[method-assign]
        super().__init__(fields=(duty, day), widget=pair, require_all_fields=False, **options)

    def compress(self, values: list[Any]) -> tuple[str, date | None]:
        duty, day = values or ("", None)
        if day is not None and not duty:
            raise forms.ValidationError(_("Say by duty who signed off."))
        return duty or "", day


def _units() -> list[tuple[str, str]]:
    return [("", "—"), *((code, unit_name(code)) for code in kinds.UNITS)]


def _categories() -> list[tuple[str, str]]:
    return [(row.code, kind_name(row.code)) for row in kinds.needs()]


class Words(Base):
    """What a need says."""

    category = forms.ChoiceField(label=_("What it is about"), choices=_categories, widget=forms.RadioSelect)
    specialty = forms.CharField(label=_("Specialty"), max_length=80, required=False)
    text = forms.CharField(
        label=_("What is needed"), max_length=2000, widget=forms.Textarea, help_text=_("No patients' names, please.")
    )
    amount = AmountField(label=_("How many"), required=False)
    wanted_by = forms.DateField(label=_("By when"), required=False, widget=forms.DateInput)
    signed_off = SignedOffField(label=_("Signed off by"), required=False)

    def words(self) -> dict[str, Any]:
        """Return what was typed as the facts of a need take it."""
        given = self.cleaned_data
        amount, unit = given["amount"] or (None, "")
        duty, day = given["signed_off"] or ("", None)
        return {
            "category": given["category"],
            "specialty": given["specialty"],
            "text": given["text"],
            "amount": amount,
            "unit": unit,
            "wanted_by": given["wanted_by"],
            "signed_off_duty": duty,
            "signed_off_date": day,
        }


class State(Words):
    """A need to be stated: to whom (and, on behalf, by whom), and what."""

    address = forms.ChoiceField(label=_("To whom"))

    def __init__(self, *args: Any, addresses: Sequence[Address], tenant_id: int, **kwargs: Any) -> None:
        super().__init__(*args, field_order=("address",), **kwargs)
        self.addresses = {address.key: address for address in addresses}
        choices = [(key, _address(address, tenant_id)) for key, address in self.addresses.items()]
        field = self.fields["address"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    def facts(self) -> NeedFacts:
        """Return what was typed as the service takes it."""
        address = self.addresses[self.cleaned_data["address"]]
        return NeedFacts(
            stater_id=address.stater.id,
            addressed_id=address.addressed.id,
            relation_id=address.relation.id,
            **self.words(),
        )


def _address(address: Address, tenant_id: int) -> str:
    if address.stater.id == tenant_id:
        return f"{address.addressed.short_name} · {address.relation.name}"
    return words.ON_BEHALF % {"who": address.stater.short_name, "relation": address.relation.name}


class Correct(Words):
    """What a need says, put right."""

    @classmethod
    def of(cls, page: NeedPage, data: Any) -> Correct:
        """Return the form filled with what the need says now."""
        need = page.need
        now = {name: getattr(need, name) for name in ("category", "specialty", "text", "wanted_by")}
        amount = (need.amount, need.unit) if need.amount is not None else None
        return cls(data, initial={**now, "amount": amount, "signed_off": (need.signed_off_duty, need.signed_off_date)})

    def again(self, page: NeedPage) -> dict[str, Any]:
        """Return what was typed as the service takes it; the two hospitals stay."""
        need = page.need
        sides = {"stater_id": need.stater_id, "addressed_id": need.addressed_id, "relation_id": need.relation_id}
        return {"need": NeedFacts(**sides, **self.words())}


class Restate(Correct):
    """A returned need, completed."""

    note = forms.CharField(label=_("What was added"), max_length=400, required=False, widget=forms.Textarea)

    def again(self, page: NeedPage) -> dict[str, Any]:
        """Return what was typed, with a word on what was added."""
        return {**super().again(page), "note": self.cleaned_data["note"]}


class Accept(Base):
    """Acceptance: how soon."""

    priority = forms.TypedChoiceField(
        label=_("Priority"),
        coerce=int,
        choices=lambda: [(int(code), word) for code, word in words.PRIORITIES.items()],
        initial=int(Priority.NORMAL),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note"), max_length=400, required=False, widget=forms.Textarea)


class Reason(Base):
    """Why."""

    note = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea)


class Note(Base):
    """A word on it."""

    note = forms.CharField(label=_("Note"), max_length=400, required=False, widget=forms.Textarea)


class Answer(Base):
    """The plan: what, who, from when to when."""

    plan_text = forms.CharField(label=_("What will be done"), max_length=2000, widget=forms.Textarea)
    people = forms.CharField(
        label=_("Who"),
        max_length=400,
        required=False,
        help_text=_("Names with 、 between them; those in your directory are linked."),
    )
    plan_from = forms.DateField(label=_("From"), required=False, widget=forms.DateInput)
    plan_to = forms.DateField(label=_("To"), required=False, widget=forms.DateInput)

    @classmethod
    def of(cls, page: NeedPage, data: Any) -> Answer:
        """Return the form filled with the plan that stands."""
        return cls(
            data,
            initial={
                "plan_text": page.need.plan_text,
                "people": "、".join(str(name) for name in page.people),
                "plan_from": page.need.plan_from,
                "plan_to": page.need.plan_to,
            },
        )

    def plan(self, page: NeedPage) -> PlanFacts:
        """Return what was typed as the service takes it; a name known at the answering hospital is its person."""
        given = self.cleaned_data
        known = {str(person.name): person.id for person in network.people_of(page.need.addressed_id)}
        named = [Named(known.get(name), "" if name in known else name) for name in split(given["people"])]
        return PlanFacts(
            text=given["plan_text"], people=tuple(named), from_date=given["plan_from"], to_date=given["plan_to"]
        )


def split(text: str) -> list[str]:
    """Return the names in a line, each once, in order."""
    for mark in SEVERAL:
        text = text.replace(mark, "、")
    return list(dict.fromkeys(name.strip()[:80] for name in text.split("、") if name.strip()))
