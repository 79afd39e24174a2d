from django.db import migrations, models

from lianti.kernel.migrations import _filling as filling


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_what_lists_go_by'),
        ('agreements', '0002_walls'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreementtransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='commitmenttransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='goaltransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='plantransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='reviewareatransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        filling.versions('agreements_agreementtransition'),
        filling.versions('agreements_commitmenttransition'),
        filling.versions('agreements_goaltransition'),
        filling.versions('agreements_plantransition'),
        filling.versions('agreements_reviewareatransition'),
        filling.audience('agreements.agreement', 'agreements_agreement', final=['ended']),
        filling.audience('agreements.commitment', 'agreements_commitment', final=['ended']),
        filling.audience('agreements.goal', 'agreements_goal', final=['reached', 'dropped']),
        filling.audience('agreements.review_area', 'agreements_reviewarea', final=['replaced']),
        filling.audience('agreements.plan', 'agreements_plan', final=['replaced']),
    ]
