
import django.db.models.deletion
import lianti.contexts.intake.states
import lianti.lib.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('evidence', '0001_initial'),
        ('kernel', '0002_walls'),
        ('network', '0002_walls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('state', models.CharField(editable=False, max_length=20)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain', models.CharField(blank=True, editable=False, max_length=64)),
                ('created_at', models.DateTimeField(editable=False)),
                ('number', models.CharField(max_length=24, unique=True)),
                ('batch', models.CharField(db_index=True, max_length=26)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('name', models.CharField(max_length=120)),
                ('form', models.CharField(blank=True, default='', max_length=8)),
                ('digest', models.CharField(max_length=64)),
                ('phase', models.CharField(default=lianti.contexts.intake.states.Phase['WAITING'], max_length=12)),
                ('source_text', models.TextField(blank=True, default='')),
                ('clean_text', models.TextField(blank=True, default='')),
                ('cleaned', models.JSONField(default=dict)),
                ('title', models.CharField(blank=True, default='', max_length=300)),
                ('published', models.DateField(null=True)),
                ('medium', models.CharField(blank=True, default='', max_length=120)),
                ('notes', models.JSONField(default=list)),
                ('problem', models.JSONField(default=list)),
                ('extractor', models.CharField(blank=True, default='', max_length=40)),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.file')),
                ('ourselves', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('relation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.relation')),
                ('tenant', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='DocumentTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('source', models.CharField(blank=True, max_length=20)),
                ('target', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True)),
                ('facts', models.JSONField(default=dict)),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.document')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lianti.lib.ids.new, editable=False, max_length=26, unique=True)),
                ('state', models.CharField(editable=False, max_length=20)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain', models.CharField(blank=True, editable=False, max_length=64)),
                ('created_at', models.DateTimeField(editable=False)),
                ('field', models.CharField(max_length=16)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('proposed', models.JSONField(default=dict)),
                ('corrected', models.JSONField(null=True)),
                ('spans', models.JSONField(default=list)),
                ('confidence', models.FloatField(default=0.5)),
                ('why', models.JSONField(default=list)),
                ('ticked', models.BooleanField(default=False)),
                ('outcome_kind', models.CharField(blank=True, default='', max_length=40)),
                ('outcome_id', models.CharField(blank=True, default='', max_length=26)),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.document')),
                ('tenant', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='ProposalTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('source', models.CharField(blank=True, max_length=20)),
                ('target', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True)),
                ('facts', models.JSONField(default=dict)),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.proposal')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Remembered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('written', models.CharField(max_length=200)),
                ('meant', models.CharField(blank=True, default='', max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['tenant', 'state', 'id'], name='intake_document_open'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [lianti.contexts.intake.states.DocumentState['WAITING'], lianti.contexts.intake.states.DocumentState['READ'], lianti.contexts.intake.states.DocumentState['FAILED'], lianti.contexts.intake.states.DocumentState['CLOSED'], lianti.contexts.intake.states.DocumentState['DROPPED']])), name='intake_document_state'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('phase__in', [lianti.contexts.intake.states.Phase['WAITING'], lianti.contexts.intake.states.Phase['READING'], lianti.contexts.intake.states.Phase['CLEANED'], lianti.contexts.intake.states.Phase['PROPOSED']])), name='intake_document_phase'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('state', lianti.contexts.intake.states.DocumentState['DROPPED']), _negated=True), fields=('tenant', 'digest'), name='intake_document_once'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['document', 'position'], name='intake_proposal_of'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['outcome_kind', 'outcome_id'], name='intake_proposal_made'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [lianti.contexts.intake.states.ProposalState['PROPOSED'], lianti.contexts.intake.states.ProposalState['ACCEPTED'], lianti.contexts.intake.states.ProposalState['MERGED'], lianti.contexts.intake.states.ProposalState['REJECTED']])), name='intake_proposal_state'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('field__in', [lianti.contexts.intake.states.Field['INSTITUTION'], lianti.contexts.intake.states.Field['RELATION'], lianti.contexts.intake.states.Field['SPECIALTY'], lianti.contexts.intake.states.Field['AGREEMENT'], lianti.contexts.intake.states.Field['COMMITMENT'], lianti.contexts.intake.states.Field['EVENT'], lianti.contexts.intake.states.Field['PERSON'], lianti.contexts.intake.states.Field['NEED'], lianti.contexts.intake.states.Field['FIGURE'], lianti.contexts.intake.states.Field['PUBLICITY']])), name='intake_proposal_field'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', (lianti.contexts.intake.states.ProposalState['ACCEPTED'], lianti.contexts.intake.states.ProposalState['MERGED'])), _negated=True), models.Q(('outcome_id', ''), _negated=True), _connector='OR'), name='intake_proposal_outcome'),
        ),
        migrations.AddConstraint(
            model_name='remembered',
            constraint=models.UniqueConstraint(fields=('tenant', 'kind', 'written'), name='intake_remembered_once'),
        ),
        migrations.AddConstraint(
            model_name='remembered',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [lianti.contexts.intake.states.Word['ALIAS'], lianti.contexts.intake.states.Word['TITLE'], lianti.contexts.intake.states.Word['OURSELVES']])), name='intake_remembered_kind'),
        ),
    ]
