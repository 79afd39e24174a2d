"""The page of one agreement: promised and done side by side, files, story, moves."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities.queries import Told
from lianti.contexts.agreements import domain, forms, labels, queries, services
from lianti.contexts.agreements.queries import AgreementPage
from lianti.contexts.agreements.views.uploads import uploads_of
from lianti.contexts.evidence import services as evidence
from lianti.kernel import worklist
from lianti.lib import ids
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid
from lianti.lib.web.doors import Request, door
from lianti.lib.web.forms import Base
from lianti.lib.web.moving import Step, post, see_other, taken
from lianti.lib.web.parts import Attachment, Fact, Head, Moment, Move, Turn

ORDER = ("agree", "sign", "put_in_force", "edit", "attach", "file", "reopen", "end")


@door()
def agreement(request: Request, public_id: str) -> HttpResponse:
    """Show an agreement."""
    return _page(request, public_id, {})


@door(methods=("POST",))
def move(request: Request, public_id: str, name: str) -> HttpResponse:
    """Agree, sign, put in force, file, attach, change, reopen or end an agreement."""
    page = queries.agreement_page(request.actor, public_id)
    return post(
        request,
        name,
        steps=_steps(page),
        said=labels.DONE,
        given=request,
        done=reverse("agreements:agreement", args=[public_id]),
        again=partial(_page, request, public_id),
    )


@door(methods=("POST",))
def promise(request: Request, public_id: str) -> HttpResponse:
    """Write a promise into an agreement, one for each receiver."""
    page = queries.agreement_page(request.actor, public_id)
    form = forms.Promise(request.POST, relation=page.line.relation)
    if not form.is_valid():
        return _page(request, public_id, {"promise": form})
    given = taken(request)
    facts = forms.commitments_of([form.words()], page.line.relation.id, [ids.new()])
    try:
        services.promise_each(**given, agreement_id=public_id, commitments=tuple(facts))
    except Invalid as refusal:
        form.refused(refusal.fields)
        return _page(request, public_id, {"promise": form})
    messages.success(request, labels.DONE["promise"])
    return see_other(reverse("agreements:agreement", args=[public_id]))


@door(methods=("POST",))
def close_promise(request: Request, public_id: str, commitment_id: str) -> HttpResponse:
    """End one promise of an agreement."""
    services.close_commitment(**taken(request), commitment_id=commitment_id, note=request.POST.get("note", "")[:400])
    messages.success(request, labels.DONE["close"])
    return see_other(reverse("agreements:agreement", args=[public_id]))


@door()
def download(request: Request, public_id: str, file_id: str) -> HttpResponse:
    """Hand out a file of an agreement."""
    held = services.fetch_file(
        actor=request.actor, at=timezone.now(), key=None, agreement_id=public_id, file_id=file_id
    )
    return evidence.response(held)


def _steps(page: AgreementPage) -> dict[str, Step]:
    ident: dict[str, Any] = {"agreement_id": page.line.public_id}
    parties = [party.institution for party in page.line.parties]

    def fresh(form: type[Base]) -> Any:
        return lambda request: form(request.POST if request else None)

    def noted(verb: Any, given: dict[str, Any], form: Any) -> Any:
        return verb(**given, **ident, **form.cleaned_data)

    def sign(given: dict[str, Any], form: Any) -> Any:
        return services.sign(**given, **ident, signed=form.signed(), uploads=uploads_of(form))

    def attach(given: dict[str, Any], form: Any) -> Any:
        return services.attach(**given, **ident, uploads=uploads_of(form), note=form.cleaned_data["note"])

    return {
        "agree": Step(fresh(forms.Note), partial(noted, services.agree)),
        "sign": Step(lambda r: forms.Sign(*_bound(r), parties=parties), sign),
        "put_in_force": Step(partial(_force_form, page), partial(noted, services.put_in_force)),
        "edit": Step(
            lambda r: forms.Edit.of(page, r.POST if r else None),
            lambda given, form: services.edit(**given, **ident, agreement=form.facts()),
        ),
        "attach": Step(lambda r: forms.Attach(*_bound(r)), attach),
        "file": Step(fresh(forms.Filing), lambda given, form: services.file(**given, **ident, filing=form.filing())),
        "reopen": Step(fresh(forms.Reason), partial(noted, services.reopen)),
        "end": Step(fresh(forms.Reason), partial(noted, services.end)),
    }


def _bound(request: Request | None) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request is not None else ()


def _force_form(page: AgreementPage, request: Request | None) -> Base:
    now = {"from_date": page.line.from_date or page.line.signed_date, "to_date": page.line.to_date}
    return forms.PutInForce(request.POST if request else None, initial=now)


def _page(request: Request, public_id: str, failed: Mapping[str, Base]) -> HttpResponse:
    page = queries.agreement_page(request.actor, public_id)
    line, today = page.line, shanghai_day(timezone.now())
    progress = queries.progress(request.actor, [row.id for row in page.commitments], today=today)
    context = {
        "head": _head(request, page),
        "moves": _moves(page, failed),
        "facts": _facts(page),
        "story": [_moment(told) for told in page.story],
        "agreement": page,
        "board": [(row, progress.get(row.id)) for row in page.commitments],
        "promise_move": _promise_move(page, failed),
        "clauses": [(labels.CLAUSES.get(name, name), text) for name, text in page.clauses.items()],
        "files": [
            Attachment(
                file.file.name or "—", reverse("agreements:file", args=[public_id, file.public_id]), file.file.size
            )
            for file in page.files
        ],
        "expires_soon": line.state == "in_force" and domain.expires_soon(line.to_date, today),
        "run_out": line.state == "in_force" and domain.has_run_out(line.to_date, today),
    }
    return render(request, "agreements/agreement.html", context, status=422 if failed else 200)


def _head(request: Request, page: AgreementPage) -> Head:
    line = page.line
    parties = [party.institution for party in line.parties]
    return Head(
        title=line.title,
        number=line.number,
        kind=page.form_label or _("Agreement"),
        state=line.state,
        label=line.state_label,
        tone=line.tone,
        turn=_turn(request, page),
        giver=parties[0] if parties else None,
        receiver=parties[1] if len(parties) == 2 else labels.PARTY_COUNT % {"count": len(parties) - 1},
        back=reverse("agreements:list"),
        back_label=_("Agreements"),
    )


def _turn(request: Request, page: AgreementPage) -> Turn | None:
    if not page.waits:
        return None
    own = [item for item in page.waits if item.tenant_id == request.actor.tenant_id]
    item = (own or page.waits)[0]
    return Turn(
        who="、".join(dict.fromkeys(item.tenant.label for item in page.waits)),
        verb=labels.WAITS.get(item.verb, ""),
        due=item.due,
        late=item.due is not None and item.due < timezone.now(),
        mine=worklist.is_for(item, request.actor),
    )


def _moves(page: AgreementPage, failed: Mapping[str, Base]) -> list[Move]:
    steps, may = _steps(page), {t.name: t for t in page.open_moves}
    return [
        Move(
            name=name,
            label=labels.MOVES[name],
            url=reverse("agreements:move", args=[page.line.public_id, name]),
            form=failed.get(name) or steps[name].form(None),
            primary=may[name].primary,
            danger=may[name].danger,
            ask=labels.ASK.get(name, ""),
        )
        for name in ORDER
        if name in may
    ]


def _promise_move(page: AgreementPage, failed: Mapping[str, Base]) -> Move | None:
    if not page.may_promise:
        return None
    form = failed.get("promise") or forms.Promise(relation=page.line.relation)
    url = reverse("agreements:promise", args=[page.line.public_id])
    return Move("promise", _("Add a promise"), url, form=form)


def _facts(page: AgreementPage) -> list[Fact]:
    line = page.line
    dates = [line.from_date.isoformat() if line.from_date else "…", line.to_date.isoformat() if line.to_date else "…"]
    filed = [page.filed_date.isoformat() if page.filed_date else "", page.filed_number, page.filed_to]
    signed_by = [f"{party.institution.short_name} {party.duty}" for party in line.parties if party.duty]
    return [
        Fact(_("Relation"), line.relation.name, url=reverse("network:relation", args=[line.relation.public_id])),
        Fact(_("Parties"), [party.institution.name for party in line.parties], wide=True),
        Fact(_("Time in force"), " – ".join(dates) if line.from_date or line.to_date else ""),
        Fact(_("Signed on"), line.signed_date.isoformat() if line.signed_date else ""),
        Fact(_("Signed by (duty)"), signed_by),
        Fact(_("Copies"), page.copies),
        Fact(_("Number of the minutes"), page.minutes_number),
        Fact(_("Contract number"), page.contract_number),
        Fact(_("Filed"), " ".join(part for part in filed if part)),
        Fact(_("Note"), page.note, wide=True),
        Fact(_("Source"), [labels.source_line(source) for source in page.sources], wide=True),
    ]


def _moment(told: Told) -> Moment:
    facts = [
        (labels.FACTS[name], "、".join(value) if isinstance(value, list) else str(value))
        for name, value in told.facts.items()
        if value and name in labels.FACTS
    ]
    return Moment(
        at=told.at,
        who=told.who,
        institution=told.institution,
        what=labels.STORY.get(told.name, told.name),
        note=told.note,
        facts=facts,
    )
