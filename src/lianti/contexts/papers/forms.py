"""What people type about papers: a template, a code."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.papers.queries import PaperKind
from lianti.lib.web.forms import Base


class BringTemplate(Base):
    """A document in the place of ours, from when on, and what the paper is called there."""

    file = forms.FileField(
        label=pgettext_lazy("papers", "Document (.docx)"), help_text=_("It is tried with an example at once.")
    )
    from_date = forms.DateField(label=_("In force from"), widget=forms.DateInput)
    title = forms.CharField(
        label=pgettext_lazy("papers", "Name of the paper"),
        max_length=60,
        required=False,
        help_text=_("Empty: as the institutions call it."),
    )

    @classmethod
    def of(cls, kind: PaperKind, today: date, data: Any = None, files: Any = None) -> BringTemplate:
        """Return the form; the names that are used elsewhere stand as a hint."""
        form = cls(data, files, initial={"from_date": today})
        form.fields["title"].help_text = _("Empty: %(title)s.") % {"title": "、".join(map(str, kind.titles))}
        return form


class EndTemplate(Base):
    """The last day of a template."""

    until = forms.DateField(
        label=_("Last day in force"), widget=forms.DateInput, required=False, help_text=_("Empty: until yesterday.")
    )
    note = forms.CharField(label=_("Note"), max_length=400, required=False, widget=forms.Textarea)


class PaperCode(Base):
    """The code of a paper."""

    code = forms.CharField(
        label=pgettext_lazy("papers", "Verification code"),
        help_text=_("If the code has eight characters, type the number of the paper before it."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "placeholder": "7K4M-Q2XT-9B0D"}),
    )
