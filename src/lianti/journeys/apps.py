"""Threads that cross contexts: the loader of whole networks, and who hears of what."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Has no tables; it is an app for its words and its subscriptions."""

    name = "lianti.journeys"
    label = "journeys"

    def ready(self) -> None:
        """Subscribe to what the rooms tell."""
        from lianti.journeys import subscriptions  # noqa: F401 - importing is subscribing
