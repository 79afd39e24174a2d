"""The law's sentences, and every case in which the product once differed (L and S), as tests on the book itself."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest

from tests.book import due as reckoning
from tests.book.book import Book, Code, Id, Level, Part, Refused
from tests.book.book import State as Entered
from tests.book.due import Calendar, Period, State, add_months, month_of
from tests.book.who import HEALTH_AUTHORITY, By

UNITS = {
    "lecture": "time",
    "visit": "visit",
    "round": "time",
    "clinic": "visit",
    "posting": "person",
    "dispatch": "person-day",
}
DESK = By("dee", "P", True)  # the giver's office, which declares
OTHER_DESK = By("pat", "P", True)  # a colleague there
KAY = By("kay", "K", True)  # the receiver's office
KIM = By("kim", "K")
LEE = By("lee", "L", True)
AUTHORITY = By("ada", "A", True)
BUREAU = By("bob", "B", True)


def a_book(today: date = date(2025, 6, 2)) -> Book:
    """P gives to K and L; A and B are health authorities; everyone is employed where they act."""
    calendar = Calendar()
    calendar.publish(2024, frozenset(), frozenset())
    calendar.publish(2025, frozenset(), frozenset())
    calendar.publish(2026, frozenset(), frozenset())
    book = Book(today, UNITS, calendar)
    for name in ("A", "B"):
        book.institution(name, HEALTH_AUTHORITY)
    for by in (DESK, OTHER_DESK, KAY, KIM, LEE, AUTHORITY, BUREAU):
        book.who.employ(by.person, by.institution)
    for doctor in ("ann", "ben", "cat"):
        book.who.employ(doctor, "P")
    return book


def add(
    book: Book,
    entry: str,
    day: date,
    quantity: int | Fraction = 1,
    kind: str = "lecture",
    receivers: Sequence[str] = ("K",),
    people: Sequence[Part] | None = None,
    by: By = DESK,
    late: bool = False,
    first: date | None = None,
    last: date | None = None,
) -> None:
    """Record one activity; the entry of a second receiver is called 'entry@receiver'."""
    ids: dict[str, str | int] = {
        name: entry if number == 0 else f"{entry}@{name}" for number, name in enumerate(receivers)
    }
    who = people if people is not None else [Part("ann", Fraction(quantity))]
    book.record(f"act {entry}", kind, "P", ids, day, quantity, who, by, first=first, last=last, late=late)


def close(book: Book, month: date, receiver: str = "K") -> None:
    """Both offices close a month."""
    book.close_month("P", receiver, month, DESK)
    book.close_month("P", receiver, month, By("office", receiver, True))


def an_account(book: Book, account: str = "acc", amount: int | None = 100, **more: object) -> None:
    """An account of P for K over lectures, 100 times a year if not said otherwise."""
    options: dict[str, object] = {"kinds": ["lecture"], "amount": amount, "unit": "time" if amount else None, "per": 12}
    options.update(more)
    book.open_account(account, "P", "K", **options)  # type: ignore[arg-type]


def corrected(book: Book, entry: str, difference: int, name: str) -> None:
    """A correction, verified online."""
    book.correct(name, entry, difference, "recounted", DESK)
    book.verify(name, KIM)


def related(book: Book, relation: str = "r", authority: str | None = "A", members: Sequence[str] = ("P", "K")) -> None:
    """A relation whose authority has confirmed it."""
    book.relation(relation, members, authority)
    if authority is not None:
        book.confirm_relation(relation, By("clerk", authority))


# ---------------------------------------------------------------------- L: the law was clear, the product once wrong


def test_l1_due_is_the_amount_by_the_share_of_the_cut_period_that_has_passed() -> None:
    """'12 a year, 1 Jan 2025 to 30 Jun 2026, 2 done': 3 'behind' on 1 Apr 2026, 5 on 30 Jun."""
    book = a_book(date(2026, 4, 1))
    an_account(book, amount=12, first=date(2025, 1, 1), last=date(2026, 6, 30))
    add(book, "e", date(2026, 3, 2), 2)
    book.verify("e", KIM)
    current = book.standing("acc").current
    assert current is not None
    assert (current.owed, current.due, current.counted, current.state) == (
        Fraction(6),
        Fraction(3),
        Fraction(2),
        State.BEHIND,
    )
    book.wait((date(2026, 6, 30) - book.today).days)
    current = book.standing("acc").current
    assert current is not None
    assert current.due == 5
    book.wait()
    ended = book.standing("acc").last_ended
    assert ended is not None
    assert (ended.due, ended.state) == (Fraction(6), State.LATE)


@pytest.mark.parametrize(("found", "passed"), [(5, False), (6, True), (0, False)])
def test_l2_a_failed_check_is_a_correction_measured_with_the_corrections(found: int, passed: bool) -> None:
    """'10, corrected −4; check finds 5 → 5. Finds 6 → 6 and passed. Finds 0 → 0'"""
    book = a_book()
    an_account(book)
    add(book, "e", date(2025, 5, 5), 10)
    book.verify("e", KIM)
    corrected(book, "e", -4, "c")
    book.draw("s", "e", KAY)
    book.judge("s", found, KAY)
    assert book.counted("acc") == found
    assert book.checks["s"].passed is passed


def test_l3_a_correction_goes_where_the_old_one_is_named() -> None:
    """'10, corrected −4, then named for need N → 6'"""
    book = a_book()
    book.open_account("N", "P", "K", [], stater="K")
    add(book, "e", date(2025, 5, 5), 10)
    book.verify("e", KIM)
    corrected(book, "e", -4, "c")
    book.name("e", "N")
    assert book.counted("N", "time") == 6


@pytest.mark.parametrize("named", [False, True])
def test_l4_a_correction_returned_and_declared_again_goes_to_a_closed_account(named: bool) -> None:
    """'account closed; declared again −3 and verified → 7. Old entry there by name → 6' (with −4)"""
    book = a_book()
    an_account(book, amount=None, kinds=[] if named else ["lecture"])
    add(book, "e", date(2025, 5, 5), 10)
    if named:
        book.name("e", "acc")
    book.verify("e", KIM)
    book.correct("c", "e", -4, "recounted", DESK)
    book.return_("c", KIM, "see again")
    book.close_account("acc", DESK)
    book.redeclare("c", DESK, quantity=-4 if named else -3)
    book.verify("c", KIM)
    assert book.counted("acc", "time") == (6 if named else 7)


@pytest.mark.parametrize("people", [[Part("ben", Fraction(1))], [Part("ann", Fraction(5))]])
def test_l5_a_scan_confirms_what_that_number_holds(people: list[Part]) -> None:
    """'printed as A's lecture; before the scan changed to B's → stays declared. Own share 1 → 5 the same'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5))
    book.print_sheet(1, "ann", "K", date(2025, 5, 1))
    book.mend("e", DESK, people=people)
    assert book.scan(1, OTHER_DESK, KIM) == []
    assert book.entries["e"].state is Entered.DECLARED


def test_l6_a_printed_sheet_is_a_numbered_snapshot() -> None:
    """'printed 5; line changed to 7, another of 100 added. Page of that number → 5, sum 5'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5), 5)
    book.print_sheet(1, "ann", "K", date(2025, 5, 1))
    book.mend("e", DESK, quantity=7)
    add(book, "f", date(2025, 5, 6), 100)
    lines, sums = book.printed(1)
    assert [line.quantity for line in lines] == [5]
    assert sums == {"time": 5}


def test_l7_workload_sums_own_shares_each_activity_once() -> None:
    """'one lecture heard by K and L, own share 1 → 1', at the highest level any of its entries has."""
    book = a_book()
    add(book, "e", date(2025, 5, 5), receivers=["K", "L"])
    book.verify("e@L", LEE)
    assert book.workload("ann") == {"time": {Level.DECLARED: 0, Level.PAPER: 0, Level.ONLINE: 1, Level.SPOT: 0}}
    add(
        book,
        "f",
        date(2025, 5, 6),
        3,
        receivers=["K", "L"],
        people=[Part("ann", Fraction(1)), Part("ben", Fraction(2))],
    )
    assert book.workload("ann")["time"][Level.DECLARED] == 1
    assert book.workload("ann", date(2025, 5, 6))["time"][Level.ONLINE] == 0


def test_l8_a_draw_takes_only_entries_that_count_for_a_relation_of_the_drawing_authority() -> None:
    """'P and K in two relations with authorities A and B. B draws a lot → only its own'"""
    book = a_book()
    related(book, "ra", "A")
    related(book, "rb", "B")
    an_account(book, "a", None, relation="ra")
    an_account(book, "b", None, kinds=["visit"], relation="rb")
    add(book, "e", date(2025, 5, 5))
    add(book, "f", date(2025, 5, 6), kind="visit")
    add(book, "g", date(2025, 5, 6), kind="visit")
    book.verify("e", KIM)
    book.verify("f", KIM)
    assert book.drawable(BUREAU) == ["f"]
    assert book.drawable(AUTHORITY) == ["e"]
    assert book.drawable(KAY) == []
    with pytest.raises(Refused):
        book.draw("s", "e", BUREAU)


@pytest.mark.parametrize("how", ["crossed", "left open", "changed"])
def test_l9_lines_completed_later_make_a_supplementary_sheet(how: str) -> None:
    """'line crossed out, left open, or changed since the print; scan booked; completed. Print again → holds it'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5))
    add(book, "f", date(2025, 5, 6))
    book.print_sheet(1, "ann", "K", date(2025, 5, 1))
    if how == "changed":
        book.mend("e", DESK, quantity=2)
    done = book.scan(1, OTHER_DESK, KIM, ["e"] if how == "crossed" else [], ["e"] if how == "left open" else [])
    assert done == ["f"]
    if how == "crossed":
        book.redeclare("e", DESK, quantity=2)
    book.print_sheet(2, "ann", "K", date(2025, 5, 1))
    assert [line.entry for line in book.printed(2)[0]] == ["e"]
    assert book.prints[2].supplementary
    assert book.scan(2, OTHER_DESK, KIM) == ["e"]
    with pytest.raises(Refused):
        book.print_sheet(3, "ann", "K", date(2025, 5, 1))


def test_l10_an_entry_that_names_a_closed_need_is_declared_again() -> None:
    """'entry names a need; need closed; entry returned or only mended → declared, counts where it fits'"""
    book = a_book()
    book.open_account("N", "P", "K", [], stater="K")
    an_account(book)
    add(book, "e", date(2025, 5, 5))
    book.name("e", "N")
    book.close_account("N", KAY)
    book.mend("e", DESK, quantity=2)
    book.return_("e", KIM, "which?")
    book.redeclare("e", DESK, quantity=3)
    book.verify("e", KIM)
    assert book.counted("acc") == 3
    assert book.counted("N", "time") == 3  # 'What stood in an account stays in it when it is mended'


def test_l11_a_drawn_entry_is_laid_before_the_authority_all_the_same() -> None:
    """'authority drew the entry; later the declarer objects, office refers → laid before it'"""
    book = a_book()
    related(book)
    an_account(book, relation="r")
    add(book, "e", date(2025, 5, 5), 10)
    book.lower("e", 6, "four seen twice", KIM)
    book.draw("s", "e", AUTHORITY)
    book.object_("e", DESK)
    book.refer("e", OTHER_DESK)
    assert book.entries["e"].referred == "A"
    book.settle("e", 8, AUTHORITY)
    assert book.counted("acc") == 8


def test_l12_own_shares_follow_a_correction_exactly() -> None:
    """'3 visits by 3 people, corrected −1 three times → 0'"""
    book = a_book()
    people = [Part(name, Fraction(1)) for name in ("ann", "ben", "cat")]
    add(book, "e", date(2025, 5, 5), 3, "visit", people=people)
    book.verify("e", KIM)
    for number in (1, 2, 3):
        corrected(book, "e", -1, f"c{number}")
        assert book.workload("ann")["visit"][Level.ONLINE] == Fraction(3 - number, 3)
    assert book.workload("cat")["visit"][Level.ONLINE] == 0


def test_l13_a_total_over_several_receivers_says_the_activities_and_where_else() -> None:
    """'3 entries of 2 activities'"""
    book = a_book()
    related(book, members=("P", "K", "L"))
    an_account(book, "k", None, relation="r")
    book.open_account("l", "P", "L", ["lecture"], relation="r")
    an_account(book, "other", 5)
    add(book, "e", date(2025, 5, 5), receivers=["K", "L"])
    add(book, "f", date(2025, 5, 6))
    for entry, by in (("e", KIM), ("e@L", LEE), ("f", KIM)):
        book.verify(entry, by)
    for total in (book.relation_total("r"), book.total(["k", "l"])):
        assert (len(total.entries), total.activities, total.receivers) == (3, 2, 2)
        assert total.elsewhere == {"e": ("other",), "e@L": (), "f": ("other",)}
        assert total.sums["time"][Level.ONLINE] == 3


def test_l14_what_the_law_refuses_verify_of_a_paper_level_entry_in_a_closed_month() -> None:
    """'no entry of theirs with a day in it is declared, verified or corrected'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5))
    book.print_sheet(1, "ann", "K", date(2025, 5, 1))
    book.scan(1, OTHER_DESK, KIM)
    close(book, date(2025, 5, 1))
    with pytest.raises(Refused):
        book.verify("e", KIM)


def test_l14_what_the_law_refuses_settling_by_a_member_who_fails_the_test() -> None:
    """'No one verifies their own side': the receiver's member who is employed by the giver settles nothing."""
    book = a_book()
    related(book)
    add(book, "e", date(2025, 5, 5), 10)
    book.lower("e", 6, "four seen twice", KIM)
    book.object_("e", DESK)
    with pytest.raises(Refused):
        book.settle("e", 8, By("ben", "K"))
    book.settle("e", 8, KIM)
    assert book.books_say("e") == 8


# ---------------------------------------------------------------------- S: the law was once silent


def test_s1_what_settling_adds_after_closing_is_a_correction_in_the_open_month() -> None:
    """'lowered in May, May closed, objected in time, settled higher' → May stays 6, June has 3."""
    book = a_book()
    an_account(book)
    add(book, "e", date(2025, 5, 20), 10)
    book.lower("e", 6, "four seen twice", KIM)
    close(book, date(2025, 5, 1))
    book.object_("e", DESK)
    book.settle("e", 9, KIM, correction="c")
    assert book.month_sums("P", "K", date(2025, 5, 1))["time"][Level.ONLINE] == 6
    assert book.month_sums("P", "K", date(2025, 6, 1))["time"][Level.ONLINE] == 3
    assert (book.entries["c"].corrects, month_of(book.entries["c"].day)) == ("e", date(2025, 6, 1))
    assert book.counted("acc") == 9


def test_s2_what_stood_in_an_account_stays_when_mended_while_it_still_fits() -> None:
    """'declared while A was open; A closed; a figure mended → stays in A'; moved out of its dates, it leaves."""
    book = a_book()
    an_account(book, first=date(2025, 5, 1), last=date(2025, 5, 31))
    add(book, "e", date(2025, 5, 5))
    book.close_account("acc", DESK)
    book.mend("e", DESK, quantity=2)
    book.verify("e", KIM)
    assert book.counted("acc") == 2
    add(book, "f", date(2025, 5, 6))
    assert book.accounts_of("f") == []
    book.reopen_account("acc")
    assert book.accounts_of("f") == ["acc"]
    book.mend("f", DESK, day=date(2025, 4, 30))
    assert book.accounts_of("f") == []


def test_s3_a_correction_counts_at_the_level_of_what_it_corrects() -> None:
    """'10 on paper, correction −4 verified online', then a failed check: all at the level of the old entry."""
    book = a_book()
    an_account(book)
    add(book, "e", date(2025, 5, 5), 10)
    book.print_sheet(1, "ann", "K", date(2025, 5, 1))
    book.scan(1, OTHER_DESK, KIM)
    book.correct("c", "e", -4, "recounted", DESK)
    assert book.sums("acc")["time"] == {Level.DECLARED: -4, Level.PAPER: 10, Level.ONLINE: 0, Level.SPOT: 0}
    book.verify("c", KIM)
    assert book.sums("acc")["time"] == {Level.DECLARED: 0, Level.PAPER: 6, Level.ONLINE: 0, Level.SPOT: 0}
    book.draw("s", "e", KAY)
    book.judge("s", 4, KAY)
    assert book.sums("acc")["time"] == {Level.DECLARED: 0, Level.PAPER: 4, Level.ONLINE: 0, Level.SPOT: 0}
    book.verify("e", KIM)
    assert book.sums("acc")["time"][Level.ONLINE] == 4


def test_s4_a_check_of_an_entry_of_a_closed_month_is_recorded_beside_it() -> None:
    """'closed sums keep their levels'; a failed one corrects the open month."""
    book = a_book()
    add(book, "e", date(2025, 5, 5), 10)
    add(book, "f", date(2025, 5, 6), 10)
    book.verify("e", KIM)
    book.verify("f", KIM)
    close(book, date(2025, 5, 1))
    before = book.month_sums("P", "K", date(2025, 5, 1))
    book.draw("s", "e", KAY)
    book.judge("s", 10, KAY)
    book.draw("t", "f", KAY)
    book.judge("t", 8, KAY)
    assert book.month_sums("P", "K", date(2025, 5, 1)) == before
    assert [check.id for check in book.beside("e")] == ["s"]
    assert book.entries["e"].level is Level.ONLINE
    assert book.month_sums("P", "K", date(2025, 6, 1))["time"][Level.ONLINE] == -2


def test_s5_a_rest_of_less_than_a_month_owes_its_share_in_days() -> None:
    """'4 a month, 1 May to 15 June → June owes 2'"""
    book = a_book(date(2025, 6, 20))
    an_account(book, amount=4, per=1, first=date(2025, 5, 1), last=date(2025, 6, 15))
    assert [figure.owed for figure in book.periods("acc")] == [4, 2]
    assert book.periods("acc")[1].state is State.LATE


def test_s6_an_account_stands_by_its_current_period_and_the_one_that_ended_last() -> None:
    """'2024 and 2025 short, 2026 done' → late by 2025, one earlier short one beside it."""
    book = a_book(date(2026, 4, 1))
    an_account(book, amount=1, first=date(2024, 1, 1))
    add(book, "e", date(2026, 3, 2))
    book.verify("e", KIM)
    standing = book.standing("acc")
    assert standing.current is not None
    assert standing.current.state is State.FULFILLED
    assert standing.last_ended is not None
    assert standing.last_ended.state is State.LATE
    assert (standing.state, standing.earlier_short) == (State.LATE, 1)


def test_s7_the_last_date_is_of_what_is_counted() -> None:
    """'count of 3 Feb beside last date 20 Feb of an unconfirmed one' → 3 Feb; and never a percentage."""
    book = a_book()
    an_account(book, amount=None)
    add(book, "e", date(2025, 2, 3))
    add(book, "f", date(2025, 2, 20))
    book.verify("e", KIM)
    assert (book.count("acc"), book.last_date("acc")) == (1, date(2025, 2, 3))
    assert book.standing("acc").state is State.NO_AMOUNT
    assert book.periods("acc") == []


def test_s8_no_people_group_with_any_of_its_people_on_any_of_its_days() -> None:
    """'entry of 5-31 Jan, verifier joined the batch on 20 Jan' → may not."""
    book = a_book()
    book.who.join_group("batch", "ann", date(2025, 1, 1), date(2025, 12, 31))
    book.who.join_group("batch", "kim", date(2025, 1, 20), None)
    add(book, "e", date(2025, 1, 31), first=date(2025, 1, 5))
    add(book, "f", date(2025, 1, 19))
    with pytest.raises(Refused):
        book.verify("e", KIM)
    book.verify("e", KAY)
    book.verify("f", KIM)


def test_s10_employments_are_dated_and_the_giver_is_asked_today_and_on_its_days() -> None:
    """'employed by the giver (today or on any of its days)'"""
    book = a_book()
    book.who.employ("moe", "K", None, date(2025, 4, 30))
    book.who.employ("moe", "P", date(2025, 5, 1), date(2025, 5, 10))
    add(book, "e", date(2025, 5, 10))
    add(book, "f", date(2025, 5, 11))
    with pytest.raises(Refused):
        book.verify("e", By("moe", "K"))
    book.verify("f", By("moe", "K"))
    add(book, "g", date(2025, 5, 12))
    add(book, "h", date(2025, 5, 12))
    book.verify("g", KIM)
    book.change_employment("kim", "P", date(2025, 6, 2))
    with pytest.raises(Refused):
        book.verify("h", KIM)  # today
    assert not book.who.employed("kim", "K", (date(2025, 6, 2), date(2025, 6, 3)))


def test_s11_the_declarer_or_the_desk_of_the_side_that_declared() -> None:
    """'Withdrawing and declaring again is the declarer's, or the desk's of the side that declared.'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5), by=By("ann", "P"))
    for by in (By("ben", "P"), KAY):
        with pytest.raises(Refused):
            book.withdraw("e", by)
    book.return_("e", KIM, "which?")
    book.redeclare("e", OTHER_DESK)
    book.return_("e", KIM, "which?")
    book.withdraw("e", By("ann", "P"))
    assert book.entries["e"].state is Entered.WITHDRAWN
    with pytest.raises(Refused):
        book.redeclare("e", OTHER_DESK)


def test_s12_a_correction_is_not_itself_corrected() -> None:
    """'the old entry is corrected again'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5), 10)
    book.verify("e", KIM)
    corrected(book, "e", -4, "c")
    with pytest.raises(Refused):
        book.correct("d", "c", 1, "after all", DESK)
    corrected(book, "e", 1, "d")
    assert book.books_say("e") == 7


def test_s13_days_of_an_unpublished_year_and_deadlines_that_follow_the_calendar() -> None:
    """'declared 24 Dec 2026': the tenth working day is 8 Jan, 1 January being free by law."""
    book = a_book(date(2026, 12, 24))
    add(book, "e", date(2026, 11, 20))
    assert book.deadline("e") == date(2027, 1, 8)
    book.wait((date(2027, 1, 8) - book.today).days)
    assert not book.overdue("e")
    book.wait()
    assert book.overdue("e")
    book.calendar.publish(2027, frozenset({date(2027, 1, 1), date(2027, 1, 4)}), frozenset())
    assert book.deadline("e") == date(2027, 1, 11)
    assert not book.overdue("e")


def test_s14_without_a_from_an_amount_is_owed_from_opening_or_the_first_entry_that_counts() -> None:
    """'account opened from 30 May, re-dated to no from': the whole quarter of the opening is owed."""
    book = a_book(date(2025, 5, 30))
    an_account(book, amount=3, per=3, first=date(2025, 5, 30))
    assert book.periods("acc")[0].owed == Fraction(3) * (1 + Fraction(2, 31)) / 3
    book.redate_account("acc", None, None)
    assert [(figure.period.first, figure.owed) for figure in book.periods("acc")] == [(date(2025, 4, 1), Fraction(3))]
    add(book, "e", date(2025, 2, 3))
    assert len(book.periods("acc")) == 1
    book.verify("e", KIM)
    assert [figure.period.first for figure in book.periods("acc")] == [date(2025, 1, 1), date(2025, 4, 1)]


# ---------------------------------------------------------------------- the law: accounts and entries


def test_an_entry_is_posted_to_every_open_account_that_fits_and_a_total_counts_it_once() -> None:
    """'an account counts the full quantity; any total over several accounts counts the entry once'"""
    book = a_book()
    an_account(book, "a")
    an_account(book, "b")
    book.open_account("other", "P", "L", ["lecture"])
    add(book, "e", date(2025, 5, 5), 4)
    book.verify("e", KIM)
    assert book.accounts_of("e") == ["a", "b"]
    assert book.counted("a") == book.counted("b") == 4
    assert book.total(["a", "b"]).sums["time"][Level.ONLINE] == 4


def test_an_account_opened_or_redated_later_takes_in_what_is_there_already() -> None:
    """'An account opened or re-dated later takes in the entries already there that fit.'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5))
    add(book, "f", date(2025, 4, 5))
    an_account(book, first=date(2025, 5, 1))
    assert [row.id for row in book.rows_of("acc")] == ["e"]
    book.redate_account("acc", date(2025, 4, 1), date(2025, 4, 30))
    assert [row.id for row in book.rows_of("acc")] == ["f"]


def test_an_account_with_an_amount_takes_one_unit_and_without_each_stands_by_itself() -> None:
    """'An account with an amount takes one unit; without amount each unit is shown by itself.'"""
    book = a_book()
    an_account(book, "one", kinds=["lecture", "visit"])
    an_account(book, "each", None, kinds=["lecture", "visit"])
    add(book, "e", date(2025, 5, 5))
    add(book, "f", date(2025, 5, 5), 7, "visit")
    assert list(book.sums("one")) == ["time"]
    assert {unit: levels[Level.DECLARED] for unit, levels in book.sums("each").items()} == {"time": 1, "visit": 7}
    with pytest.raises(Refused):
        book.name("f", "one")


def test_posting_and_dispatch_never_stand_in_one_account() -> None:
    """'The two never stand in one account'; 'quantity 1'; 'one entry a person and month'."""
    book = a_book()
    with pytest.raises(Refused):
        an_account(book, amount=None, kinds=["posting", "dispatch"])
    an_account(book, amount=None, kinds=["posting"])
    add(book, "p", date(2025, 5, 5), kind="posting")
    add(book, "d", date(2025, 5, 31), 20, "dispatch")
    with pytest.raises(Refused):
        book.name("d", "acc")
    with pytest.raises(Refused):
        add(book, "q", date(2025, 5, 6), 2, "posting")
    with pytest.raises(Refused):
        add(book, "d2", date(2025, 5, 30), 3, "dispatch")


def test_naming_and_unnaming() -> None:
    """'or that a person names': only in an open account; the name may be taken back."""
    book = a_book()
    book.open_account("N", "P", "K", [], stater="K")
    add(book, "e", date(2025, 5, 5))
    assert book.accounts_of("e") == []
    book.name("e", "N")
    assert book.accounts_of("e") == ["N"]
    book.unname("e", "N")
    assert book.accounts_of("e") == []
    with pytest.raises(Refused):
        book.close_account("N", DESK)  # 'A need is closed when its stater says so'
    book.close_account("N", KAY)
    with pytest.raises(Refused):
        book.name("e", "N")


def test_returned_and_withdrawn_entries_count_nowhere() -> None:
    """'declared or returned → withdrawn by the declarer'"""
    book = a_book()
    an_account(book)
    add(book, "e", date(2025, 5, 5))
    book.return_("e", KIM, "which?")
    assert book.sums("acc") == {}
    assert book.workload("ann") == {}
    book.redeclare("e", DESK)
    assert book.sums("acc")["time"][Level.DECLARED] == 1
    book.withdraw("e", DESK)
    assert book.sums("acc") == {}


# ---------------------------------------------------------------------- the law: who verifies


@pytest.mark.parametrize(
    ("by", "why"),
    [
        (DESK, "does not act for the receiver"),
        (By("dee", "K"), "declared it"),
        (By("ann", "K"), "is among its people"),
        (By("ben", "K"), "is employed by the giver"),
    ],
)
def test_who_verifies(by: By, why: str) -> None:
    """'Someone acting for the receiver who did not declare it, is not among its people, is not employed by ...'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5))
    assert book.why_not_verify("e", by) == why
    with pytest.raises(Refused):
        book.verify("e", by)


def test_whoever_reset_a_password_counts_as_that_hand_for_seven_days() -> None:
    """'Whoever reset a colleague's password counts as that colleague's hand for seven days.'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5), by=KAY)  # the receiver's office declared it from its export
    book.who.reset_password("kay", "kim", book.today)
    book.wait(6)
    with pytest.raises(Refused):
        book.verify("e", KIM)
    book.wait(1)
    book.verify("e", KIM)


def test_what_a_colleague_declared_within_seven_days_counts_as_declared_by_the_hand() -> None:
    """The same sentence, seen from the declaring."""
    book = a_book()
    book.who.reset_password("kay", "kim", book.today)
    add(book, "e", date(2025, 5, 5), by=KIM)
    book.wait(30)
    assert book.why_not_verify("e", KAY) == "declared it"


def test_every_move_carries_the_version_its_page_showed() -> None:
    """'an entry changed meanwhile is shown again, never counted unseen'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5))
    seen = book.entries["e"].version
    book.mend("e", DESK, quantity=7)
    with pytest.raises(Refused):
        book.verify("e", KIM, version=seen)
    book.verify("e", KIM, version=book.entries["e"].version)


@pytest.mark.parametrize(
    ("code", "maker", "level"),
    [
        (Code.SENT, DESK, Level.ONLINE),
        (Code.RECEIVER_DESK, KAY, Level.ONLINE),
        (Code.GIVER_SIDE, OTHER_DESK, Level.PAPER),
    ],
)
def test_one_time_links(code: Code, maker: By, level: Level) -> None:
    """'verified online, marked by link'; 'where the giver's side saw link and code ... confirmed on paper'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5))
    sheet = ("ann", "K", date(2025, 5, 1))
    with pytest.raises(Refused):
        book.make_link("l", *sheet, "kim", "139", code, maker)
    book.who.directory("K", "kim", "139")
    book.make_link("l", *sheet, "kim", "139", code, maker)
    with pytest.raises(Refused):
        book.use_link("l", {"e": 0})
    book.use_link("l", {"e": 1})
    assert book.entries["e"].level is level
    assert len(book.entries["e"].marks) == 1
    with pytest.raises(Refused):
        book.use_link("l", {})


@pytest.mark.parametrize("code", [Code.RECEIVER_DESK, Code.GIVER_SIDE])
def test_a_declarer_who_sees_link_and_code_confirms_nothing_by_it(code: Code) -> None:
    """'never the declarer': on paper, and by a link that counts as paper or more."""
    book = a_book()
    by = KAY if code is Code.RECEIVER_DESK else DESK
    add(book, "e", date(2025, 5, 5), by=by)
    book.who.directory("K", "kim", "139")
    book.make_link("l", "ann", "K", date(2025, 5, 1), "kim", "139", code, by)
    with pytest.raises(Refused):
        book.use_link("l", {"e": 1})


def test_one_time_links_carry_the_same_test() -> None:
    """'One-time links carry the same test.'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5))
    book.who.directory("K", "ben", "138")
    book.make_link("l", "ann", "K", date(2025, 5, 1), "ben", "138", Code.SENT, KAY)
    with pytest.raises(Refused):
        book.use_link("l", {"e": 1})


def test_on_paper_either_office_books_never_the_declarer_and_the_signatory_is_tested() -> None:
    """'either office books the scan, never the declarer, and names the signatory, to whom the same test applies'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5))
    book.print_sheet(1, "ann", "K", date(2025, 5, 1))
    for by, signatory in ((DESK, KIM), (KIM, KIM), (KAY, By("ben", "K")), (KAY, OTHER_DESK), (LEE, KIM)):
        with pytest.raises(Refused):
            book.scan(1, by, signatory)
    assert book.scan(1, OTHER_DESK, KIM) == ["e"]
    assert book.entries["e"].level is Level.PAPER


# ---------------------------------------------------------------------- the law: correcting


def test_a_lower_figure_counts_at_once_and_may_be_objected_to_within_ten_working_days() -> None:
    """'it counts at once at that figure; the declarer may object within 10 working days'"""
    book = a_book()
    an_account(book)
    add(book, "e", date(2025, 5, 5), 10)
    add(book, "f", date(2025, 5, 5), 10)
    for entry in ("e", "f"):
        for wrong in (10, 11, -1):
            with pytest.raises(Refused):
                book.lower(entry, wrong, "no", KIM)
        book.lower(entry, 6, "four seen twice", KIM)
    assert book.counted("acc") == 12
    assert book.workload("ann")["time"][Level.ONLINE] == 12
    assert book.object_until("e") == date(2025, 6, 16)  # lowered on Monday 2 June
    book.wait(14)
    book.object_("e", DESK)
    assert book.counted("acc") == 12
    book.wait(1)
    with pytest.raises(Refused):
        book.object_("f", DESK)


@pytest.mark.parametrize("flaw", ["none named", "party", "kind", "unconfirmed"])
def test_an_authority_settles_only_where_it_may(flaw: str) -> None:
    """'only where it is no party of the entry, is of kind health authority and has itself confirmed the relation'"""
    book = a_book()
    names = {"none named": None, "party": "K", "kind": "C", "unconfirmed": "A"}
    book.institution("K", HEALTH_AUTHORITY)
    book.institution("C", "hospital")
    book.relation("r", ["P", "K"], names[flaw])
    if flaw in ("party", "kind"):
        book.confirm_relation("r", By("clerk", names[flaw] or ""))
    add(book, "e", date(2025, 5, 5), 10)
    book.lower("e", 6, "four seen twice", KIM)
    book.object_("e", DESK)
    with pytest.raises(Refused):
        book.refer("e", KAY)
    assert book.books_say("e") == 6


def test_a_correction_cannot_bring_the_old_one_below_zero() -> None:
    """'is verified like any entry, and cannot bring the old one below zero'"""
    book = a_book()
    an_account(book)
    add(book, "e", date(2025, 5, 5), 10)
    with pytest.raises(Refused):
        book.correct("c", "e", -1, "before verification", DESK)
    book.verify("e", KIM)
    book.correct("c", "e", -6, "recounted", DESK)
    assert book.counted("acc") == 10
    with pytest.raises(Refused):
        book.correct("d", "e", -5, "recounted", DESK)
    with pytest.raises(Refused):
        book.verify("c", By("dee", "K"))
    book.draw("s", "e", KAY)
    book.judge("s", 5, KAY)
    with pytest.raises(Refused):
        book.verify("c", KIM)
    assert book.counted("acc") == 5


def test_overdue_is_counted_apart_and_nothing_verifies_itself() -> None:
    """'the later of the N-th working day after the entry's month ends and the N-th after its declaring'"""
    book = a_book(date(2025, 6, 10))
    an_account(book)
    add(book, "e", date(2025, 6, 2))
    assert book.deadline("e") == date(2025, 7, 14)
    book.wait(34)
    assert not book.overdue("e")
    book.wait(1)
    assert book.overdue("e")
    assert book.sheet("ann", "K", date(2025, 6, 1)).overdue == ("e",)
    assert book.overdue_sums("acc") == {"time": 1}
    assert book.counted("acc") == 0
    book.return_("e", KIM, "which?")
    book.redeclare("e", DESK)
    assert not book.overdue("e")


@pytest.mark.parametrize("late_days", range(29))
def test_a_sheet_of_a_running_month_is_never_overdue(late_days: int) -> None:
    """'a sheet of a running month is never overdue'"""
    book = a_book(date(2025, 6, 1))
    add(book, "e", date(2025, 6, 1))
    book.wait(late_days)
    assert not book.overdue("e")


# ---------------------------------------------------------------------- the law: sheets, closing


def test_an_entry_of_two_people_is_confirmed_by_the_first_sheet_and_shown_so_on_the_other() -> None:
    """'an entry of two people is confirmed by the first sheet and shown so on the other'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5), 2, people=[Part("ann", Fraction(1)), Part("ben", Fraction(1))])
    book.print_sheet(1, "ann", "K", date(2025, 5, 1))
    book.print_sheet(2, "ben", "K", date(2025, 5, 1))
    book.scan(1, OTHER_DESK, KIM)
    assert book.scan(2, OTHER_DESK, KIM) == []
    assert book.sheet("ben", "K", date(2025, 5, 1)).waiting == ()
    book.verify_sheet({"e": book.entries["e"].version}, KIM)
    assert book.entries["e"].level is Level.ONLINE


def test_a_month_is_closed_by_both_offices_and_reopened_by_both_with_a_reason() -> None:
    """'closed by both offices (reopened by both, with a reason)'"""
    book = a_book()
    may = date(2025, 5, 1)
    book.close_month("P", "K", may, DESK)
    book.close_month("P", "K", may, OTHER_DESK)
    assert not book.month_is_closed("P", "K", may)
    book.close_month("P", "K", may, KAY)
    assert book.month_is_closed("P", "K", may)
    with pytest.raises(Refused):
        add(book, "e", date(2025, 5, 5))
    with pytest.raises(Refused):
        add(book, "e", date(2025, 6, 1), first=date(2025, 5, 31))
    with pytest.raises(Refused):
        book.reopen_month("P", "K", may, KAY, "")
    book.reopen_month("P", "K", may, KAY, "a page was lost")
    book.reopen_month("P", "K", may, DESK, "a page was lost")
    add(book, "e", date(2025, 5, 5))


def test_unverified_or_late_entries_of_a_closed_month_count_in_the_open_month() -> None:
    """'Unverified or late (补录) entries of a closed month keep their day and count in the open month'"""
    book = a_book()
    an_account(book, per=1)
    add(book, "e", date(2025, 5, 5))
    add(book, "sure", date(2025, 5, 6), 5)
    book.verify("sure", KIM)
    close(book, date(2025, 5, 1))
    add(book, "f", date(2025, 5, 7), 2, late=True)
    book.verify("e", KIM)
    book.verify("f", KIM)
    assert book.month_sums("P", "K", date(2025, 5, 1))["time"][Level.ONLINE] == 5
    assert book.month_sums("P", "K", date(2025, 6, 1))["time"][Level.ONLINE] == 3
    assert [figure.counted for figure in book.periods("acc")] == [5, 3]
    assert book.entries["f"].day == date(2025, 5, 7)
    assert book.last_date("acc") == date(2025, 5, 7)
    close(book, date(2025, 6, 1))
    assert book.month_sums("P", "K", date(2025, 6, 1))["time"][Level.ONLINE] == 3


def test_a_later_correction_is_dated_in_the_open_period() -> None:
    """'a later correction is dated in the open period and names the old one'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5), 10)
    book.verify("e", KIM)
    close(book, date(2025, 5, 1))
    with pytest.raises(Refused):
        book.correct("c", "e", -4, "recounted", DESK, day=date(2025, 5, 5))
    corrected(book, "e", -4, "c")
    assert book.month_sums("P", "K", date(2025, 5, 1))["time"][Level.ONLINE] == 10
    assert book.month_sums("P", "K", date(2025, 6, 1))["time"][Level.ONLINE] == -4


def test_closed_sums_keep_their_levels_though_the_old_entry_rises_in_an_open_month() -> None:
    """'published and closed sums keep their levels'"""
    book = a_book()
    add(book, "e", date(2025, 5, 5), 10)
    book.print_sheet(1, "ann", "K", date(2025, 5, 1))
    book.scan(1, OTHER_DESK, KIM)
    book.correct("c", "e", -4, "recounted", DESK, day=date(2025, 6, 2))
    book.verify("c", KIM)
    close(book, date(2025, 6, 1))
    book.verify("e", KIM)
    assert book.month_sums("P", "K", date(2025, 5, 1))["time"][Level.ONLINE] == 10
    assert book.month_sums("P", "K", date(2025, 6, 1))["time"][Level.PAPER] == -4


# ---------------------------------------------------------------------- the law: due and late


def test_due_of_a_part_month_passes_when_its_month_ends() -> None:
    """'its due is reckoned on those months': 30 May to 30 June of a quarter."""
    period = Period(date(2025, 5, 30), date(2025, 6, 30), Fraction(3))
    owed = reckoning.owed(31, period)
    assert owed == Fraction(31) * Fraction(33, 31) / 3 == 11
    assert reckoning.due(31, period, date(2025, 5, 31)) == 0
    assert reckoning.due(31, period, date(2025, 6, 1)) == Fraction(2, 3)
    assert reckoning.due(31, period, date(2025, 7, 1)) == owed


def test_an_assessment_year_from_december() -> None:
    """Habits: 'The assessment year is often December to November.'"""
    book = a_book(date(2025, 12, 5))
    an_account(book, amount=12, first=date(2024, 12, 1), year_starts=12)
    assert [(figure.period.first, figure.due) for figure in book.periods("acc")] == [
        (date(2024, 12, 1), Fraction(12)),
        (date(2025, 12, 1), Fraction(0)),
    ]


def test_what_of_an_account_no_one_confirmed_does_not_make_it_less_late() -> None:
    """'lateness always uses the default; the default is confirmed on paper and above'"""
    book = a_book(date(2025, 6, 2))
    an_account(book, amount=12, first=date(2025, 1, 1))
    add(book, "e", date(2025, 5, 5), 5)
    assert book.standing("acc").state is State.BEHIND
    assert book.periods("acc", Level.DECLARED)[0].counted == 5
    book.verify("e", KIM)
    assert book.standing("acc").state is State.ON_COURSE


# ---------------------------------------------------------------------- always true


ANYONE = [DESK, OTHER_DESK, KAY, KIM, AUTHORITY, By("ben", "K"), By("ann", "P")]
MAY = date(2025, 5, 1)
APRIL = date(2025, 4, 1)


class Anyone:
    """Tries anything: one method per move, called by a seeded chance."""

    def __init__(self, book: Book, chance: random.Random) -> None:
        self.book, self.chance = book, chance
        self.step = 0

    def try_one(self) -> bool:
        """Try one move; say whether the book took it."""
        self.step += 1
        entry = self.chance.choice(list(self.book.entries)) if self.book.entries else "none"
        day = date(2025, self.chance.choice((4, 5)), self.chance.randint(1, 20))
        moves = [
            *[self.declare] * 2,
            *[self.verify] * 2,
            self.return_,
            self.redeclare,
            self.lower,
            self.object_,
            self.settle,
            self.correct,
            self.on_paper,
            self.check,
            self.close,
            self.refer,
            self.wait,
        ]
        try:
            self.chance.choice(moves)(entry, self.chance.choice(ANYONE), day)
        except (Refused, KeyError):
            return False
        return True

    def declare(self, _entry: Id, by: By, day: date) -> None:
        quantity, late = self.chance.randint(1, 9), self.chance.random() < 0.5
        add(self.book, f"e{self.step}", day, quantity, by=by, late=late)

    def verify(self, entry: Id, by: By, _day: date) -> None:
        self.book.verify(entry, by)

    def return_(self, entry: Id, by: By, _day: date) -> None:
        self.book.return_(entry, by, "which?")

    def redeclare(self, entry: Id, by: By, _day: date) -> None:
        number = self.chance.randint(1, 9)
        people = None if self.book.entries[entry].corrects else [Part("ann", Fraction(number))]
        self.book.redeclare(entry, by, number, people=people, late=True)

    def lower(self, entry: Id, by: By, _day: date) -> None:
        self.book.lower(entry, self.chance.randint(0, 5), "fewer", by)

    def object_(self, entry: Id, by: By, _day: date) -> None:
        self.book.object_(entry, by)

    def refer(self, entry: Id, by: By, _day: date) -> None:
        self.book.refer(entry, by)

    def settle(self, entry: Id, by: By, _day: date) -> None:
        self.book.settle(entry, self.chance.randint(0, 9), by)

    def correct(self, entry: Id, by: By, _day: date) -> None:
        self.book.correct(f"e{self.step}", entry, self.chance.randint(-5, 3), "recounted", by)

    def on_paper(self, _entry: Id, by: By, day: date) -> None:
        self.book.print_sheet(self.step, "ann", "K", day)
        self.book.scan(self.step, by, self.chance.choice((KIM, KAY)))

    def check(self, entry: Id, by: By, _day: date) -> None:
        self.book.draw(f"s{self.step}", entry, by)
        self.book.judge(f"s{self.step}", self.chance.randint(0, 9), by)

    def close(self, _entry: Id, by: By, day: date) -> None:
        if self.chance.random() < 0.2:
            self.book.close_month("P", "K", day, by)

    def wait(self, _entry: Id, _by: By, _day: date) -> None:
        self.book.wait(1)


@pytest.mark.parametrize("seed", range(6))
def test_always_true_whatever_moves_by_anyone(seed: int) -> None:
    """'no order of moves by anyone changes that; no entry counts twice in a total; no one verifies their own side'"""
    book = a_book(date(2025, 5, 20))
    related(book)
    an_account(book, "a", 20, per=3, relation="r")
    an_account(book, "b", None)
    anyone, done = Anyone(book, random.Random(seed)), 0
    for _step in range(150):
        closed = {month: book.month_sums("P", "K", month) for month in (APRIL, MAY) if is_closed(book, month)}
        done += anyone.try_one()
        for month, sums in closed.items():
            assert sums == book.month_sums("P", "K", month) or not is_closed(book, month)
    assert done > 30
    it_adds_up(book)


def is_closed(book: Book, month: date) -> bool:
    """Whether P and K closed a month."""
    return book.month_is_closed("P", "K", month)


def it_adds_up(book: Book) -> None:
    """Accounts, total, months and workload say the same of what one person did; nothing is below zero."""
    total = book.total(["a", "b"]).sums
    assert total == book.sums("b") == book.sums("a")
    months: dict[Level, Fraction] = {level: Fraction(0) for level in Level}
    for number in range(12):
        for levels in book.month_sums("P", "K", add_months(date(2025, 1, 1), number)).values():
            for level, figure in levels.items():
                months[level] += figure
    assert total["time"] == months
    assert book.workload("ann")["time"] == months  # her own shares are whole quantities here
    for row in book.entries.values():
        assert row.corrects is not None or book.books_say(row.id) >= 0
