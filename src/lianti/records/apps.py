"""The room `records`, between the contexts and the kernel."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Registers the tables of what people are in the middle of entering."""

    name = "lianti.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
