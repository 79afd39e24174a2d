"""The second wall around the kernel's own tables (see lianti.kernel.scope)."""

from typing import ClassVar

from django.db import migrations

from lianti.kernel import scope


class Migration(migrations.Migration):
    dependencies: ClassVar = [("kernel", "0001_initial")]
    operations: ClassVar = [
        scope.roles_step(),
        scope.protect("kernel_notice", "principal_id = lianti_principal()"),
        scope.protect("kernel_answer", "principal_id = lianti_principal()"),
    ]
