"""Addresses of needs."""

from django.urls import path

from lianti.contexts.needs import views

app_name = "needs"
urlpatterns = [
    path("", views.needs, name="list"),
    path("new/", views.new, name="new"),
    path("<ulid:public_id>/", views.need, name="need"),
    path("<ulid:public_id>/moves/<slug:name>/", views.move, name="move"),
]
