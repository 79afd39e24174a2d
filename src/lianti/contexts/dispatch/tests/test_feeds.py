"""Calendar feeds: what a calendar reads is what the owner of its address may see, no more and no longer."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client

from lianti.contexts.accounts.models import Membership
from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.domain import calendar
from lianti.contexts.dispatch.domain.calendar import CalendarDay
from lianti.contexts.dispatch.models import Feed
from lianti.contexts.dispatch.states import PostingState
from lianti.contexts.dispatch.tests.builders import a_posting
from lianti.contexts.dispatch.tests.test_mine import the_posted
from lianti.contexts.network.models import Person
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.lib.roles import Role
from tests.cast import AT, Cast, a_member, signed_in_client

pytestmark = pytest.mark.django_db
OF_MARCH = datetime(2026, 3, 10, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: OF_MARCH)


def make(actor: Actor, of: str = "place", key: str | None = None) -> services.MadeFeed:
    with scope.acting(actor):
        return services.make_feed(actor=actor, at=AT, key=key, of=of)


def fetched(token: str) -> list[dict[str, Any]]:
    """Fetch a feed as a calendar does: without a session."""
    answer = Client().get(f"/dispatch/feeds/{token}.ics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    found = icalendar.Calendar.from_ical(answer.content)
    assert [str(zone["TZID"]) for zone in found.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    return [
        {"title": str(one["SUMMARY"]), "first": one["DTSTART"].dt, "last": one["DTEND"].dt - timedelta(days=1)}
        for one in found.walk("VEVENT")
    ]


def name_of(person_id: int) -> str:
    with scope.system():
        return str(Person.objects.get(pk=person_id).name)


def seated(cast: Cast, person_id: int) -> Actor:
    """Return a posted person who acts, as an expert, for the hospital that sent them."""
    posted = the_posted(cast, person_id, cast.supporting.id)
    with scope.system():
        from lianti.kernel.models import Principal

        principal = Principal.objects.get(pk=posted.principal_id)
    seat = a_member(Role.EXPERT, cast.supporting.institution, principal=principal)
    return Actor(seat.principal_id, seat.tenant_id, seat.role, person_id)


def test_a_recipients_feed_tells_who_is_there_and_who_is_away(cast: Cast) -> None:
    row = a_posting(cast, PostingState.ON_LEAVE, department="呼吸科")
    who = name_of(row.person_id)
    stay, leave = fetched(make(cast.county.coordinator).token)
    assert stay["title"].startswith(f"{who} · 呼吸科")
    assert (stay["first"], stay["last"]) == (date(2026, 3, 1), row.to_date)
    assert leave["title"] == f"{who} · 事假"  # who keeps leave reads of what kind it was
    assert (leave["first"], leave["last"]) == (date(2026, 3, 3), date(2026, 3, 10))  # not back yet: up to today


def test_ones_own_feed_names_nobody(cast: Cast) -> None:
    row = a_posting(cast, PostingState.ON_LEAVE)
    a_posting(cast)
    mine = fetched(make(seated(cast, row.person_id), "own").token)
    assert len(mine) == 2
    assert all(name_of(row.person_id) not in one["title"] for one in mine)
    assert cast.county.institution.short_name in mine[0]["title"]


def test_what_is_not_ordered_yet_is_in_no_calendar(cast: Cast) -> None:
    a_posting(cast, PostingState.NOMINATED)
    assert fetched(make(cast.county.coordinator).token) == []
    assert fetched(make(cast.stranger.coordinator).token) == []


def test_a_feed_given_up_or_of_a_seat_that_ended_opens_nothing(cast: Cast) -> None:
    a_posting(cast)
    first, second = make(cast.county.coordinator), make(cast.county.coordinator)
    by = {"actor": cast.county.coordinator, "at": AT, "key": None}
    with scope.acting(cast.county.coordinator):
        services.revoke_feed(**by, feed_id=first.feed.public_id)  # type: ignore[arg-type]
    assert Client().get(f"/dispatch/feeds/{first.token}.ics").status_code == 404
    assert len(fetched(second.token)) == 1
    with scope.system():
        seat = Membership.objects.get(principal=cast.county.coordinator.principal_id)
        seat.to_date = date(2026, 3, 9)
        seat.save()
    assert Client().get(f"/dispatch/feeds/{second.token}.ics").status_code == 404


@pytest.mark.parametrize("token", ["x", "1-", "0-abc", "ffffffffffffffffffffff-a", "zz-a", "1-" + "a" * 32])
def test_what_is_no_secret_opens_nothing(cast: Cast, token: str) -> None:
    assert Client().get(f"/dispatch/feeds/{token}.ics").status_code == 404
    with pytest.raises(NotFound):
        services.open_feed(token=token, at=AT)


def test_only_its_hash_is_kept_and_its_address_is_shown_once(cast: Cast) -> None:
    client = signed_in_client(cast.county.coordinator)
    form = {"of": "place", "key": ids.new()}
    page = client.post("/dispatch/feeds/", form).content.decode()
    token = page.split("/dispatch/feeds/")[1:]
    shown = next(part.split(".ics")[0] for part in token if ".ics" in part.split('"')[0])
    with scope.system():
        row = Feed.objects.get()
    assert shown not in row.token_hash
    assert shown not in client.get("/dispatch/feeds/").content.decode()
    assert client.post("/dispatch/feeds/", form).status_code == 409  # sent again: made once, shown once
    with scope.system():
        assert Feed.objects.count() == 1
    assert client.post(f"/dispatch/feeds/{row.public_id}/revoke/", {"key": ids.new()}).status_code == 303
    assert Client().get(f"/dispatch/feeds/{shown}.ics").status_code == 404


def test_who_may_make_what(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        make(cast.county.expert)  # the list of the house is taken along by who looks after the posted
    assert make(cast.county.expert, "own").feed.of == "own"
    with pytest.raises(NotAllowed):
        make(a_member(Role.EXPERT, cast.county.institution, person=False), "own")
    with pytest.raises(Invalid):
        make(cast.county.office, "everything")
    feed = make(cast.county.office).feed
    for other in (cast.county.coordinator, cast.stranger.office):
        with scope.acting(other), pytest.raises(NotFound):
            services.revoke_feed(actor=other, at=AT, key=None, feed_id=feed.public_id)
    with scope.acting(cast.county.office):
        services.revoke_feed(actor=cast.county.office, at=AT, key=None, feed_id=feed.public_id)
        with pytest.raises(Conflict):
            services.revoke_feed(actor=cast.county.office, at=AT, key=None, feed_id=feed.public_id)


def test_a_feed_costs_the_same_however_many_are_there(
    cast: Cast, django_assert_num_queries: Callable[..., Any]
) -> None:
    token = make(cast.county.coordinator).token
    a_posting(cast, PostingState.ON_LEAVE)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        fetched(token)
    for _ in range(3):
        a_posting(cast)
    with django_assert_num_queries(len(one)):
        fetched(token)


def test_hostile_words_stay_words(cast: Cast) -> None:
    bad = CalendarDay("k", date(2026, 3, 1), date(2026, 3, 1), "甲;\n乙,\r\nEND:VCALENDAR", "地\\点")
    (event,) = icalendar.Calendar.from_ical(calendar.written("名", [bad], OF_MARCH)).walk("VEVENT")
    assert "END:VCALENDAR" in str(event["SUMMARY"])
