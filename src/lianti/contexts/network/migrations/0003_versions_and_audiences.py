from django.db import migrations, models

from lianti.kernel.migrations import _filling as filling


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_what_lists_go_by'),
        ('network', '0002_walls'),
    ]

    operations = [
        migrations.AddField(
            model_name='institutiontransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='peoplegrouptransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='persontransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='relationtransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        filling.versions('network_institutiontransition'),
        filling.versions('network_peoplegrouptransition'),
        filling.versions('network_persontransition'),
        filling.versions('network_relationtransition'),
        filling.audience('network.relation', 'network_relation', final=['ended']),
    ]
