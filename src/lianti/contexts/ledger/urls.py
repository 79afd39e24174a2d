"""Addresses of the ledger."""

from django.urls import path

from lianti.contexts.ledger import views
from lianti.contexts.ledger.views import accounts, entries, publishing, sheets, together
from lianti.records import addresses

app_name = "ledger"
urlpatterns = [
    path("ledger/", entries.home, name="home"),
    *addresses.of_list(entries.LIST, "ledger/entries/"),
    *addresses.of_record(entries.PAGE, "ledger/entries/"),
    *addresses.of_list(accounts.LIST, "ledger/accounts/"),
    *addresses.of_record(accounts.PAGE, "ledger/accounts/"),
    *addresses.of_list(sheets.LIST, "ledger/sheets/"),
    path("ledger/sheets/together/", together.together, name="together"),
    path("ledger/sheets/<ulid:public_id>/", sheets.sheet, name="sheet"),
    path("ledger/sheets/<ulid:public_id>/verify/", sheets.verify, name="verify_sheet"),
    path("ledger/sheets/<ulid:public_id>/print/", sheets.print_sheet, name="print_sheet"),
    path("ledger/sheets/<ulid:public_id>/link/", sheets.make_link, name="make_link"),
    path("ledger/sheets/<ulid:public_id>/link/<ulid:link_id>/withdraw/", sheets.withdraw_link, name="withdraw_link"),
    path("ledger/people/<ulid:public_id>/", views.person, name="person"),
    path("ledger/prints/<ulid:public_id>/", views.printed, name="print"),
    path("ledger/prints/<ulid:public_id>/scan/", views.scan, name="scan"),
    path("ledger/prints/<ulid:public_id>/file/", views.scan_file, name="scan_file"),
    path("ledger/scan/<slug:number>/", views.by_number, name="by_number"),
    path("ledger/relations/<ulid:public_id>/publish/", publishing.publish, name="publish"),
    *addresses.of_list(publishing.LIST, "ledger/publications/"),
    *addresses.of_record(publishing.PAGE, "ledger/publications/"),
    path("l/<slug:token>/", views.link, name="link"),
]
