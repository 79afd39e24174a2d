"""The product and the book side by side: a move is made on both, then what they say of it must be the same.

A move that the product refuses and the book allows needs a reason in `SILENT`; the other way round there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import count
from typing import Any

from django.conf import settings

from lianti.contexts.accounts import queries as accounts_queries
from lianti.contexts.accounts import services as accounts
from lianti.contexts.accounts.models import MembershipTransition
from lianti.contexts.accounts.queries import invited
from lianti.contexts.activities import services as activities
from lianti.contexts.ledger import services
from lianti.contexts.ledger.models import Entry, EntryPerson, MonthSheet
from lianti.contexts.network import services as network
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.errors import Refused
from tests.book.book import Book, Code, Id, Part, State
from tests.book.book import Refused as BookRefuses
from tests.book.reading import ProductReading
from tests.book.who import By
from tests.book.world import PEOPLE, START, UNITS, World, calendar
from tests.cast import the_system

SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PER = {"month": 1, "quarter": 3, "year": 12, "once": None}
NOBODY = "-"  # whose sheet holds what names nobody
LATE_AFTER = 7  # days after which an activity is recorded as a late one


@dataclass(frozen=True)
class Move:
    """One move as it can be made again: what it is about by label, who makes it by name."""

    name: str
    by: str = ""
    on: str = ""
    makes: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        told = " ".join(f"{name}={value}" for name, value in self.told.items() if value not in (None, (), False))
        return " ".join(part for part in (self.makes and f"{self.makes}:", self.by, self.name, self.on, told) if part)


class Differs(AssertionError):
    """Product and book do not say the same; `what` names the kind of difference."""

    def __init__(self, what: str, said: str) -> None:
        self.what = what
        super().__init__(f"{what}: {said}")


class Missing(Exception):
    """The move is about something that is not there (its making was left out of a shorter walk)."""


@dataclass(frozen=True)
class Silent:
    """Moves that the product refuses and the law says nothing about: which, and why the product refuses them."""

    moves: frozenset[str]
    holds: Callable[[Beside, Move], bool]
    why: str


class Beside:
    """One walk: the same moves on the product and on the book."""

    def __init__(self, world: World, silent: Iterable[Silent] = ()) -> None:
        self.world, self.silent = world, tuple(silent)
        self.today = START
        self.book = ProductReading(START, UNITS, calendar(), settings.OVERDUE_DAYS)
        world.tell(self.book)
        self.labels: dict[str, Id] = {}
        self.secrets: dict[str, services.Made] = {}  # links by label: token and code
        self.sheets: dict[str, Any] = {}  # links by label: their sheet
        self.ended: set[str] = set()  # links that a later one to the same sheet has ended
        self._sources = count(1)
        self.done: dict[str, list[int]] = {}  # by move: made, refused by both
        self.changed = False  # whether the last move was made

    # ------------------------------------------------------------------ making a move

    @property
    def at(self) -> datetime:
        """Ten in the morning in Shanghai."""
        return datetime.combine(self.today, time(2, 0), UTC)

    def make(self, move: Move) -> None:
        """Make a move on both. Raises Differs; Missing when it is about something that is not there."""
        self.changed = False
        getattr(self, f"make_{move.name}")(move)

    def id(self, label: str) -> Any:
        """Return what a label names."""
        if label not in self.labels:
            raise Missing(label)
        return self.labels[label]

    def label(self, pk: Id) -> str:
        return next((name for name, known in self.labels.items() if known == pk and name[0] in "ec"), f"?{pk}")

    def by(self, move: Move) -> By:
        return self.world.by(move.by)

    def by_person(self, name: str) -> By:
        """Return somebody of the directory as acting for who employs them today."""
        return By(name, self.book.who.employer(name, self.today) or "")

    def product(self, move: Move, act: Callable[..., Any], **told: Any) -> Any:
        """Call a service as who moves; return what it returns, or its refusal."""
        actor = self.world.actors[move.by]
        try:
            with scope.acting(actor):
                return act(actor=actor, at=self.at, key=None, **told)
        except Refused as refusal:
            return refusal

    def agree(self, move: Move, outcome: Any, act: Callable[[Book], Any]) -> bool:
        """Make the move in the book as well; both allow it, or both refuse it. Return whether it was made."""
        tally = self.done.setdefault(move.name, [0, 0])
        if not isinstance(outcome, Refused):
            self.changed = True
            try:
                act(self.book)
            except BookRefuses as why:
                raise Differs(f"{move.name} is allowed, the book refuses", f"{why} ({move})") from None
            tally[0] += 1
            return True
        tally[1] += 1
        if self.allows(act) and not self.may_refuse(move):
            raise Differs(f"{move.name} is refused, the book allows", f"{outcome!r} {outcome} ({move})")
        return False

    def allows(self, act: Callable[[Book], Any], book: Book | None = None) -> bool:
        """Say whether the book would allow something, without doing it."""
        try:
            act(deepcopy(book or self.book))
        except BookRefuses:
            return False
        return True

    def may_refuse(self, move: Move) -> bool:
        """Say whether the product has a reason of its own, of which the law is silent."""
        return any(move.name in one.moves and one.holds(self, move) for one in self.silent)

    # ------------------------------------------------------------------ accounts

    def make_open_account(self, move: Move) -> None:
        told = move.told
        giver, receiver = told["sides"]
        facts = services.AccountFacts(
            giver_id=self.world.id(giver),
            receiver_id=self.world.id(receiver),
            kinds=frozenset(told["kinds"]),
            source_kind="test",
            source_id=next(self._sources),
            source_public_id=ids.new(),
            label="约定",
            unit=told["unit"],
            amount=None if told["amount"] is None else Decimal(told["amount"]),
            period=told["per"],
            from_date=told["first"],
            to_date=told["last"],
            relation_id=self.world.relations.get(told["relation"]),
        )
        made = self.product(move, services.open_account, account=facts)
        pk = None if isinstance(made, Refused) else made.pk
        first = told["first"]
        done = self.agree(
            move,
            made,
            lambda book: book.open_account(
                pk or "new",
                giver,
                receiver,
                told["kinds"],
                told["amount"],
                told["unit"],
                PER[told["per"]],
                first,
                told["last"],
                first.month if first else 1,
                told["relation"] or None,
            ),
        )
        if done:
            self.labels[move.makes] = pk or "new"

    def make_redate(self, move: Move) -> None:
        pk, first, last = self.id(move.on), move.told["first"], move.told["last"]
        moved = self.product(move, services.redate_account, account_id=pk, from_date=first, to_date=last)
        self.agree(move, moved, lambda book: book.redate_account(pk, first, last))

    def make_close_account(self, move: Move) -> None:
        pk = self.id(move.on)
        moved = self.product(move, services.close_account, account_id=pk)
        self.agree(move, moved, lambda book: book.close_account(pk, self.by(move)))

    def make_name(self, move: Move) -> None:
        pk, account = self.id(move.on), self.id(move.told["account"])
        moved = self.product(move, services.name_account, entry_id=pk, account_id=account)
        self.agree(move, moved, lambda book: book.name(pk, account))

    # ------------------------------------------------------------------ declaring

    def make_declare(self, move: Move) -> None:
        told = move.told
        day = self.today - timedelta(days=told["ago"])
        last = day + timedelta(days=told["span"])
        people = [(self.world.persons[name].pk, "lead", Decimal(share)) for name, share in told["people"]]
        giver, *receivers = told["sides"]
        names = [self.id(label) for label in told["names"]]
        if told["activity"]:
            made = self._recorded(move, day, last, people, names)
            late = (self.today - last).days > (0 if told["late"] else LATE_AFTER)
        else:
            made = self._declared(move, day, last, people, names)
            late = told["late"]
        new = made if isinstance(made, dict) else {receiver: f"new {receiver}" for receiver in receivers}

        def act(book: Book) -> None:
            book.record(
                move.makes,
                told["kind"],
                giver,
                new,
                day,
                Fraction(told["quantity"]),
                [Part(name, Fraction(share)) for name, share in told["people"]],
                self.by(move),
                day,
                last,
                None if told["people"] else NOBODY,
                late,
            )
            for account in names:
                for entry in new.values():
                    book.name(entry, account)

        if self.agree(move, made, act):
            self.labels |= {f"{move.makes}@{receiver}": pk for receiver, pk in new.items()}

    def _declared(self, move: Move, day: date, last: date, people: list[Any], names: list[int]) -> Any:
        told = move.told
        giver, receiver = told["sides"]
        facts = services.EntryFacts(
            source_kind="test.activity",
            source_id=next(self._sources),
            source_public_id=ids.new(),
            giver_id=self.world.id(giver),
            receiver_id=self.world.id(receiver),
            kind=told["kind"],
            quantity=Decimal(told["quantity"]),
            day=day,
            day_to=last if last != day else None,
            people=people,
            account_ids=names,
            late=told["late"],
        )
        made = self.product(move, services.declare, entry=facts)
        return made if isinstance(made, Refused) else {receiver: made.pk}

    def _recorded(self, move: Move, day: date, last: date, people: list[Any], names: list[int]) -> Any:
        told = move.told
        giver, *receivers = told["sides"]
        facts = activities.ActivityFacts(
            kind=told["kind"],
            day=day,
            giver_id=self.world.id(giver),
            receiver_ids=tuple(self.world.id(receiver) for receiver in receivers),
            quantity=Decimal(told["quantity"]),
            people=tuple(activities.Taking(*person) for person in people),
            day_to=last if last != day else None,
            account_ids=tuple(names),
            late=told["late"],
        )
        made = self.product(move, activities.record, activity=facts)
        if isinstance(made, Refused):
            return made
        with scope.system():
            rows = Entry.objects.filter(source_public_id=made.public_id).values_list("receiver_id", "pk")
            return {self.world.house(receiver): pk for receiver, pk in rows}

    def make_redeclare(self, move: Move) -> None:
        told, pk = move.told, self.id(move.on)
        row = self.book.entries[pk]
        day = None if told["ago"] is None else self.today - timedelta(days=told["ago"])
        day = None if day == row.day else day
        quantity = told["quantity"]
        people = told["people"]
        given: dict[str, Any] = {}
        if quantity is not None:
            given["quantity"] = Decimal(quantity)
        if day is not None:
            given["day"] = day
        if people is not None:
            given["people"] = [(self.world.persons[name].pk, "lead", Decimal(share)) for name, share in people]
        moved = self.product(move, services.redeclare, entry_id=pk, **given)
        parts = None if people is None else [Part(name, Fraction(share)) for name, share in people]

        def act(book: Book) -> None:
            again = book.mend if book.entries[pk].state.value == "declared" else book.redeclare
            # 7: what stays in its closed month stays a late one; another day must lie in an open month.
            number = None if quantity is None else Fraction(quantity)
            again(pk, self.by(move), number, day, parts, late=day is None)
            if parts is not None:
                book.entries[pk].department = None if parts else NOBODY

        self.agree(move, moved, act)

    def make_withdraw(self, move: Move) -> None:
        self._entry(move, services.withdraw, lambda book, pk, seen: book.withdraw(pk, self.by(move), seen))

    def _entry(self, move: Move, act: Callable[..., Any], mirror: Callable[[Book, Id, int | None], Any], **told: Any):
        """Move one entry, now and then as it was seen before its last change."""
        pk = self.id(move.on)
        seen = None
        if move.told.get("stale"):
            with scope.system():
                told["version"] = Entry.objects.values_list("version", flat=True).get(pk=pk) - 1
            seen = self.book.entries[pk].version - 1
        moved = self.product(move, act, entry_id=pk, **told)
        self.agree(move, moved, lambda book: mirror(book, pk, seen))
        return moved

    # ------------------------------------------------------------------ verifying

    def make_verify(self, move: Move) -> None:
        self._entry(move, services.verify, lambda book, pk, seen: book.verify(pk, self.by(move), seen))

    def make_return_(self, move: Move) -> None:
        self._entry(
            move, services.return_, lambda book, pk, seen: book.return_(pk, self.by(move), "补", seen), note="补"
        )

    def make_lower(self, move: Move) -> None:
        number = move.told["quantity"]
        self._entry(
            move,
            services.lower,
            lambda book, pk, seen: book.lower(pk, Fraction(number), "少", self.by(move), seen),
            quantity=Decimal(number),
            note="少",
        )

    def make_sheet(self, move: Move) -> None:
        """A sheet in one move: in the book each line by itself, since the product passes over who may not."""
        told = move.told
        sheet, seen = self._sheet(told["sheet"])
        exceptions = self._exceptions(told["marked"])
        outcome = self.product(move, services.verify_sheet, sheet_id=sheet, seen=seen, exceptions=exceptions)
        line = partial(self._line, self.by(move))
        if isinstance(outcome, Refused):
            for one in self._waiting(seen):
                self.agree(move, outcome, partial(line, "verified", one))
            return
        for how in ("returned", "lowered", "verified"):
            for one in getattr(outcome, how):
                self.agree(move, outcome, partial(line, how, one))
        for one, why in outcome.refused.items():
            if self.allows(partial(line, "verified", one)):
                raise Differs("a sheet passes a line over, the book allows", f"{why} ({move})")

    def _line(self, by: By, how: str, one: str, book: Book) -> None:
        pk = self._entry_of(one)
        if how == "returned":
            book.return_(pk, by, "补")
        elif how == "lowered":
            book.lower(pk, 0, "少", by)
        else:
            book.verify(pk, by)

    def _exceptions(self, marked: Iterable[tuple[str, str]]) -> services.Exceptions:
        """Return what is marked on a sheet, by label; what is lowered is lowered to nothing."""
        named: dict[str, list[str]] = {"lowered": [], "returned": [], "left": []}
        for label, how in marked:
            named[how].append(self._public(self.id(label)))
        lowered = {one: (Decimal(0), "少") for one in named["lowered"]}
        return services.Exceptions(lowered, dict.fromkeys(named["returned"], "补"), frozenset(named["left"]))

    def _waiting(self, seen: Iterable[str]) -> list[str]:
        """Return those of these entries that nobody has verified."""
        return [one for one in seen if self.book.entries[self._entry_of(one)].state is State.DECLARED]

    def _sheet(self, told: tuple[str, str, str, date]) -> tuple[int, dict[str, int]]:
        """Return a sheet by person, giver, receiver and month, with the versions of its entries. Raises Missing."""
        person, giver, receiver, month = told
        with scope.system():
            key = {"giver": self.world.id(giver), "receiver": self.world.id(receiver), "month": month}
            who = None if person == NOBODY else self.world.persons[person].pk
            found = MonthSheet.objects.filter(**key, person=who).values_list("pk", flat=True).first()
            if found is None:
                raise Missing(told)
            on_sheet = EntryPerson.objects.filter(sheet=found).values("entry_id")
            return found, dict(Entry.objects.filter(pk__in=on_sheet).values_list("public_id", "version"))

    def _public(self, pk: Id) -> str:
        with scope.system():
            return Entry.objects.values_list("public_id", flat=True).get(pk=pk)

    def _entry_of(self, public_id: str) -> int:
        with scope.system():
            return Entry.objects.values_list("pk", flat=True).get(public_id=public_id)

    # ------------------------------------------------------------------ correcting

    def make_object_(self, move: Move) -> None:
        self._entry(move, services.object_, lambda book, pk, seen: book.object_(pk, self.by(move), seen), note="不同意")

    def make_refer(self, move: Move) -> None:
        pk = self.id(move.on)
        moved = self.product(move, services.refer, entry_id=pk)
        named = None if isinstance(moved, Refused) else self.world.house(moved.arbiter_id)
        self.agree(move, moved, lambda book: book.refer(pk, self.by(move), named))

    def make_settle(self, move: Move) -> None:
        pk, number = self.id(move.on), move.told["quantity"]
        newest = self._newest()
        moved = self.product(move, services.settle, entry_id=pk, quantity=Decimal(number), note="议定")
        new, figure = self._since(newest, move.makes), Fraction(number)
        row = self.book.entries[pk]
        # 9: either office may record that the lower figure stands; the book wants it from the receiver.
        by = self.by(move)
        accepts = figure == row.figure and by.institution in (row.giver, row.receiver) and by.desk
        agreed = self._who_passes(pk) if accepts else by
        self.agree(move, moved, lambda book: book.settle(pk, figure, agreed, new))

    def _who_passes(self, pk: Id) -> By:
        row = self.book.entries[pk]
        found = (By(name, house) for name, (house, _role, _employer) in PEOPLE.items() if house == row.receiver)
        return next((by for by in found if self.book.why_not_verify(pk, by) is None), By("nobody", row.receiver))

    def make_correct(self, move: Move) -> None:
        pk, difference = self.id(move.on), move.told["difference"]
        made = self.product(move, services.correct, entry_id=pk, difference=Decimal(difference), note="更正")
        new, day = ("new", None) if isinstance(made, Refused) else (made.pk, made.day)
        if self.agree(move, made, lambda book: book.correct(new, pk, Fraction(difference), "更正", self.by(move), day)):
            self.labels[move.makes] = new

    def _newest(self) -> int:
        with scope.system():
            return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def _since(self, newest: int, label: str) -> int | None:
        """Return the correction that a move made by itself."""
        with scope.system():
            found = Entry.objects.filter(pk__gt=newest).values_list("pk", flat=True).first()
        if found is not None:
            self.labels[label] = found
        return found

    # ------------------------------------------------------------------ paper and links

    def make_print(self, move: Move) -> None:
        person, _giver, receiver, month = move.told["sheet"]
        sheet, _seen = self._sheet(move.told["sheet"])
        made = self.product(move, services.print_sheet, sheet_id=sheet)
        new = "new" if isinstance(made, Refused) else made.pk
        if self.agree(move, made, lambda book: book.print_sheet(new, person, receiver, month)):
            self.labels[move.makes] = new
            held = [line["entry"] for line in made.lines]
            if sorted(held) != sorted(line.entry for line in self.book.prints[new].lines):
                raise Differs("a print holds other lines", f"{held} ({move})")

    def make_scan(self, move: Move) -> None:
        told, pk = move.told, self.id(move.on)
        exceptions = self._exceptions(told["marked"])
        outcome = self.product(
            move,
            services.confirm_scan,
            print_id=pk,
            signatory_id=self.world.persons[told["signatory"]].pk,
            name="盖章.pdf",
            content=SCAN,
            exceptions=exceptions,
        )
        held = {line.entry for line in self.book.prints[pk].lines}
        marked = {self.id(label): how for label, how in told["marked"] if self.id(label) in held}
        crossed = {one for one, how in marked.items() if how == "returned"}
        if not isinstance(outcome, Refused):
            # 11: a crossed line that has changed since the print stays as it is.
            crossed = {self._entry_of(one) for one in outcome.returned}
        signatory = self.by_person(told["signatory"])
        confirmed: list[Id] = []
        if self.agree(
            move,
            outcome,
            lambda book: confirmed.extend(book.scan(pk, self.by(move), signatory, crossed, marked.keys() - crossed)),
        ):
            verified = sorted(self._entry_of(one) for one in outcome.verified)
            if sorted(confirmed, key=str) != sorted(verified, key=str):
                raise Differs("a scan confirms other lines", f"{verified}, the book {confirmed} ({move})")

    def make_link(self, move: Move) -> None:
        told = move.told
        person, _giver, receiver, month = told["sheet"]
        sheet, _seen = self._sheet(told["sheet"])
        made = self.product(move, services.make_link, sheet_id=sheet, person_id=self.world.persons[told["to"]].pk)
        new = "new" if isinstance(made, Refused) else made.link.pk
        by = self.by(move)
        code = Code.RECEIVER_DESK if by.institution == receiver else Code.GIVER_SIDE
        if self.agree(
            move, made, lambda book: book.make_link(new, person, receiver, month, told["to"], "its phone", code, by)
        ):
            self.ended |= {label for label, sheet in self.sheets.items() if sheet == told["sheet"]}
            self.labels[move.makes], self.secrets[move.makes] = new, made
            self.sheets[move.makes] = told["sheet"]

    def make_use_link(self, move: Move) -> None:
        pk, made = self.id(move.on), self.secrets[move.on]
        _sheet, seen = self._sheet(self.sheets[move.on])
        holder = self.book.links[pk].person
        try:
            outcome: Any = services.use_link(token=made.token, code=made.code, at=self.at, key=None, seen=seen)
        except Refused as refusal:
            outcome = refusal

        def act(entries: Iterable[str], book: Book) -> None:
            keys = [self._entry_of(one) for one in entries]
            book.use_link(pk, {key: book.entries[key].version for key in keys})

        if isinstance(outcome, Refused):
            waiting = self._waiting(seen)
            for one in waiting:
                self.agree(move, outcome, partial(act, [one]))
            if not waiting:
                self.agree(move, outcome, partial(act, []))
            return
        before = deepcopy(self.book)
        self.agree(move, outcome, partial(act, outcome.verified))
        for one, why in outcome.refused.items():
            if self.allows(partial(act, [one]), before):
                raise Differs("a link passes a line over, the book allows", f"{why} to {holder} ({move})")

    # ------------------------------------------------------------------ months, checks, time

    def make_close(self, move: Move) -> None:
        self._month(move, services.close_month, lambda book, *month: book.close_month(*month, self.by(move)))

    def make_reopen(self, move: Move) -> None:
        self._month(
            move,
            services.reopen_month,
            lambda book, *month: book.reopen_month(*month, self.by(move), "漏页"),
            note="漏页",
        )

    def _month(self, move: Move, act: Callable[..., Any], mirror: Callable[..., Any], **told: Any) -> None:
        giver, receiver = move.told["sides"]
        month = move.told["month"]
        moved = self.product(
            move, act, giver_id=self.world.id(giver), receiver_id=self.world.id(receiver), month=month, **told
        )
        self.agree(move, moved, lambda book: mirror(book, giver, receiver, month))

    def make_draw(self, move: Move) -> None:
        pk = self.id(move.on)
        made = self.product(move, services.spot_draw_entry, entry_id=pk)
        new = "new" if isinstance(made, Refused) else made.pk
        if self.agree(move, made, lambda book: book.draw(new, pk, self.by(move))):
            self.labels[move.makes] = new

    def make_lot(self, move: Move) -> None:
        """A lot over a month: what it draws may be drawn; where it draws nothing, nothing may be."""
        told = move.told
        giver, receiver = told["sides"]
        by = self.by(move)
        made = self.product(
            move,
            services.spot_draw,
            giver_id=self.world.id(giver),
            receiver_id=self.world.id(receiver),
            month=told["month"],
            count=told["count"],
        )

        def draw(check: Id, entry: Id, book: Book) -> None:
            book.draw(check, entry, by)

        if not isinstance(made, Refused):
            for number, check in enumerate(made):
                self.agree(move, made, partial(draw, check.pk, check.entry_id))
                self.labels[f"{move.makes}.{number}"] = check.pk
            return
        for entry in self.book.drawable(by):
            row = self.book.entries[entry]
            here = (row.giver, row.receiver, row.day.replace(day=1)) == (giver, receiver, told["month"])
            if here and not self.drawn(entry):
                one = Move(move.name, move.by, self.label(entry), "", move.told)
                self.agree(one, made, partial(draw, "new", entry))

    def drawn(self, entry: Id) -> bool:
        """Say whether a check has looked at an entry, or is to."""
        return any(check.entry == entry for check in self.book.checks.values())

    def make_judge(self, move: Move) -> None:
        pk, found = self.id(move.on), move.told["found"]
        newest = self._newest()
        moved = self.product(move, services.spot_judge, check_id=pk, found=Decimal(found), note="病历")
        new = self._since(newest, move.makes)
        self.agree(move, moved, lambda book: book.judge(pk, Fraction(found), self.by(move), new))

    # ------------------------------------------------------------------ who they are

    def around(self, move: Move, act: Callable[[], Any], mirror: Callable[[], None]) -> None:
        """Change what the ledger's law takes as given: where the product lets it be, it is so in the book."""
        tally = self.done.setdefault(move.name, [0, 0])
        try:
            with scope.system():
                act()
        except Refused:
            tally[1] += 1
            return
        tally[0] += 1
        self.changed = True
        mirror()

    def as_a_job(self) -> dict[str, Any]:
        return {"actor": the_system(), "at": self.at, "key": None}

    def make_change_employer(self, move: Move) -> None:
        name, house, day = move.told["who"], move.told["to"], self.today - timedelta(days=move.told["ago"])
        who = self.world.persons[name].public_id

        def mirror() -> None:
            self.book.change_employment(name, house, day)
            listed = [row for row in self.book.who.phones if row[1] == name]
            self.book.who.phones.difference_update(listed)
            self.book.who.phones.update((house, name, phone) for _house, _name, phone in listed)

        told = {"person_id": who, "employer_id": self.world.id(house), "from_date": day}
        self.around(move, lambda: network.change_employer(**self.as_a_job(), **told), mirror)

    def make_join(self, move: Move) -> None:
        name, group, days = move.told["who"], move.told["group"], move.told["days"]
        first = self.today - timedelta(days=move.told["ago"])
        last = None if days is None else first + timedelta(days=days)
        told = {"group_id": self.world.public[group], "person_id": self.world.persons[name].public_id}
        self.around(
            move,
            lambda: network.add_group_member(**self.as_a_job(), **told, from_date=first, to_date=last),
            lambda: self.book.who.join_group(group, name, first, last),
        )

    def make_leave(self, move: Move) -> None:
        name, group = move.told["who"], move.told["group"]
        last = self.today - timedelta(days=move.told["ago"])
        told = {"group_id": self.world.public[group], "person_id": self.world.persons[name].public_id}
        self.around(
            move,
            lambda: network.end_group_member(**self.as_a_job(), **told, to_date=last),
            lambda: self.book.who.leave_group(group, name, last),
        )

    def make_reset(self, move: Move) -> None:
        """A colleague's password is reset, an hour before anything else is done that day."""
        whose = self.world.actors[move.told["whose"]]
        (seat,) = accounts_queries.memberships(whose.principal_id, self.today)
        told = {"actor": self.world.actors[move.by], "at": self.at - timedelta(hours=1), "key": None}
        self.around(
            move,
            lambda: accounts.reset_password(**told, membership_id=seat.public_id),
            lambda: self.book.who.reset_password(move.by, move.told["whose"], self.today),
        )

    def make_confirm(self, move: Move) -> None:
        name, by = move.told["relation"], self.by(move)
        told = {"actor": self.world.actors[move.by], "at": self.at, "key": None}

        def mirror() -> None:
            if by.institution == self.book.relations[name].authority:
                self.book.confirm_relation(name, by)

        self.around(move, lambda: network.confirm_relation(**told, relation_id=self.world.public[name]), mirror)

    def make_wait(self, move: Move) -> None:
        self.changed = True
        self.today += timedelta(days=move.told["days"])
        self.book.wait(move.told["days"])


class ShownByThen:
    """The codes that were shown, by the day of a walk; the product asks the database's clock."""

    def __init__(self) -> None:
        self.walk: Beside | None = None

    def of(self, walk: Beside) -> Beside:
        """Go by this walk's day."""
        self.walk = walk
        return walk

    def rows(self, people: Iterable[int]) -> list[tuple[int, int, datetime, bool, bool]]:
        """Return what `accounts.queries.codes_shown` asks for."""
        assert self.walk is not None
        wanted, since = set(people), self.walk.at - invited.HAND
        shown = MembershipTransition.objects.filter(name__in=invited.CODES_SHOWN)
        told = shown.values_list("principal", "record__principal", "at", "tenant", "record__institution")
        found = [(to, of, at, at >= since, by == house) for to, of, at, by, house in told]
        return [row for row in found if row[1] in wanted or (row[0] in wanted and row[3])]
