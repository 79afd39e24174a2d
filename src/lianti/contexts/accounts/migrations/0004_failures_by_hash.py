"""Failed sign-ins are counted by a keyed hash: what people had typed, a password in the wrong field too, goes."""

from typing import Any

from django.db import migrations


def forget(apps: Any, schema_editor: Any) -> None:
    """Take the failures of the last minutes away; whoever was locked out tries anew."""
    del schema_editor
    for name in ("AccessAttempt", "AccessFailureLog"):
        apps.get_model("axes", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_invitations_wait"), ("axes", "0010_accessattemptexpiration")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop, elidable=True)]
