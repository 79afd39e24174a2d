"""Random walks: anybody tries anything, mostly what could be done; a walk that fails is told as short as is easy."""

from __future__ import annotations

import random
import time as clock
import traceback
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import DatabaseError, transaction

from tests.book.beside import NOBODY, PER, Beside, Differs, Missing, Move
from tests.book.book import Entry, State
from tests.book.due import add_months, month_of
from tests.book.figures import figures
from tests.book.world import BATCHES, GUESTS, PEOPLE, RELATIONS, UNCONFIRMED, UNITS

PAIRS = ("PK", "PL", "KP")
GIVERS = {"P": ("ann", "ben", "k_head"), "K": ("k_doctor", "k_guest")}
SIGNS = {"K": ("k_head", "k_guest", "k_batch", "k_posted", "k_mate"), "L": ("l_guest",), "P": ("p_leader", "p_guest")}
QUANTITIES = ("1", "1", "2", "3", "3", "5", "8", "0.5", "2.25")
VERIFIERS = ("k_head", "k_coordinator", "k_desk", "k_mate", "l_coordinator", "l_desk", "p_office", "p_coordinator")
VERIFY = "head coordinator desk office leader mate"
WEIGHTS = {
    "declare": 15,
    "verify": 11,
    "return_": 5,
    "redeclare": 8,
    "withdraw": 3,
    "lower": 12,
    "object_": 9,
    "refer": 4,
    "settle": 6,
    "correct": 8,
    "name": 4,
    "open_account": 3,
    "redate": 3,
    "close_account": 2,
    "print": 5,
    "scan": 6,
    "sheet": 3,
    "link": 2,
    "use_link": 3,
    "close": 4,
    "reopen": 3,
    "draw": 5,
    "lot": 5,
    "judge": 7,
    "wait": 6,
    "change_employer": 2,
    "join": 2,
    "leave": 1,
    "reset": 4,
    "confirm": 1,
}
SHRINKS_FOR = 30.0  # seconds


def number(figure: Fraction) -> str:
    """Return a figure as it is typed, with two decimals at most."""
    return str((Decimal(figure.numerator) / Decimal(figure.denominator)).quantize(Decimal("0.01")))


class Chance:
    """Thinks of the next move of a walk, from what there is."""

    def __init__(self, walk: Beside, seed: int) -> None:
        self.walk, self.random = walk, random.Random(seed)
        self.number = 0

    def next(self) -> Move:
        """Return the next move."""
        self.number += 1
        if self.number <= 3:
            return self.open_account()
        names = list(WEIGHTS)
        for _try in range(20):
            name = self.random.choices(names, [WEIGHTS[one] for one in names])[0]
            if (move := getattr(self, name)()) is not None:
                return move
        return self.wait()

    # ------------------------------------------------------------------ who and what

    def anyone(self, *houses: str, roles: str = "") -> str:
        """Return somebody: mostly of these houses (and of these kinds of names), now and then anybody."""
        fitting = [name for name, (house, _r, _e) in PEOPLE.items() if house in houses]
        fitting = [name for name in fitting if any(kind in name for kind in roles.split())] or fitting
        if fitting and self.random.random() < 0.8:
            return self.random.choice(fitting)
        return self.random.choice(list(PEOPLE))

    def entry(self, *states: State, also: Callable[[Entry], bool] = lambda row: True) -> Entry | None:
        """Return an entry: mostly in one of these states and like this, now and then any."""
        rows = list(self.walk.book.entries.values())
        fitting = [row for row in rows if row.state in states and also(row)]
        if fitting and self.random.random() < 0.9:
            return self.random.choice(fitting[-12:])
        return self.random.choice(rows) if rows and self.random.random() < 0.3 else None

    def label(self, row: Entry) -> str:
        return self.walk.label(row.id)

    def one_of(self, letter: str, *, last: int = 6) -> str | None:
        """Return the label of one of the newest things of a kind."""
        found = [label for label in self.walk.labels if label[0] == letter]
        return self.random.choice(found[-last:]) if found else None

    def month(self) -> date:
        return month_of(self.walk.today - timedelta(days=self.random.randint(0, 70)))

    def a_sheet(self) -> tuple[str, str, str, date] | None:
        """Return a sheet of one of the newest entries."""
        rows = [row for row in self.walk.book.entries.values() if row.state is not State.WITHDRAWN]
        if not rows:
            return None
        row = self.random.choice(rows[-15:])
        owner = self.random.choice(sorted(row.persons) or [NOBODY])
        return (owner, row.giver, row.receiver, month_of(row.day))

    # ------------------------------------------------------------------ accounts

    def open_account(self) -> Move:
        giver, receiver = self.random.choice((*PAIRS, "PK"))
        amount = self.random.choice((None, "3", "12", "7.5"))
        kinds = sorted(self.random.sample(sorted(UNITS), self.random.randint(0, 2)))
        per = self.random.choice(("month", "quarter", "year", "once")) if amount else "once"
        unit = UNITS[self.random.choice(kinds or ["lecture"])] if amount else None
        first, last = self.dates(per, amount)
        relations = [name for name, (lead, members, _a) in RELATIONS.items() if {giver, receiver} <= {lead, *members}]
        told = {
            "sides": giver + receiver,
            "kinds": kinds,
            "amount": amount,
            "unit": unit,
            "per": per,
            "first": first,
            "last": last,
            "relation": self.random.choice(["", *relations]),
        }
        return Move(
            "open_account", f"{giver.lower()}_office" if giver == "P" else "k_desk", "", f"a{self.number}", told
        )

    def dates(self, per: str, amount: str | None) -> tuple[date | None, date | None]:
        """Return from and to; what is owed by periods begins with a month (see 15 in README.md)."""
        first = add_months(month_of(self.walk.today), self.random.randint(-6, 0))
        last = self.walk.today + timedelta(days=self.random.randint(-20, 90))
        if amount is None:
            first += timedelta(days=self.random.randint(0, 60))
        wanted = self.random.choice(("both", "both", "first", "last", "none"))
        if amount and PER[per] is None:
            wanted = "both"
        last = max(last, first) if wanted == "both" else last
        return (first if wanted in ("both", "first") else None, last if wanted in ("both", "last") else None)

    def redate(self) -> Move | None:
        if (on := self.one_of("a")) is None:
            return None
        account = self.walk.book.accounts[self.walk.labels[on]]
        per = next(name for name, months in PER.items() if months == account.per)
        first, last = self.dates(per, str(account.amount) if account.amount else None)
        return Move("redate", self.anyone("P", roles="office"), on, "", {"first": first, "last": last})

    def close_account(self) -> Move | None:
        on = self.one_of("a")
        return on and Move("close_account", self.anyone("P", roles="office"), on)

    def name(self) -> Move | None:
        row = self.entry(State.DECLARED, State.COUNTED, also=lambda row: row.corrects is None)
        if row is None or row.corrects is not None:
            return None
        fitting = [
            label
            for label, pk in self.walk.labels.items()
            if label[0] == "a"
            and (self.walk.book.accounts[pk].giver, self.walk.book.accounts[pk].receiver) == (row.giver, row.receiver)
            and pk not in self.walk.book.accounts_of(row.id)
            and self.walk.book.allows_name(row.id, pk)
        ]
        account = self.random.choice(fitting) if fitting and self.random.random() < 0.8 else self.one_of("a")
        if account is None:
            return None
        return Move("name", self.anyone(row.giver, row.receiver), self.label(row), "", {"account": account})

    # ------------------------------------------------------------------ entries

    def declare(self) -> Move:
        sides = self.random.choice((*PAIRS, "PK", "PKL", "PLK"))
        quantity = self.random.choice(QUANTITIES)
        named = () if len(sides) > 2 or self.random.random() < 0.85 else (self.one_of("a"),)
        told = {
            "sides": sides,
            "kind": self.random.choice(sorted(UNITS)),
            "quantity": quantity,
            "ago": self.random.choice((0, 1, 3, 8, 15, 30, 45)),
            "span": self.random.choice((0, 0, 0, 0, 2, 9)),
            "people": self.people(sides[0], quantity),
            "late": self.random.random() < 0.3,
            "names": tuple(name for name in named if name),
            "activity": len(sides) > 2 or self.random.random() < 0.3,
        }
        return Move("declare", self.anyone(*sides), "", f"e{self.number}", told)

    def people(self, giver: str, quantity: str) -> tuple[tuple[str, str], ...]:
        """Return people of an entry with their shares, of which none is more than the whole."""
        names = self.random.sample(GIVERS[giver], self.random.choice((0, 1, 1, 1, 2, 2, len(GIVERS[giver]))))
        shares = ("0", quantity, quantity, str((Decimal(quantity) / 3).quantize(Decimal("0.01"))))
        return tuple((name, self.random.choice(shares)) for name in names)

    def on_entry(self, name: str, row: Entry | None, *houses: str, roles: str = "", **told: Any) -> Move | None:
        if row is None:
            return None
        return Move(name, self.anyone(*houses, roles=roles), self.label(row), "", told)

    def declarer_of(self, row: Entry) -> str:
        """Return who declared it, or somebody of their side."""
        if self.random.random() < 0.5:
            return row.declarers[0][0]
        return self.anyone(row.declared_for, roles="office desk coordinator")

    def verify(self) -> Move | None:
        row = self.entry(State.DECLARED, State.DECLARED, State.COUNTED)
        return row and Move("verify", self.verifier_of(row), self.label(row), "", {"stale": self.stale()})

    def stale(self) -> bool:
        return self.random.random() < 0.04

    def verifier_of(self, row: Entry) -> str:
        """Return mostly somebody who may verify it, now and then one of those who declared or mended it."""
        if self.random.random() < 0.15:
            return self.random.choice(row.declarers[1:-1] or row.declarers)[0]
        fitting = [
            name for name in VERIFIERS if self.walk.book.why_not_verify(row.id, self.walk.world.by(name)) is None
        ]
        return self.random.choice(fitting) if fitting and self.random.random() < 0.7 else self.anyone(row.receiver)

    def return_(self) -> Move | None:
        row = self.entry(State.DECLARED)
        return row and Move("return_", self.verifier_of(row), self.label(row), "", {"stale": self.stale()})

    def lower(self) -> Move | None:
        row = self.entry(State.DECLARED)
        if row is None:
            return None
        lower = self.random.choice(("0", "1", "2", str(int(max(row.quantity - 1, 0)))))
        told = {"quantity": lower, "stale": self.stale()}
        return Move("lower", self.verifier_of(row), self.label(row), "", told)

    def redeclare(self) -> Move | None:
        row = self.entry(State.RETURNED, State.DECLARED)
        if row is None:
            return None
        told: dict[str, Any] = {"quantity": None, "ago": None, "people": None}
        if row.corrects is not None:
            told["quantity"] = self.random.choice(("-1", "-2", "1", "-0.5"))
        else:
            how = self.random.choice(("quantity", "day", "people", "nothing", "quantity"))
            quantity = self.random.choice(QUANTITIES) if how == "quantity" else number(row.quantity)
            told["quantity"] = quantity if how == "quantity" else None
            told["people"] = self.people(row.giver, quantity) if how in ("quantity", "people") else None
            told["ago"] = self.random.choice((0, 2, 20, 40)) if how == "day" else None
        return Move("redeclare", self.declarer_of(row), self.label(row), "", told)

    def withdraw(self) -> Move | None:
        row = self.entry(State.DECLARED, State.RETURNED)
        return row and Move("withdraw", self.declarer_of(row), self.label(row), "", {"stale": self.stale()})

    def object_(self) -> Move | None:
        row = self.entry(State.COUNTED, also=lambda row: row.lowered is not None)
        return row and Move("object_", self.declarer_of(row), self.label(row), "", {"stale": self.stale()})

    def refer(self) -> Move | None:
        row = self.entry(State.OBJECTED)
        return row and self.on_entry("refer", row, row.giver, row.receiver, roles="office desk coordinator")

    def settle(self) -> Move | None:
        row = self.entry(State.OBJECTED)
        if row is None:
            return None
        figure = self.random.choice((row.figure, row.figure, row.quantity, (row.figure + row.quantity) / 2))
        houses = (row.referred,) if row.referred and self.random.random() < 0.7 else (row.giver, row.receiver)
        by = self.anyone(*houses, roles="office desk coordinator authority")
        return Move("settle", by, self.label(row), f"c{self.number}", {"quantity": number(figure)})

    def correct(self) -> Move | None:
        row = self.entry(State.COUNTED, State.SETTLED, also=lambda row: row.corrects is None)
        if row is None:
            return None
        difference = self.random.choice(("-1", "-2", "1", "2", "-0.5", "-4"))
        by = self.anyone(row.giver, row.receiver, roles="office desk coordinator")
        return Move("correct", by, self.label(row), f"c{self.number}", {"difference": difference})

    # ------------------------------------------------------------------ paper, links, sheets

    def print(self) -> Move | None:
        sheet = self.a_sheet()
        return sheet and Move("print", self.anyone(*sheet[1:3]), "", f"p{self.number}", {"sheet": sheet})

    def scan(self) -> Move | None:
        if (on := self.one_of("p", last=3)) is None:
            return None
        paper = self.walk.book.prints[self.walk.labels[on]]
        lines = [self.walk.label(line.entry) for line in paper.lines]
        giver = paper.lines[0].giver
        told = {
            "signatory": self.random.choice((*SIGNS[paper.receiver], *SIGNS[paper.receiver], "p_guest")),
            "marked": tuple(
                (line, self.random.choice(("returned", "left"))) for line in lines if self.random.random() < 0.2
            ),
        }
        by = self.anyone(giver, paper.receiver, roles="office desk coordinator")
        return Move("scan", by, on, "", told)

    def sheet(self) -> Move | None:
        sheet = self.a_sheet()
        if sheet is None:
            return None
        owner, _giver, receiver, month = sheet
        marked = []
        for row in self.walk.book.sheet_lines(owner, receiver, month):
            if row.corrects is None and self.random.random() < 0.2:
                marked.append((self.label(row), self.random.choice(("lowered", "returned", "left"))))
        told = {"sheet": sheet, "marked": tuple(marked)}
        return Move("sheet", self.anyone(receiver, roles=VERIFY), "", "", told)

    def link(self) -> Move | None:
        sheet = self.a_sheet()
        if sheet is None:
            return None
        of = [name for name, house in GUESTS.items() if house == sheet[2]]
        to = self.random.choice([*of, *of, *GUESTS, "k_mate"])
        by = self.anyone(*sheet[1:3], roles="office desk coordinator")
        return Move("link", by, "", f"l{self.number}", {"sheet": sheet, "to": to})

    def use_link(self) -> Move | None:
        on = self.one_of("l", last=3)
        return on and Move("use_link", "z_office", on)

    # ------------------------------------------------------------------ months, checks, time

    def close(self) -> Move:
        sides = self.random.choice(PAIRS)
        told = {"sides": sides, "month": self.month()}
        return Move("close", self.anyone(*sides, roles="office desk coordinator"), "", "", told)

    def reopen(self) -> Move | None:
        closed = [key for key, month in self.walk.book.months.items() if month.closed]
        if not closed:
            return None
        giver, receiver, month = self.random.choice(closed)
        by = self.anyone(giver, receiver, roles="office desk coordinator")
        return Move("reopen", by, "", "", {"sides": giver + receiver, "month": month})

    def draw(self) -> Move | None:
        row = self.entry(State.COUNTED, State.SETTLED, also=lambda row: not self.walk.book.authorities_of(row))
        if row is None:
            return None
        by = self.anyone(row.receiver, roles="desk coordinator office")
        return Move("draw", by, self.label(row), f"s{self.number}")

    def lot(self) -> Move | None:
        row = self.entry(State.COUNTED, State.SETTLED, also=lambda row: bool(self.walk.book.authorities_of(row)))
        if row is None:
            return None
        named = self.walk.book.authorities_of(row) or ["A"]
        told = {"sides": row.giver + row.receiver, "month": month_of(row.day), "count": self.random.randint(1, 2)}
        return Move("lot", self.anyone(*named, roles="authority"), "", f"s{self.number}", told)

    def judge(self) -> Move | None:
        waiting = [
            label
            for label, pk in self.walk.labels.items()
            if label[0] == "s" and pk in self.walk.book.checks and self.walk.book.checks[pk].found is None
        ]
        on = self.random.choice(waiting) if waiting else self.one_of("s")
        if on is None:
            return None
        check = self.walk.book.checks[self.walk.labels[on]]
        left = self.walk.book.books_say(check.entry)
        found = self.random.choice((left, left, left - 1, left / 2, left + 1))
        by = self.anyone(check.drawn_by, roles="desk coordinator office authority")
        return Move("judge", by, on, f"c{self.number}", {"found": number(max(found, Fraction(0)))})

    # ------------------------------------------------------------------ who they are

    def someone(self) -> str:
        """Return whose ties change: mostly somebody who might verify or sign."""
        return self.random.choice((*VERIFIERS, *GUESTS, *PEOPLE))

    def change_employer(self) -> Move:
        told = {"who": self.someone(), "to": self.random.choice("PKLZ"), "ago": self.random.choice((0, 1, 5, 20, 40))}
        return Move("change_employer", told=told)

    def join(self) -> Move:
        told = {
            "who": self.random.choice((self.someone(), "ann", "ben")),
            "group": self.random.choice(list(BATCHES)),
            "ago": self.random.choice((-5, 0, 5, 20, 45)),
            "days": self.random.choice((None, 0, 3, 10, 20)),
        }
        return Move("join", told=told)

    def leave(self) -> Move:
        told = {
            "who": self.someone(),
            "group": self.random.choice(list(BATCHES)),
            "ago": self.random.choice((-3, 0, 9)),
        }
        return Move("leave", told=told)

    def reset(self) -> Move:
        """A desk resets a colleague's password; mostly of somebody who declares or verifies."""
        by = self.anyone(*"PPKKL", roles="office desk coordinator")
        house = PEOPLE[by][0]
        colleagues = [name for name, (where, _role, _employer) in PEOPLE.items() if where == house and name != by]
        return Move("reset", by, told={"whose": self.random.choice(colleagues or list(PEOPLE))})

    def confirm(self) -> Move:
        name = self.random.choice((*UNCONFIRMED, *RELATIONS))
        authority = RELATIONS[name][2] or "A"
        return Move("confirm", self.anyone(authority, roles="authority"), told={"relation": name})

    def wait(self) -> Move:
        return Move("wait", told={"days": self.random.choice((1, 1, 2, 5, 10, 20))})


Walked = list[Move]
Start = Callable[[], Beside]


class Walks:
    """Makes walks, each undone when it is over, and tells of one that fails in few moves."""

    def __init__(self, start: Start) -> None:
        self.start = start
        self.tally: dict[str, list[int]] = {}

    def walk(self, seed: int, length: int) -> None:
        """Walk at random. Raises AssertionError with the moves that lead to a difference."""
        moves: Walked = []

        def at_random(walk: Beside) -> Iterator[Move]:
            chance = Chance(walk, seed)
            for _number in range(length):
                moves.append(chance.next())
                yield moves[-1]

        differs = self._go(at_random)
        if differs is not None:
            moves, differs = self._shorter(moves, differs)
            told = "\n".join(f"  {move}" for move in moves)
            raise AssertionError(f"seed {seed}, shortened to {len(moves)} moves:\n{told}\n{differs}")

    def again(self, moves: Sequence[Move]) -> Differs | None:
        """Make these moves, comparing figures after the last; return where product and book part."""
        return self._go(lambda _walk: iter(moves), only_at_the_end=True)

    def _go(self, moves: Callable[[Beside], Iterator[Move]], *, only_at_the_end: bool = False) -> Differs | None:
        with transaction.atomic():
            walk = self.start()
            try:
                for move in moves(walk):
                    self.make(walk, move)
                    if not only_at_the_end:
                        self.compare(walk, move)
                if only_at_the_end:
                    walk.changed = True
                    self.compare(walk, "the last move")
            except Differs as differs:
                return differs
            finally:
                transaction.set_rollback(True)
                for name, (done, refused) in walk.done.items():
                    row = self.tally.setdefault(name, [0, 0])
                    row[0] += done
                    row[1] += refused
        return None

    def make(self, walk: Beside, move: Move) -> None:
        """Make one move on both. Raises Differs."""
        if move.on and move.on not in walk.labels:
            return
        try:
            walk.make(move)
        except Missing:
            return
        except (ArithmeticError, LookupError, TypeError, ValueError, DatabaseError) as fault:
            where = "".join(traceback.format_exception(fault)[-4:])
            raise Differs(f"{move.name} breaks with {type(fault).__name__}", f"({move})\n{where}") from fault

    def compare(self, walk: Beside, after: object) -> None:
        """Compare every figure. Raises Differs."""
        for figure in figures(walk):
            if figure.product != figure.book:
                said = f"{figure.of}: the product says {figure.product}, the book {figure.book} (after {after})"
                raise Differs(figure.kind, said)

    def _shorter(self, moves: Walked, differs: Differs) -> tuple[Walked, Differs]:
        """Leave out what is not needed to come to the same difference, within some seconds."""
        until, size = clock.monotonic() + SHRINKS_FOR, max(len(moves) // 2, 1)
        while size and clock.monotonic() < until:
            start = 0
            while start < len(moves) and clock.monotonic() < until:
                fewer = moves[:start] + moves[start + size :]
                again = self.again(fewer)
                if again is not None and again.what == differs.what:
                    moves, differs = fewer, again
                else:
                    start += size
            size //= 2
        return moves, differs
