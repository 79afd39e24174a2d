"""A need is seen by who stated it and who was asked."""

from typing import ClassVar

from django.db import migrations

from lianti.kernel import scope


class Migration(migrations.Migration):
    dependencies: ClassVar = [("needs", "0001_initial"), ("kernel", "0002_walls")]
    operations: ClassVar = [
        scope.protect("needs_need", scope.by_audience("needs.need", "needs_need")),
        scope.protect_child("needs_needtransition", "needs_need"),
        scope.protect_child("needs_needperson", "needs_need", "need_id"),
    ]
