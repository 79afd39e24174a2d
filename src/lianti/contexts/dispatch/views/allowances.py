"""Pages of allowances: what a day is worth, and the sheet of a month for finance."""

from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import services, words
from lianti.contexts.dispatch.forms import allowances as forms
from lianti.contexts.dispatch.forms import said
from lianti.contexts.dispatch.queries import allowances as reading
from lianti.contexts.dispatch.queries.allowances import ALLOWANCE, RATE, AllowanceAsks, PayPage, RateAsks
from lianti.contexts.dispatch.words import iso
from lianti.kernel import access
from lianti.lib.dates import add_months, shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Fact
from lianti.records import cells, exporting, lists
from lianti.records.entering import Entry
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, typed
from lianti.records.reading import Plain

SET = Entry(RATE, "set_rate", _("What a day is worth"), _("Keep the allowance"))
DRAFT = Entry(ALLOWANCE, "draft_sheet", _("Count the allowances of a month"), _("Count the month"))

RATES = lists.register(
    RecordList(
        RATE,
        columns=(
            Column("what", _("For whom"), cells.RECORD),
            Column("yuan", _("Yuan a day"), cells.MONEY, labelled=True),
            Column("time", _("Time"), cells.SPAN, order="latest"),
            Column("basis", _("Basis of the allowance"), cells.TEXT),
            Column("state", _("State"), cells.STATE),
        ),
        asked=RateAsks,
        orders={"latest": Order(lists.LATEST_FIRST, ("-from_date", "-id"))},
        source=Plain(),
        rows=reading.rate_rows,
        empty=(_("No allowances here"), _("What a counted day is worth, from when on, stands here.")),
        starts=(
            Start(_("Set an allowance"), "/dispatch/rates/new/", reading.may_pay),
            Start(ALLOWANCE.words.many, ALLOWANCE.base, beside=True),
        ),
    )
)
RATE_PAGE: RecordPage[Any] = RecordPage(
    RATE,
    template="records/record.html",
    ident="rate_id",
    read=reading.rate_page,
    facts=lambda row: [
        Fact(_("For whom"), reading.rate_words(row)),
        Fact(_("Yuan a day"), f"¥ {reading.yuan(row.cents):.2f}"),
        Fact(_("From"), iso(row.from_date)),
        Fact(_("To"), iso(row.to_date)),
        Fact(_("Basis of the allowance"), row.basis),
    ],
    acts={"end_rate": Act(services.end_rate, typed(forms.EndRate))},
)

SHEETS = lists.register(
    RecordList(
        ALLOWANCE,
        columns=(
            Column("sheet", _("Month"), cells.RECORD),
            Column("people", _("People"), cells.QUANTITY, labelled=True),
            Column("yuan", _("To be paid"), cells.MONEY, labelled=True),
            Column("issued", _("Issued to finance on"), cells.DAY),
            Column("state", _("State"), cells.STATE),
        ),
        asked=AllowanceAsks,
        orders={"latest": Order(lists.LATEST_FIRST, ("-month", "-id"))},
        source=Plain(),
        rows=reading.sheet_rows,
        empty=(_("No allowance sheets here"), _("The sheet of each month, for finance, stands here.")),
        starts=(
            Start(_("Count a month"), "/dispatch/allowances/new/", reading.may_pay),
            Start(RATE.words.many, RATE.base, beside=True),
        ),
    )
)


def _facts(page: PayPage) -> list[Fact]:
    return [
        Fact(_("Month"), f"{page.sheet.month:%Y-%m}"),
        Fact(_("People"), str(len(page.people))),
        Fact(_("To be paid"), f"¥ {page.total:,.2f}"),
        Fact(_("Issued to finance on"), iso(page.sheet.issued)),
    ]


SHEET_PAGE: RecordPage[PayPage] = RecordPage(
    ALLOWANCE,
    template="dispatch/allowance.html",
    ident="sheet_id",
    read=lambda actor, row: reading.sheet_page(actor, row, shanghai_day(timezone.now())),
    facts=_facts,
    acts={
        "issue_sheet": Act(services.issue_sheet, offered=lambda page: bool(page.people) and not page.changed),
        "recount_sheet": Act(services.recount_sheet),
        "deduct": Act(services.deduct, forms.Deduct.of, forms.Deduct.given, offered=lambda page: bool(page.people)),
        "drop_sheet": Act(services.drop_sheet, typed(said.Reason)),
    },
)


@door(methods=("GET", "POST"))
def new_rate(request: Request) -> HttpResponse:
    """Say what a counted day is worth."""
    may = reading.may_pay(request.actor)
    initial = {"from_date": shanghai_day(timezone.now()).replace(day=1)}
    form = forms.SetRate(request.POST or None, reading.known_regions(request.actor), initial=initial)
    note = "" if may else _("Office and coordinator of the institution that pays keep this.")
    return SET.show(request, form, lambda told: services.set_rate(**told, rate=form.facts()), note=note)


@door(methods=("GET", "POST"))
def new_sheet(request: Request) -> HttpResponse:
    """Count a month."""
    last = add_months(shanghai_day(timezone.now()).replace(day=1), -1)
    form = forms.DraftSheet(request.POST or None, initial={"month": last})
    note = "" if reading.may_pay(request.actor) else _("Office and coordinator of the institution that pays keep this.")
    return DRAFT.show(
        request, form, lambda told: services.draft_sheet(**told, month=form.cleaned_data["month"]), note=note
    )


@door(methods=("POST",))
def finance(request: Request, public_id: str) -> HttpResponse:
    """Hand out the sheet as a workbook for finance, with a column for the signature."""
    row, now = ALLOWANCE.visible(request.actor).one(public_id), timezone.now()
    page, file = reading.sheet_page(request.actor, row, shanghai_day(now)), BytesIO()
    access.note(request.actor, kind=ALLOWANCE.code, public_id=public_id, why="export xlsx", at=now)
    exporting.plainly(file, f"{words.ALLOWANCE.one} {row.month:%Y-%m}", reading.for_finance(page), "xlsx")
    return exporting.handed(file, f"allowance-{row.month:%Y-%m}", "xlsx")


@door()
def paper(request: Request, public_id: str) -> HttpResponse:
    """Show the sheet as it goes on paper, with a column for the signature."""
    row = ALLOWANCE.visible(request.actor).one(public_id)
    page = reading.sheet_page(request.actor, row, shanghai_day(timezone.now()))
    context = {"page": page, "title": ALLOWANCE.words.one, "number": row.number, "back": ALLOWANCE.url(public_id)}
    return render(request, "dispatch/allowance_paper.html", context)
