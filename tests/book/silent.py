"""What the product refuses and the law does not speak of: rights by page, and paths it has no use for."""

from __future__ import annotations

from collections.abc import Callable

from lianti.lib.roles import DESK, Role
from tests.book.beside import Beside, Move, Silent
from tests.book.book import LINK_DAYS, State
from tests.book.due import add_months
from tests.book.world import PEOPLE

CARE = frozenset({Role.CLINICIAN, Role.EXPERT, Role.DEPARTMENT_HEAD, Role.LEADER})
DECLARERS = DESK | CARE
VERIFIERS = DESK | {Role.DEPARTMENT_HEAD, Role.LEADER}


def moves(names: str) -> frozenset[str]:
    return frozenset(names.split())


def party(walk: Beside, move: Move) -> bool:
    """Say whether who moves acts for one of the two, in an activity for several receivers for one of each two."""
    house = PEOPLE[move.by][0]
    if "sides" in move.told:
        giver, *receivers = move.told["sides"]
        return house == giver or [house] == receivers
    if "sheet" in move.told:
        return house in move.told["sheet"][1:3]
    if move.on in walk.labels and move.on[0] in "ec":
        row = walk.book.entries[walk.labels[move.on]]
        return house in (row.giver, row.receiver)
    if move.on in walk.labels and move.on[0] == "p":
        paper = walk.book.prints[walk.labels[move.on]]
        return house in (paper.lines[0].giver, paper.receiver)
    if move.on in walk.labels and move.on[0] == "a":
        account = walk.book.accounts[walk.labels[move.on]]
        return house in (account.giver, account.receiver)
    return True


def not_of(roles: frozenset[Role]) -> Callable[[Beside, Move], bool]:
    """Return a test of who moves: not in one of these roles for one of the two."""
    return lambda walk, move: PEOPLE[move.by][1] not in roles or not party(walk, move)


def entry(*states: State) -> Callable[[Beside, Move], bool]:
    """Return a test of the entry: in one of these states."""
    return lambda walk, move: walk.book.entries[walk.labels[move.on]].state in states


def checked(walk: Beside, move: Move) -> bool:
    """Say whether the entry of a check is objected to, or was checked and passed already."""
    row = walk.book.entries[walk.book.checks[walk.labels[move.on]].entry]
    return row.state is State.OBJECTED or row.level == 4


def found_more(walk: Beside, move: Move) -> bool:
    check = walk.book.checks[walk.labels[move.on]]
    return float(move.told["found"]) > walk.book.books_say(check.entry)


def drawn(walk: Beside, move: Move) -> bool:
    pk = walk.labels[move.on]
    return walk.drawn(pk) or walk.book.entries[pk].level == 4 or walk.book.entries[pk].state is State.OBJECTED


def cannot_be_named(walk: Beside, move: Move) -> bool:
    """Say whether an account is of other two, or holds the entry already."""
    row, account = walk.book.entries[walk.labels[move.on]], walk.book.accounts[walk.labels[move.told["account"]]]
    other = (row.giver, row.receiver) != (account.giver, account.receiver)
    return other or account.id in walk.book.accounts_of(row.id)


def named_of_others(walk: Beside, move: Move) -> bool:
    accounts = [walk.book.accounts[walk.labels[name]] for name in move.told["names"]]
    return any((account.giver, account.receiver) != tuple(move.told["sides"]) for account in accounts)


def risen(walk: Beside, move: Move) -> bool:
    row = walk.book.entries[walk.labels[move.on]]
    return row.corrects is not None and row.state in (State.COUNTED, State.SETTLED)


def referred(walk: Beside, move: Move) -> bool:
    return walk.book.entries[walk.labels[move.on]].referred is not None


def at_the_lower_figure(walk: Beside, move: Move) -> bool:
    row = walk.book.entries[walk.labels[move.on]]
    return float(move.told["quantity"]) == row.figure and bool(walk.book.authorities_of_the_two(row))


def cannot_close(walk: Beside, move: Move) -> bool:
    """Say whether a month still runs, holds an open objection, or one's side has said so."""
    giver, receiver = move.told["sides"]
    month = move.told["month"]
    rows = [row for row in walk.book.entries.values() if (row.giver, row.receiver) == (giver, receiver)]
    objected = any(row.state is State.OBJECTED and walk.book.counts_on(row)[0].replace(day=1) == month for row in rows)
    return objected or add_months(month, 1) > walk.today or said_so(walk, move)


def said_so(walk: Beside, move: Move) -> bool:
    giver, receiver = move.told["sides"]
    held = walk.book.months.get((giver, receiver, move.told["month"]))
    return held is not None and PEOPLE[move.by][0] in held.asked


def nothing_waits(walk: Beside, move: Move) -> bool:
    owner, _giver, receiver, month = move.told["sheet"]
    return not walk.book.sheet(owner, receiver, month).waiting


def some_line_fails(walk: Beside, move: Move) -> bool:
    """Say whether who signs or books may not do so for a line that is crossed out or left open."""
    paper = walk.book.prints[walk.labels[move.on]]
    signs, books = walk.by_person(move.told["signatory"]), walk.by(move)
    spared = {walk.labels[label] for label, _how in move.told["marked"]}
    rows = [walk.book.entries[line.entry] for line in paper.lines if line.entry in spared]
    return any(
        walk.book.why_not_verify(row.id, signs) is not None
        or walk.book.who.declared_it(books.person, walk.today, row.declarers)
        for row in rows
    )


def fails_when_made(walk: Beside, move: Move) -> bool:
    owner, _giver, receiver, month = move.told["sheet"]
    waiting = walk.book.sheet(owner, receiver, month).waiting
    to = walk.by_person(move.told["to"])
    maker = walk.by(move).person
    own = [walk.book.who.declared_it(maker, walk.today, walk.book.entries[one].declarers) for one in waiting]
    return bool(waiting) and (all(own) or all(walk.book.why_not_verify(one, to) is not None for one in waiting))


SILENT = (
    Silent(moves("declare name print"), not_of(DECLARERS), "who acts for one of the two declares, names, prints"),
    Silent(moves("redeclare withdraw object_"), not_of(DECLARERS), "an authority declares nothing"),
    Silent(moves("verify lower return_ sheet"), not_of(VERIFIERS), "desks, heads and leaders verify"),
    Silent(
        moves("correct refer scan link close reopen draw"),
        not_of(DESK),
        "desks do the paper work; an authority draws by lot",
    ),
    Silent(moves("settle"), not_of(DESK | {Role.HEALTH_AUTHORITY}), "desks settle, else the authority"),
    Silent(moves("refer"), referred, "laid before an authority once"),
    Silent(moves("settle"), at_the_lower_figure, "what the receiver set, it does not settle while one is named"),
    Silent(moves("name"), cannot_be_named, "an account of the same two, and once"),
    Silent(moves("name"), entry(State.RETURNED, State.OBJECTED), "what is open is ended first"),
    Silent(moves("declare"), named_of_others, "an account of the same two"),
    Silent(moves("verify"), risen, "a correction that counts rises with the entry that it corrects"),
    Silent(moves("correct"), entry(State.OBJECTED), "an objection is settled, not corrected"),
    Silent(moves("draw lot"), drawn, "drawn once; what is checked, or objected to, is not drawn"),
    Silent(moves("judge"), checked, "an objection is settled first"),
    Silent(moves("judge"), found_more, "a check finds no more than the books say"),
    Silent(moves("close"), cannot_close, "a month that is over, and nothing in it objected to; said once"),
    Silent(moves("reopen"), said_so, "said once"),
    Silent(moves("print"), nothing_waits, "paper is for what is not confirmed"),
    Silent(moves("scan"), some_line_fails, "the test is of every line on the paper"),
    Silent(moves("link"), fails_when_made, "no link to what its maker declared, nor for who may verify nothing by it"),
    Silent(moves("use_link"), lambda walk, move: move.on in walk.ended, "a new link to a sheet ends the earlier ones"),
    Silent(moves("redate close_account"), lambda walk, move: not party(walk, move), "who sees it not dates it not"),
    Silent(
        moves("use_link"),
        lambda walk, move: (walk.today - walk.book.links[walk.labels[move.on]].made_on).days == LINK_DAYS,
        "a week is over when its last hour is",
    ),
    Silent(
        moves("redate"),
        lambda walk, move: walk.book.accounts[walk.labels[move.on]].closed,
        "what is closed has its dates",
    ),
)
