"""Pages that open and record without a network: which they are, what they need, what their bar says."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

HEADER = "X-Queued"  # of a form that the queue sends: the seat in which it was typed
WATCHED = "X-Watched"  # of one whose writer looks on: what is said of it is said on the next page
FILES = (
    "web/lianti.css",
    "web/touch.css",
    "web/queue.css",
    "web/icon.svg",
    "django_htmx/htmx-2.min.js",
    "web/lianti.js",
    "web/finding.js",
    "web/vary.js",
    "web/queue.js",
    "web/queue-page.js",
)
_names: list[str] = []


def keep(url_name: str) -> None:
    """Let a page that takes no arguments open without a network. Called from an app's `show`."""
    if url_name not in _names:
        _names.append(url_name)


def pages() -> list[str]:
    """Return their addresses; those of a room that is off are left out."""
    found = []
    for name in _names:
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    return found


@lru_cache(maxsize=1)
def version() -> str:
    """Return a word that changes when a file, a page's address or the worker changes: then all is kept anew."""
    parts = [_worker("", "[]", "[]"), *pages()]
    for name in FILES:
        found = finders.find(name) if settings.DEBUG or settings.STATIC_ROOT is None else None
        parts.append(Path(str(found)).read_text(encoding="utf-8") if found else static(name))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def worker() -> str:
    """Return the service worker's script: the same for everybody, with nothing in it of anybody."""
    return _worker(version(), json.dumps([static(name) for name in FILES]), json.dumps(pages()))


def _worker(named: str, files: str, kept: str) -> str:
    return render_to_string("web/worker.js", {"version": named, "files": files, "pages": kept})


def words() -> dict[str, str]:
    """Return what the bar of the queue says, in the reader's language."""
    return {
        "works": _("This page opens and records without a network."),
        "open": _(
            "Without a network keep this page open: it records, but this browser cannot open it again. "
            "What you typed is kept either way."
        ),
        "waits": _("Waiting to be sent: {n}"),
        "last": _("Last sent {n}"),
        "sending": _("Sending…"),
        "later": _("No answer from the site. It is tried again by itself."),
        "sign_in": _("You are signed out. Sign in, and what waits is sent."),
        "other": _(
            "Somebody else is signed in, or you act for another institution. What you typed here waits for you."
        ),
        "seats": _("Waiting for another institution of yours: {n}. Switch at the top."),
        "go": _("Sign in and send"),
        "keeping": _("Kept on this device."),
        "kept": _("Kept on this device; it is sent when there is a network."),
        "send": _("Send now"),
        "erase": _("Erase all that waits"),
        "erase_sure": _("Erase all that waits on this device? It is sent nowhere and cannot be brought back."),
        "waiting": _("Waits"),
        "refused": _("Not taken"),
        "typed": _("What you typed"),
        "said": _("What the site says"),
        "files": _("Files"),
        "change": _("Change what you typed"),
        "again": _("Send again"),
        "drop": _("Drop"),
        "drop_sure": _("Drop this one? It is sent nowhere and cannot be brought back."),
        "leave": _("Could not be sent: {n}. Sign out all the same and erase it from this device?"),
    }
