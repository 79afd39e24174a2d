"""Addresses of documents that were taken in."""

from django.urls import path

from lianti.contexts.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.documents, name="list"),
    path("new/", views.new, name="new"),
    path("batches/<ulid:batch>/", views.batch, name="batch"),
    path("batches/<ulid:batch>/progress/", views.batch_progress, name="batch_progress"),
    path("<ulid:public_id>/", views.document, name="document"),
    path("<ulid:public_id>/progress/", views.progress, name="progress"),
    path("<ulid:public_id>/file/", views.download, name="file"),
    path("<ulid:public_id>/accept/", views.accept, name="accept"),
    path("<ulid:public_id>/moves/<slug:name>/", views.move, name="move"),
    path("<ulid:public_id>/proposals/<ulid:proposal_id>/correct/", views.correct, name="correct"),
    path("<ulid:public_id>/proposals/<ulid:proposal_id>/<slug:name>/", views.decide, name="decide"),
]
