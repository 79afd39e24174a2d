"""Who only looked stands in the access log, although the page that they read could write nothing."""

import pytest

from lianti.kernel import access, scope
from lianti.kernel.models import AccessEvent
from tests.cast import AT, standing_cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_that_only_reads_leaves_its_line_behind() -> None:
    with scope.system():
        office = standing_cast().county.office
    with scope.acting(office, read_only=True):
        access.note(office, kind="network.person", public_id="0" * 26, why="page", at=AT)
    with scope.system():
        lines = list(AccessEvent.objects.values_list("principal_id", "tenant_id", "why"))
    assert lines == [(office.principal_id, office.tenant_id, "page")]
