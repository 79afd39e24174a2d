"""What the worker does: read a document that was taken in."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from lianti.contexts.intake import services
from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.extracting import extractor
from lianti.contexts.intake.domain.source import Source
from lianti.kernel import outbox, scope
from lianti.lib.errors import Conflict

logger = logging.getLogger(__name__)

Reader = Callable[[bytes, str, str], tuple[Source, Cleaned]]


@outbox.job(services.READ_JOB, lane=outbox.SLOW)
def read_document(payload: dict[str, Any], *, at: datetime, task_id: int, reader: Reader | None = None) -> None:
    """Read, clean, propose; a second run of the same job finds nothing to do. What fails is said on the document.

    `reader`: what reads and cleans; a process of its own when none is named.
    """
    del task_id
    ident = payload["document"]
    with transaction.atomic(), scope.system():
        work = services.begin_reading(at=at, document_id=ident)
    if work is None:
        return
    given = {"actor": work.actor, "at": at, "document_id": ident}
    try:
        source, cleaned = (reader or services.read_and_clean)(work.content, work.name, work.form)
        with transaction.atomic(), scope.system():
            services.tell_cleaned(**given)
        name = settings.INTAKE_EXTRACTOR
        made = services.drafts(cleaned, extractor(name)(cleaned, work.known), work.known.ourselves)
        with transaction.atomic(), scope.system():
            services.keep_reading(**given, source=source, cleaned=cleaned, drafts=tuple(made), extractor=name)
    except Conflict:
        logger.info("document %s is no longer waiting to be read", ident)
    except services.Unreadable as why:
        _give_up(given, why.reason, why.values)
    except Exception:  # whatever a document does to the reader must be seen on its page, not only in a log
        logger.exception("document %s could not be read", ident)
        _give_up(given, "crashed", {})


def _give_up(given: dict[str, Any], reason: str, values: dict[str, str | int]) -> None:
    with transaction.atomic(), scope.system():
        services.give_up(**given, reason=reason, values=values)
