"""Agreements that come in force, and the accounts that open with them."""

from datetime import date
from decimal import Decimal

import pytest

from lianti.contexts.agreements import services
from lianti.contexts.agreements.models import Commitment, CommitmentTransition
from lianti.contexts.agreements.states import AgreementState, CommitmentState
from lianti.contexts.agreements.tests.builders import SINCE, UNTIL, an_agreement, promise, promised
from lianti.contexts.ledger.models import Account
from lianti.contexts.network import services as network
from lianti.kernel import scope
from lianti.lib.errors import Conflict, Invalid, NotAllowed
from tests.cast import AT, Cast, a_relation, the_system

pytestmark = pytest.mark.django_db


def accounts() -> list[Account]:
    with scope.system():
        return list(Account.objects.order_by("id"))


def test_agreement_in_force_opens_an_account_for_each_promise(cast: Cast) -> None:
    an_agreement(cast, AgreementState.IN_FORCE, promised(cast), promised(cast, kind="dispatch", amount=None))
    first, second = accounts()
    assert (first.giver_id, first.receiver_id) == (cast.supporting.id, cast.county.id)
    assert (first.amount, first.unit, first.per) == (Decimal(12), "session", "year")
    assert (first.from_date, first.to_date) == (SINCE, UNTIL)
    assert (second.amount, second.unit) == (None, "")
    with scope.acting(cast.supporting.office):
        assert set(Commitment.objects.values_list("state", flat=True)) == {CommitmentState.IN_FORCE}
        moves = CommitmentTransition.objects.values_list("name", flat=True).order_by("id")
        assert sorted(moves) == ["open", "open", "promise", "promise"]


def test_signed_agreement_opens_no_account_yet(cast: Cast) -> None:
    an_agreement(cast, AgreementState.SIGNED, promised(cast))
    assert accounts() == []


def test_promise_added_to_an_agreement_in_force_opens_at_once(cast: Cast) -> None:
    agreement = an_agreement(cast, AgreementState.IN_FORCE)
    made = promise(cast, promised(cast, from_date=date(2026, 3, 1)), agreement)
    assert made.state == CommitmentState.IN_FORCE
    assert [account.from_date for account in accounts()] == [date(2026, 3, 1)]


def test_ended_agreement_takes_no_promise_and_its_accounts_close(cast: Cast) -> None:
    agreement = an_agreement(cast, AgreementState.ENDED, promised(cast))
    assert [account.state for account in accounts()] == ["closed"]
    with pytest.raises(Conflict):
        promise(cast, promised(cast), agreement)


def test_promise_on_a_basis_document_follows_its_relation(cast: Cast) -> None:
    with scope.system():
        negotiating = a_relation(cast.supporting.institution, [cast.county.institution], state="negotiating")
        system = the_system()
        draft = network.DocumentDraft(title="责任书", kind="responsibility_letter")
        document = network.record_document(actor=system, at=AT, key=None, document=draft)
    office = cast.supporting.office
    made = promise(cast, promised(cast, relation_id=negotiating.pk, basis_id=document.pk))
    assert made.state == CommitmentState.PROPOSED
    assert accounts() == []
    with scope.acting(office):
        network.put_in_force(actor=office, at=AT, key=None, relation_id=negotiating.public_id, from_date=SINCE, note="")
        assert services.open_of_relation(actor=office, at=AT, relation_id=negotiating.pk) == 1
        assert services.open_of_relation(actor=office, at=AT, relation_id=negotiating.pk) == 0
    assert len(accounts()) == 1


def test_jump_from_draft_to_force_is_a_conflict_and_changes_nothing(cast: Cast) -> None:
    agreement = an_agreement(cast)
    with pytest.raises(Conflict), scope.acting(cast.supporting.office):
        services.put_in_force(
            actor=cast.supporting.office, at=AT, key=None, agreement_id=agreement.public_id, from_date=SINCE
        )
    with scope.acting(cast.supporting.office):
        agreement.refresh_from_db()
    assert agreement.state == AgreementState.DRAFT


def test_clinician_puts_nothing_in_force(cast: Cast) -> None:
    agreement = an_agreement(cast, AgreementState.SIGNED)
    with pytest.raises(NotAllowed), scope.acting(cast.county.clinician):
        services.put_in_force(
            actor=cast.county.clinician, at=AT, key=None, agreement_id=agreement.public_id, from_date=SINCE
        )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "lecture"}, "kind"),
        ({"text": ""}, "text"),
        ({"amount": Decimal(-1)}, "amount"),
        ({"period": ""}, "period"),
        ({"unit": "case"}, "unit"),
        ({"from_date": date(2026, 2, 1), "to_date": date(2026, 1, 1)}, "to_date"),
    ],
)
def test_wrong_promise_is_refused_at_its_field(cast: Cast, wrong: dict[str, object], field: str) -> None:
    agreement = an_agreement(cast)
    with pytest.raises(Invalid) as refused:
        promise(cast, promised(cast, **wrong), agreement)
    assert field in refused.value.fields
