"""The room of needs: stated, answered with a plan, closed by who stated them."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "lianti.contexts.needs"
    label = "needs"
    default_auto_field = "django.db.models.BigAutoField"
