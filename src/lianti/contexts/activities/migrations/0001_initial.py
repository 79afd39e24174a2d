import django.db.models.deletion
import lianti.contexts.activities.states
import lianti.lib.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('evidence', '0001_initial'),
        ('kernel', '0001_initial'),
        ('kernel', '__first__'),
        ('ledger', '0001_initial'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('state', models.CharField(editable=False, max_length=20)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain', models.CharField(blank=True, editable=False, max_length=64)),
                ('created_at', models.DateTimeField(editable=False)),
                ('kind', models.CharField(max_length=40)),
                ('title', models.CharField(blank=True, default='', max_length=200)),
                ('day', models.DateField()),
                ('day_to', models.DateField(blank=True, null=True)),
                ('place_text', models.CharField(blank=True, default='', max_length=120)),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ('extra', models.JSONField(default=dict)),
                ('visited', models.JSONField(default=list)),
                ('purpose', models.JSONField(default=list)),
                ('attendance', models.PositiveIntegerField(null=True)),
                ('note', models.TextField(blank=True, default='')),
                ('late_days', models.PositiveIntegerField(default=0)),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('giver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('relation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.relation')),
                ('tenant', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['created_by', '-day', '-id'], name='activities_mine'), models.Index(fields=['relation', '-day', '-id'], name='activities_relation')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', [lianti.contexts.activities.states.ActivityState['RECORDED'], lianti.contexts.activities.states.ActivityState['WITHDRAWN']])), name='activities_activity_state'), models.CheckConstraint(condition=models.Q(('day_to__isnull', True), ('day_to__gte', models.F('day')), _connector='OR'), name='activities_activity_days'), models.CheckConstraint(condition=models.Q(('quantity__isnull', True), models.Q(('giver__isnull', False), ('quantity__gt', 0)), _connector='OR'), name='activities_activity_quantity')],
            },
        ),
        migrations.CreateModel(
            name='ActivityAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='activities.activity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('activity', 'account'), name='activities_account_once')],
            },
        ),
        migrations.CreateModel(
            name='ActivityFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('added_at', models.DateTimeField()),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='activities.activity')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.file')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('activity', 'file'), name='activities_file_once')],
            },
        ),
        migrations.CreateModel(
            name='ActivityParticipant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='activities.activity')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('activity', 'institution'), name='activities_participant_once')],
            },
        ),
        migrations.CreateModel(
            name='ActivityPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(default=lianti.contexts.activities.states.Part['LEAD'], max_length=10)),
                ('share', models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='activities.activity')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('activity', 'person'), name='activities_person_once'), models.CheckConstraint(condition=models.Q(('part__in', [lianti.contexts.activities.states.Part['LEAD'], lianti.contexts.activities.states.Part['ASSIST'], lianti.contexts.activities.states.Part['GUIDE'], lianti.contexts.activities.states.Part['WATCH']])), name='activities_person_part'), models.CheckConstraint(condition=models.Q(('share__isnull', True), ('share__gte', 0), _connector='OR'), name='activities_person_share')],
            },
        ),
        migrations.CreateModel(
            name='ActivityReceiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='activities.activity')),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('activity', 'institution'), name='activities_receiver_once'), models.UniqueConstraint(fields=('entry',), name='activities_entry_once')],
            },
        ),
        migrations.CreateModel(
            name='ActivityTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('source', models.CharField(blank=True, max_length=20)),
                ('target', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True)),
                ('facts', models.JSONField(default=dict)),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='activities.activity')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
