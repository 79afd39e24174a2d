"""Addresses of activities."""

from django.urls import path

from lianti.contexts.activities import views

app_name = "activities"
urlpatterns = [
    path("", views.activities, name="list"),
    path("new/", views.new, name="new"),
    path("week/", views.week, name="week"),
    path("<ulid:public_id>/", views.activity, name="activity"),
    path("<ulid:public_id>/edit/", views.edit, name="edit"),
    path("<ulid:public_id>/moves/<slug:name>/", views.move, name="move"),
    path("<ulid:public_id>/files/<ulid:file_id>/", views.download, name="file"),
]
