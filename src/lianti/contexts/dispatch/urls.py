"""Addresses of dispatch."""

from django.urls import path

from lianti.contexts.dispatch import views
from lianti.records import addresses

app_name = "dispatch"
urlpatterns = [
    path("batches/new/", views.new, name="new"),
    *addresses.of_list(views.BATCHES, "batches/"),
    *addresses.of_record(views.BATCH_PAGE, "batches/"),
    path("batches/<ulid:public_id>/letter/", views.letter, name="letter"),
    *addresses.of_list(views.LIST),
    *addresses.of_record(views.PAGE),
]
