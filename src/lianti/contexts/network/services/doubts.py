"""Two entries of the directory that may be one person: the doubt is kept until the other side has settled it."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from lianti.contexts.network.models import Person, PersonDoubt
from lianti.contexts.network.queries.relations import bound_with, parties
from lianti.contexts.network.rules import DOUBT_FLOW
from lianti.kernel import scope
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.names import folded
from lianti.lib.roles import Role


def doubt_one(*, actor: Actor, at: datetime, person: Person) -> None:
    """Raise a doubt for each person elsewhere whom this one may be: of its name across a relation, or of its phone.

    Of the same name in one institution the form has asked. Whether `actor` may enter the person has been asked.
    """
    job = replace(actor, role=Role.SYSTEM, tenant_id=person.employer_id)
    with scope.acting(job):
        elsewhere = Person.objects.exclude(employer=person.employer_id).exclude(pk=person.pk)
        called = folded(person.name)
        bound = bound_with(person.employer_id).values("institution")
        across = elsewhere.filter(employer__in=bound).values_list("pk", "name")
        alike = {pk for pk, name in across if folded(name) == called}
        if person.phone:
            alike |= set(elsewhere.filter(phone=person.phone).values_list("pk", flat=True))
        for other in sorted(alike):
            _raise(job, at, person, other)


def doubt_across(*, actor: Actor, at: datetime, relation_id: int) -> None:
    """Raise the doubts between the sides of a relation that is in force by now: whoever came later is in doubt.

    For jobs. As often as it is asked for, a pair is in doubt once.
    """
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in Person.objects.filter(employer__in=parties(relation_id)).order_by("pk"):
        by_name[folded(person.name)].append(person)
    for alike in by_name.values():
        for n, later in enumerate(alike):
            for other in alike[:n]:
                if other.employer_id != later.employer_id:
                    _raise(replace(actor, role=Role.SYSTEM, tenant_id=later.employer_id), at, later, other.pk)


def settle_another(
    *, actor: Actor, at: datetime, key: str | None, doubt_id: str, version: int | None = None, note: str = ""
) -> PersonDoubt:
    """Say that the two are different people. Raises NotFound, NotAllowed, Conflict."""
    by: dict[str, Any] = {"actor": actor, "at": at, "key": key, "version": version, "note": note}
    found: PersonDoubt = engine.move(DOUBT_FLOW, doubt_id, name="settle_another", **by)
    return found


def settle_same(
    *, actor: Actor, at: datetime, key: str | None, doubt_id: str, version: int | None = None, note: str = ""
) -> PersonDoubt:
    """Say that the two are one person, who then verifies only what both may. Raises NotFound, NotAllowed, Conflict."""
    by: dict[str, Any] = {"actor": actor, "at": at, "key": key, "version": version, "note": note}
    found: PersonDoubt = engine.move(DOUBT_FLOW, doubt_id, name="settle_same", **by)
    return found


def _raise(job: Actor, at: datetime, person: Person, other_id: int) -> None:
    two = Q(person=person.pk, other=other_id) | Q(person=other_id, other=person.pk)
    if not PersonDoubt.objects.filter(two).exists():
        record = PersonDoubt(person=person, other_id=other_id, tenant_id=person.employer_id)
        engine.create(DOUBT_FLOW, record, name="raise_doubt", actor=job, at=at, key=None)
