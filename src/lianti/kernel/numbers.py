"""Numbers that people read out: a prefix, the Shanghai year, a running number. Gaps are allowed. And figures kept."""

from datetime import datetime

from django.db import connection

from lianti.kernel.models import Series
from lianti.lib.dates import shanghai_day


def keep(name: str, number: int) -> None:
    """Write down a figure that the worker counts, where whoever serves pages may read it."""
    Series.objects.update_or_create(name=name, year=0, defaults={"last": number})


def kept(name: str) -> int:
    """Return a figure as it was last written down, 0 before."""
    return Series.objects.filter(name=name, year=0).values_list("last", flat=True).first() or 0


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
