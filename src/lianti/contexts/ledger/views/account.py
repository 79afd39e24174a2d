"""The page of one account: what was promised, what was done, by period, month and level, and the entries."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import labels, queries
from lianti.contexts.ledger.views.entry import moment, source_url
from lianti.contexts.ledger.views.listing import COLUMNS, entry_line
from lianti.contexts.ledger.views.moving import today
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Fact, Head
from lianti.lib.web.templatetags.web import quantity


@door()
def account(request: Request, public_id: str) -> HttpResponse:
    """Show an account."""
    page = queries.account(request.actor, public_id, today=today(), after=request.GET.get("after"))
    found = page.account
    standing = found.standing
    context = {
        "head": Head(
            title=found.label,
            kind=_("Account"),
            state=standing,
            label=labels.STANDINGS[standing],
            tone=labels.STANDING_TONES[standing],  # type: ignore[arg-type]  # one of the five
            giver=page.giver,
            receiver=page.receiver,
            back=source_url(found.source_kind, found.source_public_id) or reverse("ledger:list"),
            back_label=_("Where it comes from"),
        ),
        "facts": _facts(page),
        "story": [moment(step) for step in page.story],
        "columns": COLUMNS,
        "rows": [entry_line(row) for row in page.listed.rows],
        "more": page.listed.more,
        "figures": figures(found),
        "periods": [_period(found, period) for period in reversed(found.periods)] if found.amount is not None else [],
        "months": months(found),
        "account": found,
    }
    return render(request, "ledger/account.html", context)


def _facts(page: queries.AccountPage) -> list[Fact]:
    found = page.account
    kinds = "、".join(labels.kind_name(code) for code in found.kinds)
    return [
        Fact(_("Promised"), promise_words(found)),
        Fact(_("From"), found.from_date or _("not agreed")),
        Fact(_("To"), found.to_date or _("not agreed")),
        Fact(_("Fulfilled by"), kinds or _("only entries that name it"), wide=True),
        Fact(_("Last given"), page.last_day),
        Fact(_("State"), labels.ACCOUNT_STATES["open" if found.open else "closed"]),
    ]


def promise_words(found: queries.Fulfilment) -> str:
    """Say what is owed: 12 sessions a year, or that no amount is agreed."""
    if found.amount is None:
        return str(labels.STANDINGS["no_amount"])
    return f"{quantity(found.amount)} {labels.unit_name(found.unit)} {labels.PERIODS[found.per]}"


def figures(found: queries.Fulfilment) -> list[dict[str, Any]]:
    """Give done beside promised for each unit, the account's own first."""
    if found.amount is not None:
        return [{"unit": labels.unit_name(found.unit), "done": found.done, "promised": decimal(found.promised)}]
    return [{"unit": labels.unit_name(unit), "done": done, "promised": None} for unit, done in found.units]


def decimal(value: Any) -> Decimal | None:
    """Give an exact fraction as a number for the eye."""
    if value is None:
        return None
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"))


def _period(found: queries.Fulfilment, period: queries.PeriodStanding) -> dict[str, Any]:
    sums = period.by_unit.get(found.unit, queries.Sums())
    return {
        "first": period.period.first,
        "last": period.period.last,
        "owed": decimal(period.period.owed),
        "due": decimal(period.due),
        "sums": sums,
        "counted": sums.counted(),
        "standing": period.standing,
        "label": labels.STANDINGS[period.standing],
        "tone": labels.STANDING_TONES[period.standing],
    }


def months(found: queries.Fulfilment) -> list[dict[str, Any]]:
    """Give what stands by month and unit, by level side by side, latest first."""
    return [
        {
            "month": month,
            "url": f"{reverse('ledger:list')}?account={found.public_id}&month={month:%Y-%m}",
            "unit": labels.unit_name(unit),
            "sums": sums,
            "counted": sums.counted(),
        }
        for (month, unit), sums in sorted(found.months.items(), reverse=True)
    ]
