from typing import Any

from django.db import migrations, models

from lianti.kernel.migrations import _filling as filling
from lianti.lib.pinyin import initials


def spell(apps: Any, schema_editor: Any) -> None:
    """Say of everybody who is there already how their names begin."""
    del apps
    named = {"network_institution": ("tenant_id", "name", "short_name"), "network_person": ("id", "name")}
    db = schema_editor.connection
    with db.cursor() as cursor, filling.lifted(db, cursor, named):
        for table, (key, *names) in named.items():
            cursor.execute(f"SELECT {key}, {', '.join(names)} FROM {table}")
            rows = [(initials(*said), pk) for pk, *said in cursor.fetchall()]
            cursor.executemany(f"UPDATE {table} SET initials = %s WHERE {key} = %s", rows)


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0011_titles_of_before'),
    ]

    operations = [
        migrations.AddField(
            model_name='institution',
            name='initials',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.AddField(
            model_name='person',
            name='initials',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.RunPython(spell, migrations.RunPython.noop),
    ]
