"""Accepting, answering, returning, declining, closing and withdrawing needs."""

from datetime import date
from decimal import Decimal

import pytest

from lianti.contexts.activities.tests.builders import an_activity
from lianti.contexts.agreements import queries as agreements
from lianti.contexts.ledger.models import Account
from lianti.contexts.needs import queries, services
from lianti.contexts.needs.models import Need, NeedTransition
from lianti.contexts.needs.states import NeedState
from lianti.contexts.needs.tests.builders import a_need, a_plan, facts
from lianti.kernel import notices, scope, worklist
from lianti.kernel.models import OutboxTask
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cast import AT, Cast, the_system

pytestmark = pytest.mark.django_db


def account_of(need: Need) -> Account:
    with scope.system():
        return Account.objects.get(source_kind="needs.need", source_id=need.pk)


def told(key: str) -> set[int]:
    with scope.system():
        tasks = OutboxTask.objects.filter(name="notices.deliver")
        return {task.payload["tenant"] for task in tasks if task.payload["text"] == key}


def the(actor: Actor, need: Need) -> Need:
    """Find a need as its page does."""
    found: Need = queries.KIND.visible(actor).one(need.public_id)
    return found


def test_acceptance_opens_an_account_with_the_accepting_hospital_as_giver(cast: Cast) -> None:
    need = a_need(cast, NeedState.ACCEPTED, amount=Decimal(6), unit="session", wanted_by=date(2026, 9, 30))
    account = account_of(need)
    assert (account.giver_id, account.receiver_id) == (cast.supporting.id, cast.county.id)
    assert (account.amount, account.unit, account.per) == (Decimal(6), "session", "once")
    assert (account.from_date, account.to_date) == (date(2026, 3, 10), date(2026, 9, 30))
    assert "lecture" in account.kinds
    assert need.account_id == account.pk


def test_help_given_before_the_papers_counts_from_the_day_the_need_was_stated(cast: Cast) -> None:
    need = a_need(cast)
    an_activity(cast, quantity=Decimal(2), day=date(2026, 3, 10))
    office = cast.supporting.office
    with scope.acting(office):
        services.accept(actor=office, at=AT, key=None, need_id=need.public_id)
        progress = agreements.progress(office, [need.pk], today=AT.date(), source_kind="needs.need")
    assert progress[need.pk].entries == 1


def test_later_end_of_the_plan_keeps_the_account_open_for_it(cast: Cast) -> None:
    need = a_need(cast, NeedState.ANSWERED, wanted_by=date(2026, 5, 1))
    assert account_of(need).to_date == date(2026, 6, 30)
    with scope.acting(cast.supporting.office):
        services.answer(
            actor=cast.supporting.office,
            at=AT,
            key=None,
            need_id=need.public_id,
            plan=a_plan(text="提前完成", to_date=date(2026, 4, 1)),
        )
    assert account_of(need).to_date == date(2026, 5, 1)


def test_plan_names_people_and_may_be_changed(cast: Cast) -> None:
    need = a_need(cast, NeedState.ANSWERED)
    with scope.acting(cast.county.coordinator):
        page = queries.need_page(cast.county.coordinator, the(cast.county.coordinator, need))
    assert [str(name) for name in page.people] == ["张医生"]
    assert (page.need.plan_text, page.need.plan_to) == ("派两人驻点带教三个月", date(2026, 6, 30))


def test_plan_without_words_or_with_turned_dates_is_refused(cast: Cast) -> None:
    need = a_need(cast, NeedState.ACCEPTED)
    for plan, field in ((a_plan(text=" "), "plan_text"), (a_plan(to_date=date(2026, 3, 1)), "plan_to")):
        with pytest.raises(Invalid) as refused, scope.acting(cast.supporting.office):
            services.answer(actor=cast.supporting.office, at=AT, key=None, need_id=need.public_id, plan=plan)
        assert field in refused.value.fields


def test_only_the_stater_closes_and_the_account_closes_with_it(cast: Cast) -> None:
    need = a_need(cast, NeedState.ANSWERED)
    with pytest.raises(NotAllowed), scope.acting(cast.supporting.office):
        services.close(actor=cast.supporting.office, at=AT, key=None, need_id=need.public_id)
    with scope.acting(cast.county.leader):
        services.close(actor=cast.county.leader, at=AT, key=None, need_id=need.public_id)
    assert account_of(need).state == "closed"
    with pytest.raises(Conflict), scope.acting(cast.county.leader):
        services.close(actor=cast.county.leader, at=AT, key=None, need_id=need.public_id)


@pytest.mark.parametrize("verb", ["return_", "decline"])
def test_return_and_decline_want_a_reason(cast: Cast, verb: str) -> None:
    need = a_need(cast)
    with pytest.raises(Invalid) as refused, scope.acting(cast.supporting.leader):
        getattr(services, verb)(actor=cast.supporting.leader, at=AT, key=None, need_id=need.public_id, note="")
    assert "note" in refused.value.fields


def test_every_move_tells_the_other_side(cast: Cast) -> None:
    a_need(cast, NeedState.CLOSED)
    a_need(cast, NeedState.RETURNED)
    a_need(cast, NeedState.DECLINED)
    a_need(cast, NeedState.WITHDRAWN)
    county, supporting = {cast.county.id}, {cast.supporting.id}
    for key in ("accepted", "answered", "returned", "declined"):
        assert told(f"needs.{key}") == county, key
    for key in ("stated", "closed", "withdrawn"):
        assert told(f"needs.{key}") == supporting, key


def test_hospital_is_told_what_was_entered_in_its_name(cast: Cast) -> None:
    office = cast.supporting.office
    with scope.acting(office):
        services.state(actor=office, at=AT, key=None, need=facts(cast))
    assert told("needs.stated") == {cast.county.id}


def test_notice_reads_in_words_and_leads_to_the_need(cast: Cast) -> None:
    from lianti.kernel import outbox

    need = a_need(cast)
    with scope.system():
        outbox.work(50, AT)
    with scope.acting(cast.supporting.office):
        (notice,) = [n for n in notices.inbox(cast.supporting.office) if n.text_key == "needs.stated"]
        assert cast.county.institution.short_name in notices.words(notice)
        assert notices.link(notice) == f"/needs/{need.public_id}/"


def test_worklist_card_leads_to_the_need(cast: Cast) -> None:
    need = a_need(cast)
    with scope.acting(cast.supporting.office):
        found = [w for w in worklist.items(cast.supporting.office) if w.item.kind == "needs.need"]
    assert [waiting.card.url for waiting in found] == [f"/needs/{need.public_id}/"]
    assert found[0].card.sides.startswith(cast.county.institution.short_name)


def test_stranger_and_other_hospitals_know_nothing_of_a_need(cast: Cast) -> None:
    need = a_need(cast)
    for actor in (cast.stranger.office, cast.authority.health_authority):
        with pytest.raises(NotFound), scope.acting(actor):
            the(actor, need)


def adopted(cast: Cast, state: str, actor: Actor | None = None) -> Need:
    with scope.system():
        return services.adopt_need(
            actor=actor or the_system(),
            at=AT,
            key=None,
            source="新闻 2024-07-05",
            need=facts(cast, stated_date=date(2024, 7, 3), group=ids.new()),
            state=state,
        )


def test_adopted_need_keeps_its_day_and_has_one_move(cast: Cast) -> None:
    need = adopted(cast, NeedState.STATED)
    assert (need.stated_date, need.tenant_id) == (date(2024, 7, 3), cast.county.id)
    with scope.acting(cast.county.coordinator):
        (move,) = NeedTransition.objects.filter(record=need)
    assert (move.name, move.note) == ("adopt", "新闻 2024-07-05")
    assert told("needs.stated") == set()


def test_adopted_accepted_need_has_its_account(cast: Cast) -> None:
    need = adopted(cast, NeedState.ACCEPTED)
    assert account_of(need).pk == need.account_id
