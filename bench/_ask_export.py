"""Ask for an export of every entry as somebody's own job, as the page does; without a form, say what the last one gave.

Run as a script in the environment of a filled database: PRINCIPAL FORM. Prints one JSON object.
"""

import json
import sys

import django

django.setup()

from django.conf import settings
from django.urls import get_resolver
from django.utils import timezone

from lianti.contexts.accounts import queries as accounts
from lianti.kernel import scope
from lianti.kernel.models import OutboxTask
from lianti.lib.dates import shanghai_day
from lianti.records import exporting
from lianti.records.lists import LISTS


def main(principal: int, form: str) -> dict[str, object]:
    """Ask, or tell."""
    _ = get_resolver().url_patterns  # the views declare the lists
    lst = LISTS["ledger.entry"]
    with scope.system():
        actor = accounts.acting(principal, None, shanghai_day(timezone.now()))
    if actor is None:
        raise SystemExit("Nobody acts for this principal.")
    with scope.acting(actor):
        if form:
            exporting.enqueue(actor, lst, lst.asked(), form=form, order="", at=timezone.now())
            return {}
        job = OutboxTask.objects.filter(name=exporting.EXPORT).latest("pk")
        return {"rows": job.done, "state": job.state, "mib": (settings.EXPORTS / job.result).stat().st_size >> 20}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2])))
