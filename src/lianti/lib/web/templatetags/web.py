"""The tags of every page: `{% load web %}`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.forms import BaseForm, FileInput, MultiWidget
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lianti.lib import dates, ids
from lianti.lib.saying import listed
from lianti.lib.web import forms, hooks, icons, offline, sender

register = template.Library()
DASH = "—"


@register.simple_tag(takes_context=True)
def idempotency_key(context: template.Context, key: str | None = None) -> SafeString:
    """Draw the hidden fields by which the server knows a form that was sent twice, and whose form it is."""
    by = sender.sign(getattr(context.get("request"), "actor", None))
    return format_html(
        '<input type="hidden" name="key" value="{}">{}',
        key or ids.new(),
        format_html('<input type="hidden" name="{}" value="{}">', sender.FIELD, by) if by else "",
    )


@register.inclusion_tag("web/queue.html")
def queue_bar() -> dict[str, Any]:
    """Draw the place where a page says what waits to be sent; its forms are marked `data-queue`."""
    words = json.dumps(offline.words(), ensure_ascii=False)
    return {"words": words, "version": offline.version(), "pages": " ".join(offline.pages())}


@register.inclusion_tag("web/form_fields.html", name="form", takes_context=True)
def form_tag(context: template.Context, form: BaseForm) -> dict[str, Any]:
    """Draw the fields of a form with label, help and errors; not the <form> itself."""
    groups = form.grouped() if isinstance(form, forms.Base) else [(None, form.visible_fields())]
    drawn = [(heading, [_field(context, bound) for bound in fields]) for heading, fields in groups]
    open_ones = len(drawn) - getattr(form, "folded", 0)
    return {"form": form, "groups": drawn[:open_ones], "folded": drawn[open_ones:]}


@register.inclusion_tag("web/field.html", name="field", takes_context=True)
def field_tag(context: template.Context, bound: BoundField) -> dict[str, Any]:
    """Draw one field, for a page that lays out its form by hand."""
    return _field(context, bound)


def _field(context: template.Context, bound: BoundField) -> dict[str, Any]:
    widget, request = bound.field.widget, context.get("request")
    takes_files = isinstance(widget, FileInput) and isinstance(request, HttpRequest)
    return {
        "field": bound,
        "kind": getattr(widget, "drawn_as", type(widget).__name__.lower()),
        "tick": getattr(widget, "input_type", "") == "checkbox" and not bound.use_fieldset,
        "wide": forms.is_wide(bound.field),
        "pair": isinstance(widget, MultiWidget),
        "below": mark_safe(hooks.file_part(request, bound)) if takes_files else "",  # type: ignore[arg-type]
    }


@register.simple_tag
def state_badge(state: Any, label: Any, tone: str = "waiting") -> SafeString:
    """Draw a state: its word, with a quiet colour beside it."""
    return format_html('<span class="badge t-{}" data-state="{}">{}</span>', tone, state, label)


@register.filter
def quantity(value: Any) -> str:
    """Write a quantity without idle zeros: 7.50 as 7.5, 1200.00 as 1,200."""
    if value is None or value == "":
        return DASH
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.simple_tag
def when(moment: datetime | None) -> SafeString | str:
    """Draw a moment as 11-22 09:30 in Shanghai, the year only when it is another."""
    if moment is None:
        return DASH
    local = moment.astimezone(dates.SHANGHAI)
    return _time(local, _shape(local.date()) + " %H:%M", "%Y-%m-%d %H:%M")


@register.simple_tag
def day(value: date | datetime | None) -> SafeString | str:
    """Draw a day as 11-22, the year only when it is another."""
    if value is None or value == "":
        return DASH
    day_of = value.astimezone(dates.SHANGHAI).date() if isinstance(value, datetime) else value
    return _time(day_of, _shape(day_of), "%Y-%m-%d")


@register.simple_tag
def span(first: date | None, last: date | None) -> SafeString:
    """Draw a stretch of time; a missing end is open."""
    if first is None and last is None:
        return mark_safe(DASH)
    if first is not None and first == last:
        return format_html("{}", day(first))
    return format_html('<span class="span">{} – {}</span>', day(first) if first else "", day(last) if last else "")


def _shape(value: date) -> str:
    return "%m-%d" if value.year == dates.shanghai_day(timezone.now()).year else "%Y-%m-%d"


def _time(value: date, shape: str, full: str) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', value.isoformat(), value.strftime(full), value.strftime(shape)
    )


@register.simple_tag
def between() -> str:
    """Write what stands between two things of a row."""
    return listed(("", ""))


@register.filter
def month(value: date | None) -> str:
    """Write a month as 2026-11."""
    return DASH if value is None else value.strftime("%Y-%m")


@register.simple_tag
def institution_name(institution: Any, url: str = "") -> SafeString | str:
    """Draw an institution by its short name, the full one on hover."""
    if institution is None or institution == "":
        return DASH
    full = str(getattr(institution, "name", "") or institution)
    short = str(getattr(institution, "short_name", "") or full)
    if url:
        return format_html('<a class="inst" href="{}" title="{}">{}</a>', url, full, short)
    return format_html('<span class="inst" title="{}">{}</span>', full, short)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon; a word always stands beside it."""
    return icons.draw(name)


@register.simple_tag(takes_context=True)
def panels(context: template.Context, slot: str, subject: Any) -> SafeString:
    """Draw what upper rooms registered for this slot."""
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return mark_safe("")
    return mark_safe(hooks.panels(slot, request, subject))


@register.simple_tag
def query_with(request: HttpRequest, **changes: Any) -> str:
    """Return the address's query with these values set (None or '' clears), and from the first page."""
    query = request.GET.copy()
    query.pop("after", None)
    for name, value in changes.items():
        query.pop(name, None)
        for one in _many(value):
            query.appendlist(name, str(one))
    return "?" + query.urlencode()


def _many(value: Any) -> Iterable[Any]:
    if value is None or value == "":
        return ()
    return value if isinstance(value, list | tuple | set) else (value,)


@register.simple_tag
def more_query(request: HttpRequest, token: str) -> str:
    """Return the address's query for the rows after this token."""
    query = request.GET.copy()
    query["after"] = token
    return "?" + query.urlencode()


@register.filter
def filesize(size: int | None) -> str:
    """Write a file's size in kB or MB."""
    if size is None:
        return ""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} kB"


@register.simple_tag
def due(value: date | datetime | None, late: bool = False) -> SafeString | str:
    """Draw a deadline, with its hour unless it is the day's end; a late one says so in words."""
    if value is None:
        return DASH
    if late:
        return format_html('<span class="due late">{} <b>{}</b></span>', deadline(value), _("late"))
    return format_html('<span class="due">{}</span>', deadline(value))


@register.simple_tag
def deadline(value: date | datetime) -> SafeString | str:
    """Draw the last day that is in time, with the hour when it is not the day's end."""
    shown = dates.due_shown(value) if isinstance(value, datetime) else value
    return when(shown) if isinstance(shown, datetime) else day(shown)
