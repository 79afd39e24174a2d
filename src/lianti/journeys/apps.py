"""Threads that cross contexts: the loader of whole networks."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Has no tables; it is an app for its catalogue of words."""

    name = "lianti.journeys"
    label = "journeys"
