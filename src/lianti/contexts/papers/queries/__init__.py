"""What is told of papers: kinds, rows, and what a stranger with a code is shown."""

from lianti.contexts.papers.domain import (
    PaperBlock,
    PaperFacts,
    PaperKind,
    PaperRows,
    PaperTable,
    PaperText,
    Placeholder,
    SealPlaces,
)
from lianti.contexts.papers.domain.codes import grouped, numbered
from lianti.contexts.papers.domain.typesetting import laid
from lianti.contexts.papers.queries.checking import Checked, Shown, check, know_more
from lianti.contexts.papers.queries.drawing import as_printed
from lianti.contexts.papers.queries.known import kind, kinds, know
from lianti.contexts.papers.queries.records import (
    PAPER,
    TEMPLATE,
    PaperAsks,
    PaperLine,
    PaperPage,
    TemplateAsks,
    by_number,
    in_force,
    issued_of,
    may_bring,
    paper_page,
    paper_rows,
    papers_of,
    template_rows,
    title_of,
)

__all__ = [
    "PAPER",
    "TEMPLATE",
    "Checked",
    "PaperAsks",
    "PaperBlock",
    "PaperFacts",
    "PaperKind",
    "PaperLine",
    "PaperPage",
    "PaperRows",
    "PaperTable",
    "PaperText",
    "Placeholder",
    "SealPlaces",
    "Shown",
    "TemplateAsks",
    "as_printed",
    "by_number",
    "check",
    "grouped",
    "in_force",
    "issued_of",
    "kind",
    "kinds",
    "know",
    "know_more",
    "laid",
    "may_bring",
    "numbered",
    "paper_page",
    "paper_rows",
    "papers_of",
    "template_rows",
    "title_of",
]
