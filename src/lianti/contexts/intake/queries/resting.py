"""What a proposal rests on in its own document: hospitals it names, its relation, the agreement that it stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lianti.contexts.intake.models import Proposal
from lianti.contexts.intake.queries.existing import Records, existing, repeated
from lianti.contexts.intake.queries.readiness import rests_on_a_relation
from lianti.contexts.intake.queries.resolving import SETTLED, named_by, names_in
from lianti.contexts.intake.states import Field, ProposalState


def rests_on(records: Records, row: Proposal, rows: Sequence[Proposal]) -> list[Proposal]:
    """Return the proposals that have to be records before `row` can be one and are not yet; none if it repeats one."""
    if row.field == Field.INSTITUTION or row.state in SETTLED:
        return []
    if repeated(existing(records, row.field, row.content)) is not None:
        return []
    unknown = set(records.parties.unknown(names_in(row.content)))
    return [one for one in rows if one.state not in SETTLED and _needed(records, row.field, row.content, one, unknown)]


def _needed(records: Records, field: str, content: Mapping[str, Any], one: Proposal, unknown: set[str]) -> bool:
    if one.field == Field.INSTITUTION:
        return not unknown.isdisjoint(named_by(one))
    if one.field == Field.RELATION:
        return rests_on_a_relation(field, content) and records.relation is None
    if one.field == Field.AGREEMENT and field == Field.COMMITMENT:
        # Without the document's own agreement, its promises may go into the one draft that there is.
        return one.state == ProposalState.PROPOSED or not records.has_one_draft
    return False
