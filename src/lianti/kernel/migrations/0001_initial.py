import django.db.models.deletion
import django.utils.timezone
import lianti.lib.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Principal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('kind', models.CharField(choices=[('user', 'User'), ('client', 'Client'), ('job', 'Job'), ('link', 'Link')], default='user', max_length=8)),
                ('phone', models.CharField(blank=True, max_length=20, null=True, unique=True)),
                ('name', models.CharField(db_index=True, max_length=80)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AccessEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('principal_id', models.BigIntegerField()),
                ('tenant_id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=40)),
                ('record', models.CharField(max_length=26)),
                ('why', models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateTimeField(unique=True)),
                ('since', models.DateTimeField(null=True)),
                ('events', models.BigIntegerField()),
                ('records', models.BigIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('mac', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Tenant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='JournalEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('record', models.CharField(max_length=26)),
                ('seq', models.PositiveIntegerField()),
                ('at', models.DateTimeField(db_index=True)),
                ('principal_id', models.BigIntegerField()),
                ('tenant_id', models.BigIntegerField()),
                ('verb', models.CharField(max_length=40)),
                ('fields', models.JSONField(default=dict)),
                ('mac', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'seq'), name='journal_seq_once')],
            },
        ),
        migrations.CreateModel(
            name='OutboxTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('payload', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('ready', 'Ready'), ('done', 'Done'), ('failed', 'Failed')], default='ready', max_length=8)),
                ('priority', models.SmallIntegerField(default=0)),
                ('run_after', models.DateTimeField()),
                ('lease_until', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('unique', models.CharField(max_length=80, null=True, unique=True)),
                ('error', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'ready')), fields=['-priority', 'run_after', 'id'], name='outbox_ready')],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name', 'year'), name='series_once')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('body', models.CharField(max_length=64)),
                ('record', models.CharField(max_length=26)),
                ('at', models.DateTimeField()),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('principal', 'key'), name='answer_once')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text_key', models.CharField(max_length=60)),
                ('params', models.JSONField(default=dict)),
                ('kind', models.CharField(max_length=40)),
                ('record', models.CharField(max_length=26)),
                ('at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('task_id', models.BigIntegerField(null=True)),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='kernel.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['principal', '-id'], name='notice_inbox')],
                'constraints': [models.UniqueConstraint(fields=('task_id', 'principal'), name='notice_once')],
            },
        ),
        migrations.CreateModel(
            name='Audience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('record_pk', models.BigIntegerField()),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='kernel.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'kind', 'record_pk'], name='audience_by_tenant')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'record_pk', 'tenant'), name='audience_once')],
            },
        ),
        migrations.CreateModel(
            name='WorkItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('record_pk', models.BigIntegerField()),
                ('verb', models.CharField(max_length=40)),
                ('roles', models.CharField(max_length=120)),
                ('due', models.DateField(null=True)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('principal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['tenant', 'due', 'id'], name='work_open'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['kind', 'record_pk'], name='work_of')],
            },
        ),
    ]
