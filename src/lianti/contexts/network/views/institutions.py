"""The directory of institutions and the page of each."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network import forms, labels, queries, services
from lianti.contexts.network.views.moving import moves
from lianti.lib.errors import Invalid
from lianti.lib.roles import Role
from lianti.lib.web import paging
from lianti.lib.web.doors import Request, door
from lianti.lib.web.forms import Base
from lianti.lib.web.moving import Step, post, see_other, taken
from lianti.lib.web.parts import Action, Chip, Chips, Column, Empty, Fact, Head, Moment, Page
from lianti.lib.web.templatetags.web import query_with

COLUMNS = (
    Column(_("Institution")),
    Column(_("Kind")),
    Column(_("Level")),
    Column(_("Region"), wide=True),
    Column(_("Relations"), kind="number"),
)


@door()
def institutions(request: Request) -> HttpResponse:
    """List the directory with its filters."""
    kind, text = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:80]
    kind = kind if kind in labels.INSTITUTION_KINDS else ""
    found = paging.keyset(
        queries.institutions(kind=kind, text=text, region=request.GET.get("region", "")[:200]),
        order=("code",),
        after=request.GET.get("after"),
        limit=50,
    )
    context = {
        "page": Page(_("Institutions"), actions=_actions(request)),
        "chips": [_kind_chips(request, kind)],
        "columns": COLUMNS,
        "rows": queries.directory_lines(request.actor, found.items),
        "more": found.more,
        "text": text,
        "empty": Empty(_("No institution fits"), _("Clear a filter, or add the institution.")),
    }
    return render(request, "network/institutions.html", context)


@door(methods=("GET", "POST"))
def new_institution(request: Request) -> HttpResponse:
    """Enter an institution."""
    form = forms.NewInstitution(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_institution(**taken(request), institution=form.draft())
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            messages.success(request, str(labels.DONE["create_institution"]))
            return see_other(reverse("network:institution", args=[made.public_id]))
    context = {
        "page": Page(_("Add an institution")),
        "form": form,
        "submit": _("Add"),
        "cancel": reverse("network:institutions"),
    }
    return render(request, "web/form_page.html", context, status=422 if form.errors else 200)


@door()
def institution(request: Request, public_id: str) -> HttpResponse:
    """Show an institution: names, figures, people, relations, and what upper rooms add."""
    return _page(request, public_id, {})


@door(methods=("POST",))
def move_institution(request: Request, public_id: str, name: str) -> HttpResponse:
    """Change, rename or close an institution."""
    found = queries.institution(public_id)
    return post(
        request,
        name,
        steps=_steps(request, found),
        said=labels.DONE,
        given=request.POST,
        done=reverse("network:institution", args=[public_id]),
        again=partial(_page, request, public_id),
    )


@door(methods=("POST",))
def confirm_figure(request: Request, public_id: str) -> HttpResponse:
    """Confirm what another institution says of one's own, or of a common relation."""
    found = services.confirm_figure(**taken(request), figure_id=public_id)
    messages.success(request, _("The figure is confirmed."))
    if found.relation is not None:
        return see_other(reverse("network:relation", args=[found.relation.public_id]))
    return see_other(
        reverse("network:institution", args=[queries.institution_by_id(request.actor.tenant_id).public_id])
    )


def _page(request: Request, public_id: str, failed: dict[str, Base]) -> HttpResponse:
    page = queries.institution_page(request.actor, public_id)
    found = page.institution
    context = {
        "head": Head(
            title=found.name,
            number=found.code,
            kind=found.kind_label,
            state=found.state,
            label=labels.INSTITUTION_STATES[found.state] if found.closed else "",
            tone="stopped" if found.closed else "done",
            back=reverse("portal:network"),
            back_label=_("Network"),
        ),
        "moves": moves(
            _steps(request, found),
            page.available,
            lambda name: reverse("network:move_institution", args=[public_id, name]),
            failed,
        ),
        "facts": _facts(page),
        "story": [Moment(at=m.at, who=m.who, institution=m.institution, what=m.what, note=m.note) for m in page.story],
        "subject": found,
        "figures": page.figures,
        "people": queries.people_of(found.id),
        "relations": queries.relations_of(request.actor, institution_id=found.id),
        "may_add_person": "add_person" in page.available,
    }
    return render(request, "network/institution.html", context, status=422 if failed else 200)


def _facts(page: queries.InstitutionPage) -> list[Fact]:
    found = page.institution
    return [
        Fact(_("Full name"), found.name, wide=True),
        Fact(_("Short name"), found.short_name if found.short_name != found.name else ""),
        Fact(_("Level"), found.level_label if found.level else ""),
        Fact(_("Region"), found.region_words),
        Fact(_("Former names"), [labels.name_with_days(n) for n in page.former_names], wide=True),
        Fact(_("Departments"), [name for _pk, name in page.departments], wide=True),
        Fact(_("Source"), [labels.source_line(s) for s in page.sources], wide=True),
    ]


def _steps(request: Request, found: queries.InstitutionFacts) -> dict[str, Step]:
    now = {name: getattr(found, name) for name in ("short_name", "kind", "level", "region")}

    def edit(told: dict[str, Any], form: Any) -> Any:
        return services.edit_institution(**told, institution_id=found.public_id, fields=form.cleaned_data)

    def rename(told: dict[str, Any], form: Any) -> Any:
        return services.rename_institution(**told, institution_id=found.public_id, **form.cleaned_data)

    def close(told: dict[str, Any], form: Any) -> Any:
        return services.close_institution(**told, institution_id=found.public_id, note=form.cleaned_data["note"])

    return {
        "edit_institution": Step(
            lambda data: forms.EditInstitution(data, initial=now, kinds=request.actor.role is Role.ADMINISTRATOR), edit
        ),
        "rename_institution": Step(forms.RenameInstitution, rename),
        "close_institution": Step(forms.Note, close, danger=True),
    }


def _actions(request: Request) -> list[Action]:
    may = queries.may_enter(request.actor)
    return [Action(_("Add an institution"), reverse("network:new_institution"), primary=True)] if may else []


def _kind_chips(request: Request, kind: str) -> Chips:
    chips = [
        Chip(label, query_with(request, kind="" if kind == code else code, after=""), active=kind == code)
        for code, label in labels.INSTITUTION_KINDS.items()
    ]
    return Chips(_("Kind"), chips)
