"""Ask the worker to put a card into the worklist of authorities that have no powers until they confirm."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db import migrations
from django.db.models import F

NAME = "network.renew_waits"


def ask(apps: Any, _schema: Any) -> None:
    """Write the job, once, where an authority stands in a relation in force by what was said for it."""
    said = apps.get_model("network", "RelationConfirmation").objects.filter(own=False, relation__state="in_force")
    if said.filter(relation__authority=F("institution")).exists():
        now = datetime.now(UTC)
        tasks = apps.get_model("kernel", "OutboxTask").objects
        tasks.get_or_create(unique=NAME, defaults={"name": NAME, "lane": "slow", "run_after": now, "created_at": now})


class Migration(migrations.Migration):
    dependencies: ClassVar = [("network", "0008_ask_for_doubts")]
    operations: ClassVar = [migrations.RunPython(ask, migrations.RunPython.noop)]
