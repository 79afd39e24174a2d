"""The page of one activity: what was done, its entries, its proof, its story."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities import forms, labels, queries, services
from lianti.contexts.activities.queries import ActivityPage, Told
from lianti.contexts.activities.views.uploads import uploads_of
from lianti.contexts.evidence import services as evidence
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.forms import Base
from lianti.lib.web.moving import Step, post
from lianti.lib.web.parts import Attachment, Fact, Head, Moment, Move
from lianti.lib.web.templatetags.web import quantity


@door()
def activity(request: Request, public_id: str) -> HttpResponse:
    """Show an activity."""
    return _page(request, public_id, {})


@door(methods=("POST",))
def move(request: Request, public_id: str, name: str) -> HttpResponse:
    """Add proof, or withdraw."""
    return post(
        request,
        name,
        steps=_steps(public_id),
        said=labels.DONE,
        given=request,
        done=reverse("activities:activity", args=[public_id]),
        again=partial(_page, request, public_id),
    )


@door()
def download(request: Request, public_id: str, file_id: str) -> HttpResponse:
    """Hand out a proof of an activity."""
    held = services.fetch_file(actor=request.actor, at=timezone.now(), key=None, activity_id=public_id, file_id=file_id)
    return evidence.response(held)


def _steps(public_id: str) -> dict[str, Step]:
    def attach(given: dict[str, Any], form: Any) -> Any:
        return services.attach(**given, activity_id=public_id, uploads=uploads_of(form), note=form.cleaned_data["note"])

    def withdraw(given: dict[str, Any], form: Any) -> Any:
        return services.withdraw(**given, activity_id=public_id, note=form.cleaned_data["note"])

    return {
        "attach": Step(lambda r: forms.Attach(r.POST, r.FILES) if r else forms.Attach(), attach),
        "withdraw": Step(lambda r: forms.Withdraw(r.POST) if r else forms.Withdraw(), withdraw),
    }


def _page(request: Request, public_id: str, failed: Mapping[str, Base]) -> HttpResponse:
    page = queries.activity_page(request.actor, public_id, today=shanghai_day(timezone.now()))
    line = page.line
    editable = "edit" in {t.name for t in page.open_moves} and not line.is_event
    context = {
        "head": _head(page),
        "moves": _moves(page, failed),
        "facts": _facts(page),
        "story": [_moment(told) for told in page.story],
        "activity": page,
        "entries": [
            (entry, labels.ENTRY_STATES[entry.state], labels.ENTRY_TONES[entry.state], labels.LEVELS[entry.level])
            for entry in page.entries
        ],
        "files": [
            Attachment(
                file.file.name or "—", reverse("activities:file", args=[public_id, file.public_id]), file.file.size
            )
            for file in page.files
        ],
        "edit_url": reverse("activities:edit", args=[public_id]) if editable and _unverified(page) else "",
        "again_url": f"{reverse('activities:new')}?as={public_id}" if not line.is_event else "",
    }
    return render(request, "activities/activity.html", context, status=422 if failed else 200)


def _unverified(page: ActivityPage) -> bool:
    return all(entry.state in ("declared", "returned") for entry in page.entries)


def _head(page: ActivityPage) -> Head:
    line = page.line
    return Head(
        title=line.title or line.kind_label,
        kind=line.kind_label if line.title else _("Activity"),
        state=line.state,
        label=line.state_label,
        tone=line.tone,
        giver=line.giver,
        receiver=(line.receivers[0] if len(line.receivers) == 1 else labels.receiver_count(len(line.receivers)))
        if line.receivers
        else None,
        back=reverse("activities:list"),
        back_label=_("Activities"),
    )


def _moves(page: ActivityPage, failed: Mapping[str, Base]) -> list[Move]:
    steps, may = _steps(page.line.public_id), {t.name: t for t in page.open_moves}
    shown = [name for name in ("attach", "withdraw") if name in may and (name != "withdraw" or _unverified(page))]
    return [
        Move(
            name=name,
            label=labels.BUTTONS[name],
            url=reverse("activities:move", args=[page.line.public_id, name]),
            form=failed.get(name) or steps[name].form(None),
            danger=may[name].danger,
            ask=labels.ASK.get(name, ""),
        )
        for name in shown
    ]


def _facts(page: ActivityPage) -> list[Fact]:
    line, relation = page.line, page.relation
    days = f"{line.day} – {line.day_to}" if line.day_to else str(line.day)
    place = " ".join(part for part in (line.place.short_name if line.place else "", line.place_text) if part)
    return [
        Fact(_("Day"), days),
        Fact(_("Quantity"), f"{quantity(line.quantity)} {line.unit_label}" if line.quantity is not None else ""),
        Fact(_("Given to"), [receiver.name for receiver in line.receivers] if len(line.receivers) > 1 else ""),
        Fact(_("Taking part"), [party.name for party in line.participants]),
        Fact(_("Place"), place),
        Fact(_("People"), [_person(taking) for taking in page.people]),
        *(Fact(extra.label, extra.value) for extra in page.extra_facts),
        Fact(_("Visited"), "、".join(line.visited)),
        Fact(_("Purpose"), "、".join(line.purpose)),
        Fact(_("Attendance"), line.attendance),
        Fact(_("Late entry"), labels.days_late(line.late_days) if line.late_days else ""),
        Fact(_("Note"), page.note, wide=True),
        Fact(
            _("Relation"),
            relation.name if relation else "",
            url=reverse("network:relation", args=[relation.public_id]) if relation else "",
        ),
        Fact(_("Recorded by"), page.recorder.short_name if page.recorder else ""),
        Fact(_("Source"), [labels.source_line(source) for source in page.sources], wide=True),
    ]


def _person(taking: Any) -> str:
    share = f" · {quantity(taking.share)}" if taking.share is not None else ""
    return f"{taking.person.name} ({taking.person.employer.short_name}) {taking.part_label}{share}"


def _moment(told: Told) -> Moment:
    facts = [
        (labels.FACTS[name], "、".join(str(one) for one in value))
        for name, value in told.facts.items()
        if value and name in labels.FACTS
    ]
    return Moment(
        at=told.at,
        who=told.who,
        institution=told.institution,
        what=labels.MOVES.get(told.name, told.name),
        note=told.note,
        facts=facts,
    )
