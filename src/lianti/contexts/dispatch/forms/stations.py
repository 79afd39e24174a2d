"""What people type about workstations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain.stations import Approval, StationFacts
from lianti.contexts.dispatch.forms import said
from lianti.contexts.dispatch.queries.stations import StationPage
from lianti.contexts.network.queries import PersonFacts, RelationFacts
from lianti.lib.web.forms import Base


def _named(people: Sequence[PersonFacts]) -> list[tuple[str, str]]:
    return [(one.public_id, f"{one.name} {one.department}".strip()) for one in people]


class ApplyStation(Base):
    """A workstation to be: in which relation, at which institution, of what specialty."""

    relation = forms.ChoiceField(label=_("Relation"))
    recipient = forms.ChoiceField(label=_("Receiving hospital"))
    name = forms.CharField(label=_("Name of the workstation"), max_length=120)
    specialty = forms.CharField(label=_("Specialty"), max_length=80)
    applied = said.day(_("Applied for on"))

    def __init__(self, data: Any, relations: Sequence[RelationFacts], **more: Any) -> None:
        super().__init__(data, **more)
        self.relations = {one.public_id: one for one in relations}
        self.places = {place.public_id: place for one in relations for place in one.members}
        self.choose("relation", [(key, one.name) for key, one in self.relations.items()])
        self.choose("recipient", [(key, place.short_name) for key, place in self.places.items()])

    def clean(self) -> dict[str, Any]:
        """Hold the place to be a member of the relation."""
        given = super().clean() or {}
        relation, place = self.relations.get(given.get("relation", "")), self.places.get(given.get("recipient", ""))
        if relation and place and place.id not in {one.id for one in relation.members}:
            self.add_error("recipient", _("Choose two parties of this relation."))
        return given

    def facts(self) -> StationFacts:
        """Return what was typed as the service takes it."""
        given = self.cleaned_data
        relation, place = self.relations[given["relation"]], self.places[given["recipient"]]
        return StationFacts(given["name"], relation.id, place.id, relation.lead.id, given["specialty"])


class EditStation(Base):
    """Name, specialty and experts."""

    name = forms.CharField(label=_("Name of the workstation"), max_length=120)
    specialty = forms.CharField(label=_("Specialty"), max_length=80)
    experts = forms.MultipleChoiceField(label=_("Experts"), required=False, widget=forms.CheckboxSelectMultiple)

    @classmethod
    def of(cls, page: StationPage, data: Any) -> EditStation:
        """Return the form filled with what stands."""
        row = page.station
        now = {"name": row.name, "specialty": row.specialty, "experts": [one.public_id for one in page.experts]}
        form = cls(data, initial=now)
        form.known = {one.public_id: one.id for one in page.colleagues}
        form.choose("experts", _named(page.colleagues))
        return form

    known: dict[str, int]

    @staticmethod
    def given(_page: StationPage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        typed = dict(form.cleaned_data)
        return {"expert_ids": tuple(form.known[one] for one in typed.pop("experts")), **typed}


class ApproveStation(Base):
    """The approval."""

    approved = said.day(_("Approved on"))
    approval_number = forms.CharField(label=_("Number of the approval"), max_length=60, required=False)
    approved_by = forms.CharField(label=_("Approved by"), max_length=120, required=False)
    until = said.day(pgettext_lazy("dispatch", "Until"), required=False)

    @staticmethod
    def given(_page: StationPage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        return {"approval": Approval(**form.cleaned_data)}


class UnveilStation(Base):
    """The plaque."""

    plaque = said.day(_("Plaque unveiled on"))


class PlanStation(Base):
    """A year's plan."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    goals = forms.CharField(label=_("What the year is to bring"), max_length=2000, widget=forms.Textarea({"rows": 4}))


class CheckStation(Base):
    """A year's check."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    grade = forms.ChoiceField(label=_("Grade"), choices=list(words.GRADES.items()), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)


class RenewStation(Base):
    """Until when it runs now."""

    until = said.day(_("New last day"))
    number = forms.CharField(label=_("Number of the approval"), max_length=60, required=False)
