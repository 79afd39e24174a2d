"""What takes too long for a page: a long export, an exact count. Done for a person, as them."""

from __future__ import annotations

import csv
from typing import Any

from django.utils.translation import gettext as _

from lianti.kernel import outbox
from lianti.kernel.running import Watch
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import NotFound
from lianti.records import exporting
from lianti.records.lists import LISTS, RecordList, tally

EVERY_ROW = 10**12


def _of(payload: dict[str, Any]) -> RecordList[Any]:
    """Return the list that was asked. Raises NotFound where its room has been switched off since."""
    if payload["list"] not in LISTS:
        raise NotFound
    return LISTS[payload["list"]]


@outbox.job_for(exporting.EXPORT)
def export(payload: dict[str, Any], *, actor: Actor, at: Any, watch: Watch) -> str:
    """Write what was asked into a file, in the scope of whoever asked."""
    lst = _of(payload)
    asked, today = lst.asked.read(payload["asked"], actor), shanghai_day(at)
    watch.tell(0, lst.visible(actor, asked, today).count())
    path, result = watch.file(exporting.file_name(lst, today, payload["form"]))
    with path.open("wb") as file:
        chunks = lst.chunks(actor, asked, today, order=payload["order"])
        exporting.write(file, lst, chunks, form=payload["form"], tell=watch.tell)
    return result


@outbox.job_for(exporting.COUNT)
def count(payload: dict[str, Any], *, actor: Actor, at: Any, watch: Watch) -> str:
    """Count and add up all that was asked, without a bound."""
    lst = _of(payload)
    asked, today = lst.asked.read(payload["asked"], actor), shanghai_day(at)
    found = tally(lst, actor, asked, today, EVERY_ROW)
    path, result = watch.file(exporting.file_name(lst, today, "csv"))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_("Records"), found.count])
        writer.writerows([[word, total] for total, word in found.sums])
    watch.tell(found.count, found.count)
    return result
