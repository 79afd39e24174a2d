"""Addresses of the room of records."""

from django.urls import URLPattern

app_name = "records"
urlpatterns: list[URLPattern] = []
