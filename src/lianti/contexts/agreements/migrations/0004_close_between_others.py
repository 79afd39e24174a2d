"""Ask the worker to close the promises that were opened for institutions that are no party of the agreement."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db import migrations
from django.db.models import Exists, OuterRef

NAME = "agreements.close_between_others"


def ask(apps: Any, _schema: Any) -> None:
    """Write the job, once, where there is such a promise."""
    parties = apps.get_model("agreements", "AgreementParty").objects.filter(agreement=OuterRef("agreement"))
    gives, receives = (Exists(parties.filter(institution=OuterRef(side))) for side in ("giver", "receiver"))
    promises = apps.get_model("agreements", "Commitment").objects.filter(agreement__isnull=False)
    if promises.exclude(state="ended").exclude(gives, receives).exists():
        now = datetime.now(UTC)
        tasks = apps.get_model("kernel", "OutboxTask").objects
        tasks.get_or_create(unique=NAME, defaults={"name": NAME, "lane": "slow", "run_after": now, "created_at": now})


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("agreements", "0003_versions_and_audiences"),
        ("kernel", "0003_what_lists_go_by"),
    ]
    operations: ClassVar = [migrations.RunPython(ask, migrations.RunPython.noop)]
