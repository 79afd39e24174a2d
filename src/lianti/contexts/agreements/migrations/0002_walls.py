"""Once made walls; now each room declares them in its `rules.py`, and `lianti migrate` installs them."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("agreements", "0001_initial"), ("kernel", "0002_walls")]
    operations: ClassVar = []
