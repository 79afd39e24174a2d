"""Undoing: what acceptance made is withdrawn, unless somebody has built on it."""

import pytest

from lianti.contexts.activities.models import Activity
from lianti.contexts.agreements.models import Agreement, Commitment
from lianti.contexts.intake import queries, services
from lianti.contexts.intake.models import Document
from lianti.contexts.intake.tests.builders import accept, of, read, without_a_bond
from lianti.contexts.ledger.models import Entry
from lianti.contexts.needs import services as needs
from lianti.contexts.needs.models import Need
from lianti.contexts.network.models import Figure, Institution, Person, Relation
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, NotAllowed
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


def undo(actor: Actor, document: Document, field: str, number: int = 0) -> None:
    with scope.acting(actor):
        services.undo(actor=actor, at=AT, key=None, proposal_id=of(document, field, number).public_id)


def test_every_sort_is_taken_back_in_the_other_order(cast: Cast) -> None:
    without_a_bond(cast)
    office = cast.supporting.office
    document = read(office)
    sorts = ("institution", "relation", "specialty", "agreement", "commitment", "event", "need", "figure", "publicity")
    numbers = {"institution": 2, "event": 1}
    for field in sorts:
        accept(office, document, field, numbers.get(field, 0))
    for field in ("relation", "agreement"):
        with pytest.raises(Conflict):
            undo(office, document, field)
    for field in reversed(sorts):
        undo(office, document, field, numbers.get(field, 0))
        assert of(document, field, numbers.get(field, 0)).state == "proposed"
    with scope.system():
        assert set(Relation.objects.values_list("state", flat=True)) == {"ended"}
        assert Agreement.objects.get().state == "ended"
        assert Commitment.objects.get().state == "ended"
        assert Activity.objects.get().state == "withdrawn"
        assert Entry.objects.get().state == "withdrawn"
        assert Need.objects.get().state == "withdrawn"
        assert not Figure.objects.exists()
        assert Institution.objects.get(name="新河县人民医院").state == "closed"
    page = queries.review(office, document.public_id)
    assert not [one for one in page.proposals if one.existing and one.field not in ("institution",)]
    accept(office, document, "institution", 2)
    accept(office, document, "relation")
    accept(office, document, "figure")  # a second figure of a page whose report is known already


def test_what_somebody_took_up_stays(cast: Cast) -> None:
    county, supporting = cast.county.office, cast.supporting.office
    document = read(county)
    accept(county, document, "need")
    with scope.system():
        need = Need.objects.get()
    with scope.acting(supporting):
        needs.accept(actor=supporting, at=AT, key=None, need_id=need.public_id)
    with pytest.raises(Conflict):
        undo(county, document, "need")
    assert of(document, "need").state == "accepted"


def test_a_person_is_hidden_and_shown_again(cast: Cast) -> None:
    office = cast.county.office
    document = read(office)
    accept(office, document, "person", 1)
    undo(office, document, "person", 1)
    with scope.system():
        assert Person.objects.get(name="周衡").hidden_at is not None
    assert "周衡" in [one.content.get("name") for one in queries.review(office, document.public_id).proposals]
    accept(office, document, "person", 1)
    with scope.system():
        assert Person.objects.get(name="周衡").hidden_at is None


def test_rejected_and_merged_come_back_too(cast: Cast) -> None:
    office = cast.supporting.office
    document = read(office)
    lead = of(document, "institution")
    with scope.acting(office):
        services.reject(actor=office, at=AT, key=None, proposal_id=of(document, "need").public_id)
        services.merge(
            actor=office, at=AT, key=None, proposal_id=lead.public_id, existing_id=cast.supporting.institution.public_id
        )
    undo(office, document, "need")
    undo(office, document, "institution")
    assert {of(document, f).state for f in ("need", "institution")} == {"proposed"}
    with pytest.raises(Conflict):
        undo(office, document, "need")


def test_a_document_that_records_rest_on_is_not_dropped_and_a_closed_one_decides_nothing(cast: Cast) -> None:
    office = cast.supporting.office
    document = read(office)
    accept(office, document, "event")
    given = {"actor": office, "at": AT, "key": None, "document_id": document.public_id}
    with scope.acting(office):
        with pytest.raises(Conflict):
            services.drop(**given, note="重复")
        services.close(**given)
        with pytest.raises(Conflict):
            services.undo(actor=office, at=AT, key=None, proposal_id=of(document, "event").public_id)
        services.reopen(**given)
    undo(office, document, "event")
    with scope.acting(office):
        services.drop(**given, note="重复")
    with scope.acting(cast.supporting.leader), pytest.raises(NotAllowed):
        services.reopen(**{**given, "actor": cast.supporting.leader})


def take_back(actor: Actor, document: Document) -> None:
    with scope.acting(actor):
        services.take_back(actor=actor, at=AT, key=None, document_id=document.public_id)


def test_one_move_takes_back_what_the_document_brought(cast: Cast) -> None:
    without_a_bond(cast)
    office = cast.supporting.office
    document = read(office)
    with pytest.raises(Conflict):
        take_back(office, document)
    assert "take_back" not in [one.name for one in queries.review(office, document.public_id).open_moves]
    ticked = tuple(one.public_id for one in queries.review(office, document.public_id).proposals if one.ticked)
    with scope.acting(office):
        services.accept_all(actor=office, at=AT, key="k", document_id=document.public_id, proposal_ids=ticked)
    assert "take_back" in [one.name for one in queries.review(office, document.public_id).open_moves]
    with scope.acting(cast.supporting.leader), pytest.raises(NotAllowed):
        services.take_back(actor=cast.supporting.leader, at=AT, key=None, document_id=document.public_id)
    take_back(office, document)
    page = queries.review(office, document.public_id)
    assert {one.state for one in page.proposals} == {"proposed"}
    assert (page.story[0].name, str(len(ticked)) in page.story[0].note) == ("take_back", True)
    with scope.system():
        assert set(Relation.objects.values_list("state", flat=True)) == {"ended"}
        assert {Agreement.objects.get().state, Commitment.objects.get().state} == {"ended"}
        assert set(Activity.objects.values_list("state", flat=True)) == {"withdrawn"}
        assert Need.objects.get().state == "withdrawn"


def test_nothing_is_taken_back_when_somebody_built_on_a_part(cast: Cast) -> None:
    county, supporting = cast.county.office, cast.supporting.office
    document = read(county)
    for field in ("event", "need"):
        accept(county, document, field)
    with scope.system():
        need = Need.objects.get()
    with scope.acting(supporting):
        needs.accept(actor=supporting, at=AT, key=None, need_id=need.public_id)
    with pytest.raises(Conflict) as refused:
        take_back(county, document)
    assert of(document, "need").content["text"][:20] in str(refused.value.message)
    assert {of(document, field).state for field in ("event", "need")} == {"accepted"}
    with scope.system():
        assert Activity.objects.get().state == "recorded"
