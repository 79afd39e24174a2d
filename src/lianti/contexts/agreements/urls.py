"""Addresses of agreements, promises and goals."""

from django.urls import path

from lianti.contexts.agreements import views
from lianti.records import addresses

app_name = "agreements"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("new/signed/", views.new_signed, name="new_signed"),
    *addresses.of_list(views.LIST),
    *addresses.of_record(views.PAGE),
    path("<ulid:public_id>/promises/", views.promise, name="promise"),
    path("<ulid:public_id>/files/<ulid:file_id>/", views.download, name="file"),
    *addresses.of_list(views.PROMISES, "promises/"),
    *addresses.of_record(views.PROMISE_PAGE, "promises/"),
    path("goals/new/", views.new_goal, name="new_goal"),
    *addresses.of_list(views.GOALS, "goals/"),
    *addresses.of_record(views.GOAL_PAGE, "goals/"),
]
