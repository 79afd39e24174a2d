"""Goals of a relation: set, reached, given up. They are shown on the relation's page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements import forms, labels, queries, services
from lianti.contexts.agreements.domain import GoalFacts
from lianti.contexts.network import queries as network
from lianti.lib.errors import Conflict, Invalid
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Page


@door(methods=("GET", "POST"))
def set_goal(request: Request, relation_id: str) -> HttpResponse:
    """Set a goal of a relation."""
    relation = network.relation_for(request.actor, relation_id)
    form = forms.Goal(request.POST or None, relation=relation)
    back = reverse("network:relation", args=[relation_id])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        goal = GoalFacts(
            relation_id=relation.id,
            kind=given["kind"],
            text=given["text"],
            institution_id=form.parties.get(given["institution"]),
            due_date=given["due_date"],
        )
        try:
            services.set_goal(**taken(request), goal=goal)
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            messages.success(request, labels.DONE["set"])
            return see_other(back)
    context = {"page": Page(_("Set a goal"), relation.name), "form": form, "submit": _("Set the goal"), "cancel": back}
    return render(request, "web/form_page.html", context, status=422 if form.errors else 200)


@door(methods=("GET", "POST"))
def move_goal(request: Request, goal_id: str, name: str) -> HttpResponse:
    """Book that a goal is reached, or give it up with a reason."""
    goal = queries.goal(request.actor, goal_id)
    verb = {"reach": services.reach_goal, "drop": services.drop_goal}.get(name)
    if verb is None:
        raise Conflict
    asked = forms.Reason if name == "drop" else forms.Note
    form = asked(request.POST or None)
    back = reverse("network:relation", args=[goal.relation_public_id])
    if request.method == "POST" and form.is_valid():
        verb(**taken(request), goal_id=goal_id, note=form.cleaned_data["note"])
        messages.success(request, labels.DONE[name])
        return see_other(back)
    context = {
        "page": Page(labels.GOAL_MOVES[name], goal.text),
        "form": form,
        "submit": labels.GOAL_MOVES[name],
        "cancel": back,
    }
    return render(request, "web/form_page.html", context, status=422 if form.errors else 200)
