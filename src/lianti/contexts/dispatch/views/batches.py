"""Pages of batches: their list, one of each, its letters."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import queries, services, words
from lianti.contexts.dispatch.forms import batches as forms
from lianti.contexts.dispatch.forms import candidates, said
from lianti.contexts.dispatch.queries import BATCH, KIND, StaffBatchPage
from lianti.contexts.dispatch.states import BatchState
from lianti.contexts.dispatch.views import drawn, postings
from lianti.contexts.dispatch.views.postings import PLAN
from lianti.contexts.dispatch.words import iso
from lianti.contexts.network import queries as network
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Fact
from lianti.records import cells, listing, lists, taking_in
from lianti.records.asking import Named
from lianti.records.entering import Entry
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, typed
from lianti.records.reading import ByAudience

ENTRY = Entry(BATCH, "plan", _("Plan a batch"), _("Plan the batch"))

BATCHES = lists.register(
    RecordList(
        BATCH,
        columns=(
            Column("batch", BATCH.words.one, cells.RECORD),
            Column("sender", _("Sender"), cells.PLACE),
            Column("kind", _("Kind"), cells.TEXT, wide=True),
            Column("time", _("Time"), cells.SPAN, order="latest"),
            Column("people", _("People"), cells.QUANTITY, labelled=True),
            Column("state", _("State"), cells.STATE),
        ),
        asked=queries.BatchAsks,
        orders={"latest": Order(lists.LATEST_FIRST, ("-from_date", "-id"))},
        source=ByAudience("from_date"),
        rows=queries.batch_rows,
        empty=(_("No batches here"), _("People who are sent together, with the papers that made it so, stand here.")),
        starts=(PLAN, Start(KIND.words.many, KIND.base, beside=True)),
    )
)


def _batch_facts(page: StaffBatchPage) -> list[Fact]:
    row = page.batch
    letter = " ".join(filter(None, (row.letter_number, iso(row.letter_date))))
    return [
        Fact(_("Kind"), words.KINDS[row.kind]),
        Fact(_("Time"), f"{row.from_date} – {row.to_date}"),
        network.relation_fact(page.relation),
        *(_before_the_letter(page) if page.own else []),
        Fact(_("Letter"), letter),
        Fact(_("Basis of the letter"), row.letter_basis),
        Fact(_("Leader of the batch"), page.leader.name if page.leader else ""),
    ]


def _before_the_letter(page: StaffBatchPage) -> list[Fact]:
    row = page.batch
    public = f"{row.public_from} – {row.public_to}" if row.public_from else ""
    return [
        Fact(_("Number of the quota letter"), row.quota_number),
        Fact(_("Departments name people by"), iso(row.quota_due)),
        Fact(pgettext_lazy("dispatch", "Minutes"), " ".join(filter(None, (row.minutes_number, iso(row.minutes_date))))),
        Fact(_("Public notice"), " ".join(filter(None, (public, row.public_place)))),
    ]


def _of_the_batch(request: Request, page: StaffBatchPage) -> dict[str, Any]:
    asked = queries.PostingAsks(show="all", batch=Named(page.batch.pk, page.batch.public_id, page.batch.name))
    batch, today = page.batch, shanghai_day(timezone.now())
    demands = queries.judged(batch, page.relation, today) if page.own else []
    going = [one.who.id for one in page.nominated]
    people = listing.part(request, postings.LIST, asked, even_empty=True)
    return {
        "people": people,
        "named": _has_people(page) or page.batch.state in (BatchState.ORDERED, BatchState.CLOSED),
        "demands": demands,
        "doubles": queries.doubles_around(request.actor, going, today, batch.from_date, batch.to_date),
        "may_fill": queries.may_fill(request.actor, page),
        "drawn": drawn.links(request, page.batch.public_id),
    }


def _has_people(page: StaffBatchPage) -> bool:
    return bool(page.nominated)


BATCH_PAGE: RecordPage[StaffBatchPage] = RecordPage(
    BATCH,
    template="dispatch/batch.html",
    ident="batch_id",
    read=queries.batch_page,
    facts=_batch_facts,
    acts={
        "receive": Act(services.receive, forms.Receive.of, offered=lambda page: bool(page.expected)),
        "name_people": Act(services.name_people, forms.NamePeople.of, forms.NamePeople.given),
        "allot": Act(services.allot, candidates.Allot.of, candidates.Allot.given),
        "check": Act(services.check, forms.Check.of, offered=_has_people),
        "decide": Act(services.decide, forms.Decide.of, offered=_has_people),
        "publicise": Act(services.publicise, forms.Publicise.of, offered=_has_people),
        "order": Act(services.order, forms.IssueLetter.of, forms.IssueLetter.given, offered=_has_people),
        "edit": Act(services.edit_batch, forms.EditBatch.of, lambda _page, form: {"batch": form.facts()}),
        "close": Act(services.close, typed(said.Note)),
        "withdraw": Act(services.withdraw, typed(said.Reason)),
    },
    more=_of_the_batch,
)


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Plan a batch."""
    relations = queries.relations_to_send(request.actor)
    wanted = {name: request.GET.get(name, "") for name in ("relation", "from_date", "to_date")}
    form = forms.PlanBatch(request.POST or None, relations, initial=wanted)
    note = "" if relations else _("Your institution has no relation in which it could send people.")
    more = {} if relations else network.way_to_bind(request.actor)
    return ENTRY.show(request, form, lambda told: services.plan(**told, batch=form.facts()), note=note, more=more)


@door(methods=("GET", "POST"))
def people_table(request: Request, public_id: str) -> HttpResponse:
    """Name the people of a batch from a table (花名册)."""
    page = queries.batch_to_fill(request.actor, public_id, posted=request.method == "POST")

    def take(told: dict[str, Any], lines: list[Any]) -> str:
        people = [line.nominee() for line in lines]
        services.name_people(**told, batch_id=public_id, people=people)
        messages.success(request, str(BATCH.words.moves["name_people"].done))
        return BATCH.url(public_id)

    note = _("Who is not registered yet: add them on the page of your institution first, from the same table.")
    return taking_in.show(
        request,
        forms.NamePeople.table(page),
        take,
        title=_("Name people from a table"),
        back=BATCH.url(public_id),
        seen=page.batch.version,
        note=note,
    )


@door()
def letter(request: Request, public_id: str) -> HttpResponse:
    """Show the letters of dispatch and the receipts of a batch as they go on paper."""
    batch, found = queries.letters(request.actor, public_id)
    context = {
        "title": _("Letter of dispatch"),
        "number": batch.letter_number or batch.number,
        "back": BATCH.url(public_id),
        "letters": found,
        "draft": not batch.letter_number,
    }
    return render(request, "dispatch/letter.html", context)
