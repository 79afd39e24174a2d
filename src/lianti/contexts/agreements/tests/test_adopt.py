"""Papers, promises, goals and plans that come in from a source."""

from datetime import date

import pytest

from lianti.contexts.agreements import queries, services
from lianti.contexts.agreements.domain import GoalFacts, PlanFacts, ReviewAreaFacts, SignedFacts
from lianti.contexts.agreements.models import AgreementTransition, Commitment, Plan, ReviewArea
from lianti.contexts.agreements.states import AgreementState, CommitmentState
from lianti.contexts.agreements.tests.builders import paper, promised
from lianti.contexts.ledger.models import Account
from lianti.contexts.network import services as network
from lianti.contexts.network.models import Relation
from lianti.kernel import scope
from lianti.kernel.models import OutboxTask
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, NotAllowed
from tests.cast import AT, Cast, a_hospital, a_relation, the_system

pytestmark = pytest.mark.django_db
SOURCE = "某医院网站 2023-06-22"


def given(cast: Cast) -> dict[str, object]:
    return {"actor": the_system(), "at": AT, "key": None, "source": SOURCE}


def test_adopted_agreement_begins_when_it_was_signed_and_belongs_to_the_lead(cast: Cast) -> None:
    with scope.system():
        signed = SignedFacts(date(2023, 6, 21))
        made = services.adopt_agreement(
            **given(cast), agreement=paper(cast, signed=signed), state=AgreementState.IN_FORCE
        )
        assert (made.from_date, made.tenant_id) == (date(2023, 6, 21), cast.supporting.id)
        (move,) = AgreementTransition.objects.filter(record=made)
        assert (move.name, move.note) == ("adopt", SOURCE)
    for actor in (cast.supporting.office, cast.county.coordinator):
        with scope.acting(actor):
            assert queries.paper(actor, made.public_id).state == "in_force"


def test_nobody_is_told_of_what_comes_in_from_a_source(cast: Cast) -> None:
    with scope.system():
        before = OutboxTask.objects.count()
        services.adopt_agreement(**given(cast), agreement=paper(cast), state=AgreementState.DRAFT)
        services.adopt_goal(**given(cast), goal=GoalFacts(cast.relation.pk, "accreditation", "创建三级乙等医院"))
        assert OutboxTask.objects.count() == before


def test_promise_of_a_negotiating_relation_opens_no_account(cast: Cast) -> None:
    with scope.system():
        relation = a_relation(cast.supporting.institution, [cast.county.institution], state="negotiating")
        draft = services.adopt_agreement(
            **given(cast), agreement=paper(cast, relation_id=relation.pk), state=AgreementState.DRAFT
        )
        facts = promised(cast, relation_id=relation.pk, agreement_id=draft.pk, amount=None)
        made = services.adopt_commitment(**given(cast), commitment=facts)
        assert made.state == CommitmentState.PROPOSED
        assert not Account.objects.exists()


def test_promise_on_a_document_of_a_relation_in_force_opens_an_account_without_amount(cast: Cast) -> None:
    with scope.system():
        document = network.record_document(
            actor=the_system(), at=AT, key=None, document=network.DocumentDraft(title="报道", kind="report")
        )
        facts = promised(cast, basis_id=document.pk, amount=None)
        made = services.adopt_commitment(**given(cast), commitment=facts)
        account = Account.objects.get()
        assert (made.account_id, account.amount, account.from_date) == (account.pk, None, None)
        assert made.tenant_id == cast.supporting.id


def test_plan_takes_the_place_of_the_one_before(cast: Cast) -> None:
    with scope.system():
        for approach in ("先试点", "再铺开"):
            services.adopt_plan(**given(cast), plan=PlanFacts(cast.relation.pk, approach))
        assert sorted(Plan.objects.values_list("approach", "state")) == [("先试点", "replaced"), ("再铺开", "current")]


def test_review_areas_come_in_once_and_in_order(cast: Cast) -> None:
    areas = ("组织管理", "合作模式", "院感管控")
    with scope.system():
        for _n in range(2):
            services.adopt_review_areas(**given(cast), review_areas=ReviewAreaFacts(cast.relation.pk, areas))
        assert ReviewArea.objects.count() == 3
        services.adopt_review_areas(**given(cast), review_areas=ReviewAreaFacts(cast.relation.pk, areas[:2]))
    with scope.acting(cast.county.coordinator):
        assert queries.road_map(cast.county.coordinator, cast.relation.pk).review_areas == areas[:2]


def test_coordinator_adopts_nothing(cast: Cast) -> None:
    actor: Actor = cast.county.coordinator
    with pytest.raises(NotAllowed), scope.acting(actor):
        services.adopt_agreement(
            actor=actor, at=AT, key=None, source="x", agreement=paper(cast), state=AgreementState.IN_FORCE
        )


def test_signed_agreement_puts_its_relation_in_force(cast: Cast) -> None:
    with scope.system():
        relation = a_relation(cast.supporting.institution, [a_hospital()], state="negotiating", from_date=None)
    office = cast.supporting.office
    with scope.acting(office):
        facts = paper(cast, relation_id=relation.pk, signed=SignedFacts(date(2026, 1, 5)))
        services.enter_signed(actor=office, at=AT, key=ids.new(), agreement=facts, commitments=())
    with scope.system():
        found = Relation.objects.get(pk=relation.pk)
        assert (found.state, found.from_date) == ("in_force", date(2026, 1, 5))


def test_adopted_promise_cannot_rest_on_an_ended_agreement(cast: Cast) -> None:
    with scope.system():
        ended = services.adopt_agreement(**given(cast), agreement=paper(cast), state=AgreementState.ENDED)
        with pytest.raises(Conflict):
            services.adopt_commitment(**given(cast), commitment=promised(cast, agreement_id=ended.pk))
        assert not Commitment.objects.exists()
