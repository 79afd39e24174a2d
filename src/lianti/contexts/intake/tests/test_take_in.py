"""Taking documents in: kept, recognised, read by the worker, said why when not."""

from typing import Any

import pytest

from lianti.contexts.evidence import services as evidence
from lianti.contexts.evidence.models import File
from lianti.contexts.intake import queries, services, tasks
from lianti.contexts.intake.domain.proposals import Institution, Person
from lianti.contexts.intake.domain.source import Source
from lianti.contexts.intake.models import Document, Proposal
from lianti.contexts.intake.services import Unreadable, Upload
from lianti.contexts.intake.tests.builders import CLEANED, COUNTY, TEXT, of, proposals, read, span, taken_in
from lianti.contexts.network import services as network
from lianti.contexts.network.models import Person as DirectoryPerson
from lianti.kernel import outbox, scope
from lianti.kernel.models import Notice, OutboxTask, WorkItem
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.lib.web.search import Typed
from tests.cast import AT, Cast, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Let the worker find what the test says, without a process of its own."""
    found: dict[str, Any] = {"proposals": proposals(), "answer": (Source(TEXT, notes=(("long", {}),)), CLEANED)}

    def read_and_clean(content: bytes, name: str, form: str) -> Any:
        del content, name, form
        if isinstance(found["answer"], Exception):
            raise found["answer"]
        return found["answer"]

    monkeypatch.setattr(services, "read_and_clean", read_and_clean)
    monkeypatch.setattr(tasks, "extractor", lambda _name: lambda _cleaned, _known: found["proposals"])
    return found


# What finds a document: words of its title, its file, its medium, its number; several, in any width.
SOUGHT = ("签约", "签约.txt", "青山日报", "{number}", "专科 青山", "　签约　共建")


def work_off() -> None:
    while outbox.work(10, AT):
        pass


def the(document: Document) -> Document:
    with scope.system():
        return Document.objects.select_related("file").get(pk=document.pk)


def test_the_worker_reads_and_proposes(cast: Cast, reader: dict[str, Any]) -> None:
    office = cast.supporting.office
    document = taken_in(office, relation_id=cast.relation.public_id)
    assert the(document).phase == "waiting"
    work_off()
    found = the(document)
    assert (found.state, found.title, found.medium) == ("read", "两院签约共建专科", "青山日报")
    assert (found.relation_id, found.source_text) == (cast.relation.pk, TEXT)
    page = queries.review(office, document.public_id)
    assert [group.field for group in page.groups][:3] == ["institution", "relation", "specialty"]
    assert [one.text for one in page.repairs] == ["两院"]
    assert "".join(s.text for p in page.paragraphs for s in p.stretches) == TEXT.replace("\n", "")
    with scope.system():
        item = WorkItem.objects.get(kind="intake.document", closed_at=None)
        assert (item.verb, item.tenant_id) == ("intake.review", office.tenant_id)
        count = Proposal.objects.count()
        task = OutboxTask.objects.get(name="intake.read")
    work_off()
    tasks.read_document(task.payload, at=AT, task_id=task.pk)
    with scope.system():
        assert Notice.objects.get(text_key="intake.read").principal_id == office.principal_id
        assert Proposal.objects.count() == count, "a second run proposes nothing"


def test_a_saved_page_is_read_from_end_to_end(cast: Cast) -> None:
    office = cast.supporting.office
    page = f"<html><head><title>两院签约</title></head><body><p>{TEXT}</p></body></html>"
    document = taken_in(office, content=page.encode("gb18030"), name="新闻.html")
    work_off()
    found = the(document)
    assert (found.state, found.form, found.extractor) == ("read", "html", "grammar"), found.problem
    assert "签署对口支援协议" in found.clean_text
    assert queries.review(office, document.public_id).paragraphs


def test_what_cannot_be_read_says_why_and_is_tried_again(cast: Cast, reader: dict[str, Any]) -> None:
    office = cast.supporting.office
    good = reader["answer"]
    reader["answer"] = Unreadable("too_slow")
    document = taken_in(office)
    work_off()
    assert (the(document).state, the(document).problem) == ("failed", ["too_slow", {}])
    assert queries.document_line(office, document.public_id).problem_words
    reader["answer"] = RuntimeError("no matter what")
    with scope.acting(office):
        services.retry(actor=office, at=AT, key=None, document_id=document.public_id)
    work_off()
    assert the(document).problem == ["crashed", {}]
    reader["answer"] = good
    with scope.acting(office):
        services.retry(actor=office, at=AT, key=None, document_id=document.public_id)
    work_off()
    assert (the(document).state, the(document).problem) == ("read", [])


def test_an_erased_file_is_not_read(cast: Cast, reader: dict[str, Any]) -> None:
    office = cast.supporting.office
    document = taken_in(office)
    with scope.acting(office):
        evidence.erase(actor=office, at=AT, key=None, file_id=the(document).file.public_id, note="误传")
    work_off()
    assert the(document).problem == ["gone", {}]


def test_the_same_document_is_recognised(cast: Cast) -> None:
    office, county = cast.supporting.office, cast.county.office
    first = taken_in(office)
    with scope.acting(office):
        again = services.take_in(
            actor=office, at=AT, key=None, files=(Upload("另名.txt", TEXT.encode()), Upload("b.txt", "另一篇".encode()))
        )
    assert [one.known for one in again] == [True, False]
    assert again[0].document.pk == first.pk
    assert taken_in(county).pk != first.pk, "another institution has its own"
    with scope.system():
        assert File.objects.filter(sha256=first.digest).count() == 2
    batch = queries.batch(office, again[1].document.batch)
    assert (batch.done, batch.total) == (0, 1)


def test_a_dropped_document_may_come_again(cast: Cast) -> None:
    office = cast.supporting.office
    first = taken_in(office)
    with scope.acting(office):
        services.drop(actor=office, at=AT, key=None, document_id=first.public_id, note="错件")
    assert taken_in(office).pk != first.pk


def test_what_is_not_taken(cast: Cast) -> None:
    office = cast.supporting.office
    given = {"actor": office, "at": AT, "key": None}
    with scope.acting(office):
        for files in ((), (Upload("a.exe", b"MZ"),), tuple(Upload(f"{n}.txt", b"x") for n in range(51))):
            with pytest.raises(Invalid):
                services.take_in(**given, files=files)
        with pytest.raises(Invalid):
            services.take_in(**given, files=(Upload("a.pdf", b"no pdf at all"),))
        with pytest.raises(NotFound):
            services.take_in(**given, text="一段文字", relation_id="0" * 26)
        assert services.take_in(**given, text="一段文字")[0].document.form == "paste"
    with scope.acting(cast.supporting.clinician), pytest.raises(NotAllowed):
        taken_in(cast.supporting.clinician)


def test_others_see_nothing_of_it(cast: Cast) -> None:
    document = read(cast.supporting.office)
    for actor in (cast.county.office, cast.stranger.office, cast.authority.health_authority, cast.supporting.clinician):
        with pytest.raises(NotFound):
            queries.review(actor, document.public_id)
        assert queries.documents(actor, show="all").items == []
        for words in SOUGHT:
            assert queries.find_documents(actor, Typed.of(words.format(number=document.number)), 5) == [], words
    assert queries.review(cast.supporting.auditor, document.public_id).may_review is False
    for words in SOUGHT:
        found = queries.find_documents(cast.supporting.office, Typed.of(words.format(number=document.number)), 5)
        assert [hit.number for hit in found] == [document.number], words


def test_who_we_are_is_asked_once(cast: Cast) -> None:
    office = cast.county.office
    ours = proposals(
        institutions=(Institution("我院", "supported", ourselves=True, found=span("两院")),),
        people=(Person("周衡", "院长", "我院", found=span("周衡")),),
    )
    document = read(office, ours)
    assert queries.review(office, document.public_id).asks_ourselves
    with scope.acting(office):
        services.say_ourselves(
            actor=office,
            at=AT,
            key=None,
            document_id=document.public_id,
            institution_id=cast.county.institution.public_id,
        )
    page = queries.review(office, document.public_id)
    assert not page.asks_ourselves
    assert page.ourselves is not None
    assert queries.known(office).ourselves == COUNTY
    assert of(document, "person").content["institution"] == COUNTY
    with scope.acting(office):
        services.accept(actor=office, at=AT, key=None, proposal_id=of(document, "person").public_id)


def test_hiding_a_person_hides_the_name_here(cast: Cast) -> None:
    office = cast.supporting.office
    person = a_person("林致远", employer=cast.supporting.institution)
    namesake = a_person("周衡", employer=cast.stranger.institution)
    document = read(office)
    for one, house in ((person, cast.supporting), (namesake, cast.stranger)):
        with scope.acting(house.office):
            network.hide_person(actor=house.office, at=AT, key=None, person_id=one.public_id)
    page = queries.review(office, document.public_id)
    shown = repr((page.paragraphs, page.source, page.groups))
    assert "林致远" not in shown
    assert "周衡" in shown, "a namesake elsewhere hides nobody here"
    with scope.acting(office), pytest.raises(Conflict):
        services.accept(actor=office, at=AT, key=None, proposal_id=of(document, "person").public_id)
    text = "\n".join("".join(s.text for s in p.stretches) for p in page.paragraphs)
    assert len(text) == len(TEXT)
    with scope.system():
        assert DirectoryPerson.objects.filter(hidden_at__isnull=False).count() == 2
