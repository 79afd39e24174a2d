"""Anyone tries anything with certificates and appraisals; moves explain states, no seal comes out of turn."""

from datetime import timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.models import (
    Appraisal,
    AppraisalTransition,
    Certificate,
    CertificateSeal,
    CertificateTransition,
)
from lianti.contexts.dispatch.states import APPRAISAL, CERTIFICATE, CertificateState, PostingState
from lianti.contexts.dispatch.tests.builders import a_posting
from lianti.contexts.dispatch.tests.proving import an_appraisal
from lianti.contexts.papers.models import IssuedPaper
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Refused
from lianti.lib.roles import Role
from tests.cast import AT, DAY, Cast, a_member
from tests.machines import Undone, run, unexplained

# Restated on purpose: side and roles of every move, independent of the rules under test.
DESKS = {Role.OFFICE, Role.COORDINATOR}
SIGNERS = DESKS | {Role.LEADER}
BUREAU = {("bureau", Role.HEALTH_AUTHORITY), ("bureau", Role.LEADER)}
OF_SENDER = {("sender", role) for role in DESKS}
OF_RECIPIENT = {("recipient", role) for role in SIGNERS}
CERTIFICATE_MAY = {
    **dict.fromkeys(("recount", "publicise_certificate", "issue_certificate", "withdraw_certificate"), OF_SENDER),
    "seal": OF_RECIPIENT,
    "endorse": BUREAU,
    "approve": {("sender", role) for role in SIGNERS},
}
APPRAISAL_MAY = {
    "write_self": OF_SENDER,
    "review": OF_RECIPIENT | {("recipient", Role.DEPARTMENT_HEAD)},
    "grade": OF_RECIPIENT,
    **{key: {("sender", role) for role in SIGNERS} for key in ("conclude", "file_appraisal")},
    "withdraw_appraisal": OF_RECIPIENT | {("sender", role) for role in SIGNERS},
}
ORDER = ("drafted", "confirmed", "endorsed", "approved", "publicised", "issued")
NAMES = st.sampled_from


class Proofs(Undone):
    cast: ClassVar[Cast]
    actors: ClassVar[list[Actor]]
    outsiders: ClassVar[set[int]]  # persons who fail the ledger's test

    @initialize()
    def begin(self) -> None:
        """A certificate and an appraisal of somebody who has come home."""
        posting = a_posting(self.cast, PostingState.FINISHED)
        office, facts = self.cast.supporting.office, services.CertificateFacts(until=DAY)
        self.as_(office, "draft_certificate", person_id=posting.person_id, facts=facts)
        an_appraisal(self.cast, posting=posting)

    def as_(self, actor: Actor, verb: str, **given: Any) -> Any:
        with scope.acting(actor):
            return getattr(services, verb)(actor=actor, at=AT + timedelta(days=20), key=None, **given)

    def side(self, actor: Actor) -> str:
        houses = {"sender": self.cast.supporting, "recipient": self.cast.county, "bureau": self.cast.authority}
        return next((side for side, house in houses.items() if house.id == actor.tenant_id), "none")

    @rule(name=NAMES(["seal", "endorse", "approve", *sorted(CERTIFICATE_MAY)]), data=st.data())
    def move_a_certificate(self, name: str, data: st.DataObject) -> None:
        with scope.system():
            row = Certificate.objects.get()
        notice = {"public_from": DAY, "public_to": DAY}
        known: dict[str, dict[str, Any]] = {
            "recount": {"facts": services.CertificateFacts(until=DAY)},
            "publicise_certificate": notice,
            "withdraw_certificate": {"note": "原因"},
        }
        verb = name.removesuffix("_certificate")
        ready = CERTIFICATE.find(verb, row.state) is not None
        self.tried(data, name, {"certificate_id": row.public_id, **known.get(name, {})}, CERTIFICATE_MAY[name], ready)

    @rule(name=NAMES(sorted(APPRAISAL_MAY)), data=st.data())
    def move_an_appraisal(self, name: str, data: st.DataObject) -> None:
        with scope.system():
            row = Appraisal.objects.get()
        known: dict[str, dict[str, Any]] = {
            "write_self": {"self_text": "小结"},
            "review": {"review": services.Review(5, 5, 4, 4, 3)},
            "grade": {"days": 6, "recipient_grade": "pass"},
            "conclude": {"supporter_grade": "pass"},
            "withdraw_appraisal": {"note": "原因"},
        }
        ready = APPRAISAL.find(name.removesuffix("_appraisal"), row.state) is not None
        self.tried(data, name, {"appraisal_id": row.public_id, **known.get(name, {})}, APPRAISAL_MAY[name], ready)

    def tried(
        self, data: st.DataObject, name: str, given: dict[str, Any], may: set[tuple[str, Role]], ready: bool
    ) -> None:
        actor = data.draw(NAMES(self.actors))
        allowed = (self.side(actor), actor.role) in may
        allowed &= not (name in {"seal", "review", "grade"} and actor.person_id in self.outsiders)
        try:
            self.as_(actor, name, **given)
        except Refused:
            assert not (allowed and ready), (name, actor)
        else:
            assert allowed, (name, actor)
            assert ready, (name, actor)

    @invariant()
    def moves_explain_the_states(self) -> None:
        with scope.system():
            for model, story, spec in (
                (Certificate, CertificateTransition, CERTIFICATE),
                (Appraisal, AppraisalTransition, APPRAISAL),
            ):
                for row in model.objects.all():
                    moves = list(story.objects.filter(record=row.pk).order_by("pk"))
                    assert unexplained(spec, moves, row.state) == ""

    @invariant()
    def no_seal_comes_out_of_turn_and_a_paper_stands_for_what_is_issued(self) -> None:
        with scope.system():
            for row in Certificate.objects.all():
                seals = CertificateSeal.objects.filter(certificate=row.pk)
                sides = ("recipient", "bureau", "supporter")
                given = {side: set(seals.filter(side=side).values_list("given_on", flat=True)) for side in sides}
                if row.state in ORDER:
                    reached = ORDER.index(row.state)
                    for turn, side in enumerate(("recipient", "bureau", "supporter"), 1):
                        assert (None not in given[side]) == (reached >= turn), (row.state, given)
                valid = IssuedPaper.objects.filter(subject_id=row.public_id, state="valid").count()
                assert valid == (row.state == CertificateState.ISSUED)


@pytest.mark.django_db
@pytest.mark.turns
def test_anyone_proves_anything(cast: Cast) -> None:
    Proofs.cast = cast
    roles = (Role.OFFICE, Role.COORDINATOR, Role.LEADER, Role.DEPARTMENT_HEAD, Role.EXPERT)
    houses = (cast.supporting, cast.county, cast.stranger)
    actors = [house.actor(role) for house in houses for role in roles]
    guest = a_member(Role.LEADER, cast.county.institution, employer=cast.supporting.institution)
    bureau = [cast.authority.health_authority, cast.authority.actor(Role.LEADER)]
    Proofs.actors = [*actors, guest, *bureau]
    Proofs.outsiders = {guest.person_id or 0}
    run(Proofs)
