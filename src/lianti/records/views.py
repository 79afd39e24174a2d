"""Pages of forms that are not finished: the code for a telephone, and what the telephone sees."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.lib.errors import Invalid, NotFound
from lianti.lib.web.doors import Request, door, open_door
from lianti.lib.web.moving import see_other
from lianti.lib.web.parts import Page
from lianti.records import codes, held, kept
from lianti.records.models import UploadCode

STOP = 286  # htmx: ask no more


@door(methods=("POST",), keeps=False)
def ask(request: Request) -> HttpResponse:
    """Make, look at or cancel a code from within a form, and go back to the form as it was typed."""
    verb, _blank, what = request.POST.get("code", "").partition(" ")
    now, more = timezone.now(), {}
    if verb == "new":
        field, _blank, address = what.partition(" ")
        code = codes.make(request.actor, now, _form_path(address), field)
        more = {f"{codes.FIELD}{field}": [code.public_id]}
    else:
        code, address = codes.own(request.actor, what), request.POST.get("address", "")
        if _form_path(address) != code.address:
            raise NotFound
        if verb == "cancel":
            codes.cancel(code, now)
        keys = [row.public_id for row in codes.came(code)]
        boxes = f"{held.FIELD}{code.field}"
        more = {boxes: list(dict.fromkeys([*request.POST.getlist(boxes), *keys]))}
        more |= {f"{codes.FIELD}{code.field}": []} if verb == "cancel" or keys else {}
    answer = kept.keep(
        request, request.actor, now, address, why="phone", go=lambda _request, url: see_other(url), more=more
    )
    if answer is None:
        raise Invalid(
            {"": _("This form is too long to be kept meanwhile. Send it first and add the photo afterwards.")}
        )
    return answer


def _form_path(address: str) -> str:
    """Return the path to which a form of this site is sent. Raises NotFound."""
    try:
        found = resolve(urlsplit(address).path) if address.startswith("/") and not address.startswith("//") else None
    except (Resolver404, ValueError):
        found = None
    if found is None or "POST" not in getattr(found.func, "methods", ()) or not getattr(found.func, "keeps", False):
        raise NotFound
    return urlsplit(address).path


@door()
def code(request: Request, public_id: str) -> HttpResponse:
    """The part of a form that is asked for until the telephone has sent something."""
    found = codes.own(request.actor, public_id)
    context = _code(request, found, request.GET.get("address", found.address))
    return render(request, "records/code.html", context, status=STOP if context["came"] or context["refusal"] else 200)


def _code(request: HttpRequest, found: UploadCode, address: str) -> dict[str, Any]:
    now = timezone.now()
    refusal, came = codes.refusal(found, now), codes.came(found)
    live = not refusal
    return {
        "code": found,
        "address": address,
        "came": came,
        "refusal": refusal if not came else "",
        "svg": codes.drawn(request.build_absolute_uri(f"/u/{codes.word(found)}/")) if live else "",
        "link": f"/u/{codes.word(found)}/" if live else "",
        "until": found.expires_at,
    }


@open_door(methods=("GET", "POST"))
def upload(request: HttpRequest, token: str) -> HttpResponse:
    """Take photos from whoever holds the code: for one field of one form, once."""
    now = timezone.now()
    with codes.opened(token, now) as found:
        refusal, wrong, sent = codes.refusal(found, now), "", 0
        if found is not None and not refusal and request.method == "POST":
            files = request.FILES.getlist("photos")
            wrong = str(codes.send(found, files, now))
            sent = 0 if wrong else len(files)
        context = {
            "page": Page(_("Photo for a form")),
            "refusal": refusal,
            "wrong": wrong,
            "sent": sent,
            "most": codes.MOST,
            "megabytes": held.limit() // 1024**2,
        }
        status = 410 if refusal else 422 if wrong else 200
        return render(request, "records/upload.html", context, status=status)


def file_part(request: HttpRequest, bound: Any) -> str:
    """Draw what stands below a file field: what is kept of it, its code or the button that makes one."""
    actor = getattr(request, "actor", None)
    name, path = bound.html_name, urlsplit(getattr(bound.form, "sent_to", "") or request.path).path
    query = request.GET.copy()
    query.pop(kept.ASKED, None)
    address = getattr(bound.form, "sent_to", "") or f"{path}{'?' if query else ''}{query.urlencode()}"
    context: dict[str, Any] = {"name": name, "address": address}
    context["files"] = [file for file in bound.form.files.getlist(name) if getattr(file, "held", "")]
    asked = bound.form.data.get(f"{codes.FIELD}{name}", "")
    if actor is not None and asked and path == request.path:
        found = codes.of_form(actor, asked, path)
        context |= _code(request, found, address) if found is not None else {}
    return render_to_string("records/file_part.html", {**context, "offers": actor is not None}, request=request)
