"""Service before the platform: entered with its letter, corrected with a reason, called into question by the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import checks
from lianti.contexts.dispatch.domain.facts import PastFacts
from lianti.contexts.dispatch.models import PastFile, PastService, Posting
from lianti.contexts.dispatch.services import figures, people
from lianti.contexts.dispatch.states import PastState
from lianti.contexts.evidence import services as evidence
from lianti.contexts.evidence.services import Upload
from lianti.contexts.network import queries as network
from lianti.kernel import audience, numbers, scope
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid, Sentence

SERIES = "LS"
MOST = 200  # lines at once


def enter_past(
    *, actor: Actor, at: datetime, key: str | None, past: PastFacts, uploads: tuple[Upload, ...] = ()
) -> PastService:
    """Enter service before the platform of somebody whom one's own institution employs; no entry of the ledger.

    Raises Invalid, NotAllowed, KeyReused.
    """
    look(past, actor.tenant_id, shanghai_day(at))
    row = PastService(public_id=ids.new(), number=numbers.take(SERIES, at), sender_id=actor.tenant_id, **typed(past))

    def effect(saved: PastService) -> None:
        nowhere_else(saved)
        evidence.keep(actor=actor, at=at, uploads=uploads, links=PastFile, of={"service": saved})
        figures.ask([saved.person_id], at)

    body = [asdict(past), [upload.name for upload in uploads]]
    return engine.create(flow.PASTS, row, name="enter", actor=actor, at=at, key=key, body=body, effect=effect)


def enter_past_lines(*, actor: Actor, at: datetime, key: str | None, lines: Sequence[PastFacts]) -> list[PastService]:
    """Enter many at once, all or nothing. Raises NotAllowed, KeyReused, Invalid at '<line>-<field>'."""
    if not lines or len(lines) > MOST:
        raise Invalid({"lines": _("At least one line, and at most %(most)s at once.") % {"most": MOST}})
    made: list[PastService] = []
    with scope.acting(actor), transaction.atomic():
        for number, one in enumerate(lines):
            try:
                made.append(enter_past(actor=actor, at=at, key=f"{key}-{number}" if key else None, past=one))
            except Invalid as refusal:
                raise Invalid({f"{number}-{name}": said for name, said in refusal.fields.items()}) from refusal
    return made


def correct_past(
    *, actor: Actor, at: datetime, key: str | None, past_id: str, past: PastFacts, note: str, version: int | None = None
) -> PastService:
    """Correct what was entered, or confirm it after it was called into question, with the reason; the person stays.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """

    def effect(row: PastService) -> None:
        look(past, row.sender_id, shanghai_day(at))
        nowhere_else(row)
        audience.only(flow.PASTS, row, flow.past_audience(row))

    fields = typed(past)
    fields.pop("person_id")
    facts = {"time": f"{past.first} – {past.last}", "letter_number": past.letter_number}
    return _move("correct", actor, at, key, past_id, version, fields=fields, facts=facts, note=note, effect=effect)


def attach_past(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    past_id: str,
    uploads: tuple[Upload, ...],
    version: int | None = None,
) -> PastService:
    """Add a scan. Raises NotFound, NotAllowed, Conflict, Invalid."""

    def effect(row: PastService) -> None:
        evidence.keep(actor=actor, at=at, uploads=uploads, links=PastFile, of={"service": row})

    return _move("attach", actor, at, key, past_id, version, effect=effect)


def dispute_past(
    *, actor: Actor, at: datetime, key: str | None, past_id: str, note: str, version: int | None = None
) -> PastService:
    """Say as the receiving institution that it was not so; until its desk has looked, it does not count.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    return _move("dispute", actor, at, key, past_id, version, note=note)


def withdraw_past(
    *, actor: Actor, at: datetime, key: str | None, past_id: str, note: str, version: int | None = None
) -> PastService:
    """Take an entry back, with the reason. Raises NotFound, NotAllowed, Conflict, Invalid."""
    return _move("withdraw", actor, at, key, past_id, version, note=note)


def look(past: PastFacts, sender_id: int, today: date) -> None:
    """Refuse what cannot be of somebody whom the sender employs. Raises Invalid."""
    wrong: dict[str, Sentence] = checks.past(past, today)
    person = network.people_by_id({past.person_id}).get(past.person_id)
    if person is None or person.hidden or person.employer.id != sender_id:
        wrong["person"] = _("Choose somebody whom your institution employs.")
    if past.recipient_id == sender_id:
        wrong["place"] = _("Choose another place than your own institution.")
    if wrong:
        raise Invalid(wrong)


def nowhere_else(row: PastService) -> None:
    """Refuse days on which somebody was elsewhere already. Asked as the sender. Raises Invalid."""
    people.one_at_a_time([row.person_id])
    others = PastService.objects.filter(person=row.person_id, first__lte=row.last, last__gte=row.first)
    other = others.exclude(pk=row.pk).exclude(state=PastState.WITHDRAWN).order_by("first").first()
    if other is not None:
        raise Invalid({"first": _said(other.place, other.first, other.last)})
    stays = Posting.objects.filter(person=row.person_id, arrived__lte=row.last)
    stay = stays.filter(Q(left=None) | Q(left__gte=row.first)).order_by("arrived").first()
    if stay is not None and stay.arrived is not None:
        place = network.institution_by_id(stay.recipient_id).short_name
        raise Invalid({"first": _said(place, stay.arrived, stay.left or stay.to_date)})


def _said(place: str, first: date, last: date) -> Sentence:
    said = _("Was at %(place)s from %(first)s to %(last)s already.")
    return said % {"place": place, "first": first.isoformat(), "last": last.isoformat()}


def typed(past: PastFacts) -> dict[str, Any]:
    """Return the columns of what was typed."""
    words = {name: getattr(past, name).strip() for name in ("place", "department", "letter_number")}
    return asdict(past) | words


def _move(
    name: str, actor: Actor, at: datetime, key: str | None, ident: str, version: int | None, **more: Any
) -> PastService:
    moved: PastService = engine.move(flow.PASTS, ident, name=name, actor=actor, at=at, key=key, version=version, **more)
    figures.ask([moved.person_id], at)
    return moved
