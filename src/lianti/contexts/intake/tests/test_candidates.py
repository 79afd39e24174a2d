"""What is offered as being there already: of the same parties only; what is unsure, or several, is never ticked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lianti.contexts.activities import services as activities
from lianti.contexts.activities.models import Activity, ActivityFile
from lianti.contexts.activities.services import ActivityFacts
from lianti.contexts.agreements import services as agreements
from lianti.contexts.agreements.services import AgreementFacts
from lianti.contexts.intake import queries, services
from lianti.contexts.intake.models import Document
from lianti.contexts.intake.queries import ProposalLine
from lianti.contexts.intake.tests.builders import of, read
from lianti.contexts.network import services as network
from lianti.contexts.network.models import Institution
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict
from tests.cast import AT, Cast, a_relation

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def a_clinic(actor: Actor, giver: Institution, *receivers: Institution, **other: Any) -> Activity:
    facts = ActivityFacts(
        **{
            "kind": "free_clinic",
            "day": DAY,
            "giver_id": giver.pk,
            "receiver_ids": tuple(one.pk for one in receivers),
            "quantity": Decimal(1),
            **other,
        }
    )
    with scope.acting(actor):
        return activities.record(actor=actor, at=AT, key=None, activity=facts)


def clinic_of(actor: Actor, document: Document) -> ProposalLine:
    wanted = of(document, "event", 1).public_id
    return next(one for one in queries.review(actor, document.public_id).proposals if one.public_id == wanted)


def accept_ticked(actor: Actor, document: Document, ident: str) -> services.Accepted:
    with scope.acting(actor):
        return services.accept_all(actor=actor, at=AT, key="k", document_id=document.public_id, proposal_ids=(ident,))


def test_help_to_another_receiver_is_not_the_same(cast: Cast) -> None:
    office, giver = cast.supporting.office, cast.supporting.institution
    theirs = a_clinic(office, giver, cast.stranger.institution)
    both = a_clinic(office, giver, cast.county.institution, cast.stranger.institution)
    document = read(office)
    line = clinic_of(office, document)
    assert line.existing == []
    for other in (theirs, both):
        with scope.acting(office), pytest.raises(Conflict):
            services.merge(actor=office, at=AT, key=None, proposal_id=line.public_id, existing_id=other.public_id)
    assert accept_ticked(office, document, line.public_id).done == [line.public_id]
    with scope.system():
        assert not ActivityFile.objects.filter(activity__in=(theirs, both)).exists()
        assert Activity.objects.filter(kind="free_clinic").count() == 3


def test_the_same_giver_and_receiver_on_that_day_is_the_same(cast: Cast) -> None:
    office = cast.supporting.office
    there = a_clinic(office, cast.supporting.institution, cast.county.institution)
    document = read(office)
    line = clinic_of(office, document)
    assert (line.repeats and line.repeats.public_id, line.ticked) == (there.public_id, True)
    accept_ticked(office, document, line.public_id)
    assert of(document, "event", 1).outcome_id == there.public_id


def test_the_day_beside_it_is_unsure_and_unticked(cast: Cast) -> None:
    office = cast.supporting.office
    a_clinic(office, cast.supporting.institution, cast.county.institution, day=date(2026, 3, 1))
    line = clinic_of(office, read(office))
    assert [one.same for one in line.existing] == [False]
    assert (line.ticked, line.tickable) == (False, True)


def test_more_than_one_candidate_is_never_ticked_and_a_tick_takes_none(cast: Cast) -> None:
    office = cast.supporting.office
    for _number in range(2):
        a_clinic(office, cast.supporting.institution, cast.county.institution)
    document = read(office)
    line = clinic_of(office, document)
    assert [one.same for one in line.existing] == [True, True]
    assert (line.ticked, line.tickable, line.repeats) == (False, False, None)
    came = accept_ticked(office, document, line.public_id)
    assert came.done == []
    assert line.title in str(came.refused[0][1])
    with scope.acting(office):
        services.merge(
            actor=office, at=AT, key=None, proposal_id=line.public_id, existing_id=line.existing[1].public_id
        )
    assert of(document, "event", 1).outcome_id == line.existing[1].public_id


def test_an_alliance_of_more_houses_is_not_the_relation_of_two(cast: Cast) -> None:
    office = cast.supporting.office
    a_relation(
        cast.supporting.institution,
        [cast.county.institution, cast.stranger.institution],
        behaviour="specialty_alliance",
    )
    line = next(one for one in queries.review(office, read(office).public_id).proposals if one.field == "relation")
    assert [one.public_id for one in line.existing] == [cast.relation.public_id]
    assert line.ticked


def test_an_agreement_of_other_parties_is_not_offered_and_another_one_of_these_is_unsure(cast: Cast) -> None:
    office, houses = cast.supporting.office, (cast.supporting, cast.county, cast.stranger)
    bond = a_relation(houses[0].institution, [houses[1].institution, houses[2].institution])
    with scope.acting(office):
        network.end_relation(
            actor=office, at=AT, key=None, relation_id=cast.relation.public_id, to_date=AT.date(), note="期满"
        )
        for title, parties in (("去年", houses[:2]), ("别家", (houses[0], houses[2]))):
            facts = AgreementFacts(relation_id=bond.pk, title=title, party_ids=tuple(one.id for one in parties))
            agreements.draft(actor=office, at=AT, key=None, agreement=facts)
    document = read(office)
    line = next(one for one in queries.review(office, document.public_id).proposals if one.field == "agreement")
    assert [(one.title, one.same) for one in line.existing] == [("去年", False)]
    assert not line.ticked
