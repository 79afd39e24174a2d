"""The week list of a receiving institution: clinics opened, changed, said otherwise for a day, ended."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import checks
from lianti.contexts.dispatch.domain.facts import ClinicFacts, ClinicWord
from lianti.contexts.dispatch.models import Clinic, ClinicDay, Posting
from lianti.contexts.dispatch.services import people
from lianti.contexts.dispatch.states import HERE, ClinicHeld, HalfDay, PostingState
from lianti.contexts.network import queries as network
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, Sentence

SITS = HERE | {PostingState.ORDERED}


def open_clinic(*, actor: Actor, at: datetime, key: str | None, posting_id: str, clinic: ClinicFacts) -> Clinic:
    """Open a clinic of somebody posted here. Raises NotFound, NotAllowed, Conflict, Invalid."""
    posting: Posting = flow.POSTINGS.locked(posting_id, actor)
    if posting.state not in SITS:
        raise Conflict(_("This posting has ended, or has not been ordered yet."))
    _look(clinic, posting)
    row = Clinic(
        public_id=ids.new(),
        posting=posting,
        person_id=posting.person_id,
        sender_id=posting.sender_id,
        recipient_id=posting.recipient_id,
        **_typed(clinic),
    )

    def effect(made: Clinic) -> None:
        with people.for_the_sender(posting, actor):
            if (where := busy(made, made.person_id, made.from_date, made.to_date)) is not None:
                raise Invalid({"weekday": where})

    return engine.create(
        flow.CLINICS, row, name="open_clinic", actor=actor, at=at, key=key, body=asdict(clinic), effect=effect
    )


def edit_clinic(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    clinic_id: str,
    name: str,
    room: str = "",
    version: int | None = None,
) -> Clinic:
    """Put name and room right; another half-day is another clinic. Raises NotFound, NotAllowed, Conflict, Invalid."""
    if not name.strip() or len(name) > 80 or len(room) > 80:
        raise Invalid({"name": _("Give a name of at most 80 characters.")})
    fields = {"name": name.strip(), "room": room.strip()}
    return _move("edit_clinic", actor, at, key, clinic_id, version, fields=fields)


def say_day(
    *, actor: Actor, at: datetime, key: str | None, clinic_id: str, word: ClinicWord, version: int | None = None
) -> Clinic:
    """Say of one day that there is no clinic, who covers, or that it is held; or take back what was said.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    if word.held not in {"", *ClinicHeld}:
        raise Invalid({"held": _("Choose one of these.")})
    if (word.held == ClinicHeld.COVERED) != (word.cover_id is not None):
        raise Invalid({"cover": _("Say who covers, where somebody does.")})

    note = word.note.strip()[:120]

    def effect(row: Clinic) -> None:
        if word.day.isoweekday() != row.weekday or word.day < row.from_date or word.day > (row.to_date or word.day):
            raise Invalid({"day": _("There is no clinic on this day.")})
        if word.cover_id is not None:
            _look_at_cover(row, word, actor)
        ClinicDay.objects.filter(clinic=row.pk, day=word.day).delete()
        if word.held:
            held = {"held": word.held, "cover_id": word.cover_id, "note": note}
            ClinicDay.objects.create(clinic=row, day=word.day, **held)

    facts = {"day": word.day.isoformat(), "held": word.held, "cover": [f"#{word.cover_id}"] if word.cover_id else []}
    return _move("say_day", actor, at, key, clinic_id, version, facts=facts, note=note, effect=effect)


def end_clinic(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    clinic_id: str,
    to_date: date,
    note: str = "",
    version: int | None = None,
) -> Clinic:
    """Name the last day of a clinic; the weeks before keep it. Raises NotFound, NotAllowed, Conflict, Invalid."""

    def effect(row: Clinic) -> None:
        if to_date < row.from_date:
            raise Invalid({"to_date": checks.END_FIRST})

    fields, facts = {"to_date": to_date}, {"until": to_date.isoformat()}
    return _move("end_clinic", actor, at, key, clinic_id, version, fields=fields, facts=facts, note=note, effect=effect)


def busy(row: Clinic, person_id: int, first: date, last: date | None) -> Sentence | None:
    """Say where somebody sits at that half-day already, at whatever institution. Asked as the sender.

    Clinics of which the days do not meet stand in nobody's way; nor do those of a posting that has ended.
    """
    others = Clinic.objects.filter(person=person_id, weekday=row.weekday, half=row.half).exclude(pk=row.pk)
    others = others.filter(Q(to_date=None) | Q(to_date__gte=first))
    if last is not None:
        others = others.filter(from_date__lte=last)
    found = others.filter(Q(posting__left=None) | Q(posting__left__gte=first)).order_by("from_date").first()
    if found is None:
        return None
    place = network.institution_by_id(found.recipient_id).short_name
    return _("Sits at %(place)s at that time already: %(name)s.") % {"place": place, "name": found.name}


def _look_at_cover(row: Clinic, word: ClinicWord, actor: Actor) -> None:
    if word.cover_id == row.person_id:
        raise Invalid({"cover": _("Nobody covers for themselves.")})
    posting = Posting.objects.get(pk=row.posting_id)
    with people.for_the_sender(posting, actor):
        if word.cover_id is not None and (where := busy(row, word.cover_id, word.day, word.day)) is not None:
            raise Invalid({"cover": where})


def _look(clinic: ClinicFacts, posting: Posting) -> None:
    wrong: dict[str, Sentence] = {}
    if clinic.weekday not in range(1, 8):
        wrong["weekday"] = _("Choose one of these.")
    if clinic.half not in set(HalfDay):
        wrong["half"] = _("Choose one of these.")
    if not clinic.name.strip() or len(clinic.name) > 80:
        wrong["name"] = _("Give a name of at most 80 characters.")
    if len(clinic.room) > 80:
        wrong["room"] = _("This is too long.")
    if clinic.to_date is not None and clinic.to_date < clinic.from_date:
        wrong["to_date"] = checks.END_FIRST
    if clinic.from_date < (posting.arrived or posting.from_date):
        wrong["from_date"] = _("This is before the first day of the posting.")
    if wrong:
        raise Invalid(wrong)


def _typed(clinic: ClinicFacts) -> dict[str, Any]:
    return asdict(clinic) | {"name": clinic.name.strip(), "room": clinic.room.strip()}


def _move(
    name: str, actor: Actor, at: datetime, key: str | None, ident: str, version: int | None, **more: Any
) -> Clinic:
    moved: Clinic = engine.move(flow.CLINICS, ident, name=name, actor=actor, at=at, key=key, version=version, **more)
    return moved
