"""Figures that a job keeps, and who owes, who has gone, who is next by them."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest

from lianti.contexts.dispatch import queries, services, words
from lianti.contexts.dispatch.domain.turns import TurnFacts, turn
from lianti.contexts.dispatch.models import Candidate, Posting
from lianti.contexts.dispatch.services import Licence, QuotaLine
from lianti.contexts.dispatch.states import PostingState
from lianti.contexts.dispatch.tests.builders import (
    a_batch,
    a_candidate,
    a_posting,
    earlier_service,
    fresh,
    listed,
    named,
    sent,
)
from lianti.contexts.dispatch.views import candidates, postings
from lianti.contexts.network import services as network
from lianti.contexts.network.domain import RuleSetDraft, RuleSetFacts
from lianti.kernel import outbox, scope
from lianti.kernel.models import Audience, WorkItem
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, NotAllowed, NotFound
from lianti.lib.roles import Role
from tests.cast import AT, DAY, Cast, a_member, a_person, signed_in_client
from tests.records import DeclarationTests, RecordTests

pytestmark = pytest.mark.django_db


def of(person_id: int) -> Candidate:
    with scope.system():
        return Candidate.objects.get(person=person_id)


class TestCandidates(DeclarationTests, RecordTests):
    LIST, PAGE = candidates.LIST, candidates.PAGE
    PARTIES = ("supporting",)

    def make(self, cast: Cast) -> Candidate:
        row = a_candidate(cast)
        with scope.system():
            Candidate.objects.exclude(pk=row.pk).delete()
        return row


def moved(actor: Actor, verb: str, row: Candidate, **more: Any) -> Candidate:
    with scope.acting(actor):
        return getattr(services, verb)(actor=actor, at=AT, key=None, candidate_id=row.public_id, **more)  # type: ignore[no-any-return]


def names(actor: Actor, show: str = "next", **more: Any) -> list[int]:
    with scope.acting(actor):
        asked = queries.CandidateAsks(show=show, **more)
        rows = candidates.LIST.visible(actor, asked, DAY).all(order=("turn", "last_left", "id"), most=50)
    return [row.person_id for row in rows]


def test_the_order_is_volunteers_then_who_owes_most_then_the_longest_back() -> None:
    stated = [
        TurnFacts(volunteer=True, exempt=False, away=False, lacking=10),
        TurnFacts(volunteer=False, exempt=False, away=False, lacking=300),
        TurnFacts(volunteer=False, exempt=False, away=False, lacking=20),
        TurnFacts(volunteer=True, exempt=False, away=True, lacking=400),
        TurnFacts(volunteer=True, exempt=True, away=False, lacking=400),
    ]
    assert [turn(one) for one in stated] == sorted(turn(one) for one in stated)


def test_kept_days_are_those_of_the_page_and_follow_moves_rules_and_nights(cast: Cast) -> None:
    row = a_posting(cast)
    with scope.system():
        outbox.work(100, AT)
    kept = fresh(row)
    assert (kept.counted_days, kept.counted_on) == (10, DAY)
    with scope.system():
        assert set(Audience.objects.filter(kind="dispatch.posting").values_list("rank", flat=True)) == {10}
    listed(AT + timedelta(days=3))
    assert fresh(row).counted_days == 13
    said = RuleSetFacts("本关系口径", {"shortest": 90}, "纪要", verified=True)
    draft = RuleSetDraft("dispatch", said, scope="relation", relation_id=cast.relation.pk)
    with scope.acting(cast.supporting.office):
        network.enter_rule_set(actor=cast.supporting.office, at=AT, key=None, rule_set=draft)
    before = kept.counted_by
    listed(AT + timedelta(days=3))
    assert fresh(row).counted_days == 0
    assert fresh(row).counted_by != before


def test_the_roster_goes_by_kept_days_and_says_as_of_when(cast: Cast) -> None:
    few, many = a_posting(cast), a_posting(cast)
    desk = cast.county.coordinator
    with scope.acting(desk):
        leave = services.LeaveFacts("personal", date(2026, 3, 3), date(2026, 3, 5))
        services.take_leave(actor=desk, at=AT, key=None, posting_id=few.public_id, leave=leave)
    listed()
    office = cast.supporting.office
    with scope.acting(office):
        page = postings.LIST.page(office, queries.PostingAsks(), DAY, order="counted")
    assert [row.public_id for row in page.items] == [many.public_id, few.public_id]
    assert [row.counted.number for row in page.items] == [10, 2]
    text = signed_in_client(office).get("/dispatch/?order=counted").content.decode()
    assert "03-10" in text


def test_everybody_of_a_house_that_sends_is_listed_and_who_leaves_is_not(cast: Cast) -> None:
    row = a_posting(cast, PostingState.NOMINATED)
    with scope.system():
        idle = a_person(employer=cast.supporting.institution)
        other = a_person(employer=cast.county.institution)
    listed()
    office = cast.supporting.office
    assert {row.person_id, idle.pk} <= set(names(office, "all"))
    assert other.pk not in names(office, "all")
    assert (of(idle.pk).owed, of(idle.pk).lacking, of(row.person_id).away) == (12, 360, True)
    with scope.system():
        type(idle).objects.filter(pk=idle.pk).update(employer=cast.county.institution)
    listed()
    assert of(idle.pk).state == "gone"
    assert idle.pk not in names(office, "never")


def test_who_is_next_is_said_with_its_reasons(cast: Cast) -> None:
    a_posting(cast, PostingState.NOMINATED)
    served = earlier_service(cast)
    with scope.system():
        fresh_one, keen, spared = (a_person(employer=cast.supporting.institution) for _ in range(3))
    listed()
    office = cast.supporting.office
    moved(office, "volunteer", of(keen.pk), day=DAY)
    moved(office, "exempt", of(spared.pk), reason="specialty", basis="省卫健委〔2025〕7号")
    moved(office, "note_candidate", of(fresh_one.pk), applying=2027)
    order = names(office)
    assert order[0] == keen.pk
    assert order.index(fresh_one.pk) < order.index(served.person_id)
    assert spared.pk not in order
    assert names(office, "all", state="exempt") == [spared.pk]
    assert "2027" in queries.why(of(fresh_one.pk), DAY)
    moved(office, "stand_back", of(keen.pk))
    moved(office, "lift_exemption", of(spared.pk))
    assert spared.pk in names(office)


def test_somebody_reads_and_volunteers_themselves_alone(cast: Cast) -> None:
    a_posting(cast, PostingState.NOMINATED)
    one = a_member(Role.EXPERT, cast.supporting.institution)
    other = a_member(Role.EXPERT, cast.supporting.institution)
    listed()
    assert one.person_id is not None
    assert names(one, "all") == [one.person_id]
    assert moved(one, "volunteer", of(one.person_id), day=DAY).volunteered == DAY
    with pytest.raises(NotFound):
        moved(other, "volunteer", of(one.person_id), day=DAY)
    with pytest.raises(NotAllowed):
        moved(one, "exempt", of(one.person_id), reason="other", basis="自己说的")
    with pytest.raises(NotFound):
        moved(cast.county.office, "volunteer", of(one.person_id), day=DAY)


def test_who_is_free_in_a_month_and_of_a_department(cast: Cast) -> None:
    row = a_posting(cast, PostingState.ORDERED)
    with scope.system():
        idle = a_person(employer=cast.supporting.institution, department="骨科")
    listed()
    office = cast.supporting.office
    assert row.person_id not in names(office, "all", free=date(2026, 4, 1))
    assert row.person_id in names(office, "all", free=date(2026, 9, 1))
    assert names(office, "all", department="骨科") == [idle.pk]


def test_quotas_of_departments_stand_beside_who_was_named_for_the_sender_alone(cast: Cast) -> None:
    batch = a_batch(cast)
    with scope.system():
        surgeon = a_person(employer=cast.supporting.institution, department="骨科")
    office = cast.supporting.office
    told: dict[str, Any] = {"actor": office, "at": AT, "key": None, "batch_id": batch.public_id}
    with scope.acting(office):
        services.allot(**told, quotas=[QuotaLine("骨科", 2), QuotaLine("心内科", 1)])
        services.name_people(**told, people=[services.Nominee(surgeon.pk, cast.county.id)])
        found = {one.department: (one.asked, one.named, one.met) for one in queries.quotas_of_year(office, 2026)}
        with pytest.raises(Invalid):
            services.allot(**told, quotas=[QuotaLine("骨科", 2), QuotaLine("骨科", 1)])
    assert found == {"骨科": (2, 1, False), "心内科": (1, 0, False)}
    sent(cast, batch)
    pages = [
        signed_in_client(house).get(f"/dispatch/batches/{batch.public_id}/").content.decode()
        for house in (office, cast.county.coordinator)
    ]
    assert ["心内科" in page for page in pages] == [True, False]


def test_a_licence_warns_and_forbids_nothing(cast: Cast) -> None:
    batch = a_batch(cast)
    (row,) = named(cast, batch, specialty="骨科", licence_until=DAY + timedelta(days=40))
    sent(cast, batch)
    listed()
    office = cast.supporting.office
    licence = Licence("110", "内科专业", None, "")
    moved(office, "note_candidate", of(row.person_id), licence=licence)
    page = signed_in_client(office).get(f"/dispatch/{row.public_id}/").content.decode()
    assert page.count('class="note"') == 2  # it ends before the posting, and its scope is another
    with scope.system():
        items = WorkItem.objects.filter(kind="dispatch.posting", verb="dispatch.licence")
        assert [item.tenant_id for item in items] == [cast.supporting.id]
        Posting.objects.filter(pk=row.pk).update(licence_until=date(2028, 1, 1))
    listed()
    with scope.system():
        assert not WorkItem.objects.filter(verb="dispatch.licence", closed_at=None).exists()


def test_who_has_neither_title_nor_licence_stands_apart_until_something_says_otherwise(cast: Cast) -> None:
    """A house's drivers and clerks are listed too; a title, a licence or a deed brings somebody among those to send."""
    office = cast.supporting.office
    with scope.system():
        doctor = a_person(employer=cast.supporting.institution, title_level="intermediate")
        clerk = a_person(employer=cast.supporting.institution, title_level="")
    a_batch(cast)
    listed()
    for show, there in (("next", doctor), ("never", doctor), ("others", clerk)):
        assert there.pk in names(office, show), show
        assert ({doctor.pk, clerk.pk} - {there.pk}).isdisjoint(names(office, show)), show
    moved(office, "note_candidate", of(clerk.pk), licence=Licence("110", "", None, ""))
    assert clerk.pk in names(office)
    assert clerk.pk not in names(office, "others")
    page = signed_in_client(office).get("/dispatch/people/").content.decode()
    assert str(words.CLINICAL_FIRST) in unescape(page)
    assert "show=others" in page, "the others are one press away"
