"""The ledger's room: what is owed, what was given, and how sure we are of it."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "lianti.contexts.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the ledger's worklist cards and the texts of its notices."""
        from lianti.contexts.ledger import panels

        panels.register()
