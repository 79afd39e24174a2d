"""The list of needs: open ones by priority and age."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.needs import labels, queries
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Action, Chip, Chips, Column, Empty, Page
from lianti.lib.web.templatetags.web import query_with

COLUMNS = (
    Column(_("Need")),
    Column(_("About"), wide=True),
    Column(_("From and to")),
    Column(_("Priority"), kind="mark"),
    Column(_("State"), kind="mark"),
    Column(_("Stated"), kind="day"),
    Column(_("By when"), kind="day", wide=True),
)


@door()
def needs(request: Request) -> HttpResponse:
    """List the needs that the reader's institution stated or was asked to meet."""
    show, side = _asked(request, "show", labels.SHOWN, "open"), _asked(request, "side", labels.SIDES, "")
    category = request.GET.get("category", "")
    found = queries.needs(request.actor, show=show, side=side, category=category, after=request.GET.get("after"))
    may = queries.may_state(request.actor)
    start = [Action(_("State a need"), reverse("needs:new"), primary=True)] if may else []
    context = {
        "page": Page(_("Needs"), actions=start),
        "chips": [
            _chips(request, "show", _("Which"), labels.SHOWN, show, "open"),
            _chips(request, "side", _("Side"), labels.SIDES, side, ""),
            _chips(request, "category", _("About"), labels.categories(), category, ""),
        ],
        "columns": COLUMNS,
        "rows": found.items,
        "more": found.more,
        "today": shanghai_day(timezone.now()),
        "empty": Empty(
            _("No needs here"),
            _("What a hospital lacks and asks of its partner stands here until the hospital itself closes it."),
            reverse("needs:new") if may else "",
            _("State a need"),
        ),
    }
    return render(request, "needs/needs.html", context)


def _asked(request: Request, name: str, known: dict[str, object], fallback: str) -> str:
    value = request.GET.get(name, fallback)
    return value if value in known else fallback


def _chips(request: Request, name: str, label: object, values: dict[str, object], now: str, standard: str) -> Chips:
    return Chips(
        label,
        [
            Chip(word, query_with(request, **{name: "" if code in (standard, now) else code}), active=code == now)
            for code, word in values.items()
        ],
    )
