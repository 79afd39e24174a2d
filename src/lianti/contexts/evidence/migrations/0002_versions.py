from django.db import migrations, models

from lianti.kernel.migrations import _filling as filling


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_what_lists_go_by'),
        ('evidence', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='filetransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        filling.versions('evidence_filetransition'),
    ]
