"""Undoing an acceptance: the record that was made is withdrawn by its own room, when nobody has built on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities import queries as activity_queries
from lianti.contexts.activities import services as activities
from lianti.contexts.agreements import queries as agreement_queries
from lianti.contexts.agreements import services as agreements
from lianti.contexts.intake.queries.existing import ENDED
from lianti.contexts.intake.services.case import Case
from lianti.contexts.intake.states import Field
from lianti.contexts.needs import queries as need_queries
from lianti.contexts.needs import services as needs
from lianti.contexts.network import queries as network_queries
from lianti.contexts.network import services as network
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict
from lianti.lib.roles import Role

_WHY = _("Acceptance from document %(number)s undone.")


def withdraw(case: Case) -> None:
    """Withdraw what acceptance made. Raises Conflict with the reason when somebody has built on it, NotAllowed."""
    _TAKERS_BACK[Field(case.row.field)](case)


def _why(case: Case) -> str:
    return str(_WHY % {"number": case.document.number})


def _institution(case: Case) -> None:
    place = network_queries.institution(case.row.outcome_id)
    if any(one.state not in ENDED for one in network_queries.relations_of(case.actor, institution_id=place.id)):
        raise Conflict(_("It belongs to a relation by now. Undo the relation first."))
    if network_queries.people_of(place.id):
        raise Conflict(_("People are entered under it by now. Undo these first."))
    if not place.closed:
        # Closing is the administrator's; what this desk entered by mistake, and nobody uses, it closes again.
        job = replace(case.actor, role=Role.SYSTEM)
        network.close_institution(actor=job, at=case.at, key=None, institution_id=place.public_id, note=_why(case))


def _relation(case: Case) -> None:
    relation = network_queries.relation_for(case.actor, case.row.outcome_id)
    if relation.state != "requested":
        raise Conflict(_("The relation has been taken up by now. End it on its own page."))
    papers = [one for one in agreement_queries.of_relation(case.actor, relation.id) if one.state not in ENDED]
    if papers or agreement_queries.commitments_of_relation(case.actor, relation.id):
        raise Conflict(_("Agreements and promises rest on it by now. Undo these first."))
    used = activity_queries.any_in(case.actor, relation.id)
    if used or need_queries.open_needs(case.actor, relation_id=relation.id):
        raise Conflict(_("Events or needs belong to it by now. Undo these first."))
    network.end_relation(**case.by, relation_id=relation.public_id, to_date=shanghai_day(case.at), note=_why(case))


def _specialty(case: Case) -> None:
    relation = network_queries.relation_for(case.actor, case.row.outcome_id)
    rest = tuple(name for name in relation.specialties if name != case.content["name"])
    network.edit_relation(**case.by, relation_id=relation.public_id, fields={}, specialties=rest, note=_why(case))


def _agreement(case: Case) -> None:
    paper = agreement_queries.paper(case.actor, case.row.outcome_id)
    if paper.state != "draft":
        raise Conflict(_("The agreement is no draft any more. End it on its own page."))
    if any(one.state not in ENDED for one in agreement_queries.commitments_of_agreement(case.actor, paper.id)):
        raise Conflict(_("Promises stand in it by now. Undo these first."))
    agreements.end(**case.by, agreement_id=paper.public_id, note=_why(case))


def _commitment(case: Case) -> None:
    found = next((one for one in case.records.promises if one.public_id == case.row.outcome_id), None)
    if found is not None and found.state != "proposed":
        raise Conflict(_("The promise is in force by now. End it on the page of its agreement."))
    if found is not None:
        agreements.close_commitment(**case.by, commitment_id=found.public_id, note=_why(case))


def _event(case: Case) -> None:
    activities.withdraw(**case.by, activity_id=case.row.outcome_id, note=_why(case))


def _person(case: Case) -> None:
    if not network_queries.person(case.row.outcome_id).hidden:
        network.hide_person(**case.by, person_id=case.row.outcome_id, note=_why(case))


def _need(case: Case) -> None:
    needs.withdraw(**case.by, need_id=case.row.outcome_id, note=_why(case))


def _figure(case: Case) -> None:
    network.drop_figure(actor=case.actor, at=case.at, figure_id=case.row.outcome_id)


def _publicity(_case: Case) -> None:
    """Let the paper itself stay: other records may rest on it."""


_TAKERS_BACK: dict[Field, Callable[[Case], None]] = {
    Field.INSTITUTION: _institution,
    Field.RELATION: _relation,
    Field.SPECIALTY: _specialty,
    Field.AGREEMENT: _agreement,
    Field.COMMITMENT: _commitment,
    Field.EVENT: _event,
    Field.PERSON: _person,
    Field.NEED: _need,
    Field.FIGURE: _figure,
    Field.PUBLICITY: _publicity,
}
