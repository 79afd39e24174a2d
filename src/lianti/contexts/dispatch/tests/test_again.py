"""One person with one batch at two places, or twice; and who is asked for a person before the letter."""

from datetime import date
from typing import Any

import pytest

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.models import Batch, Posting
from lianti.contexts.dispatch.tests.builders import END, START, a_batch, named, received, sent
from lianti.contexts.network import queries as network
from lianti.kernel import scope
from lianti.kernel.models import WorkItem
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid
from tests.cast import AT, Cast, House, a_hospital, a_relation, signed_in_client

pytestmark = pytest.mark.django_db


def do(verb: str, actor: Actor, **given: Any) -> Any:
    with scope.acting(actor):
        return getattr(services, verb)(actor=actor, at=AT, key=None, **given)


def rounds(cast: Cast) -> tuple[Batch, House, list[Posting]]:
    """Let one person be sent to two hospitals with one batch."""
    other = House(a_hospital("远山县人民医院"))
    relation = a_relation(cast.supporting.institution, [cast.county.institution, other.institution])
    facts = services.BatchFacts("巡回医疗队", relation.pk, "rounds", START, END)
    batch = do("plan", cast.supporting.office, batch=facts)
    person = cast.supporting.expert.person_id or 0
    named = [services.Nominee(person, place) for place in (cast.county.id, other.id)]
    do("name_people", cast.supporting.office, batch_id=batch.public_id, people=named)
    sent(cast, batch)
    with scope.system():
        return batch, other, list(Posting.objects.filter(batch=batch.pk).order_by("pk"))


def test_one_person_goes_round_to_two_hospitals_with_one_batch(cast: Cast) -> None:
    batch, other, (one, two) = rounds(cast)
    do("report_in", cast.county.coordinator, posting_id=one.public_id, arrived=START)
    do("finish", cast.county.coordinator, posting_id=one.public_id, left=date(2026, 3, 4))
    assert network.groups_of([one.person_id], date(2026, 3, 10))[one.person_id] == {batch.group_id}
    do("report_in", other.coordinator, posting_id=two.public_id, arrived=date(2026, 3, 5))
    do("finish", other.coordinator, posting_id=two.public_id, left=date(2026, 3, 8))
    (group,) = network.membership_of(one.person_id)
    assert (group.from_date, group.to_date) == (date(2026, 2, 25), date(2026, 3, 8))


def test_nobody_reports_in_before_a_day_on_which_they_are_elsewhere(cast: Cast) -> None:
    _batch, other, (one, two) = rounds(cast)
    do("report_in", cast.county.coordinator, posting_id=one.public_id, arrived=date(2026, 3, 5))
    with pytest.raises(Invalid) as refused:
        do("report_in", other.coordinator, posting_id=two.public_id, arrived=date(2026, 3, 3))
    assert "arrived" in refused.value.fields


def test_nobody_is_named_for_two_places_at_once_in_one_go(cast: Cast) -> None:
    other = a_hospital("远山县人民医院")
    relation = a_relation(cast.supporting.institution, [cast.county.institution, other])
    facts = services.BatchFacts("第九批", relation.pk, "long", START, END)
    batch = do("plan", cast.supporting.office, batch=facts)
    named = [services.Nominee(cast.supporting.expert.person_id or 0, place) for place in (cast.county.id, other.pk)]
    with pytest.raises(Invalid) as refused:
        do("name_people", cast.supporting.office, batch_id=batch.public_id, people=named)
    assert "1-person" in refused.value.fields


def test_who_was_called_home_may_come_again_with_the_same_batch(cast: Cast) -> None:
    batch = a_batch(cast)
    one, two = named(cast, batch, 2)
    sent(cast, batch)
    received(cast, batch)
    do("recall", cast.supporting.office, posting_id=one.public_id, left=date(2026, 3, 4), note="急诊缺人")
    successor = services.Successor(one.person_id, date(2026, 3, 9), "调〔2026〕2号")
    do("replace", cast.supporting.office, posting_id=two.public_id, left=date(2026, 3, 8), successor=successor)
    assert [(g.from_date, g.to_date) for g in network.membership_of(one.person_id)] == [
        (date(2026, 3, 5), None), (date(2026, 2, 25), date(2026, 3, 4))
    ]  # fmt: skip


def test_who_is_asked_for_a_head_reads_of_the_person_and_not_of_the_batch(cast: Cast) -> None:
    batch = a_batch(cast, name="尚未公布的一批")
    (row,) = named(cast, batch, duty="head")
    answer = signed_in_client(cast.county.leader).get(f"/dispatch/{row.public_id}/")
    assert answer.status_code == 200
    assert batch.public_id not in answer.content.decode()
    assert batch.name not in answer.content.decode()


def test_what_one_hospital_received_another_still_has_to_receive(cast: Cast) -> None:
    batch, other, (one, _two) = rounds(cast)
    do("report_in", cast.county.coordinator, posting_id=one.public_id, arrived=START)
    with scope.system():
        open_items = WorkItem.objects.filter(kind="dispatch.batch", record_pk=batch.pk, closed_at=None)
        assert list(open_items.values_list("tenant", flat=True)) == [other.id]
