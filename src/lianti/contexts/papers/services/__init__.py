"""What can be done with papers. Call these through the module: `papers.issue(…)`."""

from lianti.contexts.papers.services.drawing import DOCX, can_make_pdf, draw, draw_issued, pdf_of
from lianti.contexts.papers.services.issuing import PaperFacts, digest, issue, valid_of, withdraw
from lianti.contexts.papers.services.templates import bring, end, ours

__all__ = [
    "DOCX",
    "PaperFacts",
    "bring",
    "can_make_pdf",
    "digest",
    "draw",
    "draw_issued",
    "end",
    "issue",
    "ours",
    "pdf_of",
    "valid_of",
    "withdraw",
]
