"""The month sheet: verified in one move, printed as a numbered snapshot, confirmed by its scan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lianti.contexts.evidence import services as evidence
from lianti.contexts.ledger import flow, queries, rules, words
from lianti.contexts.ledger.domain.levels import Level
from lianti.contexts.ledger.domain.verifying import Refusal
from lianti.contexts.ledger.models import Entry, EntryPerson, MonthSheet, SheetPrint
from lianti.contexts.ledger.services import verifying
from lianti.contexts.ledger.services.facts import Exceptions
from lianti.contexts.ledger.services.sums import Changes
from lianti.contexts.ledger.states import STANDING, EntryState, PrintState
from lianti.contexts.network import queries as network
from lianti.contexts.papers import services as papers
from lianti.kernel import numbers, scope
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound

SERIES = "MS"
CHANGED = _("An entry of this sheet was changed while you were reading. Look at it again; nothing was verified.")


@dataclass
class Outcome:
    """What became of a sheet's entries, by public id. `refused`: entries that this person may not verify."""

    verified: list[str] = field(default_factory=list)
    lowered: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    refused: dict[str, Refusal] = field(default_factory=dict)

    @property
    def done(self) -> int:
        return len(self.verified) + len(self.lowered) + len(self.returned)


def verify_sheet(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    sheet_id: str | int,
    seen: Mapping[str, int],
    exceptions: Exceptions | None = None,
    told_by_giver: bool = False,
    maker: Actor | None = None,
) -> Outcome:
    """Verify in one move the declared entries of a sheet that the verifier saw, except what is marked.

    `seen`: version by entry public id; one that has changed since stops everything, one that others have verified
    meanwhile is passed over. `told_by_giver`: through a link whose code the giver's side saw; `maker`: whoever made it.
    Raises NotFound, NotAllowed (none of them is for this person), Conflict, Invalid.
    """
    marked = exceptions or Exceptions()
    outcome = Outcome()

    def effect(sheet: MonthSheet) -> None:
        entries = _declared(sheet, seen)
        own, as_paper = _told(maker, entries, told_by_giver)
        refused = own | rules.refusals(rules.who_is(actor), entries)
        if entries and len(refused) == len(entries):
            raise NotAllowed(words.REFUSALS[next(iter(refused.values()))])
        changes = Changes(at)
        changes.know(entries)
        # What takes away comes last: what is added in the same move is there by then.
        for entry in sorted(entries, key=lambda one: (one.quantity < 0, one.pk)):
            if entry.pk in refused:
                outcome.refused[entry.public_id] = refused[entry.pk]
            else:
                _one(entry, actor, at, marked, changes, outcome, entry.pk in as_paper)
        if entries and not outcome.done and not outcome.left:
            raise Conflict(words.REFUSALS[next(iter(outcome.refused.values()))])
        changes.flush()

    engine.move(
        flow.SHEETS,
        sheet_id,
        name="verify_sheet",
        actor=actor,
        at=at,
        key=key,
        facts=_as_told(seen, marked),
        effect=effect,
    )
    return outcome


def _told(maker: Actor | None, entries: list[Entry], by_giver: bool) -> tuple[dict[int, Refusal], set[int]]:
    """Say which entries a link cannot confirm, since its maker declared them, and which it confirms as paper does.

    Who made it saw link and code, as the giver's side does where one could not verify the entry oneself.
    """
    if maker is None:
        return {}, set()
    own = {entry.pk: Refusal.OWN_DECLARATION for entry in entries if rules.declared_it(maker, entry)}
    part = rules.refusals(rules.who_is(maker), entries)
    return own, {entry.pk for entry in entries} if by_giver else set(part)


def _as_told(seen: Mapping[str, int], marked: Exceptions) -> dict[str, Any]:
    return {
        "entries": len(seen),
        "lowered": {ident: str(figure) for ident, (figure, _why) in sorted(marked.lowered.items())},
        "returned": sorted(marked.returned),
        "left": sorted(marked.left),
    }


def _declared(sheet: MonthSheet, seen: Mapping[str, int]) -> list[Entry]:
    on_sheet = EntryPerson.objects.filter(sheet=sheet).values("entry_id")
    rows = Entry.objects.filter(pk__in=on_sheet, public_id__in=list(seen), state=EntryState.DECLARED)
    entries = list(rows.select_for_update(of=("self",)).order_by("id"))
    if any(entry.version != seen[entry.public_id] for entry in entries):
        raise Conflict(CHANGED)
    return entries


def _one(
    entry: Entry,
    actor: Actor,
    at: datetime,
    marked: Exceptions,
    changes: Changes,
    outcome: Outcome,
    told_by_giver: bool,
) -> None:
    ident = entry.public_id
    by: dict[str, Any] = {"actor": actor, "at": at, "key": None, "entry_id": entry, "changes": changes}
    if ident in marked.left:
        outcome.left.append(ident)
    elif ident in marked.returned:
        note = marked.returned[ident]
        _at_field(f"returned-{ident}", lambda: verifying.return_(**by, note=note))
        outcome.returned.append(ident)
    elif ident in marked.lowered:
        figure, why = marked.lowered[ident]
        _at_field(
            f"lowered-{ident}", lambda: verifying.lower(**by, quantity=figure, note=why, told_by_giver=told_by_giver)
        )
        outcome.lowered.append(ident)
    elif entry.corrects_id is not None and verifying.falls_below_zero(entry):
        outcome.refused[ident] = Refusal.BELOW_ZERO  # the rest of the sheet does not wait for it
    else:
        verifying.verify(**by, told_by_giver=told_by_giver)
        outcome.verified.append(ident)


def _at_field(name: str, move: Any) -> None:
    """Put what is wrong with one line at that line's field."""
    try:
        move()
    except Invalid as error:
        raise Invalid({name: next(iter(error.fields.values()))}) from error


def print_sheet(
    *, actor: Actor, at: datetime, key: str | None, sheet_id: str | int, version: int | None = None
) -> SheetPrint:
    """Print a sheet: a numbered snapshot of its entries that no confirmed sheet holds yet, and the paper of it.

    The snapshot is what a scan confirms; the paper, under the same number, is what was handed out.

    Raises NotFound, NotAllowed, Conflict when there is nothing to print.
    """
    with scope.acting(actor), transaction.atomic():
        sheet = sheet_for(actor, sheet_id, version)
        lines = _lines(sheet)
        if not lines:
            raise Conflict(_("Everything on this sheet is confirmed already; there is nothing new to print."))
        row = SheetPrint(
            public_id=ids.new(),
            sheet=sheet,
            giver_id=sheet.giver_id,
            receiver_id=sheet.receiver_id,
            number=numbers.take(SERIES, at),
            lines=lines,
        )
        body = [sheet.public_id]
        made: SheetPrint = engine.create(flow.PRINTS, row, name="print_sheet", actor=actor, at=at, key=key, body=body)
        if made is row:
            _hand_out(actor, at, row)
        return made


def _hand_out(actor: Actor, at: datetime, row: SheetPrint) -> None:
    """Issue the paper of a print to both sides, in the name of whoever printed it."""
    today = shanghai_day(at)
    content = queries.on_paper(actor, queries.printed(actor, row.public_id, today=today), today)
    with translation.override("zh-hans"):
        total = queries.lines_said(len(row.lines))
    facts = papers.PaperFacts(
        words.MONTH_SHEET, flow.PRINTS.kind, row.public_id, content, name=content["name"], total=total,
        parties=[row.giver_id, row.receiver_id], number=row.number,
    )  # fmt: skip
    papers.issue(actor=actor, at=at, key=None, paper=facts)


def _lines(sheet: MonthSheet) -> list[dict[str, Any]]:
    confirmed: set[int] = set()
    for lines in SheetPrint.objects.filter(sheet=sheet, state=PrintState.CONFIRMED).values_list("lines", flat=True):
        confirmed |= {line["entry"] for line in lines}
    on_sheet = EntryPerson.objects.filter(sheet=sheet).values("entry_id")
    rows = Entry.objects.filter(pk__in=on_sheet, state__in=STANDING)
    # What was crossed out, left open or changed is declared still or anew: it stands on a supplementary sheet.
    rows = rows.exclude(pk__in=confirmed, level__gt=Level.DECLARED)
    entries = list(rows.order_by("day", "id"))
    people = people_on(entries)
    lines = [_line(entry, people[entry.pk], sheet) for entry in entries]
    return lines if any(line["level"] == Level.DECLARED for line in lines) else []


def people_on(entries: Sequence[Entry]) -> dict[int, list[EntryPerson]]:
    """Give the people of entries, in one query."""
    found: dict[int, list[EntryPerson]] = {entry.pk: [] for entry in entries}
    for row in EntryPerson.objects.filter(entry__in=list(found)).order_by("id"):
        found[row.entry_id].append(row)
    return found


def _line(entry: Entry, people: list[EntryPerson], sheet: MonthSheet) -> dict[str, Any]:
    """Give a line as it is printed: who gave what, with which shares, on which day; `share`: that of this sheet."""
    return {
        "entry": entry.pk,
        "id": entry.public_id,
        "day": str(entry.day),
        "day_to": str(entry.day_to or ""),
        "quantity": str(entry.quantity),
        "declared": str(entry.declared),
        "level": entry.level,
        "people": _people_of(people),
        "share": next(str(row.exact) for row in people if row.sheet_id == sheet.pk),
        "note": entry.note,
    }


def _people_of(people: list[EntryPerson]) -> list[list[Any]]:
    return sorted([row.person_id or 0, row.part, str(row.exact)] for row in people)


def confirm_scan(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    print_id: str | int,
    signatory_id: int,
    name: str,
    content: bytes,
    exceptions: Exceptions | None = None,
) -> Outcome:
    """Book the scan of a stamped sheet: what that number holds, as it was printed, is confirmed on paper.

    `exceptions`: lines lowered, crossed out or left open on the paper. What has changed since the print is left.
    Raises NotFound, NotAllowed (the booker declared a line), Conflict, Invalid (the signatory fails the test).
    """
    marked = exceptions or Exceptions()
    outcome = Outcome()

    def effect(printed: SheetPrint) -> dict[str, Any]:
        entries = _as_printed(printed, outcome)
        _signatory_passes(printed, signatory_id, entries)
        file = evidence.store(actor=actor, at=at, key=None, name=name, content=content)
        changes = Changes(at)
        for entry in entries:
            _on_paper(entry, printed, actor, at, marked, changes, outcome)
        changes.flush()
        return {"signatory_id": signatory_id, "scan_id": file.pk}

    engine.move(
        flow.PRINTS,
        print_id,
        name="confirm_scan",
        actor=actor,
        at=at,
        key=key,
        facts={"signatory": signatory_id, **_as_told({}, marked)},
        effect=effect,
    )
    return outcome


def _as_printed(printed: SheetPrint, outcome: Outcome) -> list[Entry]:
    """Give the entries that still stand as the paper says; declared ones that differ are left."""
    lines = {line["entry"]: line for line in printed.lines}
    rows = Entry.objects.select_for_update(of=("self",)).filter(pk__in=list(lines), state=EntryState.DECLARED)
    entries = list(rows.order_by("id"))
    people = people_on(entries)
    found = [entry for entry in entries if _same(entry, people[entry.pk], lines[entry.pk])]
    outcome.left += [entry.public_id for entry in entries if entry not in found]
    return found


def _same(entry: Entry, people: list[EntryPerson], line: Mapping[str, Any]) -> bool:
    """Say whether an entry is as its line was printed; prints of old kept less."""
    return (
        str(entry.day) == line.get("day", str(entry.day))
        and str(entry.day_to or "") == line.get("day_to", str(entry.day_to or ""))
        and entry.quantity == Decimal(line["quantity"])
        and line.get("people", _people_of(people)) == _people_of(people)
    )


def _signatory_passes(printed: SheetPrint, signatory_id: int, entries: list[Entry]) -> None:
    employer = network.employers([signatory_id]).get(signatory_id)
    if employer != printed.receiver_id:
        raise Invalid({"signatory": _("Who signs works at the receiving institution.")})
    refused = rules.refusals(rules.Who(printed.receiver_id, signatory_id), entries)
    if refused:
        why = next(iter(refused.values()))
        raise Invalid({"signatory": words.SIGNATORY.get(why, words.REFUSALS[why])})


def _on_paper(
    entry: Entry,
    printed: SheetPrint,
    actor: Actor,
    at: datetime,
    marked: Exceptions,
    changes: Changes,
    outcome: Outcome,
) -> None:
    ident, facts = entry.public_id, {"sheet": printed.number}
    if ident in marked.left:
        outcome.left.append(ident)
    elif ident in marked.returned:
        note = marked.returned[ident]
        verifying.return_(
            actor=actor, at=at, key=None, entry_id=entry.pk, note=note, changes=changes, name="return_on_paper"
        )
        outcome.returned.append(ident)
    elif ident in marked.lowered:
        figure, why = marked.lowered[ident]
        verifying.lowered(
            actor, at, None, entry.pk, name="lower_on_paper", level=Level.PAPER, via="paper",
            quantity=figure, note=why, changes=changes, facts=facts,
        )  # fmt: skip
        outcome.lowered.append(ident)
    else:
        verifying.rise(
            actor, at, None, entry.pk, name="confirm_on_paper", level=Level.PAPER, via="paper",
            changes=changes, facts=facts,
        )  # fmt: skip
        outcome.verified.append(ident)


def sheet_for(actor: Actor, sheet_id: str | int, version: int | None = None) -> MonthSheet:
    """Find a sheet of the actor's institution in the version that was seen. Raises NotFound, Conflict."""
    ident: dict[str, Any] = {"pk": sheet_id} if isinstance(sheet_id, int) else {"public_id": sheet_id}
    row = MonthSheet.objects.filter(rules.SHEETS.visible_to(actor), **ident).first()
    if row is None:
        raise NotFound
    if version is not None and row.version != version:
        raise Conflict
    return row
