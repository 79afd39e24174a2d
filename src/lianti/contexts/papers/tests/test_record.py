"""What every kind of record is held to, of papers and templates."""

from lianti.contexts.papers.models import IssuedPaper, Template
from lianti.contexts.papers.tests.builders import a_docx, brought, issued
from lianti.contexts.papers.views import papers, templates
from tests.cast import Cast
from tests.records import DeclarationTests, RecordTests


class TestPapers(DeclarationTests, RecordTests):
    LIST, PAGE = papers.LIST, papers.PAGE

    def make(self, cast: Cast) -> IssuedPaper:
        return issued(cast)


class TestTemplates(DeclarationTests, RecordTests):
    LIST, PAGE = templates.LIST, templates.PAGE
    PARTIES = ("supporting",)

    def make(self, cast: Cast) -> Template:
        return brought(cast, a_docx("{{ name }}"))
