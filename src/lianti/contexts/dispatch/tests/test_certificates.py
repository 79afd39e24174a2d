"""Certificates: counted over all postings, sealed in the order that a board wants, issued with a code; the ZIP."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import translation

from lianti.contexts.dispatch import queries, services
from lianti.contexts.dispatch.flow import CERTIFICATES
from lianti.contexts.dispatch.models import Certificate
from lianti.contexts.dispatch.states import CertificateState, PostingState
from lianti.contexts.dispatch.tests.builders import a_posting, fresh, named, sent
from lianti.contexts.dispatch.tests.proving import LATER, a_certificate, an_appraisal, as_, on_paper, seals
from lianti.contexts.papers import queries as papers
from lianti.contexts.papers.models import IssuedPaper
from lianti.contexts.papers.tests.builders import a_docx, brought, text_of
from lianti.kernel import audience, outbox, scope
from lianti.kernel.models import OutboxTask
from lianti.lib import ids
from lianti.lib.errors import Conflict, Invalid, NotAllowed
from lianti.lib.roles import Role
from tests.cast import AT, DAY, Cast, a_batch, a_member, a_person, signed_in_client

pytestmark = pytest.mark.django_db
S = CertificateState


def test_it_goes_from_seal_to_seal_and_is_issued_with_a_code_that_a_stranger_checks(cast: Cast) -> None:
    row = a_certificate(cast, S.ISSUED)
    assert row.days == 6  # 1 to 6 March
    with scope.system():
        paper = IssuedPaper.objects.get(pk=row.paper_id)
    assert paper.number == "FZ-2026-0001"
    assert paper.content["stretches"][0]["days"] == "6"
    assert paper.content["identity"].endswith("123X")
    assert cast.authority.institution.name in paper.content["bureau_seal"]
    found = papers.check(paper.code)
    assert found is not None
    assert (found.valid, found.issuer) == (True, cast.supporting.institution.name)
    assert "6" in found.total
    page = Client().get(f"/papers/{paper.code}/").content.decode()
    assert paper.content["name"] not in page
    for house in (cast.county.coordinator, cast.authority.health_authority):
        assert signed_in_client(house).get(f"/papers/{paper.public_id}/document/").status_code == 200


def test_no_seal_is_given_out_of_turn_and_nothing_is_issued_while_the_notice_runs(cast: Cast) -> None:
    row = a_certificate(cast)
    ident = {"certificate_id": row.public_id}
    with pytest.raises(Conflict):
        as_(cast.supporting.office, services.approve, **ident)
    as_(cast.county.leader, services.seal, **ident)
    with pytest.raises(Conflict):
        as_(cast.county.leader, services.seal, **ident)
    as_(cast.authority.health_authority, services.endorse, **ident)
    as_(cast.supporting.office, services.approve, **ident)
    notice = {"public_from": DAY, "public_to": DAY + timedelta(days=6)}
    as_(cast.supporting.office, services.publicise_certificate, **ident, **notice)
    with pytest.raises(Conflict):
        as_(cast.supporting.office, services.issue_certificate, **ident)
    assert as_(cast.supporting.office, services.issue_certificate, at=LATER, **ident).state == S.ISSUED


def test_who_has_a_part_in_it_confirms_nothing(cast: Cast) -> None:
    posting = a_posting(cast, PostingState.FINISHED)
    row = a_certificate(cast, posting=posting)
    senders_own = a_member(Role.LEADER, cast.county.institution, employer=cast.supporting.institution)
    with scope.system():
        mate = a_member(Role.LEADER, cast.county.institution)
        a_batch(cast.supporting.institution, [_person(mate.person_id), _person(posting.person_id)])
    nobody = a_member(Role.LEADER, cast.county.institution, person=False)
    for actor in (senders_own, mate, nobody):
        with pytest.raises(NotAllowed):
            as_(actor, services.seal, certificate_id=row.public_id)
    with pytest.raises(NotAllowed):
        as_(cast.county.clinician, services.seal, certificate_id=row.public_id)
    assert as_(cast.county.leader, services.seal, certificate_id=row.public_id).state == S.CONFIRMED


def _person(pk):  # type: ignore[no-untyped-def]
    from lianti.contexts.network.models import Person

    return Person.objects.get(pk=pk)


def test_seals_on_paper_are_booked_with_a_scan_and_the_same_test_is_put_to_who_signed(cast: Cast) -> None:
    row = a_certificate(cast)
    recipient, bureau, supporter = seals(row)
    stranger = a_person(employer=cast.supporting.institution)
    with pytest.raises(Invalid):
        on_paper(cast, row, recipient, signatory_id=stranger.pk)
    with pytest.raises(Invalid):
        on_paper(cast, row, bureau, signatory_name="王局长")  # not its turn yet
    signer = a_person(employer=cast.county.institution)
    assert on_paper(cast, row, recipient, signatory_id=signer.pk).state == S.CONFIRMED
    assert on_paper(cast, row, bureau, signatory_name="王局长").state == S.ENDORSED
    assert on_paper(cast, row, supporter, signatory_name="人事科").state == S.APPROVED
    page = signed_in_client(cast.supporting.office).get(f"/dispatch/certificates/{row.public_id}/").content.decode()
    assert "王局长" in page
    scan = f"/dispatch/certificates/{row.public_id}/scans/{recipient.pk}/"
    assert signed_in_client(cast.county.coordinator).get(scan).status_code == 200
    assert signed_in_client(cast.stranger.office).get(scan).status_code == 404


def test_counted_anew_what_was_sealed_over_other_figures_is_sealed_again(cast: Cast) -> None:
    posting = a_posting(cast, PostingState.ON_DUTY)
    row = a_certificate(cast, S.ENDORSED, posting)
    assert row.days == 10
    office, ident = cast.supporting.office, {"certificate_id": row.public_id}
    same = services.CertificateFacts(until=DAY, applied_title="主任医师")
    assert as_(office, services.recount, **ident, facts=same).state == S.ENDORSED
    with scope.acting(office), translation.override("en"):
        assert not queries.certificate_page(office, fresh(row)).stale
    leave = services.LeaveFacts("personal", date(2026, 3, 9), DAY)
    as_(cast.county.coordinator, services.take_leave, posting_id=posting.public_id, leave=leave)
    with scope.acting(office), translation.override("en"):
        assert queries.certificate_page(office, fresh(row)).stale
    again = as_(office, services.recount, **ident, facts=same)
    assert (again.state, again.days) == (S.DRAFTED, 8)
    assert all(seal.given_on is None for seal in seals(row))


def test_the_desk_sees_who_lacks_which_seal_and_one_person_has_one_under_way(cast: Cast) -> None:
    posting = a_posting(cast, PostingState.FINISHED)
    row = a_certificate(cast, S.CONFIRMED, posting)
    office = cast.supporting.office
    with scope.acting(office):
        found = queries.certificates_of(office, [posting.person_id])[posting.person_id]
    assert (found.public_id, len(found.missing), found.issued) == (row.public_id, 2, False)
    with pytest.raises(Conflict):
        as_(office, services.draft_certificate, person_id=posting.person_id, facts=services.CertificateFacts())
    as_(office, services.withdraw_certificate, certificate_id=row.public_id, note="重新统计")
    with scope.acting(office):
        assert queries.certificates_of(office, [posting.person_id]) == {}
    assert a_certificate(cast, posting=posting).state == S.DRAFTED


def test_a_withdrawn_certificate_takes_its_paper_along(cast: Cast) -> None:
    row = a_certificate(cast, S.ISSUED)
    as_(cast.supporting.office, services.withdraw_certificate, at=LATER, certificate_id=row.public_id, note="有误")
    with scope.system():
        code = IssuedPaper.objects.get(pk=row.paper_id).code
    found = papers.check(code)
    assert found is not None
    assert not found.valid


def test_an_own_form_and_title_are_used_and_the_grade_of_the_appraisal_stands_on_it(cast: Cast) -> None:
    form = a_docx("{{ title }}|{{ name }}|{{ grade }}|{% for row in stretches %}{{ row.basis }}{% endfor %}")
    brought(cast, form, "service-certificate", title="卫生支农服务证明")
    posting = a_posting(cast, PostingState.FINISHED)
    an_appraisal(cast, "concluded", posting)
    row = a_certificate(cast, S.ISSUED, posting)
    client = signed_in_client(cast.supporting.office)
    with scope.system():
        paper = IssuedPaper.objects.get(pk=row.paper_id)
    made = text_of(client.get(f"/papers/{paper.public_id}/document/").content)
    assert made.strip().startswith("卫生支农服务证明|")
    assert "优秀" in made
    assert "云医函〔2026〕9号" in made
    assert client.get(f"/dispatch/certificates/{row.public_id}/print/").status_code == 200
    assert client.get(f"/dispatch/certificates/{row.public_id}/document/").content.startswith(b"PK")


def test_one_lacks_a_seal_and_the_rest_come_as_one_file(cast: Cast, settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """The end of story (d), told whole in tests/e2e/test_applicants.py: who is left out is listed inside."""
    settings.EXPORTS = tmp_path
    rows = [a_certificate(cast, S.ISSUED) for _ in range(3)] + [a_certificate(cast, S.CONFIRMED)]
    office = cast.supporting.office
    as_(office, services.zip_certificates, certificate_ids=[row.public_id for row in rows], address="https://x/")
    outbox.work(1, AT, lane=outbox.SLOW)
    with scope.system():
        task = OutboxTask.objects.get(name=services.ZIP)
    assert task.state == OutboxTask.State.DONE, task.error
    (path,) = tmp_path.glob("*/*.zip")
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        names = archive.namelist()
        listed = archive.read(names[-1]).decode("utf-8-sig")
    assert len([name for name in names if name.endswith(".docx")]) == 3
    assert len(listed.splitlines()) == 5
    assert listed.count(cast.authority.institution.name) == 1


def test_a_year_of_a_batch_ends_in_a_certificate_that_the_paper_of_the_recipient_agrees_with(cast: Cast) -> None:
    """The end of story (a): who stayed to the end and who was recalled, each with the days that they served."""
    from lianti.contexts.dispatch.tests.builders import a_batch as planned
    from lianti.contexts.dispatch.tests.builders import received

    batch = planned(cast)
    stays, recalled = named(cast, batch, 2)
    sent(cast, batch)
    received(cast, batch)
    as_(cast.supporting.office, services.recall, posting_id=recalled.public_id, left=date(2026, 3, 4), note="急诊缺人")
    for posting, days in ((stays, 10), (recalled, 4)):
        row = a_certificate(cast, S.ISSUED, posting)
        assert row.days == days
        assert [seal.days for seal in seals(row)] == [days] * 3


def test_a_new_certificate_comes_in_the_place_of_the_one_before(cast: Cast) -> None:
    posting = a_posting(cast, PostingState.ON_DUTY)
    first, second = (a_certificate(cast, S.ISSUED, posting) for _ in range(2))
    with scope.system():
        codes = [IssuedPaper.objects.get(pk=row.paper_id).code for row in (first, second)]
    found = [papers.check(code) for code in codes]
    assert [one.state.code for one in found if one] == ["replaced", "valid"]
    as_(cast.supporting.office, services.withdraw_certificate, at=LATER, certificate_id=first.public_id, note="已换发")


def test_the_list_of_applicants_says_which_seal_is_wanting(cast: Cast) -> None:
    posting = a_posting(cast, PostingState.FINISHED)
    a_certificate(cast, S.CONFIRMED, posting)
    with scope.system():
        name = _person(posting.person_id).name
    given = {"names": name, "purpose": "promotion", "until": DAY.isoformat()}
    found = signed_in_client(cast.supporting.office).post("/dispatch/applicants/", given).context["found"]
    assert [cast.authority.institution.name in str(said) for said in found.lines[0].missing] == [True, False]


def test_a_notice_says_which_of_those_that_wait_it_offers_and_leads_to_the_rest(cast: Cast) -> None:
    office = cast.supporting.office
    row = a_certificate(cast, S.APPROVED)
    with scope.system():
        made = [Certificate.objects.get(pk=row.pk)]
        for number in range(2):
            again = Certificate.objects.get(pk=row.pk)
            again.pk, again.public_id, again.number = None, ids.new(), f"ZM-{number}"
            again.person = a_person(employer=cast.supporting.institution)
            again.save(force_insert=True)
            audience.grant(CERTIFICATES, again, [cast.supporting.id])
            made.append(again)
    with scope.acting(office):
        first = queries.certificates_to_publicise(office, most=2)
        rest = queries.certificates_to_publicise(office, first.more, most=2)
        every = queries.certificates_to_publicise(office)
    told = [(one.first, one.last, one.total, bool(one.more)) for one in (first, rest, every)]
    assert told == [(1, 2, 3, True), (3, 3, 3, False), (1, 3, 3, False)]
    assert [one.public_id for one in (*first.rows, *rest.rows)] == sorted(row.public_id for row in made)
    page = signed_in_client(office).get(f"/dispatch/certificates/notice/?after={first.more}").content.decode()
    assert 'href="?"' in page
