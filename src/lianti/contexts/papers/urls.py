"""Addresses of papers."""

from django.urls import path, register_converter

from lianti.contexts.papers.views import check, papers, templates
from lianti.records import addresses


class CodeConverter:
    """A verification code in groups, as it stands on the paper; a short one after the number of its paper."""

    regex = "[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}|[A-Za-z]{2}-[0-9]{4}-[0-9]{4,6}-[0-9A-Za-z]{8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CodeConverter, "papercode")

app_name = "papers"
urlpatterns = [
    path("check/", check.check, name="check"),
    path("kinds/", templates.kinds, name="kinds"),
    path("kinds/<slug:paper>/", templates.kind, name="kind"),
    path("kinds/<slug:paper>/ours/", templates.ours, name="ours"),
    *addresses.of_list(templates.LIST, "templates/"),
    *addresses.of_record(templates.PAGE, "templates/"),
    path("templates/<ulid:public_id>/file/", templates.file, name="template_file"),
    *addresses.of_list(papers.LIST),
    *addresses.of_record(papers.PAGE),
    path("<ulid:public_id>/print/", papers.printed, name="print"),
    path("<ulid:public_id>/document/", papers.document, name="document"),
    path("<ulid:public_id>/pdf/", papers.pdf, name="pdf"),
    path("<papercode:code>/", check.checked, name="checked"),
]
