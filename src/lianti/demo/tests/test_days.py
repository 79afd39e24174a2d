"""An example made on any day of a month tells of nothing that has not happened yet."""

from datetime import date

import pytest
from django.db import connection

from lianti.contexts.dispatch.models import Attendance, PastFile, PastService
from lianti.contexts.dispatch.states import AttendanceState
from lianti.demo import fill
from lianti.kernel import scope
from lianti.kernel.models import JournalEvent
from lianti.lib.dates import add_months, start_of

pytestmark = [pytest.mark.nightly, pytest.mark.django_db]
# How far last month's sheets may have come: nobody seals before the third working hand has had its day.
REACHED = {1: set(), 2: {AttendanceState.SUBMITTED}, 3: {AttendanceState.SUBMITTED, AttendanceState.CONFIRMED}}


@pytest.mark.parametrize(
    "today",
    [date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3), date(2027, 2, 28), date(2026, 10, 29),
     date(2026, 10, 30), date(2026, 10, 31)],
)  # fmt: skip
def test_nothing_has_happened_on_the_day_itself_or_later(today: date) -> None:
    with scope.system():
        fill(scale=0.1, today=today, months=4)
        late = JournalEvent.objects.filter(at__gte=start_of(today))
        assert not list(late.values_list("kind", "verb", "at")[:5]), connection.vendor
        month = add_months(today.replace(day=1), -1)
        states = set(Attendance.objects.filter(month=month, corrects=None).values_list("state", flat=True))
        allowed = REACHED.get(today.day)
        assert allowed is None or states <= {AttendanceState.OPEN, *allowed}
        kept = set(PastFile.objects.values_list("service", flat=True))
        assert kept == set(PastService.objects.values_list("pk", flat=True))
