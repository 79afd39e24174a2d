"""What people type about arrival, leaving and visits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain.care import MOST_ITEMS, HouseItem
from lianti.contexts.dispatch.domain.facts import VisitFacts
from lianti.contexts.dispatch.forms import said
from lianti.contexts.dispatch.queries.care import LISTS, CheckPage, ToVisit
from lianti.contexts.dispatch.states import ItemOutcome, Side
from lianti.lib.web.forms import Base
from lianti.records.lines import Lines


class Tick(Base):
    """What one's own side has done."""

    items = forms.MultipleChoiceField(label=_("Items"), widget=forms.CheckboxSelectMultiple)
    outcome = forms.ChoiceField(
        label=_("What became of them"),
        choices=list(words.OUTCOMES.items()),
        initial=ItemOutcome.DONE,
        widget=forms.RadioSelect,
    )
    day = said.day(pgettext_lazy("dispatch", "Day"))
    note = forms.CharField(label=_("Note"), max_length=120, required=False)

    @classmethod
    def of(cls, page: CheckPage, data: Any) -> Tick:
        """Return the form with what is open on the reader's side."""
        form = cls(data, initial={"day": max(one.due for one in page.own)} if page.own and data is None else {})
        form.choose("items", [(str(one.id), f"{one.name} · {one.due:%m-%d}") for one in page.own])
        return form

    @staticmethod
    def given(_page: CheckPage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        return {**form.cleaned_data, "items": [int(one) for one in form.cleaned_data["items"]]}


class AddItem(Base):
    """Something more that this posting needs."""

    name = forms.CharField(label=_("What has to be done"), max_length=80)
    side = forms.ChoiceField(label=_("By whom"), choices=list(words.OWNERS.items()), widget=forms.RadioSelect)
    due = said.day(_("Until when"))


class BeginList(Base):
    """Which list of whom is begun."""

    posting = forms.ChoiceField(label=pgettext_lazy("dispatch", "Person"))
    list = forms.ChoiceField(
        label=pgettext_lazy("dispatch", "Check list"), choices=list(LISTS.items()), widget=forms.RadioSelect
    )

    def __init__(self, data: Any, known: Sequence[ToVisit], **more: Any) -> None:
        super().__init__(data, **more)
        self.choose("posting", [(one.public_id, f"{one.person.name} · {one.recipient.short_name}") for one in known])


class HouseRow(Base):
    """One line of what an institution does."""

    side = forms.ChoiceField(label=_("As"), choices=list(words.OWNERS.items()))
    list = forms.ChoiceField(label=pgettext_lazy("dispatch", "Check list"), choices=list(LISTS.items()))
    name = forms.CharField(label=_("What has to be done"), max_length=80)
    days = forms.IntegerField(label=_("Days after the first or last day"), min_value=-90, max_value=180)


class KeepHouse(Base):
    """What one's institution does for who comes and who leaves."""

    items = Lines(
        HouseRow,
        label=_("Items"),
        most=MOST_ITEMS,
        required=False,
        widget=forms.Textarea({"rows": 18, "spellcheck": "false", "wrap": "off"}),
    )

    @classmethod
    def of(cls, items: Sequence[HouseItem], data: Any) -> KeepHouse:
        """Return the form filled with what holds now."""
        lines = [
            "\t".join((str(words.OWNERS[Side(one.side)]), str(words.WHICH_LIST[one.leaving]), one.name, str(one.days)))
            for one in items
        ]
        return cls(data, initial={"items": "\n".join(lines)})

    def typed(self) -> list[HouseItem]:
        """Return what was typed as the service takes it."""
        rows = [one.cleaned_data for one in self.cleaned_data["items"]]
        return [HouseItem(row["side"], row["list"] == "leaving", row["name"], row["days"]) for row in rows]


class NoteVisit(Base):
    """A visit: to whom, when, by whom, what was heard, what follows."""

    people = forms.MultipleChoiceField(label=_("People visited"), widget=forms.CheckboxSelectMultiple)
    day = said.day(pgettext_lazy("dispatch", "Day"))
    visitors = forms.CharField(label=_("Who visited"), max_length=200)
    heard = forms.CharField(
        label=_("What was heard"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Your own institution alone reads this. No patients' names, please."),
    )
    follow_up = forms.CharField(label=_("What follows"), max_length=400, required=False, widget=forms.Textarea)
    owner = forms.ChoiceField(label=_("Who sees to it"), required=False)
    due = said.day(_("Until when"), required=False)

    def __init__(self, data: Any, known: Sequence[ToVisit], **more: Any) -> None:
        super().__init__(data, **more)
        self.choose("people", [(one.public_id, f"{one.person.name} · {one.recipient.short_name}") for one in known])
        self.sides = {place.public_id: place.id for one in known for place in (one.sender, one.recipient)}
        named = {place.public_id: place.short_name for one in known for place in (one.sender, one.recipient)}
        self.choose("owner", [("", "—"), *named.items()])

    def facts(self) -> VisitFacts:
        """Return what was typed as the service takes it."""
        given = dict(self.cleaned_data)
        given.pop("people")
        return VisitFacts(owner_id=self.sides.get(given.pop("owner")), **given)
