"""Random moves by anybody, on the product and in the book: after each, every figure and every refusal is the same.

2,000 moves, and with `./lianti test --nightly tests/book` 20,000. A failure names its seed and the few moves that lead
there; `Walks.again` makes moves once more.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection

from lianti.contexts.accounts.queries import invited
from tests.book.beside import Beside, Move, ShownByThen
from tests.book.silent import SILENT
from tests.book.walker import Walks
from tests.book.world import World

LENGTH = 50  # moves of one walk


TOLD = {"sides": "PK", "kind": "lecture", "quantity": "3", "ago": 1, "span": 0, "people": (("ann", "3"),)}
AGAIN = {"quantity": "3", "ago": None, "people": None}
MARCH = date(2026, 3, 1)


def declared(by: str = "p_office", **more: Any) -> Move:
    """Declare what is called e1@K."""
    return Move("declare", by, "", "e1", {**TOLD, "late": False, "names": (), "activity": False, **more})


def on_it(name: str, by: str, makes: str = "", **told: Any) -> Move:
    return Move(name, by, "e1@K", makes, told)


def closed(month: date) -> list[Move]:
    told = {"sides": "PK", "month": month}
    return [Move("close", "p_office", told=told), Move("close", "k_desk", told=told)]


def account(**told: Any) -> Move:
    told = {"sides": "PK", "kinds": [], "amount": None, "unit": None, "per": "once", "relation": "", **told}
    return Move("open_account", "p_office", "", "a1", {"first": None, "last": None, **told})


# Ways that chance seldom takes, and whether the last move is made; each was once another on the product.
SELDOM: dict[str, tuple[bool, list[Move]]] = {
    "who mended it in between verifies": (
        False,
        [
            declared("k_coordinator"),
            on_it("redeclare", "k_desk", **AGAIN),
            on_it("redeclare", "k_coordinator", **AGAIN),
            on_it("verify", "k_desk"),
        ],
    ),
    "the hand behind what was declared verifies, when the seven days are over": (
        False,
        [
            Move("reset", "k_desk", told={"whose": "k_coordinator"}),
            declared("k_coordinator"),
            Move("wait", told={"days": 9}),
            on_it("verify", "k_desk"),
        ],
    ),
    "one of the batch verifies": (False, [declared(), on_it("verify", "k_mate")]),
    "who has left verifies by a link": (
        False,
        [
            declared(),
            Move("link", "k_desk", "", "l2", {"sheet": ("ann", "P", "K", MARCH), "to": "k_guest"}),
            Move("change_employer", told={"who": "k_guest", "to": "L", "ago": 0}),
            Move("use_link", "z_office", "l2"),
        ],
    ),
    "whom the giver employs settles for an authority": (
        False,
        [
            declared(),
            on_it("lower", "k_coordinator", quantity="1"),
            on_it("object_", "p_office"),
            on_it("refer", "p_office"),
            Move("change_employer", told={"who": "a_authority", "to": "P", "ago": 0}),
            on_it("settle", "a_authority", "c6", quantity="2.00"),
        ],
    ),
    "a check of what has a day in a closed month": (
        True,
        [
            declared(ago=11, span=4),
            on_it("verify", "k_coordinator"),
            on_it("draw", "k_desk", "s3"),
            Move("wait", told={"days": 25}),
            *closed(MARCH),
            Move("judge", "k_desk", "s3", "c7", {"found": "3.00"}),
        ],
    ),
    "a correction adds while another that takes away waits": (
        True,
        [
            declared(),
            on_it("verify", "k_coordinator"),
            on_it("correct", "p_office", "c3", difference="-1"),
            on_it("draw", "k_desk", "s4"),
            Move("judge", "k_desk", "s4", "c5", {"found": "0.00"}),
            on_it("correct", "p_office", "c6", difference="1"),
        ],
    ),
    "a cut period passes its own months": (
        True,
        [account(amount="12", unit="session", per="year", first=date(2025, 1, 1), last=date(2026, 6, 30))],
    ),
    "what is named is named with its corrections": (
        True,
        [
            declared(),
            on_it("verify", "k_coordinator"),
            on_it("correct", "p_office", "c3", difference="-1"),
            Move("verify", "k_coordinator", "c3"),
            account(),
            on_it("name", "p_office", account="a1"),
        ],
    ),
}


@pytest.mark.parametrize("way", SELDOM)
def test_ways_that_chance_seldom_takes(walks: Walks, way: str) -> None:
    made, moves = SELDOM[way]
    assert walks.again(moves[:-1]) is None
    before = list(walks.tally.get(moves[-1].name, [0, 0]))
    assert walks.again(moves) is None
    done, refused = (now - then for now, then in zip(walks.tally[moves[-1].name], before, strict=True))
    earlier = sum(1 for move in moves[:-1] if move.name == moves[-1].name)
    assert (done, refused) == ((earlier + 1, 0) if made else (earlier, 1))


@pytest.fixture
def walks(db: None, monkeypatch: pytest.MonkeyPatch) -> Walks:
    """Everybody, made once; each walk is undone when it is over."""
    world, clock = World.make(), ShownByThen()
    monkeypatch.setattr(invited, "_SHOWN", clock)
    return Walks(lambda: clock.of(Beside(world, SILENT)))


@pytest.mark.slow
@pytest.mark.turns
@pytest.mark.parametrize("seed", range(0, 40, 10))
def test_product_and_book_say_the_same(walks: Walks, seed: int) -> None:
    """'no order of moves by anyone changes that'"""
    for number in range(3 if connection.vendor == "postgresql" else 10):
        walks.walk(seed + number, LENGTH)
    much_was_tried(walks)


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(1000, 1200, 10))
def test_product_and_book_say_the_same_for_long(walks: Walks, seed: int) -> None:
    for number in range(10):
        walks.walk(seed + number, 2 * LENGTH)
    much_was_tried(walks)


def much_was_tried(walks: Walks) -> None:
    """Hold that moves were made and refused: a walk in which nothing can be done says nothing."""
    made = sum(done for done, _refused in walks.tally.values())
    refused = sum(refused for _done, refused in walks.tally.values())
    assert 0.2 * made < refused < 2 * made, walks.tally
