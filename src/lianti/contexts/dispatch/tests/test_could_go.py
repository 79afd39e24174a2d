"""On a need: who could go, and why; one move names them. Applicants: who lacks days, who lacks a paper."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianti.contexts.dispatch import queries, services
from lianti.contexts.dispatch.models import Candidate, Certificate, Posting
from lianti.contexts.dispatch.queries import could_go
from lianti.contexts.dispatch.services import Licence, Upload
from lianti.contexts.dispatch.tests.builders import a_batch, a_posting, earlier_service, listed, past_facts
from lianti.contexts.evidence.tests.samples import PDF
from lianti.contexts.needs.models import Need
from lianti.contexts.needs.tests.builders import a_need
from lianti.contexts.network.models import Person
from lianti.kernel import scope
from tests.cast import AT, DAY, Cast, a_person, signed_in_client

pytestmark = pytest.mark.django_db


def asked(cast: Cast, text: str = "请派一名副主任医师以上骨科医生驻点半年", specialty: str = "骨科") -> Need:
    row = a_need(cast, "accepted", text=text, specialty=specialty)
    with scope.system():
        return Need.objects.get(pk=row.pk)


def doctor(cast: Cast, department: str, title: str = "deputy_senior") -> Person:
    with scope.system():
        return a_person(employer=cast.supporting.institution, department=department, title_level=title)


def found(cast: Cast, need: Need) -> queries.WhoCouldGo:
    with scope.acting(cast.supporting.office):
        return queries.who_could_go(cast.supporting.office, need, DAY)


@pytest.mark.parametrize(
    ("text", "title"),
    [("派主任医师", "senior"), ("副主任医师以上", "deputy_senior"), ("主治医师一名", "intermediate"), ("派医生", "")],
)
def test_a_title_is_read_out_of_the_text(text: str, title: str) -> None:
    assert could_go.asked_title(text) == title


def test_who_is_shown_fits_specialty_title_and_time_and_each_reason_is_said(cast: Cast) -> None:
    need = asked(cast)
    fits, junior, elsewhere = doctor(cast, "骨科一病区"), doctor(cast, "骨科", "junior"), doctor(cast, "眼科")
    batch = a_batch(cast)
    listed()
    desk = cast.supporting.office
    with scope.acting(desk):
        told: dict[str, Any] = {"actor": desk, "at": AT, "key": None}
        services.allot(**told, batch_id=batch.public_id, quotas=[services.QuotaLine("骨科一病区", 2)])
        mine = Candidate.objects.get(person=fits.pk)
        licence = Licence("1", "外科专业", None)
        services.note_candidate(**told, candidate_id=mine.public_id, applying=2027, licence=licence)
    one = found(cast, need)
    assert [line.person.id for line in one.lines] == [fits.pk]
    said = " ".join(map(str, one.lines[0].reasons))
    assert all(word in said for word in ("骨科一病区", "360", "2027", "2"))
    assert len(one.lines[0].warnings) == 1
    assert {junior.pk, elsewhere.pk}.isdisjoint(line.person.id for line in one.lines)
    with scope.acting(desk):
        there = [services.Nominee(fits.pk, cast.county.id)]
        services.name_people(**told, batch_id=batch.public_id, people=there)
    assert found(cast, need).lines == ()


def test_one_move_names_somebody_into_the_batch(cast: Cast) -> None:
    need, fits, batch = asked(cast), doctor(cast, "骨科"), a_batch(cast)
    listed()
    client = signed_in_client(cast.supporting.office)
    page = client.get(f"/needs/{need.public_id}/").content.decode()
    assert f"/dispatch/needs/{need.public_id}/nominate/" in page
    given = {"person": fits.public_id, "batch": batch.public_id, "key": "k1"}
    for _again in range(2):
        answer = client.post(f"/dispatch/needs/{need.public_id}/nominate/", given)
        assert (answer.status_code, answer["Location"]) == (303, f"/dispatch/batches/{batch.public_id}/")
    with scope.system():
        row = Posting.objects.get(person=fits.pk)
    assert (row.recipient_id, row.specialty) == (need.stater_id, "骨科")


def test_only_who_nominates_in_the_house_that_answers_sees_it(cast: Cast) -> None:
    need = asked(cast)
    doctor(cast, "骨科")
    a_batch(cast)
    listed()
    address = f"/dispatch/needs/{need.public_id}/nominate/"
    for actor in (cast.county.office, cast.supporting.expert):
        assert address not in signed_in_client(actor).get(f"/needs/{need.public_id}/").content.decode()


def test_the_panel_asks_a_constant_number_of_queries(cast: Cast) -> None:
    need = asked(cast)
    a_batch(cast)
    counts = []
    for _more in range(2):
        for _n in range(3):
            doctor(cast, "骨科")
        listed()
        with CaptureQueriesContext(connection) as seen:
            found(cast, need)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 20


def applicant(cast: Cast, certified: int, *, scan: bool = True) -> str:
    """Return the name of somebody with so many days certified before the platform."""
    uploads = (Upload("证明.pdf", PDF),) if scan else ()
    days = {"first": date(2024, 1, 1), "last": date(2025, 2, 28)}
    row = earlier_service(cast, uploads, certified=certified, **days)
    with scope.system():
        return str(Person.objects.get(pk=row.person_id).name)


def test_of_fourteen_applicants_three_lack_days_and_one_a_paper(cast: Cast) -> None:
    names = [applicant(cast, 365) for _n in range(10)]
    names += [applicant(cast, n) for n in (300, 345, 359)]
    names.append(applicant(cast, 365, scan=False))
    client = signed_in_client(cast.supporting.office)
    given = {"names": "\n".join(names), "purpose": "promotion", "until": "2026-03-10"}
    answer = client.post("/dispatch/applicants/", given)
    assert answer.status_code == 200
    one = answer.context["found"]
    assert (len(one.lines), one.right, one.short, one.papers, one.unknown) == (14, 10, 3, 1, 0)
    assert [line.lacks for line in one.lines[10:13]] == [60, 15, 1]
    book = client.post("/dispatch/applicants/", {**given, "form": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(book.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 15
    assert [row[7] for row in rows[11:14]] == [60, 15, 1]


def test_certificates_are_drafted_for_who_lacks_nothing_and_a_seal_that_is_wanting_is_named(cast: Cast) -> None:
    names = [applicant(cast, 365) for _n in range(2)] + [applicant(cast, 359)]
    client = signed_in_client(cast.supporting.office)
    given = {"names": "\n".join(names), "purpose": "promotion", "until": "2026-03-10"}
    for _again in range(2):
        answer = client.post("/dispatch/applicants/", {**given, "form": "certify", "key": "k"})
        assert (answer.status_code, answer["Location"]) == (303, "/dispatch/certificates/")
    with scope.system():
        assert Certificate.objects.count() == 2
    one = client.post("/dispatch/applicants/", given).context["found"]
    assert [line.certificate is not None for line in one.lines] == [True, True, False]
    assert [len(line.missing) for line in one.lines] == [1, 1, 0]  # the seal of one's own personnel office
    assert (one.right, one.papers, one.to_certify) == (0, 2, 0)


def test_an_unknown_name_and_one_of_two_people_are_said_at_their_lines(cast: Cast) -> None:
    known = applicant(cast, 365)
    for department in ("心内科", "骨科"):
        with scope.system():
            a_person("王同名", employer=cast.supporting.institution, department=department)
    client = signed_in_client(cast.supporting.office)
    given = {"names": f"{known}\n查无此人\n王同名\n王同名\t骨科", "purpose": "promotion", "until": "2026-03-10"}
    one = client.post("/dispatch/applicants/", given).context["found"]
    assert [line.counted is not None for line in one.lines] == [True, False, False, True]
    assert "骨科" in str(one.lines[2].wrong)
    assert one.unknown == 2


def test_a_posting_without_its_receipt_and_what_is_disputed_are_said(cast: Cast) -> None:
    posting = a_posting(cast)
    row = earlier_service(cast)
    with scope.acting(cast.supporting.office):
        more = past_facts(cast, posting.person_id)
        entered = services.enter_past(actor=cast.supporting.office, at=AT, key=None, past=more)
    with scope.system():
        Posting.objects.filter(pk=posting.pk).update(receipt_number="")
    host = cast.county.office
    with scope.acting(host):
        services.dispute_past(actor=host, at=AT, key=None, past_id=entered.public_id, note="名单上没有")
    with scope.system():
        people = [Person.objects.get(pk=pk) for pk in (posting.person_id, row.person_id)]
    client = signed_in_client(cast.supporting.office)
    given = {"names": "\n".join(one.name for one in people), "purpose": "promotion", "until": "2026-03-10"}
    one = client.post("/dispatch/applicants/", given).context["found"]
    assert [len(line.missing) for line in one.lines] == [2, 1]


def test_only_the_desk_looks_at_applicants(cast: Cast) -> None:
    given = {"names": "某人", "purpose": "promotion", "until": "2026-03-10"}
    assert signed_in_client(cast.supporting.expert).post("/dispatch/applicants/", given).status_code == 403
