"""Appraisals: written by the person, reviewed, graded by who has no part in it, concluded, filed."""

import pytest

from lianti.contexts.dispatch import queries, services
from lianti.contexts.dispatch.states import PostingState
from lianti.contexts.dispatch.tests.builders import a_posting, fresh
from lianti.contexts.dispatch.tests.proving import an_appraisal, as_, graded_on_paper
from lianti.contexts.papers.tests.builders import text_of
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.errors import Conflict, Invalid, NotAllowed
from lianti.lib.roles import Role
from tests.cast import Cast, a_member, a_person, signed_in_client

pytestmark = pytest.mark.django_db


def test_it_goes_from_hand_to_hand_and_comes_as_a_paper(cast: Cast) -> None:
    row = an_appraisal(cast, "filed")
    assert (row.state, row.days, row.recipient_grade, row.supporter_grade) == ("filed", 6, "excellent", "excellent")
    client = signed_in_client(cast.supporting.office)
    made = text_of(client.get(f"/dispatch/appraisals/{row.public_id}/document/").content)
    for said in ("坚持坐诊查房", "工作认真", "优秀", "县卫健局 3号"):
        assert said in made
    assert "优秀" in client.get(f"/dispatch/appraisals/{row.public_id}/print/").content.decode()


def test_figures_are_the_persons_own_shares_on_the_days_of_the_posting(cast: Cast) -> None:
    from lianti.contexts.activities.tests.builders import an_activity
    from lianti.contexts.dispatch.models import Posting

    posting = a_posting(cast, PostingState.ON_DUTY)
    an_activity(cast)  # of the cast's own expert
    with scope.system():
        Posting.objects.filter(pk=posting.pk).update(person=cast.posted_expert.person_id)
    row = an_appraisal(cast, "written", fresh(posting))
    assert row.figures
    assert all(float(one["amount"]) > 0 for one in row.figures)
    assert all(one["kind"] != "posting" for one in row.figures)


def test_who_has_a_part_in_it_neither_reviews_nor_grades(cast: Cast) -> None:
    row = an_appraisal(cast, "written")
    senders_own = a_member(Role.LEADER, cast.county.institution, employer=cast.supporting.institution)
    review = services.Review(5, 5, 5, 5, 5)
    for actor in (senders_own, cast.supporting.office):
        with pytest.raises(NotAllowed):
            as_(actor, services.review, appraisal_id=row.public_id, review=review)
    as_(cast.county.department_head, services.review, appraisal_id=row.public_id, review=review)
    with pytest.raises(NotAllowed):
        as_(senders_own, services.grade, appraisal_id=row.public_id, days=6, recipient_grade="excellent")
    with pytest.raises(NotAllowed):
        as_(cast.county.department_head, services.grade, appraisal_id=row.public_id, days=6, recipient_grade="pass")
    as_(cast.county.leader, services.grade, appraisal_id=row.public_id, days=6, recipient_grade="pass")


def test_the_self_part_is_the_persons_and_at_most_800_characters(cast: Cast) -> None:
    row = an_appraisal(cast)
    with pytest.raises(Invalid):
        as_(cast.supporting.office, services.write_self, appraisal_id=row.public_id, self_text="长" * 801)
    with pytest.raises(NotAllowed):
        as_(cast.county.coordinator, services.write_self, appraisal_id=row.public_id, self_text="代写")
    with pytest.raises(NotAllowed):
        as_(cast.supporting.expert, services.write_self, appraisal_id=row.public_id, self_text="别人写")
    with pytest.raises(Invalid):
        as_(cast.county.leader, services.review, appraisal_id=an_appraisal(cast, "written").public_id,
            review=services.Review(6, 5, 5, 5, 5))  # fmt: skip


def test_a_posting_is_appraised_once_and_the_share_of_excellent_ones_warns(cast: Cast) -> None:
    posting = a_posting(cast, PostingState.FINISHED)
    an_appraisal(cast, "graded", posting)
    with pytest.raises(Conflict):
        an_appraisal(cast, posting=posting)
    row = an_appraisal(cast, "graded")
    office = cast.supporting.office
    with scope.acting(office):
        page = queries.appraisal_page(office, row)
    assert (page.share.excellent, page.share.of, page.share.many) == (2, 2, True)
    assert "100%" in signed_in_client(office).get(f"/dispatch/appraisals/{row.public_id}/").content.decode()


def test_it_is_begun_on_the_page_of_a_posting(cast: Cast) -> None:
    posting = a_posting(cast, PostingState.FINISHED)
    client = signed_in_client(cast.county.coordinator)
    page = client.get(f"/dispatch/{posting.public_id}/").content.decode()
    assert f"/dispatch/{posting.public_id}/appraise/" in page
    made = client.post(f"/dispatch/{posting.public_id}/appraise/", {"key": ids.new()})
    assert made.status_code == 303
    assert made["Location"] in client.get(f"/dispatch/{posting.public_id}/").content.decode()


def test_a_hospital_without_an_account_stamps_the_form_and_its_signer_is_put_to_the_same_test(cast: Cast) -> None:
    row = graded_on_paper(cast)
    assert (row.state, row.recipient_grade, row.days) == ("graded", "pass", 6)
    scan = f"/dispatch/appraisals/{row.public_id}/scan/"
    assert signed_in_client(cast.county.coordinator).get(scan).status_code == 200
    with pytest.raises(Invalid):
        graded_on_paper(cast, a_person(employer=cast.supporting.institution).pk)
