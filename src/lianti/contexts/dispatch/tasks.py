"""What the worker does for dispatch: sheets begun, figures and lists kept, certificates packed for a person."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianti.contexts.dispatch import queries, services
from lianti.contexts.dispatch.services import figures
from lianti.contexts.papers import services as papers
from lianti.kernel import outbox, scope
from lianti.kernel.models import Principal
from lianti.kernel.running import Watch
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.roles import Role

BEGIN = "dispatch.begin_months"
LEAVES = "dispatch.begin_leaves"
NIGHT, EVERY = "dispatch.count_all", 900  # a quarter of an hour: a rule that changes is followed soon
NAME = "dispatch"


def system() -> Actor:
    """Return the actor of the room's jobs; it has no institution. Called in the system's scope."""
    principal, _made = Principal.objects.get_or_create(kind=Principal.Kind.JOB, name=NAME)
    return Actor(principal.pk, 0, Role.SYSTEM)


@outbox.job(BEGIN, lane=outbox.SLOW)
def begin_months(payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """Begin the sheet of each month in which somebody is on duty, where it is not begun yet."""
    del payload, task_id
    with scope.system():
        services.attendance.begin_due(actor=system(), at=at)


@outbox.job(LEAVES, lane=outbox.SLOW)
def begin_leaves(payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """Let approved leave begin whose first day has come."""
    del payload, task_id
    with scope.system():
        services.leaves.begin_due(actor=system(), at=at)


@outbox.job(figures.COUNT)
def count(payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """Count the people of one move anew."""
    del task_id
    with scope.system():
        figures.recount(at=at, people=payload["people"])


@outbox.job(NIGHT, lane=outbox.SLOW)
def count_all(payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """Count whoever was last counted on an earlier day, or by other rules; a few people a transaction."""
    del payload, task_id
    with scope.system():
        figures.follow_directory(at=at)
        people, rules = figures.stale(at=at)
    for begin in range(0, len(people), figures.AT_ONCE):
        with scope.system():
            figures.recount(at=at, people=people[begin : begin + figures.AT_ONCE])
    with scope.system():
        figures.followed(rules)
        figures.warn_of_licences(at=at)


outbox.every(NIGHT, EVERY)


@outbox.job_for(services.ZIP)
def zip_certificates(payload: dict[str, Any], *, actor: Actor, at: datetime, watch: Watch) -> str:
    """Put the chosen certificates that are issued into one file, with a list of all and why some are left out."""
    rows = queries.certificates_chosen(actor, payload["ids"])
    path, result = watch.file(f"certificates-{shanghai_day(at).isoformat()}.zip")
    names = {brief.id: str(brief.title) for brief in queries.CERTIFICATE.briefs(rows)}
    missing = queries.certificates_of(actor, [row.person_id for row in rows])
    listed = [
        [
            pgettext("papers", "Name"),
            pgettext("certificate", "Number"),
            pgettext("certificate", "State"),
            _("Left out because"),
        ]
    ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, row in enumerate(rows, 1):
            why = ""
            if row.paper_id is None:
                wanting = missing[row.person_id].missing if row.person_id in missing else ()
                why = "；".join(wanting) or _("Not issued yet")
            else:
                held = papers.draw_issued(actor=actor, at=at, paper_id=row.paper_id, address=payload["address"])
                archive.writestr(f"{names[row.pk]} {held.name}", held.content)
            listed.append([names[row.pk], row.number, str(queries.CERTIFICATE.words.state(row.state).word), why])
            watch.tell(number, len(rows))
        text = io.StringIO()
        csv.writer(text).writerows(listed)
        archive.writestr(_("list.csv"), text.getvalue().encode("utf-8-sig"))
    return result
