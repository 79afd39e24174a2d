"""What the pages of an agreement, a promise and a goal show, and what their forms may offer."""

from __future__ import annotations

from dataclasses import dataclass

from lianti.contexts.agreements import rules
from lianti.contexts.agreements.models import Agreement, AgreementFile, Commitment, Goal
from lianti.contexts.agreements.queries import papers, promises
from lianti.contexts.agreements.queries.papers import PartyFacts
from lianti.contexts.agreements.states import AGREEMENT
from lianti.contexts.evidence import queries as evidence
from lianti.contexts.evidence.queries import Tied
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, RelationFacts, SourceFacts
from lianti.lib.actor import Actor
from lianti.records.cells import Link


@dataclass(frozen=True)
class AgreementPage:
    """One agreement with its parties, promises and files. `agreement` and `commitments` are read only."""

    agreement: Agreement
    relation: RelationFacts
    parties: list[PartyFacts]
    commitments: list[Commitment]
    files: list[Tied]
    sources: list[SourceFacts]
    may_promise: bool


@dataclass(frozen=True)
class PromisePage:
    """One promise with what it rests on. `commitment` is read only."""

    commitment: Commitment
    relation: RelationFacts
    paper: Link


@dataclass(frozen=True)
class GoalPage:
    """One goal with its relation. `goal` is read only; `whom` None: all parties."""

    goal: Goal
    relation: RelationFacts
    whom: InstitutionFacts | None


def agreement_page(actor: Actor, row: Agreement) -> AgreementPage:
    """Return what the page of an agreement shows beside head, moves and story."""
    draftable = rules.TABLE.refusal(actor, "agreements.draft", row) is None
    return AgreementPage(
        agreement=row,
        relation=network.relation_by_id(row.relation_id),
        parties=papers.parties_of([row])[row.pk],
        commitments=promises.of_agreement(actor, row.pk),
        files=files_of(row),
        sources=network.sources_of("agreement", row.public_id),
        may_promise=draftable and row.state not in AGREEMENT.final,
    )


def promise_page(_actor: Actor, row: Commitment) -> PromisePage:
    """Return what the page of a promise shows beside head, moves and story."""
    return PromisePage(row, network.relation_by_id(row.relation_id), promises.papers_of([row])[row.pk])


def goal_page(_actor: Actor, row: Goal) -> GoalPage:
    """Return what the page of a goal shows beside head, moves and story."""
    whom = network.institution_by_id(row.institution_id) if row.institution_id is not None else None
    return GoalPage(row, network.relation_by_id(row.relation_id), whom)


def files_of(row: Agreement) -> list[Tied]:
    """Return the files of an agreement that the reader has been let into."""
    return evidence.tied(AgreementFile.objects.filter(agreement=row).order_by("id"))


def agreement_files(actor: Actor, agreement_id: str) -> list[Tied]:
    """Return the files of an agreement that the actor may know of. Raises NotFound."""
    return files_of(papers.KIND.visible(actor).one(agreement_id))


def relations_to_sign(actor: Actor) -> list[RelationFacts]:
    """Return the relations in which the actor's institution is a party and can write an agreement."""
    found = network.relations_of(actor)
    return [r for r in found if actor.tenant_id in r.party_ids and r.state != "ended"]


def may_draft(actor: Actor) -> bool:
    """Say whether the actor's role lets them write agreements at all."""
    return actor.role in rules.DRAFTERS


def may_enter_signed(actor: Actor) -> bool:
    """Say whether the actor's role lets them enter an agreement that was signed before."""
    return actor.role in rules.AGREEMENT_RULES["agreements.enter_signed"].roles
