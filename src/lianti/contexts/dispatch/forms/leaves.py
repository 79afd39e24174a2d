"""What people type about leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain.facts import LeaveFacts
from lianti.contexts.dispatch.forms.said import day
from lianti.contexts.dispatch.queries.leaves import AskFor
from lianti.contexts.network.queries import PersonFacts
from lianti.lib.web.forms import Base


class AskLeave(Base):
    """For whom, of what kind, from when until when, who covers."""

    posting = forms.ChoiceField(label=_("For whom"))
    kind = forms.ChoiceField(label=_("Kind of leave"), choices=list(words.LEAVES.items()))
    first = day(_("First day away"))
    until = day(_("Last day away"))
    cover = forms.ChoiceField(label=_("Covered by"), required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("Nothing about illness, please.")
    )

    def __init__(self, data: Any, asked: Sequence[AskFor], covers: Sequence[PersonFacts], **more: Any) -> None:
        super().__init__(data, **more)
        self.covers = {one.public_id: one for one in covers}
        self.choose("posting", [(one.posting.public_id, _for(one)) for one in asked])
        self.choose("cover", [("", "—"), *((key, str(one.name)) for key, one in self.covers.items())])

    def given(self) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        typed = {name: self.cleaned_data[name] for name in ("kind", "first", "until", "reason")}
        cover = self.covers.get(self.cleaned_data["cover"])
        leave = LeaveFacts(cover_id=cover.id if cover else None, **typed)
        return {"posting_id": self.cleaned_data["posting"], "leave": leave}


def _for(one: AskFor) -> str:
    return " · ".join(part for part in (str(one.person.name), one.posting.department, one.posting.number) if part)
