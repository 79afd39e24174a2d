"""The room of what was done: one record for every activity, wherever it was entered."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "lianti.contexts.activities"
    label = "activities"
    default_auto_field = "django.db.models.BigAutoField"
