from django.urls import path

from lianti.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/badge/", views.badge, name="badge"),
    path("inbox/seen/", views.see, name="see"),
    path("network/", views.network, name="network"),
    path("search/", views.search, name="search"),
    path("healthz", views.healthz, name="healthz"),
]
