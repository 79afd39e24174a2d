"""A calendar as other programs read it (iCal, RFC 5545): whole days in Shanghai."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

ZONE = "Asia/Shanghai"
_ZONE_SINCE = date(2020, 1, 1)  # no summer time since then
HOURS = 6  # how often a calendar is asked to come again


@dataclass(frozen=True)
class CalendarDay:
    """Something of whole days, the first and the last included. `key` stays the same for the same matter."""

    key: str
    first: date
    last: date
    title: str
    place: str = ""
    note: str = ""


def written(name: str, days: Iterable[CalendarDay], at: datetime) -> bytes:
    """Write a calendar down; `at` is the moment of which it tells."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Lianti//postings//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("x-published-ttl", f"PT{HOURS}H")
    calendar.add_component(
        icalendar.Timezone.from_tzid(ZONE, first_date=_ZONE_SINCE, last_date=at.date() + timedelta(days=3660))
    )
    for one in days:
        event = icalendar.Event()
        event.add("uid", f"{one.key}@lianti")
        event.add("dtstamp", at)
        event.add("dtstart", one.first)
        event.add("dtend", one.last + timedelta(days=1))  # the day after, as the format has it
        event.add("summary", one.title)
        event.add("transp", "TRANSPARENT")  # a posting fills no hour
        for field, text in (("location", one.place), ("description", one.note)):
            if text:
                event.add(field, text)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
