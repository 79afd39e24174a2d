"""Paper: a numbered snapshot, both seals, and the scan that confirms exactly what it holds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lianti.contexts.evidence.services import Upload
from lianti.contexts.ledger import queries, services
from lianti.contexts.ledger.models import Entry, MonthSheet, SheetPrint
from lianti.contexts.ledger.tests.recount import sums_are_kept
from lianti.contexts.ledger.tests.stage import Stage, fresh, seen
from lianti.contexts.ledger.tests.test_examples import SCAN
from lianti.contexts.papers import queries as papers
from lianti.contexts.papers import services as paper_services
from lianti.contexts.papers.models import IssuedPaper
from lianti.contexts.papers.tests.builders import a_docx, text_of
from lianti.kernel import scope
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.lib.web.search import Typed
from tests import cast


def printed(stage: Stage) -> SheetPrint:
    return services.print_sheet(
        actor=stage.office,
        at=stage.at,
        key=None,
        sheet_id=seen(MonthSheet).order_by("id").first().pk,  # type: ignore[union-attr]
    )


def book(
    stage: Stage, paper: SheetPrint, by: str = "office", signatory: int | None = None, **more: Any
) -> services.Outcome:
    return services.confirm_scan(
        actor=getattr(stage, by),
        at=stage.at,
        key=None,
        print_id=paper.pk,
        signatory_id=stage.person("head") if signatory is None else signatory,
        name="盖章.pdf",
        content=SCAN,
        **more,
    )


@pytest.mark.parametrize("by", ["office", "desk"])
def test_either_office_books_the_scan(stage: Stage, by: str) -> None:
    """On paper the seal is the receiver's act: either office books the scan."""
    entry = stage.declare()
    book(stage, printed(stage), by)
    assert (fresh(entry).state, fresh(entry).level, fresh(entry).via) == ("counted", 1, "paper")
    sums_are_kept()


def test_the_declarer_never_books_the_scan(stage: Stage) -> None:
    entry = stage.declare(by="office")
    with pytest.raises(NotAllowed):
        book(stage, printed(stage))
    assert fresh(entry).state == "declared"
    assert seen(SheetPrint).get().state == "printed"


def test_the_signatory_passes_the_same_test(stage: Stage) -> None:
    entry = stage.declare("P>K", people=[(stage.person("head"), "watch", None)])
    paper = printed(stage)
    posted = cast.a_person(employer=stage.houses["P"])
    for signatory in (stage.person("head"), posted.pk, stage.person("expert"), 0):
        with pytest.raises(Invalid) as refused:
            book(stage, paper, signatory=signatory)
        assert "signatory" in refused.value.fields
    assert fresh(entry).state == "declared"
    book(stage, paper, signatory=cast.a_person(employer=stage.houses["K"]).pk)
    assert fresh(entry).level == 1


def test_a_scan_confirms_what_its_number_holds_and_later_entries_make_a_supplementary_sheet(stage: Stage) -> None:
    first = stage.declare()
    paper = printed(stage)
    later = stage.declare()
    book(stage, paper)
    assert (fresh(first).level, fresh(later).level) == (1, 0)
    second = printed(stage)
    assert [line["entry"] for line in second.lines] == [later.pk]
    assert second.number != paper.number
    page = queries.printed(stage.office, second.public_id, today=stage.today)
    assert page.supplementary
    book(stage, second)
    assert fresh(later).level == 1
    with pytest.raises(Conflict):
        printed(stage)


def test_what_changed_since_the_print_is_left(stage: Stage) -> None:
    changed, same = stage.declare(quantity=2), stage.declare(quantity=1)
    paper = printed(stage)
    services.redeclare(actor=stage.expert, at=stage.at, key=None, entry_id=changed.pk, quantity=Decimal(3))
    outcome = book(stage, paper)
    assert outcome.left == [changed.public_id]
    assert (fresh(changed).level, fresh(same).level) == (0, 1)


def test_what_was_changed_by_hand_on_the_paper_is_marked(stage: Stage) -> None:
    lowered, crossed, kept, good = (stage.declare(quantity=4) for _ in range(4))
    marks = services.Exceptions(
        lowered={lowered.public_id: (Decimal(3), "章上改为3")},
        returned={crossed.public_id: "划去"},
        left=frozenset({kept.public_id}),
    )
    book(stage, printed(stage), exceptions=marks)
    found = [fresh(entry) for entry in (lowered, crossed, kept, good)]
    assert [(entry.state, entry.level, entry.quantity) for entry in found] == [
        ("counted", 1, 3),
        ("returned", 0, 4),
        ("declared", 0, 4),
        ("counted", 1, 4),
    ]
    sums_are_kept()


def test_a_scan_is_booked_once(stage: Stage) -> None:
    stage.declare()
    paper = printed(stage)
    book(stage, paper)
    with pytest.raises(Conflict):
        book(stage, paper, "desk")


def test_paper_rises_to_online(stage: Stage) -> None:
    entry = stage.declare()
    book(stage, printed(stage))
    assert stage.verify(entry).level == 2


def test_a_file_that_is_no_scan_is_refused_and_nothing_is_confirmed(stage: Stage) -> None:
    entry = stage.declare()
    paper = printed(stage)
    with pytest.raises(Invalid):
        services.confirm_scan(
            actor=stage.office,
            at=stage.at,
            key=None,
            print_id=paper.pk,
            signatory_id=stage.person("head"),
            name="x.exe",
            content=b"MZ\x90\x00",
        )
    assert (fresh(entry).state, fresh(paper).state) == ("declared", "printed")


def test_strangers_find_neither_sheet_nor_print(stage: Stage) -> None:
    stage.declare()
    paper = printed(stage)
    with pytest.raises(NotFound):
        queries.printed(stage.keeper, paper.public_id, today=stage.today)
    with pytest.raises(NotFound):
        services.print_sheet(actor=stage.keeper, at=stage.at, key=None, sheet_id=paper.sheet_id)
    assert queries.print_by_number(stage.keeper, paper.number) is None
    assert queries.print_by_number(stage.office, paper.number.lower()) == paper.public_id


def test_a_sheet_of_entries_without_people_is_printed_too(stage: Stage) -> None:
    stage.declare(people=[])
    assert printed(stage).lines[0]["entry"] == seen(Entry).get().pk


def paper_of(printed: SheetPrint) -> IssuedPaper:
    return seen(IssuedPaper).get(subject_kind="ledger.print", subject_id=printed.public_id)


def test_a_print_is_a_numbered_paper_that_says_what_was_printed_and_the_month(stage: Stage) -> None:
    """The paper has the lines as they were; the month's workload has what earlier sheets confirmed, too."""
    stage.declare(quantity=2)
    book(stage, printed(stage))
    entry = stage.declare(quantity=5)
    paper = printed(stage)
    services.redeclare(actor=stage.expert, at=stage.at, key=None, entry_id=entry.pk, quantity=Decimal(7))
    row = paper_of(paper)
    assert (row.number, row.paper, row.shown["total"]) == (paper.number, "month-sheet", "1 行")
    assert [(line["quantity"], line["share"]) for line in row.content["lines"]] == [("5", "5")]
    assert [(one["declared"], one["counted"]) for one in row.content["work"]] == [("7", "2")]
    assert row.content["supplement"] == "补充月表"
    for reader in (stage.office, stage.coordinator):
        assert papers.issued_of(reader, "ledger.print", paper.public_id) == row
    assert papers.issued_of(stage.keeper, "ledger.print", paper.public_id) is None
    told = Client().get(f"/papers/{row.code}/").content.decode()
    assert "1 行" in told
    assert row.content["name"] not in told


def test_a_hospital_prints_month_sheets_by_its_own_document(stage: Stage) -> None:
    document = a_docx(
        "{{ number }} 我院式样 {{ receiver_seal }}", "{% for row in lines %}", "{{ row.kind }}", "{% endfor %}"
    )
    with scope.acting(stage.office):
        paper_services.bring(
            actor=stage.office, at=stage.at, key=None, paper="month-sheet", upload=Upload("月表.docx", document),
            from_date=stage.today,
        )  # fmt: skip
    stage.declare()
    row = paper_of(printed(stage))
    made = paper_services.draw_issued(actor=stage.office, at=stage.at, paper_id=row.pk, address="a")
    assert f"{row.number} 我院式样" in text_of(made.content)


def test_what_was_printed_before_papers_were_kept_is_found_by_its_number_and_code(stage: Stage) -> None:
    """Paper in hospitals stays good: its print, its search, its short code after its number, its scan."""
    entry = stage.declare(quantity=3)
    paper = printed(stage)
    with scope.system():
        SheetPrint.objects.filter(pk=paper.pk).update(public_id=f"7{paper.public_id[1:]}")
    paper.refresh_from_db()
    code = queries.code_of(paper)
    page = cast.signed_in_client(stage.office).get(reverse("ledger:print", args=[paper.public_id])).content.decode()
    assert code in page
    assert paper.number in page
    hits = queries.find_prints(stage.office, Typed.of(paper.number.lower()), 8)
    assert [hit.url for hit in hits] == [f"/ledger/prints/{paper.public_id}/"]
    assert not queries.find_prints(stage.keeper, Typed.of(paper.number), 8)
    typed = Client().post("/papers/check/", {"code": f"{paper.number} {code.lower()}"})
    assert typed["Location"] == f"/papers/{paper.number}-{code}/"
    assert "1 行" in Client().get(typed["Location"]).content.decode()
    assert Client().get(f"/papers/{paper.number}-{'0' * 8}/").status_code == 404
    book(stage, paper)
    assert fresh(entry).level == 1
