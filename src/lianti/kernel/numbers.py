"""Numbers that people read out: a prefix, the Shanghai year, a running number. Gaps are allowed."""

from datetime import datetime

from django.db import connection

from lianti.lib.dates import shanghai_day


def take(series: str, at: datetime) -> str:
    """Return the next number of the series in the year of `at`, such as XY-2026-0007."""
    year = shanghai_day(at).year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_series (name, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (name, year) DO UPDATE SET last = kernel_series.last + 1 RETURNING last",
            [series, year],
        )
        last = cursor.fetchone()[0]
    return f"{series}-{year}-{last:04d}"
