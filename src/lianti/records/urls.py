"""Addresses of the room of records."""

from django.urls import path

from lianti.records import saved, views

app_name = "records"
urlpatterns = [
    path("upload-codes/", views.ask, name="codes"),
    path("upload-codes/<ulid:public_id>/", views.code, name="code"),
    path("sought/", saved.sought, name="sought"),
    path("views/", saved.save, name="views"),
    path("views/<ulid:public_id>/", saved.view, name="view"),
    path("views/<ulid:public_id>/forget/", saved.forget, name="forget"),
    path("u/<str:token>/", views.upload, name="upload"),
]
