"""What a network file says of what one institution sent: as it stands, sealed letters with their supplements."""

from datetime import timedelta

import pytest

from lianti.contexts.dispatch import queries
from lianti.contexts.dispatch.models import AttendanceLine
from lianti.contexts.dispatch.tests.builders import a_batch, a_posting, earlier_service, fresh, named
from lianti.contexts.dispatch.tests.proving import a_certificate
from lianti.contexts.dispatch.tests.test_attendance import MARCH, begun, do, march, marked, sealed
from lianti.kernel import scope
from tests.cast import AT, Cast, the_system

pytestmark = pytest.mark.django_db


def told(cast: Cast) -> queries.SentRows:
    with scope.system():
        return queries.told_of_sender(the_system(), cast.supporting.id)


def test_a_month_is_told_as_its_supplement_left_it_and_a_running_one_not(cast: Cast) -> None:
    posting = a_posting(cast, "on_leave")
    named(cast, a_batch(cast))
    row = begun(cast)
    assert told(cast).attendance == []
    sealed(cast, row)
    (before,) = told(cast).attendance
    more = do("supplement", cast.county.coordinator, month_id=row.public_id)
    marked(cast, more, (posting.public_id, march(20), "night", "", "漏记"))
    assert told(cast).attendance == [before]
    sealed(cast, fresh(more))
    (after,) = told(cast).attendance
    assert (before["days"][19], after["days"][19], after["month"]) == ("p", "n", MARCH)
    assert after["days"][:19] + after["days"][20:] == before["days"][:19] + before["days"][20:]
    with scope.system():
        assert AttendanceLine.objects.count() == 2
    (said,) = told(cast).postings
    assert (said["status"], said["recipient"]) == ("on_duty", cast.county.institution.code), "nobody nominated is told"


def test_certificates_that_were_issued_and_earlier_service_are_told(cast: Cast) -> None:
    a_certificate(cast, "approved")
    service = earlier_service(cast)
    assert told(cast).certificates == []
    issued = a_certificate(cast, "issued")
    (paper,) = told(cast).certificates
    with scope.system():
        assert (paper["number"], paper["issued"]) == (issued.paper.number, (AT + timedelta(days=10)).date())
    (said,) = told(cast).services
    assert (said["from"], said["to"], said["letter"]) == (service.first, service.last, service.letter_number)
