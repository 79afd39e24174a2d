"""What people type to look at the applicants of a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import queries
from lianti.contexts.dispatch.forms.people import person_of
from lianti.contexts.dispatch.forms.said import day
from lianti.contexts.dispatch.queries import NameLine
from lianti.contexts.network.queries import PersonFacts
from lianti.lib.web.forms import Base
from lianti.records.lines import Lines

MOST = 200


class NameRow(Base):
    """A name, with the department where several people bear it. Who is meant is looked up later, line by line."""

    person = forms.CharField(label=pgettext_lazy("dispatch", "Person"), max_length=80)
    home = forms.CharField(label=_("Department"), max_length=120, required=False)

    def line(self, number: int, people: Sequence[PersonFacts]) -> NameLine:
        """Return whom the line means, or why nobody: a wrong name does not hold up the others."""
        typed, home = self.cleaned_data["person"], self.cleaned_data["home"]
        said = " ".join(filter(None, (typed, home)))
        try:
            return NameLine(number, said, person_of(people, typed, home))
        except forms.ValidationError as why:
            return NameLine(number, said, None, " ".join(why.messages))


class LookAtApplicants(Base):
    """A pasted list of names, for what, up to which day."""

    purpose = forms.ChoiceField(
        label=_("Purpose of the count"), choices=list(queries.PURPOSES.items()), initial=queries.PROMOTION
    )
    until = day(_("Counted up to"))

    def __init__(self, data: Any, today: date, **more: Any) -> None:
        super().__init__(data, initial={"until": today, "purpose": queries.PROMOTION}, **more)
        self.fields["names"] = Lines(partial(NameRow), label=_("Applicants"), most=MOST)
        self.order_fields(("names", "purpose", "until"))

    def lines(self, people: Sequence[PersonFacts]) -> list[NameLine]:
        """Return the lines, each name once."""
        rows = enumerate(self.cleaned_data["names"], start=1)
        return [row.line(number, people) for number, row in rows]
