"""How much is promised: read, completed on the page, carried into the promise; two promises in one line are two."""

from typing import Any

import pytest

from lianti.contexts.agreements.models import Commitment as Promise
from lianti.contexts.intake import queries, services
from lianti.contexts.intake.domain.proposals import Commitment
from lianti.contexts.intake.models import Document, Proposal
from lianti.contexts.intake.services.amounts import amount_of, parts_of
from lianti.contexts.intake.tests.builders import COUNTY, LEAD, PROMISE, accept, of, proposals, read, span
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid
from tests.cast import AT, Cast, signed_in_client

pytestmark = pytest.mark.django_db


def with_promise(actor: Actor, text: str) -> Document:
    return read(actor, proposals(commitments=(Commitment(LEAD, COUNTY, text, "dispatch", span(PROMISE)),)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("每年选派4名专家到县医院工作", ("4", "person", "year")),
        ("每季度派驻两名医师", ("2", "person", "quarter")),
        ("选派4名专家", ("", "", "")),
        ("每年派驻2名，示范手术12例", ("", "", "")),
        ("每年选派专家", ("", "", "")),
    ],
)
def test_an_amount_is_read_whole_or_not_at_all(text: str, said: tuple[str, str, str]) -> None:
    assert tuple(amount_of("other", text).values()) == said


def test_a_line_with_two_promises_is_two() -> None:
    assert parts_of("每年派驻2名，示范手术不少于12例") == ["每年派驻2名", "每年示范手术不少于12例"]
    assert parts_of("每季度选派专家坐诊带教，每年接收10名骨干免费进修") == [
        "每季度选派专家坐诊带教",
        "每年接收10名骨干免费进修",
    ]
    assert parts_of("每年选派4名专家，到县医院坐诊") == ["每年选派4名专家，到县医院坐诊"]


def test_a_number_that_is_not_read_leaves_the_row_unticked(cast: Cast) -> None:
    office = cast.supporting.office
    document = with_promise(office, "选派4名专家到县医院坐诊")
    line = next(one for one in queries.review(office, document.public_id).proposals if one.field == "commitment")
    assert not line.ticked


def test_amount_unit_and_period_are_completed_on_the_page(cast: Cast) -> None:
    office = cast.supporting.office
    document = with_promise(office, "选派4名专家到县医院坐诊")
    client, row = signed_in_client(office), of(document, "commitment")
    path = f"/intake/{document.public_id}/proposals/{row.public_id}/correct/"
    form = client.get(path).context["form"]
    body: dict[str, Any] = {name: form[name].value() or "" for name in form.fields}
    given = {**body, "kind": "dispatch", "amount": "4"}
    assert client.post(path, {**given, "key": ids.new()}).status_code == 303
    accept(office, document, "agreement")
    with pytest.raises(Invalid) as refused:
        accept(office, document, "commitment")
    assert set(refused.value.fields) == {"unit", "period"}
    unit = amount_units()[0]
    client.post(path, {**given, "unit": unit, "period": "year", "key": ids.new()})
    accept(office, document, "commitment")
    with scope.system():
        made = Promise.objects.get()
    assert (made.amount, made.unit, made.period) == (4, unit, "year")


def amount_units() -> list[str]:
    from lianti.contexts.ledger.queries import kinds

    return [one.code for one in kinds.units_of(kinds.fulfilling_promise("dispatch"))]


def test_a_second_promise_is_parted_by_hand(cast: Cast) -> None:
    office = cast.supporting.office
    document = with_promise(office, "派驻专家并开展手术")
    row = of(document, "commitment")
    with scope.acting(office):
        services.correct(
            actor=office,
            at=AT,
            key=None,
            proposal_id=row.public_id,
            content={"text": "派驻专家"},
            second="每年示范手术12例",
        )
        with pytest.raises(Invalid):
            services.correct(
                actor=office, at=AT, key=None, proposal_id=of(document, "need").public_id, content={}, second="另一条"
            )
    first, second = of(document, "commitment"), of(document, "commitment", 1)
    assert (first.content["text"], second.content["text"]) == ("派驻专家", "每年示范手术12例")
    assert (second.content["giver"], second.content["receiver"], second.state) == (LEAD, COUNTY, "proposed")
    with scope.system():
        assert Proposal.objects.filter(document=document, field="commitment").count() == 2
