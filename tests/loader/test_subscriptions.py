"""What follows in one room from a move in another."""

from datetime import timedelta

from lianti.contexts.agreements import services as agreements
from lianti.contexts.agreements.models import Commitment
from lianti.contexts.ledger.models import Account
from lianti.contexts.network import services as network
from lianti.kernel import outbox, scope
from tests.cast import AT, DAY, Cast, a_relation, the_system


def test_promises_open_when_their_relation_comes_in_force(cast: Cast) -> None:
    relation = a_relation(cast.supporting.institution, [cast.county.institution], state="negotiating")
    with scope.system():
        document = network.DocumentDraft(title="工作方案", kind="directive")
        basis = network.record_document(actor=the_system(), at=AT, key=None, document=document)
        promise = agreements.CommitmentFacts(
            relation_id=relation.pk,
            kind="training",
            text="业务培训",
            giver_id=cast.supporting.id,
            receiver_id=cast.county.id,
            basis_id=basis.pk,
        )
        agreements.adopt_commitment(actor=the_system(), at=AT, key=None, source="test", commitment=promise)
    network.put_in_force(actor=cast.county.office, at=AT, key=None, relation_id=relation.public_id, from_date=DAY)
    for seconds in (1, 2):
        outbox.work(50, AT + timedelta(seconds=seconds))
    with scope.system():
        assert Commitment.objects.get(relation=relation).state == "in_force"
        assert Account.objects.filter(relation_id=relation.pk).count() == 1
