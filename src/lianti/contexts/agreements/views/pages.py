"""The pages of an agreement, a promise and a goal: facts, promised and done side by side, files, moves."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements import domain, forms, queries, services, words
from lianti.contexts.agreements.queries import AgreementPage, GoalPage, PromisePage
from lianti.contexts.agreements.views.lists import BOARD
from lianti.contexts.evidence import services as evidence
from lianti.contexts.evidence.queries import attachments
from lianti.contexts.network import queries as network
from lianti.lib import ids
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid, Sentence
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Fact, Move
from lianti.lib.web.templatetags.web import quantity
from lianti.records import tables
from lianti.records.kinds import SHORT
from lianti.records.pages import Act, Again, RecordPage, seen_version, typed


def _whole(label: Sentence, text: str) -> Fact:
    """Return the whole of a text that the head has to cut."""
    return Fact(label, text if len(text) > SHORT else "", wide=True)


def _span(first: Any, last: Any) -> str:
    return " – ".join(day.isoformat() if day else "…" for day in (first, last)) if first or last else ""


def _facts(page: AgreementPage) -> list[Fact]:
    row = page.agreement
    filed = [row.filed_date.isoformat() if row.filed_date else "", row.filed_number, row.filed_to]
    return [
        _whole(_("Title"), row.title),
        Fact(_("Form of the paper"), words.FORMS.get(row.form, "")),
        network.relation_fact(page.relation),
        Fact(_("Parties"), [party.institution.name for party in page.parties], wide=True),
        Fact(_("Time in force"), _span(row.from_date, row.to_date)),
        Fact(_("Signed on"), row.signed_date.isoformat() if row.signed_date else ""),
        Fact(_("Signed by (duty)"), [f"{one.institution.short_name} {one.duty}" for one in page.parties if one.duty]),
        Fact(_("Copies"), row.copies),
        Fact(_("Number of the minutes"), row.minutes_number),
        Fact(_("Contract number"), row.contract_number),
        Fact(_("Filed"), " ".join(part for part in filed if part)),
        Fact(_("Note"), row.note, wide=True),
        Fact(_("Source"), list(map(str, page.sources)), wide=True),
    ]


def _more(request: Request, page: AgreementPage) -> dict[str, Any]:
    row, today = page.agreement, shanghai_day(timezone.now())
    board = queries.promises.rows(page.commitments, request.actor, today) if page.commitments else []
    in_force = row.state == "in_force"
    return {
        "agreement": row,
        "board": board,
        "promises": tables.table(BOARD, board, today) if board else "",
        "promise_move": _promise_move(page, _promise_form(page)),
        "clauses": [(words.CLAUSES.get(name, name), text) for name, text in row.clauses.items()],
        "files": attachments(page.files, "agreements:file", row.public_id),
        "expires_soon": in_force and domain.expires_soon(row.to_date, today),
        "days_left": (row.to_date - today).days if row.to_date else 0,
        "run_out": in_force and domain.has_run_out(row.to_date, today),
    }


def _promise_form(page: AgreementPage, data: Any = None) -> forms.Promise:
    return forms.Promise(data, relation=page.relation, parties={party.institution.id for party in page.parties})


def _promise_move(page: AgreementPage, form: forms.Promise) -> Move | None:
    row = page.agreement
    url = reverse("agreements:promise", args=[row.public_id])
    return Move("promise", _("Add a promise"), url, form=form, seen=row.version) if page.may_promise else None


def _with_files(form: Any, **given: Any) -> dict[str, Any]:
    return {**given, "uploads": evidence.uploads(form.cleaned_data["uploads"])}


PAGE: RecordPage[AgreementPage] = RecordPage(
    queries.KIND,
    template="agreements/agreement.html",
    ident="agreement_id",
    read=queries.agreement_page,
    facts=_facts,
    acts={
        "agree": Act(services.agree, typed(forms.Note)),
        "sign": Act(services.sign, forms.Sign.of, lambda _page, form: _with_files(form, signed=form.signed())),
        "put_in_force": Act(services.put_in_force, forms.PutInForce.of),
        "edit": Act(services.edit, forms.Edit.of, lambda _page, form: {"agreement": form.facts()}),
        "correct": Act(
            services.correct,
            forms.CorrectPaper.of,
            lambda _page, form: {"agreement": form.facts(), "note": form.cleaned_data["why"]},
        ),
        "attach": Act(
            services.attach, typed(forms.Attach), lambda _page, form: _with_files(form, note=form.cleaned_data["note"])
        ),
        "file": Act(services.file, typed(forms.Filing), lambda _page, form: {"filing": form.filing()}),
        "reopen": Act(services.reopen, typed(forms.Reason)),
        "end": Act(services.end, typed(forms.Reason)),
    },
    more=_more,
)


@door(methods=("POST",))
def promise(request: Request, public_id: str) -> HttpResponse:
    """Write a promise into an agreement, one for each receiver."""
    page = queries.agreement_page(request.actor, queries.KIND.visible(request.actor).one(public_id))
    form, seen = _promise_form(page, request.POST), seen_version(request)
    again = Again("promise", form)
    if form.is_valid():
        facts = tuple(form.facts(ids.new()))
        try:
            services.promise_each(**taken(request), agreement_id=public_id, commitments=facts, version=seen)
        except Invalid as refusal:
            form.refused(refusal.fields)
        except Conflict as refusal:
            again = Again("promise", form, 409, refusal.message, seen)
        else:
            messages.success(request, str(words.PROMISE.moves["promise"].done))
            return see_other(queries.KIND.url(public_id))
    return PAGE.show(request, public_id, again, {"promise_move": _promise_move(page, form)})


@door()
def download(request: Request, public_id: str, file_id: str) -> HttpResponse:
    """Hand out a file of an agreement."""
    files, grant = queries.agreement_files(request.actor, public_id), evidence.Grant(queries.KIND.code, public_id)
    return evidence.hand_out(actor=request.actor, at=timezone.now(), files=files, file_id=file_id, grant=grant)


def _promise_facts(page: PromisePage) -> list[Fact]:
    row = page.commitment
    amount = f"{quantity(row.amount)} {queries.promises.per(row)}" if row.amount is not None else words.NO_AMOUNT
    return [
        _whole(_("What is promised"), row.text),
        Fact(_("Promised"), amount),
        Fact(_("Time in force"), _span(row.from_date, row.to_date)),
        Fact(_("Rests on"), page.paper.title, url=page.paper.url, wide=True),
        network.relation_fact(page.relation),
    ]


def _given(request: Request, page: PromisePage) -> dict[str, Any]:
    row = page.commitment
    return {"given": queries.progress(request.actor, [row.pk], today=shanghai_day(timezone.now())).get(row.pk)}


PROMISE_PAGE: RecordPage[PromisePage] = RecordPage(
    queries.PROMISE,
    template="agreements/promise.html",
    ident="commitment_id",
    read=queries.promise_page,
    facts=_promise_facts,
    acts={
        "edit": Act(
            services.edit_commitment, forms.EditPromise.of, lambda page, form: {"commitment": form.facts(page)}
        ),
        "correct": Act(
            services.correct_commitment,
            forms.CorrectPromise.of,
            lambda page, form: {"commitment": form.facts(page), "note": form.cleaned_data["note"]},
        ),
        "close": Act(services.close_commitment, typed(forms.Note)),
    },
    more=_given,
)


def _goal_facts(page: GoalPage) -> list[Fact]:
    row = page.goal
    return [
        _whole(_("What is to be reached"), row.text),
        Fact(_("For whom"), page.whom or words.FOR_ALL),
        Fact(_("By when"), row.due_date.isoformat() if row.due_date else ""),
        network.relation_fact(page.relation),
    ]


GOAL_PAGE: RecordPage[GoalPage] = RecordPage(
    queries.GOAL,
    template="records/record.html",
    ident="goal_id",
    read=queries.goal_page,
    facts=_goal_facts,
    acts={"reach": Act(services.reach_goal, typed(forms.Note)), "drop": Act(services.drop_goal, typed(forms.Reason))},
)
