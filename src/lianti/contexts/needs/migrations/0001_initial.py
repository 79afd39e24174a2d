import django.db.models.deletion
import lianti.contexts.needs.states
import lianti.lib.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0001_initial'),
        ('kernel', '__first__'),
        ('ledger', '0001_initial'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('state', models.CharField(editable=False, max_length=20)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain', models.CharField(blank=True, editable=False, max_length=64)),
                ('created_at', models.DateTimeField(editable=False)),
                ('number', models.CharField(max_length=24, unique=True)),
                ('group', models.CharField(db_index=True, max_length=26)),
                ('category', models.CharField(max_length=24)),
                ('specialty', models.CharField(blank=True, default='', max_length=80)),
                ('text', models.TextField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ('unit', models.CharField(blank=True, default='', max_length=24)),
                ('wanted_by', models.DateField(null=True)),
                ('signed_off_duty', models.CharField(blank=True, default='', max_length=60)),
                ('signed_off_date', models.DateField(null=True)),
                ('priority', models.PositiveSmallIntegerField(default=lianti.contexts.needs.states.Priority['NORMAL'])),
                ('stated_date', models.DateField()),
                ('turn_date', models.DateField()),
                ('plan_text', models.TextField(blank=True, default='')),
                ('plan_from', models.DateField(null=True)),
                ('plan_to', models.DateField(null=True)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                ('addressed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('relation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.relation')),
                ('stater', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('tenant', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'priority', 'stated_date', 'id'], name='needs_need_age')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', [lianti.contexts.needs.states.NeedState['STATED'], lianti.contexts.needs.states.NeedState['RETURNED'], lianti.contexts.needs.states.NeedState['ACCEPTED'], lianti.contexts.needs.states.NeedState['ANSWERED'], lianti.contexts.needs.states.NeedState['CLOSED'], lianti.contexts.needs.states.NeedState['DECLINED'], lianti.contexts.needs.states.NeedState['WITHDRAWN']])), name='needs_need_state'), models.CheckConstraint(condition=models.Q(('stater', models.F('addressed')), _negated=True), name='needs_need_two_institutions'), models.CheckConstraint(condition=models.Q(('amount__isnull', True), models.Q(('amount__gt', 0), models.Q(('unit', ''), _negated=True)), _connector='OR'), name='needs_need_amount_has_unit'), models.CheckConstraint(condition=models.Q(('plan_from__isnull', True), ('plan_to__isnull', True), ('plan_to__gte', models.F('plan_from')), _connector='OR'), name='needs_need_plan_dates')],
            },
        ),
        migrations.CreateModel(
            name='NeedPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, default='', max_length=80)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='needs.need')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('person__isnull', False), models.Q(('name', ''), _negated=True), _connector='OR'), name='needs_person_named')],
            },
        ),
        migrations.CreateModel(
            name='NeedTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('source', models.CharField(blank=True, max_length=20)),
                ('target', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True)),
                ('facts', models.JSONField(default=dict)),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='needs.need')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
