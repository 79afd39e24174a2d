"""Numbers, working days, months."""

from datetime import UTC, date, datetime

import pytest

from lianti.kernel import numbers
from lianti.lib import workdays
from lianti.lib.dates import add_months, next_month, shanghai_day, start_of


@pytest.mark.django_db
def test_numbers_run_by_series_and_shanghai_year():
    new_year_in_shanghai = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
    assert numbers.take("XQ", new_year_in_shanghai) == "XQ-2026-0001"
    assert numbers.take("XQ", new_year_in_shanghai) == "XQ-2026-0002"
    assert numbers.take("XY", new_year_in_shanghai) == "XY-2026-0001"
    assert numbers.take("XQ", datetime(2025, 6, 1, tzinfo=UTC)) == "XQ-2025-0001"


def test_national_day_week_is_no_working_time():
    assert workdays.add(date(2025, 9, 30), 1) == date(2025, 10, 9)


def test_a_make_up_sunday_is_a_working_day():
    assert workdays.is_workday(date(2025, 9, 28))


def test_years_without_a_notice_count_monday_to_friday():
    assert workdays.add(date(2035, 1, 5), 1) == date(2035, 1, 8)


def test_between_counts_the_working_days_after_the_first():
    assert workdays.between(date(2026, 3, 6), date(2026, 3, 10)) == 2
    assert workdays.between(date(2026, 3, 10), date(2026, 3, 6)) == 0


def test_months_roll_over_years():
    assert next_month(date(2025, 12, 31)) == date(2026, 1, 1)
    assert add_months(date(2026, 1, 1), -13) == date(2024, 12, 1)


def test_a_shanghai_day_starts_eight_hours_before_utc():
    assert start_of(date(2026, 3, 10)) == datetime(2026, 3, 9, 16, tzinfo=UTC)
    assert shanghai_day(datetime(2026, 3, 9, 16, tzinfo=UTC)) == date(2026, 3, 10)
