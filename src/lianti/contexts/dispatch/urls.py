"""Addresses of dispatch."""

from django.urls import path

from lianti.contexts.dispatch.views import (
    attendance,
    batches,
    candidates,
    care,
    clinics,
    county,
    drawn,
    past,
    postings,
    rota,
)
from lianti.records import addresses

app_name = "dispatch"
urlpatterns = [
    path("county/", county.here, name="county"),
    path("batches/<ulid:public_id>/papers/<slug:paper>/", drawn.printed, name="batch_paper"),
    path("batches/<ulid:public_id>/papers/<slug:paper>/<int:number>/", drawn.document, name="batch_document"),
    path("batches/new/", batches.new, name="new"),
    *addresses.of_list(batches.BATCHES, "batches/"),
    *addresses.of_record(batches.BATCH_PAGE, "batches/"),
    path("batches/<ulid:public_id>/people/", batches.people_table, name="people_table"),
    path("batches/<ulid:public_id>/letter/", batches.letter, name="letter"),
    *addresses.of_matrix(rota.ROTA, "rota/"),
    path("past/new/", past.new, name="new_past"),
    path("past/lines/", past.lines, name="past_lines"),
    *addresses.of_list(past.LIST, "past/"),
    *addresses.of_record(past.PAGE, "past/"),
    path("past/<ulid:public_id>/files/<ulid:file_id>/", past.download, name="past_file"),
    path("house-list/", care.house_list, name="house_list"),
    path("checks/new/", care.new_check, name="new_check"),
    *addresses.of_list(care.CHECKS, "checks/"),
    *addresses.of_record(care.CHECK_PAGE, "checks/"),
    path("visits/new/", care.new_visit, name="new_visit"),
    *addresses.of_list(care.VISITS, "visits/"),
    *addresses.of_record(care.VISIT_PAGE, "visits/"),
    path("clinics/new/", clinics.new, name="new_clinic"),
    *addresses.of_list(clinics.LIST, "clinics/"),
    *addresses.of_record(clinics.PAGE, "clinics/"),
    path("week/", clinics.week, name="week"),
    path("week/poster/", clinics.poster, name="poster"),
    path("attendance/new/", attendance.new, name="new_month"),
    *addresses.of_list(attendance.LIST, "attendance/"),
    *addresses.of_record(attendance.PAGE, "attendance/"),
    path("attendance/<ulid:public_id>/of/<ulid:posting_id>/", attendance.person, name="person_month"),
    path("attendance/<ulid:public_id>/import/", attendance.taken_from, name="month_import"),
    path("attendance/<ulid:public_id>/print/", attendance.printed, name="month_print"),
    path("attendance/<ulid:public_id>/file/", attendance.file, name="month_file"),
    path("people/quotas/", candidates.quotas, name="quotas"),
    *addresses.of_list(candidates.LIST, "people/"),
    *addresses.of_record(candidates.PAGE, "people/"),
    *addresses.of_list(postings.LIST),
    *addresses.of_record(postings.PAGE),
]
