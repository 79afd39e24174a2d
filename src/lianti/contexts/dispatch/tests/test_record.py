"""What every kind of record is held to, of postings and batches."""

from lianti.contexts.dispatch.models import Appraisal, Attendance, Batch, Certificate, LeaveSlip, Posting, PresenceCheck
from lianti.contexts.dispatch.tests.builders import a_batch, a_posting, fresh, named, sent
from lianti.contexts.dispatch.tests.proving import a_certificate, an_appraisal
from lianti.contexts.dispatch.tests.test_attendance import begun
from lianti.contexts.dispatch.tests.test_leaves import asked
from lianti.contexts.dispatch.tests.test_presence import checked
from lianti.contexts.dispatch.views import appraisals, attendance, batches, certificates, leaves, postings, presence
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


class TestCertificates(DeclarationTests, RecordTests):
    LIST, PAGE = certificates.LIST, certificates.PAGE

    def make(self, cast: Cast) -> Certificate:
        return a_certificate(cast)


class TestAppraisals(DeclarationTests, RecordTests):
    LIST, PAGE = appraisals.LIST, appraisals.PAGE

    def make(self, cast: Cast) -> Appraisal:
        return an_appraisal(cast)


class TestLeaves(DeclarationTests, RecordTests):
    LIST, PAGE = leaves.LIST, leaves.PAGE

    def make(self, cast: Cast) -> LeaveSlip:
        return asked(cast, a_posting(cast))


class TestPresence(DeclarationTests, RecordTests):
    LIST, PAGE = presence.LIST, presence.PAGE

    def make(self, cast: Cast) -> PresenceCheck:
        return checked(cast.supporting.office, a_posting(cast))
