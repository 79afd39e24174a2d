"""What people type about a presence check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch.forms.said import day
from lianti.contexts.dispatch.queries.presence import LookedFor
from lianti.contexts.dispatch.services.presence import PresenceFacts
from lianti.contexts.dispatch.words.presence import FOUND, WAYS
from lianti.lib.web.forms import Base


class NotePresence(Base):
    """Who was looked for, when, how, and what was found."""

    who = forms.ChoiceField(label=_("Who was looked for"))
    day = day(_("Day of the check"))
    hour = forms.IntegerField(label=_("Hour"), required=False, min_value=0, max_value=23)
    way = forms.ChoiceField(label=_("How"), choices=list(WAYS.items()), widget=forms.RadioSelect)
    found = forms.ChoiceField(label=_("Found"), choices=list(FOUND.items()), widget=forms.RadioSelect)
    checked_by = forms.CharField(label=_("Checked by"), max_length=80, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, data: Any, known: Sequence[LookedFor], **more: Any) -> None:
        super().__init__(data, **more)
        self.known = {one.code: one for one in known}
        self.choose(
            "who", [(key, f"{one.person.name} · {one.recipient.short_name}") for key, one in self.known.items()]
        )

    def facts(self) -> PresenceFacts:
        """Return what was typed as the service takes it."""
        given = dict(self.cleaned_data)
        one = self.known[given.pop("who")]
        return PresenceFacts(person_id=one.person.id, recipient_id=one.recipient.id, **given)
