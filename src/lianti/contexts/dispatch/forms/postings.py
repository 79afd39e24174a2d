"""What people type about postings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain.facts import LeaveFacts, Nominee, Successor
from lianti.contexts.dispatch.forms.said import day
from lianti.contexts.dispatch.queries import PostingPage
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts
from lianti.lib.web.forms import UNSENT, Base


class Place(Base):
    """Where somebody goes and as what, before the letter."""

    recipient = forms.ChoiceField(label=_("Whither"))
    department = forms.CharField(label=_("Department there"), max_length=80, required=False)
    duty = forms.ChoiceField(label=_("Duty there"), choices=list(words.DUTIES.items()), required=False)
    specialty = forms.CharField(label=_("Specialty"), max_length=80, required=False)
    from_date = day(_("From"))
    to_date = day(_("To"))
    licence_number = forms.CharField(label=_("Licence number"), max_length=40, required=False)
    licence_until = day(_("Licence valid to"), required=False)

    @classmethod
    def of(cls, page: PostingPage, data: Any) -> Place:
        """Return the form filled with what stands."""
        row, relation = page.posting, page.relation
        places = {party.public_id: party for party in (relation.lead, *relation.members) if party.id != row.sender_id}
        here = next((key for key, party in places.items() if party.id == row.recipient_id), "")
        names = ("department", "duty", "specialty", "from_date", "to_date", "licence_number", "licence_until")
        form = cls(data, initial={**{name: getattr(row, name) for name in names}, "recipient": here})
        form.places = places
        form.choose("recipient", [(key, place.short_name) for key, place in places.items()])
        return form

    places: dict[str, InstitutionFacts]

    @staticmethod
    def given(page: PostingPage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        typed = dict(form.cleaned_data)
        place = form.places[typed.pop("recipient")]
        return {"nominee": Nominee(person_id=page.posting.person_id, recipient_id=place.id, **typed)}


class ReportIn(Base):
    """The day of reporting in."""

    arrived = day(_("Reported in on"))
    department = forms.CharField(label=_("Department there"), max_length=80, required=False)
    receipt_number = forms.CharField(label=_("Number of the receipt"), max_length=60, required=False)

    @classmethod
    def of(cls, page: PostingPage, data: Any) -> ReportIn:
        """Return the form filled with what was planned."""
        return cls(data, initial={"arrived": page.posting.from_date, "department": page.posting.department})


class _Choosing(Base):
    """A form in which somebody of the sender is chosen."""

    person: str

    def __init__(self, data: Any, people: Sequence[PersonFacts], **more: Any) -> None:
        super().__init__(data, **more)
        self.known = {one.public_id: one for one in people}
        named = [
            (key, " ".join(part for part in (str(one.name), one.department) if part)) for key, one in self.known.items()
        ]
        self.choose(self.person, [("", "—"), *named])

    def chosen(self) -> int | None:
        """Return who was chosen."""
        found = self.known.get(self.cleaned_data[self.person])
        return found.id if found else None


class TakeLeave(_Choosing):
    """Days away: of what kind, from when, who covers."""

    person = "cover"
    kind = forms.ChoiceField(label=_("Kind of leave"), choices=list(words.LEAVES.items()))
    first = day(_("First day away"))
    until = day(_("Last day away"))
    cover = forms.ChoiceField(label=_("Covered by"), required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("Nothing about illness, please.")
    )

    @classmethod
    def of(cls, page: PostingPage, data: Any) -> TakeLeave:
        """Return the form; the sender's people may cover."""
        return cls(data, page.colleagues)

    @staticmethod
    def given(_page: PostingPage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        typed = {name: form.cleaned_data[name] for name in ("kind", "first", "until", "reason")}
        return {"leave": LeaveFacts(cover_id=form.chosen(), **typed)}


class Back(Base):
    """The first day on duty again."""

    back = day(_("Back on duty on"))


class Extend(Base):
    """Until when, by which letter."""

    to_date = day(_("New last day"))
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=60, required=False)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)


class Adjust(Base):
    """Other days before the first one, by which letter."""

    from_date = day(_("From"))
    to_date = day(_("To"))
    letter_number = forms.CharField(label=_("Number of the letter on the change"), max_length=60)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    @classmethod
    def of(cls, page: PostingPage, data: Any) -> Adjust:
        """Return the form filled with the days that stand."""
        return cls(data, initial={"from_date": page.posting.from_date, "to_date": page.posting.to_date})


def filled(act: Any, page: PostingPage, given: Mapping[str, Any], why: str) -> Base:
    """Return the form of a move filled as its page fills it but for what is given, and not sent yet: `why` says so."""
    stands = act(page, None).initial | given
    form: Base = act(page, {**{name: str(value or "") for name, value in stands.items()}, UNSENT: why})
    return form


class Finish(Base):
    """The last day."""

    left = day(pgettext_lazy("dispatch", "Last day"))
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    @classmethod
    def of(cls, page: PostingPage, data: Any) -> Finish:
        """Return the form filled with the day that was planned."""
        return cls(data, initial={"left": page.posting.to_date})


class Recall(Base):
    """The last day before the end, and why."""

    left = day(pgettext_lazy("dispatch", "Last day"))
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=60, required=False)
    note = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea)


class Replace(_Choosing):
    """Who leaves when, who comes when, by which letter."""

    person = "successor"
    left = day(pgettext_lazy("dispatch", "Last day"))
    successor = forms.ChoiceField(label=_("Successor"))
    from_date = day(_("The successor comes on"))
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=60)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    @classmethod
    def of(cls, page: PostingPage, data: Any) -> Replace:
        """Return the form; one of the sender's people follows."""
        return cls(data, page.colleagues)

    @staticmethod
    def given(_page: PostingPage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        typed = {name: form.cleaned_data[name] for name in ("from_date", "letter_number")}
        rest = {name: form.cleaned_data[name] for name in ("left", "note")}
        return {"successor": Successor(person_id=form.chosen(), **typed), **rest}
