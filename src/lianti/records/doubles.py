"""Doubles: before a record is booked its maker sees what stands there already, and is asked once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import signing
from django.utils.translation import gettext_lazy as _

from lianti.lib.actor import Actor
from lianti.lib.web.doors import Request
from lianti.lib.web.forms import Base
from lianti.lib.web.parts import Question, Text
from lianti.records.kinds import Kind

MOST = 5
ANSWER = "all_the_same"
_SIGNER = signing.Signer(salt="lianti.doubles")

Links = Sequence[tuple[Text, str]]


def of(kind: Kind, actor: Actor, draft: Any) -> Links:
    """Return the records that a draft may repeat, among those that the actor may know of, latest first."""
    if kind.same_as is None:
        return []
    rows = kind.visible(actor).narrowed(kind.same_as(actor, draft)).all(order=("-id",), most=MOST)
    return links(kind, rows)


def links(kind: Kind, rows: Sequence[Any]) -> Links:
    """Return records as links: number, title, sides."""
    return [(_named(brief), kind.url(brief.public_id)) for brief in kind.briefs(rows)]


def may_go_on(request: Request, form: Base, found: Links) -> bool:
    """Pass when nothing is like it, or its maker has seen just these and says yes; else let the form ask."""
    if not found or request.POST.get(ANSWER) == _yes(request, found):
        return True
    form.add_error(None, _("Something very like it is there already. Is it another one?"))
    form.question = Question(found, _("Book it all the same"), ANSWER, _yes(request, found))
    return False


def already_sent(request: Request, form: Base, booked: Links, found: Links = ()) -> None:
    """Say that the form was booked before, and with what; what was typed since may be booked beside it."""
    form.add_error(
        None,
        _("This form was already sent, and what it said then is booked. What you see now would be booked beside it."),
    )
    links = [*booked, *(link for link in found if link not in booked)]
    form.question = Question(links, _("Book it all the same"), ANSWER, _yes(request, found))


def _yes(request: Request, found: Links) -> str:
    """Return the word by which somebody says that they have seen these records, and that theirs is another."""
    return _SIGNER.signature(f"{request.actor.principal_id}|{'|'.join(sorted(url for _name, url in found))}")


def _named(brief: Any) -> str:
    return " · ".join(part for part in (brief.number, brief.short, brief.detail()) if part)
