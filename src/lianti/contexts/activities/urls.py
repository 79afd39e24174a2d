"""Addresses of activities."""

from django.urls import path

from lianti.contexts.activities import views
from lianti.records import addresses

app_name = "activities"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("month/", views.month, name="month"),
    path("week/", views.week, name="week"),
    path("<ulid:public_id>/edit/", views.edit, name="edit"),
    path("<ulid:public_id>/files/<ulid:file_id>/", views.download, name="file"),
    *addresses.of_list(views.LIST),
    *addresses.of_record(views.PAGE),
]
