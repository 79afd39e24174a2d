"""The page of what the worker does for the reader: how far it is, its stop button, its file for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.kernel import access, outbox
from lianti.kernel.models import OutboxTask
from lianti.lib.web import paging, parts
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other

State = OutboxTask.State
WAITING, RUNNING = "waiting", "running"
LABELS = {
    WAITING: (pgettext_lazy("job", "Waiting"), "waiting"),
    RUNNING: (pgettext_lazy("job", "Running"), "moving"),
    State.DONE: (pgettext_lazy("job", "Done"), "done"),
    State.FAILED: (pgettext_lazy("job", "Failed"), "late"),
    State.STOPPED: (pgettext_lazy("job", "Stopped"), "stopped"),
}


@dataclass(frozen=True)
class Line:
    """One job as its person sees it."""

    task: OutboxTask
    state: str
    stopping: bool
    file_until: datetime | None  # its file can be fetched until then

    @property
    def label(self) -> Any:
        return LABELS[self.state][0]

    @property
    def tone(self) -> str:
        return LABELS[self.state][1]

    @property
    def can_stop(self) -> bool:
        return self.state in (WAITING, RUNNING) and not self.stopping

    @property
    def percent(self) -> int | None:
        """How far it is; None when nobody knows of how much."""
        running = self.state == RUNNING and self.task.total
        return min(100, 100 * self.task.done // self.task.total) if running else None


def line(task: OutboxTask, now: datetime) -> Line:
    """Return how a job stands."""
    state: str = task.state
    if state == State.READY:
        state = RUNNING if task.lease_until is not None and task.lease_until > now else WAITING
    until = task.done_at + outbox.KEPT if task.result and task.done_at else None
    return Line(task, state, task.stop_asked_at is not None, until if until and until > now else None)


@door()
def jobs(request: Request) -> HttpResponse:
    """What the reader asked the worker for, latest first."""
    found = paging.keyset(outbox.mine(request.actor), order=("-id",), after=request.GET.get("after"))
    now = timezone.now()
    context = {
        "page": parts.Page(_("My jobs")),
        "rows": [line(task, now) for task in found.items],
        "more": found.more,
        "columns": [
            parts.Column(_("Content")),
            parts.Column(_("State")),
            parts.Column(_("Asked"), "day"),
            parts.Column(""),
        ],
        "empty": parts.Empty(
            _("No jobs yet"),
            _("What takes longer than a page, such as a large export, is done here in the background."),
        ),
    }
    return render(request, "portal/jobs.html", context)


@door(methods=("POST",))
def stop(request: Request, pk: int) -> HttpResponse:
    """Stop a job of the reader."""
    outbox.stop(request.actor, pk, timezone.now())
    messages.success(request, _("The job is being stopped."))
    return see_other(reverse("portal:jobs"))


@door()
def file(request: Request, pk: int) -> FileResponse:
    """Hand out what a job made to whoever asked for it, and write down that they took it."""
    path = outbox.file_of(request.actor, pk)
    access.note(request.actor, kind="jobs", public_id="", why=f"file {path.name}", at=timezone.now())
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
