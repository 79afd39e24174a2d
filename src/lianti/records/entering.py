"""The page of a form that makes a new record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from lianti.lib.errors import Invalid, Sentence
from lianti.lib.web.doors import Request
from lianti.lib.web.forms import Base
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Page
from lianti.records.kinds import Kind


@dataclass(frozen=True)
class Entry:
    """How a record is entered: the creating move, the words of the page, and what it says where nothing can be."""

    kind: Kind
    move: str
    title: Sentence
    submit: Sentence
    template: str = "records/enter.html"

    def show(
        self,
        request: Request,
        form: Base,
        make: Callable[[dict[str, Any]], Any],
        *,
        note: Sentence = "",
        more: Mapping[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form; once it is sent rightly, make the record and go to its page."""
        if form.is_bound and form.is_valid():
            try:
                made = make(taken(request))
            except Invalid as refusal:
                form.refused(refusal.fields)
            else:
                messages.success(request, str(self.kind.words.moves[self.move].done))
                return see_other(self.kind.url(made.public_id))
        context = {
            "page": Page(self.title),
            "form": form,
            "submit": self.submit,
            "cancel": self.kind.base,
            "note": note,
            **(more or {}),
        }
        return render(request, self.template, context, status=422 if form.errors else 200)
