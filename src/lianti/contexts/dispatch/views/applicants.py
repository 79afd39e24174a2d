"""The applicants of a year: a pasted list of names, what counts for each, what is lacking; print and workbook."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from lianti.contexts.dispatch import queries, services
from lianti.contexts.dispatch.forms.applicants import LookAtApplicants
from lianti.contexts.dispatch.queries import Applicants
from lianti.kernel import access, scope
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import NotAllowed
from lianti.lib.saying import listed
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Page
from lianti.records import exporting

TITLE = gettext_lazy("Applicants of the year")
_TEXT = gettext_lazy("Paste the names of those who apply: days by rule, days lacking, and which paper is missing.")


@door(methods=("GET", "POST"))
def applicants(request: Request) -> HttpResponse:
    """Look at a list of names; nothing is written. The same list comes back as a workbook."""
    now = timezone.now()
    today = shanghai_day(now)
    if request.method == "POST" and not queries.may_plan(request.actor):
        raise NotAllowed(gettext_lazy("The sending institution's office or coordinator do this."))
    form = LookAtApplicants(request.POST or None, today)
    found: Applicants | None = None
    if form.is_bound and form.is_valid():
        lines = form.lines(queries.own_people(request.actor))
        given = form.cleaned_data
        found = queries.applicants(request.actor, lines, given["purpose"], given["until"], today)
        if request.POST.get("form") == "xlsx":
            access.note(request.actor, kind="dispatch.applicants", public_id="", why="export xlsx", at=now)
            file = BytesIO()
            exporting.plainly(file, str(TITLE), _rows(found), "xlsx")
            return exporting.handed(file, f"applicants-{today.isoformat()}", "xlsx")
        if request.POST.get("form") == "certify":
            return _certified(request, found)
    context: dict[str, Any] = {
        "page": Page(TITLE, text=_TEXT),
        "form": form,
        "submit": gettext_lazy("Look at them"),
        "found": found,
        "names": request.POST.get("names", ""),
    }
    return render(request, "dispatch/applicants.html", context, status=422 if form.errors else 200)


def _certified(request: Request, found: Applicants) -> HttpResponse:
    """Draft a certificate for everybody who lacks nothing and has none, each by itself."""
    told, drafted = taken(request), 0
    for one in found.lines:
        if one.counted is None or not one.to_certify:
            continue
        person, key = one.counted.person, told["key"]
        facts = services.CertificateFacts(until=found.until)
        own = {**told, "key": f"{key}:{person.public_id}" if key else None}
        services.draft_certificate(**own, person_id=person.id, facts=facts)
        drafted += 1
        scope.settle()
    said = ngettext("%(count)s certificate drafted.", "%(count)s certificates drafted.", drafted) % {"count": drafted}
    messages.success(request, said)
    return see_other(queries.CERTIFICATE.base)


def _rows(found: Applicants) -> Iterator[tuple[Any, ...]]:
    yield (
        pgettext("letter", "No."), pgettext("dispatch", "Person"), _("Department"), _("Title"), _("Counted days"),
        _("Months served"), _("Months asked for"), _("Days lacking"), _("Papers missing"),
        _("Rules by which days were counted"),
    )  # fmt: skip
    for one in found.lines:
        counted = one.counted
        if counted is None:
            yield (one.number, one.typed, "", "", None, None, None, None, str(one.wrong), "")
            continue
        person = counted.person
        rules = listed(f"{rule.name} v{rule.version}" if rule.version else str(rule.name) for rule in counted.by)
        yield (
            one.number, str(person.name), person.department, str(person.title_label), counted.days,
            float(counted.months), counted.owed, one.lacks, "；".join(map(str, one.missing)), rules,
        )  # fmt: skip
