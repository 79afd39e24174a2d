"""Addresses of agreements and promises."""

from django.urls import path

from lianti.contexts.agreements import views

app_name = "agreements"
urlpatterns = [
    path("", views.agreements, name="list"),
    path("new/", views.new, name="new"),
    path("new/signed/", views.new_signed, name="new_signed"),
    path("<ulid:public_id>/", views.agreement, name="agreement"),
    path("<ulid:public_id>/moves/<slug:name>/", views.move, name="move"),
    path("<ulid:public_id>/promises/", views.promise, name="promise"),
    path("<ulid:public_id>/promises/<ulid:commitment_id>/close/", views.close_promise, name="close_promise"),
    path("<ulid:public_id>/files/<ulid:file_id>/", views.download, name="file"),
    path("relations/<ulid:relation_id>/goals/", views.set_goal, name="set_goal"),
    path("goals/<ulid:goal_id>/moves/<slug:name>/", views.move_goal, name="move_goal"),
]
