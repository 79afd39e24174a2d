"""What rests on another record of the document goes with it: ticked, held up, refused with a sentence."""

from typing import Any

import pytest

from lianti.contexts.intake import queries, services
from lianti.contexts.intake.domain.proposals import Institution, Person
from lianti.contexts.intake.models import Document
from lianti.contexts.intake.queries import ProposalLine
from lianti.contexts.intake.tests.builders import LEAD, THIRD, of, proposals, read, span, without_a_bond
from lianti.kernel import scope
from lianti.lib.actor import Actor
from tests.cast import AT, Cast, signed_in_client

pytestmark = pytest.mark.django_db


def lines(actor: Actor, document: Document) -> dict[str, ProposalLine]:
    """Return the first line of each sort."""
    found = queries.review(actor, document.public_id).proposals
    return {one.field: one for one in reversed(found)}


def with_a_new_house(cast: Cast) -> Document:
    houses = (Institution(LEAD, "supporter", found=span(LEAD)), Institution(THIRD, "supported", found=span(THIRD)))
    found = proposals(
        institutions=houses, needs=(), commitments=(), people=(Person("周衡", "院长", THIRD, found=span("周衡")),)
    )
    return read(cast.supporting.office, found)


def accept_all(actor: Actor, document: Document, *rows: Any) -> services.Accepted:
    with scope.acting(actor):
        idents = tuple(one.public_id for one in rows)
        return services.accept_all(actor=actor, at=AT, key="k", document_id=document.public_id, proposal_ids=idents)


def test_a_promise_rests_on_its_agreement_and_that_on_the_relation(cast: Cast) -> None:
    without_a_bond(cast)
    office = cast.supporting.office
    document = read(office)
    found = lines(office, document)
    assert found["agreement"].needs == [found["relation"].public_id]
    assert set(found["commitment"].needs) == {found["relation"].public_id, found["agreement"].public_id}
    assert all(found[field].ticked for field in ("relation", "agreement", "commitment"))
    came = accept_all(office, document, found["relation"], found["commitment"])
    assert came.done == [found["relation"].public_id]
    said = str(came.refused[0][1])
    assert found["commitment"].title in said
    assert found["agreement"].title in said


def test_without_script_what_is_left_out_is_named_on_the_page(cast: Cast) -> None:
    without_a_bond(cast)
    office = cast.supporting.office
    document = read(office)
    found = lines(office, document)
    client, path = signed_in_client(office), f"/intake/{document.public_id}/"
    assert f'data-needs="{found["relation"].public_id}"' in client.get(path).content.decode()
    answer = client.post(f"{path}accept/", {"key": "k", "proposal": [found["agreement"].public_id]}, follow=True)
    assert found["agreement"].title in "".join(str(one) for one in answer.context["messages"])
    assert of(document, "agreement").state == "proposed"


def test_what_names_a_new_hospital_rests_on_it_and_is_held_up_with_it(cast: Cast) -> None:
    office = cast.supporting.office
    document = with_a_new_house(cast)
    house = of(document, "institution", 1)
    before = lines(office, document)
    for field in ("relation", "agreement", "event"):
        assert house.public_id in before[field].needs
        assert before[field].ticked
    with scope.acting(office):
        services.reject(actor=office, at=AT, key=None, proposal_id=house.public_id)
    after = lines(office, document)
    for field in ("relation", "agreement", "event", "specialty"):
        assert (after[field].ticked, after[field].tickable) == (False, False), field
    assert any(THIRD in str(words) for words in after["relation"].lacks)


def test_somebody_rests_on_who_employs_them_and_nothing_waits_for_what_is_known(cast: Cast) -> None:
    office = cast.supporting.office
    assert of(with_a_new_house(cast), "institution", 1).public_id in lines(office, the_last(cast))["person"].needs
    county = cast.county.office
    assert lines(county, read(county))["person"].needs == []


def the_last(cast: Cast) -> Document:
    with scope.acting(cast.supporting.office):
        return Document.objects.latest("id")


def test_a_promise_goes_into_no_other_draft_while_its_agreement_is_open(cast: Cast) -> None:
    office = cast.supporting.office
    first = read(office)
    accept_all(office, first, of(first, "agreement"))
    second = read(office, content="另一份文档".encode())
    with scope.acting(office):
        services.correct(
            actor=office, at=AT, key=None, proposal_id=of(second, "agreement").public_id, content={"title": "新协议"}
        )
    came = accept_all(office, second, of(second, "commitment"))
    assert came.done == []
    assert "新协议" in str(came.refused[0][1])
