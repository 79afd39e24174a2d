import django.db.models.deletion
import lianti.contexts.network.states
import lianti.lib.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0001_initial'),
        ('kernel', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('from_date', models.DateField(blank=True, null=True)),
                ('to_date', models.DateField(blank=True, null=True)),
                ('policy_basis', models.CharField(blank=True, default='', max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='Specialty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('kind', models.CharField(max_length=32)),
                ('title', models.CharField(max_length=300)),
                ('number', models.CharField(blank=True, default='', max_length=120)),
                ('date', models.DateField(blank=True, null=True)),
                ('publisher', models.CharField(blank=True, default='', max_length=200)),
                ('medium', models.CharField(blank=True, default='', max_length=120)),
                ('file_id', models.BigIntegerField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [lianti.contexts.network.states.DocumentKind['DIRECTIVE'], lianti.contexts.network.states.DocumentKind['AGREEMENT'], lianti.contexts.network.states.DocumentKind['RESPONSIBILITY_LETTER'], lianti.contexts.network.states.DocumentKind['MINUTES'], lianti.contexts.network.states.DocumentKind['REPORT']])), name='network_document_kind')],
            },
        ),
        migrations.CreateModel(
            name='Institution',
            fields=[
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('state', models.CharField(editable=False, max_length=20)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain', models.CharField(blank=True, editable=False, max_length=64)),
                ('created_at', models.DateTimeField(editable=False)),
                ('tenant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.tenant')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(max_length=80)),
                ('kind', models.CharField(max_length=40)),
                ('level', models.CharField(blank=True, default='', max_length=8)),
                ('region', models.CharField(blank=True, default='', max_length=200)),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['name'], name='network_institution_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [lianti.contexts.network.states.InstitutionKind['HOSPITAL'], lianti.contexts.network.states.InstitutionKind['MATERNAL_CHILD_HOSPITAL'], lianti.contexts.network.states.InstitutionKind['TOWNSHIP_HEALTH_CENTRE'], lianti.contexts.network.states.InstitutionKind['COMMUNITY_HEALTH_CENTRE'], lianti.contexts.network.states.InstitutionKind['HEALTH_AUTHORITY'], lianti.contexts.network.states.InstitutionKind['GOVERNMENT'], lianti.contexts.network.states.InstitutionKind['SUPERVISION_INSTITUTE']])), name='network_institution_kind'), models.CheckConstraint(condition=models.Q(('state__in', [lianti.contexts.network.states.InstitutionState['LISTED'], lianti.contexts.network.states.InstitutionState['CLOSED']])), name='network_institution_state')],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('institution', 'name'), name='network_department_once')],
            },
        ),
        migrations.CreateModel(
            name='InstitutionName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('from_date', models.DateField(blank=True, null=True)),
                ('to_date', models.DateField(blank=True, null=True)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.institution')),
            ],
        ),
        migrations.CreateModel(
            name='InstitutionTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('source', models.CharField(blank=True, max_length=20)),
                ('target', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True)),
                ('facts', models.JSONField(default=dict)),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.institution')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PeopleGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('state', models.CharField(editable=False, max_length=20)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain', models.CharField(blank=True, editable=False, max_length=64)),
                ('created_at', models.DateTimeField(editable=False)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(default=lianti.contexts.network.states.GroupKind['BATCH'], max_length=20)),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('tenant', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [lianti.contexts.network.states.GroupKind['BATCH'], lianti.contexts.network.states.GroupKind['TEAM'], lianti.contexts.network.states.GroupKind['COMMITTEE']])), name='network_group_kind'), models.CheckConstraint(condition=models.Q(('state__in', [lianti.contexts.network.states.GroupState['OPEN'], lianti.contexts.network.states.GroupState['CLOSED']])), name='network_group_state')],
            },
        ),
        migrations.CreateModel(
            name='PeopleGroupTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('source', models.CharField(blank=True, max_length=20)),
                ('target', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True)),
                ('facts', models.JSONField(default=dict)),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.peoplegroup')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('state', models.CharField(editable=False, max_length=20)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain', models.CharField(blank=True, editable=False, max_length=64)),
                ('created_at', models.DateTimeField(editable=False)),
                ('name', models.CharField(max_length=80)),
                ('duty', models.CharField(blank=True, default='', max_length=120)),
                ('title_level', models.CharField(blank=True, default='', max_length=20)),
                ('phone', models.CharField(blank=True, default='', max_length=32)),
                ('hidden_at', models.DateTimeField(blank=True, null=True)),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.department')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('principal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('principal__isnull', False)), fields=('principal',), name='network_person_one_sign_in'), models.CheckConstraint(condition=models.Q(models.Q(('hidden_at__isnull', True), ('state', lianti.contexts.network.states.PersonState['LISTED'])), models.Q(('hidden_at__isnull', False), ('state', lianti.contexts.network.states.PersonState['HIDDEN'])), _connector='OR'), name='network_person_hidden_at')],
            },
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_date', models.DateField()),
                ('to_date', models.DateField(blank=True, null=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.peoplegroup')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('group', 'person', 'from_date'), name='network_group_member_once')],
            },
        ),
        migrations.CreateModel(
            name='PersonTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('source', models.CharField(blank=True, max_length=20)),
                ('target', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True)),
                ('facts', models.JSONField(default=dict)),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('state', models.CharField(editable=False, max_length=20)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain', models.CharField(blank=True, editable=False, max_length=64)),
                ('created_at', models.DateTimeField(editable=False)),
                ('code', models.CharField(max_length=40, unique=True)),
                ('behaviour', models.CharField(max_length=32)),
                ('name', models.CharField(max_length=200)),
                ('from_date', models.DateField(blank=True, null=True)),
                ('to_date', models.DateField(blank=True, null=True)),
                ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('basis', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.document')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.programme')),
                ('tenant', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', [lianti.contexts.network.states.RelationState['REQUESTED'], lianti.contexts.network.states.RelationState['NEGOTIATING'], lianti.contexts.network.states.RelationState['IN_FORCE'], lianti.contexts.network.states.RelationState['ENDED']])), name='network_relation_state'), models.CheckConstraint(condition=models.Q(('behaviour__in', [lianti.contexts.network.states.Behaviour['PAIRED_ASSISTANCE'], lianti.contexts.network.states.Behaviour['TEAM_ASSISTANCE'], lianti.contexts.network.states.Behaviour['CONSORTIUM'], lianti.contexts.network.states.Behaviour['SPECIALTY_ALLIANCE'], lianti.contexts.network.states.Behaviour['UPLIFT_PROJECT'], lianti.contexts.network.states.Behaviour['EXPERT_WORKSTATION'], lianti.contexts.network.states.Behaviour['SERVICE_COOPERATION']])), name='network_relation_behaviour'), models.CheckConstraint(condition=models.Q(('from_date__isnull', True), ('to_date__isnull', True), ('to_date__gte', models.F('from_date')), _connector='OR'), name='network_relation_dates')],
            },
        ),
        migrations.CreateModel(
            name='RelationMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('relation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.relation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('relation', 'institution'), name='network_relation_member_once')],
            },
        ),
        migrations.CreateModel(
            name='RelationTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('source', models.CharField(blank=True, max_length=20)),
                ('target', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True)),
                ('facts', models.JSONField(default=dict)),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.relation')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('code', models.CharField(max_length=120, unique=True)),
                ('loaded_at', models.DateTimeField()),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.document')),
            ],
        ),
        migrations.CreateModel(
            name='LoadedRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=64)),
                ('public_id', models.CharField(db_index=True, max_length=26)),
                ('facts', models.JSONField()),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.source')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'key'], name='network_loaded_key')],
                'constraints': [models.UniqueConstraint(fields=('source', 'kind', 'key'), name='network_loaded_once')],
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('label', models.CharField(max_length=120)),
                ('value', models.DecimalField(decimal_places=4, max_digits=18)),
                ('comparison', models.CharField(blank=True, default='', max_length=12)),
                ('examples', models.JSONField(blank=True, default=list)),
                ('institution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.institution')),
                ('relation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.relation')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.source')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('institution__isnull', False), ('relation__isnull', True)), models.Q(('institution__isnull', True), ('relation__isnull', False)), _connector='OR'), name='network_figure_of_one'), models.CheckConstraint(condition=models.Q(('comparison__in', [lianti.contexts.network.states.Comparison['EXACT'], lianti.contexts.network.states.Comparison['AT_LEAST'], lianti.contexts.network.states.Comparison['AT_MOST'], lianti.contexts.network.states.Comparison['ABOUT']])), name='network_figure_comparison')],
            },
        ),
        migrations.CreateModel(
            name='RelationSpecialty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('relation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.relation')),
                ('specialty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.specialty')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('relation', 'specialty'), name='network_relation_specialty_once')],
            },
        ),
    ]
