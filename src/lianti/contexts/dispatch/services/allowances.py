"""Allowances: rates by day, a sheet a month, frozen when it is issued; nothing is paid here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import checks
from lianti.contexts.dispatch.models import AllowanceDeduction, AllowanceLine, AllowanceRate, AllowanceSheet, Posting
from lianti.contexts.dispatch.queries import paid
from lianti.contexts.dispatch.states import AllowanceState, PostingKind
from lianti.kernel import numbers
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import next_month, shanghai_day
from lianti.lib.errors import Conflict, Invalid, Sentence

SERIES = "BZ"
MOST_CENTS = 1_000_000  # for one day


@dataclass(frozen=True)
class RateFacts:
    """What a counted day is worth; kind and region '' for all of them."""

    cents: int
    from_date: date
    kind: str = ""
    region: str = ""
    basis: str = ""


def set_rate(*, actor: Actor, at: datetime, key: str | None, rate: RateFacts) -> AllowanceRate:
    """Say what a counted day is worth from a day on. Raises NotAllowed, Invalid."""
    wrong: dict[str, Sentence] = {}
    if not 0 < rate.cents <= MOST_CENTS:
        wrong["yuan"] = _("Give an amount of at most 10,000 yuan a day.")
    if rate.kind not in {"", *PostingKind}:
        wrong["kind"] = _("Choose one of these.")
    if len(rate.region) > 120:
        wrong["region"] = _("This is too long.")
    if len(rate.basis) > 200:
        wrong["basis"] = _("This is too long.")
    if wrong:
        raise Invalid(wrong)
    row = AllowanceRate(public_id=ids.new(), institution_id=actor.tenant_id, **asdict(rate))
    return engine.create(flow.RATES, row, name="set_rate", actor=actor, at=at, key=key, body=asdict(rate))


def end_rate(
    *, actor: Actor, at: datetime, key: str | None, rate_id: str, to_date: date, version: int | None = None
) -> AllowanceRate:
    """Name the last day of a rate; days before keep it. Raises NotFound, NotAllowed, Conflict, Invalid."""

    def effect(row: AllowanceRate) -> None:
        if to_date < row.from_date:
            raise Invalid({"to_date": checks.END_FIRST})

    moved: AllowanceRate = engine.move(
        flow.RATES, rate_id, name="end_rate", actor=actor, at=at, key=key, version=version,
        fields={"to_date": to_date}, facts={"until": to_date.isoformat()}, effect=effect,
    )  # fmt: skip
    return moved


def draft_sheet(*, actor: Actor, at: datetime, key: str | None, month: date) -> AllowanceSheet:
    """Count a month that has ended, and what differs of months issued before. Raises NotAllowed, Conflict, Invalid."""
    month, today = month.replace(day=1), shanghai_day(at)
    flow.ALLOWANCES.table.may(actor, "dispatch.allowance", AllowanceSheet(sender_id=actor.tenant_id))
    if next_month(month) > today:
        raise Invalid({"month": _("This month has not ended yet.")})
    sheets = AllowanceSheet.objects.filter(sender=actor.tenant_id).exclude(state=AllowanceState.DROPPED)
    if sheets.filter(month=month).exists():
        raise Conflict(_("This month has its sheet already. What turns out otherwise stands on the next one."))
    if sheets.filter(state=AllowanceState.DRAFTED).exists():
        raise Conflict(_("Another sheet is not issued yet. Issue it first, or drop it."))
    number = numbers.take(SERIES, at)
    row = AllowanceSheet(public_id=ids.new(), number=number, sender_id=actor.tenant_id, month=month)

    def effect(made: AllowanceSheet) -> None:
        _count(made, actor, today)

    return engine.create(
        flow.ALLOWANCES, row, name="draft_sheet", actor=actor, at=at, key=key, body=month.isoformat(), effect=effect
    )


def recount_sheet(
    *, actor: Actor, at: datetime, key: str | None, sheet_id: str, version: int | None = None
) -> AllowanceSheet:
    """Count a sheet anew that is not issued yet. Raises NotFound, NotAllowed, Conflict."""

    def effect(row: AllowanceSheet) -> None:
        _count(row, actor, shanghai_day(at))

    return _move("recount_sheet", actor, at, key, sheet_id, version, effect=effect)


def deduct(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    sheet_id: str,
    person_id: int,
    cents: int,
    note: str = "",
    version: int | None = None,
) -> AllowanceSheet:
    """Keep back an amount of somebody's allowance, with the reason; nothing takes it away again. Raises Invalid."""
    if not 0 <= cents <= MOST_CENTS * 31:
        raise Invalid({"yuan": _("Give an amount of at most 310,000 yuan.")})
    if cents and (not note.strip() or len(note) > 120):
        raise Invalid({"note": _("Say why, in at most 120 characters.")})

    def effect(row: AllowanceSheet) -> None:
        if not AllowanceLine.objects.filter(sheet=row.pk, person=person_id).exists():
            raise Invalid({"person": _("Choose somebody who stands on this sheet.")})
        AllowanceDeduction.objects.filter(sheet=row.pk, person=person_id).delete()
        if cents:
            AllowanceDeduction.objects.create(sheet=row, person_id=person_id, cents=cents, note=note.strip())

    facts = {"who": [f"#{person_id}"], "yuan": f"{cents / 100:.2f}"}
    return _move("deduct", actor, at, key, sheet_id, version, facts=facts, note=note.strip(), effect=effect)


def issue_sheet(
    *, actor: Actor, at: datetime, key: str | None, sheet_id: str, version: int | None = None
) -> AllowanceSheet:
    """Freeze a sheet for finance. Days that changed since it was counted are a Conflict. Raises as every move."""
    today = shanghai_day(at)

    def effect(row: AllowanceSheet) -> dict[str, Any]:
        kept = AllowanceLine.objects.filter(sheet=row.pk)
        stands = {(line.posting_id, line.month, line.rate): line.days for line in kept}
        if stands != paid.open_lines(actor, row.sender_id, row.month, today):
            raise Conflict(_("Days or rates have changed since it was counted. Count it anew, then issue it."))
        if not stands:
            raise Conflict(_("Nothing stands on this sheet."))
        return {"issued": today}

    return _move("issue_sheet", actor, at, key, sheet_id, version, effect=effect)


def drop_sheet(
    *, actor: Actor, at: datetime, key: str | None, sheet_id: str, note: str, version: int | None = None
) -> AllowanceSheet:
    """Drop a sheet that was not issued, with the reason. Raises NotFound, NotAllowed, Conflict, Invalid."""
    return _move("drop_sheet", actor, at, key, sheet_id, version, note=note)


def _count(row: AllowanceSheet, actor: Actor, today: date) -> None:
    found = paid.open_lines(actor, row.sender_id, row.month, today)
    people = dict(Posting.objects.filter(pk__in={posting for posting, _m, _r in found}).values_list("pk", "person"))
    AllowanceLine.objects.filter(sheet=row.pk).delete()
    AllowanceLine.objects.bulk_create(
        AllowanceLine(
            sheet=row, posting_id=posting, person_id=people[posting], month=month, days=days, rate=rate,
            cents=days * rate,
        )
        for (posting, month, rate), days in found.items()
    )  # fmt: skip
    AllowanceDeduction.objects.filter(sheet=row.pk).exclude(person__in=set(people.values())).delete()


def _move(
    name: str, actor: Actor, at: datetime, key: str | None, ident: str, version: int | None, **more: Any
) -> AllowanceSheet:
    moved: AllowanceSheet = engine.move(
        flow.ALLOWANCES, ident, name=name, actor=actor, at=at, key=key, version=version, **more
    )
    return moved
