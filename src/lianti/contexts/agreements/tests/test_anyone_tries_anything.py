"""Anyone tries anything with agreements and promises; the records explain every state, accounts follow."""

from dataclasses import replace
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from lianti.contexts.agreements import services
from lianti.contexts.agreements.domain import FilingFacts, SignedFacts
from lianti.contexts.agreements.models import Agreement, AgreementTransition, Commitment, CommitmentTransition
from lianti.contexts.agreements.states import AGREEMENT, COMMITMENT, CommitmentState
from lianti.contexts.agreements.tests.builders import SIGNED, SINCE, UNTIL, paper, promised
from lianti.contexts.ledger.models import Account
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Refused
from lianti.lib.roles import Role
from tests.cast import AT, Cast
from tests.machines import Undone, run, unexplained

WRITERS = {Role.OFFICE, Role.COORDINATOR, Role.LEADER}
MOVES = ("agree", "reopen", "sign", "put_in_force", "file", "end", "edit", "promise", "close")


def attempt(cast: Cast, actor: Actor, name: str, agreement: Agreement) -> None:
    given: dict[str, Any] = {"actor": actor, "at": AT, "key": None}
    ident = {"agreement_id": agreement.public_id}
    calls = {
        "agree": lambda: services.agree(**given, **ident),
        "reopen": lambda: services.reopen(**given, **ident, note="再议"),
        "sign": lambda: services.sign(**given, **ident, signed=SignedFacts(SIGNED)),
        "put_in_force": lambda: services.put_in_force(**given, **ident, from_date=SINCE, to_date=UNTIL),
        "file": lambda: services.file(**given, **ident, filing=FilingFacts(SIGNED)),
        "end": lambda: services.end(**given, **ident, note="期满"),
        "edit": lambda: services.edit(**given, **ident, agreement=paper(cast, title="新标题")),
        "promise": lambda: services.promise(**given, commitment=replace(promised(cast), agreement_id=agreement.pk)),
        "close": lambda: services.close_commitment(**given, commitment_id=_first(agreement)),
    }
    with scope.acting(actor):
        calls[name]()


def _first(agreement: Agreement) -> str:
    with scope.system():
        found = Commitment.objects.filter(agreement=agreement).order_by("id").first()
    return found.public_id if found else "0" * 26


class Papers(Undone):
    cast: ClassVar[Cast]
    actors: ClassVar[list[Actor]]
    papers: list[str]

    @initialize()
    def begin(self) -> None:
        self.papers = []

    @rule(data=st.data())
    def draft(self, data: st.DataObject) -> None:
        actor = data.draw(st.sampled_from(self.actors))
        may = actor.tenant_id in self.parties() and actor.role in WRITERS
        try:
            with scope.acting(actor):
                made = services.draft(actor=actor, at=AT, key=None, agreement=paper(self.cast))
        except Refused:
            assert not may
        else:
            assert may
            self.papers.append(made.public_id)

    @rule(name=st.sampled_from(MOVES), data=st.data())
    def move(self, name: str, data: st.DataObject) -> None:
        actor = data.draw(st.sampled_from(self.actors))
        if not self.papers:
            return
        with scope.system():
            before = Agreement.objects.get(public_id=data.draw(st.sampled_from(self.papers)))
        try:
            attempt(self.cast, actor, name, before)
        except Refused:
            with scope.system():
                after = Agreement.objects.get(pk=before.pk)
            assert (after.state, after.version, after.title) == (before.state, before.version, before.title)
        else:
            assert actor.tenant_id in self.parties()
            assert actor.role in WRITERS

    @invariant()
    def records_explain_the_states(self) -> None:
        with scope.system():
            for paper_row in Agreement.objects.all():
                moves = list(AgreementTransition.objects.filter(record=paper_row).order_by("id"))
                assert not unexplained(AGREEMENT, moves, paper_row.state)
            for row in Commitment.objects.select_related("agreement"):
                moves = list(CommitmentTransition.objects.filter(record=row).order_by("id"))
                assert not unexplained(COMMITMENT, moves, row.state)

    @invariant()
    def promises_in_force_have_an_open_account_and_no_other(self) -> None:
        with scope.system():
            for row in Commitment.objects.select_related("agreement"):
                assert row.agreement is not None
                if row.state == CommitmentState.IN_FORCE:
                    assert row.agreement.state == "in_force"
                if row.agreement.state == "in_force":
                    assert row.state != CommitmentState.PROPOSED
                accounts = Account.objects.filter(source_kind="agreements.commitment", source_id=row.pk)
                opened = [account.state == "open" for account in accounts]
                assert opened in ([], [False], [True])
                assert (opened == [True]) == (row.state == CommitmentState.IN_FORCE)

    def parties(self) -> set[int]:
        return {self.cast.county.id, self.cast.supporting.id}


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.turns
def test_anyone_tries_anything(cast: Cast) -> None:
    houses = (cast.county, cast.supporting, cast.stranger)
    actors = [house.actor(role) for house in houses for role in Role if role not in (Role.LINK, Role.SYSTEM)]
    # Those who may do most come up oftener, so that runs get far.
    actors += [cast.county.coordinator, cast.supporting.office, cast.county.office] * 8
    run(type("Bound", (Papers,), {"cast": cast, "actors": actors}))
