"""What every kind of record is held to, of postings and batches."""

from lianti.contexts.dispatch.models import Attendance, Batch, Posting
from lianti.contexts.dispatch.tests.builders import a_batch, a_posting, fresh, named, sent
from lianti.contexts.dispatch.tests.test_attendance import begun
from lianti.contexts.dispatch.views import attendance, batches, postings
from tests.cast import Cast
from tests.records import DeclarationTests, RecordTests


class TestPostings(DeclarationTests, RecordTests):
    LIST, PAGE = postings.LIST, postings.PAGE

    def make(self, cast: Cast) -> Posting:
        return a_posting(cast)


class TestBatches(DeclarationTests, RecordTests):
    LIST, PAGE = batches.BATCHES, batches.BATCH_PAGE

    def make(self, cast: Cast) -> Batch:
        batch = a_batch(cast)
        named(cast, batch, 2)
        return fresh(sent(cast, batch))


class TestAttendance(DeclarationTests, RecordTests):
    LIST, PAGE = attendance.LIST, attendance.PAGE

    def make(self, cast: Cast) -> Attendance:
        a_posting(cast)
        return begun(cast)
