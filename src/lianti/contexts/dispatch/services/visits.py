"""Visits to the posted: noted with what was heard, and what follows from it settled by whoever owns it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import checks
from lianti.contexts.dispatch.domain.facts import VisitFacts
from lianti.contexts.dispatch.models import CareVisit, Posting, Visited
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid, Sentence


def note_visit(
    *, actor: Actor, at: datetime, key: str | None, posting_ids: Sequence[str], visit: VisitFacts
) -> CareVisit:
    """Note a visit to people of one sender at one place; what was heard stays with the house of the visitors.

    Raises NotFound, NotAllowed, Invalid.
    """
    rows: list[Posting] = [flow.POSTINGS.locked(public_id, actor) for public_id in dict.fromkeys(posting_ids)]
    if not rows or len({(row.sender_id, row.recipient_id) for row in rows}) != 1:
        raise Invalid({"people": _("Choose people of one hospital who are posted to one place.")})
    _look(visit, rows[0], at)
    row = CareVisit(
        public_id=ids.new(), sender_id=rows[0].sender_id, recipient_id=rows[0].recipient_id, **_typed(visit)
    )

    def effect(made: CareVisit) -> None:
        Visited.objects.bulk_create(Visited(visit=made, posting=one) for one in rows)

    name = "open_visit" if row.follow_up else "note_visit"
    body = [asdict(visit), sorted(one.pk for one in rows)]
    return engine.create(flow.VISITS, row, name=name, actor=actor, at=at, key=key, body=body, effect=effect)


def settle_visit(
    *, actor: Actor, at: datetime, key: str | None, visit_id: str, note: str, version: int | None = None
) -> CareVisit:
    """Say what came of what was to follow. Raises NotFound, NotAllowed, Conflict, Invalid."""
    moved: CareVisit = engine.move(
        flow.VISITS, visit_id, name="settle", actor=actor, at=at, key=key, version=version, note=note
    )
    return moved


def _look(visit: VisitFacts, row: Posting, at: datetime) -> None:
    wrong: dict[str, Sentence] = {}
    if visit.day > shanghai_day(at):
        wrong["day"] = checks.NOT_YET
    if not visit.visitors.strip() or len(visit.visitors) > 200:
        wrong["visitors"] = _("Say who visited, in at most 200 characters.")
    if len(visit.heard) > 2000:
        wrong["heard"] = _("This is too long.")
    if len(visit.follow_up) > 400:
        wrong["follow_up"] = _("This is too long.")
    if bool(visit.follow_up.strip()) != (visit.owner_id is not None):
        wrong["owner"] = _("Say who sees to what follows, where something does.")
    elif visit.owner_id is not None and visit.owner_id not in {row.sender_id, row.recipient_id}:
        wrong["owner"] = _("Choose one of these.")
    if wrong:
        raise Invalid(wrong)


def _typed(visit: VisitFacts) -> dict[str, object]:
    given = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(visit).items()}
    return given if given["follow_up"] else given | {"due": None}
