"""What became of entries: verified online, confirmed on paper, lowered, returned, withdrawn, or left lying."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from lianti.contexts.activities.flow import FLOW as ACTIVITIES
from lianti.contexts.activities.models import Activity
from lianti.contexts.evidence.models import File
from lianti.contexts.evidence.services.files import FILE_FLOW
from lianti.contexts.evidence.services.files import _put as put_file
from lianti.contexts.ledger.domain.levels import Level
from lianti.contexts.ledger.flow import CLOSINGS, ENTRIES, PRINTS, SHEETS
from lianti.contexts.ledger.models import Closing, Entry, MonthSheet, SheetPrint
from lianti.contexts.ledger.services import verify_by
from lianti.contexts.ledger.states import STANDING, EntryState
from lianti.demo import words
from lianti.demo.bulk_rows import BulkRows, save
from lianti.demo.paperwork import a_pdf
from lianti.demo.people import Cast, House, Somebody
from lianti.demo.places import COUNTIES, LANPING, PROVINCIAL, WUPU, YUCEN
from lianti.demo.when import When, moment, some_time, working_days
from lianti.kernel import numbers
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months, shanghai_day

PAPER_HOUSES = {YUCEN: 1.0, WUPU: 0.8}  # those that still stamp; elsewhere about every third sheet
PAPER, LOWERED, RETURNED, WITHDRAWN, SETTLED = 0.32, 0.02, 0.02, 0.005, 0.35
SLOW = LANPING
SheetKey = tuple[int | None, int, int, date]


@dataclass
class Print:
    """A printed sheet, to be saved with its lines when the entries have their keys."""

    row: SheetPrint
    sheet: MonthSheet
    entries: list[tuple[Entry, int, Decimal, int]]
    printer: Actor
    printed_at: datetime
    booker: Actor | None = None
    booked_at: datetime | None = None
    signatory_id: int = 0
    scan: File | None = None


@dataclass
class Outcomes:
    """Decides sheet by sheet, in the order of time; writes prints, scans and closings at the end."""

    cast: Cast
    when: When
    rng: Random
    rows: BulkRows
    withdrawn: list[Activity] = field(default_factory=list)
    prints: list[Print] = field(default_factory=list)
    ended: dict[int, datetime] = field(default_factory=dict)
    pairs: dict[tuple[int, int, date], list[Entry]] = field(default_factory=dict)

    def decide(
        self, sheets: dict[SheetKey, MonthSheet], lines: dict[SheetKey, list[Entry]], owners: dict[int, Activity]
    ) -> None:
        """Let every sheet of a month take its course as far as it has come by today."""
        self.limit = moment(self.when.yesterday, 21)
        self.houses: dict[int, House] = {house.id: house for house in self.cast.houses.values()}
        self.authors = {
            (actor.principal_id, actor.tenant_id): actor
            for one in self.cast.all_people
            for actor in one.actors.values()
        }
        self.ready: dict[int, datetime] = {}
        for key, sheet in sheets.items():
            entries = lines[key]
            self.pairs.setdefault((key[1], key[2], key[3]), []).extend(entries)
            for entry in entries:
                if entry.state == EntryState.DECLARED and self.rng.random() < WITHDRAWN:
                    self._withdraw(entry, owners[id(entry)])
            days = self._days(key)
            if days is not None:
                paper = self.rng.random() < self._paper(key)
                (self._on_paper if paper else self._online)(key, sheet, entries, days[0])
                self._online(key, sheet, entries, days[1])

    def _paper(self, key: SheetKey) -> float:
        code = self.houses[key[2]].place.code
        return PAPER_HOUSES.get(code, PAPER) if code in COUNTIES else 0.1

    def _days(self, key: SheetKey) -> tuple[datetime, datetime] | None:
        """Return when a month's sheet is verified, and when what came later is; None: they do not get round to it."""
        month, following = key[3], add_months(key[3], 1)
        if self.houses[key[2]].place.code == SLOW and month > self.when.month(5):
            return None
        days = working_days(following)
        first = days[min(self.rng.randint(2, 7), len(days) - 1)]
        return some_time(self.rng, first, 9, 17), some_time(self.rng, days[-2], 9, 17)

    def _author(self, entry: Entry) -> Actor:
        return self.authors[(entry.created_by_id, entry.tenant_id)]

    def _withdraw(self, entry: Entry, activity: Activity) -> None:
        """Withdraw what was written down twice, before anybody verifies it."""
        at = entry.created_at + timedelta(hours=2)
        if at > self.limit or entry.kind in ("lecture", "conference", "dispatch"):
            return
        actor, note = self._author(entry), self.rng.choice(words.WITHDRAWALS)
        self.rows.move(ENTRIES, entry, "withdraw", actor, at, note=note)
        self.rows.move(ACTIVITIES, activity, "withdraw", actor, at, note=note)
        self.withdrawn.append(activity)

    def _open(self, entries: list[Entry], at: datetime) -> list[Entry]:
        """Return what is declared at a moment; nothing when the moment has not come."""
        if at > self.limit:
            return []
        return [
            entry
            for entry in entries
            if entry.state == EntryState.DECLARED and self.ready.get(id(entry), entry.created_at) < at
        ]

    # Online --------------------------------------------------------------------------------------

    def _online(self, key: SheetKey, sheet: MonthSheet, entries: list[Entry], at: datetime) -> None:
        waiting = self._open(entries, at)
        if not waiting:
            return
        actor, told = self._verifier(key), {entry.public_id: entry.version for entry in waiting}
        lowered: dict[str, str] = {}
        returned: list[str] = []
        for entry in waiting:
            luck = self.rng.random()
            if luck < LOWERED and entry.quantity >= 3:
                self._lower(entry, actor, at)
                lowered[entry.public_id] = str(entry.quantity)
            elif luck > 1 - RETURNED and id(entry) not in self.ready and at + timedelta(days=4) < self.limit:
                self._return(entry, actor, at)
                returned.append(entry.public_id)
            else:
                self.rows.move(
                    ENTRIES, entry, "verify", actor, at, fields={"level": int(Level.ONLINE), "via": "online"}
                )
        facts = {"entries": len(told), "lowered": lowered, "returned": sorted(returned), "left": []}
        self.rows.move(SHEETS, sheet, "verify_sheet", actor, at, facts=facts)
        self.ended[id(sheet)] = at
        for entry in waiting:
            if entry.public_id in lowered and self.rng.random() < SETTLED:
                self._object(entry, key, at)

    def _verifier(self, key: SheetKey) -> Actor:
        house = self.houses[key[2]]
        one = house.coordinator if self.rng.random() < 0.65 or not house.heads else self.rng.choice(house.heads)
        if house.place.code == PROVINCIAL and self.rng.random() < 0.5:
            one = self.cast.clerk
        return one.at(house.place.code)

    def _lower(self, entry: Entry, actor: Actor, at: datetime) -> None:
        figure = max(Decimal(1), entry.quantity - self.rng.choice((1, 1, 2, max(1, int(entry.quantity) // 6))))
        fields = {"level": int(Level.ONLINE), "via": "online", "quantity": figure, "lowered_on": shanghai_day(at)}
        note = self.rng.choice(words.LOWER_REASONS)
        self.rows.move(ENTRIES, entry, "lower", actor, at, fields=fields, note=note, facts={"quantity": str(figure)})

    def _return(self, entry: Entry, actor: Actor, at: datetime) -> None:
        """Ask for completion; the declarer brings it two days later and it waits for the next round."""
        self.rows.move(ENTRIES, entry, "return_", actor, at, note=self.rng.choice(words.RETURN_REASONS))
        again = at + timedelta(days=2, hours=3)
        fields = {
            "quantity": entry.declared,
            "declared": entry.declared,
            "level": 0,
            "via": "",
            "verify_by": verify_by(entry.day, shanghai_day(again)),
        }
        self.rows.move(ENTRIES, entry, "redeclare", self._author(entry), again, fields=fields, note="已补充")
        self.ready[id(entry)] = again

    def _object(self, entry: Entry, key: SheetKey, at: datetime) -> None:
        objected, settled = at + timedelta(days=2), at + timedelta(days=7)
        if settled > self.limit:
            return
        self.rows.move(ENTRIES, entry, "object_", self._author(entry), objected, note=self.rng.choice(words.OBJECTIONS))
        house = self.houses[key[2]]
        self.rows.move(
            ENTRIES,
            entry,
            "settle",
            house.coordinator.at(house.place.code),
            settled,
            fields={"quantity": entry.declared},
            note=words.SETTLEMENTS[1],
            facts={"quantity": str(entry.declared)},
        )

    # On paper ------------------------------------------------------------------------------------

    def _on_paper(self, key: SheetKey, sheet: MonthSheet, entries: list[Entry], at: datetime) -> None:
        """Print the sheet, have it stamped, and book the scan some days later."""
        printed_at = at - timedelta(days=3)
        house, giver = self.houses[key[2]], self.houses[key[1]]
        waiting = self._open(entries, printed_at)
        if not waiting:
            return
        printer = house.coordinator.at(house.place.code)
        number = numbers.take("MS", printed_at)
        standing = [e for e in entries if e.state in STANDING and self.ready.get(id(e), e.created_at) < printed_at]
        row = SheetPrint(sheet=sheet, giver_id=key[1], receiver_id=key[2], number=number)
        page = Print(row, sheet, [(e, e.version, e.quantity, e.level) for e in standing], printer, printed_at)
        self.prints.append(page)
        if at > self.limit:
            return
        booker, signatory = giver.coordinator.at(giver.place.code), self._signatory(house, giver)
        if any(entry.created_by_id == booker.principal_id for entry in waiting):
            booker = house.coordinator.at(house.place.code)
        for entry in waiting:
            fields = {"level": int(Level.PAPER), "via": "paper"}
            self.rows.move(ENTRIES, entry, "confirm_on_paper", booker, at, fields=fields, facts={"sheet": number})
        page.booker, page.booked_at, page.signatory_id = booker, at, signatory.pk
        self.ended[id(sheet)] = at

    def _signatory(self, house: House, giver: House) -> Somebody:
        """Return who stamps and signs for the receiver: its president, unless the giver employs them."""
        alone = house.leader.employer == giver.place.code
        return house.heads[0] if alone and house.heads else house.leader

    # The end -------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Write prints with their scans, and close the months that both offices have closed."""
        self._scans()
        for page in self.prints:
            self._print(page)
        save(SheetPrint, [page.row for page in self.prints])
        closings = [row for key in sorted(self.pairs) if (row := self._closing(*key)) is not None]
        save(Closing, closings)

    def _scans(self) -> None:
        """Keep a scan of every stamped page."""
        scans: list[File] = []
        for page in self.prints:
            if page.booker is None or page.booked_at is None:
                continue
            content = a_pdf(self._page(page))
            digest = hashlib.sha256(content).hexdigest()
            put_file(digest, content)
            name = f"{page.row.number} 盖章扫描件.pdf"
            page.scan = File(sha256=digest, name=name, size=len(content), media_type="application/pdf")
            self.rows.enter(FILE_FLOW, page.scan, "store", page.booker, page.booked_at)
            scans.append(page.scan)
        save(File, scans)

    def _page(self, page: Print) -> list[str]:
        giver, receiver = self.houses[page.row.giver_id].place, self.houses[page.row.receiver_id].place
        return [
            f"帮扶工作量月度核实单  {page.row.number}",
            f"{page.sheet.month:%Y年%m月}  {giver.short_name} → {receiver.short_name}",
            *(f"{entry.day}  {entry.note[:24]}  {quantity:g}" for entry, _v, quantity, _l in page.entries[:24]),
            "受援医院（盖章）          支援医院（盖章）",
        ]

    def _print(self, page: Print) -> None:
        page.row.lines = [
            {"entry": e.pk, "id": e.public_id, "day": str(e.day), "quantity": str(quantity), "level": level}
            for e, _version, quantity, level in page.entries
        ]
        self.rows.enter(PRINTS, page.row, "print_sheet", page.printer, page.printed_at)
        if page.booker is None or page.booked_at is None or page.scan is None:
            return
        facts = {"signatory": page.signatory_id, "entries": 0, "lowered": {}, "returned": [], "left": []}
        fields = {"signatory_id": page.signatory_id, "scan_id": page.scan.pk}
        self.rows.move(PRINTS, page.row, "confirm_scan", page.booker, page.booked_at, fields=fields, facts=facts)

    def _closing(self, giver_id: int, receiver_id: int, month: date) -> Closing | None:
        """Return the closing of a month that is over for long and in which nothing is open."""
        house = self.houses[receiver_id]
        over = month <= self.when.month(4) and giver_id == self.cast.id(PROVINCIAL)
        unfinished = {EntryState.DECLARED, EntryState.RETURNED, EntryState.OBJECTED}
        if not over or house.place.code not in COUNTIES:
            return None
        if any(entry.state in unfinished for entry in self.pairs[(giver_id, receiver_id, month)]):
            return None
        day = working_days(add_months(month, 2))[-4]
        row = Closing(giver_id=giver_id, receiver_id=receiver_id, month=month, proposed_by_id=giver_id)
        self.rows.enter(CLOSINGS, row, "propose_closing", self.cast.office.home, some_time(self.rng, day))
        at = some_time(self.rng, day + timedelta(days=1))
        self.rows.move(CLOSINGS, row, "close_month", house.coordinator.at(house.place.code), at)
        return row
