"""What several forms ask alike: a day, a note, a reason."""

from __future__ import annotations

from typing import Any

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
