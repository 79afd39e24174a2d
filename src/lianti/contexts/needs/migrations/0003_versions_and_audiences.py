from django.db import migrations, models

from lianti.kernel.migrations import _filling as filling


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_what_lists_go_by'),
        ('needs', '0002_walls'),
    ]

    operations = [
        migrations.AddField(
            model_name='needtransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        filling.versions('needs_needtransition'),
        filling.audience(
            'needs.need', 'needs_need', final=['closed', 'declined', 'withdrawn'],
            day='r.stated_date', rank='r.priority',
        ),
    ]
