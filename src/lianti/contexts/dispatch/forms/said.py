"""What several forms ask alike: a day, a note, a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lianti.lib.web.forms import Base


def day(label: Any, *, required: bool = True) -> forms.DateField:
    """Return the field of a day."""
    return forms.DateField(label=label, widget=forms.DateInput, required=required)


class Note(Base):
    """A word on it."""

    note = forms.CharField(label=_("Note"), max_length=400, required=False, widget=forms.Textarea)


class Reason(Base):
    """Why."""

    note = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea)


class Lined(Base):
    """A form with many lines in one field; what the service refuses of one of them, by place, is said at its number."""

    lines_in: ClassVar[str]

    def number_of(self, place: int) -> int:
        """Return the number of the line from which something came, by its place among what the service was given."""
        return place + 1

    def refused(self, fields: Mapping[str, Any]) -> None:
        """Say at the lines what the service refuses of one of them, and of the whole."""
        for name, sentence in fields.items():
            place, _dash, _field = name.partition("-")
            line = (
                _("Line %(number)s: %(why)s") % {"number": self.number_of(int(place)), "why": sentence}
                if place.isdecimal()
                else sentence
            )
            self.add_error(self.lines_in, line)
