"""What a sheet of allowances is made of: counted days at the rates of their days, less what was issued before."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Sum

from lianti.contexts.dispatch.domain import allowance
from lianti.contexts.dispatch.domain.allowance import Key, Rate, Served
from lianti.contexts.dispatch.models import AllowanceLine, AllowanceRate, AllowanceSheet, Posting
from lianti.contexts.dispatch.queries.people_counted import days_that_count
from lianti.contexts.dispatch.states import AllowanceState
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months, next_month

MONTHS_BACK = 12  # months before the sheet's own whose differences it takes in


def open_lines(actor: Actor, sender_id: int, month: date, today: date) -> dict[Key, int]:
    """Return the lines of a sheet of this month as they stand now. Asked as the sender.

    Its own month, and those issued within a year before it: of these the differences alone.
    """
    earlier = AllowanceSheet.objects.filter(
        sender=sender_id, state=AllowanceState.ISSUED, month__gte=add_months(month, -MONTHS_BACK), month__lt=month
    )
    months = {month, *earlier.values_list("month", flat=True)}
    until = min(next_month(month), today)
    rows = {
        row.pk: row
        for row in Posting.objects.filter(sender=sender_id, arrived__lt=next_month(month)).exclude(left__lt=min(months))
    }
    places = network.institutions_by_id({row.recipient_id for row in rows.values()})
    days = days_that_count(actor, {row.person_id for row in rows.values()}, until)
    served = [
        Served(pk, row.kind, places[row.recipient_id].region, days.get(pk, ())) for pk, row in sorted(rows.items())
    ]
    return allowance.lines(allowance.worth(served, rates_of(sender_id), months), issued(sender_id, months))


def rates_of(institution_id: int) -> list[Rate]:
    """Return what an institution pays, ended rates among it: they hold for the days of then."""
    rows = AllowanceRate.objects.filter(institution=institution_id).order_by("pk")
    return [Rate(row.kind, row.region, row.cents, row.from_date, row.to_date) for row in rows]


def issued(sender_id: int, months: set[date]) -> Counter[Key]:
    """Return the days that were issued for these months, on whatever sheet, by posting, month and rate."""
    rows = AllowanceLine.objects.filter(
        sheet__sender=sender_id, sheet__state=AllowanceState.ISSUED, month__in=months
    ).values_list("posting", "month", "rate")
    return Counter({(posting, month, rate): days for posting, month, rate, days in rows.annotate(n=Sum("days"))})
