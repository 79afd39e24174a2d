"""News for people: an outbox row in the move's transaction, an inbox line when the worker has delivered it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from lianti.kernel import outbox
from lianti.kernel.models import Notice
from lianti.lib import rooms
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Sentence
from lianti.lib.roles import Role

Resolver = Callable[[int, Iterable[str], date, int | None], Iterable[int]]

_texts: dict[str, Sentence] = {}
_links: dict[str, Callable[[str], str]] = {}
_resolver: list[Resolver] = []


@dataclass(frozen=True)
class Tell:
    """Whom a move's notice goes to: roles at an institution, or one principal; `params` fill the text.

    With `unit` only those of the roles whose seat carries that department, or none.
    """

    tenant_id: int
    roles: tuple[Role, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    principal_id: int | None = None
    unit: int | None = None


def register_text(key: str, text: Sentence) -> None:
    """Give the words of a notice; `%(name)s` is filled from its params."""
    _texts[key] = text


def register_link(kind: str, link: Callable[[str], str]) -> None:
    """Say where a notice about a record of `kind` leads: from its public id to an address."""
    _links[kind] = link


def resolve_by(resolver: Resolver) -> None:
    """Let `resolver(tenant_id, roles, day, unit)` name the principals who hold one of the roles, in the unit if any."""
    _resolver[:] = [resolver]


def send(tell: Tell, *, text_key: str, kind: str, record: str, at: datetime) -> None:
    """Queue a notice in the current transaction; the worker finds the people and fills their inboxes."""
    payload = {
        "tenant": tell.tenant_id,
        "roles": [str(r) for r in tell.roles],
        "params": dict(tell.params),
        "principal": tell.principal_id,
        "unit": tell.unit,
        "text": text_key,
        "kind": kind,
        "record": record,
    }
    outbox.enqueue("notices.deliver", payload, at=at)


@outbox.job("notices.deliver")
def deliver(payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """Write the inbox lines of one notice; a second run writes none."""
    found = {payload["principal"]} if payload["principal"] else set()
    if payload["roles"] and _resolver:
        found |= set(_resolver[0](payload["tenant"], payload["roles"], shanghai_day(at), payload.get("unit")))
    Notice.objects.bulk_create(
        (
            Notice(
                principal_id=p,
                tenant_id=payload["tenant"],
                text_key=payload["text"],
                params=payload["params"],
                kind=payload["kind"],
                record=payload["record"],
                at=at,
                task_id=task_id,
            )
            for p in sorted(found)
        ),
        ignore_conflicts=True,
    )


def inbox(actor: Actor) -> QuerySet[Notice]:
    """Return the actor's notices at the institution they act for, newest first."""
    mine = Notice.objects.filter(principal_id=actor.principal_id, tenant_id=actor.tenant_id)
    return rooms.shown(mine).order_by("-id")


def unseen(actor: Actor) -> int:
    """Return how many notices the actor has not seen."""
    return inbox(actor).filter(seen_at__isnull=True).count()


def see(actor: Actor, at: datetime, pks: Iterable[int] | None = None) -> int:
    """Mark notices of the actor as seen (all when none are named); return how many."""
    mine = inbox(actor).filter(seen_at__isnull=True)
    return (mine if pks is None else mine.filter(pk__in=list(pks))).update(seen_at=at)


def words(notice: Notice) -> str:
    """Return the text of a notice in the reader's language."""
    text = str(_texts.get(notice.text_key, notice.text_key))
    try:
        return str(text % notice.params)
    except (KeyError, TypeError, ValueError):
        return text


def link(notice: Notice) -> str:
    """Return the address that a notice leads to, or '' when nobody registered one."""
    make = _links.get(notice.kind)
    return make(notice.record) if make else ""
