"""A kind of paper of the tests, documents that fill it, and papers issued, through the services alone."""

import io
import zipfile
from typing import Any

from lianti.contexts.evidence import services as evidence
from lianti.contexts.papers import queries, services
from lianti.contexts.papers.models import IssuedPaper, Template
from lianti.contexts.papers.queries import (
    PaperFacts,
    PaperKind,
    PaperRows,
    PaperTable,
    PaperText,
    Placeholder,
    SealPlaces,
)
from lianti.kernel import scope
from tests.cast import AT, DAY, Cast

TRIAL = queries.know(
    PaperKind(
        "trial-paper",
        ("试用证明", "试验证明"),
        (Placeholder("name", "姓名", "王晓明"), Placeholder("total", "合计", "183 天")),
        (PaperText("兹证明 %(name)s："), PaperFacts(("name", "total")), PaperTable("lines"), SealPlaces(("issuer",))),
        (PaperRows("lines", "经历", (Placeholder("place", "地点", "石舟县"), Placeholder("days", "天数", "90"))),),
        series="SY",
    )
)
CONTENT = {
    "name": "欧阳某某",
    "total": "200 天",
    "lines": [{"place": "甲县", "days": "120"}, {"place": "乙县", "days": "80"}],
}


def a_docx(*paragraphs: str, **parts: str) -> bytes:
    """Return a document with these paragraphs; further parts by name, `__` for a stroke."""
    from docx import Document

    made, file = Document(), io.BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(file)
    with zipfile.ZipFile(file, "a") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def text_of(document: bytes) -> str:
    """Return the words of a document, tables too."""
    import re

    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        xml = archive.read("word/document.xml").decode()
    return re.sub(r"<[^>]*>", "", re.sub(r"</w:p>", "\n", xml))


def brought(cast: Cast, document: bytes, paper: str = TRIAL.code, **more: Any) -> Template:
    """Let the supporting hospital bring a template."""
    office = cast.supporting.office
    given = {"from_date": DAY, **more}
    with scope.acting(office):
        return services.bring(
            actor=office, at=AT, key=None, paper=paper, upload=evidence.Upload("证明.docx", document), **given
        )


def issued(cast: Cast, **more: Any) -> IssuedPaper:
    """Let the supporting hospital issue a paper that the county hospital is given, too."""
    facts = services.PaperFacts(
        TRIAL.code, "tests.subject", "S" * 26, CONTENT, name="欧阳某某", total="200 天", rules="通用口径 v1",
        parties=[cast.county.id],
    )  # fmt: skip
    office = cast.supporting.office
    with scope.acting(office):
        return services.issue(actor=office, at=AT, key=None, paper=facts, **more)
