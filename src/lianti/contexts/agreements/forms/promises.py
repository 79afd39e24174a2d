"""What people type about promises."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements import words
from lianti.contexts.agreements.domain import CommitmentFacts
from lianti.contexts.agreements.queries import PromisePage, promises
from lianti.contexts.agreements.states import Period
from lianti.contexts.ledger.queries import kinds, unit_name
from lianti.contexts.network.queries import RelationFacts
from lianti.lib.web.forms import Base

ROWS = 5
MOST_ROWS = 40
EVERY_MEMBER = "all"


def choices(words: Mapping[Any, Any], first: Any = None) -> list[tuple[Any, Any]]:
    found = list(words.items())
    return [("", first), *found] if first is not None else found


def _kinds() -> list[tuple[str, Any]]:
    return choices(promises.promise_kinds(), "—")


def _units() -> list[tuple[str, str]]:
    return [("", "—"), *((code, unit_name(code)) for code in kinds.UNITS)]


def _ways(relation: RelationFacts, parties: Collection[int]) -> list[tuple[str, Any]]:
    """Return who can promise whom among the parties: the lead each member, or all of them, and each member the lead."""
    lead, members = relation.lead, [member for member in relation.members if member.id in parties]
    if lead.id not in parties:
        return []
    ways: list[tuple[str, Any]] = []
    if len(members) > 1:
        ways.append((EVERY_MEMBER, words.TO_EVERY_MEMBER % {"lead": lead.short_name}))
    ways += [(f"{lead.public_id}-{m.public_id}", f"{lead.short_name} → {m.short_name}") for m in members]
    ways += [(f"{m.public_id}-{lead.public_id}", f"{m.short_name} → {lead.short_name}") for m in members]
    return ways


def _pairs(relation: RelationFacts, parties: Collection[int], way: str) -> list[tuple[int, int]]:
    if way == EVERY_MEMBER:
        return [(relation.lead.id, member.id) for member in relation.members if member.id in parties]
    by_id = {party.public_id: party.id for party in (relation.lead, *relation.members)}
    giver, _dash, receiver = way.partition("-")
    return [(by_id[giver], by_id[receiver])]


class PromiseText(Base):
    """What is promised: kind, words, how much or nothing."""

    kind = forms.ChoiceField(label=_("Kind"), choices=_kinds)
    text = forms.CharField(label=_("What is promised"), max_length=400)
    amount = forms.DecimalField(
        label=_("Amount"), required=False, max_digits=9, decimal_places=2, min_value=Decimal("0.01")
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False, choices=_units)
    period = forms.ChoiceField(
        label=_("For"), required=False, choices=lambda: choices(words.PERIODS), initial=str(Period.YEAR)
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the unit when there is an amount."""
        given = super().clean() or {}
        if given.get("amount") is not None and not given.get("unit"):
            self.add_error("unit", _("Choose a unit in which this kind is counted."))
        return given


class EditPromise(PromiseText):
    """What is promised, changed; who promises whom stays."""

    @classmethod
    def of(cls, page: PromisePage, data: Any) -> EditPromise:
        """Return the form filled with what the promise says now."""
        row = page.commitment
        names = ("kind", "text", "amount", "unit", "period")
        return cls(data, initial={name: getattr(row, name) for name in names if getattr(row, name)})

    def facts(self, page: PromisePage) -> CommitmentFacts:
        """Return what was typed as the service takes it, beside what stays."""
        row, given = page.commitment, {name: self.cleaned_data[name] for name in PromiseText.base_fields}
        stays = ("relation_id", "giver_id", "receiver_id", "agreement_id", "basis_id", "from_date", "to_date", "group")
        return CommitmentFacts(**{name: getattr(row, name) for name in stays}, **given)


class CorrectPromise(EditPromise):
    """A promise in force, mended with the reason."""

    note = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea)


class Promise(PromiseText):
    """One promise of one side to the other, or to every member: of those who are parties of the agreement."""

    way = forms.ChoiceField(label=_("By whom to whom"))
    field_order = ("kind", "text", "way")

    def __init__(self, *args: Any, relation: RelationFacts, parties: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relation, self.parties = relation, parties
        self.choose("way", _ways(relation, parties))

    def facts(self, group: str) -> list[CommitmentFacts]:
        """Return what was typed as the service takes it, one for each pair; those of one line carry one group."""
        given = {name: self.cleaned_data[name] for name in PromiseText.base_fields}
        if given["amount"] is None:
            given |= {"unit": "", "period": ""}
        return [
            CommitmentFacts(relation_id=self.relation.id, giver_id=giver, receiver_id=receiver, group=group, **given)
            for giver, receiver in _pairs(self.relation, self.parties, self.cleaned_data["way"])
        ]


class PromiseRow(Promise):
    """One line of the table of promises on the page of a signed agreement; an empty line is left out."""

    TOLD = ("kind", "text", "amount")  # what makes a line one

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_permitted = True
        self.use_required_attribute = False
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label

    def has_changed(self) -> bool:
        """Say whether anything was typed: the choices that stand preset do not count."""
        return any(self[name].value() for name in self.TOLD)
