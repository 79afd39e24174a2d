"""The lives of documents and proposals bound to their tables: whose turn it is, who is told."""

from collections.abc import Iterator

from lianti.contexts.intake import rules
from lianti.contexts.intake.models import Document, DocumentTransition, Proposal, ProposalTransition
from lianti.contexts.intake.states import DOCUMENT, PROPOSAL, DocumentState
from lianti.kernel.notices import Tell
from lianti.kernel.workflow.engine import Flow
from lianti.kernel.worklist import Wait
from lianti.lib.actor import Actor
from lianti.lib.roles import Role

_DESKS = (Role.OFFICE, Role.COORDINATOR, Role.HEALTH_AUTHORITY)


def waits(document: Document) -> Iterator[Wait]:
    """Yield whose turn it is: the desk reviews what was read, and looks at what could not be."""
    if document.state == DocumentState.READ:
        yield Wait(document.tenant_id, _DESKS, "intake.review")
    elif document.state == DocumentState.FAILED:
        yield Wait(document.tenant_id, _DESKS, "intake.retry")


def tells(document: Document, _key: str, _actor: Actor) -> Iterator[Tell]:
    """Tell who took the document in."""
    yield Tell(document.tenant_id, params={"title": document.name}, principal_id=document.created_by_id)


DOCUMENTS = Flow(DOCUMENT, Document, DocumentTransition, rules.DOCUMENTS, waits=waits, tells=tells)
PROPOSALS = Flow(PROPOSAL, Proposal, ProposalTransition, rules.PROPOSALS)
