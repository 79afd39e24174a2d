"""The page of one need: what is asked, whose turn it is, the plan, what was given, the story."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities.queries import Told
from lianti.contexts.agreements import queries as agreements
from lianti.contexts.agreements.queries import Deed
from lianti.contexts.needs import forms, labels, queries, services
from lianti.contexts.needs.queries import NeedPage
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.forms import Base
from lianti.lib.web.moving import Step, post
from lianti.lib.web.parts import Fact, Head, Moment, Move, Turn
from lianti.lib.web.templatetags.web import quantity

ORDER = ("accept", "answer", "restate", "close", "return", "correct", "decline", "withdraw")


@door()
def need(request: Request, public_id: str) -> HttpResponse:
    """Show a need."""
    return _page(request, public_id, {})


@door(methods=("POST",))
def move(request: Request, public_id: str, name: str) -> HttpResponse:
    """Accept, return, decline, answer, state again, close or withdraw a need."""
    page = queries.need_page(request.actor, public_id)
    return post(
        request,
        name,
        steps=_steps(page),
        said=labels.DONE,
        given=request.POST,
        done=reverse("needs:need", args=[public_id]),
        again=partial(_page, request, public_id),
    )


def _steps(page: NeedPage) -> dict[str, Step]:
    ident = page.line.public_id

    def with_note(verb: Any, given: dict[str, Any], form: Any) -> Any:
        return verb(**given, need_id=ident, **form.cleaned_data)

    def restate(given: dict[str, Any], form: Any) -> Any:
        return services.restate(**given, need_id=ident, need=_facts_of(page, form), note=form.cleaned_data["note"])

    def correct(given: dict[str, Any], form: Any) -> Any:
        return services.correct(**given, need_id=ident, need=_facts_of(page, form))

    def answer(given: dict[str, Any], form: Any) -> Any:
        return services.answer(**given, need_id=ident, plan=form.plan(page))

    return {
        "accept": Step(forms.Accept, partial(with_note, services.accept)),
        "answer": Step(partial(forms.Answer.of, page), answer),
        "restate": Step(partial(forms.Restate.of, page), restate),
        "close": Step(forms.Note, partial(with_note, services.close)),
        "return": Step(forms.Reason, partial(with_note, services.return_)),
        "correct": Step(partial(forms.Correct.of, page), correct),
        "decline": Step(forms.Reason, partial(with_note, services.decline)),
        "withdraw": Step(forms.Reason, partial(with_note, services.withdraw)),
    }


def _facts_of(page: NeedPage, form: forms.Words) -> services.NeedFacts:
    line = page.line
    return services.NeedFacts(
        stater_id=line.stater.id, addressed_id=line.addressed.id, relation_id=line.relation_id, **form.words()
    )


def _page(request: Request, public_id: str, failed: Mapping[str, Base]) -> HttpResponse:
    page = queries.need_page(request.actor, public_id)
    line = page.line
    context = {
        "head": Head(
            title=line.text if len(line.text) <= 60 else f"{line.text[:60]}…",
            number=line.number,
            kind=line.category_label,
            state=line.state,
            label=line.state_label,
            tone=line.tone,
            turn=_turn(request, page),
            giver=line.stater,
            receiver=line.addressed,
            back=reverse("needs:list"),
            back_label=_("Needs"),
        ),
        "moves": _moves(page, failed),
        "facts": _facts(page),
        "story": [_moment(told, page) for told in page.story],
        "need": page,
        "given": _given(request, page),
    }
    return render(request, "needs/need.html", context, status=422 if failed else 200)


def _given(request: Request, page: NeedPage) -> Deed | None:
    today = shanghai_day(timezone.now())
    found = agreements.deeds(request.actor, [page.line.id], today=today, source_kind=services.FLOW.kind)
    return found.get(page.line.id)


def _turn(request: Request, page: NeedPage) -> Turn | None:
    today = shanghai_day(timezone.now())
    for item in page.waits:
        return Turn(
            who=item.tenant.label,
            verb=labels.WAITS.get(item.verb, ""),
            due=item.due,
            late=item.due is not None and item.due < today,
            mine=item.tenant_id == request.actor.tenant_id and f"|{request.actor.role}|" in item.roles,
        )
    return None


def _moves(page: NeedPage, failed: Mapping[str, Base]) -> list[Move]:
    steps, may = _steps(page), {t.name: t for t in page.open_moves}
    return [
        Move(
            name=name,
            label=labels.move_label(name, page.line.state),
            url=reverse("needs:move", args=[page.line.public_id, name]),
            form=failed.get(name) or steps[name].form(None),
            primary=may[name].primary and not (name == "answer" and page.plan_text),
            danger=may[name].danger,
            ask=labels.ASK.get(name, ""),
        )
        for name in ORDER
        if name in may
    ]


def _facts(page: NeedPage) -> list[Fact]:
    line, relation = page.line, page.relation
    signed = [page.signed_off_duty, page.signed_off_date.isoformat() if page.signed_off_date else ""]
    return [
        Fact(_("What is needed"), line.text, wide=True),
        Fact(_("Specialty"), line.specialty),
        Fact(_("How many"), f"{quantity(line.amount)} {line.unit_label}" if line.amount is not None else ""),
        Fact(_("By when"), line.wanted_by.isoformat() if line.wanted_by else ""),
        Fact(_("Priority"), line.priority_label if line.state not in ("stated", "returned") else ""),
        Fact(_("Stated"), line.stated_date.isoformat()),
        Fact(_("Signed off by"), " ".join(part for part in signed if part)),
        Fact(_("Entered on its behalf by"), page.entered_by.short_name if line.on_behalf and page.entered_by else ""),
        Fact(
            _("Relation"),
            relation.name if relation else "",
            url=reverse("network:relation", args=[relation.public_id]) if relation else "",
        ),
        Fact(_("Source"), [labels.source_line(source) for source in page.sources], wide=True),
    ]


def _moment(told: Told, page: NeedPage) -> Moment:
    facts = [(labels.FACTS[name], _shown(name, value, page)) for name, value in told.facts.items() if value]
    return Moment(
        at=told.at,
        who=told.who,
        institution=told.institution,
        what=labels.STORY.get(told.name, told.name),
        note=told.note,
        facts=[fact for fact in facts if fact[1]],
    )


def _shown(name: str, value: Any, page: NeedPage) -> str:
    if name != "people":
        return str(value)
    return "、".join(str(page.story_names.get(ref, ref)) for ref in value)
