"""Pages of needs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements import queries as agreements
from lianti.contexts.ledger.queries import unit_name
from lianti.contexts.needs import forms, queries, services, words
from lianti.contexts.needs.queries import KIND, NeedPage
from lianti.contexts.network import queries as network
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Fact
from lianti.lib.web.templatetags.web import quantity
from lianti.records import cells, listing, lists, tables
from lianti.records.asking import Named
from lianti.records.entering import Entry
from lianti.records.lists import Bulk, Column, Order, RecordList, Start, Sum
from lianti.records.pages import Act, RecordPage, typed
from lianti.records.reading import ByAudience

ENTRY = Entry(KIND, "state", _("State a need"), _("State the need"))
LIST = lists.register(
    RecordList(
        KIND,
        columns=(
            Column("need", _("Need"), cells.RECORD),
            Column("about", _("About"), cells.TEXT, wide=True),
            Column("sides", _("From and to"), cells.PAIR),
            Column("priority", _("Priority"), cells.TEXT, order="age"),
            Column("state", _("State"), cells.STATE),
            Column("stated", _("Stated"), cells.DAY, order="latest"),
            Column("wanted", _("By when"), cells.DAY, wide=True),
        ),
        asked=queries.Asks,
        orders={
            "age": Order(_("By priority and age"), ("priority", "stated_date", "id")),
            "latest": Order(lists.LATEST_FIRST, ("-stated_date", "-id")),
        },
        source=ByAudience("stated_date", "priority"),
        rows=queries.rows,
        empty=(
            _("No needs here"),
            _("What a hospital lacks and asks of its partner stands here until the hospital itself closes it."),
        ),
        starts=(Start(_("State a need"), "/needs/new/", queries.may_state),),
        sums=Sum("amount", "unit", unit_name),
        bulk=(Bulk("accept", services.accept, "need_id"), Bulk("decline", services.decline, "need_id", note=True)),
    )
)


def _facts(page: NeedPage) -> list[Fact]:
    need, relation = page.need, page.relation
    signed = [need.signed_off_duty, need.signed_off_date.isoformat() if need.signed_off_date else ""]
    ranked = need.state not in ("stated", "returned")
    return [
        Fact(_("What is needed"), need.text, wide=True),
        Fact(_("Specialty"), need.specialty),
        Fact(_("How many"), f"{quantity(need.amount)} {unit_name(need.unit)}" if need.amount is not None else ""),
        Fact(_("By when"), need.wanted_by.isoformat() if need.wanted_by else ""),
        Fact(_("Priority"), words.PRIORITIES[need.priority] if ranked else ""),
        Fact(_("Stated"), need.stated_date.isoformat()),
        Fact(_("Signed off by"), " ".join(part for part in signed if part)),
        Fact(_("Entered on its behalf by"), page.entered_by.short_name if page.entered_by else ""),
        network.relation_fact(relation),
        Fact(_("Source"), page.sources, wide=True),
    ]


def _more(request: Request, page: NeedPage) -> dict[str, Any]:
    today = shanghai_day(timezone.now())
    progress = agreements.progress(request.actor, [page.need.pk], today=today, source_kind=KIND.code)
    rows = queries.rows(page.together, request.actor, today) if page.together else []
    together = tables.table(LIST, rows, today) if rows else ""
    return {"need": page.need, "given": progress.get(page.need.pk), "together": together}


PAGE: RecordPage[NeedPage] = RecordPage(
    KIND,
    template="needs/need.html",
    ident="need_id",
    read=queries.need_page,
    facts=_facts,
    acts={
        "accept": Act(services.accept, typed(forms.Accept)),
        "answer": Act(services.answer, forms.Answer.of, lambda page, form: {"plan": form.plan(page)}),
        "restate": Act(services.restate, forms.Restate.of, lambda page, form: form.again(page)),
        "close": Act(services.close, typed(forms.Note)),
        "return": Act(services.return_, typed(forms.Reason)),
        "correct": Act(services.correct, forms.Correct.of, lambda page, form: form.again(page)),
        "decline": Act(services.decline, typed(forms.Reason)),
        "withdraw": Act(services.withdraw, typed(forms.Reason)),
    },
    more=_more,
)


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """State a need, or enter one on behalf of a hospital."""
    addresses = queries.addresses(request.actor)
    wanted = request.GET.get("relation", "")
    first = next((a for a in addresses if a.relation.public_id == wanted), addresses[0] if addresses else None)
    form = forms.State(
        request.POST or None,
        addresses=addresses,
        tenant_id=request.actor.tenant_id,
        initial={"address": first.key if first else ""},
    )
    return ENTRY.show(
        request,
        form,
        lambda told: services.state(**told, need=form.facts()),
        draft=form.facts,
        note="" if addresses else _("Your institution has no relation in which a need could be stated."),
        more=None if addresses else network.way_to_bind(request.actor),
    )


def relation_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the needs of a relation; its parties may state one here."""
    actor = getattr(request, "actor", None)
    party = actor is not None and actor.tenant_id in subject.party_ids
    asked = queries.Asks(show="all", relation=Named.of(subject))
    begin = f"relation={subject.public_id}" if party else ""
    return listing.part(request, LIST, asked, begin=begin, even_empty=party)


def institution_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the needs that an institution stated or was asked to meet."""
    return listing.part(request, LIST, queries.Asks(show="all", place=Named.of(subject)))
