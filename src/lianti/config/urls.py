"""All addresses: the one place that reads a context's `urls`."""

from django.urls import include, path

from lianti.lib import rooms

ROOMS = {
    "lianti.records": "",
    "lianti.contexts.accounts": "",
    "lianti.contexts.network": "network/",
    "lianti.contexts.ledger": "",
    "lianti.contexts.papers": "papers/",
    "lianti.contexts.activities": "activities/",
    "lianti.contexts.agreements": "agreements/",
    "lianti.contexts.needs": "needs/",
    "lianti.contexts.intake": "intake/",
    "lianti.contexts.dispatch": "dispatch/",
    "lianti.portal": "",
}

urlpatterns = [
    path(prefix, include(f"{room}.urls")) for room, prefix in ROOMS.items() if rooms.is_on(room.rpartition(".")[2])
]

handler400 = "lianti.portal.errors.bad_request"
handler403 = "lianti.portal.errors.forbidden"
handler404 = "lianti.portal.errors.not_found"
handler500 = "lianti.portal.errors.broken"
