from django.db import migrations, models

from lianti.kernel.migrations import _filling as filling


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_what_lists_go_by'),
        ('intake', '0002_walls'),
    ]

    operations = [
        migrations.AddField(
            model_name='documenttransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='proposaltransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        filling.versions('intake_documenttransition'),
        filling.versions('intake_proposaltransition'),
    ]
