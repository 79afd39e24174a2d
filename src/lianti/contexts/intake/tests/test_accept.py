"""From a signing report to relation, agreement, promise, events, need: each through the room that owns it."""

import pytest
from django.utils.translation import override

from lianti.contexts.activities.models import Activity, ActivityFile
from lianti.contexts.agreements.models import Agreement, AgreementFile, Commitment
from lianti.contexts.intake import queries, services
from lianti.contexts.intake.domain import proposals as found
from lianti.contexts.intake.models import Remembered
from lianti.contexts.intake.tests.builders import (
    COUNTY,
    LEAD,
    NEED,
    PROMISE,
    THIRD,
    accept,
    of,
    proposals,
    read,
    span,
    without_a_bond,
)
from lianti.contexts.ledger.models import Account, Entry
from lianti.contexts.needs.models import Need
from lianti.contexts.network.models import Figure, Institution, Person, Relation
from lianti.kernel import scope
from lianti.kernel.models import JournalEvent
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.lib.names import folded
from tests.cast import AT, Cast, a_person

pytestmark = pytest.mark.django_db


def test_a_network_is_built_from_one_report(cast: Cast) -> None:
    without_a_bond(cast)
    office = cast.supporting.office
    document = read(office)
    page = queries.review(office, document.public_id)
    ticked = tuple(one.public_id for one in page.proposals if one.ticked)
    assert [one.content["name"] for one in page.proposals if one.ticked and one.repeats] == [LEAD, COUNTY]
    with scope.acting(office):
        came = services.accept_all(
            actor=office, at=AT, key="one-click", document_id=document.public_id, proposal_ids=ticked
        )
        again = services.accept_all(
            actor=office, at=AT, key="one-click", document_id=document.public_id, proposal_ids=ticked
        )
    assert came.refused == again.refused == []
    with scope.system():
        relation = Relation.objects.get(state="requested")
        assert (relation.lead_id, relation.member_ids()) == (cast.supporting.id, {cast.county.id})
        assert relation.basis is not None
        paper = Agreement.objects.get()
        assert (paper.state, paper.relation_id) == ("draft", relation.pk)
        assert AgreementFile.objects.get(agreement=paper).file.sha256 == document.digest
        promise = Commitment.objects.get()
        assert (promise.state, promise.text, promise.agreement_id) == ("proposed", PROMISE, paper.pk)
        assert not Account.objects.exists(), "a draft owes nothing yet"
        signing, clinic = Activity.objects.order_by("kind").exclude(kind="x").order_by("-kind")
        assert (signing.kind, signing.giver_id) == ("signing", None)
        assert (clinic.kind, clinic.quantity, clinic.giver_id) == ("free_clinic", 1, cast.supporting.id)
        assert ActivityFile.objects.count() == 2
        assert Entry.objects.get().state == "declared"
        need = Need.objects.get()
        assert (need.stater_id, need.addressed_id, need.tenant_id) == (
            cast.county.id,
            cast.supporting.id,
            office.tenant_id,
        )
        assert need.text == NEED
        assert Figure.objects.get(relation=relation).comparison == "at_least"
        assert not Person.objects.filter(name="林致远").exists(), "a leader is not ticked"
    again = queries.review(office, document.public_id)
    assert {one.state for one in again.proposals if one.public_id in ticked} == {"accepted", "merged"}
    assert all(one.outcome and one.outcome.url for one in again.proposals if one.state == "accepted")


def test_the_same_key_accepts_once(cast: Cast) -> None:
    office = cast.supporting.office
    document = read(office)
    ident = of(document, "event", 1).public_id
    with scope.acting(office):
        first = services.accept(actor=office, at=AT, key="k", proposal_id=ident)
        assert services.accept(actor=office, at=AT, key="k", proposal_id=ident).outcome_id == first.outcome_id
        with pytest.raises(Conflict):
            services.accept(actor=office, at=AT, key="other", proposal_id=ident)
    with scope.system():
        assert Activity.objects.count() == 1
        assert JournalEvent.objects.filter(record=ident, verb="accept").count() == 1


def test_a_new_institution_is_entered_and_remembered_by_its_other_name(cast: Cast) -> None:
    office = cast.supporting.office
    document = read(office)
    ident = of(document, "institution", 2).public_id
    with scope.acting(office):
        services.correct(actor=office, at=AT, key=None, proposal_id=ident, content={"name": "新河县第一人民医院"})
    accept(office, document, "institution", 2)
    with scope.system():
        made = Institution.objects.get(name="新河县第一人民医院")
        learnt = Remembered.objects.get(kind="alias")
        assert (learnt.written, learnt.institution_id, learnt.tenant_id) == (THIRD, made.pk, office.tenant_id)
    known = queries.known(office)
    assert THIRD in next(one.aliases for one in known.institutions if one.reference == made.public_id)
    with scope.acting(office), pytest.raises(Conflict):
        services.correct(actor=office, at=AT, key=None, proposal_id=ident, content={"name": "甲医院"})


def test_what_others_must_do_is_refused_with_who_may(cast: Cast) -> None:
    office = cast.supporting.office
    document = read(office)
    page = queries.review(office, document.public_id)
    theirs = next(one for one in page.proposals if one.content.get("name") == "周衡")
    with override("en"):
        assert "employer" in str(theirs.barred)
    assert not theirs.ticked
    assert "accept" not in theirs.moves
    with pytest.raises(NotAllowed):
        accept(office, document, "person", 1)
    coordinator = cast.supporting.coordinator
    with pytest.raises(NotAllowed):
        accept(coordinator, document, "institution", 2)
    with pytest.raises(NotAllowed):
        accept(cast.supporting.leader, document, "event")
    with pytest.raises(NotFound):
        accept(cast.county.office, document, "event")
    assert of(document, "person", 1).state == "proposed"


@pytest.mark.parametrize("written", ["周衡", "周 衡", "周·衡\u3000"])
def test_a_second_person_of_one_name_in_one_institution_is_not_entered(cast: Cast, written: str) -> None:
    office = cast.county.office
    document = read(office)
    a_person(written, employer=cast.county.institution)
    with pytest.raises(Invalid) as refused:
        accept(office, document, "person", 1)
    assert set(refused.value.fields) == {"name"}
    assert of(document, "person", 1).state == "proposed"
    with scope.system():
        employed = Person.objects.filter(employer=cast.county.institution).values_list("name", flat=True)
        assert [folded(name) for name in employed].count("周衡") == 1


def test_what_is_lacking_is_asked_for(cast: Cast) -> None:
    office = cast.supporting.office
    document = read(office)
    ident = of(document, "event").public_id
    with scope.acting(office):
        services.correct(actor=office, at=AT, key=None, proposal_id=ident, content={"date": "--03-02"})
        with pytest.raises(Invalid) as refused:
            services.accept(actor=office, at=AT, key=None, proposal_id=ident)
        assert set(refused.value.fields) == {"date"}
        with pytest.raises(Invalid):
            services.correct(actor=office, at=AT, key=None, proposal_id=ident, content={"tenant": "1"})
    with pytest.raises(Conflict):
        accept(office, document, "commitment")


def test_corrected_titles_are_remembered(cast: Cast) -> None:
    office = cast.county.office
    document = read(office)
    ident = of(document, "person", 1).public_id
    with scope.acting(office):
        services.correct(actor=office, at=AT, key=None, proposal_id=ident, content={"title": "党委书记、院长"})
    assert queries.known(office).titles == (("院长", "党委书记、院长"),)
    accept(office, document, "person", 1)
    with scope.system():
        assert Person.objects.get(name="周衡").duty == "党委书记、院长"


def test_events_recorded_already_are_offered_for_merging(cast: Cast) -> None:
    office, county = cast.supporting.office, cast.county.office
    accept(office, read(office), "event", 0)
    document = read(county)
    page = queries.review(county, document.public_id)
    signing = next(one for one in page.proposals if one.field == "event" and one.content["kind"] == "signing")
    assert signing.repeats is not None
    assert signing.ticked, "a tick merges"
    with scope.acting(county):
        services.accept_all(
            actor=county, at=AT, key="tick", document_id=document.public_id, proposal_ids=(signing.public_id,)
        )
    assert of(document, "event").state == "merged"
    with scope.system():
        assert Activity.objects.count() == 1
        assert ActivityFile.objects.count() == 1, "the same document is attached once"


def test_a_name_that_hardly_differs_is_offered_but_not_taken_for_the_same(cast: Cast) -> None:
    office = cast.supporting.office
    near = proposals(institutions=(found.Institution("云溪县医院", "supported", found=span(COUNTY)),))
    document = read(office, near)
    line = queries.review(office, document.public_id).proposals[0]
    assert [(one.title, one.same) for one in line.existing] == [(COUNTY, False)]
    assert line.repeats is None
    with scope.acting(office):
        services.merge(
            actor=office, at=AT, key=None, proposal_id=line.public_id, existing_id=cast.county.institution.public_id
        )
    with scope.system():
        assert Remembered.objects.get().written == "云溪县医院"
