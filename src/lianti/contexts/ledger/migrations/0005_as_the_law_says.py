import django.db.models.deletion
from django.db import migrations, models

from lianti.kernel.migrations import _filling as filling


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0004_lists_by_side'),
        ('network', '0003_versions_and_audiences'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='referred',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution'),
        ),
        migrations.AddField(
            model_name='entryperson',
            name='share_parts',
            field=models.BigIntegerField(default=1),
        ),
        # Whoever was asked to settle is told apart from whoever drew; a missing start is stood in for by the opening.
        filling.Fill(
            'ledger_entry',
            "UPDATE ledger_entry SET referred_id = arbiter_id WHERE arbiter_id IS NOT NULL"
            " AND id BETWEEN {first} AND {last} AND EXISTS (SELECT 1 FROM ledger_entrytransition t"
            " WHERE t.record_id = ledger_entry.id AND t.name = 'refer')",
            walled=['ledger_entrytransition'],
        ),
        filling.Fill('ledger_account', "UPDATE ledger_account AS r SET since = {made} WHERE r.id BETWEEN {first} AND {last}"),
    ]
