"""What people type about service before the platform."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain.facts import PastFacts
from lianti.contexts.dispatch.forms.people import Houses, person_of
from lianti.contexts.dispatch.forms.said import Lined, day
from lianti.contexts.dispatch.queries import PastPage
from lianti.contexts.dispatch.states import PostingKind
from lianti.contexts.network.queries import PersonFacts
from lianti.lib.web.forms import Base, FilesField
from lianti.records.lines import Lines

MOST = 200
_PLACE_HELP = _("As the letter has it. Where it is a member of the network, it sees this and can answer.")


class _Stay(Base):
    """Where somebody was, from when until when, by which letter."""

    place = forms.CharField(label=pgettext_lazy("dispatch", "Place of service"), max_length=120, help_text=_PLACE_HELP)
    first = day(pgettext_lazy("dispatch", "First day"))
    last = day(pgettext_lazy("dispatch", "Last day"))
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(words.KINDS.items()), initial=PostingKind.LONG)
    department = forms.CharField(label=_("Department there"), max_length=80, required=False)
    certified = forms.IntegerField(
        label=words.CERTIFIED,
        min_value=0,
        required=False,
        help_text=_("As the paper of then says. Empty: each day is judged by the rules."),
    )

    houses: Houses

    def clean_place(self) -> str:
        """Look whether the place is of the network."""
        self.found = self.houses.find(self.cleaned_data["place"])
        return str(self.cleaned_data["place"])

    def past(self, person_id: int) -> PastFacts:
        """Return what was typed as the service takes it."""
        names = ("place", "first", "last", "letter_number", "kind", "department", "certified")
        given = {name: self.cleaned_data[name] for name in names}
        return PastFacts(person_id=person_id, recipient_id=self.found.id if self.found else None, **given)


class PastRow(_Stay):
    """One line: who, where, from when until when, by which letter."""

    field_order = ("person", "home", "place")
    person = forms.CharField(label=pgettext_lazy("dispatch", "Person"), max_length=80)
    home = forms.CharField(
        label=_("Department at home"),
        max_length=120,
        required=False,
        help_text=_("Needed where several people bear the name."),
    )

    def __init__(self, data: Any, *, people: Sequence[PersonFacts], houses: Houses, **more: Any) -> None:
        super().__init__(data, **more)
        self.people, self.houses = people, houses

    def clean(self) -> dict[str, Any]:
        """Find who is meant."""
        given = super().clean() or self.cleaned_data
        if given.get("person"):
            try:
                self.who = person_of(self.people, given["person"], given.get("home", ""))
            except forms.ValidationError as why:
                self.add_error("person", why)
        return given

    def facts(self) -> PastFacts:
        """Return the line as the service takes it."""
        return self.past(self.who.id)


class EnterPast(PastRow):
    """Service before the platform of one person, with the scan of its paper."""

    uploads = FilesField(label=_("Scan of the letter or certificate"), required=False)


class EnterPastLines(Lined):
    """Service before the platform of many, a line each."""

    lines_in = "lines"

    def __init__(self, data: Any, *, people: Sequence[PersonFacts], houses: Houses) -> None:
        super().__init__(data)
        row = partial(PastRow, people=people, houses=houses)
        self.fields["lines"] = Lines(row, label=pgettext_lazy("dispatch", "Earlier service"), most=MOST)


class CorrectPast(_Stay):
    """What stands, to be corrected or confirmed, with the reason."""

    note = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea)

    @classmethod
    def of(cls, page: PastPage, data: Any) -> CorrectPast:
        """Return the form filled with what stands."""
        names = ("place", "first", "last", "letter_number", "kind", "department", "certified")
        form = cls(data, initial={name: getattr(page.past, name) for name in names})
        form.houses = Houses(page.names)
        return form

    @staticmethod
    def given(page: PastPage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        return {"past": form.past(page.past.person_id), "note": form.cleaned_data["note"]}


class AttachPast(Base):
    """A scan more."""

    uploads = FilesField(label=_("Scan of the letter or certificate"))
