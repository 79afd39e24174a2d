"""The page of a person, and entering one."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network import forms, labels, queries, services
from lianti.contexts.network.views.moving import moves
from lianti.kernel import access
from lianti.lib.errors import Invalid, NotAllowed
from lianti.lib.web.doors import Request, door
from lianti.lib.web.forms import Base
from lianti.lib.web.moving import Step, post, see_other, taken
from lianti.lib.web.parts import Fact, Head, Moment, Page
from lianti.records import doubles, taking_in
from lianti.records.taking_in import Incoming


@door(methods=("GET", "POST"))
def new_person(request: Request, public_id: str) -> HttpResponse:
    """Enter somebody who works at an institution."""
    employer = queries.institution(public_id)
    form = forms.NewPerson(request.POST or None)
    if request.method == "POST" and form.is_valid() and doubles.may_go_on(request, form, _like(form, employer.id)):
        try:
            made = services.add_person(**taken(request), person=form.draft(employer.id))
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            messages.success(request, str(labels.DONE["add_person"]))
            return see_other(reverse("network:person", args=[made.public_id]))
    context = {
        "page": Page(_("Add a person"), employer.name),
        "form": form,
        "submit": _("Add"),
        "cancel": reverse("network:institution", args=[public_id]),
    }
    return render(request, "web/form_page.html", context, status=422 if form.errors else 200)


PEOPLE = Incoming(
    "network.people",
    forms.NewPerson,
    called={
        "name": ("姓名", "人员姓名", "派驻人员", "派驻人员姓名", "医生姓名", "专家姓名", "专家", "name"),
        "duty": ("职务", "在本单位职务", "行政职务", "duty"),
        "title_level": ("职称", "专业技术职务", "职称级别", "技术职称", "title"),
        "department": ("科室", "所在科室", "派出科室", "原科室", "工作科室", "department"),
        "phone": ("电话", "手机", "手机号", "手机号码", "联系电话", "联系方式", "phone", "mobile"),
    },
    words={"title_level": labels.TITLES_SAID},
)


@door(methods=("GET", "POST"))
def people_table(request: Request, public_id: str) -> HttpResponse:
    """Enter many who work at an institution from a table; who is there already stays as they are."""
    employer = queries.institution(public_id)
    back = reverse("network:institution", args=[public_id])
    if request.method == "POST" and not queries.may_add_person(request.actor, employer.id):
        raise NotAllowed

    def take(told: dict[str, Any], lines: list[Any]) -> str:
        told.pop("version")
        made = services.add_people(**told, people=[line.draft(employer.id) for line in lines])
        said = _("Added: %(made)s. There already: %(there)s.")
        messages.success(request, said % {"made": len(made), "there": len(lines) - len(made)})
        return back

    note = _("Who works here already by this name is left as they are.")
    title = _("Add people from a table: %(place)s") % {"place": employer.short_name}
    return taking_in.show(request, PEOPLE, take, title=title, back=back, seen=0, note=note)


def _like(form: forms.NewPerson, employer_id: int) -> doubles.Links:
    """Return who may be the same person, with what tells people of one name apart."""
    given = form.cleaned_data
    return [
        (
            " · ".join(part for part in (str(one.name), one.department, one.duty) if part),
            reverse("network:person", args=[one.public_id]),
        )
        for one in queries.namesakes(employer_id, given["name"], given["phone"])
    ]


@door()
def person(request: Request, public_id: str) -> HttpResponse:
    """Show a person: employer, title, groups, and what upper rooms add."""
    access.note(request.actor, kind="network.person", public_id=public_id, why="page", at=timezone.now())
    return _page(request, public_id, {})


@door(methods=("POST",))
def move_person(request: Request, public_id: str, name: str) -> HttpResponse:
    """Change, hide or show a person."""
    found = queries.person(public_id)
    return post(
        request,
        name,
        steps=_steps(request, found),
        said=labels.DONE,
        given=request.POST,
        done=reverse("network:person", args=[public_id]),
        again=partial(_page, request, public_id),
    )


def _page(request: Request, public_id: str, failed: dict[str, Base]) -> HttpResponse:
    page = queries.person_page(request.actor, public_id)
    found = page.person
    context = {
        "head": Head(
            title=found.name,
            kind=_("Person"),
            back=reverse("network:institution", args=[found.employer.public_id]),
            back_label=found.employer.short_name,
        ),
        "moves": moves(
            _steps(request, found),
            page.available,
            lambda name: reverse("network:move_person", args=[public_id, name]),
            failed,
        ),
        "facts": [
            Fact(
                _("Employer"), found.employer.name, url=reverse("network:institution", args=[found.employer.public_id])
            ),
            Fact(_("Department"), found.department),
            Fact(_("Duty"), found.duty),
            Fact(_("Professional title"), [labels.title_line(*one) for one in page.titles] or ""),
            Fact(_("Phone"), page.phone),
            *[
                Fact(_("The same person?"), one.line, wide=True, url=reverse("network:doubt", args=[one.public_id]))
                for one in queries.doubts_of(request.actor, found.id)
            ],
            Fact(_("Groups"), [labels.group_line(g) for g in page.groups], wide=True),
        ],
        "story": [Moment(at=m.at, who=m.who, institution=m.institution, what=m.what, note=m.note) for m in page.story],
        "subject": found,
    }
    return render(request, "network/person.html", context, status=422 if failed else 200)


def _steps(request: Request, found: queries.PersonFacts) -> dict[str, Step]:
    now = {
        "name": found.name,
        "duty": found.duty,
        "title_level": found.title_level,
        "department": found.department,
        "phone": queries.phone_for(request.actor, found.id),
    }

    def edit(told: dict[str, Any], form: Any) -> Any:
        given = dict(form.cleaned_data)
        since = given.pop("title_since")
        return services.edit_person(**told, person_id=found.public_id, fields=given, title_since=since)

    def change(told: dict[str, Any], form: Any) -> Any:
        given = form.cleaned_data
        employer = queries.institution(given["employer"])
        return services.change_employer(
            **told, person_id=found.public_id, employer_id=employer.id, from_date=given["from_date"]
        )

    def with_note(verb: Any, told: dict[str, Any], form: Any) -> Any:
        note = form.cleaned_data["note"]
        return verb(**told, person_id=found.public_id, note=note)

    return {
        "edit_person": Step(lambda data: forms.EditPerson(data, initial=now), edit),
        "change_employer": Step(lambda data: forms.ChangeEmployer(data, without=found.employer.public_id), change),
        "hide_person": Step(forms.Note, partial(with_note, services.hide_person), danger=True),
        "show_person": Step(forms.Note, partial(with_note, services.show_person)),
    }
