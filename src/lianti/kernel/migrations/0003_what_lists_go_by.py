import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lianti.kernel.migrations import _filling as filling


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0002_walls'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='outboxtask',
            name='outbox_ready',
        ),
        migrations.AddField(
            model_name='audience',
            name='day',
            field=models.DateField(default=datetime.date(2020, 1, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='audience',
            name='open',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='audience',
            name='rank',
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='outboxtask',
            name='done',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='outboxtask',
            name='lane',
            field=models.CharField(default='quick', max_length=8),
        ),
        migrations.AddField(
            model_name='outboxtask',
            name='principal',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='outboxtask',
            name='result',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='outboxtask',
            name='role',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='outboxtask',
            name='started_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='outboxtask',
            name='stop_asked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='outboxtask',
            name='tenant',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='kernel.tenant'),
        ),
        migrations.AddField(
            model_name='outboxtask',
            name='title',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='outboxtask',
            name='total',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='workitem',
            name='unit',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='outboxtask',
            name='state',
            field=models.CharField(choices=[('ready', 'Ready'), ('done', 'Done'), ('failed', 'Failed'), ('stopped', 'Stopped')], default='ready', max_length=8),
        ),
        migrations.AlterField(
            model_name='workitem',
            name='due',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='audience',
            index=models.Index(fields=['tenant', 'kind', 'day', 'record_pk'], name='audience_by_day'),
        ),
        migrations.AddIndex(
            model_name='audience',
            index=models.Index(fields=['tenant', 'kind', 'open', 'rank', 'day', 'record_pk'], name='audience_by_rank'),
        ),
        migrations.AddIndex(
            model_name='outboxtask',
            index=models.Index(condition=models.Q(('state', 'ready')), fields=['lane', '-priority', 'run_after', 'id'], name='outbox_ready'),
        ),
        migrations.AddIndex(
            model_name='outboxtask',
            index=models.Index(condition=models.Q(('principal__isnull', False)), fields=['principal', '-id'], name='outbox_mine'),
        ),
        filling.ends('kernel_workitem', 'due'),
    ]
