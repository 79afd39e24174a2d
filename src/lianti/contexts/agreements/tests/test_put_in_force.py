"""Agreements that come in force, and the accounts that open with them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lianti.contexts.agreements import services
from lianti.contexts.agreements.domain import AgreementFacts, GoalFacts
from lianti.contexts.agreements.flow import AGREEMENTS, COMMITMENTS, GOALS
from lianti.contexts.agreements.models import AgreementTransition, Commitment, CommitmentTransition
from lianti.contexts.agreements.states import AgreementState, CommitmentState
from lianti.contexts.agreements.tests.builders import SINCE, UNTIL, an_agreement, promise, promised
from lianti.contexts.ledger import services as ledger
from lianti.contexts.ledger.models import Account
from lianti.contexts.network import services as network
from lianti.contexts.network.models import Institution, Relation
from lianti.kernel import outbox, scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.lib.roles import Role
from tests.cast import AT, Cast, a_health_authority, a_hospital, a_member, a_relation, the_system

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


def alone(cast: Cast, *members: Institution, authority: Institution | None = None) -> Relation:
    """Let the supporting hospital alone put a relation in force."""
    office = cast.supporting.office
    draft = network.RelationDraft(
        "自立",
        "paired_assistance",
        cast.supporting.id,
        tuple(one.pk for one in members),
        authority_id=authority.pk if authority else None,
    )
    made = network.request_relation(actor=office, at=AT, key=None, relation=draft)
    by = {"actor": office, "at": AT, "key": None, "relation_id": made.public_id}
    network.put_in_force(**by, from_date=SINCE)
    return made


def work() -> None:
    """Let the worker do what was asked for."""
    with scope.system():
        while outbox.work(50, AT + timedelta(minutes=1)):
            pass


def test_an_account_opens_when_its_party_confirms_and_no_other(cast: Cast) -> None:
    third = a_hospital("第三县人民医院")
    relation = alone(cast, cast.county.institution, third)
    with scope.system():
        draft = network.DocumentDraft(title="责任书", kind="responsibility_letter")
        paper = network.record_document(actor=the_system(), at=AT, key=None, document=draft)
    for receiver in (cast.county.id, third.pk):
        made = promise(cast, promised(cast, relation_id=relation.pk, basis_id=paper.pk, receiver_id=receiver))
        assert made.state == CommitmentState.PROPOSED
    work()
    assert accounts() == [], "nobody but the lead has said yes"
    by = {"at": AT, "key": None, "relation_id": relation.public_id}
    network.confirm_relation(actor=cast.county.office, **by)
    work()
    assert [account.receiver_id for account in accounts()] == [cast.county.id]
    network.confirm_relation(actor=a_member(Role.OFFICE, third), **by)
    work()
    assert [account.receiver_id for account in accounts()] == [cast.county.id, third.pk]


def test_an_authority_named_before_it_confirmed_sees_nothing_and_is_published_nothing(cast: Cast) -> None:
    health = a_health_authority("某县卫生健康局")
    relation = alone(cast, cast.county.institution, authority=health)
    network.confirm_relation(actor=cast.county.office, at=AT, key=None, relation_id=relation.public_id)
    watcher, office = a_member(Role.HEALTH_AUTHORITY, health), cast.supporting.office
    an_agreement(cast, AgreementState.IN_FORCE, promised(cast, relation_id=relation.pk), relation_id=relation.pk)
    by: dict[str, Any] = {"actor": office, "at": AT, "key": None}
    goal = GoalFacts(relation.pk, "accreditation", "三级医院评审")
    services.set_goal(**by, goal=goal)
    assert sees(watcher) == (0, 0, 0)
    with pytest.raises(Conflict):
        ledger.publish_month(**by, relation_id=relation.pk, month=SINCE)
    network.confirm_relation(actor=watcher, at=AT, key=None, relation_id=relation.public_id)
    services.set_goal(**by, goal=replace(goal, text="胸痛中心"))
    assert sees(watcher) == (0, 0, 1), "papers and promises are between their parties"
    assert ledger.publish_month(**by, relation_id=relation.pk, month=SINCE).authority_id == health.pk


def sees(actor: Actor) -> tuple[int, ...]:
    """Return how many agreements, promises and goals somebody may know of."""
    with scope.acting(actor):
        flows = (AGREEMENTS, COMMITMENTS, GOALS)
        return tuple(flow.record._default_manager.filter(flow.table.visible_to(actor)).count() for flow in flows)


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


def test_promise_in_force_is_corrected_and_counts_by_it(cast: Cast) -> None:
    """Twelve a year were written down, twenty-four a quarter were signed: the account counts by what was signed."""
    agreement = an_agreement(cast, AgreementState.IN_FORCE, promised(cast))
    with scope.system():
        row = Commitment.objects.get(agreement=agreement)
    facts = promised(cast, text="每季度查房24次", amount=Decimal(24), period="quarter", agreement_id=agreement.pk)
    told: dict[str, Any] = {"actor": cast.supporting.office, "at": AT, "commitment": facts}
    with pytest.raises(Invalid):
        services.correct_commitment(**told, key=None, commitment_id=row.public_id, note="")
    services.correct_commitment(**told, key="k", commitment_id=row.public_id, note="录入有误", version=row.version)
    services.correct_commitment(**told, key="k", commitment_id=row.public_id, note="录入有误", version=row.version)
    (account,) = accounts()
    assert (account.amount, account.per, account.label) == (Decimal(24), "quarter", "每季度查房24次")
    with scope.acting(cast.supporting.office):
        moves = list(CommitmentTransition.objects.filter(name="correct"))
        assert [(move.note, "12" in move.facts["before"]) for move in moves] == [("录入有误", True)]
    with pytest.raises(Conflict):
        services.correct_commitment(**told, key=None, commitment_id=row.public_id, note="再改", version=row.version)
    with pytest.raises(NotFound):
        services.correct_commitment(
            **{**told, "actor": cast.stranger.office}, key=None, commitment_id=row.public_id, note="再改"
        )


def test_agreement_in_force_is_corrected_and_its_accounts_are_dated_by_it(cast: Cast) -> None:
    agreement = an_agreement(cast, AgreementState.IN_FORCE, promised(cast), promised(cast, from_date=date(2026, 3, 1)))
    later = SINCE + timedelta(days=31)
    facts = AgreementFacts(agreement.relation_id, "更名后的协议", from_date=later, to_date=UNTIL)
    told: dict[str, Any] = {"actor": cast.supporting.office, "at": AT, "key": None, "agreement_id": agreement.public_id}
    services.correct(**told, agreement=facts, note="日期录错", version=agreement.version)
    assert [account.from_date for account in accounts()] == [later, date(2026, 3, 1)]
    with scope.acting(cast.county.office):
        (move,) = AgreementTransition.objects.filter(name="correct")
        assert move.facts["from_before"] == str(SINCE)
    with pytest.raises(Invalid):
        services.correct(**told, agreement=replace(facts, from_date=None), note="日期录错")
    assert accounts()[0].from_date == later
