from django.db import migrations, models

from lianti.kernel.migrations import _filling as filling


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_what_lists_go_by'),
        ('ledger', '0002_walls'),
    ]

    operations = [
        migrations.AddField(
            model_name='accounttransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='checktransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='closingtransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='entrytransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='linktransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='printtransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='publicationtransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='sheettransition',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        filling.versions('ledger_accounttransition'),
        filling.versions('ledger_checktransition'),
        filling.versions('ledger_closingtransition'),
        filling.versions('ledger_entrytransition'),
        filling.versions('ledger_linktransition'),
        filling.versions('ledger_printtransition'),
        filling.versions('ledger_publicationtransition'),
        filling.versions('ledger_sheettransition'),
    ]
