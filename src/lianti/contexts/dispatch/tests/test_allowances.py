"""Allowances: counted days at the rate of each day, frozen when issued, differences on the next sheet."""

import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.domain import allowance
from lianti.contexts.dispatch.domain.allowance import Rate, Served
from lianti.contexts.dispatch.models import AllowanceLine, AllowanceRate, AllowanceSheet
from lianti.contexts.dispatch.queries.allowances import PayPage, sheet_page
from lianti.contexts.dispatch.tests.builders import START, a_posting, fresh
from lianti.contexts.dispatch.tests.caring import LATER, a_rate, a_sheet, did, refused
from lianti.contexts.dispatch.views import allowances as views
from lianti.kernel import scope
from lianti.lib.errors import Conflict, NotAllowed
from lianti.lib.roles import Role
from tests.cast import AT, Cast, signed_in_client
from tests.records import DeclarationTests, RecordTests

DAY, THEN = timedelta(days=1), LATER.date()
FIRST = date(2026, 1, 1)
MONTHS = [date(2026, month, 1) for month in (1, 2, 3)]
DAYS = st.integers(0, 89).map(lambda n: FIRST + n * DAY)
RATES = st.lists(
    st.builds(
        Rate,
        st.sampled_from(["", "long", "team"]),
        st.sampled_from(["", "云省", "云省/甲县"]),
        st.integers(1, 300),
        DAYS,
        st.one_of(st.none(), DAYS),
    ),
    max_size=4,
)
SERVED = st.lists(
    st.builds(
        Served,
        st.integers(1, 3),
        st.sampled_from(["long", "team"]),
        st.sampled_from(["云省/甲县", "云省/乙县", "他省"]),
        st.lists(DAYS, unique=True, max_size=25).map(sorted),
    ),
    max_size=3,
    unique_by=lambda one: one.posting,
)


class TestRates(DeclarationTests, RecordTests):
    LIST, PAGE, PARTIES = views.RATES, views.RATE_PAGE, ("supporting",)

    def make(self, cast: Cast) -> AllowanceRate:
        return a_rate(cast)


class TestSheets(DeclarationTests, RecordTests):
    LIST, PAGE, PARTIES = views.SHEETS, views.SHEET_PAGE, ("supporting",)

    def make(self, cast: Cast) -> AllowanceSheet:
        a_rate(cast)
        a_posting(cast)
        return a_sheet(cast)


def plainly(served: list[Served], rates: list[Rate]) -> int:
    """Add up day by day what everybody is owed."""
    total = 0
    for one in served:
        for day in one.days:
            best, rank = 0, (-1, -1, date.min)
            for rate in rates:
                inside = rate.region == "" or (one.region + "/").startswith(rate.region + "/")
                if rate.kind in ("", one.kind) and inside and rate.first <= day <= (rate.last or day):
                    depth = len([part for part in rate.region.split("/") if part])
                    if (depth, int(bool(rate.kind)), rate.first) > rank:
                        best, rank = rate.cents, (depth, int(bool(rate.kind)), rate.first)
            total += best
    return total


@given(SERVED, RATES, SERVED, RATES)
def test_sheets_add_up_to_what_is_owed_whatever_changed_between(
    before: list[Served], rates: list[Rate], now: list[Served], later: list[Rate]
) -> None:
    """The sum of all issued sheets is what a plain count by the last knowledge gives: to the cent, never twice."""
    paid: Counter[allowance.Key] = Counter()
    issued = 0
    for known, by, months in ((before, rates, MONTHS[:1]), (before, rates, MONTHS[:2]), (now, later, MONTHS)):
        found = allowance.lines(allowance.worth(known, by, months), paid)
        issued += allowance.cents_of(found)
        paid.update(found)
    ranks = {(one.kind, one.region, one.first) for one in later}
    if len(ranks) == len(later):  # of two alike one holds, whichever
        assert issued == plainly(now, later)
    assert allowance.lines(allowance.worth(now, later, MONTHS), paid) == {}


def shown(cast: Cast, row: AllowanceSheet, today: date = THEN) -> PayPage:
    office = cast.supporting.office
    with scope.acting(office):
        return sheet_page(office, fresh(row), today)


@pytest.mark.django_db
def test_a_month_is_counted_at_the_rate_of_each_day_and_issued_once(cast: Cast) -> None:
    a_rate(cast, 10000)
    a_rate(cast, 20000, from_date=date(2026, 3, 21))
    posting = a_posting(cast)
    row, office = a_sheet(cast), cast.supporting.office
    (one,) = shown(cast, row).people
    assert [(line.days, line.rate) for line in one.lines] == [(20, 100), (11, 200)]
    assert one.total == 20 * 100 + 11 * 200
    with refused("note"):
        did(office, services.deduct, sheet_id=row.public_id, person_id=posting.person_id, cents=5000)
    did(office, services.deduct, sheet_id=row.public_id, person_id=posting.person_id, cents=5000, note="伙食")
    issue(cast, row)
    assert shown(cast, row).total == 20 * 100 + 11 * 200 - 50
    with pytest.raises(Conflict):
        did(office, services.deduct, sheet_id=row.public_id, person_id=posting.person_id, cents=0)
    with pytest.raises(Conflict):
        a_sheet(cast)


def issue(cast: Cast, row: AllowanceSheet, at: datetime = LATER) -> None:
    office = cast.supporting.office
    with scope.acting(office):
        services.issue_sheet(actor=office, at=at, key=None, sheet_id=row.public_id)


@pytest.mark.django_db
def test_a_correction_after_issuing_is_a_difference_on_the_next_sheet(cast: Cast) -> None:
    a_rate(cast, 10000)
    posting = a_posting(cast)
    first = a_sheet(cast)
    issue(cast, first)
    frozen = shown(cast, first).total
    assert frozen == 31 * 100
    host = cast.county.coordinator
    leave = services.LeaveFacts("personal", date(2026, 3, 5), date(2026, 3, 6))
    did(host, services.take_leave, posting_id=posting.public_id, leave=leave)
    did(host, services.return_from_leave, posting_id=posting.public_id, back=date(2026, 3, 7))
    later = datetime(2026, 5, 3, 3, 0, tzinfo=UTC)
    second = a_sheet(cast, date(2026, 4, 1), later)
    page = shown(cast, second, later.date())
    (one,) = page.people
    assert [(line.month.month, line.days, line.difference) for line in one.lines] == [(3, -2, True), (4, 30, False)]
    assert page.total == 28 * 100
    issue(cast, second, later)
    assert shown(cast, first).total == frozen
    third = a_sheet(cast, date(2026, 5, 1), datetime(2026, 6, 3, 3, 0, tzinfo=UTC))
    assert [line.month.month for line in shown(cast, third, date(2026, 6, 3)).people[0].lines] == [5]


@pytest.mark.django_db
def test_what_changed_since_it_was_counted_is_counted_anew_before_it_is_issued(cast: Cast) -> None:
    a_posting(cast)
    row = a_sheet(cast)
    assert shown(cast, row).without_rate == 1
    a_rate(cast, 10000)
    assert shown(cast, row).changed
    with pytest.raises(Conflict):
        issue(cast, row)
    office = cast.supporting.office
    with scope.acting(office):
        services.recount_sheet(actor=office, at=LATER, key=None, sheet_id=row.public_id)
    assert not shown(cast, row).changed
    issue(cast, row)
    assert fresh(row).issued == LATER.date()


@pytest.mark.django_db
def test_a_running_month_has_no_sheet_and_one_sheet_is_open_at_a_time(cast: Cast) -> None:
    a_posting(cast)
    with refused("month"):
        a_sheet(cast, START, AT)
    a_sheet(cast, date(2026, 2, 1))
    with pytest.raises(Conflict):
        a_sheet(cast)
    for actor in (cast.supporting.clinician, cast.supporting.actor(Role.LEADER)):
        with pytest.raises(NotAllowed):
            did(actor, services.set_rate, rate=services.RateFacts(100, START))


@pytest.mark.django_db
def test_finance_gets_a_workbook_with_a_place_to_sign(cast: Cast) -> None:
    a_rate(cast, 10050)
    a_posting(cast)
    row, client = a_sheet(cast), signed_in_client(cast.supporting.office)
    answer = client.post(f"/dispatch/allowances/{row.public_id}/finance/")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert len(rows) == 3
    assert (rows[1][5], rows[1][6], rows[1][7]) == (31, 100.5, 3115.5)
    assert rows[-1][9] == 3115.5
    assert client.get(f"/dispatch/allowances/{row.public_id}/paper/").status_code == 200
    assert signed_in_client(cast.supporting.clinician).get(f"/dispatch/allowances/{row.public_id}/").status_code == 404
    with scope.system():
        assert AllowanceLine.objects.get().cents == 311550


@pytest.mark.django_db
def test_rates_and_sheets_go_by_their_forms(cast: Cast) -> None:
    a_posting(cast)
    client = signed_in_client(cast.supporting.office)
    given = {"yuan": "150.5", "kind": "long", "region": "", "from_date": "2026-03-01", "basis": "院办纪要3号"}
    answer = client.post("/dispatch/rates/new/", given)
    assert answer.status_code == 303, answer.context["form"].errors
    assert "150.50" in client.get(answer["Location"]).content.decode()
    answer = client.post("/dispatch/allowances/new/", {"month": "2026-04"})
    assert answer.status_code == 303, answer.context["form"].errors
    page = client.get(answer["Location"])
    assert "4,515.00" in page.content.decode()
    assert client.post(f"{answer['Location']}moves/issue_sheet/").status_code == 303
