"""The handover: signed by who leaves, then by who takes over, each in person or on paper with the scan."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.models import Handover, HandoverTransition, Posting
from lianti.contexts.dispatch.queries.handovers import handover_page
from lianti.contexts.dispatch.services import HandoverFacts
from lianti.contexts.dispatch.states import HANDOVER
from lianti.contexts.dispatch.tests.builders import START, a_posting, fresh
from lianti.contexts.dispatch.tests.caring import a_handover, did, refused
from lianti.contexts.dispatch.views import handovers as views
from lianti.contexts.evidence.services import Upload
from lianti.contexts.evidence.tests.samples import PDF
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, NotAllowed, Refused
from lianti.lib.roles import Role
from tests.cast import AT, Cast, signed_in_client
from tests.machines import Undone, run, unexplained
from tests.records import DeclarationTests, RecordTests

TODAY = AT.date()
SCAN = (Upload("交接单.pdf", PDF),)


class TestHandovers(DeclarationTests, RecordTests):
    LIST, PAGE = views.LIST, views.PAGE

    def make(self, cast: Cast) -> Handover:
        return a_handover(cast)


def expert(cast: Cast, person: int) -> Actor:
    """Return somebody as they act at the county hospital."""
    return replace(cast.county.actor(Role.EXPERT), person_id=person)


@pytest.mark.django_db
def test_both_sign_in_person_and_the_posting_is_handed_over_once_it_has_ended(cast: Cast) -> None:
    old, new = a_posting(cast), a_posting(cast)
    row = a_handover(cast, old, incoming_id=new.public_id)
    by = {"handover_id": row.public_id}
    with pytest.raises(Conflict):
        did(expert(cast, new.person_id), services.sign_in, **by)
    did(expert(cast, old.person_id), services.sign_out, **by)
    with pytest.raises(NotAllowed):
        did(expert(cast, old.person_id), services.sign_in, **by)
    did(expert(cast, new.person_id), services.sign_in, **by)
    done = fresh(row)
    assert (done.state, done.out_as, done.in_as) == ("done", "oneself", "oneself")
    assert fresh(old).state == "on_duty"
    did(cast.county.coordinator, services.finish, posting_id=old.public_id, left=TODAY)
    assert fresh(old).state == "handed_over"


@pytest.mark.django_db
def test_on_paper_the_scan_is_asked_and_the_receiving_house_notes_it(cast: Cast) -> None:
    old, new = a_posting(cast, "finished"), a_posting(cast)
    row = a_handover(cast, old, incoming_id=new.public_id)
    by, head = {"handover_id": row.public_id}, cast.county.actor(Role.DEPARTMENT_HEAD)
    with refused("scans"):
        did(head, services.sign_out, **by)
    with pytest.raises(NotAllowed):
        did(cast.supporting.office, services.sign_out, **by, uploads=SCAN)
    did(head, services.sign_out, **by, uploads=SCAN)
    did(head, services.sign_in, **by, uploads=(Upload("二.pdf", PDF + b"\n%2"),))
    assert fresh(row).in_as == "paper"
    assert fresh(old).state == "handed_over"
    page = signed_in_client(cast.supporting.office).get(f"/dispatch/handovers/{row.public_id}/").content.decode()
    assert "交接单.pdf" in page


@pytest.mark.django_db
def test_without_a_successor_the_house_takes_over(cast: Cast) -> None:
    old = a_posting(cast, "finished")
    row = a_handover(cast, old)
    by = {"handover_id": row.public_id}
    did(expert(cast, old.person_id), services.sign_out, **by)
    did(cast.county.coordinator, services.sign_in, **by)
    assert fresh(row).in_as == "house"
    assert fresh(old).state == "handed_over"


@pytest.mark.django_db
def test_what_is_signed_is_opened_again_before_it_is_changed(cast: Cast) -> None:
    old = a_posting(cast)
    row, own = a_handover(cast, old), expert(cast, old.person_id)
    by = {"handover_id": row.public_id}
    did(own, services.sign_out, **by)
    facts = HandoverFacts(TODAY, tasks="改过")
    with pytest.raises(Conflict):
        did(own, services.edit_handover, **by, handover=facts)
    did(own, services.reopen_handover, **by, note="漏了两名学员")
    did(own, services.edit_handover, **by, handover=facts)
    assert (fresh(row).state, fresh(row).out_on, fresh(row).tasks) == ("drafted", None, "改过")


@pytest.mark.django_db
def test_an_empty_sheet_is_not_signed_and_who_takes_over_is_at_the_same_place(cast: Cast) -> None:
    old = a_posting(cast)
    own = expert(cast, old.person_id)
    with refused("incoming"):
        a_handover(cast, old, incoming_id=old.public_id)
    row = a_handover(cast, old, tasks="", students="")
    with refused(""):
        did(own, services.sign_out, handover_id=row.public_id)
    with pytest.raises(Conflict):
        a_handover(cast, old)
    with pytest.raises(NotAllowed):
        did(cast.county.clinician, services.edit_handover, handover_id=row.public_id, handover=HandoverFacts(TODAY))


@pytest.mark.django_db
def test_the_page_says_on_which_days_both_are_there(cast: Cast) -> None:
    old = a_posting(cast, to_date=date(2026, 8, 31))
    new = a_posting(cast, "ordered", from_date=date(2026, 8, 29), to_date=date(2026, 12, 31))
    row = a_handover(cast, old, incoming_id=new.public_id)
    with scope.acting(cast.county.office):
        page = handover_page(cast.county.office, fresh(row), TODAY)
    assert page.overlap == (date(2026, 8, 29), date(2026, 8, 31))


@pytest.mark.django_db
def test_a_handover_goes_by_its_forms(cast: Cast) -> None:
    old, new = a_posting(cast, "finished"), a_posting(cast)
    client = signed_in_client(cast.county.coordinator)
    given = {"posting": old.public_id, "incoming": new.public_id, "day": TODAY.isoformat(), "tasks": "两例带教"}
    answer = client.post("/dispatch/handovers/new/", given)
    assert answer.status_code == 303, answer.context["form"].errors
    page = answer["Location"]
    signed = client.post(f"{page}moves/sign_out/", {"scans": SimpleUploadedFile("单.pdf", PDF)})
    assert signed.status_code == 303
    assert "两例带教" in client.get(f"{page}paper/").content.decode()
    assert client.post(f"{page}moves/sign_in/", {"note": "x"}).status_code == 422
    with scope.system():
        assert Handover.objects.get().state == "signed"


class Handed(Undone):
    """Anyone tries anything with a handover; the posting follows it."""

    cast: Cast
    actors: list[Actor]
    postings: list[Posting]

    @initialize()
    def begin(self) -> None:
        did(self.cast.county.coordinator, services.draft_handover, posting_id=self.postings[0].public_id,
            handover=HandoverFacts(START + timedelta(days=4), self.postings[1].public_id, "两例随访"))  # fmt: skip

    @rule(data=st.data(), verb=st.sampled_from(["edit_handover", "sign_out", "sign_in", "reopen_handover"]))
    def move(self, data: st.DataObject, verb: str) -> None:
        actor = data.draw(st.sampled_from(self.actors))
        with scope.system():
            row = Handover.objects.get()
        known = {
            "edit_handover": {"handover": HandoverFacts(TODAY, self.postings[1].public_id, "改")},
            "reopen_handover": {"note": "改"},
        }
        scans = {"uploads": SCAN} if verb.startswith("sign") and data.draw(st.booleans()) else {}
        try:
            did(actor, getattr(services, verb), handover_id=row.public_id, **known.get(verb, {}), **scans)
        except Refused:
            assert fresh(row).version == row.version
        else:
            assert HANDOVER.find(verb, row.state) is not None
            host = actor.tenant_id == self.cast.county.id and actor.role in HEADS
            own = {"sign_out": row.person_id, "sign_in": row.successor_id}.get(verb, row.person_id)
            mine = actor.person_id is not None and actor.person_id == own
            either = actor.tenant_id == self.cast.supporting.id and actor.role in HEADS and not verb.startswith("sign")
            assert mine or host or either, f"{actor} may not {verb}"
            assert mine or not verb.startswith("sign") or scans, "a signature of another needs its scan"

    @invariant()
    def the_story_explains_the_state_and_the_posting_follows(self) -> None:
        with scope.system():
            for row in Handover.objects.all():
                moves = list(HandoverTransition.objects.filter(record=row).order_by("id"))
                assert not unexplained(HANDOVER, moves, row.state)
                assert (fresh(self.postings[0]).state == "handed_over") == (row.state == "done")


HEADS = {Role.OFFICE, Role.COORDINATOR, Role.LEADER, Role.DEPARTMENT_HEAD}


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.turns
def test_anyone_tries_anything_with_a_handover(cast: Cast) -> None:
    postings = [a_posting(cast, "finished"), a_posting(cast)]
    people = [expert(cast, one.person_id) for one in postings]
    houses = (cast.county, cast.supporting, cast.stranger)
    actors = [house.actor(role) for house in houses for role in Role if role not in (Role.LINK, Role.SYSTEM)]
    known = {"cast": cast, "actors": [*actors, *people * 8, cast.county.coordinator], "postings": postings}
    run(type("Bound", (Handed,), known))
