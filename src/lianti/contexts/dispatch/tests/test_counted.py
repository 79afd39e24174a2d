"""What a posting counts, by the rules in force: the page says the days, the months, and why some do not count."""

from datetime import date

import pytest

from lianti.contexts.dispatch import queries, services
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.queries import CountedFor
from lianti.contexts.dispatch.tests.builders import a_batch, a_posting, fresh, named, sent
from lianti.contexts.network import services as network
from lianti.contexts.network.domain import RuleSetDraft, RuleSetFacts
from lianti.kernel import scope
from tests.cast import AT, DAY, Cast, signed_in_client

pytestmark = pytest.mark.django_db


def on_leave(cast: Cast, row: Posting, kind: str, first: date, until: date, back: date) -> None:
    desk = cast.county.coordinator
    with scope.acting(desk):
        leave = services.LeaveFacts(kind, first, until)
        services.take_leave(actor=desk, at=AT, key=None, posting_id=row.public_id, leave=leave)
        services.return_from_leave(actor=desk, at=AT, key=None, posting_id=row.public_id, back=back)


def left(cast: Cast, row: Posting, day: date) -> None:
    with scope.acting(cast.county.coordinator):
        services.finish(actor=cast.county.coordinator, at=AT, key=None, posting_id=row.public_id, left=day)


def counted(cast: Cast, row: Posting) -> dict[str, CountedFor]:
    with scope.acting(cast.supporting.office):
        page = queries.posting_page(cast.supporting.office, fresh(row))
        found = queries.counted(cast.supporting.office, page, DAY)
    return {str(one.purpose): one for one in found}


def by_purpose(cast: Cast, row: Posting) -> list[CountedFor]:
    return list(counted(cast, row).values())


def test_leave_and_calls_home_do_not_count_and_the_page_says_by_which_rule(cast: Cast) -> None:
    row = a_posting(cast)
    on_leave(cast, row, "personal", date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5))
    on_leave(cast, row, "called_home", date(2026, 3, 6), date(2026, 3, 6), date(2026, 3, 7))
    left(cast, row, DAY)
    one = by_purpose(cast, row)[0]
    assert one.days == 7
    assert [(span.first, span.last, span.days) for span in one.uncounted] == [
        (date(2026, 3, 3), date(2026, 3, 4), 2),
        (date(2026, 3, 6), date(2026, 3, 6), 1),
    ]
    assert all(span.by is not None for span in one.uncounted)


def test_business_for_the_place_counts(cast: Cast) -> None:
    row = a_posting(cast)
    on_leave(cast, row, "business", date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5))
    left(cast, row, DAY)
    assert by_purpose(cast, row)[0].days == 10


def test_the_same_posting_under_two_rule_sets_gives_two_results_each_with_its_rule(cast: Cast) -> None:
    row = a_posting(cast)
    on_leave(cast, row, "annual", date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5))
    left(cast, row, DAY)
    before = by_purpose(cast, row)[0]
    desk = cast.supporting.office
    said = RuleSetFacts("本关系的认定口径", {"leave": ["annual"], "shortest": 30}, "会议纪要〔2026〕2号", verified=True)
    rules = RuleSetDraft("dispatch", said, scope="relation", relation_id=cast.relation.pk)
    with scope.acting(desk):
        network.enter_rule_set(actor=desk, at=AT, key=None, rule_set=rules)
    after = by_purpose(cast, row)[0]
    assert (before.days, after.days) == (8, 0)
    assert {str(span.by.name) for span in after.uncounted if span.by} == {"本关系的认定口径"}
    assert [span.days for span in after.uncounted] == [10]


def test_the_page_shows_it(cast: Cast) -> None:
    row = a_posting(cast)
    on_leave(cast, row, "personal", date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5))
    left(cast, row, DAY)
    for house in (cast.supporting.office, cast.county.coordinator):
        page = signed_in_client(house).get(f"/dispatch/{row.public_id}/").content.decode()
        assert "8 天" in page or "8 days" in page
        assert "2026-03-03" in page


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 3, 1), date(2026, 8, 31), 6),
        (date(2026, 3, 1), date(2026, 8, 30), 5),
        (date(2026, 3, 15), date(2026, 9, 14), 6),
        (date(2026, 3, 15), date(2026, 9, 13), 5),
        (date(2026, 1, 31), date(2026, 2, 27), 1),
        (date(2026, 8, 31), date(2027, 2, 27), 6),
    ],
)
def test_rules_warn_of_what_a_batch_lacks_and_forbid_nothing(cast: Cast, first: date, last: date, months: int) -> None:
    batch = a_batch(cast, from_date=first, to_date=last)
    named(cast, batch, 3)
    with scope.acting(cast.supporting.office):
        page = queries.batch_page(cast.supporting.office, batch)
        found = {str(one.what): one for one in queries.judged(batch, page.relation, AT.date())}
    days = (last - first).days + 1
    told = [(one.found, one.asked, one.met) for one in found.values()]
    assert told == [(3, 5, False), (3, 1, True), (months, 6, months >= 6), (days, days, True)]
    assert sent(cast, batch).state == "ordered"


def test_what_the_rules_ask_of_a_batch_is_read_by_its_sender_alone(cast: Cast) -> None:
    batch = a_batch(cast)
    named(cast, batch, 1)
    sent(cast, batch)
    said = ("认定口径要求", "What the rules ask")
    pages = [
        signed_in_client(house).get(f"/dispatch/batches/{batch.public_id}/").content.decode()
        for house in (cast.supporting.office, cast.county.coordinator)
    ]
    assert [any(one in page for one in said) for page in pages] == [True, False]
