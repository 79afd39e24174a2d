"""What the desk notes of who can be sent: year of application, volunteers, exemptions, licences; quotas of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain.facts import Licence, QuotaLine
from lianti.contexts.dispatch.domain.turns import TurnFacts, turn
from lianti.contexts.dispatch.models import Batch, Candidate, Quota
from lianti.contexts.dispatch.services import figures
from lianti.contexts.dispatch.states import Exemption
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid, Sentence

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_LINES = 200


def note_candidate(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    candidate_id: str,
    applying: int = 0,
    licence: Licence = Licence(),  # noqa: B008 - frozen
    version: int | None = None,
) -> Candidate:
    """Note when somebody applies for promotion (0: not known) and what their licence says.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    wrong: dict[str, Sentence] = {}
    if applying and not FIRST_YEAR <= applying <= LAST_YEAR:
        wrong["applying"] = _("Give a year with four digits.")
    most = {"number": 40, "scope": 120, "filing": 120}
    wrong |= {name: _("This is too long.") for name, n in most.items() if len(getattr(licence, name)) > n}
    if wrong:
        raise Invalid(wrong)
    fields = {
        "applying": applying,
        "licence_number": licence.number.strip(),
        "licence_scope": licence.scope.strip(),
        "licence_until": licence.until,
        "licence_filing": licence.filing.strip(),
    }
    return _move("note", actor, at, key, candidate_id, version, fields, {"applying": str(applying or "")})


def volunteer(
    *, actor: Actor, at: datetime, key: str | None, candidate_id: str, day: date, version: int | None = None
) -> Candidate:
    """Note that somebody has volunteered, on a day that has come. Raises NotFound, NotAllowed, Conflict, Invalid."""
    if day > shanghai_day(at):
        raise Invalid({"day": _("This day has not come yet.")})
    told = {"volunteered": day.isoformat()}
    return _move("volunteer", actor, at, key, candidate_id, version, {"volunteered": day}, told)


def stand_back(
    *, actor: Actor, at: datetime, key: str | None, candidate_id: str, note: str = "", version: int | None = None
) -> Candidate:
    """Take somebody's name off the volunteers. Raises NotFound, NotAllowed, Conflict."""
    return _move("stand_back", actor, at, key, candidate_id, version, {"volunteered": None}, {}, note)


def exempt(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    candidate_id: str,
    reason: str,
    basis: str,
    until: date | None = None,
    version: int | None = None,
) -> Candidate:
    """Note that somebody owes no service before promotion: why, on what basis, until when (None: for good).

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    wrong: dict[str, Sentence] = {}
    if reason not in set(Exemption):
        wrong["reason"] = _("Choose one of these.")
    if not basis.strip() or len(basis) > 200:
        wrong["basis"] = _("This is needed, in at most %(most)s characters.") % {"most": 200}
    if until is not None and until < shanghai_day(at):
        wrong["until"] = _("This day is over already.")
    if wrong:
        raise Invalid(wrong)
    fields = {"exempt_reason": reason, "exempt_basis": basis.strip(), "exempt_until": until}
    return _move("exempt", actor, at, key, candidate_id, version, fields, {"until": until.isoformat() if until else ""})


def lift_exemption(
    *, actor: Actor, at: datetime, key: str | None, candidate_id: str, note: str = "", version: int | None = None
) -> Candidate:
    """Note that an exemption holds no more. Raises NotFound, NotAllowed, Conflict."""
    fields = {"exempt_reason": "", "exempt_basis": "", "exempt_until": None}
    return _move("lift", actor, at, key, candidate_id, version, fields, {}, note)


def allot(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    batch_id: str,
    quotas: Sequence[QuotaLine],
    version: int | None = None,
) -> Batch:
    """Say how many people each department is to name for a batch, in place of what was said before.

    Raises NotFound, NotAllowed, Conflict, Invalid at '<line>-<field>'.
    """
    names = [one.department.strip() for one in quotas]
    wrong: dict[str, Sentence] = {}
    for number, one in enumerate(quotas):
        if not names[number] or len(names[number]) > 120 or names[number] in names[:number]:
            wrong[f"{number}-department"] = _("Name each department once.")
        if not 0 < one.people <= 999:
            wrong[f"{number}-people"] = _("Give a number from 1 to 999.")
    if len(quotas) > MOST_LINES:
        wrong["quotas"] = _("At most %(most)s lines at once.") % {"most": MOST_LINES}
    if wrong:
        raise Invalid(wrong)

    def effect(batch: Batch) -> None:
        Quota.objects.filter(batch=batch.pk).delete()
        Quota.objects.bulk_create(
            Quota(batch=batch, department=name, people=one.people) for name, one in zip(names, quotas, strict=True)
        )

    # What each department is asked for is the sender's own matter: the story, which recipients read too, is silent.
    moved: Batch = engine.move(
        flow.BATCHES, batch_id, name="allot", actor=actor, at=at, key=key, version=version, effect=effect
    )
    return moved


def _move(
    name: str,
    actor: Actor,
    at: datetime,
    key: str | None,
    ident: str,
    version: int | None,
    fields: dict[str, Any],
    facts: dict[str, Any],
    note: str = "",
) -> Candidate:
    def effect(row: Candidate) -> dict[str, Any]:
        exempts = {"exempt": True, "lift": False}.get(name, figures.is_exempt(row, today))
        return {"turn": turn(TurnFacts(row.volunteered is not None, exempts, row.away, row.lacking))}

    today = shanghai_day(at)

    moved: Candidate = engine.move(
        flow.CANDIDATES, ident, name=name, actor=actor, at=at, key=key, version=version, fields=fields, facts=facts,
        note=note, effect=effect,
    )  # fmt: skip
    return moved
