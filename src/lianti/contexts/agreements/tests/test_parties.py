"""Promises of an agreement are between its own parties, never all members of the relation (pages.md 1)."""

from typing import Any

import pytest

from lianti.contexts.agreements import tasks
from lianti.contexts.agreements.models import AgreementParty, Commitment, CommitmentTransition
from lianti.contexts.agreements.states import CommitmentState
from lianti.contexts.agreements.tests.builders import an_agreement, promised
from lianti.contexts.agreements.tests.test_pages import signed_form
from lianti.contexts.ledger.models import Account
from lianti.contexts.ledger.states import AccountState
from lianti.contexts.network.models import Institution
from lianti.kernel import scope
from lianti.lib.errors import Invalid
from tests.cast import AT, Cast, a_hospital, a_relation, signed_in_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def others() -> list[Institution]:
    return [a_hospital(f"第{n}县人民医院") for n in (1, 2)]


@pytest.fixture
def relation(cast: Cast, others: list[Institution]) -> Any:
    """A relation of the supporting hospital with three county hospitals."""
    return a_relation(cast.supporting.institution, [cast.county.institution, *others])


def receivers() -> set[int]:
    with scope.system():
        return set(Account.objects.values_list("receiver_id", flat=True))


def test_every_other_party_means_those_that_signed(cast: Cast, relation: Any, others: list[Institution]) -> None:
    form = signed_form(cast, **{"row0-way": "all", "row1-way": "all"})
    form["parties"] = [*form["parties"], others[0].public_id]
    answer = signed_in_client(cast.supporting.office).post(
        f"/agreements/new/signed/?relation={relation.public_id}", form
    )
    assert answer.status_code == 303
    assert receivers() == {cast.county.id, others[0].pk}


def test_a_line_to_a_member_that_did_not_sign_is_marked(cast: Cast, relation: Any, others: list[Institution]) -> None:
    way = f"{cast.supporting.institution.public_id}-{others[0].public_id}"
    answer = signed_in_client(cast.supporting.office).post(
        f"/agreements/new/signed/?relation={relation.public_id}", signed_form(cast, **{"row0-way": way})
    )
    assert answer.status_code == 422
    assert "way" in answer.context["form"].rows[0].errors
    assert receivers() == set()


def test_the_service_refuses_who_is_no_party(cast: Cast, relation: Any, others: list[Institution]) -> None:
    facts = promised(cast, relation_id=relation.pk, receiver_id=others[0].pk)
    with pytest.raises(Invalid) as refusal:
        an_agreement(cast, "draft", facts, relation_id=relation.pk, party_ids=(cast.supporting.id, cast.county.id))
    assert "way" in refusal.value.fields


def test_what_was_opened_wrongly_is_closed_and_its_story_says_why(cast: Cast) -> None:
    an_agreement(cast, "in_force", promised(cast))
    right = an_agreement(cast, "in_force", promised(cast), title="另一份协议")
    with scope.system():
        wrong = Commitment.objects.exclude(agreement=right).get()
        AgreementParty.objects.filter(agreement=wrong.agreement_id, institution=wrong.receiver_id).delete()
        assert list(tasks.between_others()) == [wrong]
    tasks.close_between_others({}, at=AT, task_id=1)
    tasks.close_between_others({}, at=AT, task_id=2)  # again changes nothing
    with scope.system():
        wrong.refresh_from_db()
        assert wrong.state == CommitmentState.ENDED
        assert Account.objects.get(pk=wrong.account_id).state == AccountState.CLOSED
        assert Commitment.objects.get(agreement=right).state == CommitmentState.IN_FORCE
        assert CommitmentTransition.objects.filter(record=wrong).latest("pk").note
