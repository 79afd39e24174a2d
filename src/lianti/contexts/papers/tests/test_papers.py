"""Templates in force, papers issued, withdrawn and replaced, and what a stranger with a code learns."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from lianti.contexts.evidence import services as evidence
from lianti.contexts.papers import queries, services
from lianti.contexts.papers.domain import codes
from lianti.contexts.papers.domain.typesetting import is_there
from lianti.contexts.papers.models import IssuedPaper
from lianti.contexts.papers.tests.builders import CONTENT, TRIAL, a_docx, brought, issued, text_of
from lianti.contexts.papers.views import check
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.errors import Invalid, NotAllowed
from tests.cast import AT, DAY, Cast, signed_in_client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_tried() -> None:
    cache.clear()


def drawn(cast: Cast, day=DAY) -> str:  # type: ignore[no-untyped-def]
    office = cast.supporting.office
    told = {"paper": TRIAL.code, "issuer_id": cast.supporting.id, "day": day}
    content = {**CONTENT, "number": "1", "code": "C", "address": "A", "issuer": "省医", "issued_on": "D"}
    return text_of(services.draw(actor=office, at=AT, **told, content=content).content)


def test_the_template_that_came_last_is_in_force_from_its_day_and_ours_comes_back(cast: Cast) -> None:
    assert "兹证明" in drawn(cast)
    first = brought(cast, a_docx("甲式 {{ name }} {{ title }}"), title="卫生支农服务证明")
    assert "甲式 欧阳某某 卫生支农服务证明" in drawn(cast)
    second = brought(cast, a_docx("乙式 {{ name }}"), from_date=DAY + timedelta(days=3))
    assert (first.number, second.number) == (1, 2)
    assert "甲式" in drawn(cast)
    assert "乙式" in drawn(cast, DAY + timedelta(days=3))
    office = cast.supporting.office
    with scope.acting(office):
        for row in (first, second):
            services.end(actor=office, at=AT, key=None, template_id=row.public_id)
    assert "兹证明" in drawn(cast)


def test_a_wrong_template_is_refused_by_the_name_of_its_placeholder(cast: Cast) -> None:
    for document, said in ((a_docx("{{ nmae }}"), "nmae"), (b"PK", "docx")):
        with pytest.raises(Invalid) as refused:
            brought(cast, document)
        assert said in str(refused.value.fields["file"])
    with pytest.raises(NotAllowed):
        services.bring(
            actor=cast.supporting.expert, at=AT, key=None, paper=TRIAL.code,
            upload=evidence.Upload("a.docx", a_docx("x")), from_date=DAY,
        )  # fmt: skip


def test_numbers_run_by_issuer_and_year_and_content_stands_as_it_was_issued(cast: Cast) -> None:
    one, two = issued(cast), issued(cast)
    assert (one.number, two.number) == ("SY-2026-0001", "SY-2026-0002")
    assert one.code != two.code
    assert one.digest == services.digest(one.content)
    assert one.content["lines"] == CONTENT["lines"]
    assert one.content["issuer"] == cast.supporting.institution.name


def test_a_stranger_with_the_code_learns_little_and_of_other_papers_nothing(cast: Cast) -> None:
    row, _other = issued(cast), issued(cast)
    page = Client().get(f"/papers/{row.code}/").content.decode()
    for said in ("欧**某", "200 天", "通用口径 v1", cast.supporting.institution.name, "2026-03-10"):
        assert said in page
    for kept in ("欧阳某某", "甲县", row.number, row.public_id):
        assert kept not in page
    typed = Client().post("/papers/check/", {"code": row.code.lower().replace("-", " ").replace("0", "o")})
    assert (typed.status_code, typed["Location"]) == (303, f"/papers/{row.code}/")


def test_codes_are_not_gone_through_one_by_one(cast: Cast) -> None:
    row = issued(cast)
    client = Client()
    for _ in range(check.MISSES):
        assert client.get(f"/papers/{codes.new()}/").status_code == 404
    assert client.get(f"/papers/{row.code}/").status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.9").get(f"/papers/{row.code}/").status_code == 200
    assert len({codes.new() for _ in range(500)}) == 500


def test_withdrawn_and_replaced_papers_say_so_to_whoever_checks(cast: Cast) -> None:
    office, first = cast.supporting.office, issued(cast)
    second = issued(cast, replaces_id=first.pk)
    with scope.acting(office):
        services.withdraw(actor=office, at=AT, key=None, paper_id=second.public_id, note="姓名有误")
    for row, state in ((first, "replaced"), (second, "withdrawn")):
        found = queries.check(row.code)
        assert found is not None
        assert (found.valid, found.state.code, found.ended_on) == (False, state, DAY)
        assert "姓名有误" not in Client().get(f"/papers/{row.code}/").content.decode()
    with scope.system():
        assert IssuedPaper.objects.get(pk=second.pk).replaces_id == first.pk


def test_pages_print_and_document_are_for_the_parties(cast: Cast) -> None:
    row = issued(cast)
    brought(cast, a_docx("甲式 {{ name }} {{ code }}"))  # came later: it was issued by ours
    for house, status in ((cast.supporting.office, 200), (cast.county.coordinator, 200), (cast.stranger.office, 404)):
        client = signed_in_client(house)
        for tail in ("", "print/", "document/"):
            assert client.get(f"/papers/{row.public_id}/{tail}").status_code == status
    text = text_of(signed_in_client(cast.county.coordinator).get(f"/papers/{row.public_id}/document/").content)
    assert "欧阳某某" in text
    assert row.code in text
    assert "甲式" not in text
    pdf = signed_in_client(cast.supporting.office).get(f"/papers/{row.public_id}/pdf/")
    assert pdf.status_code == (200 if is_there() else 409)


def test_the_page_of_a_kind_lists_its_placeholders_and_takes_a_template(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    page = client.get(f"/papers/kinds/{TRIAL.code}/").content.decode()
    for code in ("name", "total", "row.place", "row.days", "number", "code"):
        assert f"<code>{{{{ {code} }}}}</code>" in page
    assert client.get(f"/papers/kinds/{TRIAL.code}/ours/").content.startswith(b"PK")
    from django.core.files.uploadedfile import SimpleUploadedFile

    given = {"key": ids.new(), "from_date": DAY.isoformat(), "title": ""}
    wrong = client.post(
        f"/papers/kinds/{TRIAL.code}/", {**given, "file": SimpleUploadedFile("a.docx", a_docx("{{ x }}"))}
    )
    assert wrong.status_code == 422
    assert "“x”" in wrong.content.decode()
    right = client.post(
        f"/papers/kinds/{TRIAL.code}/", {**given, "file": SimpleUploadedFile("a.docx", a_docx("{{ name }}"))}
    )
    assert right.status_code == 303
    assert client.get(right["Location"]).status_code == 200
