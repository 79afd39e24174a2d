"""What people type about a handover."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain.facts import HandoverFacts
from lianti.contexts.dispatch.forms import said
from lianti.contexts.dispatch.queries.handovers import Leaving, Sheet
from lianti.contexts.evidence import services as evidence
from lianti.contexts.network.queries import PersonFacts
from lianti.lib.web.forms import Base, FilesField


def _part(name: str) -> forms.CharField:
    return forms.CharField(
        label=words.HANDOVER_PARTS[name],  # type: ignore[arg-type]
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One line each: name, level, what is still to learn.") if name == "students" else "",
    )


class WriteHandover(Base):
    """What the next one has to know."""

    incoming = forms.ChoiceField(label=_("Who takes over"), required=False)
    day = said.day(_("Handed over on"))
    tasks, techniques, students = _part("tasks"), _part("techniques"), _part("students")
    equipment, contacts = _part("equipment"), _part("contacts")

    def __init__(self, data: Any, after: Sequence[tuple[str, PersonFacts]], **more: Any) -> None:
        super().__init__(data, **more)
        nobody = _("Nobody yet: the department takes over")
        self.choose("incoming", [("", nobody), *((key, f"{one.name} {one.department}") for key, one in after)])
        self.fields["tasks"].help_text = _("No patients' names, please: say where the list lies.")

    @classmethod
    def of(cls, page: Sheet, data: Any) -> WriteHandover:
        """Return the form filled with what stands."""
        row = page.handover
        now = {name: getattr(row, name) for name in (*words.HANDOVER_PARTS, "day")}
        return cls(data, page.may_follow, initial={**now, "incoming": page.incoming_id})

    @staticmethod
    def given(_page: Sheet, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        return {"handover": form.facts()}

    def facts(self) -> HandoverFacts:
        """Return what was typed as the service takes it."""
        given = {name: self.cleaned_data[name] for name in (*words.HANDOVER_PARTS, "day")}
        return HandoverFacts(incoming_id=self.cleaned_data["incoming"], **given)


class BeginHandover(WriteHandover):
    """Who leaves, and what the next one has to know."""

    posting = forms.ChoiceField(label=pgettext_lazy("dispatch", "Who leaves"))
    field_order = ("posting", "incoming", "day")

    def __init__(
        self, data: Any, leaving: Sequence[Leaving], after: Sequence[tuple[str, PersonFacts]], today: date, wanted: str
    ) -> None:
        first = next((one for one in leaving if one.posting.public_id == wanted), None)
        day = (first.posting.left or first.posting.to_date) if first else today
        super().__init__(data, after, initial={"posting": wanted, "day": day})
        named = [(one.posting.public_id, f"{one.person.name} · {one.posting.to_date}") for one in leaving]
        self.choose("posting", named)


class SignHandover(Base):
    """A signature: one's own, or noted with the scan."""

    scans = FilesField(
        label=_("Scan of what was signed on paper"),
        required=False,
        help_text=_("Whoever signs here in person needs none."),
    )
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    @staticmethod
    def given(_page: Sheet, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        return {"uploads": evidence.uploads(form.cleaned_data["scans"]), "note": form.cleaned_data["note"]}
