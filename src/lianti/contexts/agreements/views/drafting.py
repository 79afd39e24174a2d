"""What is new: a draft, an agreement that was signed before with its promises on one page, a goal."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements import forms, queries, services, words
from lianti.contexts.evidence import services as evidence
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import RelationFacts
from lianti.lib import ids
from lianti.lib.errors import Sentence
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Page
from lianti.records.entering import Entry

DRAFT = Entry(queries.KIND, "draft", _("Write a draft"), _("Keep the draft"))
SIGNED = Entry(
    queries.KIND,
    "draft",
    _("Enter a signed agreement"),
    _("Enter the agreement"),
    template="agreements/signed.html",
    done=words.ENTERED,
)
GOAL = Entry(queries.GOAL, "set", _("Set a goal"), _("Set the goal"))


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Write a draft agreement of one relation."""
    relations = queries.relations_to_sign(request.actor)
    relation = _chosen(request, relations)
    if relation is None:
        return _pick(request, relations, DRAFT.title)
    form = forms.Draft(request.POST or None, relation=relation)
    more = {"page": Page(DRAFT.title, relation.name), "draft": "agreement"}
    return DRAFT.show(request, form, lambda told: services.draft(**told, agreement=form.facts()), more=more)


@door(methods=("GET", "POST"))
def new_signed(request: Request) -> HttpResponse:
    """Enter an agreement that was signed before, with scan and promises."""
    relations = queries.relations_to_sign(request.actor)
    relation = _chosen(request, relations)
    if relation is None:
        return _pick(request, relations, SIGNED.title)
    data, files = request.POST or None, request.FILES or None
    form = forms.EnterSigned(data, files, relation=relation, initial={"title": relation.name})
    more = {"page": Page(SIGNED.title, relation.name), "rows": form.rows}
    return SIGNED.show(request, form, lambda told: _enter(told, form), more=more)


@door(methods=("GET", "POST"))
def new_goal(request: Request) -> HttpResponse:
    """Set a goal of a relation."""
    relations = queries.relations_to_sign(request.actor)
    relation = _chosen(request, relations)
    if relation is None:
        return _pick(request, relations, GOAL.title)
    form = forms.Goal(request.POST or None, relation=relation)
    more = {"page": Page(GOAL.title, relation.name), "cancel": reverse("network:relation", args=[relation.public_id])}
    return GOAL.show(request, form, lambda told: services.set_goal(**told, goal=form.facts()), more=more)


def _enter(told: dict[str, Any], form: forms.EnterSigned) -> Any:
    # The groups come from the form's key, so that the same form sent twice says the same.
    key, typed = (told["key"] or ids.new())[:23], [row for row in form.rows if row.has_changed()]
    return services.enter_signed(
        **told,
        agreement=form.facts(form.signed()),
        commitments=tuple(one for number, row in enumerate(typed) for one in row.facts(f"{key}{number:03d}")),
        uploads=evidence.uploads(form.cleaned_data["uploads"]),
    )


def _chosen(request: Request, relations: list[RelationFacts]) -> RelationFacts | None:
    wanted = request.GET.get("relation", "")
    if len(relations) == 1 and not wanted:
        return relations[0]
    return next((relation for relation in relations if relation.public_id == wanted), None)


def _pick(request: Request, relations: list[RelationFacts], title: Sentence) -> HttpResponse:
    context = {
        "page": Page(title),
        "form": forms.PickRelation(relations=relations),
        "cancel": queries.KIND.base,
        **({} if relations else network.way_to_bind(request.actor)),
    }
    return render(request, "agreements/pick.html", context)
