"""Addresses of needs."""

from django.urls import path

from lianti.contexts.needs import views
from lianti.records import addresses

app_name = "needs"
urlpatterns = [path("new/", views.new, name="new"), *addresses.of_list(views.LIST), *addresses.of_record(views.PAGE)]
