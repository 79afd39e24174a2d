"""What the ledger's law says, a sentence at a time, in the smallest case where another figure was once given."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import chinese_calendar
import pytest

from lianti.contexts.ledger import queries, services, tasks
from lianti.contexts.ledger.domain.due import Per, Standing, Terms, due, period_of, periods, standing
from lianti.contexts.ledger.domain.levels import Level, Sums
from lianti.contexts.ledger.models import Account, Entry, EntryPerson, SheetPrint, SpotCheck
from lianti.contexts.ledger.queries import Fulfilment
from lianti.contexts.ledger.tests.recount import sums_are_kept
from lianti.contexts.ledger.tests.stage import Stage, fresh, seen, stands, todo
from lianti.contexts.ledger.tests.test_examples import SCAN
from lianti.contexts.network import queries as network
from lianti.contexts.network import services as moving
from lianti.contexts.network.models import Institution
from lianti.kernel import scope
from lianti.kernel.models import OutboxTask
from lianti.lib import workdays
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed
from lianti.lib.roles import Role
from tests import cast


@pytest.mark.parametrize(
    ("today", "owed_by_then", "how"),
    [
        (date(2026, 4, 1), 3, Standing.BEHIND),
        (date(2026, 6, 30), 5, Standing.BEHIND),
        (date(2026, 7, 1), 6, Standing.LATE),
    ],
)
def test_l1_what_is_due_in_a_cut_period_is_reckoned_on_its_months(
    today: date, owed_by_then: int, how: Standing
) -> None:
    terms = Terms(Decimal(12), Per.YEAR, date(2025, 1, 1), date(2026, 6, 30), date(2025, 1, 1))
    period = period_of(terms, date(2026, 2, 1))
    assert (period.owed, due(period, today), standing(period, Decimal(2), today)) == (6, owed_by_then, how)


def test_s5_a_rest_of_less_than_a_month_owes_its_share_in_days() -> None:
    terms = Terms(Decimal(4), Per.MONTH, date(2026, 5, 1), date(2026, 6, 15), date(2026, 5, 1))
    *_may, june = periods(terms, date(2026, 6, 10))
    assert (june.owed, standing(june, Decimal(0), date(2026, 6, 10))) == (2, Standing.ON_COURSE)
    assert standing(june, Decimal(0), date(2026, 6, 16)) is Standing.LATE


def test_s5_a_year_cut_in_the_middle_of_a_month_owes_months_and_days() -> None:
    terms = Terms(Decimal(12), Per.YEAR, date(2026, 1, 1), date(2026, 6, 15), date(2026, 1, 1))
    period = period_of(terms, date(2026, 2, 1))
    assert (period.owed, due(period, date(2026, 4, 1))) == (Fraction(11, 2), 3)


def test_s5_no_cut_of_a_period_owes_more_than_the_whole() -> None:
    """A month that began on the last of February has the days up to the day before the 31st of March."""
    terms = Terms(Decimal(4), Per.MONTH, date(2026, 1, 31), date(2026, 3, 29), date(2026, 1, 31))
    assert period_of(terms, date(2026, 3, 10)).owed == Fraction(4 * 30, 31)


def test_l1_months_of_a_period_pass_as_the_account_counts_them() -> None:
    """From 30 November the quarter of 28 February passes its months on 30 March, 30 April and 30 May."""
    terms = Terms(Decimal(3), Per.QUARTER, date(2025, 11, 30), None, date(2025, 11, 30))
    period = period_of(terms, date(2026, 3, 28))
    days = [date(2026, 3, 28), date(2026, 3, 30), date(2026, 4, 30)]
    assert (period.first, [due(period, day) for day in days]) == (date(2026, 2, 28), [0, 1, 2])


def lectures(stage: Stage, *days: date) -> None:
    """Have a lecture given and verified on each of these days."""
    for day in days:
        stage.verify(stage.declare(day=day))


def yearly(stage: Stage, **more: object) -> Account:
    return stage.account(unit="session", amount=Decimal(1), period="year", **more)


def test_s6_an_account_stands_by_its_current_period_and_the_one_that_ended_last(stage: Stage) -> None:
    account = yearly(stage, from_date=date(2023, 1, 1))
    lectures(stage, date(2026, 3, 1))
    found = stands(account, stage.today)
    assert [period.standing.value for period in found.periods] == ["late", "late", "late", "fulfilled"]
    assert (found.standing, found.earlier_short) == (Standing.LATE, 2)


def test_s6_what_fell_short_before_is_said_beside_it(stage: Stage) -> None:
    account = yearly(stage, from_date=date(2023, 1, 1))
    lectures(stage, date(2025, 3, 1))
    found = stands(account, stage.today)
    assert (found.standing, found.earlier_short) == (Standing.BEHIND, 2)


def test_s6_after_its_end_an_account_stands_by_its_last_period(stage: Stage) -> None:
    account = yearly(stage, from_date=date(2023, 1, 1), to_date=date(2024, 12, 31))
    lectures(stage, date(2024, 3, 1))
    found = stands(account, stage.today)
    assert (found.standing, found.earlier_short) == (Standing.FULFILLED, 1)


def test_s7_the_last_date_is_of_what_is_counted(stage: Stage) -> None:
    account = stage.account()
    lectures(stage, date(2026, 2, 3))
    stage.declare(day=date(2026, 2, 20))
    found = stands(account, stage.today)
    assert (found.entries, found.last_day) == (2, date(2026, 2, 3))


def test_s7_what_was_corrected_to_nothing_gives_no_last_date(stage: Stage) -> None:
    account = stage.account()
    lectures(stage, date(2026, 2, 3))
    gone = stage.verify(stage.declare(day=date(2026, 2, 20)))
    told = {"actor": stage.office, "at": stage.at, "key": None, "entry_id": gone.pk, "note": "重复登记"}
    stage.verify(services.correct(**told, difference=Decimal(-1)))
    assert stands(account, stage.today).last_day == date(2026, 2, 3)


def owed_from(found: Fulfilment) -> list[date]:
    return [period.period.first for period in found.periods]


def redated(stage: Stage, account: Account, start: date | None) -> Account:
    told = {"actor": stage.office, "at": stage.at, "key": None, "account_id": account.pk}
    return services.redate_account(**told, from_date=start, to_date=None)


def test_s14_without_a_from_an_amount_is_owed_from_the_period_of_the_opening(stage: Stage) -> None:
    stage.today = date(2026, 5, 20)
    account = stage.account(unit="session", amount=Decimal(3), period="quarter", from_date=date(2026, 8, 30))
    redated(stage, account, None)
    assert owed_from(stands(account, stage.today)) == [date(2026, 4, 1)]
    sums_are_kept()


def test_s14_an_entry_that_counts_before_the_opening_lets_it_be_owed_from_its_period(stage: Stage) -> None:
    stage.today = date(2026, 5, 20)
    account = stage.account(unit="session", amount=Decimal(3), period="quarter")
    entry = stage.declare(day=date(2025, 12, 3))
    assert owed_from(stands(account, stage.today)) == [date(2026, 4, 1)]
    stage.verify(entry)
    firsts = [date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1)]
    assert owed_from(stands(account, stage.today)) == firsts
    assert fresh(account).since == date(2026, 5, 20)


# Corrections.


def on(stage: Stage, entry: Entry, by: str = "office") -> dict[str, Any]:
    """Give what every move of an entry is told."""
    return {"actor": getattr(stage, by), "at": stage.at, "key": None, "entry_id": entry.pk}


def correction(stage: Stage, old: Entry, difference: object) -> Entry:
    return services.correct(**on(stage, old), difference=Decimal(str(difference)), note="重复登记")


def corrected(stage: Stage, old: Entry, difference: object) -> Entry:
    """Correct an entry and have the correction verified."""
    return stage.verify(correction(stage, old, difference))


def checked(stage: Stage, entry: Entry, found: object) -> SpotCheck:
    """Draw an entry and judge it: this much was found."""
    check = services.spot_draw_entry(**on(stage, entry, "desk"))
    told = {"actor": stage.desk, "at": stage.at, "key": None, "check_id": check.pk, "note": "抽查"}
    return services.spot_judge(**told, found=Decimal(str(found)))


def levels(account: Account, stage: Stage, unit: str = "session") -> Sums:
    return stands(account, stage.today).by_unit.get(unit, Sums())


def replay_agrees() -> None:
    sums_are_kept()
    with scope.system():
        assert queries.replayed_entries() == queries.standing_entries()


@pytest.mark.parametrize(("found", "left", "state"), [(5, 5, "failed"), (6, 6, "passed"), (0, 0, "failed")])
def test_l2_a_check_is_measured_against_what_is_left(stage: Stage, found: int, left: int, state: str) -> None:
    account = stage.account()
    old = stage.verify(stage.declare(quantity=10))
    corrected(stage, old, -4)
    assert checked(stage, old, found).state == state
    assert levels(account, stage).counted() == left
    replay_agrees()


def test_l2_a_check_that_finds_more_than_the_books_say_is_refused(stage: Stage) -> None:
    old = stage.verify(stage.declare(quantity=10))
    corrected(stage, old, -4)
    with pytest.raises(Invalid):
        checked(stage, old, 7)


def test_l2_a_correction_that_a_check_has_overtaken_is_not_verified(stage: Stage) -> None:
    account = stage.account()
    old = stage.verify(stage.declare(quantity=10))
    waits = correction(stage, old, -4)
    checked(stage, old, 2)
    with pytest.raises(Conflict):
        stage.verify(waits)
    assert levels(account, stage).counted() == 2


def test_l3_an_account_named_later_takes_the_corrections_too(stage: Stage) -> None:
    old = stage.verify(stage.declare(quantity=10))
    verified, waits = corrected(stage, old, -4), correction(stage, old, -1)
    need = stage.account(kinds="")
    services.name_account(**on(stage, old), account_id=need.pk)
    assert levels(need, stage) == Sums(declared=Decimal(-1), online=Decimal(6))
    assert {fresh(verified).quantity, fresh(waits).quantity} == {-4, -1}
    sums_are_kept()


def test_l3_a_correction_is_named_nowhere_by_itself(stage: Stage) -> None:
    made = corrected(stage, stage.verify(stage.declare(quantity=10)), -4)
    need = stage.account(kinds="")
    with pytest.raises(Conflict):
        services.name_account(**on(stage, made), account_id=need.pk)
    assert stage.page(stage.office, made).nameable == []


def close(stage: Stage, account: Account) -> None:
    services.close_account(actor=stage.office, at=stage.at, key=None, account_id=account.pk)


@pytest.mark.parametrize("named", [False, True])
def test_l4_a_correction_declared_again_goes_where_the_old_entry_counts(stage: Stage, named: bool) -> None:
    account = stage.account(kinds="" if named else "lecture")
    old = stage.verify(stage.declare(quantity=10, account_ids=[account.pk]))
    made = correction(stage, old, -4)
    services.return_(**on(stage, made, "coordinator"), note="核对")
    close(stage, account)
    services.redeclare(**on(stage, made), quantity=Decimal(-3))
    stage.verify(made)
    assert levels(account, stage).counted() == 7
    replay_agrees()


def test_l4_people_of_a_correction_follow_the_old_entry(stage: Stage) -> None:
    people = [(stage.person("expert"), "lead", Decimal(6)), (stage.person("second"), "assist", Decimal(4))]
    made = correction(stage, stage.verify(stage.declare(quantity=10, people=people)), -5)
    services.return_(**on(stage, made, "coordinator"), note="核对")
    with pytest.raises(Invalid):
        services.redeclare(**on(stage, made), people=people)
    services.redeclare(**on(stage, made), quantity=Decimal(-1))
    shares = [row.exact for row in seen(EntryPerson).filter(entry=made).order_by("id")]
    assert shares == [Fraction(-6, 10), Fraction(-4, 10)]


def test_l10_a_name_kept_from_before_does_not_keep_from_declaring_again(stage: Stage) -> None:
    need, fits = stage.account(kinds=""), stage.account()
    returned, mended = (stage.declare(quantity=2, account_ids=[need.pk]) for _ in range(2))
    services.return_(**on(stage, returned, "coordinator"), note="补充")
    close(stage, need)
    for entry in (returned, mended):
        services.redeclare(**on(stage, entry, "expert"), quantity=Decimal(3))
    assert levels(fits, stage).declared == levels(need, stage).declared == 6
    sums_are_kept()


def test_s2_what_stood_in_an_account_stays_when_it_is_mended_while_it_still_fits(stage: Stage) -> None:
    account = stage.account(from_date=date(2026, 3, 1))
    entry = stage.declare(quantity=2, day=date(2026, 3, 5))
    close(stage, account)
    services.redeclare(**on(stage, entry, "expert"), quantity=Decimal(3), day=date(2026, 3, 6))
    assert levels(account, stage).declared == 3
    services.redeclare(**on(stage, entry, "expert"), day=date(2026, 2, 28))
    assert levels(account, stage).declared == 0
    sums_are_kept()


def on_paper(stage: Stage, entry: Entry) -> None:
    """Print the sheet of an entry, and book its scan."""
    booked(stage, printed(stage, entry))


def test_s3_a_correction_counts_at_the_level_of_what_it_corrects(stage: Stage) -> None:
    account = stage.account()
    old = stage.declare(quantity=10)
    on_paper(stage, old)
    made = corrected(stage, old, -4)
    assert levels(account, stage) == Sums(paper=Decimal(6))
    replay_agrees()
    with pytest.raises(Conflict):
        stage.verify(made, "head")
    stage.verify(old, "head")
    assert levels(account, stage) == Sums(online=Decimal(6))
    replay_agrees()


def test_s3_what_a_failed_check_takes_away_counts_at_the_level_of_the_entry(stage: Stage) -> None:
    account = stage.account()
    old = stage.verify(stage.declare(quantity=5))
    checked(stage, old, 3)
    assert levels(account, stage) == Sums(online=Decimal(3))
    checked(stage, old, 3)
    assert levels(account, stage) == Sums(spot=Decimal(3))
    replay_agrees()


def test_s12_a_correction_is_not_corrected_but_the_old_entry_again(stage: Stage) -> None:
    old = stage.verify(stage.declare(quantity=10))
    made = corrected(stage, old, -4)
    with pytest.raises(Conflict):
        correction(stage, made, 1)
    assert "correct" in services.held_back(actor=stage.office, entry=fresh(made), today=stage.today)
    assert corrected(stage, old, 1).corrects_id == old.pk


def test_l12_shares_are_exact_so_that_what_is_taken_in_thirds_leaves_nothing(stage: Stage) -> None:
    helpers = [stage.person("expert"), stage.person("second"), cast.a_person(employer=stage.houses["P"]).pk]
    old = stage.verify(stage.declare(kind="outpatient", quantity=3, people=[(pk, "lead", None) for pk in helpers]))
    for _ in range(3):
        corrected(stage, old, -1)
    month = stage.today.replace(day=1)
    for pk in helpers:
        assert queries.workload(stage.office, pk, month).counted("visit") == 0


# A person's workload.


def test_l7_an_own_share_counts_once_however_many_heard_it(stage: Stage) -> None:
    told = {"source_id": 77, "quantity": 1, "people": [(stage.person("expert"), "lead", Decimal(1))]}
    here, there = stage.declare("P>K", **told), stage.declare("P>L", **told)
    month, expert = stage.today.replace(day=1), stage.person("expert")

    def load() -> tuple[Fraction, ...]:
        (shares,) = queries.workload(stage.office, expert, month).rows.values()
        return shares

    assert load() == (1, 0, 0, 0)
    stage.verify(there, "keeper")
    assert load() == (0, 0, 1, 0)
    stage.verify(here)
    assert load() == (0, 0, 1, 0)


def test_l7_a_correction_at_one_receiver_leaves_the_share_that_another_still_proves(stage: Stage) -> None:
    told = {"source_id": 78, "quantity": 2, "people": [(stage.person("expert"), "lead", Decimal(2))]}
    here, there = stage.declare("P>K", **told), stage.declare("P>L", **told)
    stage.verify(there, "keeper")
    corrected(stage, stage.verify(here), -2)
    load = queries.workload(stage.office, stage.person("expert"), stage.today.replace(day=1))
    assert load.counted("session") == 2


# Printed sheets.


def printed(stage: Stage, entry: Entry) -> SheetPrint:
    sheet = seen(EntryPerson).filter(entry=entry).order_by("id").values_list("sheet_id", flat=True)[0]
    return services.print_sheet(actor=stage.office, at=stage.at, key=None, sheet_id=sheet)


def booked(stage: Stage, paper: SheetPrint, **more: Any) -> services.Outcome:
    told = {"actor": stage.desk, "at": stage.at, "key": None, "print_id": paper.pk, "content": SCAN}
    return services.confirm_scan(**told, name="盖章.pdf", signatory_id=stage.person("head"), **more)


@pytest.mark.parametrize("change", ["who", "share"])
def test_l5_a_line_given_by_somebody_else_than_printed_is_not_confirmed(stage: Stage, change: str) -> None:
    expert, second = stage.person("expert"), stage.person("second")
    entry = stage.declare(quantity=5, people=[(expert, "lead", Decimal(1)), (second, "assist", Decimal(1))])
    paper = printed(stage, entry)
    now = [(expert, "lead", Decimal(5 if change == "share" else 1))]
    people = [*now, (second, "assist", Decimal(1))] if change == "share" else now
    services.redeclare(**on(stage, entry, "expert"), people=people)
    assert booked(stage, paper).left == [entry.public_id]
    assert fresh(entry).state == "declared"


def test_l6_the_page_of_a_number_shows_what_was_printed_with_its_own_sums(stage: Stage) -> None:
    entry = stage.declare(quantity=5)
    paper = printed(stage, entry)
    services.redeclare(**on(stage, entry, "expert"), quantity=Decimal(7))
    stage.declare(quantity=100)
    page = queries.printed(stage.desk, paper.public_id, today=stage.today)
    assert [(line.row.quantity, line.share) for line in page.lines] == [(5, 5)]
    assert [row.declared for row in page.sums] == [5]


def test_l6_a_line_that_left_the_sheet_still_stands_on_its_print(stage: Stage) -> None:
    entry = stage.declare(quantity=5)
    paper = printed(stage, entry)
    services.redeclare(**on(stage, entry, "expert"), day=date(2026, 2, 3))
    page = queries.printed(stage.desk, paper.public_id, today=stage.today)
    assert [(line.row.day, line.share) for line in page.lines] == [(date(2026, 3, 10), 5)]


@pytest.mark.parametrize("what", ["crossed", "left", "changed"])
def test_l9_what_was_not_confirmed_and_is_completed_makes_a_supplementary_sheet(stage: Stage, what: str) -> None:
    entry, other = stage.declare(quantity=5), stage.declare(quantity=1)
    paper = printed(stage, entry)
    marks = services.Exceptions()
    if what == "crossed":
        marks = services.Exceptions(returned={entry.public_id: "划去"})
    elif what == "left":
        marks = services.Exceptions(left=frozenset({entry.public_id}))
    else:
        services.redeclare(**on(stage, entry, "expert"), quantity=Decimal(4))
    booked(stage, paper, exceptions=marks)
    services.redeclare(**on(stage, entry, "expert"), quantity=Decimal(4))
    second = printed(stage, entry)
    assert [(line["entry"], line["quantity"]) for line in second.lines] == [(entry.pk, "4")]
    assert queries.printed(stage.desk, second.public_id, today=stage.today).supplementary
    assert booked(stage, second).verified == [entry.public_id]
    assert (fresh(entry).level, fresh(other).level) == (1, 1)


# Authorities.


def an_authority(stage: Stage) -> tuple[Actor, int]:
    """Give somebody of a new health authority, and the relation of P and K that names it."""
    authority = cast.a_health_authority()
    relation = cast.a_relation(stage.houses["P"], [stage.houses["K"]], authority=authority)
    return cast.a_member(Role.HEALTH_AUTHORITY, authority), relation.pk


def draw_a_month(stage: Stage, actor: Actor) -> list[SpotCheck]:
    month = stage.today.replace(day=1)
    told = {"actor": actor, "at": stage.at, "key": None, "giver_id": stage.id("P"), "receiver_id": stage.id("K")}
    return services.spot_draw(**told, month=month, count=9)


def test_l8_a_draw_takes_only_entries_that_count_for_a_relation_of_the_drawing_authority(stage: Stage) -> None:
    (one, first), (other, second) = an_authority(stage), an_authority(stage)
    stage.account(kinds="lecture", relation_id=first)
    stage.account(kinds="outpatient", relation_id=second)
    lecture, visit = stage.verify(stage.declare()), stage.verify(stage.declare(kind="outpatient"))
    alone = stage.verify(stage.declare(kind="operation"))
    assert [check.entry_id for check in draw_a_month(stage, other)] == [visit.pk]
    assert [row.id for row in stage.listed(other)] == [visit.pk]
    assert [check.entry_id for check in draw_a_month(stage, one)] == [lecture.pk]
    assert [check.entry_id for check in draw_a_month(stage, stage.desk)] == [alone.pk]
    with pytest.raises(Conflict):
        draw_a_month(stage, one)


def test_l11_an_authority_that_drew_an_entry_may_be_asked_to_settle_it_later(stage: Stage) -> None:
    judge, relation = an_authority(stage)
    stage.account(kinds="outpatient", relation_id=relation)
    entry = stage.declare(kind="outpatient", quantity=10)
    services.lower(**on(stage, entry, "coordinator"), quantity=Decimal(8), note="登记簿上少")
    (check,) = draw_a_month(stage, judge)
    services.object_(**on(stage, entry, "expert"), note="有签到表")
    with pytest.raises(NotAllowed):
        services.settle(actor=judge, at=stage.at, key=None, entry_id=entry.pk, quantity=Decimal(9), note="未被请求")
    assert "refer" not in services.held_back(actor=stage.office, entry=fresh(entry), today=stage.today)
    services.refer(**on(stage, entry), note="未能商定")
    assert "ledger.settle" in [waiting.item.verb for waiting in todo(judge)]
    services.settle(actor=judge, at=stage.at, key=None, entry_id=entry.pk, quantity=Decimal(9), note="裁定")
    assert (fresh(entry).state, fresh(entry).quantity, fresh(check).state) == ("settled", 9, "drawn")


# Closed months.

MARCH = date(2026, 3, 1)


def close_march(stage: Stage) -> None:
    stage.today = date(2026, 4, 2)
    told = {"at": stage.at, "key": None, "giver_id": stage.id("P"), "receiver_id": stage.id("K"), "month": MARCH}
    services.close_month(actor=stage.office, **told)
    services.close_month(actor=stage.desk, **told)


def by_month(account: Account, stage: Stage, unit: str = "session") -> dict[date, Sums]:
    return {month: sums for (month, of), sums in stands(account, stage.today).months.items() if of == unit}


def test_s1_what_settling_adds_to_a_closed_month_is_a_correction_in_the_open_one(stage: Stage) -> None:
    account = stage.account(kinds="outpatient")
    stage.today = date(2026, 3, 27)
    entry = stage.declare(kind="outpatient", quantity=10)
    services.lower(**on(stage, entry, "coordinator"), quantity=Decimal(6), note="登记簿上少")
    close_march(stage)
    services.object_(**on(stage, entry, "expert"), note="有签到表")
    services.settle(**on(stage, entry, "coordinator"), quantity=Decimal(9), note="两院商定")
    assert by_month(account, stage, "visit") == {
        MARCH: Sums(online=Decimal(6)),
        date(2026, 4, 1): Sums(online=Decimal(3)),
    }
    made = seen(Entry).get(corrects=entry)
    assert (made.day, made.quantity, made.state, fresh(entry).state) == (stage.today, 3, "counted", "settled")
    replay_agrees()


def test_s1_an_authority_settles_after_closing_as_offices_do(stage: Stage) -> None:
    judge, relation = an_authority(stage)
    account = stage.account(kinds="outpatient", relation_id=relation)
    stage.today = date(2026, 3, 27)
    entry = stage.declare(kind="outpatient", quantity=10)
    services.lower(**on(stage, entry, "coordinator"), quantity=Decimal(6), note="登记簿上少")
    close_march(stage)
    services.object_(**on(stage, entry, "expert"), note="有签到表")
    services.refer(**on(stage, entry), note="未能商定")
    services.settle(actor=judge, at=stage.at, key=None, entry_id=entry.pk, quantity=Decimal(9), note="裁定")
    assert [sums.online for sums in by_month(account, stage, "visit").values()] == [6, 3]
    replay_agrees()


def test_n8_whoever_settles_for_an_authority_has_no_part_in_the_entry(stage: Stage) -> None:
    """'no one verifies their own side', whatever institution they act for."""
    judge, relation = an_authority(stage)
    with scope.system():
        authority = network.relation_by_id(relation).authority
    assert authority is not None
    lent = cast.a_member(Role.HEALTH_AUTHORITY, Institution.objects.get(pk=authority.id), employer=stage.houses["P"])
    entry = stage.declare(quantity=10)
    services.lower(**on(stage, entry, "coordinator"), quantity=Decimal(6), note="登记簿上少")
    services.object_(**on(stage, entry, "expert"), note="有签到表")
    services.refer(**on(stage, entry), note="未能商定")
    told = {"at": stage.at, "key": None, "entry_id": entry.pk, "quantity": Decimal(9), "note": "裁定"}
    assert "settle" in services.held_back(actor=lent, entry=fresh(entry), today=stage.today)
    with pytest.raises(NotAllowed):
        services.settle(actor=lent, **told)
    assert services.settle(actor=judge, **told).quantity == 9


def test_s1_whoever_declared_is_told_the_settled_figure(stage: Stage) -> None:
    stage.today = date(2026, 3, 27)
    entry = stage.declare(kind="outpatient", quantity=10)
    services.lower(**on(stage, entry, "coordinator"), quantity=Decimal(6), note="登记簿上少")
    close_march(stage)
    services.object_(**on(stage, entry, "expert"), note="有签到表")
    services.settle(**on(stage, entry, "coordinator"), quantity=Decimal(9), note="两院商定")
    notices = [task.payload for task in seen(OutboxTask).filter(name="notices.deliver")]
    assert [one["params"]["quantity"] for one in notices if one["text"] == "ledger.entry.settled"] == ["9"]
    assert stage.page(stage.office, entry).left == 9


@pytest.mark.parametrize("last", [date(2026, 3, 2), date(2026, 4, 1)])
def test_no_entry_with_a_day_in_a_closed_month_is_declared_but_as_a_late_one(stage: Stage, last: date) -> None:
    close_march(stage)
    days = {"day": date(2026, 2, 27), "day_to": last}
    with pytest.raises(Conflict):
        stage.declare(**days)
    assert stage.declare(**days, late=True).count_day == date(2026, 2, 27)


def test_l2_an_authority_sees_what_was_taken_from_the_entry_it_judges(stage: Stage) -> None:
    judge, relation = an_authority(stage)
    account = stage.account(relation_id=relation)
    old = stage.verify(stage.declare(quantity=10))
    corrected(stage, old, -4)
    (check,) = draw_a_month(stage, judge)
    page = stage.page(judge, old)
    assert (page.left, len(page.corrections)) == (6, 1)
    told = {"actor": judge, "at": stage.at, "key": None, "check_id": check.pk, "note": "抽查"}
    services.spot_judge(**told, found=Decimal(6))
    assert levels(account, stage) == Sums(spot=Decimal(6))
    replay_agrees()


def test_s4_a_check_of_an_entry_of_a_closed_month_is_noted_beside_it(stage: Stage) -> None:
    account = stage.account()
    entry = stage.verify(stage.declare(quantity=5))
    close_march(stage)
    assert checked(stage, entry, 5).state == "passed"
    assert by_month(account, stage) == {MARCH: Sums(online=Decimal(5))}
    assert fresh(entry).level == Level.ONLINE
    replay_agrees()


def test_s4_a_failed_check_of_a_closed_month_takes_away_in_the_open_one(stage: Stage) -> None:
    account = stage.account()
    entry = stage.verify(stage.declare(quantity=5))
    close_march(stage)
    checked(stage, entry, 3)
    assert by_month(account, stage) == {MARCH: Sums(online=Decimal(5)), date(2026, 4, 1): Sums(online=Decimal(-2))}


def over_the_first_of_march(stage: Stage) -> Entry:
    """Declare an entry of the last days of February and the first of March."""
    return stage.declare(quantity=5, day=date(2026, 2, 27), day_to=date(2026, 3, 2))


def test_n5_an_entry_with_a_day_in_a_closed_month_keeps_its_level(stage: Stage) -> None:
    """'no entry ... with a day in it is ... verified'; 'A check of an entry of a closed month is ... beside it'"""
    account = stage.account()
    entry = over_the_first_of_march(stage)
    on_paper(stage, entry)
    close_march(stage)
    with pytest.raises(Conflict):
        stage.verify(entry, "head")
    assert "verify" in services.held_back(actor=stage.coordinator, entry=fresh(entry), today=stage.today)
    assert checked(stage, entry, 5).state == "passed"
    assert by_month(account, stage) == {date(2026, 2, 1): Sums(paper=Decimal(5))}
    replay_agrees()


def test_n5_what_settling_adds_to_one_with_a_day_in_a_closed_month_is_a_correction(stage: Stage) -> None:
    entry = over_the_first_of_march(stage)
    services.lower(**on(stage, entry, "coordinator"), quantity=Decimal(3), note="登记簿上少")
    stage.today = date(2026, 3, 20)
    services.object_(**on(stage, entry, "expert"), note="有签到表")
    close_march(stage)
    services.settle(**on(stage, entry, "coordinator"), quantity=Decimal(5), note="两院商定")
    assert (fresh(entry).quantity, sum(row.quantity for row in seen(Entry).filter(corrects=entry))) == (3, 2)
    replay_agrees()


def test_n6_a_correction_that_adds_brings_nothing_below_zero(stage: Stage) -> None:
    """A check found nothing while a correction that takes away still waits: what adds to the entry is right to say."""
    entry = stage.verify(stage.declare(quantity=3))
    correction(stage, entry, -1)
    checked(stage, entry, 0)
    assert corrected(stage, entry, 2).quantity == 2
    with pytest.raises(Invalid):
        correction(stage, entry, -2)
    replay_agrees()


def whole_sheet(stage: Stage, *entries: Entry) -> services.Outcome:
    rows = [fresh(entry) for entry in entries]
    sheet = seen(EntryPerson).filter(entry=rows[0].pk).values_list("sheet", flat=True)[0]
    told = {row.public_id: row.version for row in rows}
    return services.verify_sheet(actor=stage.coordinator, at=stage.at, key=None, sheet_id=sheet, seen=told)


def test_n9_a_sheet_does_not_wait_for_a_correction_that_a_check_has_overtaken(stage: Stage) -> None:
    old = stage.verify(stage.declare(quantity=10))
    waits, other = correction(stage, old, -4), stage.declare(quantity=3)
    checked(stage, old, 2)
    outcome = whole_sheet(stage, waits, other)
    assert (outcome.verified, list(outcome.refused)) == ([other.public_id], [waits.public_id])
    assert [fresh(entry).state for entry in (waits, other)] == ["declared", "counted"]
    with pytest.raises(Conflict):
        whole_sheet(stage, waits)
    replay_agrees()


def test_n9_what_is_added_on_a_sheet_is_there_for_what_it_takes_away(stage: Stage) -> None:
    old = stage.verify(stage.declare(quantity=1))
    less = correction(stage, old, Decimal("-0.5"))
    checked(stage, old, 0)
    more = correction(stage, old, 2)
    assert whole_sheet(stage, less, more).verified == [more.public_id, less.public_id]
    replay_agrees()


def test_l14_a_page_does_not_offer_to_raise_an_entry_of_a_closed_month(stage: Stage) -> None:
    entry = stage.declare()
    on_paper(stage, entry)
    assert "verify" not in services.held_back(actor=stage.coordinator, entry=fresh(entry), today=stage.today)
    close_march(stage)
    assert "verify" in services.held_back(actor=stage.coordinator, entry=fresh(entry), today=stage.today)


def test_l14_a_page_does_not_offer_to_settle_to_whoever_may_not(stage: Stage) -> None:
    an_authority(stage)
    posted = cast.a_member(Role.OFFICE, stage.houses["K"], employer=stage.houses["P"])
    entry = stage.declare(quantity=10)
    services.lower(**on(stage, entry, "coordinator"), quantity=Decimal(6), note="登记簿上少")
    services.object_(**on(stage, entry, "expert"), note="有签到表")
    for actor, held in ((posted, True), (stage.coordinator, False), (stage.office, False)):
        assert ("settle" in services.held_back(actor=actor, entry=fresh(entry), today=stage.today)) is held


def test_l14_a_page_does_not_offer_to_lower_a_correction_that_takes_away(stage: Stage) -> None:
    made = correction(stage, stage.verify(stage.declare(quantity=10)), -4)
    assert "lower" in services.held_back(actor=stage.coordinator, entry=fresh(made), today=stage.today)
    assert "lower" not in services.held_back(actor=stage.coordinator, entry=stage.declare(), today=stage.today)


# Days.


def test_the_day_to_verify_by_belongs_to_the_months_sheet(stage: Stage) -> None:
    stage.today = date(2026, 3, 2)
    early = stage.declare(day=date(2026, 3, 2))
    assert early.verify_by == workdays.add(date(2026, 3, 31), 10)
    stage.today = date(2026, 5, 20)
    assert stage.declare(day=date(2026, 3, 3)).verify_by == workdays.add(date(2026, 5, 20), 10)


def test_a_sheet_of_a_running_month_is_never_overdue(stage: Stage) -> None:
    stage.today = date(2026, 3, 2)
    entry = stage.declare()
    stage.today = date(2026, 3, 31)
    assert not stage.page(stage.coordinator, entry).overdue


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2027, 1, 1), False),  # a Friday
        (date(2027, 2, 5), False),  # the eve of the Spring Festival, a Friday
        (date(2027, 2, 8), False),
        (date(2027, 2, 9), True),
        (date(2027, 4, 5), False),
        (date(2027, 5, 3), True),
        (date(2028, 5, 1), False),
        (date(2027, 10, 1), False),
        (date(2027, 10, 4), True),
        (date(2033, 2, 1), True),
    ],
)
def test_s13_an_unpublished_year_has_weekdays_less_the_holidays_fixed_by_law(
    monkeypatch: pytest.MonkeyPatch, day: date, works: bool
) -> None:
    def unpublished(_day: date) -> bool:
        raise NotImplementedError

    monkeypatch.setattr(chinese_calendar, "is_workday", unpublished)
    assert workdays.is_workday(day) is works


def test_s13_deadlines_follow_the_calendar_when_it_learns_better(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.today = date(2026, 12, 24)
    entry = stage.declare()
    before = entry.verify_by
    known = workdays.is_workday
    monkeypatch.setattr(workdays, "is_workday", lambda day: known(day) and day != before)
    with scope.system():
        assert services.follow_the_calendar(stage.at) == 1
        tasks.follow_the_calendar({}, at=stage.at, task_id=0)
        assert services.follow_the_calendar(stage.at) == 0
    assert fresh(entry).verify_by == before + timedelta(days=3 if before.weekday() == 4 else 1)
    (waiting,) = [one for one in todo(stage.coordinator) if one.item.verb == "ledger.verify_sheet"]
    assert waiting.item.due.date() >= before


def test_s8_a_batch_counts_on_any_of_the_entrys_days(stage: Stage) -> None:
    third = cast.a_hospital("丙医院")
    helper, leader = cast.a_person(employer=third), cast.a_member(Role.LEADER, stage.houses["K"], employer=third)
    long = {"day": date(2026, 1, 5), "day_to": date(2026, 1, 31), "people": [(helper.pk, "lead", None)]}
    entry, before = stage.declare(**long), stage.declare(**{**long, "day_to": date(2026, 1, 19)})
    with scope.system():
        one = helper.__class__.objects.get(pk=leader.person_id)
    cast.a_batch(stage.houses["P"], [helper, one], since=date(2026, 1, 20))
    assert services.verify(actor=leader, at=stage.at, key=None, entry_id=before.pk).state == "counted"
    with pytest.raises(NotAllowed):
        services.verify(actor=leader, at=stage.at, key=None, entry_id=entry.pk)


def test_s11_the_desk_of_the_declaring_side_acts_for_the_declarer(stage: Stage) -> None:
    for move, more in ((services.withdraw, {}), (services.redeclare, {"quantity": Decimal(2)})):
        entry = stage.declare()
        with pytest.raises(NotAllowed):
            move(**on(stage, entry, "second"), **more)
        with pytest.raises(NotAllowed):
            move(**on(stage, entry, "desk"), **more)
        assert move(**on(stage, entry), **more).pk == entry.pk


def test_s10_whoever_was_employed_by_the_giver_on_the_entrys_day_does_not_verify(stage: Stage) -> None:
    leader = cast.a_member(Role.LEADER, stage.houses["K"], employer=stage.houses["P"])
    entry, later = stage.declare(day=date(2026, 3, 2)), stage.declare(day=date(2026, 3, 5))
    with scope.system():
        public_id = network.person_by_id(int(leader.person_id or 0)).public_id
        told = {"actor": cast.the_system(), "at": stage.at, "key": None, "person_id": public_id}
        moving.change_employer(**told, employer_id=stage.id("K"), from_date=date(2026, 3, 5))
    with pytest.raises(NotAllowed):
        services.verify(actor=leader, at=stage.at, key=None, entry_id=entry.pk)
    assert services.verify(actor=leader, at=stage.at, key=None, entry_id=later.pk).state == "counted"
