"""What every kind of record is held to, of needs."""

from lianti.contexts.needs import views
from lianti.contexts.needs.models import Need
from lianti.contexts.needs.tests.builders import a_need
from tests.cast import Cast
from tests.records import DeclarationTests, RecordTests


class TestNeeds(DeclarationTests, RecordTests):
    LIST, PAGE = views.LIST, views.PAGE

    def make(self, cast: Cast) -> Need:
        return a_need(cast)
