import django.db.models.deletion
import lianti.contexts.accounts.states
import lianti.lib.ids
import lianti.lib.roles
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0001_initial'),
        ('kernel', '__first__'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='OneTimeCode',
            fields=[
                ('principal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('state', models.CharField(editable=False, max_length=20)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain', models.CharField(blank=True, editable=False, max_length=64)),
                ('created_at', models.DateTimeField(editable=False)),
                ('role', models.CharField(max_length=20)),
                ('from_date', models.DateField()),
                ('to_date', models.DateField(blank=True, null=True)),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['institution', 'role'], name='accounts_by_institution')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', [lianti.contexts.accounts.states.MembershipState['ACTIVE'], lianti.contexts.accounts.states.MembershipState['ENDED']])), name='accounts_membership_state'), models.CheckConstraint(condition=models.Q(('role__in', [lianti.lib.roles.Role['ADMINISTRATOR'], lianti.lib.roles.Role['AUDITOR'], lianti.lib.roles.Role['CLINICIAN'], lianti.lib.roles.Role['COORDINATOR'], lianti.lib.roles.Role['DEPARTMENT_HEAD'], lianti.lib.roles.Role['EXPERT'], lianti.lib.roles.Role['HEALTH_AUTHORITY'], lianti.lib.roles.Role['LEADER'], lianti.lib.roles.Role['OFFICE']])), name='accounts_membership_role'), models.CheckConstraint(condition=models.Q(('to_date', None), ('to_date__gte', models.F('from_date')), _connector='OR'), name='accounts_membership_dates'), models.UniqueConstraint(condition=models.Q(('state', lianti.contexts.accounts.states.MembershipState['ACTIVE'])), fields=('principal', 'institution', 'role'), name='accounts_membership_once')],
            },
        ),
        migrations.CreateModel(
            name='MembershipTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('source', models.CharField(blank=True, max_length=20)),
                ('target', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True)),
                ('facts', models.JSONField(default=dict)),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.membership')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('principal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.membership')),
            ],
        ),
    ]
