"""Two hospitals report one person in at the same moment: only one of them has them (PostgreSQL, two connections)."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.services import arriving
from lianti.contexts.dispatch.tests.builders import a_batch, fresh, named, sent
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid
from lianti.lib.roles import Role
from tests.cast import AT, Cast, a_hospital, a_member, a_relation

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one at a time"),
]


def sent_to_two(cast: Cast) -> list[tuple[Actor, Posting]]:
    """Send one person round to two counties, in two relations."""
    first = a_batch(cast, kind="rounds")
    (one,) = named(cast, first)
    sent(cast, first)
    other = a_hospital("另一县医院")
    host, desk = a_member(Role.COORDINATOR, other), cast.supporting.office
    relation = a_relation(cast.supporting.institution, [other])
    facts = services.BatchFacts("巡回第二批", relation.pk, "rounds", date(2026, 3, 1), date(2026, 8, 31))
    with scope.acting(desk):
        batch = services.plan(actor=desk, at=AT, key=None, batch=facts)
        people = [services.Nominee(one.person_id, other.pk)]
        services.name_people(actor=desk, at=AT, key=None, batch_id=batch.public_id, people=people)
        sent(cast, batch)
        (two,) = Posting.objects.filter(batch=batch.pk)
    return [(cast.county.coordinator, one), (host, two)]


def test_no_person_reports_in_at_two_places_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    both, together = sent_to_two(cast), Barrier(2, timeout=20)
    declared = arriving._declared

    def slowly(*given: Any) -> int:
        time.sleep(0.5)  # long enough that the other would look around meanwhile, and see nothing
        return declared(*given)

    def report(host: Actor, row: Posting) -> str:
        try:
            together.wait()
            with scope.acting(host), transaction.atomic():
                told: dict[str, Any] = {"actor": host, "at": AT, "key": None}
                services.report_in(**told, posting_id=row.public_id, arrived=date(2026, 3, 2))
        except Invalid:
            return "refused"
        finally:
            connection.close()
        return "in"

    monkeypatch.setattr(arriving, "_declared", slowly)
    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(lambda pair: report(*pair), both))
    assert found == ["in", "refused"]
    assert sorted(fresh(row).state for _host, row in both) == ["on_duty", "ordered"]
