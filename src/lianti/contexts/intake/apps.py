"""The room of documents: taken in, cleaned, proposed, confirmed by a person."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Gives the portal its entry, cards, notices and search results, and the lower rooms their panels."""

    name = "lianti.contexts.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
