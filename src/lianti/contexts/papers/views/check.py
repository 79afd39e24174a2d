"""The public check of a paper's code: no sign-in, little is told, and nobody goes through codes one by one."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.papers import forms, queries, words
from lianti.lib.errors import Sentence
from lianti.lib.web.doors import open_door
from lianti.lib.web.moving import see_other

MISSES, MINUTES = 40, 10  # codes that do not exist, from one address, in each server process


@open_door(methods=("GET", "POST"))
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a code and go to what it stands for."""
    form = forms.PaperCode(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = _found(request, form.cleaned_data["code"])
        if isinstance(found, queries.Checked):
            return see_other(reverse("papers:checked", args=[queries.grouped(form.cleaned_data["code"])]))
        form.add_error("code", found)  # type: ignore[arg-type]  # lazy text
        return _kept(render(request, "papers/check.html", _asked(form), status=_status(found)))
    status = 422 if form.errors else 200
    return _kept(render(request, "papers/check.html", _asked(form), status=status))


@open_door()
def checked(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the paper with this code is: whose, by a part of the name; how much; by which rules; valid or not."""
    found = _found(request, code)
    if isinstance(found, queries.Checked):
        return _kept(render(request, "papers/checked.html", {"title": found.title, "paper": found, "code": code}))
    form = forms.PaperCode({"code": code})
    form.add_error("code", found)  # type: ignore[arg-type]  # lazy text
    return _kept(render(request, "papers/check.html", _asked(form), status=_status(found)))


def _asked(form: forms.PaperCode) -> dict[str, object]:
    return {"title": _("Check a paper"), "form": form}


def _found(request: HttpRequest, code: str) -> queries.Checked | Sentence:
    """Return what the code stands for, or why nothing is shown. Codes that do not exist are counted by address."""
    key = f"papers.misses:{request.META.get('REMOTE_ADDR', '')}"
    if cache.get(key, 0) >= MISSES:
        return words.TOO_OFTEN
    if (found := queries.check(code)) is not None:
        return found
    cache.add(key, 0, MINUTES * 60)
    cache.incr(key)
    return words.NO_SUCH_CODE


def _status(why: Sentence) -> int:
    return 429 if why is words.TOO_OFTEN else 404


def _kept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
