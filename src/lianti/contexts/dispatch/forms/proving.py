"""What people type about certificates and appraisals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain.proofs import CertificateFacts, PaperGrade, PaperSeal, Review
from lianti.contexts.dispatch.forms.said import day
from lianti.contexts.dispatch.queries import AppraisalPage, CertificatePage
from lianti.contexts.evidence.services import Upload
from lianti.contexts.network.queries import PersonFacts
from lianti.lib.names import folded
from lianti.lib.web.forms import Base
from lianti.records.kinds import Brief

LONGEST = 800


class Certify(Base):
    """What the desk says of a certificate beside what is counted."""

    until = day(_("Counted up to"), required=False)
    title = forms.CharField(label=pgettext_lazy("papers", "Name of the paper"), max_length=60, required=False)
    applied_title = forms.CharField(label=_("Title applied for"), max_length=60, required=False)
    sex = forms.CharField(label=pgettext_lazy("papers", "Sex"), max_length=8, required=False)
    identity_tail = forms.RegexField(
        r"^[0-9]{3}[0-9Xx]$", label=_("Identity number (last four)"), max_length=4, required=False
    )

    def facts(self) -> CertificateFacts:
        """Return what was typed as the service takes it."""
        names = ("until", "title", "applied_title", "sex", "identity_tail")
        return CertificateFacts(**{name: self.cleaned_data[name] for name in names})

    @classmethod
    def of(cls, page: CertificatePage, data: Any) -> Certify:
        """Return the form filled with what stands."""
        names = ("title", "applied_title", "sex", "identity_tail")
        return cls(data, initial={name: getattr(page.certificate, name) for name in names})


class DraftCertificate(Certify):
    """Whose certificate, and what the desk says of it."""

    field_order = ("person",)
    person = forms.CharField(label=pgettext_lazy("dispatch", "Person"), max_length=80)

    def __init__(self, data: Any, people: Sequence[PersonFacts], **more: Any) -> None:
        super().__init__(data, **more)
        self.people = people

    def clean_person(self) -> PersonFacts:
        """Find who is meant: one of the house, by name however its blanks and points are written."""
        found = [one for one in self.people if folded(str(one.name)) == folded(self.cleaned_data["person"])]
        if len(found) > 1:
            raise forms.ValidationError(_("Several people of this name work here: register them apart first."))
        if not found:
            raise forms.ValidationError(_("Nobody of this name is registered at your institution."))
        return found[0]


class BookSeal(Base):
    """A seal on paper: whose, when, who signed, the scan."""

    seal = forms.ChoiceField(label=pgettext_lazy("certificate", "Seal of"))
    given_on = day(_("Day of the seal"))
    signatory = forms.ChoiceField(
        label=pgettext_lazy("certificate", "Who signed"),
        required=False,
        help_text=_("Of a recipient: somebody of the receiving institution."),
    )
    signatory_name = forms.CharField(label=_("Signed by, where not in the list"), max_length=80, required=False)
    scan = forms.FileField(label=_("Scan"))

    @classmethod
    def of(cls, page: CertificatePage, data: Any) -> BookSeal:
        """Return the form with the seals whose turn it is."""
        form = cls(data)
        form.seals = {str(one.id): one for one in page.wanted}
        form.choose("seal", [(key, f"{one.word} {one.place}") for key, one in form.seals.items()])
        form.known = {one.public_id: one for people in page.signers.values() for one in people}
        named = [(key, f"{one.name} {one.employer.short_name} {one.duty}".strip()) for key, one in form.known.items()]
        form.choose("signatory", [("", "—"), *named])
        return form

    seals: dict[str, Any]
    known: dict[str, PersonFacts]

    @staticmethod
    def given(_page: CertificatePage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        typed = form.cleaned_data
        who = form.known.get(typed["signatory"])
        seal = PaperSeal(int(typed["seal"]), typed["given_on"], who.id if who else None, typed["signatory_name"])
        return {"seal": seal, "upload": Upload(typed["scan"].name, typed["scan"].read())}


class PublicNotice(Base):
    """When and where a certificate was made public."""

    public_from = day(_("Public from"))
    public_to = day(_("Public to"))
    public_place = forms.CharField(label=_("Where"), max_length=120, required=False)


class NoticeForMany(PublicNotice):
    """One public notice of several certificates."""

    field_order = ("certificate_ids",)
    certificate_ids = forms.MultipleChoiceField(label=_("Service certificates"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, rows: Sequence[Brief], **more: Any) -> None:
        super().__init__(data, **more)
        self.choose("certificate_ids", [(one.public_id, f"{one.title} {one.number}") for one in rows])
        self.fields["certificate_ids"].initial = [one.public_id for one in rows]


class ChooseCertificates(Base):
    """Which certificates go into one file."""

    chosen = forms.MultipleChoiceField(label=_("Service certificates"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, rows: Sequence[Brief], **more: Any) -> None:
        super().__init__(data, **more)
        self.choose("chosen", [(one.public_id, f"{one.title} {one.number}") for one in rows])
        self.fields["chosen"].initial = [one.public_id for one in rows]


class WriteSelf(Base):
    """What somebody says of their own work; figures come from the ledger."""

    self_text = forms.CharField(
        label=_("Summary of one's own work"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("At most 800 characters. Figures come from the ledger. No patients' names, please."),
    )

    @classmethod
    def of(cls, page: AppraisalPage, data: Any) -> WriteSelf:
        """Return the form filled with what was written."""
        return cls(data, initial={"self_text": page.appraisal.self_text})


class ReviewAppraisal(Base):
    """Five items from 1 to 5, and a text."""

    department_text = forms.CharField(
        label=_("Opinion of the department"), max_length=LONGEST, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for code, word in words.ITEMS.items():
            choices = [(str(n), str(n)) for n in range(5, 0, -1)]
            self.fields[code] = forms.ChoiceField(label=str(word), choices=choices)
        self.order_fields([*words.ITEMS, "department_text"])

    @classmethod
    def of(cls, page: AppraisalPage, data: Any) -> ReviewAppraisal:
        """Return the form filled with what was said."""
        names = (*words.ITEMS, "department_text")
        return cls(data, initial={name: getattr(page.appraisal, name) for name in names})

    @staticmethod
    def given(_page: AppraisalPage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        typed = form.cleaned_data
        marks = {code: int(typed[code]) for code in words.ITEMS}
        return {"review": Review(**marks, department_text=typed["department_text"])}


class GradeAppraisal(Base):
    """Days that the receiving hospital confirms, and its grade."""

    days = forms.IntegerField(label=_("Days that the recipient confirms"), min_value=0, max_value=4000)
    recipient_grade = forms.ChoiceField(label=pgettext_lazy("appraisal", "Grade"), choices=list(words.GRADES.items()))

    @classmethod
    def of(cls, page: AppraisalPage, data: Any) -> GradeAppraisal:
        """Return the form with the days that count as a hint."""
        return cls(data, initial={"days": page.counted_days})


class BookGrade(ReviewAppraisal):
    """The recipient's stamped form: marks, days, grade, who signed, the scan."""

    days = forms.IntegerField(label=_("Days that the recipient confirms"), min_value=0, max_value=4000)
    recipient_grade = forms.ChoiceField(label=pgettext_lazy("appraisal", "Grade"), choices=list(words.GRADES.items()))
    given_on = day(_("Day of the seal"))
    signatory = forms.ChoiceField(label=pgettext_lazy("certificate", "Who signed"))
    scan = forms.FileField(label=_("Scan"))

    @classmethod
    def of(cls, page: AppraisalPage, data: Any) -> BookGrade:
        """Return the form; somebody of the recipient signed."""
        form = cls(data, initial={"days": page.counted_days})
        form.known = {one.public_id: one for one in page.signers}
        form.choose("signatory", [(key, f"{one.name} {one.duty}".strip()) for key, one in form.known.items()])
        return form

    known: dict[str, PersonFacts]

    @staticmethod
    def given(page: AppraisalPage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        typed, who = form.cleaned_data, form.known[form.cleaned_data["signatory"]]
        grade = PaperGrade(typed["given_on"], who.id, typed["days"], typed["recipient_grade"])
        scan = Upload(typed["scan"].name, typed["scan"].read())
        return {**ReviewAppraisal.given(page, form), "grade": grade, "upload": scan}


class ConcludeAppraisal(Base):
    """The own hospital's grade."""

    supporter_grade = forms.ChoiceField(label=pgettext_lazy("appraisal", "Grade"), choices=list(words.GRADES.items()))

    @classmethod
    def of(cls, page: AppraisalPage, data: Any) -> ConcludeAppraisal:
        """Return the form with the recipient's grade as a start."""
        return cls(data, initial={"supporter_grade": page.appraisal.recipient_grade})


class FileAppraisal(Base):
    """With whom it was filed."""

    filed_with = forms.CharField(label=_("Filed with, number and day"), max_length=120)
