"""What a running platform has done by itself in two years: inboxes filled, days sealed."""

from __future__ import annotations

from datetime import date, timedelta

from lianti.contexts.accounts import queries as accounts
from lianti.demo.bulk_rows import save
from lianti.demo.when import When, moment
from lianti.kernel import journal
from lianti.kernel.models import JournalEvent, Notice, OutboxTask
from lianti.lib.dates import shanghai_day, start_of

SEEN_AFTER = timedelta(days=11)


def tidy(when: When) -> None:
    """Deliver the notices at the time when they were sent, and seal the days that are over."""
    deliver(when)
    seal(when)


def deliver(when: When) -> None:
    """Fill the inboxes as the worker would have; what is older than some days has been seen."""
    now = moment(when.today, 0)
    made: list[Notice] = []
    people: dict[tuple[int, tuple[str, ...], date], list[int]] = {}
    tasks = OutboxTask.objects.filter(name="notices.deliver", state=OutboxTask.State.READY)
    for task in tasks.order_by("run_after", "id"):
        told, at = task.payload, task.run_after + timedelta(seconds=20)
        key = (told["tenant"], tuple(told["roles"]), shanghai_day(at))
        if key not in people:
            people[key] = accounts.recipients(*key)
        found = {*people[key], *([told["principal"]] if told["principal"] else [])}
        seen = at + timedelta(hours=6) if at < now - SEEN_AFTER else None
        made += [
            Notice(
                principal_id=one,
                tenant_id=told["tenant"],
                text_key=told["text"],
                params=told["params"],
                kind=told["kind"],
                record=told["record"],
                at=at,
                seen_at=seen,
                task_id=task.pk,
            )
            for one in sorted(found)
        ]
    save(Notice, made)
    tasks.update(state=OutboxTask.State.DONE, done_at=now)


def seal(when: When) -> None:
    """Seal the journal: the old months week by week, the last one day by day."""
    first = JournalEvent.objects.order_by("at").values_list("at", flat=True).first()
    if first is None:
        return
    day: date = shanghai_day(first) + timedelta(days=1)
    while day < when.today:
        journal.seal(start_of(day))
        day += timedelta(days=7 if day < when.month(1) else 1)
    journal.seal(start_of(when.today))
