"""Files that prove something."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Registers the tables of the evidence room."""

    name = "lianti.contexts.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"
