"""Every open matter of the ledger: sheets waiting, printed, linked; figures lowered, disputed, settled, corrected."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from lianti.contexts.activities import services as activities
from lianti.contexts.ledger import services as ledger
from lianti.contexts.ledger.models import Closing, Entry, MonthSheet
from lianti.contexts.ledger.states import ClosingState, EntryState
from lianti.contexts.network.models import Relation
from lianti.demo import words
from lianti.demo.papers import Relations
from lianti.demo.paperwork import a_pdf
from lianti.demo.people import Cast
from lianti.demo.places import LANXI, PROVINCIAL, SHIZHOU, SONGQUAN, WUPU, YANMING
from lianti.demo.planned import Planned
from lianti.demo.stories import Stories
from lianti.demo.when import When, moment, working_days
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months

PUBLISHED = 12


class OpenMatters:
    """Brings the last month's sheets and the disputes about them to where they stand today."""

    def __init__(self, cast: Cast, when: When, relations: Relations, rng: Random, stories: Stories) -> None:
        self.cast, self.when, self.relations, self.rng, self.stories = cast, when, relations, rng, stories
        self.last = when.month(1)
        self.office, self.clerk = cast.office.home, cast.clerk.home

    def run(self) -> None:
        """Bring every state of an entry, a sheet and a month about."""
        self._lanxi()
        self._shizhou()
        self._songquan()
        self._corrections()
        self._late()
        self._twice()
        self._months()
        self._published()

    def _desk(self, code: str) -> Actor:
        return self.cast.house(code).coordinator.at(code)

    # One county after the other ------------------------------------------------------------------

    def _lanxi(self) -> None:
        """The known coordinator's county: sheets with exceptions, on paper, printed, linked; the rest is open."""
        sheets = self.stories.sheets(LANXI, self.last)
        desk = self._desk(LANXI)
        known = next((s for s in sheets if s.person_id == self._expert()), None)
        if known is not None:
            self._with_exceptions(known, desk)
        others = [s for s in self.stories.sheets(LANXI, self.last) if s.person_id not in (None, self._expert())]
        for sheet, course in zip(others, (self._on_paper, self._printed, self._linked), strict=False):
            course(sheet, LANXI)

    def _expert(self) -> int:
        return self.cast.postings[(LANXI, self.when.this_month)][0].pk

    def _with_exceptions(self, sheet: MonthSheet, desk: Actor) -> None:
        """Verify the known expert's sheet: three figures lowered, one line returned; then they are disputed."""
        entries = self.stories.declared(sheet)
        high = [e for e in entries if e.quantity >= 3 and e.kind != "dispatch"][:3]
        back = [e for e in entries if e not in high and e.kind != "dispatch"][:1]
        marked = ledger.Exceptions(
            lowered={e.public_id: (_less(e.quantity), words.LOWER_REASONS[n % 4]) for n, e in enumerate(high)},
            returned={e.public_id: words.RETURN_REASONS[0] for e in back},
        )
        at = self.stories.after(sheet, 5, 10)
        self.stories.verify(sheet, desk, at, marked)
        for number, entry in enumerate(high):
            when = min(at + timedelta(days=2, hours=number), self.stories.limit)
            ledger.object_(
                actor=self.stories.author(entry),
                at=when,
                key=None,
                entry_id=entry.pk,
                note=words.OBJECTIONS[number % 2],
            )
        if len(high) > 1:
            ledger.refer(
                actor=self.office,
                at=min(when + timedelta(days=1), self.stories.limit),
                key=None,
                entry_id=high[1].pk,
                note="两院未能协商一致，提请主管部门认定",
            )
        if len(high) > 2:
            ledger.settle(
                actor=desk,
                at=min(when + timedelta(days=2), self.stories.limit),
                key=None,
                entry_id=high[2].pk,
                quantity=high[2].declared,
                note=words.SETTLEMENTS[1],
            )

    def _on_paper(self, sheet: MonthSheet, code: str) -> None:
        """Print a sheet, have it stamped, book the scan."""
        house = self.cast.house(code)
        at = self.stories.after(sheet, 3, 9)
        page = ledger.print_sheet(actor=house.coordinator.at(code), at=at, key=None, sheet_id=sheet.pk)
        scan = a_pdf(
            (f"帮扶工作量月度核实单  {page.number}", f"{sheet.month:%Y年%m月}", "受援医院（盖章）    支援医院（盖章）")
        )
        ledger.confirm_scan(
            actor=self.office,
            at=min(at + timedelta(days=4), self.stories.limit),
            key=None,
            print_id=page.pk,
            signatory_id=house.heads[0].pk,
            name=f"{page.number} 盖章扫描件.pdf",
            content=scan,
        )

    def _printed(self, sheet: MonthSheet, code: str) -> None:
        """Print a sheet whose stamped copy has not come back yet."""
        at = self.stories.after(sheet, 6, 11)
        ledger.print_sheet(actor=self._desk(code), at=at, key=None, sheet_id=sheet.pk)

    def _linked(self, sheet: MonthSheet, code: str) -> None:
        """Send a one-time link to a head of department who has no time to sign in; a second one takes its place."""
        for back in (4, 2):
            ledger.make_link(
                actor=self._desk(code),
                at=self.stories.at(back, 15),
                key=None,
                sheet_id=sheet.pk,
                person_id=self.cast.house(code).heads[1 if back == 2 else 2].pk,
            )

    def _shizhou(self) -> None:
        """The president is the supporter's own: a head of department verifies one sheet by link, the rest waits."""
        house = self.cast.house(SHIZHOU)
        sheets = [s for s in self.stories.sheets(SHIZHOU, self.last) if s.person_id not in (None, house.leader.pk)]
        if not sheets:
            return
        at = min(self.stories.after(sheets[0], 4, 14), self.stories.limit - timedelta(hours=4))
        made = ledger.make_link(
            actor=self._desk(SHIZHOU), at=at, key=None, sheet_id=sheets[0].pk, person_id=house.heads[0].pk
        )
        seen = {entry.public_id: entry.version for entry in self.stories.declared(sheets[0])}
        ledger.use_link(token=made.token, code=made.code, at=at + timedelta(hours=3), key=None, seen=seen)

    def _songquan(self) -> None:
        """All verified online; the authority draws three entries: one passes, one fails, one is still to be judged."""
        for sheet in self.stories.sheets(SONGQUAN, self.last):
            self.stories.verify(sheet, self._desk(SONGQUAN), self.stories.after(sheet, 4, 16))
        authority = self.cast.authority.at(self.cast.authority.employer)
        drawn = ledger.spot_draw(
            actor=authority,
            at=self.stories.at(6, 9),
            key="demo",
            giver_id=self.cast.id(PROVINCIAL),
            receiver_id=self.cast.id(SONGQUAN),
            month=self.last,
            count=6,
        )
        big = [check for check in drawn if check.entry.quantity >= 2]
        for check in drawn[: len(drawn) // 2]:
            failed = big and check is big[0]
            ledger.spot_judge(
                actor=authority,
                at=self.stories.at(3, 15),
                key=None,
                check_id=check.pk,
                found=check.entry.quantity - 1 if failed else None,
                note="抽查门诊日志，少一次" if failed else "与原始记录一致",
            )
        self._checked_of_old(authority)

    def _checked_of_old(self, authority: Actor) -> None:
        """Half-yearly checks of the past: four entries of four counties each, all found in order."""
        for back in (back for back in (5, 11, 17) if back < len(self.when.months)):
            for code in (LANXI, YANMING, WUPU, SHIZHOU):
                day = working_days(self.when.month(back - 2))[3]
                checks = ledger.spot_draw(
                    actor=authority,
                    at=moment(day, 9),
                    key=f"demo {back} {code}",
                    giver_id=self.cast.id(PROVINCIAL),
                    receiver_id=self.cast.id(code),
                    month=self.when.month(back),
                    count=3,
                )
                for check in checks:
                    ledger.spot_judge(
                        actor=authority,
                        at=moment(day + timedelta(days=5), 15),
                        key=None,
                        check_id=check.pk,
                        note="与原始记录一致",
                    )

    # Closed months, corrections, late entries ----------------------------------------------------

    def _corrections(self) -> None:
        """Correct some verified entries of closed months: most corrections are verified, one is still declared."""
        rows = Entry.objects.filter(
            state=EntryState.COUNTED,
            giver_id=self.cast.id(PROVINCIAL),
            receiver_id=self.cast.id(LANXI),
            kind="outpatient",
            day__lt=self.when.month(4),
            corrects=None,
            quantity__gte=1000,
        )
        clinicians = self.cast.house(LANXI)
        for number, entry in enumerate(rows.order_by("-day", "id")[:8:2]):
            correction = ledger.correct(
                actor=self.clerk,
                at=self.stories.at(9 - number, 10),
                key=None,
                entry_id=entry.pk,
                difference=Decimal(-2 if number % 2 else 3),
                note=words.CORRECTIONS[number % 3],
            )
            if number:
                ledger.verify(
                    actor=clinicians.coordinator.at(LANXI),
                    at=self.stories.at(8 - number, 15),
                    key=None,
                    entry_id=correction.pk,
                )

    def _late(self) -> None:
        """Write down late (补录) what happened in a month that is closed: it counts in the open one."""
        closed = Closing.objects.filter(
            giver_id=self.cast.id(PROVINCIAL), receiver_id=self.cast.id(YANMING), state=ClosingState.CLOSED
        ).order_by("-month")
        row = closed.first()
        if row is None:
            return
        one = self.cast.postings[(YANMING, row.month)][0]
        day = working_days(row.month)[9]
        for number, (kind, title) in enumerate((("lecture", "专题讲座（补录）"), ("consultation", "院内会诊（补录）"))):
            self.stories.record(
                Planned(
                    kind,
                    day + timedelta(days=number),
                    PROVINCIAL,
                    (YANMING,),
                    Decimal(1),
                    title,
                    self.clerk,
                    self.stories.at(7, 9),
                    None,
                    [(one, "lead", None)],
                    note="整理考核材料时发现漏报",
                    place=YANMING,
                )
            )

    def _twice(self) -> None:
        """Write something down twice, and take the second one back."""
        one = self.cast.postings[(LANXI, self.when.this_month)][1]
        deed = Planned(
            "ward_round",
            self.when.workday(6),
            PROVINCIAL,
            (LANXI,),
            Decimal(2),
            f"{one.department}业务查房",
            one.at(LANXI),
            self.stories.at(5, 19),
            None,
            [(one, "lead", None)],
            place=LANXI,
        )
        self.stories.record(deed)
        again = self.stories.record(deed)
        activities.withdraw(
            actor=one.at(LANXI), at=self.stories.at(4, 8), key=None, activity_id=again.public_id, note="重复填报，撤回"
        )

    def _months(self) -> None:
        """Propose, close and reopen months, as offices do."""
        giver = self.cast.id(PROVINCIAL)
        for code in (WUPU, YANMING):
            ledger.close_month(
                actor=self.office,
                at=self.stories.at(5, 16),
                key=None,
                giver_id=giver,
                receiver_id=self.cast.id(code),
                month=self.when.month(3),
            )
        reopened = Closing.objects.filter(giver_id=giver, receiver_id=self.cast.id(SONGQUAN), state=ClosingState.CLOSED)
        months = list(reopened.order_by("-month").values_list("month", flat=True)[:2])
        for number, month in enumerate(months):
            self._reopen(month, whole=number == 0)

    def _reopen(self, month: date, *, whole: bool) -> None:
        facts = {"giver_id": self.cast.id(PROVINCIAL), "receiver_id": self.cast.id(SONGQUAN), "month": month}
        note = "信息科重新导出手术量，需更正"
        ledger.reopen_month(actor=self._desk(SONGQUAN), at=self.stories.at(12, 9), key=None, note=note, **facts)  # type: ignore[arg-type]
        if whole:
            ledger.reopen_month(actor=self.office, at=self.stories.at(11, 9), key=None, note=note, **facts)  # type: ignore[arg-type]

    def _published(self) -> None:
        """Publish the sums of a year's months to the authority, each some weeks after its end."""
        keys = [key for key in ("paired", "team", "uplift") if key in self.relations]
        for back in range(PUBLISHED, 1, -1):
            month = self.when.month(back)
            day = working_days(add_months(month, 1))[13]
            for key in keys:
                relation: Relation = self.relations[key]
                ledger.publish_month(
                    actor=self.office,
                    at=moment(day, 11),
                    key=None,
                    relation_id=relation.pk,
                    month=month,
                    note="" if back % 4 else "国庆假期工作量较少",
                )


def _less(quantity: Decimal) -> Decimal:
    return Decimal(max(1, int(quantity) - max(1, int(quantity) // 6)))
