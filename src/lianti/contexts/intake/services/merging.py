"""Merging a proposal with a record that is there: the document becomes its evidence, nothing new is made."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities import queries as activity_queries
from lianti.contexts.activities import services as activities
from lianti.contexts.agreements import queries as agreement_queries
from lianti.contexts.agreements import services as agreements
from lianti.contexts.intake.queries.existing import candidates
from lianti.contexts.intake.services.accepting import Made
from lianti.contexts.intake.services.case import Case
from lianti.contexts.intake.services.remembering import remember_alias
from lianti.contexts.intake.states import Field
from lianti.contexts.needs import queries as needs
from lianti.contexts.network import queries as network
from lianti.lib.errors import Conflict, NotFound

# What is between parties: the document becomes evidence, so it goes to a record of the very same ones only.
_OF_PARTIES = (Field.RELATION, Field.AGREEMENT, Field.COMMITMENT, Field.EVENT)


def join(case: Case, existing_id: str) -> Made:
    """Tie a proposal to the record with this public id. Raises NotFound, NotAllowed, Conflict."""
    merger = _MERGERS.get(Field(case.row.field))
    if merger is None:
        raise Conflict(_("There is nothing that this could be merged with."))
    fitting = candidates(case.records, case.row.field, case.row.content)
    if case.row.field in _OF_PARTIES and existing_id not in {one.public_id for one in fitting}:
        raise Conflict(
            _("“%(name)s” is between other parties than that record, or of another kind or day.") % case.named
        )
    return merger(case, existing_id)


def _institution(case: Case, existing_id: str) -> Made:
    place = network.institution(existing_id)
    if place.closed:
        raise Conflict(_("This institution is closed."))
    remember_alias(case, place.id)
    return "institution", place.public_id


def _relation(case: Case, existing_id: str) -> Made:
    return "relation", network.relation_for(case.actor, existing_id).public_id


def _specialty(case: Case, existing_id: str) -> Made:
    relation = network.relation_for(case.actor, existing_id)
    if case.content.get("name") not in relation.specialties:
        raise Conflict(_("The relation does not name this specialty."))
    return "specialty", relation.public_id


def _agreement(case: Case, existing_id: str) -> Made:
    files = agreement_queries.agreement_files(case.actor, existing_id)
    if not case.holds_it(one.file.sha256 for one in files):
        agreements.attach(**case.by, agreement_id=existing_id, uploads=(case.upload,), note=case.quote[:400])
    return "agreement", existing_id


def _commitment(case: Case, existing_id: str) -> Made:
    if existing_id not in {one.public_id for one in case.records.promises}:
        raise NotFound
    return "commitment", existing_id


def _event(case: Case, existing_id: str) -> Made:
    if not case.holds_it(one.file.sha256 for one in activity_queries.files(case.actor, existing_id)):
        activities.attach(**case.by, activity_id=existing_id, uploads=(case.upload,), note=case.quote[:400])
    return "activity", existing_id


def _person(_case: Case, existing_id: str) -> Made:
    return "person", network.person(existing_id).public_id


def _need(case: Case, existing_id: str) -> Made:
    return "need", needs.need(case.actor, existing_id).public_id


def _figure(case: Case, existing_id: str) -> Made:
    return "figure", network.figure(case.actor, existing_id).public_id


_MERGERS: dict[Field, Callable[[Case, str], Made]] = {
    Field.INSTITUTION: _institution,
    Field.RELATION: _relation,
    Field.SPECIALTY: _specialty,
    Field.AGREEMENT: _agreement,
    Field.COMMITMENT: _commitment,
    Field.EVENT: _event,
    Field.PERSON: _person,
    Field.NEED: _need,
    Field.FIGURE: _figure,
}
