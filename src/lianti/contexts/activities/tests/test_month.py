"""My month, and last week to be repeated from it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianti.contexts.activities import queries, services
from lianti.contexts.activities.domain import Taking
from lianti.contexts.activities.models import Activity
from lianti.contexts.activities.tests.builders import facts
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.ledger import services as ledger_services
from lianti.contexts.ledger.models import Entry
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.dates import month_of, shanghai_day
from tests.cast import Cast, signed_in_client

pytestmark = pytest.mark.django_db

WEEK, MONTH = "/activities/week/", "/activities/month/"
NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)  # a Thursday, noon in Shanghai
TODAY = shanghai_day(NOW)
MONDAY = TODAY - timedelta(days=3)


@pytest.fixture(autouse=True)
def _on_a_thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def done(cast: Cast, day: date, **more: Any) -> Activity:
    """Let the posted expert record what they did on a day."""
    expert = cast.posted_expert
    people = more.pop("people", (Taking(int(expert.person_id or 0)),))
    more.setdefault("extra", {})
    with scope.acting(expert):
        return services.record(actor=expert, at=NOW, key=None, activity=facts(cast, day=day, people=people, **more))


def rows_of(client: Client, address: str = WEEK) -> dict[str, Any]:
    return {row.line.activity.title: row for row in client.get(address).context["rows"]}


def form_of(*rows: Any, **more: str) -> dict[str, Any]:
    """Return the form as a browser would send it, with these lines ticked."""
    form: dict[str, Any] = {"key": ids.new(), "row": [row.pattern.key for row in rows], **more}
    for row in rows:
        form |= {f"{row.prefix}-take": "on"}
        form |= {f"{row.prefix}-{name}": str(row[name].value()) for name in ("day", "quantity", "title")}
    return form


def count() -> int:
    with scope.system():
        return Activity.objects.count()


def test_what_is_not_sure_is_not_ticked_and_says_why(cast: Cast) -> None:
    done(cast, MONDAY - timedelta(days=7), kind="lecture", title="周一讲座")
    done(cast, MONDAY - timedelta(days=2), kind="lecture", title="周六讲座")  # its Saturday is still to come
    done(cast, MONDAY - timedelta(days=6), kind="ward_round", title="周二查房")
    done(cast, MONDAY - timedelta(days=5), day_to=MONDAY - timedelta(days=4), kind="mentoring", title="带教两天")
    done(cast, MONDAY, kind="ward_round", title="本周已登记")
    rows = rows_of(signed_in_client(cast.posted_expert))
    assert {title for title, row in rows.items() if row["take"].value()} == {"周一讲座"}
    assert all(row.pattern.doubt for title, row in rows.items() if title != "周一讲座")


def test_the_lines_that_are_taken_are_recorded_each_with_its_own_quantity(cast: Cast) -> None:
    done(cast, MONDAY - timedelta(days=7), kind="lecture", title="讲座", extra={"topic": "心梗"})
    done(cast, MONDAY - timedelta(days=6), kind="ward_round", title="查房")
    client = signed_in_client(cast.posted_expert)
    rows = rows_of(client)
    form = form_of(rows["讲座"]) | {"row": [row.pattern.key for row in rows.values()]}
    wrong = client.post(WEEK, {**form, f"{rows['讲座'].prefix}-quantity": "-1"})
    assert wrong.status_code == 422
    form[f"{rows['讲座'].prefix}-quantity"] = "2"
    assert client.post(WEEK, form).status_code == 303
    with scope.system():
        made = Activity.objects.latest("id")
    assert (made.kind, made.quantity, made.extra, made.day) == ("lecture", Decimal(2), {"topic": "心梗"}, MONDAY)
    assert client.post(WEEK, form).status_code == 303  # the answer was lost
    assert count() == 3


def test_a_form_that_waited_over_a_week_means_the_lines_that_it_showed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(cast, MONDAY - timedelta(days=7), kind="lecture", title="讲座")
    client = signed_in_client(cast.posted_expert)
    form = form_of(rows_of(client)["讲座"])
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=7))
    done(cast, TODAY, kind="ward_round", title="别的")
    assert client.post(WEEK, form).status_code == 303
    with scope.system():
        made = Activity.objects.latest("id")
    assert (made.title, made.day, made.late_days) == ("讲座", MONDAY, 10)


def test_what_stands_already_is_asked_about(cast: Cast) -> None:
    done(cast, MONDAY - timedelta(days=7), kind="lecture", title="讲座")
    client = signed_in_client(cast.posted_expert)
    row = rows_of(client)["讲座"]
    assert client.post(WEEK, form_of(row)).status_code == 303
    again = client.post(WEEK, form_of(row))
    assert again.status_code == 422
    assert f"{row.prefix}-another" in again.content.decode()
    assert client.post(WEEK, form_of(row) | {f"{row.prefix}-another": "on"}).status_code == 303
    assert count() == 3


def test_nobody_repeats_what_another_recorded(cast: Cast) -> None:
    made = done(cast, MONDAY - timedelta(days=7), kind="lecture", title="讲座")
    other = signed_in_client(cast.county.clinician)
    assert other.get(WEEK).context["rows"] == []
    form = {"key": ids.new(), "row": made.public_id, f"{made.public_id}-take": "on"}
    assert other.post(WEEK, form).status_code == 422
    assert count() == 1


def naive(cast: Cast, first: date) -> dict[str, Decimal]:
    """Add up by hand what the expert did in a month: their share of each activity that stands."""
    found: dict[str, Decimal] = {}
    person = cast.posted_expert.person_id
    for share in ledger.shares(cast.posted_expert, int(person or 0), first):
        of_kind = found.get(share.kind, Decimal(0))
        found[share.kind] = of_kind + Decimal(share.share.numerator) / share.share.denominator
    return found


def test_a_month_adds_up_own_shares_by_kind_and_marks_late_and_returned(cast: Cast) -> None:
    expert, doctor = cast.posted_expert, cast.county.clinician
    two = (Taking(int(expert.person_id or 0)), Taking(int(doctor.person_id or 0), "assist"))
    done(cast, TODAY, kind="lecture", title="合讲", people=two, quantity=Decimal(3))
    done(cast, date(2026, 11, 3), kind="lecture", title="迟登", quantity=Decimal(2))
    back = done(cast, TODAY, kind="ward_round", title="退回的")
    done(cast, date(2026, 10, 30), kind="lecture", title="上月的")
    with scope.system():
        entry = Entry.objects.get(source_public_id=back.public_id)
    with scope.acting(cast.county.coordinator):
        ledger_services.return_(
            actor=cast.county.coordinator, at=NOW, key=None, entry_id=entry.public_id, note="请补充"
        )
    own = queries.own_month(expert, month_of(TODAY), TODAY)
    sums = {str(kind.deeds[0].text): kind.sum for kind in own.kinds}
    by_name = {deed.text: deed for kind in own.kinds for deed in kind.deeds}
    assert set(by_name) == {"合讲", "迟登", "退回的"}
    assert sums[own.kinds[0].deeds[0].text] == Decimal("3.50") == round(naive(cast, month_of(TODAY))["lecture"], 2)
    assert by_name["退回的"].share is None
    assert by_name["退回的"].state[0] != by_name["合讲"].state[0]
    assert (by_name["迟登"].late_days, own.late) == (23, 1)
    assert {one.day: one.many for week in own.weeks for one in week if one.many} == {TODAY: 2, date(2026, 11, 3): 1}
    page = signed_in_client(expert).get(MONTH).content.decode()
    assert "补录" in page
    assert "上月的" not in page
    assert "上月的" in signed_in_client(expert).get(f"{MONTH}?month=2026-10").content.decode()


def test_the_month_costs_the_same_however_much_was_done(
    cast: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = signed_in_client(cast.posted_expert)
    done(cast, TODAY, kind="lecture")
    done(cast, TODAY - timedelta(days=7), kind="lecture")
    client.get(MONTH)
    with CaptureQueriesContext(connection) as one:
        client.get(MONTH)
    for n in range(8):
        done(cast, TODAY - timedelta(days=n), kind=("lecture", "ward_round")[n % 2], title=f"第{n}次")
    with django_assert_max_num_queries(len(one)):
        client.get(MONTH)
