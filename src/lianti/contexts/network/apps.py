"""The network room: who exists, who works where, and who is bound to whom."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "lianti.contexts.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"
