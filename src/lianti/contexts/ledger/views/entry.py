"""The page of one entry: what was given, how sure we are, what it counts for, and what can be done now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.ledger import forms, labels, queries, services
from lianti.contexts.ledger.views.listing import entry_line
from lianti.contexts.ledger.views.moving import done, taken, today, tried
from lianti.kernel import notices
from lianti.kernel.models import Notice
from lianti.lib.errors import Conflict, NotFound
from lianti.lib.web.doors import Request, door
from lianti.lib.web.forms import Base
from lianti.lib.web.parts import Fact, Head, Moment, Move, Turn
from lianti.lib.web.templatetags.web import quantity

Form = Callable[[Any], Base | None]
Read = Callable[[], queries.EntryPage]
ASK = {"withdraw": _("Withdraw this entry? It will count nowhere."), "draw": _("Draw this entry for a spot check?")}
FIRST = frozenset({"verify", "settle", "pass_check"})
_FACTS = {"quantity": _("Quantity"), "day": _("Day"), "sheet": _("Sheet"), "corrects": _("Entry")}


@door()
def entry(request: Request, public_id: str) -> HttpResponse:
    """Show an entry."""
    return _page(request, public_id, {})


@door(methods=("POST",))
def move(request: Request, public_id: str, name: str) -> HttpResponse:
    """Verify, lower, return, object, settle, correct, withdraw an entry, or name an account for it."""
    acts = _acts(public_id)
    if name not in acts:
        raise NotFound
    make, act = acts[name]
    # The page is read only for a form that needs it: verifying is the hot path.
    form = make(lambda: queries.entry(request.actor, public_id, today=today()))(request.POST)
    told = taken(request)
    if not tried(form, lambda given: act(told, given)):
        return _page(request, public_id, {name: form})
    return done(request, labels.DONE[name], reverse("ledger:entry", args=[public_id]))


def _acts(ident: str) -> dict[str, tuple[Callable[[Read], Form], Callable[[Any, Any], Any]]]:
    """Give for each move its form and what it does with what was typed."""

    def with_form(form: type[Base]) -> Callable[[Read], Form]:
        return lambda _read: form

    def plain(_read: Read) -> Form:
        return lambda _data: None

    def redeclare(read: Read) -> Form:
        row = read().row
        first = {"quantity": quantity(row.declared).replace(",", ""), "day": row.day}
        return lambda data: forms.Redeclare(data, initial=first)

    def settle(read: Read) -> Form:
        return lambda data: forms.Settle(data, initial={"quantity": read().row.quantity})

    def name_account(read: Read) -> Form:
        choices = [(account.pk, account.label) for account in read().nameable]
        return lambda data: forms.NameAccount(data, accounts=choices)

    def call(verb: Callable[..., Any], **renamed: str) -> Callable[[Any, Any], Any]:
        return lambda told, given: verb(
            **told, entry_id=ident, **{renamed.get(name, name): value for name, value in given.items()}
        )

    return {
        "verify": (plain, call(services.verify)),
        "lower": (with_form(forms.Lower), call(services.lower)),
        "return_": (with_form(forms.Reason), call(services.return_)),
        "redeclare": (redeclare, call(services.redeclare)),
        "withdraw": (with_form(forms.Note), call(services.withdraw)),
        "object_": (with_form(forms.Reason), call(services.object_)),
        "refer": (with_form(forms.Note), call(services.refer)),
        "settle": (settle, call(services.settle)),
        "correct": (with_form(forms.Correct), call(services.correct)),
        "name_account": (name_account, call(services.name_account, account="account_id")),
        "draw": (plain, call(services.spot_draw_entry)),
        "pass_check": (plain, partial(_judge, ident)),
        "fail_check": (with_form(forms.Fail), partial(_judge, ident)),
    }


def _judge(ident: str, told: dict[str, Any], given: dict[str, Any]) -> None:
    check = queries.open_check(told["actor"], ident)
    if not check:
        raise Conflict
    services.spot_judge(**told, check_id=check, **given)


def _page(request: Request, public_id: str, failed: dict[str, Base | None]) -> HttpResponse:
    page = queries.entry(request.actor, public_id, today=today())
    row = page.row
    context = {
        "head": Head(
            title=f"{labels.kind_name(row.kind)} {quantity(row.quantity)} {labels.unit_name(row.unit)}",
            kind=_("Correction") if row.correction else _("Entry"),
            state=row.state,
            label=labels.STATES[row.state],
            tone="late" if row.overdue else labels.TONES[row.state],  # type: ignore[arg-type]  # one of the five
            turn=_turn(request, page),
            giver=row.giver,
            receiver=row.receiver,
            back=reverse("ledger:list"),
            back_label=_("Help given"),
        ),
        "moves": _moves(request, page, failed),
        "facts": _facts(page),
        "story": [moment(step) for step in page.story],
        "entry": page,
        "counts": page.counts,
        "corrections": [entry_line(other) for other in page.corrections],
    }
    return render(request, "ledger/entry.html", context, status=422 if failed else 200)


def _turn(request: Request, page: queries.EntryPage) -> Turn | None:
    row = page.row
    if row.state == "declared":
        mine = request.actor.tenant_id == row.receiver.id
        return Turn(row.receiver.short_name, labels.MOVES["verify"], row.verify_by, row.overdue, mine)
    if row.state == "returned":
        mine = request.actor.tenant_id == page.declared_for.id
        return Turn(page.declared_for.short_name, labels.VERBS["ledger.redeclare"], mine=mine)
    if row.state == "objected":
        mine = request.actor.tenant_id in {row.giver.id, row.receiver.id}
        return Turn(_("both offices"), labels.MOVES["settle"], mine=mine)
    return None


def _moves(request: Request, page: queries.EntryPage, failed: dict[str, Base | None]) -> list[Move]:
    acts = _acts(page.row.public_id)
    names = services.open_moves(actor=request.actor, entry=page.record, today=today())
    if not page.nameable and "name_account" in names:
        names.remove("name_account")
    if page.check:
        names[:0] = ["pass_check", "fail_check"]
    return [
        Move(
            name=name,
            label=labels.move_label(name, page.row.state),
            url=reverse("ledger:move", args=[page.row.public_id, name]),
            form=failed[name] if name in failed else acts[name][0](lambda: page)(None),
            primary=name in FIRST or (name == "redeclare" and page.row.state == "returned"),
            danger=name == "withdraw",
            ask=ASK.get(name, ""),
        )
        for name in names
    ]


def _facts(page: queries.EntryPage) -> list[Fact]:
    row, unit = page.row, labels.unit_name(page.row.unit)
    source = source_url(page.source_kind, page.source_public_id) if page.source_public_id else ""
    via = f"({labels.VIA[row.via]})" if row.via in labels.VIA and row.via in {"link", "both_sides"} else ""
    return [
        Fact(_("What"), labels.kind_name(row.kind), url=source),
        Fact(_("Quantity that counts"), f"{quantity(row.quantity)} {unit}"),
        Fact(_("Declared quantity"), f"{quantity(row.declared)} {unit}" if row.lowered else ""),
        Fact(_("Day"), f"{row.day} – {row.day_to}" if row.day_to else f"{row.day}"),
        Fact(_("Counts in"), f"{row.count_day:%Y-%m}" if f"{row.count_day:%Y-%m}" != f"{row.day:%Y-%m}" else ""),
        Fact(pgettext_lazy("verification", "Level"), f"{labels.LEVELS[row.level]} {via}".strip()),
        Fact(_("Late entry"), _("Yes") if row.late else ""),
        Fact(_("Declared by"), _declarer(page)),
        Fact(_("Laid before"), page.arbiter.short_name if page.arbiter else ""),
        Fact(
            _("Corrects"),
            f"{page.corrects.day} {labels.kind_name(page.corrects.kind)}" if page.corrects else "",
            url=reverse("ledger:entry", args=[page.corrects.public_id]) if page.corrects else "",
        ),
        Fact(_("Remark"), row.note, wide=True),
    ]


def _declarer(page: queries.EntryPage) -> str:
    named = f"{page.declarer} · " if page.declarer else ""
    return f"{named}{page.declared_for.short_name}"


def source_url(kind: str, public_id: str) -> str:
    """Give the address of what an entry or an account came from, as its room registered it."""
    return notices.link(Notice(kind=kind, record=public_id))


def moment(step: Any) -> Moment:
    """Give one step of a story as the page draws it."""
    facts = [(_FACTS[name], _shown(name, value)) for name, value in step.facts.items() if name in _FACTS]
    return Moment(
        at=step.at,
        who=step.who,
        institution=step.institution,
        what=labels.STORY.get(step.name, step.name),
        note=step.note,
        facts=facts,
    )


def _shown(name: str, value: Any) -> str:
    return quantity(value) if name == "quantity" else str(value)[-8:] if name == "corrects" else str(value)
