"""Anyone tries anything with documents and proposals; the transition records explain every state."""

from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from lianti.contexts.activities.models import Activity
from lianti.contexts.intake import services
from lianti.contexts.intake.models import Document, DocumentTransition, Proposal, ProposalTransition
from lianti.contexts.intake.states import DOCUMENT, PROPOSAL, DocumentState, ProposalState
from lianti.contexts.intake.tests.builders import read, taken_in
from lianti.contexts.needs.models import Need
from lianti.kernel import scope
from lianti.kernel.models import WorkItem
from lianti.lib.actor import Actor
from lianti.lib.errors import Refused
from lianti.lib.roles import Role
from tests.cast import AT, Cast
from tests.machines import Undone, run, unexplained

# Restated on purpose, independent of the rules under test.
MAY = {Role.OFFICE, Role.COORDINATOR, Role.HEALTH_AUTHORITY}
WAITS = {DocumentState.READ: "intake.review", DocumentState.FAILED: "intake.retry"}
WHOLE = ("retry", "close", "reopen", "take_back", "drop", "fail")
ONE = ("accept", "merge", "reject", "undo", "correct")


def whole(actor: Actor, name: str, document: str) -> None:
    given = {"actor": actor, "at": AT, "key": None, "document_id": document}
    with scope.acting(actor):
        if name == "fail":
            services.give_up(**given, reason="crashed", values={})
        elif name == "drop":
            services.drop(**given, note="原因")
        else:
            getattr(services, name)(**given)


def one(actor: Actor, name: str, proposal: str, cast: Cast) -> None:
    given = {"actor": actor, "at": AT, "key": None, "proposal_id": proposal}
    with scope.acting(actor):
        if name == "merge":
            services.merge(**given, existing_id=cast.county.institution.public_id)
        elif name == "correct":
            services.correct(**given, content={})
        else:
            getattr(services, name)(**given)


class Documents(Undone):
    cast: ClassVar[Cast]
    actors: ClassVar[list[Actor]]
    documents: list[Document]

    @initialize()
    def begin(self) -> None:
        self.documents = [
            read(self.cast.supporting.office),
            taken_in(self.cast.supporting.coordinator, content="另一篇".encode()),
        ]

    @rule(name=st.sampled_from(WHOLE), data=st.data())
    def with_the_document(self, name: str, data: st.DataObject) -> None:
        actor, document = data.draw(st.sampled_from(self.actors)), data.draw(st.sampled_from(self.documents))
        with scope.system():
            before = Document.objects.get(pk=document.pk)
        try:
            whole(actor, name, before.public_id)
        except Refused:
            with scope.system():
                after = Document.objects.get(pk=document.pk)
            assert (after.state, after.version) == (before.state, before.version)
        else:
            assert name != "fail", "only the worker says so"
            assert actor.role in MAY
            assert actor.tenant_id == self.cast.supporting.id
            assert DOCUMENT.find(name, before.state) is not None

    @rule(name=st.sampled_from(ONE), data=st.data())
    def with_a_proposal(self, name: str, data: st.DataObject) -> None:
        actor = data.draw(st.sampled_from(self.actors))
        with scope.system():
            rows = list(Proposal.objects.order_by("pk"))
        before = data.draw(st.sampled_from(rows))
        try:
            one(actor, name, before.public_id, self.cast)
        except Refused:
            with scope.system():
                after = Proposal.objects.get(pk=before.pk)
            assert (after.state, after.version, after.outcome_id) == (before.state, before.version, before.outcome_id)
        else:
            assert actor.role in MAY
            assert actor.tenant_id == self.cast.supporting.id
            assert PROPOSAL.find(name, before.state) is not None

    @invariant()
    def records_explain_the_states(self) -> None:
        with scope.system():
            for document in Document.objects.all():
                moves = list(DocumentTransition.objects.filter(record=document).order_by("id"))
                assert not unexplained(DOCUMENT, moves, document.state)
                open_items = WorkItem.objects.filter(
                    kind="intake.document", record_pk=document.pk, closed_at__isnull=True
                )
                wanted = [WAITS[DocumentState(document.state)]] if document.state in WAITS else []
                assert [item.verb for item in open_items] == wanted
            for proposal in Proposal.objects.all():
                moves = list(ProposalTransition.objects.filter(record=proposal).order_by("id"))
                assert not unexplained(PROPOSAL, moves, proposal.state)

    @invariant()
    def what_is_accepted_stands_and_what_was_undone_does_not(self) -> None:
        with scope.system():
            for table, kind, stands in ((Activity, "activity", "recorded"), (Need, "need", "stated")):
                accepted = Proposal.objects.filter(outcome_kind=kind, state=ProposalState.ACCEPTED)
                standing = table.objects.filter(state=stands)
                assert set(accepted.values_list("outcome_id", flat=True)) == set(
                    standing.values_list("public_id", flat=True)
                )


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.turns
def test_anyone_tries_anything(cast: Cast) -> None:
    houses = (cast.supporting, cast.county, cast.stranger)
    actors = [house.actor(role) for house in houses for role in Role if role not in (Role.LINK, Role.SYSTEM)]
    # Those who may do most come up oftener, so that runs get far.
    actors += [cast.supporting.office, cast.supporting.coordinator] * 16
    run(type("Bound", (Documents,), {"cast": cast, "actors": actors}))
