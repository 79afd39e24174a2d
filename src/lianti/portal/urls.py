from django.urls import path

from lianti.portal import jobs, offline, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/badge/", views.badge, name="badge"),
    path("inbox/seen/", views.see, name="see"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/stop/", jobs.stop, name="stop_job"),
    path("jobs/<int:pk>/file/", jobs.file, name="job_file"),
    path("network/", views.network, name="network"),
    path("search/", views.search, name="search"),
    path("worker.js", offline.worker, name="worker"),
    path("seat/", offline.seat, name="seat"),
    path("healthz", views.healthz, name="healthz"),
]
