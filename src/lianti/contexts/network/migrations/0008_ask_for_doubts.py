"""Ask the worker for the doubts about persons who stand on both sides of a relation in force by now."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db import migrations

NAME = "network.doubt_all"


def ask(apps: Any, _schema: Any) -> None:
    """Write the job, once, where there is a relation in force."""
    if apps.get_model("network", "Relation").objects.filter(state="in_force").exists():
        now = datetime.now(UTC)
        tasks = apps.get_model("kernel", "OutboxTask").objects
        tasks.get_or_create(unique=NAME, defaults={"name": NAME, "lane": "slow", "run_after": now, "created_at": now})


class Migration(migrations.Migration):
    dependencies: ClassVar = [("network", "0007_one_person_or_two"), ("kernel", "0004_ranks_of_all_states")]
    operations: ClassVar = [migrations.RunPython(ask, migrations.RunPython.noop)]
