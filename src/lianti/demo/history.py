"""The mass of the two years, written row by row as services would have written it, but many at once.

Tests hold it to the services: the same rows, sums that a recount confirms, a journal that verifies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from random import Random

from django.conf import settings

from lianti.contexts.activities.domain import late_days
from lianti.contexts.activities.flow import FLOW as ACTIVITIES
from lianti.contexts.activities.models import Activity, ActivityPerson, ActivityReceiver
from lianti.contexts.activities.services.recording import LATE_AFTER_DAYS
from lianti.contexts.ledger.domain import kinds
from lianti.contexts.ledger.domain.fits import Wanted, even_shares, fits
from lianti.contexts.ledger.flow import ENTRIES, SHEETS
from lianti.contexts.ledger.models import Account, Booking, Entry, EntryPerson, MonthSheet
from lianti.contexts.ledger.services import verify_by, waiting
from lianti.contexts.ledger.services.posting import posting
from lianti.contexts.ledger.services.sums import Book, Changes, place_of
from lianti.contexts.ledger.states import AccountState, EntryState
from lianti.demo.bulk_rows import BulkRows, save
from lianti.demo.outcomes import Outcomes
from lianti.demo.papers import Relations
from lianti.demo.people import Cast
from lianti.demo.planned import Planned
from lianti.demo.when import When, days_after
from lianti.kernel.models import WorkItem
from lianti.kernel.worklist import packed
from lianti.lib.dates import end_of, month_of, shanghai_day
from lianti.lib.roles import DESK, Role

SheetKey = tuple[int | None, int, int, date]


class History:
    """Writes deeds, their entries, and what became of them."""

    def __init__(self, cast: Cast, when: When, relations: Relations, rng: Random) -> None:
        self.cast, self.when, self.relations = cast, when, relations
        self.rows = BulkRows()
        self.outcomes = Outcomes(cast, when, rng, self.rows)
        self.accounts: dict[tuple[int, int], list[tuple[Account, Wanted]]] = defaultdict(list)
        for account in Account.objects.filter(state=AccountState.OPEN).order_by("id"):
            self.accounts[(account.giver_id, account.receiver_id)].append((account, account.wanted))
        self.sheets: dict[SheetKey, MonthSheet] = {}
        self.begun = {_key_of(sheet): sheet for sheet in MonthSheet.objects.order_by("id")}  # by who reported in
        self.lines: dict[SheetKey, list[Entry]] = defaultdict(list)
        self.keys: dict[str, list[SheetKey]] = {}
        self.people: list[EntryPerson] = []

    def write(self, deeds: list[Planned]) -> int:
        """Write everything and return how many entries were made."""
        activities = [self._activity(deed) for deed in deeds]
        save(Activity, activities)
        entries: list[Entry] = []
        owners: list[Activity] = []
        for deed, activity in zip(deeds, activities, strict=True):
            self.rows.show(
                ACTIVITIES, activity, [activity.tenant_id, *map(self.cast.id, (deed.giver, *deed.receivers))]
            )
            for code in deed.receivers:
                entries.append(self._entry(deed, activity, code))
                owners.append(activity)
        self.outcomes.decide(self.sheets, self.lines, dict(zip(map(id, entries), owners, strict=True)))
        self._save_activities(deeds, activities)
        self._save_sheets()
        save(Entry, entries)
        save(
            ActivityReceiver,
            [
                ActivityReceiver(activity=activity, institution_id=entry.receiver_id, entry=entry)
                for activity, entry in zip(owners, entries, strict=True)
            ],
        )
        save(EntryPerson, self.people)
        self._post(entries)
        self.outcomes.finish()
        self.rows.save()
        self._wait()
        return len(entries)

    # Activities ----------------------------------------------------------------------------------

    def _activity(self, deed: Planned) -> Activity:
        row = Activity(
            kind=deed.kind,
            title=deed.title,
            day=deed.day,
            day_to=deed.day_to,
            place_id=self.cast.id(deed.place) if deed.place else None,
            giver_id=self.cast.id(deed.giver),
            relation_id=self.relations[deed.relation].pk,
            quantity=deed.quantity,
            extra=deed.extra,
            note=deed.note,
            late_days=late_days(deed.day_to or deed.day, shanghai_day(deed.at), LATE_AFTER_DAYS),
        )
        self.rows.enter(ACTIVITIES, row, "record", deed.declarer, deed.at)
        return row

    def _save_activities(self, deeds: list[Planned], activities: list[Activity]) -> None:
        """Write their people, and anew the few that were withdrawn meanwhile."""
        save(
            ActivityPerson,
            [
                ActivityPerson(activity=activity, person_id=one.pk, part=part, share=share, position=n)
                for deed, activity in zip(deeds, activities, strict=True)
                for n, (one, part, share) in enumerate(deed.people)
            ],
        )
        for activity in self.outcomes.withdrawn:
            Activity.objects.filter(pk=activity.pk).update(
                state=activity.state, version=activity.version, chain=activity.chain
            )

    # Entries -------------------------------------------------------------------------------------

    def _entry(self, deed: Planned, activity: Activity, receiver: str) -> Entry:
        today = shanghai_day(deed.at)
        row = Entry(
            giver_id=self.cast.id(deed.giver),
            receiver_id=self.cast.id(receiver),
            kind=deed.kind,
            unit=kinds.unit_of(deed.kind).code,
            quantity=deed.quantity,
            declared=deed.quantity,
            day=deed.day,
            day_to=deed.day_to,
            fit_day=deed.day,
            count_day=deed.day,
            late=activity.late_days > 0 and today > days_after(deed.day_to or deed.day, settings.OVERDUE_DAYS),
            verify_by=verify_by(deed.day, today),
            declarer_id=deed.declarer.person_id,
            source_kind=ACTIVITIES.kind,
            source_id=activity.pk,
            source_public_id=activity.public_id,
            note=deed.title or deed.note[:200],
        )
        self.rows.enter(ENTRIES, row, "declare", deed.declarer, deed.at, {"quantity": str(deed.quantity)})
        self._place(deed, row)
        return row

    def _place(self, deed: Planned, row: Entry) -> None:
        """Put an entry on the month sheets of its people."""
        named: list[tuple[int | None, str]] = [(one.pk, part) for one, part, _share in deed.people] or [(None, "")]
        month = month_of(row.day)
        for (person_id, part), share in zip(named, _shares(deed), strict=True):
            key = (person_id, row.giver_id, row.receiver_id, month)
            if key not in self.sheets:
                self.sheets[key] = self._sheet(key, deed)
            self.lines[key].append(row)
            self.people.append(
                EntryPerson(entry=row, sheet=self.sheets[key], person_id=person_id, part=part, share=share, month=month)
            )

    def _sheet(self, key: SheetKey, deed: Planned) -> MonthSheet:
        """Return the sheet of a month: one that has entries already, or a new one."""
        if (begun := self.begun.get(key)) is not None:
            self.lines[key] += Entry.objects.filter(
                pk__in=EntryPerson.objects.filter(sheet=begun).values("entry")
            ).order_by("id")
            return begun
        sheet = MonthSheet(person_id=key[0], giver_id=key[1], receiver_id=key[2], month=key[3])
        self.rows.enter(SHEETS, sheet, "open_sheet", deed.declarer, deed.at)
        return sheet

    def _save_sheets(self) -> None:
        save(MonthSheet, [sheet for sheet in self.sheets.values() if sheet.pk is None])
        for key in self.begun.keys() & self.sheets.keys():
            sheet = self.begun[key]
            MonthSheet.objects.filter(pk=sheet.pk).update(state=sheet.state, version=sheet.version, chain=sheet.chain)

    def _post(self, entries: Iterable[Entry]) -> None:
        """Post entries to the accounts they fit and add up the sums, a month at a time."""
        rows: list[Booking] = []
        by_month: dict[date, Changes] = {}
        for entry in entries:
            found = [
                posting(entry, account, named=False)
                for account, wanted in self.accounts[(entry.giver_id, entry.receiver_id)]
                if fits(wanted, entry.given)
            ]
            rows += found
            place = place_of(entry)
            if place is not None:
                changes = by_month.setdefault(month_of(entry.count_day), Changes(entry.created_at))
                changes.put(entry, place, [Book(r.account_id, r.relation_id, r.period) for r in found], 1)
        save(Booking, rows)
        for changes in by_month.values():
            changes.flush()

    def _wait(self) -> None:
        """Open what still waits, and write down as done what waited."""
        done: list[WorkItem] = []
        for key, sheet in self.sheets.items():
            first = self.lines[key][0]
            left = sum(entry.state == EntryState.DECLARED for entry in self.lines[key])
            if left:
                MonthSheet.objects.filter(pk=sheet.pk).update(waiting=left)
                due = min(entry.verify_by for entry in self.lines[key] if entry.state == EntryState.DECLARED)
                waiting.open_sheet(sheet.pk, sheet.receiver_id, due, first.created_at)
                continue
            done.append(
                WorkItem(
                    tenant_id=sheet.receiver_id,
                    kind=SHEETS.kind,
                    record_pk=sheet.pk,
                    verb="ledger.verify_sheet",
                    roles=packed(DESK | {Role.DEPARTMENT_HEAD}),
                    due=end_of(first.verify_by),
                    opened_at=first.created_at,
                    closed_at=self.outcomes.ended.get(id(sheet), first.created_at),
                )
            )
        save(WorkItem, done)


def _key_of(sheet: MonthSheet) -> SheetKey:
    return (sheet.person_id, sheet.giver_id, sheet.receiver_id, sheet.month)


def _shares(deed: Planned) -> list[Decimal]:
    given = [share for _one, _part, share in deed.people]
    if not given:
        return [deed.quantity]
    rest = deed.quantity - sum((share for share in given if share is not None), Decimal(0))
    even = iter(even_shares(max(rest, Decimal(0)), sum(share is None for share in given)))
    return [next(even) if share is None else share for share in given]
