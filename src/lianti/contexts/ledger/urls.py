"""Addresses of the ledger."""

from django.urls import path

from lianti.contexts.ledger import views

app_name = "ledger"
urlpatterns = [
    path("ledger/", views.entries, name="list"),
    path("ledger/entries/<ulid:public_id>/", views.entry, name="entry"),
    path("ledger/entries/<ulid:public_id>/moves/<slug:name>/", views.move, name="move"),
    path("ledger/accounts/<ulid:public_id>/", views.account, name="account"),
    path("ledger/people/<ulid:public_id>/", views.person, name="person"),
    path("ledger/sheets/", views.sheets, name="sheets"),
    path("ledger/sheets/<ulid:public_id>/", views.sheet, name="sheet"),
    path("ledger/sheets/<ulid:public_id>/verify/", views.verify, name="verify_sheet"),
    path("ledger/sheets/<ulid:public_id>/print/", views.print_sheet, name="print_sheet"),
    path("ledger/sheets/<ulid:public_id>/link/", views.make_link, name="make_link"),
    path("ledger/sheets/<ulid:public_id>/link/<ulid:link_id>/withdraw/", views.withdraw_link, name="withdraw_link"),
    path("ledger/prints/<ulid:public_id>/", views.printed, name="print"),
    path("ledger/prints/<ulid:public_id>/scan/", views.scan, name="scan"),
    path("ledger/prints/<ulid:public_id>/file/", views.scan_file, name="scan_file"),
    path("ledger/scan/<slug:number>/", views.by_number, name="by_number"),
    path("ledger/relations/<ulid:public_id>/publish/", views.publish, name="publish"),
    path("ledger/publications/<ulid:public_id>/", views.publication, name="publication"),
    path("l/<slug:token>/", views.link, name="link"),
]
