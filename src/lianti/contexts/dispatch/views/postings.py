"""Pages of postings: the roster, and one of each."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import queries, services, words
from lianti.contexts.dispatch.forms import postings as forms
from lianti.contexts.dispatch.forms import said
from lianti.contexts.dispatch.queries import BATCH, KIND, PAST, PostingPage
from lianti.contexts.dispatch.words import iso
from lianti.contexts.network import queries as network
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request
from lianti.lib.web.parts import Fact
from lianti.records import cells, listing, lists
from lianti.records.asking import Named
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, typed
from lianti.records.reading import ByAudience

PLAN = Start(_("Plan a batch"), "/dispatch/batches/new/", queries.may_plan)
BESIDE = (Start(BATCH.words.many, BATCH.base, beside=True), Start(_("Rota"), "/dispatch/rota/", beside=True))

LIST = lists.register(
    RecordList(
        KIND,
        columns=(
            Column("who", pgettext_lazy("dispatch", "Person"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR),
            Column("title", _("Professional title"), cells.TEXT, wide=True),
            Column("place", _("Department there"), cells.TEXT),
            Column("kind", _("Kind"), cells.TEXT, wide=True),
            Column("since", pgettext_lazy("dispatch", "Since"), cells.DAY, order="latest"),
            Column("until", pgettext_lazy("dispatch", "Until"), cells.DEADLINE),
            Column("counted", words.COUNTED, cells.QUANTITY, order="counted", labelled=True),
            Column("phone", pgettext_lazy("dispatch", "Phone"), cells.TEXT),
            Column("state", _("State"), cells.STATE),
        ),
        asked=queries.PostingAsks,
        orders={
            "latest": Order(lists.LATEST_FIRST, ("-from_date", "-id")),
            "oldest": Order(lists.OLDEST_FIRST, ("from_date", "id")),
            "counted": Order(words.MOST_COUNTED, ("-counted_days", "-from_date", "-id")),
        },
        source=ByAudience("from_date", "counted_days"),
        rows=queries.rows,
        empty=(_("Nobody is posted here"), _("Who is sent to whom, since when and until when, stands here.")),
        starts=(
            PLAN,
            Start(PAST.words.one, PAST.base, beside=True),
            Start(_("Calendar feeds"), "/dispatch/feeds/", beside=True),
        ),
    )
)


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
        Fact(_("Reported in on"), iso(row.arrived)),
        Fact(pgettext_lazy("dispatch", "Last day"), iso(row.left)),
        Fact(_("Number of the letter"), row.letter_number),
        Fact(_("Number of the receipt"), row.receipt_number),
        Fact(_("Licence"), " ".join(filter(None, (row.licence_number, iso(row.licence_until))))),
        Fact(BATCH.words.one, batch.name if batch else "", url=BATCH.url(batch.public_id) if batch else ""),
        Fact(_("Follows"), before.number if before else "", url=KIND.url(before.public_id) if before else ""),
        network.relation_fact(page.relation),
    ]


def _counted(request: Request, page: PostingPage) -> dict[str, Any]:
    row, today = page.posting, shanghai_day(timezone.now())
    stay = (row.arrived or row.from_date, row.left or max(row.to_date, today))
    doubles = queries.doubles_around(request.actor, [row.person_id], today, *stay)
    return {"counted": queries.counted(request.actor, page, today), "doubles": doubles}


PAGE: RecordPage[PostingPage] = RecordPage(
    KIND,
    template="dispatch/posting.html",
    ident="posting_id",
    read=queries.posting_page,
    facts=_facts,
    acts={
        "consent": Act(services.consent, typed(said.Note)),
        "report_in": Act(services.report_in, forms.ReportIn.of),
        "return_from_leave": Act(services.return_from_leave, typed(forms.Back)),
        "finish": Act(services.finish, forms.Finish.of),
        "take_leave": Act(services.take_leave, forms.TakeLeave.of, forms.TakeLeave.given),
        "adjust": Act(services.adjust, forms.Adjust.of),
        "extend": Act(services.extend, typed(forms.Extend)),
        "replace": Act(services.replace, forms.Replace.of, forms.Replace.given),
        "edit": Act(services.edit, forms.Place.of, forms.Place.given),
        "recall": Act(services.recall, typed(forms.Recall)),
        "drop": Act(services.drop, typed(said.Reason)),
    },
    more=_counted,
)


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
