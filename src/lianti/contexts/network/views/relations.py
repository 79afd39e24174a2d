"""The list of relations and the page of each."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network import domain, forms, labels, queries, services
from lianti.contexts.network.views.moving import moves
from lianti.lib.errors import Invalid
from lianti.lib.web.doors import Request, door
from lianti.lib.web.forms import Base
from lianti.lib.web.moving import Step, post, see_other, taken
from lianti.lib.web.parts import Action, Chip, Chips, Column, Empty, Fact, Head, Moment, Page
from lianti.lib.web.templatetags.web import query_with
from lianti.records.pages import seen_version

COLUMNS = (
    Column(_("Relation")),
    Column(_("Kind")),
    Column(_("Led by")),
    Column(_("Member units"), wide=True),
    Column(_("State"), kind="mark"),
)


@door()
def relations(request: Request) -> HttpResponse:
    """List the relations that the reader's institution is bound by or watches over."""
    behaviour = request.GET.get("behaviour", "")
    rows = queries.relations_of(request.actor)
    shown = [r for r in rows if r.behaviour == behaviour] if behaviour in labels.BEHAVIOURS else rows
    chips = [
        Chip(
            label,
            query_with(request, behaviour="" if behaviour == code else code),
            active=behaviour == code,
            count=sum(r.behaviour == code for r in rows),
        )
        for code, label in labels.BEHAVIOURS.items()
    ]
    may = queries.may_bind(request.actor)
    context = {
        "page": Page(
            _("Relations"),
            count=len(shown),
            actions=[Action(_("Enter a relation"), reverse("network:new_relation"), primary=True)] if may else [],
        ),
        "chips": [Chips(_("Kind"), chips)],
        "columns": COLUMNS,
        "rows": shown,
        "empty": Empty(_("No relations yet"), _("Who is bound to whom stands here, with what was promised.")),
    }
    return render(request, "network/relations.html", context)


@door(methods=("GET", "POST"))
def new_relation(request: Request) -> HttpResponse:
    """Enter a relation, as a request to the other side."""
    form = forms.NewRelation(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.request_relation(**taken(request), relation=form.draft())
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            messages.success(request, str(labels.DONE["request_relation"]))
            return see_other(reverse("network:relation", args=[made.public_id]))
    context = {
        "page": Page(_("Enter a relation")),
        "form": form,
        "submit": _("Request"),
        "cancel": reverse("network:relations"),
    }
    return render(request, "web/form_page.html", context, status=422 if form.errors else 200)


@door()
def relation(request: Request, public_id: str) -> HttpResponse:
    """Show a relation: parties, basis, figures, story, and the boards of upper rooms."""
    return _page(request, public_id, {})


@door(methods=("POST",))
def move_relation(request: Request, public_id: str, name: str) -> HttpResponse:
    """Negotiate, put in force, change or end a relation."""
    found = queries.relation_for(request.actor, public_id)
    return post(
        request,
        name,
        steps=_steps(request, found),
        said=labels.DONE,
        given=request.POST,
        done=reverse("network:relation", args=[public_id]),
        again=partial(_page, request, public_id),
    )


def _page(request: Request, public_id: str, failed: dict[str, Base]) -> HttpResponse:
    page = queries.relation_page(request.actor, public_id)
    found = page.relation
    context = {
        "head": Head(
            title=found.name,
            number=found.code,
            kind=found.behaviour_label,
            state=found.state,
            label=found.state_label,
            tone=found.tone,
            giver=found.lead,
            receiver=found.members[0] if len(found.members) == 1 else labels.member_count(len(found.members)),
            back=reverse("portal:network"),
            back_label=_("Network"),
        ),
        "moves": moves(
            _steps(request, found),
            page.available,
            lambda name: reverse("network:move_relation", args=[public_id, name]),
            failed,
            seen=found.version,
        ),
        "facts": _facts(page),
        "story": [Moment(at=m.at, who=m.who, institution=m.institution, what=m.what, note=m.note) for m in page.story],
        "subject": found,
        "figures": page.figures,
    }
    return render(request, "network/relation.html", context, status=422 if failed else 200)


def _facts(page: queries.RelationPage) -> list[Fact]:
    found = page.relation
    programme = found.programme
    return [
        Fact(_("Specialties"), list(found.specialties)),
        Fact(_("Programme"), [programme.name, programme.policy_basis] if programme else ""),
        Fact(_("Dates"), labels.span(found.from_date, found.to_date)),
        Fact(_("Basis"), labels.document_line(found.basis) if found.basis else "", wide=True),
        Fact(_("Source"), [labels.source_line(s) for s in page.sources], wide=True),
        Fact(_("Not yet confirmed by"), [one.short_name for one in found.unconfirmed], wide=True),
    ]


def _steps(request: Request, found: queries.RelationFacts) -> dict[str, Step]:
    def with_form(verb: Any, told: dict[str, Any], form: Any) -> Any:
        return verb(**told, relation_id=found.public_id, version=_seen(request), **form.cleaned_data)

    return {
        "confirm_relation": Step(forms.Note, partial(with_form, services.confirm_relation), primary=True),
        "put_in_force": Step(forms.PutInForce, partial(with_form, services.put_in_force), primary=True),
        "negotiate": Step(forms.Note, partial(with_form, services.negotiate), primary=True),
        "edit_relation": Step(
            partial(_edit_form, found, request.actor.tenant_id == found.lead.id), partial(_edit, found, _seen(request))
        ),
        "leave_relation": Step(forms.Note, partial(with_form, services.leave_relation), danger=True),
        "end_relation": Step(forms.EndRelation, partial(with_form, services.end_relation), danger=True),
    }


def _edit_form(found: queries.RelationFacts, leads: bool, data: Any) -> Base:
    now = {
        "name": found.name,
        "members": [m.public_id for m in found.members],
        "specialties": "、".join(found.specialties),
        "from_date": found.from_date,
        "to_date": found.to_date,
    }
    return forms.EditRelation(data, initial=now, lead=found.lead.public_id, leads=leads)


def _seen(request: Request) -> int | None:
    return seen_version(request) if request.method == "POST" else None


def _edit(found: queries.RelationFacts, seen: int | None, told: dict[str, Any], form: Any) -> Any:
    return services.edit_relation(
        **told,
        relation_id=found.public_id,
        version=seen,
        fields={name: form.cleaned_data[name] for name in ("name", "from_date", "to_date")},
        member_ids=form.member_ids(),
        specialties=domain.listed(form.cleaned_data["specialties"]),
    )
