import django.db.models.deletion
from django.db import migrations, models

from lianti.kernel.migrations import _filling as filling


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_what_lists_go_by'),
        ('accounts', '0001_initial'),
        ('network', '0003_versions_and_audiences'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='department',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.department'),
        ),
        migrations.AddField(
            model_name='membershiptransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        filling.versions('accounts_membershiptransition'),
    ]
