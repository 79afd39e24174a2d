"""What people type about what they did: a log that takes less than a minute, with more behind a fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities import words
from lianti.contexts.activities.domain import ActivityFacts, Taking, plain
from lianti.contexts.activities.queries import ActivityPage, Nameable, Pattern, People
from lianti.contexts.activities.states import Part
from lianti.contexts.ledger.queries import in_chinese, kinds
from lianti.contexts.network.queries import InstitutionFacts
from lianti.lib.web.forms import Base, FilesField
from lianti.records import codes

PEOPLE = 4
# Where the sentences of a refusal belong.
_AT = {"giver_id": "giver", "receiver": "receivers", "people": "person_0", "account": "accounts"}
# What stands before the fold, with the kind's own facts.
SHOWN = frozenset({"day", "quantity", "giver", "receivers", "person_0"})


def kind_fields(kind: kinds.Kind) -> dict[str, forms.Field]:
    """Return the form fields of the extra facts of a kind."""
    return {f"extra_{field.code}": _extra(field) for field in kind.fields}


def _extra(field: kinds.Field) -> forms.Field:
    label = field.zh if in_chinese() else field.en
    if field.type == "int":
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=10**8 - 1)
    if field.type == "yes":
        return forms.BooleanField(label=label, required=False)
    if field.type == "choice":
        choices = [(code, zh if in_chinese() else en) for code, zh, en in field.choices]
        return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *choices])
    return forms.CharField(label=label, required=False, max_length=200)


class Receivers(forms.CheckboxSelectMultiple):
    """Institutions to tick: only those that can receive from the chosen giver can be."""

    drawn_as = "checkboxselectmultiple"
    own = giver = ""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return one box; what the reader's institution would neither give nor receive cannot be ticked."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if self.giver and (str(value) == self.giver or self.own not in (self.giver, str(value))):
            option["attrs"]["disabled"] = True
        return option


class Activity(Base):
    """What was done: day, quantity, for whom; then who, what else, where, proof."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput)
    quantity = forms.DecimalField(
        label=_("How much"), max_digits=9, decimal_places=2, min_value=Decimal("0.01"), initial=Decimal(1)
    )
    giver = forms.ChoiceField(label=_("Given by"))
    receivers = forms.MultipleChoiceField(label=_("Given to"), widget=Receivers)
    day_to = forms.DateField(label=_("Until (for a period)"), required=False, widget=forms.DateInput)
    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    place = forms.ChoiceField(label=_("Place"), required=False)
    place_text = forms.CharField(label=_("Place in words"), required=False, max_length=120)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("No patients' names, please."),
    )
    accounts = forms.MultipleChoiceField(
        label=_("Counts towards, beside what fits by itself"), required=False, widget=forms.CheckboxSelectMultiple
    )
    late = forms.BooleanField(label=_("Late entry for a month that is closed"), required=False)
    uploads = FilesField(label=_("Proof"), required=False, help_text=_("No patient's face in a picture, please."))

    def __init__(
        self,
        *args: Any,
        kind: kinds.Kind,
        own: str,
        institutions: Sequence[InstitutionFacts],
        people: People,
        accounts: Sequence[Nameable],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.people = kind, people
        self.fields["quantity"].label = words.HOW_MUCH % {"unit": words.unit_label(kind.code)}
        self.known = {place.public_id: place for place in institutions}
        places = [(place.public_id, place.short_name) for place in institutions]
        self._choices("giver", places)
        giver, boxes = self.fields["giver"].widget, self.fields["receivers"].widget
        giver.attrs["data-own"] = boxes.own = own
        boxes.giver = str(self["giver"].value() or "")
        self._choices("receivers", places)
        self._choices("place", [("", "—"), *places])
        self._choices("accounts", [(str(account.id), account.label) for account in accounts])
        if not accounts:
            self.fields.pop("accounts")
        for name, field in kind_fields(kind).items():
            self.fields[name] = field
        for number in range(PEOPLE):
            self._person(number)

    def _choices(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(choices)

    def _person(self, number: int) -> None:
        widget = forms.TextInput({"list": "people", "autocomplete": "off"})
        label = words.PERSON % {"number": number + 1} if number else words.FIRST_PERSON
        self.fields[f"person_{number}"] = forms.CharField(label=label, required=False, max_length=120, widget=widget)
        parts = forms.ChoiceField(label=_("Part"), required=False, choices=list(words.PARTS.items()))
        parts.initial = str(Part.LEAD if number == 0 else Part.ASSIST)
        self.fields[f"part_{number}"] = parts
        self.fields[f"share_{number}"] = forms.DecimalField(
            label=_("Own share"), required=False, max_digits=9, decimal_places=2, min_value=Decimal(0)
        )

    def extras(self) -> list[Any]:
        """Return the fields of the kind's own facts, for the template."""
        return [self[f"extra_{field.code}"] for field in self.kind.fields]

    def people_rows(self) -> list[tuple[Any, Any, Any]]:
        """Return the lines of people, for the template."""
        return [(self[f"person_{n}"], self[f"part_{n}"], self[f"share_{n}"]) for n in range(PEOPLE)]

    def refused(self, fields: Mapping[str, Any]) -> None:
        """Take over the sentences of a refusal at the fields of this form."""
        super().refused({_AT.get(name, name): sentence for name, sentence in fields.items()})

    @property
    def is_unfolded(self) -> bool:
        """Say whether the fold opens: something behind it is to be mended or was typed, and that is never hidden."""
        asked = {name.removeprefix(codes.FIELD) for name in self.data if name.startswith(codes.FIELD)}
        told = {*self.errors, *self.changed_data, *asked} - SHOWN
        return any(name in self.fields and not name.startswith("extra_") for name in told)

    def clean(self) -> dict[str, Any]:
        """Find each person by name in the directories of the two sides."""
        given = super().clean() or {}
        for number in range(PEOPLE):
            name = (given.get(f"person_{number}") or "").strip()
            if name and self.people.person(name) is None:
                self.add_error(f"person_{number}", str(self.people.refusal(name)))
        return given

    def facts(self) -> ActivityFacts:
        """Return what was typed as the service takes it."""
        given = self.cleaned_data
        place = self.known.get(given["place"])
        return ActivityFacts(
            kind=self.kind.code,
            day=given["day"],
            giver_id=self.known[given["giver"]].id,
            receiver_ids=tuple(self.known[receiver].id for receiver in given["receivers"]),
            quantity=given["quantity"],
            people=tuple(self._takings()),
            day_to=given["day_to"],
            title=given["title"],
            place_id=place.id if place else None,
            place_text=given["place_text"],
            extra=self._extra_facts(),
            note=given["note"],
            account_ids=tuple(int(pk) for pk in given.get("accounts") or ()),
            late=given["late"],
        )

    def _takings(self) -> list[Taking]:
        found = []
        for number in range(PEOPLE):
            name = (self.cleaned_data[f"person_{number}"] or "").strip()
            person = self.people.person(name) if name else None
            if person is not None:
                part = self.cleaned_data[f"part_{number}"] or str(Part.LEAD)
                found.append(Taking(person, part, self.cleaned_data[f"share_{number}"]))
        return found

    def _extra_facts(self) -> dict[str, Any]:
        typed = {field.code: self.cleaned_data.get(f"extra_{field.code}") for field in self.kind.fields}
        return {code: value for code, value in typed.items() if value not in (None, "", False)}


class KindFacts(Base):
    """The own facts of one kind alone: what changes when the kind of an open form is changed in place."""

    def __init__(self, kind: kinds.Kind) -> None:
        super().__init__(auto_id="activity-%s")
        self.fields.update(kind_fields(kind))


class WeekRow(Base):
    """One line of last week, to be recorded again on its new day; what is not sure is not ticked."""

    take = forms.BooleanField(label=_("Take"), required=False)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput)
    quantity = forms.DecimalField(label=_("How much"), max_digits=9, decimal_places=2, min_value=Decimal("0.01"))
    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    another = forms.BooleanField(label=_("Book it all the same"), required=False)

    def __init__(self, *args: Any, pattern: Pattern, **kwargs: Any) -> None:
        super().__init__(*args, prefix=pattern.key, **kwargs)
        self.pattern, self.line, self.asks = pattern, pattern.line, False
        self.fields["take"].widget.attrs["data-once"] = ""
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label


class Withdraw(Base):
    """Why."""

    note = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea)


class Attach(Base):
    """Proof to be added."""

    uploads = FilesField(label=_("Proof"), help_text=_("No patient's face in a picture, please."))
    note = forms.CharField(label=_("Note"), required=False, max_length=400)


def initial_of(page: ActivityPage) -> dict[str, Any]:
    """Return what the form of an activity that stands is filled with."""
    line, row = page.line, page.line.activity
    now: dict[str, Any] = {
        "day": row.day,
        "day_to": row.day_to,
        "quantity": None if row.quantity is None else plain(row.quantity),
        "giver": line.giver.public_id if line.giver else "",
        "receivers": [place.public_id for place in line.receivers],
        "title": row.title,
        "place": line.place.public_id if line.place else "",
        "place_text": row.place_text,
        "note": row.note,
        "accounts": [str(pk) for pk in page.account_ids],
        **{f"extra_{code}": value for code, value in row.extra.items()},
    }
    for number, taking in enumerate(page.people[:PEOPLE]):
        now[f"person_{number}"] = str(taking.person.name)
        now[f"part_{number}"] = taking.part
        now[f"share_{number}"] = taking.share
    return now
