"""What waits for whom."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from lianti.kernel import notices, outbox, scope, worklist
from lianti.kernel.models import Notice, WorkItem
from lianti.kernel.worklist import Wait
from lianti.lib.dates import end_of, shanghai_day
from lianti.lib.roles import Role
from tests.cast import AT, DAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cards(monkeypatch):
    monkeypatch.setitem(
        worklist._cards, "test.thing", lambda actor, pks: {pk: worklist.Card(f"thing {pk}", f"/{pk}") for pk in pks}
    )


def wait(
    cast: Cast, pk: int, *, due: date | datetime | None = DAY, roles: tuple[Role, ...] = (Role.OFFICE,), **more
) -> None:
    with scope.system():  # no table has this kind, so no wall lets anybody else write of it
        worklist.replace("test.thing", pk, [Wait(cast.county.institution.pk, roles, "do", due, **more)], AT)


def titles(actor, **more) -> list[str]:
    with scope.acting(actor):
        return [str(w.card.title) for w in worklist.items(actor, **more)]


def test_an_item_waits_for_its_roles_at_its_institution(cast: Cast):
    wait(cast, 1)
    assert titles(cast.county.office) == ["thing 1"]
    assert titles(cast.county.clinician) == []
    assert titles(cast.stranger.office) == []


def test_the_earliest_deadline_comes_first_and_none_last(cast: Cast):
    wait(cast, 1, due=None)
    wait(cast, 2, due=DAY + timedelta(days=2))
    wait(cast, 3, due=DAY)
    assert titles(cast.county.office) == ["thing 3", "thing 2", "thing 1"]


def test_more_goes_on_after_the_last_item(cast: Cast):
    for pk in range(1, 6):
        wait(cast, pk, due=DAY if pk < 4 else None)
    with scope.acting(cast.county.office):
        first = worklist.items(cast.county.office, limit=2)
    rest = titles(cast.county.office, after=(first[-1].item.due, first[-1].item.pk))
    assert rest == ["thing 3", "thing 4", "thing 5"]


def test_more_goes_on_among_what_has_no_deadline(cast: Cast):
    for pk in range(1, 5):
        wait(cast, pk, due=DAY if pk == 1 else None)
    with scope.acting(cast.county.office):
        shown = worklist.items(cast.county.office, limit=2)
    assert titles(cast.county.office, after=(shown[-1].item.due, shown[-1].item.pk)) == ["thing 3", "thing 4"]


def test_whose_turn_it_is_is_told_in_words(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(worklist, "_verbs", {"do": "Do it"})
    wait(cast, 1)
    wait(cast, 2)
    with scope.system():
        worklist.replace("test.thing", 2, [], AT)
        (item,) = worklist.waiting_on("test.thing", 1)
        assert worklist.waiting_on("test.thing", 2) == []
    assert (item.tenant_id, worklist.verb_label(item.verb), worklist.verb_label("else")) == (
        cast.county.id, "Do it", "else"
    )  # fmt: skip


def test_a_deadline_that_moves_is_another_item(cast: Cast):
    wait(cast, 1, due=DAY)
    wait(cast, 1, due=DAY + timedelta(days=1))
    with scope.acting(cast.county.office):
        dues = [w.item.due for w in worklist.items(cast.county.office)]
    assert dues == [end_of(DAY + timedelta(days=1))]
    with scope.system():
        assert WorkItem.objects.get(kind="test.thing", closed_at__isnull=False).due == end_of(DAY)


def test_what_is_to_be_done_narrows_the_list(cast: Cast):
    wait(cast, 1)
    with scope.system():
        worklist.replace("test.thing", 2, [Wait(cast.county.id, (Role.OFFICE,), "answer")], AT)
    assert titles(cast.county.office, verb="answer") == ["thing 2"]
    assert titles(cast.county.office, verb="do") == ["thing 1"]


@pytest.mark.parametrize("text", ["Hello %(nobody)s", "Hello %(name)d", "100 %", "Hello %s and %s"])
def test_a_notice_whose_words_cannot_be_filled_is_shown_as_it_stands(text: str):
    notices.register_text("test.unfilled", text)
    assert notices.words(Notice(text_key="test.unfilled", params={"name": "Lin"})) == text


def test_a_notice_that_nobody_knows_any_more_shows_its_key_and_leads_nowhere():
    old = Notice(text_key="test.of-another-age", params={}, kind="test.gone", record="x")
    assert (notices.words(old), notices.link(old)) == ("test.of-another-age", "")


def test_what_no_longer_waits_is_closed_and_the_same_stays(cast: Cast):
    wait(cast, 1)
    wait(cast, 1)
    with scope.system():
        assert WorkItem.objects.filter(kind="test.thing").count() == 1
        worklist.replace("test.thing", 1, [], AT)
    assert titles(cast.county.office) == []


def test_work_of_one_person_is_handed_over(cast: Cast):
    office, coordinator = cast.county.office, cast.county.coordinator
    wait(cast, 1, roles=(), principal_id=office.principal_id)
    assert titles(coordinator) == []
    with scope.acting(office):
        assert worklist.hand_over(office.principal_id, office.tenant_id, coordinator.principal_id) == 1
    assert titles(coordinator) == ["thing 1"]


def test_a_notice_reaches_the_inbox_of_every_bearer_of_the_role_once(cast: Cast):
    office = cast.county.office
    notices.register_text("test.hello", "Hello %(name)s")
    with scope.acting(cast.supporting.office):
        notices.send(
            notices.Tell(office.tenant_id, (Role.OFFICE,), {"name": "Lin"}),
            text_key="test.hello",
            kind="x",
            record="",
            at=AT,
        )
    outbox.work(10, AT)
    with scope.acting(office):
        assert [notices.words(n) for n in notices.inbox(office)] == ["Hello Lin"]
        assert notices.unseen(office) == 1
        assert notices.see(office, AT) == 1
        assert notices.unseen(office) == 0
    with scope.acting(cast.stranger.office):
        assert not notices.inbox(cast.stranger.office)


def test_a_day_lasts_to_its_end_and_a_moment_is_kept(cast: Cast):
    quarter = AT + timedelta(minutes=15)
    wait(cast, 1, due=DAY)
    wait(cast, 2, due=quarter)
    wait(cast, 2, due=quarter)
    with scope.acting(cast.county.office):
        found = {w.item.record_pk: w.item.due for w in worklist.items(cast.county.office)}
    assert found == {1: end_of(DAY), 2: quarter}
    assert shanghai_day(found[1]) == DAY


def test_what_waits_for_a_department_is_not_shown_to_the_others(cast: Cast):
    heads = {unit: replace(cast.county.department_head, unit_id=unit) for unit in (None, 7, 8)}
    wait(cast, 1, roles=(Role.DEPARTMENT_HEAD,), unit=7)
    wait(cast, 2, roles=(Role.DEPARTMENT_HEAD,))
    assert {unit: titles(head) for unit, head in heads.items()} == {
        None: ["thing 1", "thing 2"],
        7: ["thing 1", "thing 2"],
        8: ["thing 2"],
    }
    for head in heads.values():
        with scope.acting(head):
            shown = {w.item.pk for w in worklist.items(head)}
            assert shown == {item.pk for item in WorkItem.objects.all() if worklist.is_for(item, head)}


def test_what_waits_for_a_person_waits_for_nobody_else(cast: Cast):
    office = cast.county.office
    wait(cast, 1, roles=(), principal_id=office.principal_id)
    with scope.acting(office):
        item = WorkItem.objects.get(kind="test.thing")
    assert worklist.is_for(item, office)
    assert not worklist.is_for(item, cast.county.coordinator)
    assert not worklist.is_for(item, replace(office, tenant_id=cast.stranger.id))
