"""The page of a form that makes a new record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lianti.kernel import answers
from lianti.lib.errors import Invalid, KeyReused, Sentence
from lianti.lib.web.doors import Request
from lianti.lib.web.forms import Base
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Page
from lianti.records import doubles
from lianti.records.kinds import Kind


@dataclass(frozen=True)
class Entry:
    """How a record is entered: the creating move and the words of the page; `done` is said in place of the move's."""

    kind: Kind
    move: str
    title: Sentence
    submit: Sentence
    template: str = "records/enter.html"
    done: Sentence = ""

    def show(
        self,
        request: Request,
        form: Base,
        make: Callable[[dict[str, Any]], Any],
        *,
        draft: Callable[[], Any] | None = None,
        note: Sentence = "",
        more: Mapping[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form; once it is sent rightly, make the record and go to its page.

        `draft` gives what the kind's `same_as` compares: what stands there already is shown before it is booked.
        """
        if form.is_bound and form.is_valid() and self._is_new(request, form, draft):
            told = taken(request)
            try:
                made = make(told)
            except Invalid as refusal:
                form.refused(refusal.fields)
            except KeyReused as before:
                found = doubles.of(self.kind, request.actor, draft()) if draft else ()
                doubles.already_sent(request, form, self._booked(request, before.record), found)
            else:
                say_done(request, made, told, self.done or self.kind.words.moves[self.move].done)
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

    def _is_new(self, request: Request, form: Base, draft: Callable[[], Any] | None) -> bool:
        if draft is None or was_sent(request):
            return True
        new = doubles.may_go_on(request, form, doubles.of(self.kind, request.actor, draft()))
        return new or was_sent(request)  # what was found may be what the same form has made since it was first asked

    def _booked(self, request: Request, public_id: str) -> doubles.Links:
        rows = self.kind.visible(request.actor).narrowed(Q(public_id=public_id)).all(most=1)
        return doubles.links(self.kind, rows)


def was_sent(request: Request) -> bool:
    """Say whether this very form was sent before: its key has the answer, and it is no double of itself."""
    return answers.knows(request.actor, request.POST.get("key", ""))


def say_done(request: Request, made: Any, told: dict[str, Any], done: Sentence) -> None:
    """Say that the record is made, or that this very form had made it before."""
    if made.created_at < told["at"]:
        messages.info(request, _("This was already booked; here it is. Nothing was booked twice."))
    else:
        messages.success(request, str(done))
