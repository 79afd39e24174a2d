"""What is told through the services, move by move: the last two months of three hospitals, and every open matter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from random import Random

from lianti.contexts.activities import services as activities
from lianti.contexts.activities.models import Activity
from lianti.contexts.evidence import services as evidence
from lianti.contexts.evidence.models import File
from lianti.contexts.ledger import services as ledger
from lianti.contexts.ledger.models import Entry, EntryPerson, MonthSheet
from lianti.contexts.ledger.states import EntryState
from lianti.contexts.network import services as network
from lianti.demo import words
from lianti.demo.facts import described
from lianti.demo.needs import Needs
from lianti.demo.papers import Relations
from lianti.demo.paperwork import a_list, a_pdf, a_picture
from lianti.demo.people import Cast
from lianti.demo.places import LANXI, PROVINCIAL, SHIZHOU, SHORT, SONGQUAN, WEITANG
from lianti.demo.planned import Planned
from lianti.demo.postings import expert
from lianti.demo.when import When, moment, weeks, working_days
from lianti.lib.actor import Actor

# The weeks of a physician on posting: what is given, and how much.
_WEEK = (
    (("outpatient", 46), ("ward_round", 3), ("teaching_round", 1)),
    (("outpatient", 52), ("ward_round", 4), ("consultation", 2)),
    (("outpatient", 39), ("ward_round", 3), ("lecture", 1)),
    (("outpatient", 48), ("mentoring", 3), ("case_discussion", 1)),
    (("outpatient", 21), ("ward_round", 2)),
)
TOLD = (LANXI, SHIZHOU, SONGQUAN)
MOST = 160


class Stories:
    """Tells what is recent by the services, and what is open in every way it can be."""

    def __init__(self, cast: Cast, when: When, relations: Relations, rng: Random) -> None:
        self.cast, self.when, self.relations, self.rng = cast, when, relations, rng
        self.needs = Needs(cast, when, relations, rng)
        self.limit = moment(when.yesterday, 21)

    def leave_room(self, deeds: Iterable[Planned]) -> list[Planned]:
        """Return the deeds without those of the printed expert's last two months, which are told by hand."""
        one = expert(self.cast, self.when)

        def told(deed: Planned) -> bool:
            mine = bool(deed.people) and deed.people[0][0] is one and deed.receivers == (LANXI,)
            return mine and deed.kind != "dispatch" and deed.month >= self.when.month(1)

        return [deed for deed in deeds if not told(deed)]

    def choose(self, deeds: Iterable[Planned]) -> list[Planned]:
        """Return the deeds that are told one by one: whole sheets of the last two months of three hospitals."""
        sheets: dict[tuple[date, int, int], list[Planned]] = {}
        for deed in deeds:
            if deed.receivers[0] in TOLD and len(deed.receivers) == 1 and deed.month >= self.when.month(1):
                who = deed.people[0][0].pk if deed.people else 0
                sheets.setdefault((deed.month, TOLD.index(deed.receivers[0]), who), []).append(deed)
        mine: list[Planned] = []
        for key in sorted(sheets, key=lambda key: key[:2]):  # whole sheets, so that none is told by halves
            if len(mine) + len(sheets[key]) <= MOST:
                mine += sheets[key]
        return sorted(mine, key=lambda deed: deed.at)

    def needs_of_old(self) -> None:
        """State and answer the needs of the past, so that what was given afterwards counts for them."""
        self.needs.old()

    def tell(self, deeds: Iterable[Planned]) -> None:
        """Record the chosen deeds one by one, now and then with proof."""
        for number, deed in enumerate([*deeds, *self._known()]):
            self.record(deed, self._proof(deed, number))

    def _known(self) -> list[Planned]:
        """Return two months of the posted expert whose sign-in is printed, week by week."""
        one, deeds = expert(self.cast, self.when), []
        craft = one.craft or words.CRAFTS[0]
        for month in (self.when.month(1), self.when.this_month):
            spans = [span for span in weeks(month) if span[1] < self.when.today]
            for number, (first, last) in enumerate(spans):
                for kind, quantity in _WEEK[number % len(_WEEK)]:
                    title, extra = described(self.rng, kind, craft, SHORT[LANXI])
                    deeds.append(
                        Planned(
                            kind,
                            first,
                            PROVINCIAL,
                            (LANXI,),
                            Decimal(quantity),
                            title,
                            one.at(LANXI),
                            min(moment(last, 19, 5 * len(kind) % 60), self.limit),
                            last if last != first else None,
                            [(one, "lead", None)],
                            extra=extra,
                            place=LANXI,
                        )
                    )
        return deeds

    def record(self, deed: Planned, uploads: tuple[activities.Upload, ...] = ()) -> Activity:
        """Record a deed as its author did."""
        facts = activities.ActivityFacts(
            kind=deed.kind,
            day=deed.day,
            giver_id=self.cast.id(deed.giver),
            receiver_ids=tuple(self.cast.id(code) for code in deed.receivers),
            quantity=deed.quantity,
            people=tuple(activities.Taking(one.pk, part, share) for one, part, share in deed.people),
            day_to=deed.day_to,
            title=deed.title,
            place_id=self.cast.id(deed.place) if deed.place else None,
            relation_id=self.relations[deed.relation].pk,
            extra=deed.extra,
            note=deed.note,
        )
        at = min(deed.at, self.limit)
        return activities.record(actor=deed.declarer, at=at, key=None, activity=facts, uploads=uploads)

    def _proof(self, deed: Planned, number: int) -> tuple[activities.Upload, ...]:
        if deed.kind in ("lecture", "teaching_round"):
            names = [one.name for one in self.cast.house(deed.receivers[0]).people]
            return (
                activities.Upload(f"签到表 {deed.day}.txt", a_list(f"{deed.title}　签到表", names)),
                activities.Upload(f"现场照片 {deed.day}.png", a_picture(number)),
            )
        if deed.kind == "dispatch":
            return (activities.Upload(f"考勤表 {deed.day:%Y-%m}.pdf", a_pdf((deed.title, f"{deed.day:%Y年%m月}考勤"))),)
        return ()

    def end_needs(self) -> None:
        """Let needs come to where they stand today."""
        self.needs.close()
        self.needs.recent()

    def withhold(self) -> None:
        """Withhold the name of somebody who left, and erase a picture that showed patients."""
        house = self.cast.house(WEITANG)
        network.hide_person(
            actor=house.coordinator.at(WEITANG),
            at=self.at(9),
            key=None,
            person_id=house.clinicians[0].public_id,
            note="本人已调离，按规定不再显示姓名",
        )
        picture = File.objects.filter(media_type="image/png", tenant_id=self.cast.id(LANXI)).order_by("id").first()
        if picture is not None:
            evidence.erase(
                actor=self.cast.house(LANXI).coordinator.at(LANXI),
                at=self.at(4),
                key=None,
                file_id=picture.public_id,
                note="照片中有患者面部，已请上传人更换",
            )

    # What the matters ask for --------------------------------------------------------------------

    def sheets(self, code: str, month: date) -> list[MonthSheet]:
        """Return the sheets of what the provincial hospital gave to a county in a month, with something declared."""
        rows = MonthSheet.objects.filter(
            giver_id=self.cast.id(PROVINCIAL), receiver_id=self.cast.id(code), month=month, waiting__gt=0
        )
        return list(rows.order_by("id"))

    def declared(self, sheet: MonthSheet) -> list[Entry]:
        """Return the declared entries of a sheet, the oldest first."""
        on_sheet = EntryPerson.objects.filter(sheet=sheet).values("entry_id")
        return list(Entry.objects.filter(pk__in=on_sheet, state=EntryState.DECLARED).order_by("day", "id"))

    def at(self, back: int, hour: int = 10) -> datetime:
        """Return an hour of a working day before today."""
        return moment(self.when.workday(back), hour, self.rng.randint(0, 59))

    def after(self, sheet: MonthSheet, nth: int, hour: int) -> datetime:
        """Return an hour of the n-th working day after a sheet's month, at the latest yesterday."""
        days = working_days(self.when.this_month)
        return min(moment(days[min(nth, len(days) - 1)], hour), self.limit)

    def author(self, entry: Entry) -> Actor:
        """Return who declared an entry."""
        return next(
            actor
            for one in self.cast.all_people
            for actor in one.actors.values()
            if (actor.principal_id, actor.tenant_id) == (entry.created_by_id, entry.tenant_id)
        )

    def verify(
        self, sheet: MonthSheet, actor: Actor, at: datetime, exceptions: ledger.Exceptions | None = None
    ) -> None:
        """Verify a sheet as it stands, but for what is marked."""
        seen = {entry.public_id: entry.version for entry in self.declared(sheet)}
        ledger.verify_sheet(actor=actor, at=at, key=None, sheet_id=sheet.pk, seen=seen, exceptions=exceptions)
