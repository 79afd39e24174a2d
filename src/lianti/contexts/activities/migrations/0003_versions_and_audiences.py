from django.db import migrations, models

from lianti.kernel.migrations import _filling as filling


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_what_lists_go_by'),
        ('activities', '0002_walls'),
    ]

    operations = [
        migrations.AddField(
            model_name='activitytransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        filling.versions('activities_activitytransition'),
        filling.audience('activities.activity', 'activities_activity', final=['withdrawn'], day='r.day'),
    ]
