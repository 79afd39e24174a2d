"""What nobody can do who should not: verify their own side by a link, a borrowed seat or a form that is stale."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from lianti.contexts.accounts import queries as accounts_queries
from lianti.contexts.accounts import services as accounts
from lianti.contexts.ledger import rules, services
from lianti.contexts.ledger.models import Entry, MonthSheet
from lianti.contexts.ledger.tests.recount import sums_are_kept
from lianti.contexts.ledger.tests.stage import Stage, fresh, seen
from lianti.contexts.ledger.tests.test_paper import book, printed
from lianti.contexts.network import services as network
from lianti.contexts.network.models import Person, Relation
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.lib.roles import Role
from tests import cast


def sheet() -> MonthSheet:
    found = seen(MonthSheet).order_by("id").first()
    assert found is not None
    return found


# Links --------------------------------------------------------------------------------------------


def through_a_link(stage: Stage, by: Actor, **more: object) -> Entry:
    """Let `by` make a link to the one sheet, and whoever has link and code confirm it."""
    entry = stage.declare()
    host = cast.a_person(employer=stage.houses["K"], phone="13900002222")
    made = services.make_link(actor=by, at=stage.at, key=None, sheet_id=sheet().pk, person_id=host.pk)
    services.use_link(
        token=made.token, code=made.code, at=stage.at, key=None, seen={entry.public_id: entry.version}, **more
    )
    return fresh(entry)


def test_v01_a_link_whose_code_the_givers_side_saw_counts_as_paper_and_is_marked(stage: Stage) -> None:
    found = through_a_link(stage, stage.office)
    assert (found.state, found.level, found.via) == ("counted", 1, "link_giver")
    sums_are_kept()


def test_v01_a_link_of_the_receivers_own_desk_gives_verified_online(stage: Stage) -> None:
    found = through_a_link(stage, stage.desk)
    assert (found.state, found.level, found.via) == ("counted", 2, "link")


def test_v01_a_lower_figure_through_the_givers_link_is_paper_too(stage: Stage) -> None:
    entry = stage.declare(quantity=3)
    host = cast.a_person(employer=stage.houses["K"], phone="13900002222")
    made = services.make_link(actor=stage.office, at=stage.at, key=None, sheet_id=sheet().pk, person_id=host.pk)
    marks = services.Exceptions(lowered={entry.public_id: (Decimal(2), "少一场")})
    told = {"token": made.token, "code": made.code, "at": stage.at, "key": None, "exceptions": marks}
    services.use_link(**told, seen={entry.public_id: entry.version})
    found = fresh(entry)
    assert (found.quantity, found.level, found.via) == (2, 1, "link_giver")
    sums_are_kept()


def test_v01_what_the_givers_link_confirmed_the_receiver_still_verifies_online(stage: Stage) -> None:
    found = through_a_link(stage, stage.office)
    assert stage.verify(found).level == 2


def test_v01_the_page_tells_the_giver_what_the_code_is_worth(stage: Stage) -> None:
    stage.today = timezone.localdate()
    stage.declare()
    host = cast.a_person(employer=stage.houses["K"], phone="13900002222")
    pages = {}
    for name, actor in (("giver", stage.office), ("receiver", stage.desk)):
        client = cast.signed_in_client(actor)
        page = client.post(f"/ledger/sheets/{sheet().public_id}/link/", {"person": host.pk, "key": name})
        assert page.status_code == 200, page.content.decode()
        pages[name] = page.context["told_by_giver"]
    assert pages == {"giver": True, "receiver": False}


# An authority's powers ----------------------------------------------------------------------------


def objected(stage: Stage) -> Entry:
    entry = stage.declare(kind="outpatient", quantity=10)
    services.lower(
        actor=stage.coordinator, at=stage.at, key=None, entry_id=entry.pk, quantity=Decimal(8), note="少两例"
    )
    services.object_(actor=stage.expert, at=stage.at, key=None, entry_id=entry.pk, note="十例有据")
    return fresh(entry)


def named(stage: Stage, authority: int | None) -> Relation:
    """Let the giver alone make a relation that names an authority."""
    draft = network.RelationDraft(
        "自立", "paired_assistance", stage.id("P"), (stage.id("K"),), authority_id=authority, from_date=cast.SINCE
    )
    made = network.request_relation(actor=stage.office, at=stage.at, key=None, relation=draft)
    network.put_in_force(actor=stage.office, at=stage.at, key=None, relation_id=made.public_id, from_date=cast.SINCE)
    return made


def test_v02_a_giver_is_no_authority_over_its_own_entries(stage: Stage) -> None:
    named(stage, stage.id("P"))
    entry = objected(stage)
    with pytest.raises(Conflict):
        services.refer(actor=stage.office, at=stage.at, key=None, entry_id=entry.pk)
    with pytest.raises(NotAllowed):
        services.settle(
            actor=stage.office, at=stage.at, key=None, entry_id=entry.pk, quantity=Decimal(10), note="按申报"
        )
    assert fresh(entry).quantity == 8


@pytest.mark.parametrize("kind", ["hospital", "health_authority"])
def test_v02_whoever_has_not_confirmed_the_relation_or_is_no_authority_judges_nothing(stage: Stage, kind: str) -> None:
    house = cast.an_institution(kind, f"某{kind}")
    relation = named(stage, house.pk)
    judge = cast.a_member(Role.OFFICE, house)
    stage.account(relation_id=relation.pk)
    entry = stage.declare()
    stage.verify(entry)
    draw = {"actor": judge, "at": stage.at, "key": None, "giver_id": stage.id("P"), "receiver_id": stage.id("K")}
    with pytest.raises(NotAllowed):
        services.spot_draw(**draw, month=stage.today, count=1)
    network.confirm_relation(actor=judge, at=stage.at, key=None, relation_id=relation.public_id)
    network.confirm_relation(actor=stage.coordinator, at=stage.at, key=None, relation_id=relation.public_id)
    if kind == "hospital":
        with pytest.raises(NotAllowed):
            services.spot_draw(**draw, month=stage.today, count=1)
        return
    with scope.acting(judge):
        assert len(services.spot_draw(**draw, month=stage.today, count=1)) == 1


def test_v07_an_authority_named_before_it_confirmed_is_laid_nothing_before(stage: Stage) -> None:
    house = cast.a_health_authority("某县卫生健康局")
    relation = named(stage, house.pk)
    network.confirm_relation(actor=stage.desk, at=stage.at, key=None, relation_id=relation.public_id)
    judge = cast.a_member(Role.HEALTH_AUTHORITY, house)
    entry = objected(stage)
    settling = {"actor": judge, "at": stage.at, "key": None, "entry_id": entry.pk, "quantity": Decimal(9)}
    with pytest.raises(Conflict):
        services.refer(actor=stage.office, at=stage.at, key=None, entry_id=entry.pk)
    with pytest.raises(NotFound):
        services.settle(**settling, note="核实")
    with pytest.raises(NotFound):
        stage.page(judge, entry)
    assert (fresh(entry).state, fresh(entry).quantity, fresh(entry).arbiter_id) == ("objected", 8, None)
    network.confirm_relation(actor=judge, at=stage.at, key=None, relation_id=relation.public_id)
    services.refer(actor=stage.office, at=stage.at, key=None, entry_id=entry.pk)
    assert services.settle(**settling, note="核实").state == "settled"


# Read and press -----------------------------------------------------------------------------------


def form_of(client: Client, entry: Entry, move: str) -> tuple[str, dict[str, str]]:
    """Return where the page's own form of a move would send, and what."""
    page = client.get(f"/ledger/entries/{entry.public_id}/").content.decode()
    ((address, form),) = re.findall(rf'<form[^>]*action="([^"]*/{move}/)"[^>]*>(.*?)</form>', page, re.S)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return address, {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


@pytest.mark.parametrize(
    ("move", "typed"), [("verify", {}), ("lower", {"quantity": "2", "note": "少一场"}), ("return_", {"note": "请补充"})]
)
def test_v03_an_entry_changed_meanwhile_is_not_counted_unseen(stage: Stage, move: str, typed: dict[str, str]) -> None:
    stage.today = timezone.localdate()
    entry = stage.declare(quantity=3)
    client = cast.signed_in_client(stage.coordinator)
    address, sent = form_of(client, entry, move)
    assert "seen" in sent
    services.redeclare(actor=stage.expert, at=stage.at, key=None, entry_id=entry.pk, quantity=Decimal(99999))
    answer = client.post(address, {**sent, **typed})
    assert answer.status_code == 409
    assert (fresh(entry).state, fresh(entry).quantity) == ("declared", 99999)


def test_v03_an_objection_is_not_settled_over_an_entry_changed_meanwhile(stage: Stage) -> None:
    stage.today = timezone.localdate()
    entry = objected(stage)
    client = cast.signed_in_client(stage.desk)
    address, sent = form_of(client, entry, "settle")
    house = cast.a_health_authority("某县卫生健康局")
    cast.a_relation(stage.houses["P"], [stage.houses["K"]], authority=house)
    services.refer(actor=stage.office, at=stage.at, key=None, entry_id=entry.pk)
    before = fresh(entry)
    assert client.post(address, {**sent, "quantity": "10", "note": "商定"}).status_code == 409
    now = fresh(entry)
    assert (now.state, now.quantity, now.version) == (before.state, before.quantity, before.version)
    assert now.state != "settled"
    sums_are_kept()


# A borrowed seat ----------------------------------------------------------------------------------


def reset(desk: Actor, member: Actor) -> None:
    (seat,) = (held.public_id for held in accounts_queries.memberships(member.principal_id, timezone.localdate()))
    accounts.reset_password(actor=desk, at=timezone.now(), key=None, membership_id=seat)


def test_v12_who_reset_a_password_is_the_same_hand(stage: Stage) -> None:
    entry = stage.declare(sides="P>K", by="desk", people=[])
    with pytest.raises(NotAllowed):
        stage.verify(entry, by="desk")
    reset(stage.desk, stage.coordinator)
    with pytest.raises(NotAllowed) as refused:
        stage.verify(entry)
    assert "one hand" in str(refused.value.message) or "同一人" in str(refused.value.message)
    assert stage.verify(entry, by="head").level == 2


def test_v12_nor_does_the_resetter_verify_what_the_other_declared(stage: Stage) -> None:
    reset(stage.desk, stage.coordinator)
    entry = stage.declare(by="coordinator", people=[])
    with pytest.raises(NotAllowed):
        stage.verify(entry, by="desk")


def test_v12_the_sheet_says_so_in_words(stage: Stage) -> None:
    stage.today = timezone.localdate()
    stage.declare(by="desk", people=[])
    reset(stage.desk, stage.coordinator)
    page = cast.signed_in_client(stage.coordinator).get(f"/ledger/sheets/{sheet().public_id}/").content.decode()
    assert "one hand" in page or "同一人" in page


def test_v12_whose_first_code_a_desk_was_shown_is_its_hand_too(stage: Stage) -> None:
    entry = stage.declare(by="desk", people=[])
    asked = accounts.Invitation(cast.a_phone(), "新同事", Role.LEADER, cast.SINCE)
    issued = accounts.invite(actor=stage.desk, at=timezone.now(), key=None, invitation=asked)
    seat = issued.membership
    puppet = Actor(seat.principal_id, seat.institution_id, Role.LEADER)
    accounts.accept(actor=puppet, at=timezone.now(), key=None, membership_id=seat.public_id, code=str(issued.code))
    found = accounts_queries.acting(seat.principal_id, seat.public_id, timezone.localdate())
    assert found is not None
    with pytest.raises(NotAllowed):
        services.verify(actor=found, at=stage.at, key=None, entry_id=entry.pk)


def people_of(actor: Actor) -> Person:
    return Person.objects.get(pk=actor.person_id)


def reset_on_the_day(stage: Stage, desk: Actor, member: Actor) -> None:
    (seat,) = (held.public_id for held in accounts_queries.memberships(member.principal_id, stage.today))
    accounts.reset_password(actor=desk, at=stage.at, key=None, membership_id=seat)


def test_n4_what_a_borrowed_seat_declared_the_hand_behind_it_never_verifies(stage: Stage) -> None:
    """'Whoever reset a colleague's password counts as that colleague's hand': also when the seven days are over."""
    stage.today = timezone.localdate() - timedelta(days=30)
    before = stage.declare(by="coordinator", people=[])
    stage.tomorrow()
    reset_on_the_day(stage, stage.desk, stage.coordinator)
    stage.tomorrow(6)
    borrowed = stage.declare(by="coordinator", people=[])
    stage.tomorrow(6)
    after = stage.declare(by="coordinator", people=[])
    with pytest.raises(NotAllowed):
        stage.verify(borrowed, by="desk")
    assert stage.verify(before, by="desk").level == 2
    assert stage.verify(after, by="desk").level == 2
    assert stage.verify(borrowed, by="head").level == 2


def test_n4_a_hand_is_held_to_every_part_of_the_test(stage: Stage) -> None:
    """Days of employment and people groups of whoever reset the password count as those of the verifier."""
    reset(stage.desk, stage.coordinator)
    with scope.system():
        desk, expert = (people_of(who) for who in (stage.desk, stage.expert))
    cast.a_batch(stage.houses["P"], [desk, expert])
    entry = stage.declare()
    with pytest.raises(NotAllowed):
        stage.verify(entry)
    assert stage.verify(entry, by="head").level == 2


def test_n4_the_same_test_applies_to_who_signs_on_paper(stage: Stage) -> None:
    stage.declare(by="desk", people=[])
    paper = printed(stage)
    reset(stage.desk, stage.coordinator)
    with pytest.raises(Invalid):
        book(stage, paper, by="office", signatory=stage.person("coordinator"))
    assert book(stage, paper, by="office", signatory=stage.person("head")).verified


# Who declared it, in between, too -----------------------------------------------------------------


def mended_by_three(stage: Stage) -> Entry:
    """Declared by the coordinator, mended by the desk, declared last by the coordinator again."""
    entry = stage.declare(by="coordinator", people=[])
    for who, number in ((stage.desk, 2), (stage.coordinator, 3)):
        services.redeclare(actor=who, at=stage.at, key=None, entry_id=entry.pk, quantity=Decimal(number))
    return fresh(entry)


def test_n3_who_mended_an_entry_in_between_has_declared_it(stage: Stage) -> None:
    entry = mended_by_three(stage)
    for who in ("desk", "coordinator"):
        with pytest.raises(NotAllowed):
            stage.verify(entry, by=who)
    assert stage.verify(entry, by="head").level == 2


def test_n3_who_declared_it_in_between_neither_books_its_scan_nor_signs_it(stage: Stage) -> None:
    mended_by_three(stage)
    paper = printed(stage)
    with pytest.raises(NotAllowed):
        book(stage, paper, by="desk", signatory=stage.person("head"))
    with pytest.raises(Invalid):
        book(stage, paper, by="office", signatory=stage.person("desk"))
    assert book(stage, paper, by="office", signatory=stage.person("head")).verified


def test_n3_one_more_query_only_where_an_entry_was_moved_before(
    stage: Stage, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    """The hot path stays: an entry that was declared once costs no look into its story."""
    once, mended = stage.declare(by="expert"), mended_by_three(stage)
    for entries, asked in (([fresh(once)], 3), ([fresh(once), mended], 4)):
        with scope.acting(stage.head), django_assert_num_queries(asked):
            rules.refusals(rules.who_is(stage.head), entries)
