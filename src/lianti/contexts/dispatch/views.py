"""Pages of dispatch: the roster, batches, and one of each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import forms, queries, services, words
from lianti.contexts.dispatch.queries import BATCH, KIND, PostingPage, StaffBatchPage
from lianti.contexts.network import queries as network
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Fact
from lianti.records import cells, listing, lists
from lianti.records.asking import Named
from lianti.records.entering import Entry
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, typed
from lianti.records.reading import ByAudience

ENTRY = Entry(BATCH, "plan", _("Plan a batch"), _("Plan the batch"))
_PLAN = Start(ENTRY.title, "/dispatch/batches/new/", queries.may_plan)

LIST = lists.register(
    RecordList(
        KIND,
        columns=(
            Column("who", pgettext_lazy("dispatch", "Person"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR),
            Column("place", _("Department there"), cells.TEXT),
            Column("kind", _("Kind"), cells.TEXT, wide=True),
            Column("since", pgettext_lazy("dispatch", "Since"), cells.DAY, order="latest"),
            Column("until", pgettext_lazy("dispatch", "Until"), cells.DEADLINE),
            Column("state", _("State"), cells.STATE),
        ),
        asked=queries.PostingAsks,
        orders={
            "latest": Order(lists.LATEST_FIRST, ("-from_date", "-id")),
            "oldest": Order(lists.OLDEST_FIRST, ("from_date", "id")),
        },
        source=ByAudience("from_date"),
        rows=queries.rows,
        empty=(_("Nobody is posted here"), _("Who is sent to whom, since when and until when, stands here.")),
        starts=(_PLAN, Start(BATCH.words.many, BATCH.base, beside=True)),
    )
)
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
        starts=(_PLAN, Start(KIND.words.many, KIND.base, beside=True)),
    )
)


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


def _facts(page: PostingPage) -> list[Fact]:
    row, before, batch = page.posting, page.before, page.batch
    person = reverse("network:person", args=[page.person.public_id])
    return [
        Fact(pgettext_lazy("dispatch", "Person"), page.person.name, url=person),
        Fact(
            _("Title and department"),
            " ".join(map(str, filter(None, (page.person.title_label, page.person.department)))),
        ),
        Fact(_("Kind"), words.KINDS[row.kind]),
        Fact(_("Duty there"), words.DUTIES[row.duty]),
        Fact(_("Department there"), row.department),
        Fact(_("Specialty"), row.specialty),
        Fact(_("Planned"), f"{row.from_date} – {row.to_date}"),
        Fact(_("Reported in on"), _iso(row.arrived)),
        Fact(pgettext_lazy("dispatch", "Last day"), _iso(row.left)),
        Fact(_("Number of the letter"), row.letter_number),
        Fact(_("Number of the receipt"), row.receipt_number),
        Fact(_("Licence"), " ".join(filter(None, (row.licence_number, _iso(row.licence_until))))),
        Fact(BATCH.words.one, batch.name if batch else "", url=BATCH.url(batch.public_id) if batch else ""),
        Fact(_("Follows"), before.number if before else "", url=KIND.url(before.public_id) if before else ""),
        network.relation_fact(page.relation),
    ]


def _counted(request: Request, page: PostingPage) -> dict[str, Any]:
    return {"counted": queries.counted(request.actor, page, shanghai_day(timezone.now()))}


PAGE: RecordPage[PostingPage] = RecordPage(
    KIND,
    template="dispatch/posting.html",
    ident="posting_id",
    read=queries.posting_page,
    facts=_facts,
    acts={
        "consent": Act(services.consent, typed(forms.Note)),
        "report_in": Act(services.report_in, forms.ReportIn.of),
        "return_from_leave": Act(services.return_from_leave, typed(forms.Back)),
        "finish": Act(services.finish, forms.Finish.of),
        "hand_over": Act(services.hand_over, typed(forms.HandOver)),
        "take_leave": Act(services.take_leave, forms.TakeLeave.of, forms.TakeLeave.given),
        "extend": Act(services.extend, typed(forms.Extend)),
        "replace": Act(services.replace, forms.Replace.of, forms.Replace.given),
        "edit": Act(services.edit, forms.Place.of, forms.Place.given),
        "recall": Act(services.recall, typed(forms.Recall)),
        "drop": Act(services.drop, typed(forms.Reason)),
    },
    more=_counted,
)


def _batch_facts(page: StaffBatchPage) -> list[Fact]:
    row = page.batch
    letter = " ".join(filter(None, (row.letter_number, _iso(row.letter_date))))
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
        Fact(_("Departments name people by"), _iso(row.quota_due)),
        Fact(
            pgettext_lazy("dispatch", "Minutes"), " ".join(filter(None, (row.minutes_number, _iso(row.minutes_date))))
        ),
        Fact(_("Public notice"), " ".join(filter(None, (public, row.public_place)))),
    ]


def _of_the_batch(request: Request, page: StaffBatchPage) -> dict[str, Any]:
    asked = queries.PostingAsks(show="all", batch=Named(page.batch.pk, page.batch.public_id, page.batch.name))
    demands = queries.judged(page.batch, page.relation) if page.own else []
    return {"people": listing.part(request, LIST, asked, even_empty=True), "demands": demands}


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
        "check": Act(services.check, forms.Check.of, offered=_has_people),
        "decide": Act(services.decide, forms.Decide.of, offered=_has_people),
        "publicise": Act(services.publicise, forms.Publicise.of, offered=_has_people),
        "order": Act(services.order, forms.IssueLetter.of, forms.IssueLetter.given, offered=_has_people),
        "edit": Act(services.edit_batch, forms.EditBatch.of, lambda _page, form: {"batch": form.facts()}),
        "close": Act(services.close, typed(forms.Note)),
        "withdraw": Act(services.withdraw, typed(forms.Reason)),
    },
    more=_of_the_batch,
)


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Plan a batch."""
    relations = queries.relations_to_send(request.actor)
    wanted = request.GET.get("relation", "")
    form = forms.PlanBatch(request.POST or None, relations, initial={"relation": wanted})
    note = "" if relations else _("Your institution has no relation in which it could send people.")
    return ENTRY.show(request, form, lambda told: services.plan(**told, batch=form.facts()), note=note)


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


def relation_panel(request: HttpRequest, subject: Any) -> str:
    """Draw who is posted in a relation; its parties may plan a batch here."""
    actor = getattr(request, "actor", None)
    party = actor is not None and actor.tenant_id in subject.party_ids
    asked = queries.PostingAsks(show="all", relation=Named.of(subject))
    return listing.part(request, LIST, asked, begin=f"relation={subject.public_id}" if party else "")


def institution_panel(request: HttpRequest, subject: Any) -> str:
    """Draw who is posted to an institution or by it."""
    return listing.part(request, LIST, queries.PostingAsks(place=Named.of(subject)))


def person_panel(request: HttpRequest, subject: Any) -> str:
    """Draw where somebody was and is posted."""
    return listing.part(request, LIST, queries.PostingAsks(show="all", person=Named.of(subject)))
