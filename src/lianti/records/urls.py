"""Addresses of the room of records."""

from django.urls import path

from lianti.records import views

app_name = "records"
urlpatterns = [
    path("upload-codes/", views.ask, name="codes"),
    path("upload-codes/<ulid:public_id>/", views.code, name="code"),
    path("u/<str:token>/", views.upload, name="upload"),
]
