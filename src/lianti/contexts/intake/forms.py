"""What people type about documents: files or a text to take in, and what a proposal should say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements import queries as agreements
from lianti.contexts.evidence import services as evidence
from lianti.contexts.intake import labels
from lianti.contexts.intake.queries import ProposalLine, ReviewPage
from lianti.contexts.intake.queries.existing import day_of
from lianti.contexts.ledger.queries import kind_name, kinds, unit_name
from lianti.contexts.network import queries as network
from lianti.lib.web.forms import Base, FilesField

Choices = list[tuple[str, Any]]
MEGABYTE = 1024 * 1024
TOO_LARGE = _("“%(name)s” has %(size)s MB; at most %(most)s MB are taken. Make it smaller, or split it.")
SEVERAL = "、,，;；\n"


class TakeIn(Base):
    """Files, a pasted text, or both."""

    uploads = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("Text, saved web pages, Word, PDF, mail; several at once. The same file twice is recognised."),
    )
    text = forms.CharField(
        label=_("Or paste a text"),
        required=False,
        max_length=400_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("No patients' names, please."),
    )

    def clean_uploads(self) -> Any:
        """Refuse what is too large before it is read into memory."""
        most = settings.UPLOAD_MEGABYTES
        for file in self.cleaned_data["uploads"] or ():
            if file.size > most * MEGABYTE:
                size = -(-file.size // MEGABYTE)
                raise forms.ValidationError(TOO_LARGE % {"name": file.name, "size": size, "most": most})
        return self.cleaned_data["uploads"]

    def given(self) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        files = evidence.uploads(self.cleaned_data["uploads"])
        return {"files": files, "text": self.cleaned_data["text"]}


class Reason(Base):
    """Why."""

    note = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea)


class Ourselves(Base):
    """Who 我院 is."""

    institution = forms.ChoiceField(label=_("Which institution is “our hospital” (wo yuan) in this document?"))

    @classmethod
    def of(cls, page: ReviewPage, tenant_id: int, data: Any) -> Ourselves:
        """Return the form with the institutions that it may be: the reader's own, and those the document names."""
        form = cls(data)
        named = network.named(one.content["name"] for one in page.proposals if one.field == "institution")
        own = network.institutions_by_id([tenant_id])
        places = {**own, **{place.id: place for found in named.values() for place in found}}
        field = form.fields["institution"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(place.public_id, place.name) for place in places.values()]
        return form


class Correct(Base):
    """What one proposal says, put right: a field for each key of its content."""

    def __init__(self, page: ReviewPage, proposal: ProposalLine, data: Any = None) -> None:
        super().__init__(data, auto_id=f"p-{proposal.public_id}-%s")
        parties = [one.content["name"] for one in page.proposals if one.field == "institution"]
        for key, value in proposal.content.items():
            make = _FIELDS.get((proposal.field, key)) or _FIELDS.get(("", key))
            if make is not None:
                self.fields[key] = make(labels.key_label(proposal.field, key), value, parties)
        if proposal.field == "commitment":
            self.fields["second"] = forms.CharField(
                label=_("A second promise in these words"),
                required=False,
                max_length=400,
                widget=forms.Textarea({"rows": 2}),
                help_text=_("It becomes a row of its own; take its words out above."),
            )
        self.proposal = proposal

    def content(self) -> dict[str, Any]:
        """Return what was typed as the service takes it: only what differs from what is shown."""
        typed = {key: _plain(value) for key, value in self.cleaned_data.items() if key != "second"}
        shown = self.proposal.content
        return {key: value for key, value in typed.items() if value != _plain(shown[key])}


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return "" if value is None else str(value)


def split(text: str) -> list[str]:
    """Return the names in a line, each once, in order."""
    for mark in SEVERAL:
        text = text.replace(mark, "、")
    return list(dict.fromkeys(name.strip() for name in text.split("、") if name.strip()))


class NamesField(forms.CharField):
    """Several names with 、 between them."""

    def clean(self, value: Any) -> Any:
        return split(super().clean(value))


Maker = Callable[[Any, Any, list[str]], forms.Field]


def _text(most: int, *, long: bool = False, needed: bool = False) -> Maker:
    def make(label: Any, value: Any, _parties: list[str]) -> forms.Field:
        widget = forms.Textarea() if long else forms.TextInput()
        return forms.CharField(label=label, max_length=most, required=needed, initial=value, widget=widget)

    return make


def _choice(choices: Callable[[], Choices]) -> Maker:
    def make(label: Any, value: Any, _parties: list[str]) -> forms.Field:
        known = choices()
        offered = [] if any(code == "" for code, _words in known) else [("", "—")]
        return forms.ChoiceField(label=label, required=False, initial=value, choices=[*offered, *known])

    return make


def _party(label: Any, value: Any, parties: list[str]) -> forms.Field:
    choices = [("", "—"), *((name, name) for name in _each(parties, [value]))]
    return forms.ChoiceField(label=label, required=False, initial=value, choices=choices)


def _parties(label: Any, value: Any, parties: list[str]) -> forms.Field:
    choices = [(name, name) for name in _each(parties, value)]
    return forms.MultipleChoiceField(
        label=label, required=False, initial=value, choices=choices, widget=forms.CheckboxSelectMultiple
    )


def _names(label: Any, value: Any, _parties: list[str]) -> forms.Field:
    return NamesField(label=label, required=False, initial="、".join(value), max_length=1000)


def _day(label: Any, value: Any, _parties: list[str]) -> forms.Field:
    return forms.DateField(label=label, required=False, initial=day_of(value), widget=forms.DateInput)


def _each(*lists: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for names in lists for name in names if name))


def _codes(name: str) -> Callable[[], Choices]:
    return lambda: list(network.code_words(name).items())


def _kinds(rows: Callable[[], Iterable[kinds.Kind]]) -> Callable[[], Choices]:
    return lambda: [(row.code, kind_name(row.code)) for row in rows()]


# By the proposal's field and the key of its content; a key alone holds for every field.
_FIELDS: dict[tuple[str, str], Maker] = {
    ("", "name"): _text(200, needed=True),
    ("person", "name"): _text(80, needed=True),
    ("", "title"): _text(300),
    ("", "text"): _text(2000, long=True, needed=True),
    ("commitment", "text"): _text(400, long=True, needed=True),
    ("", "place"): _text(120),
    ("", "specialty"): _text(80),
    ("", "region"): _text(200),
    ("", "aliases"): _names,
    ("", "quantity"): _text(12),
    ("", "medium"): _text(120),
    ("", "unit"): _text(40),
    ("figure", "label"): _text(120, needed=True),
    ("figure", "value"): _text(24, needed=True),
    ("", "date"): _day,
    ("", "from_date"): _day,
    ("", "signed_date"): _day,
    ("", "lead"): _party,
    ("", "giver"): _party,
    ("", "receiver"): _party,
    ("", "institution"): _party,
    ("", "addressed"): _party,
    ("", "of"): _party,
    ("", "members"): _parties,
    ("", "parties"): _parties,
    ("", "receivers"): _parties,
    ("", "participants"): _parties,
    ("", "amount"): _text(12),
    ("commitment", "unit"): _choice(lambda: [(code, unit_name(code)) for code in kinds.UNITS]),
    ("commitment", "period"): _choice(lambda: list(agreements.periods().items())),
    ("agreement", "form"): _choice(lambda: list(agreements.forms().items())),
    ("", "role"): _choice(lambda: list(labels.ROLES.items())),
    ("institution", "kind"): _choice(_codes("institution_kind")),
    ("institution", "level"): _choice(_codes("level")),
    ("", "behaviour"): _choice(_codes("behaviour")),
    ("commitment", "kind"): _choice(_kinds(kinds.promises)),
    ("event", "kind"): _choice(_kinds(kinds.activities)),
    ("", "category"): _choice(_kinds(kinds.needs)),
    ("publicity", "level"): _choice(lambda: list(labels.LEVELS.items())),
}
