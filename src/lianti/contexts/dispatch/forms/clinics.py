"""What people type about clinics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain.facts import ClinicFacts, ClinicWord
from lianti.contexts.dispatch.forms.said import day
from lianti.contexts.dispatch.queries.clinics import WEEKDAY, ClinicPage, Sitter
from lianti.contexts.dispatch.states import ClinicHeld, HalfDay
from lianti.lib.web.forms import Base


class OpenClinic(Base):
    """Who sits when, where, from when on."""

    posting = forms.ChoiceField(label=pgettext_lazy("dispatch", "Expert"))
    weekday = forms.TypedChoiceField(label=_("Weekday"), coerce=int, choices=list(WEEKDAY.items()))
    half = forms.ChoiceField(
        label=_("Half-day"), choices=list(words.HALVES.items()), initial=HalfDay.MORNING, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Name of the clinic"), max_length=80)
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    from_date = day(_("From"))
    to_date = day(_("To"), required=False)

    def __init__(self, data: Any, known: Sequence[Sitter], **more: Any) -> None:
        super().__init__(data, **more)
        self.choose("posting", [(one.public_id, f"{one.person.name} {one.department}".strip()) for one in known])

    def facts(self) -> ClinicFacts:
        """Return what was typed as the service takes it."""
        given = dict(self.cleaned_data)
        given.pop("posting")
        return ClinicFacts(**given)


class EditClinic(Base):
    """Name and room."""

    name = forms.CharField(label=_("Name of the clinic"), max_length=80)
    room = forms.CharField(label=_("Room"), max_length=80, required=False)

    @classmethod
    def of(cls, page: ClinicPage, data: Any) -> EditClinic:
        """Return the form filled with what stands."""
        return cls(data, initial={"name": page.clinic.name, "room": page.clinic.room})


class SayDay(Base):
    """What holds on one day."""

    day = day(pgettext_lazy("dispatch", "Day"))
    held = forms.ChoiceField(
        label=_("What holds"),
        choices=[*words.HELD.items(), ("", _("As the week says"))],
        initial=ClinicHeld.STOPPED,
        required=False,
        widget=forms.RadioSelect,
    )
    cover = forms.ChoiceField(label=_("Covered by"), required=False)
    note = forms.CharField(
        label=_("Note"), max_length=120, required=False, help_text=_("Stands on the week list. Nothing about illness.")
    )

    @classmethod
    def of(cls, page: ClinicPage, data: Any) -> SayDay:
        """Return the form; who is posted here and the house's own people may cover."""
        form = cls(data)
        form.known = {one.public_id: one.id for one in page.colleagues}
        named = [(one.public_id, f"{one.name} {one.department}".strip()) for one in page.colleagues]
        form.choose("cover", [("", "—"), *named])
        return form

    known: dict[str, int]

    @staticmethod
    def given(_page: ClinicPage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        typed = form.cleaned_data
        cover = form.known.get(typed["cover"]) if typed["held"] == ClinicHeld.COVERED else None
        return {"word": ClinicWord(typed["day"], typed["held"], cover, typed["note"])}


class EndClinic(Base):
    """The last day."""

    to_date = day(pgettext_lazy("dispatch", "Last day"))
    note = forms.CharField(label=_("Note"), max_length=400, required=False)
