"""Who is planned is moved on the rota: the form opens filled, nothing moves before it is sent, over what was shown."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianti.contexts.dispatch.domain.rota import carried
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.queries.drawn import papers_of_batch
from lianti.contexts.dispatch.queries.rota import RotaAsks, rota
from lianti.contexts.dispatch.states import PostingState
from lianti.contexts.dispatch.tests.builders import a_posting, batch_of, fresh
from lianti.contexts.dispatch.words import papers
from lianti.kernel import scope
from tests.cast import AT, Cast, signed_in_client

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(DAYS, st.integers(0, 400), st.integers(-14, 14))
def test_a_stretch_moves_by_whole_months(first: date, more: int, months: int) -> None:
    last = first + timedelta(days=more)
    begin, end = carried(first, last, months)
    assert (begin.year * 12 + begin.month) - (first.year * 12 + first.month) == months
    assert (end.year * 12 + end.month) - (last.year * 12 + last.month) == months
    length = calendar.monthrange(end.year, end.month)[1]
    closes = (last + timedelta(days=1)).day == 1
    assert end.day == (length if closes else min(last.day, length))
    assert begin <= end


db = pytest.mark.django_db


@db
@pytest.mark.parametrize(("state", "move"), [("nominated", "edit"), ("ordered", "adjust")])
def test_the_form_opens_filled_and_nothing_moves_before_it_is_sent(cast: Cast, state: str, move: str) -> None:
    row = a_posting(cast, state)  # 1 March to 31 August
    desk = signed_in_client(cast.supporting.office)
    place = cast.county.institution.public_id
    with scope.acting(cast.supporting.office):
        spot = rota(cast.supporting.office, RotaAsks(since=date(2026, 1, 1)), AT.date()).cells[(place, "2026-03")]
    (link,) = spot.moves.values()
    page = desk.get(f"{link.url}&months=1").content.decode()
    form = page.partition(f'id="move-{move}"')[2].partition("</details>")[0]
    assert 'value="2026-04-01"' in form
    assert 'value="2026-09-30"' in form
    assert f'name="seen" value="{row.version}"' in form
    assert f'open id="move-{move}"' in page
    assert fresh(row).from_date == row.from_date
    typed = {"recipient": place, "from_date": "2026-04-01", "to_date": "2026-09-30", "letter_number": "函〔2026〕7号"}
    url = f"/dispatch/{row.public_id}/moves/{move}/"
    assert desk.post(url, {**typed, "seen": row.version}).status_code == 303
    assert (fresh(row).from_date, fresh(row).to_date) == (date(2026, 4, 1), date(2026, 9, 30))
    # Over the version that was shown: once more is late, and changes nothing.
    assert desk.post(url, {**typed, "from_date": "2026-05-01", "seen": row.version}).status_code == 409
    assert fresh(row).from_date == date(2026, 4, 1)
    late = desk.get(f"{link.url}&months=1").content.decode()
    assert 'role="alert"' in late


@db
def test_the_letter_on_the_change_names_the_new_days(cast: Cast) -> None:
    row = a_posting(cast, "ordered")
    typed = {"from_date": "2026-04-01", "to_date": "2026-09-30", "letter_number": "函〔2026〕7号", "seen": row.version}
    signed_in_client(cast.supporting.office).post(f"/dispatch/{row.public_id}/moves/adjust/", typed)
    with scope.acting(cast.county.office):
        found = papers_of_batch(cast.county.office, batch_of(row).public_id)
    (change,) = [one.content for one in found if one.paper == papers.CHANGE]
    assert change["letter_number"] == "函〔2026〕7号"
    (line,) = change["changes"]
    assert (line["comes"], line["left"]) == ("2026-04-01", "2026-09-30")


@db
def test_who_is_there_or_who_only_receives_moves_nobody(cast: Cast) -> None:
    here, ahead = a_posting(cast), a_posting(cast, "ordered", from_date=date(2026, 4, 1))
    for actor, row in ((cast.supporting.office, here), (cast.county.office, ahead)):
        page = signed_in_client(actor).get(f"/dispatch/{row.public_id}/change/?months=1")
        assert page.status_code == 200
        assert 'id="move-adjust"' not in page.content.decode()
        with scope.acting(actor):
            grid = rota(actor, RotaAsks(since=date(2026, 1, 1)), AT.date())
        moved = {url for spot in grid.cells.values() for url in spot.moves}
        assert f"/dispatch/{row.public_id}/" not in moved
    with scope.system():
        assert set(Posting.objects.values_list("state", flat=True)) == {PostingState.ON_DUTY, PostingState.ORDERED}
    desk = signed_in_client(cast.supporting.office)
    assert desk.get(f"/dispatch/{ahead.public_id}/change/?months=99999").status_code == 404
    elsewhere = desk.get(f"/dispatch/{ahead.public_id}/change/?to={cast.stranger.institution.public_id}")
    assert elsewhere.status_code == 200
