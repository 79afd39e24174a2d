"""The next data set can be made: today's example still has a short form, and it is small enough to be kept."""

from datetime import date

import pytest

from lianti.contexts.ledger import queries as ledger
from lianti.demo import fill
from lianti.kernel import scope
from lianti.kernel.models import JournalEvent
from tests.upgrade.make import MONTHS, SCALE

MOST_EVENTS = 1500  # hashes do not compress: a set is about as big as its journal


@pytest.mark.slow
@pytest.mark.turns
@pytest.mark.django_db
def test_the_short_example_is_whole_and_small() -> None:
    fill(scale=SCALE, today=date(2026, 11, 23), months=MONTHS)
    with scope.system():
        assert ledger.kept_sums() == ledger.recounted_sums() != {}
        assert 1000 < JournalEvent.objects.count() < MOST_EVENTS
