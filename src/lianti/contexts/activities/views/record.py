"""The page of one activity: what was done, its entries, its proof, its story."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities import forms, queries, services, words
from lianti.contexts.activities.queries import KIND, ActivityPage
from lianti.contexts.evidence import services as evidence
from lianti.contexts.evidence.queries import attachments
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.network import queries as network
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Fact
from lianti.lib.web.templatetags.web import quantity
from lianti.records.kinds import SHORT
from lianti.records.pages import Act, RecordPage, typed


def _facts(page: ActivityPage) -> list[Fact]:
    activity, line, relation = page.line.activity, page.line, page.relation
    place = " ".join(part for part in (line.place.short_name if line.place else "", activity.place_text) if part)
    return [
        Fact(_("Title"), activity.title if len(activity.title) > SHORT else "", wide=True),  # the head cuts it
        Fact(_("Day"), f"{activity.day} – {activity.day_to}" if activity.day_to else str(activity.day)),
        Fact(
            _("Quantity"), f"{quantity(activity.quantity)} {line.unit_label}" if activity.quantity is not None else ""
        ),
        Fact(_("Given to"), [receiver.name for receiver in line.receivers] if len(line.receivers) > 1 else ""),
        Fact(_("Taking part"), [party.name for party in line.participants]),
        Fact(_("Place"), place),
        Fact(_("People"), [_person(taking) for taking in page.people]),
        *(Fact(label, value) for label, value in queries.extra_facts(activity.kind, activity.extra)),
        Fact(_("Visited"), "、".join(activity.visited)),
        Fact(_("Purpose"), "、".join(activity.purpose)),
        Fact(_("Attendance"), activity.attendance),
        Fact(_("Late entry"), words.days_late(activity.late_days) if activity.late_days else ""),
        Fact(_("Note"), activity.note, wide=True),
        network.relation_fact(relation),
        Fact(_("Recorded by"), page.recorder.short_name if page.recorder else ""),
        Fact(_("Source"), page.sources, wide=True),
    ]


def _person(taking: Any) -> str:
    share = f" · {quantity(taking.share)}" if taking.share is not None else ""
    return f"{taking.person.name} ({taking.person.employer.short_name}) {words.PARTS[taking.part]}{share}"


def may_edit(actor: Actor, page: ActivityPage) -> bool:
    """Say whether the actor may change the activity at all; one that counts already refuses it later."""
    moves = {transition.name for transition in engine.available(KIND.flow, page.line.activity, actor)}
    return not page.line.is_event and "edit" in moves


def _more(request: Request, page: ActivityPage) -> dict[str, Any]:
    ident, today = page.line.activity.public_id, shanghai_day(timezone.now())
    entries = [
        (entry, *words.ENTRY_STATES[entry.state], words.LEVELS[entry.level])
        for entry in ledger.rows_of(page.entries, today)
    ]
    files = attachments(page.files, "activities:file", ident)
    edit = reverse("activities:edit", args=[ident]) if page.is_open and may_edit(request.actor, page) else ""
    again = "" if page.line.is_event else f"{reverse('activities:new')}?as={ident}"
    return {"entries": entries, "files": files, "edit_url": edit, "again_url": again}


PAGE: RecordPage[ActivityPage] = RecordPage(
    KIND,
    template="activities/activity.html",
    ident="activity_id",
    read=queries.activity_page,
    facts=_facts,
    acts={
        "attach": Act(
            services.attach,
            typed(forms.Attach),
            lambda _page, form: {
                "uploads": evidence.uploads(form.cleaned_data["uploads"]),
                "note": form.cleaned_data["note"],
            },
        ),
        "withdraw": Act(services.withdraw, typed(forms.Withdraw)),
    },
    more=_more,
)


@door()
def download(request: Request, public_id: str, file_id: str) -> HttpResponse:
    """Hand out a proof of an activity."""
    files, grant = queries.files(request.actor, public_id), evidence.Grant(KIND.code, public_id)
    return evidence.hand_out(actor=request.actor, at=timezone.now(), files=files, file_id=file_id, grant=grant)
