"""Papers and templates bound to their tables."""

from datetime import date

from lianti.contexts.papers import rules
from lianti.contexts.papers.models import IssuedPaper, IssuedPaperTransition, Template, TemplateTransition
from lianti.contexts.papers.states import PAPER, TEMPLATE
from lianti.kernel.flows import Flow


def paper_audience(row: IssuedPaper) -> set[int]:
    """Return who may see a paper at first: who issued it. Whom it goes to is granted when it is issued."""
    return {row.issuer_id}


def template_audience(row: Template) -> set[int]:
    """Return who lists a template: its holder."""
    return {row.holder_id}


def paper_day(row: IssuedPaper) -> date:
    """Return the day that lists go by."""
    return row.issued_on


def template_day(row: Template) -> date:
    """Return the day that lists go by."""
    return row.from_date


PAPERS = Flow(PAPER, IssuedPaper, IssuedPaperTransition, rules.PAPERS, paper_audience, day=paper_day)
TEMPLATES = Flow(TEMPLATE, Template, TemplateTransition, rules.TEMPLATES, template_audience, day=template_day)
