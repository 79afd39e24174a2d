"""What is posted from the review page: decisions on proposals, one or many, and on the document."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lianti.contexts.intake import forms, labels, queries, services
from lianti.contexts.intake.views.record import page_of, steps
from lianti.lib.errors import Conflict, Invalid, NotFound
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import post, see_other, taken
from lianti.lib.web.parts import Page


@door(methods=("POST",))
def move(request: Request, public_id: str, name: str) -> HttpResponse:
    """Read again, close, open again or drop a document; say who 我院 is."""
    page = queries.review(request.actor, public_id)
    return post(
        request,
        name,
        steps=steps(request, page),
        said=labels.DONE,
        given=request.POST,
        done=reverse("intake:document", args=[public_id]),
        again=partial(page_of, request, public_id),
    )


@door(methods=("POST",))
def accept(request: Request, public_id: str) -> HttpResponse:
    """Accept all proposals that are ticked, what others rest on first."""
    found = services.accept_all(
        **taken(request), document_id=public_id, proposal_ids=tuple(request.POST.getlist("proposal"))
    )
    if found.done:
        said = ngettext("%(count)s record accepted.", "%(count)s records accepted.", len(found.done))
        messages.success(request, said % {"count": len(found.done)})
    for words in dict.fromkeys(str(why) for _ident, why in found.refused):
        messages.warning(request, words)
    return see_other(reverse("intake:document", args=[public_id]))


@door(methods=("POST",))
def decide(request: Request, public_id: str, proposal_id: str, name: str) -> HttpResponse:
    """Accept, merge, reject or undo one proposal, and go back to where it stands on the page."""
    verb = _VERBS.get(name)
    if verb is None:
        raise Conflict
    queries.document_line(request.actor, public_id)
    try:
        verb(request, proposal_id)
    except Invalid as refusal:
        for words in refusal.fields.values():
            messages.error(request, str(words))
    else:
        messages.success(request, str(labels.DONE[name]))
    return see_other(_place(public_id, proposal_id))


@door(methods=("GET", "POST"))
def correct(request: Request, public_id: str, proposal_id: str) -> HttpResponse:
    """Put right what a proposal says."""
    page = queries.review(request.actor, public_id)
    line = next((one for one in page.proposals if one.public_id == proposal_id), None)
    if line is None:
        raise NotFound
    form = forms.Correct(page, line, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            second = form.cleaned_data.get("second", "")
            services.correct(**taken(request), proposal_id=proposal_id, content=form.content(), second=second)
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            messages.success(request, str(labels.DONE["correct"]))
            return see_other(_place(public_id, proposal_id))
    context = {
        "page": Page(_("Correct what a document proposes"), line.title),
        "form": form,
        "proposal": line,
        "paragraph": page.paragraph_of(line),
        "submit": _("Keep the correction"),
        "cancel": _place(public_id, proposal_id),
    }
    return render(request, "intake/correct.html", context, status=422 if form.errors else 200)


def _place(public_id: str, proposal_id: str) -> str:
    return f"{reverse('intake:document', args=[public_id])}#p-{proposal_id}"


def _bare(service: Callable[..., Any]) -> Callable[[Request, str], Any]:
    return lambda request, proposal_id: service(**taken(request), proposal_id=proposal_id)


def _merge(request: Request, proposal_id: str) -> Any:
    existing = request.POST.get("existing", "")[:26]
    return services.merge(**taken(request), proposal_id=proposal_id, existing_id=existing)


_VERBS: dict[str, Callable[[Request, str], Any]] = {
    "accept": _bare(services.accept),
    "merge": _merge,
    "reject": _bare(services.reject),
    "undo": _bare(services.undo),
}
