"""Several month sheets on one page, to be verified at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from lianti.contexts.ledger import rules, words
from lianti.contexts.ledger.models import Entry, EntryPerson
from lianti.contexts.ledger.queries.lists import rows_of
from lianti.contexts.ledger.queries.sheet_list import KIND, due_days
from lianti.contexts.ledger.queries.sheets import Line, SheetSum, sums_of
from lianti.contexts.ledger.rules.tables import VERIFIERS
from lianti.contexts.ledger.states import EntryState
from lianti.lib.actor import Actor
from lianti.records.kinds import Brief

AT_ONCE = 40  # sheets of one page


@dataclass(frozen=True)
class WaitingSheet:
    """One sheet that waits for the reader: its declared entries, and what those add up to that they may verify."""

    brief: Brief
    due: date
    late: bool
    lines: list[Line]
    sums: list[SheetSum]

    @property
    def open(self) -> bool:
        """Whether the reader may verify anything of it."""
        return any(line.open for line in self.lines)


def together(actor: Actor, today: date, idents: Sequence[str] = ()) -> list[WaitingSheet]:
    """Return the sheets that wait for the reader's institution, those named or all, the first due first.

    A constant number of queries, and at most AT_ONCE sheets; what is not theirs to verify is left out.
    """
    if actor.role not in VERIFIERS:
        return []
    wanted = KIND.visible(actor).narrowed(Q(receiver=actor.tenant_id, waiting__gt=0))
    records = wanted.narrowed(Q(public_id__in=list(idents)[:AT_ONCE]) if idents else Q()).all(most=AT_ONCE)
    due = due_days(record.pk for record in records)
    shares = EntryPerson.objects.filter(sheet__in=list(due), entry__state=EntryState.DECLARED)
    own = {(row.sheet_id, row.entry_id): row.exact for row in shares}
    entries = list(Entry.objects.filter(pk__in={entry for _sheet, entry in own}).order_by("day", "id"))
    refused = rules.refusals(rules.who_is(actor), entries) if entries else {}
    lines: dict[int, list[Line]] = defaultdict(list)
    for row in rows_of(entries, today):
        refusal = words.REFUSALS[refused[row.id]] if row.id in refused else None
        for sheet_id in due:
            if (sheet_id, row.id) in own:
                lines[sheet_id].append(Line(row, own[sheet_id, row.id], refusal))
    found = [
        WaitingSheet(
            brief, due[brief.id], due[brief.id] < today, lines[brief.id], sums_of(x for x in lines[brief.id] if x.open)
        )
        for brief in KIND.briefs([record for record in records if record.pk in due])
    ]
    return sorted(found, key=lambda one: (one.due, one.brief.id))
