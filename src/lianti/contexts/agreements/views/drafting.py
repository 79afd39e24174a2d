"""New papers: a draft, or an agreement that was signed before with its promises, on one page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements import forms, labels, queries, services
from lianti.contexts.agreements.views.uploads import uploads_of
from lianti.contexts.network.queries import RelationFacts
from lianti.lib import ids
from lianti.lib.errors import Invalid
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Page


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Write a draft agreement of one relation."""
    relations = queries.relations_to_sign(request.actor)
    relation = _chosen(request, relations)
    if relation is None:
        return _pick(request, relations, _("Write a draft"))
    form = forms.Draft(request.POST or None, relation=relation)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.draft(**taken(request), agreement=form.facts())
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            messages.success(request, labels.DONE["draft"])
            return see_other(reverse("agreements:agreement", args=[made.public_id]))
    context = {
        "page": Page(_("Write a draft"), relation.name),
        "form": form,
        "submit": _("Keep the draft"),
        "cancel": reverse("agreements:list"),
    }
    return render(request, "agreements/draft.html", context, status=422 if form.errors else 200)


@door(methods=("GET", "POST"))
def new_signed(request: Request) -> HttpResponse:
    """Enter an agreement that was signed before, with scan and promises."""
    relations = queries.relations_to_sign(request.actor)
    relation = _chosen(request, relations)
    if relation is None:
        return _pick(request, relations, _("Enter a signed agreement"))
    form, rows = _signed_form(request, relation)
    wants_rows = "more_rows" in request.POST
    if request.method == "POST" and not wants_rows and _all_valid(form, rows):
        try:
            made = _enter(request, relation, form, rows)
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            messages.success(request, labels.DONE["enter_signed"])
            return see_other(reverse("agreements:agreement", args=[made.public_id]))
    failed = request.method == "POST" and not wants_rows
    context = {
        "page": Page(_("Enter a signed agreement"), relation.name),
        "form": form,
        "rows": rows,
        "row_count": len(rows),
        "relation": relation,
        "cancel": reverse("agreements:list"),
        "failed_rows": failed and any(row.errors for row in rows),
    }
    return render(request, "agreements/signed.html", context, status=422 if failed else 200)


def _signed_form(request: Request, relation: RelationFacts) -> tuple[forms.EnterSigned, list[forms.PromiseRow]]:
    if request.method != "POST":
        fresh = forms.EnterSigned(relation=relation, initial={"title": relation.name})
        return fresh, [forms.PromiseRow(relation=relation, prefix=f"row{n}") for n in range(forms.ROWS)]
    if "more_rows" in request.POST:
        # Nothing is sent yet: what was typed is shown again with more lines, without complaints.
        count = _row_count(request) + forms.ROWS
        form = forms.EnterSigned(relation=relation, initial=_typed(request))
        rows = [
            forms.PromiseRow(relation=relation, prefix=f"row{n}", initial=_typed(request, f"row{n}-"))
            for n in range(min(count, forms.MOST_ROWS))
        ]
        return form, rows
    form = forms.EnterSigned(request.POST, request.FILES, relation=relation)
    rows = [forms.PromiseRow(request.POST, relation=relation, prefix=f"row{n}") for n in range(_row_count(request))]
    return form, rows


def _typed(request: Request, prefix: str = "") -> dict[str, Any]:
    names = [name for name in request.POST if name.startswith(prefix)]
    typed: dict[str, Any] = {name.removeprefix(prefix): request.POST.get(name) for name in names}
    if not prefix:
        typed["parties"] = request.POST.getlist("parties")
    return {name: value for name, value in typed.items() if value not in ("", None)}


def _row_count(request: Request) -> int:
    text = request.POST.get("rows", "")
    return min(int(text), forms.MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < 4 else forms.ROWS


def _all_valid(form: forms.EnterSigned, rows: list[forms.PromiseRow]) -> bool:
    return all([form.is_valid(), *(row.is_valid() for row in rows)])


def _enter(request: Request, relation: RelationFacts, form: forms.EnterSigned, rows: list[forms.PromiseRow]) -> Any:
    words = [row.words() for row in rows if row.has_changed()]
    given = taken(request)
    # The groups come from the form's key, so that the same form sent twice says the same.
    groups = [f"{(given['key'] or ids.new())[:23]}{n:03d}" for n in range(len(words))]
    return services.enter_signed(
        **given,
        agreement=form.facts(form.signed()),
        commitments=tuple(forms.commitments_of(words, relation.id, groups)),
        uploads=uploads_of(form),
    )


def _chosen(request: Request, relations: list[RelationFacts]) -> RelationFacts | None:
    wanted = request.GET.get("relation", "")
    if len(relations) == 1 and not wanted:
        return relations[0]
    return next((relation for relation in relations if relation.public_id == wanted), None)


def _pick(request: Request, relations: list[RelationFacts], title: Any) -> HttpResponse:
    context = {
        "page": Page(title),
        "form": forms.PickRelation(relations=relations),
        "nowhere": not relations,
        "cancel": reverse("agreements:list"),
    }
    return render(request, "agreements/pick.html", context)
