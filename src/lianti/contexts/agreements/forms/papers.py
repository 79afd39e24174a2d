"""What people type about papers and goals."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements import domain, words
from lianti.contexts.agreements.domain import AgreementFacts, FilingFacts, GoalFacts, SignedFacts
from lianti.contexts.agreements.forms.promises import MOST_ROWS, ROWS, PromiseRow, choices
from lianti.contexts.agreements.queries import AgreementPage
from lianti.contexts.network.queries import InstitutionFacts, RelationFacts
from lianti.lib.web.forms import Base, FilesField
from lianti.records.lines import Lines


class PickRelation(Base):
    """In which relation."""

    relation = forms.ChoiceField(label=_("Relation"))

    def __init__(self, *args: Any, relations: Sequence[RelationFacts], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("relation", [(r.public_id, f"{r.name} · {r.lead.short_name}") for r in relations])


class Paper(Base):
    """What a paper is: title, form, parties, dates."""

    title = forms.CharField(label=_("Title"), max_length=200)
    form = forms.ChoiceField(label=_("Form of the paper"), required=False, choices=lambda: choices(words.FORMS, "—"))
    parties = forms.MultipleChoiceField(label=_("Parties"), widget=forms.CheckboxSelectMultiple)
    from_date = forms.DateField(label=_("In force from"), required=False, widget=forms.DateInput)
    to_date = forms.DateField(label=_("In force until"), required=False, widget=forms.DateInput)
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea)

    def __init__(self, *args: Any, relation: RelationFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relation = relation
        everybody = (relation.lead, *relation.members)
        self.known: dict[str, InstitutionFacts] = {party.public_id: party for party in everybody}
        self.choose("parties", [(party.public_id, party.short_name) for party in everybody])
        self.fields["parties"].initial = [party.public_id for party in everybody]

    def facts(self, signed: SignedFacts | None = None) -> AgreementFacts:
        """Return what was typed as the service takes it."""
        given = self.cleaned_data
        return AgreementFacts(
            relation_id=self.relation.id,
            title=given["title"],
            party_ids=tuple(self.known[party].id for party in given["parties"]),
            form=given["form"],
            from_date=given["from_date"],
            to_date=given["to_date"],
            clauses={name: given[f"clause_{name}"] for name in domain.CLAUSES if given.get(f"clause_{name}")},
            note=given["note"],
            signed=signed,
        )


class Draft(Paper):
    """A draft, with its clauses folded away."""

    sections = (
        (None, ("title", "form", "parties", "from_date", "to_date", "note")),
        (_("Clauses"), tuple(f"clause_{name}" for name in words.CLAUSES)),
    )
    folded = 1

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in words.CLAUSES.items():
            self.fields[f"clause_{name}"] = forms.CharField(
                label=label, required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
            )


class Edit(Draft):
    """A draft, changed; relation and parties stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("parties")

    @classmethod
    def of(cls, page: AgreementPage, data: Any) -> Edit:
        """Return the form filled with what the draft says now."""
        row = page.agreement
        now = {name: getattr(row, name) for name in ("title", "form", "from_date", "to_date", "note")}
        clauses = {f"clause_{name}": text for name, text in row.clauses.items()}
        return cls(data, initial={**now, **clauses}, relation=page.relation)

    def facts(self, signed: SignedFacts | None = None) -> AgreementFacts:
        """Return what was typed as the service takes it."""
        self.cleaned_data["parties"] = []
        return super().facts(signed)


class CorrectPaper(Edit):
    """A signed agreement, mended with the reason."""

    why = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea)
    sections = (
        (None, ("why", "title", "form", "from_date", "to_date", "note")),
        (_("Clauses"), tuple(f"clause_{name}" for name in words.CLAUSES)),
    )


class _SignedFields(Base):
    """The facts of a signing."""

    signed_date = forms.DateField(label=_("Signed on"), widget=forms.DateInput)
    copies = forms.IntegerField(label=_("Copies"), required=False, min_value=1, max_value=999)
    minutes_number = forms.CharField(label=_("Number of the minutes"), required=False, max_length=80)
    contract_number = forms.CharField(label=_("Contract number"), required=False, max_length=80)
    uploads = FilesField(label=_("Scan"), required=False)

    def duties_for(self, parties: Sequence[InstitutionFacts]) -> None:
        """Ask for the duty of who signed for each party."""
        for party in parties:
            self.fields[f"duty_{party.id}"] = forms.CharField(
                label=words.SIGNED_FOR % {"party": party.short_name},
                required=False,
                max_length=60,
                widget=forms.TextInput({"data-of-party": party.public_id}),
            )
        self._signing = list(parties)

    def signed(self) -> SignedFacts:
        """Return the facts of the signing as the service takes them."""
        given = self.cleaned_data
        signing = [party for party in self._signing if party.public_id in given.get("parties", [party.public_id])]
        duties = {party.id: given[f"duty_{party.id}"] for party in signing if given[f"duty_{party.id}"]}
        return SignedFacts(
            signed_date=given["signed_date"],
            duties=duties,
            copies=given["copies"],
            minutes_number=given["minutes_number"],
            contract_number=given["contract_number"],
        )


class Sign(_SignedFields):
    """The signing of an agreed paper."""

    @classmethod
    def of(cls, page: AgreementPage, data: Any) -> Sign:
        """Return the form with a field for each party's signatory."""
        form = cls(data)
        form.duties_for([party.institution for party in page.parties])
        return form


class EnterSigned(Paper, _SignedFields):
    """An agreement that was signed before, on one page, with a line for each promise, typed or pasted."""

    def __init__(self, data: Any = None, files: Any = None, *, relation: RelationFacts, **kwargs: Any) -> None:
        everybody = (relation.lead, *relation.members)
        ticked = set(data.getlist("parties")) if data else {party.public_id for party in everybody}
        row = partial(
            PromiseRow, relation=relation, parties={party.id for party in everybody if party.public_id in ticked}
        )
        pasted = Lines(row, label=_("Rows from a spreadsheet"), required=False, most=MOST_ROWS)
        data = data.copy() if data else None
        self._unread = _fill(data, pasted) if data else None
        super().__init__(data, files, relation=relation, **kwargs)
        self.duties_for(everybody)
        self.fields["pasted"] = pasted
        more = ROWS if self.unsent else 0
        self.rows = [row(data, prefix=f"row{n}") for n in range(min(max(_lines(data) + more, ROWS), MOST_ROWS))]
        duties = tuple(name for name in self.fields if name.startswith("duty_"))
        signing = ("signed_date", "copies", "minutes_number", "contract_number", *duties, "uploads")
        self.sections = (  # type: ignore[misc]
            (None, ("title", "form", "parties")),
            (_("Signing"), signing),
            (_("Time in force"), ("from_date", "to_date", "note")),
            (words.PROMISE.many, ("pasted",)),
        )

    def full_clean(self) -> None:
        """Look at what was typed; rows that could not be taken into the lines say why even before all is sent."""
        super().full_clean()
        if self.unsent and self._unread:
            self.add_error("pasted", self._unread)

    def clean(self) -> dict[str, Any]:
        """Ask that every line of promises can be taken, too."""
        if not all(row.is_valid() for row in self.rows):
            raise forms.ValidationError(_("Some promises need mending; the fields are marked."))
        return super().clean() or {}


def _fill(data: Any, pasted: Lines) -> forms.ValidationError | None:
    """Put pasted rows into the lines behind those typed; what cannot be taken stays where it is, and says why."""
    count = _lines(data)
    while count and not any(data.get(f"row{count - 1}-{name}") for name in PromiseRow.TOLD):
        count -= 1
    pasted.most = MOST_ROWS - count
    try:
        found = pasted.clean(data.get("pasted", ""))
    except forms.ValidationError as wrong:
        return wrong
    data["pasted"] = ""
    for number, row in enumerate(found, start=count):
        for name, text in row.data.items():
            data[f"row{number}-{name}"] = text
    return None


def _lines(data: Any) -> int:
    """Return how many lines of promises came with a form."""
    return next((n for n in range(MOST_ROWS) if f"row{n}-way" not in (data or {})), MOST_ROWS)


class PutInForce(Base):
    """From when to when."""

    from_date = forms.DateField(label=_("In force from"), widget=forms.DateInput)
    to_date = forms.DateField(label=_("In force until"), required=False, widget=forms.DateInput)

    @classmethod
    def of(cls, page: AgreementPage, data: Any) -> PutInForce:
        """Return the form filled with what the paper says."""
        row = page.agreement
        return cls(data, initial={"from_date": row.from_date or row.signed_date, "to_date": row.to_date})


class Filing(Base):
    """Filing with an authority."""

    filed_date = forms.DateField(label=_("Filed on"), widget=forms.DateInput)
    filed_number = forms.CharField(label=_("Filing number"), required=False, max_length=80)
    filed_to = forms.CharField(label=_("Filed with"), required=False, max_length=120)

    def filing(self) -> FilingFacts:
        """Return what was typed as the service takes it."""
        return FilingFacts(**self.cleaned_data)


class Attach(Base):
    """Files of the paper."""

    uploads = FilesField(label=_("Files"))
    note = forms.CharField(label=_("Note"), required=False, max_length=400)


class Reason(Base):
    """Why."""

    note = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea)


class Note(Base):
    """A word on it."""

    note = forms.CharField(label=_("Note"), required=False, max_length=400, widget=forms.Textarea)


class Goal(Base):
    """A goal of a relation."""

    kind = forms.ChoiceField(label=_("Kind of goal"), choices=lambda: choices(words.GOAL_KINDS))
    text = forms.CharField(label=_("What is to be reached"), max_length=400)
    institution = forms.ChoiceField(label=_("For whom"), required=False)
    due_date = forms.DateField(label=_("By when"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, relation: RelationFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relation_id = relation.id
        everybody = (relation.lead, *relation.members)
        self.parties = {party.public_id: party.id for party in everybody}
        self.choose("institution", [("", words.FOR_ALL), *((party.public_id, party.short_name) for party in everybody)])

    def facts(self) -> GoalFacts:
        """Return what was typed as the service takes it."""
        given = self.cleaned_data
        return GoalFacts(
            relation_id=self.relation_id,
            kind=given["kind"],
            text=given["text"],
            institution_id=self.parties.get(given["institution"]),
            due_date=given["due_date"],
        )
