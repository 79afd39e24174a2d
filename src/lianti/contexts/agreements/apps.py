"""The room of what was promised: agreements, commitments, goals and road maps."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "lianti.contexts.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"
