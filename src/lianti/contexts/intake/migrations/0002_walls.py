"""A document, what it proposes and what corrections taught are seen by the institution that took it in."""

from typing import ClassVar

from django.db import migrations

from lianti.kernel import scope

OWN = "tenant_id = lianti_tenant()"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("intake", "0001_initial"), ("kernel", "0002_walls")]
    operations: ClassVar = [
        scope.protect("intake_document", OWN),
        scope.protect_child("intake_documenttransition", "intake_document"),
        scope.protect("intake_proposal", OWN),
        scope.protect_child("intake_proposaltransition", "intake_proposal"),
        scope.protect("intake_remembered", OWN),
    ]
