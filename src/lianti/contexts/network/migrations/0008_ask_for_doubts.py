"""Ask the worker for the doubts about persons who stand on both sides of a relation in force by now."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db import migrations

from lianti.lib.names import folded

NAME = "network.doubt_all"


def ask(apps: Any, _schema: Any) -> None:
    """Write the job, once, where somebody bears a name that is borne across a relation."""
    names: dict[int, set[str]] = defaultdict(set)
    for employer, name in apps.get_model("network", "Person").objects.values_list("employer", "name"):
        names[employer].add(folded(name))
    bound: dict[int, set[int]] = defaultdict(set)
    said = apps.get_model("network", "RelationConfirmation").objects.filter(relation__state="in_force")
    for relation, institution in said.values_list("relation", "institution"):
        bound[relation].add(institution)
    if any(_across([names[pk] for pk in sides if pk in names]) for sides in bound.values()):
        now = datetime.now(UTC)
        tasks = apps.get_model("kernel", "OutboxTask").objects
        tasks.get_or_create(unique=NAME, defaults={"name": NAME, "lane": "slow", "run_after": now, "created_at": now})


def _across(sides: list[set[str]]) -> bool:
    return len(set().union(*sides)) < sum(map(len, sides))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("network", "0007_one_person_or_two"), ("kernel", "0004_ranks_of_all_states")]
    operations: ClassVar = [migrations.RunPython(ask, migrations.RunPython.noop)]
