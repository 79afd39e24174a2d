"""A network file of what one institution sent: what another site, or this one anew, takes in by `load`."""

from dataclasses import asdict
from datetime import date
from typing import Any

import yaml

from lianti.contexts.dispatch import queries as dispatch
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, RelationFacts
from lianti.journeys.loader.shape import FORMAT
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound
from lianti.lib.roles import Role

LISTS = ("batches", "postings", "attendance", "services", "certificates", "titles")


def tell(code: str, *, today: date) -> str:
    """Return the file of the institution with this code: its relations as far as postings need them, and who was sent.

    Told as a job, which sees all. Leave, notes and appraisals are not told, nor a month that is not sealed. Raises
    NotFound.
    """
    with scope.system():
        sender = network.institution_by_code(code)
        if sender is None:
            raise NotFound
        told = dispatch.told_of_sender(Actor(0, sender.id, Role.SYSTEM), sender.id)
        relations = list(network.relations_by_id(told.relations).values())
        sides = {one.id: one for relation in relations for one in _sides(relation)}
        others = network.institutions_by_id(told.institutions - sides.keys())
    rows = asdict(told)
    file = {
        "format": FORMAT,
        "id": f"{sender.code}-sent"[:40],
        "source": {"published": today, "medium": "Lianti", "title": sender.name},
        "institutions": [_institution(one) for one in [*sides.values(), *others.values()]],
        "relations": [_relation(one) for one in relations],
        **{name: rows[name] for name in LISTS},
    }
    file = {name: value for name, value in file.items() if value}
    return str(yaml.safe_dump(file, allow_unicode=True, sort_keys=False, width=1000))


def _sides(relation: RelationFacts) -> list[InstitutionFacts]:
    return [relation.lead, *relation.members, *([relation.authority] if relation.authority else [])]


def _institution(one: InstitutionFacts) -> dict[str, Any]:
    said = {"code": one.code, "name": one.name, "kind": one.kind, "region": one.region, "level": one.level}
    return {name: value for name, value in {**said, "short_name": one.short_name}.items() if value}


def _relation(one: RelationFacts) -> dict[str, Any]:
    said = {
        "code": one.code,
        "kind": one.behaviour,
        "name": one.name,
        "lead": one.lead.code,
        "members": [member.code for member in one.members],
        "status": one.state,
        "authority": one.authority.code if one.authority else None,
        "specialties": list(one.specialties),
        "from": one.from_date,
        "to": one.to_date,
    }
    return {name: value for name, value in said.items() if value}
