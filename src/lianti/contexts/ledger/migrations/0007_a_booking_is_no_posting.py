"""The row that counts an entry in an account is a booking; its table stays as it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_who_declared_before")]

    operations = [
        migrations.AlterModelTable("posting", "ledger_posting"),
        migrations.RenameModel("Posting", "Booking"),
    ]
