"""The page of a doubt: two entries of the directory side by side, and who says whether they are one person."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network import forms, labels, queries, services
from lianti.contexts.network.views.moving import moves
from lianti.lib.web.doors import Request, door
from lianti.lib.web.forms import Base
from lianti.lib.web.moving import Step, post
from lianti.lib.web.parts import Fact, Head, Moment
from lianti.records.pages import seen_version


@door()
def doubt(request: Request, public_id: str) -> HttpResponse:
    """Show a doubt: both entries, what follows from it, its story."""
    return _page(request, public_id, {})


@door(methods=("POST",))
def move_doubt(request: Request, public_id: str, name: str) -> HttpResponse:
    """Settle a doubt."""
    found = queries.doubt_page(request.actor, public_id).doubt
    return post(
        request,
        name,
        steps=_steps(found, seen_version(request)),
        said=labels.DONE,
        given=request.POST,
        done=reverse("network:doubt", args=[public_id]),
        again=partial(_page, request, public_id),
    )


def _page(request: Request, public_id: str, failed: dict[str, Base]) -> HttpResponse:
    page = queries.doubt_page(request.actor, public_id)
    found = page.doubt
    context = {
        "head": Head(
            title=found.person.name,
            kind=_("The same person?"),
            state=found.state,
            label=labels.DOUBT_STATES[found.state],
            tone=labels.DOUBT_TONES[found.state],
            back=reverse("network:person", args=[found.person.public_id]),
            back_label=found.person.name,
        ),
        "moves": moves(
            _steps(found),
            page.available,
            lambda name: reverse("network:move_doubt", args=[public_id, name]),
            failed,
            seen=found.version,
        ),
        "facts": [
            Fact(_("What is to be settled"), found.line, wide=True),
            _entry(_("Entered later"), found.person),
            _entry(_("There before"), found.other),
        ],
        "story": [Moment(at=m.at, who=m.who, institution=m.institution, what=m.what, note=m.note) for m in page.story],
    }
    return render(request, "web/record.html", context, status=422 if failed else 200)


def _entry(label: Any, one: queries.PersonFacts) -> Fact:
    parts = (one.name, one.employer.short_name, one.department, one.duty)
    said = " · ".join(str(part) for part in parts if part)
    return Fact(label, said, url=reverse("network:person", args=[one.public_id]))


def _steps(found: queries.DoubtFacts, seen: int | None = None) -> dict[str, Step]:
    def settle(verb: Any, told: dict[str, Any], form: Any) -> Any:
        return verb(**told, doubt_id=found.public_id, version=seen, note=form.cleaned_data["note"])

    return {
        "settle_another": Step(forms.Note, partial(settle, services.settle_another), primary=True),
        "settle_same": Step(forms.Note, partial(settle, services.settle_same)),
    }
