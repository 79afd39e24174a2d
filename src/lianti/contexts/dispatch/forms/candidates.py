"""What people type about who can be sent, and the quotas of a batch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain.facts import Licence, QuotaLine
from lianti.contexts.dispatch.forms.said import Lined, day
from lianti.contexts.dispatch.queries import CandidatePage, StaffBatchPage
from lianti.lib.web.forms import Base
from lianti.records.lines import Lines


class NoteCandidate(Base):
    """When somebody applies for promotion, and their licence."""

    applying = forms.IntegerField(
        label=_("Year of the application"), required=False, help_text=_("Empty: nothing is known yet.")
    )
    licence_number = forms.CharField(label=_("Licence number"), max_length=40, required=False)
    licence_scope = forms.CharField(label=_("Scope of the licence"), max_length=120, required=False)
    licence_until = day(_("Licence valid to"), required=False)
    licence_filing = forms.CharField(
        label=_("Filing for practice elsewhere"),
        max_length=120,
        required=False,
        help_text=_("Number and day, or why none is needed."),
    )

    @classmethod
    def of(cls, page: CandidatePage, data: Any) -> NoteCandidate:
        """Return the form filled with what stands."""
        row = page.candidate
        names = ("licence_number", "licence_scope", "licence_until", "licence_filing")
        return cls(data, initial={"applying": row.applying or None, **{name: getattr(row, name) for name in names}})

    @staticmethod
    def given(_page: CandidatePage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        typed = form.cleaned_data
        names = ("number", "scope", "until", "filing")
        licence = Licence(**{name: typed[f"licence_{name}"] for name in names})
        return {"applying": typed["applying"] or 0, "licence": licence}

    def refused(self, fields: Any) -> None:
        """Say at the field what the service refuses of the licence."""
        super().refused({f"licence_{name}" if f"licence_{name}" in self.fields else name: said
                         for name, said in fields.items()})  # fmt: skip


class Volunteer(Base):
    """The day on which somebody volunteered."""

    day = day(_("Volunteered on"))


class Exempt(Base):
    """Why somebody owes nothing, on what basis, until when."""

    reason = forms.ChoiceField(label=_("Reason"), choices=list(words.EXEMPTIONS.items()))
    basis = forms.CharField(
        label=_("Basis of the exemption"), max_length=200, help_text=_("The document and its number. No diagnosis.")
    )
    until = day(pgettext_lazy("dispatch", "Until"), required=False)


class QuotaRow(Base):
    """A department and how many people it is to name."""

    department = forms.CharField(label=_("Department"), max_length=120)
    people = forms.IntegerField(label=_("People"), min_value=1, max_value=999)


class Allot(Lined):
    """The quotas of a batch, a line a department."""

    lines_in = "quotas"

    @classmethod
    def of(cls, page: StaffBatchPage, data: Any) -> Allot:
        """Return the form filled with what was said before."""
        said = "\n".join(f"{one.department}\t{one.asked}" for one in page.quotas if one.asked)
        form = cls(data, initial={"quotas": said})
        form.fields["quotas"] = Lines(QuotaRow, label=_("Quotas of departments"), required=False)
        return form

    @staticmethod
    def given(_page: StaffBatchPage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        return {"quotas": [QuotaLine(**row.cleaned_data) for row in form.cleaned_data["quotas"]]}
