"""The worked examples on the reference book."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from lianti.contexts.ledger.domain.due import OPEN
from lianti.contexts.ledger.domain.levels import Level
from lianti.contexts.ledger.tests import examples
from lianti.contexts.ledger.tests.book import Book, Deedling, No, Owed, terms

EXAMPLES = examples.read()


def _open(book: Book, code: str, row: dict[str, str], since: date) -> None:
    owed = Owed(terms(row, since), row["giver"], row["receiver"], frozenset(row["kinds"].split()), row["unit"] or None)
    book.open(code, owed)


def _declare(book: Book, row: dict[str, str], also: dict[str, str]) -> None:
    giver, receiver = also["sides"].split(">")
    quantity = Decimal(row["value"])
    day = date.fromisoformat(row["day"])
    people: dict[str, Decimal | Fraction] = {
        name: Decimal(share) if share else quantity for name, share in examples.people(row)
    }
    entry = Deedling(
        giver,
        receiver,
        row["kind"],
        quantity,
        quantity,
        day,
        day,
        row["who"],
        people,
        also.get("activity", row["of"]),
        {also["names"]} if "names" in also else set(),
    )
    book.declare(row["of"], entry, on=date.fromisoformat(row["on"]), late="late" in also)


def _opened_later(book: Book, row: dict[str, str], also: dict[str, str]) -> None:
    giver, receiver = also["sides"].split(">")
    told = {name: also.get(name, "") for name in ("kinds", "unit", "amount", "per", "from", "to")}
    _open(book, row["of"], {"giver": giver, "receiver": receiver, **told}, date.fromisoformat(row["on"]))


def _redate(book: Book, row: dict[str, str], also: dict[str, str]) -> None:
    old = book.accounts[row["of"]].terms
    start = examples.day_or_none(also["from"]) if "from" in also else old.start
    book.redate(row["of"], start, examples.day_or_none(also["to"]) if "to" in also else old.end)


def play(book: Book, row: dict[str, str]) -> None:
    """Do one move of an example."""
    also, who, on = examples.options(row), row["who"], date.fromisoformat(row["on"])
    value = Decimal(row["value"]) if row["value"] else Decimal(0)
    moves = {
        "declare": lambda: _declare(book, row, also),
        "open": lambda: _opened_later(book, row, also),
        "redate": lambda: _redate(book, row, also),
        "return": lambda: book.return_(row["of"], who),
        "redeclare": lambda: book.redeclare(row["of"], who, value),
        "withdraw": lambda: book.withdraw(row["of"], who),
        "verify": lambda: book.verify(row["of"], who),
        "paper": lambda: book.verify(row["of"], next(iter(also)), Level.PAPER),
        "spot": lambda: book.verify(row["of"], who, Level.SPOT),
        "lower": lambda: book.lower(row["of"], who, value, on),
        "object": lambda: book.object_(row["of"], who, on),
        "settle": lambda: book.settle(row["of"], who, value, new=_new(row), on=on),
        "correct": lambda: book.correct(row["of"], who, value, new=_new(row), on=on),
        "fail": lambda: _fail(book, row, who, value, on),
        "close month": lambda: book.close_month(*row["of"].split(">"), date.fromisoformat(row["day"]), who),
    }
    if "refused" in also:
        with pytest.raises(No):
            moves[row["move"]]()
    else:
        moves[row["move"]]()


def _new(row: dict[str, str]) -> str:
    words = row["also"].split()
    return words[words.index("as") + 1] if "as" in words else ""


def _fail(book: Book, row: dict[str, str], who: str, value: Decimal, on: date) -> None:
    book.correct(row["of"], who, value, new=_new(row), on=on)
    correction = book.entries[_new(row)]
    correction.state, correction.level = "counted", book.entries[row["of"]].level


def test_there_are_at_least_twelve_examples() -> None:
    assert len(EXAMPLES) >= 12
    assert all(example.accounts and example.moves and example.sums for example in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_example_stands_in_the_reference_book(example: examples.Example) -> None:
    book = Book()
    for row in example.accounts:
        _open(book, row["account"], row, example.days()[0])
    for day in example.days():
        for row in example.moves_on(day):
            play(book, row)
        for row in example.sums_on(day):
            _sums_stand(book, row, day)
    for row in example.totals:
        told = (Decimal(row["counted"]), int(row["entries"]), int(row["activities"]))
        assert book.total(row["total over"].split(), row["unit"]) == told
    for row in example.workloads:
        assert book.workload(row["workload of"], date.fromisoformat(row["month"]), row["unit"]) == Fraction(
            row["counted"]
        )


def _sums_stand(book: Book, row: dict[str, str], day: date) -> None:
    key = OPEN if row["period"] == "-" else date.fromisoformat(row["period"])
    sums = book.sums(row["account"]).get((key, row["unit"]))
    by_level = [sums.at(level) if sums else Decimal(0) for level in Level]
    assert by_level == [Decimal(row[level.code]) for level in Level], row
    counted = sums.counted() if sums else Decimal(0)
    assert counted == Decimal(row["counted"]), row
    assert book.standing(row["account"], key, counted, day) == (Fraction(row["due"]), row["standing"]), row
