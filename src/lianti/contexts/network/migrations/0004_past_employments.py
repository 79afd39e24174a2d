import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0003_versions_and_audiences'),
    ]

    operations = [
        migrations.CreateModel(
            name='PastEmployment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_date', models.DateField(blank=True, null=True)),
                ('to_date', models.DateField()),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('from_date', None), ('from_date__lte', models.F('to_date')), _connector='OR'), name='network_employment_dates')],
            },
        ),
    ]
