"""What people type into the directory and about relations."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.network import domain, labels, queries
from lianti.lib.web.forms import Base


def _institutions(*, without: str = "", first: str = "") -> list[tuple[str, str]]:
    rows = queries.institutions(listed=True).order_by("region", "short_name")
    found = [(r.public_id, r.short_name) for r in rows if r.public_id != without]
    return [("", first), *found] if first else found


class NewInstitution(Base):
    """An institution for the directory."""

    name = forms.CharField(label=_("Full name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=labels.choices(labels.INSTITUTION_KINDS))
    level = forms.ChoiceField(label=_("Level"), choices=labels.choices(labels.LEVELS), required=False)
    region = forms.CharField(
        label=_("Region"), max_length=200, required=False, help_text=_("Province, city, county, with / between them.")
    )
    short_name = forms.CharField(label=_("Short name"), max_length=80, required=False)
    code = forms.CharField(
        label=pgettext_lazy("institution", "Code"),
        max_length=40,
        required=False,
        help_text=_("Leave it empty to have one given."),
    )

    def draft(self) -> domain.InstitutionDraft:
        """Return what was typed as the service takes it."""
        return domain.InstitutionDraft(**self.cleaned_data)


class EditInstitution(Base):
    """What is said of an institution, but for its name."""

    short_name = forms.CharField(label=_("Short name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=labels.choices(labels.INSTITUTION_KINDS))
    level = forms.ChoiceField(label=_("Level"), choices=labels.choices(labels.LEVELS), required=False)
    region = forms.CharField(label=_("Region"), max_length=200, required=False)

    def __init__(self, *args: Any, kinds: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not kinds:  # the kind decides which roles there are: the operator's administrator changes it
            del self.fields["kind"]


class RenameInstitution(Base):
    """A new name and the day it holds from."""

    name = forms.CharField(label=_("New name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=80, required=False)
    from_date = forms.DateField(label=_("From"), widget=forms.DateInput)


class NewPerson(Base):
    """Somebody who works here."""

    name = forms.CharField(label=_("Name"), max_length=80)
    duty = forms.CharField(label=_("Duty"), max_length=120, required=False)
    title_level = forms.ChoiceField(
        label=_("Professional title"), choices=labels.choices(labels.TITLE_LEVELS), required=False
    )
    department = forms.CharField(label=_("Department"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False)

    def draft(self, employer_id: int) -> domain.PersonDraft:
        """Return what was typed as the service takes it."""
        return domain.PersonDraft(employer_id=employer_id, **self.cleaned_data)


class EditPerson(NewPerson):
    """What is said of somebody who works here."""

    field_order = ("name", "duty", "title_level", "title_since")
    title_since = forms.DateField(
        label=_("Title since"),
        required=False,
        widget=forms.DateInput,
        help_text=_("Where it has changed. Left empty, it was wrong before, and every day is judged by this one."),
    )


class ChangeEmployer(Base):
    """Where somebody works from a day on."""

    employer = forms.ChoiceField(label=_("New employer"))
    from_date = forms.DateField(label=_("From"), widget=forms.DateInput)

    def __init__(self, *args: Any, without: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["employer"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        field.choices = _institutions(without=without, first="—")


class Note(Base):
    """A word on why."""

    note = forms.CharField(label=_("Note"), max_length=400, required=False, widget=forms.Textarea)


class PutInForce(Base):
    """The first day of a relation."""

    from_date = forms.DateField(label=_("In force from"), widget=forms.DateInput)
    note = forms.CharField(label=_("Note"), max_length=400, required=False, widget=forms.Textarea)


class EndRelation(Base):
    """The last day of a relation."""

    to_date = forms.DateField(label=_("Last day"), widget=forms.DateInput)
    note = forms.CharField(label=_("Reason"), max_length=400, required=False, widget=forms.Textarea)


class NewRelation(Base):
    """A relation: who leads, who belongs, what it rests on."""

    sections: ClassVar = (
        (None, ("behaviour", "name", "lead", "authority", "members")),
        (pgettext_lazy("relation", "Scope"), ("specialties", "programme", "from_date")),
        (_("Basis"), ("basis_kind", "basis_title", "basis_number", "basis_date", "basis_publisher")),
    )

    behaviour = forms.ChoiceField(label=_("Kind of relation"), choices=labels.choices(labels.BEHAVIOURS))
    name = forms.CharField(label=_("Name of the relation"), max_length=200)
    lead = forms.ChoiceField(label=_("Leading or supporting institution"))
    authority = forms.ChoiceField(label=_("Health authority"), required=False)
    members = forms.MultipleChoiceField(label=_("Member or supported institutions"))
    specialties = forms.CharField(
        label=_("Specialties"), max_length=400, required=False, help_text=_("Several with 、 between them.")
    )
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    from_date = forms.DateField(label=_("From"), required=False, widget=forms.DateInput)
    basis_kind = forms.ChoiceField(
        label=_("Kind of document"), required=False, choices=[("", "—"), *labels.choices(labels.DOCUMENT_KINDS)]
    )
    basis_title = forms.CharField(label=_("Title"), max_length=300, required=False)
    basis_number = forms.CharField(label=_("Document number"), max_length=120, required=False)
    basis_date = forms.DateField(label=_("Date"), required=False, widget=forms.DateInput)
    basis_publisher = forms.CharField(label=_("Issued by"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = _institutions()
        self.fields["lead"].choices = [("", "—"), *everybody]  # type: ignore[attr-defined]
        self.fields["authority"].choices = [("", "—"), *everybody]  # type: ignore[attr-defined]
        self.fields["members"].choices = everybody  # type: ignore[attr-defined]
        listed = [(p.public_id, p.name) for p in queries.programmes()]
        self.fields["programme"].choices = [("", "—"), *listed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for title and kind of the basis together."""
        given = super().clean() or {}
        if bool(given.get("basis_title")) != bool(given.get("basis_kind")):
            name = "basis_kind" if given.get("basis_title") else "basis_title"
            self.add_error(name, _("A basis has both a kind and a title."))
        return given

    def draft(self) -> domain.RelationDraft:
        """Return what was typed as the service takes it."""
        given = self.cleaned_data
        known = queries.institution_keys([given["lead"], given["authority"], *given["members"]])
        programmes = {p.public_id: p.id for p in queries.programmes()}
        basis = None
        if given["basis_title"]:
            basis = domain.DocumentDraft(
                title=given["basis_title"],
                kind=given["basis_kind"],
                number=given["basis_number"],
                date=given["basis_date"],
                publisher=given["basis_publisher"],
            )
        return domain.RelationDraft(
            name=given["name"],
            behaviour=given["behaviour"],
            lead_id=known[given["lead"]],
            member_ids=tuple(known[m] for m in given["members"]),
            authority_id=known.get(given["authority"]),
            programme_id=programmes.get(given["programme"]),
            basis=basis,
            specialties=domain.listed(given["specialties"]),
            from_date=given["from_date"],
        )


class EditRelation(Base):
    """Name, members, specialties and dates of a relation."""

    name = forms.CharField(label=_("Name of the relation"), max_length=200)
    members = forms.MultipleChoiceField(label=_("Member units"))
    specialties = forms.CharField(label=_("Specialties"), max_length=400, required=False)
    from_date = forms.DateField(label=_("From"), required=False, widget=forms.DateInput)
    to_date = forms.DateField(label=_("To"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, lead: str = "", leads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = _institutions(without=lead)  # type: ignore[attr-defined]
        if not leads:  # who is bound only the lead changes
            del self.fields["members"]

    def member_ids(self) -> tuple[int, ...] | None:
        """Return the chosen members by key, in the order of the list; None when they are not asked for."""
        if "members" not in self.cleaned_data:
            return None
        known = queries.institution_keys(self.cleaned_data["members"])
        return tuple(known[m] for m in self.cleaned_data["members"])
