"""What acceptance makes of a proposal: a draft, through the service of the room that owns the record."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities import services as activities
from lianti.contexts.activities.services import ActivityFacts, EventFacts
from lianti.contexts.agreements import services as agreements
from lianti.contexts.agreements.queries import AgreementLine
from lianti.contexts.agreements.services import AgreementFacts, CommitmentFacts
from lianti.contexts.intake.queries.existing import day_of
from lianti.contexts.intake.queries.readiness import number_of
from lianti.contexts.intake.queries.resolving import SETTLED
from lianti.contexts.intake.services.case import Case
from lianti.contexts.intake.services.remembering import remember_alias
from lianti.contexts.intake.states import Field
from lianti.contexts.needs import services as needs
from lianti.contexts.needs.services import NeedFacts
from lianti.contexts.network import queries as network_queries
from lianti.contexts.network import services as network
from lianti.contexts.network.services import FigureDraft, InstitutionDraft, PersonDraft, RelationDraft
from lianti.lib.errors import Conflict, Invalid

# What was made: its kind and its public id.
Made = tuple[str, str]


def make(case: Case) -> Made:
    """Make the record that a proposal describes. Raises what the owning room raises; then nothing was made."""
    case.check()
    return _MAKERS[Field(case.row.field)](case)


def _institution(case: Case) -> Made:
    content = case.content
    if network_queries.named([content["name"]]):
        raise Invalid({"name": _("The directory has an institution of this name. Merge with it instead.")})
    draft = InstitutionDraft(
        name=content["name"], kind=content["kind"], level=content.get("level", ""), region=content.get("region", "")
    )
    made = network.create_institution(**case.by, institution=draft)
    remember_alias(case, made.pk)
    return "institution", made.public_id


def _relation(case: Case) -> Made:
    content = case.content
    draft = RelationDraft(
        name=content.get("name") or content["lead"],
        behaviour=content["behaviour"],
        lead_id=case.place("lead").id,
        member_ids=tuple(place.id for place in case.places("members")),
        basis=case.paper(),
        from_date=day_of(content.get("from_date", "")),
    )
    return "relation", network.request_relation(**case.by, relation=draft).public_id


def _specialty(case: Case) -> Made:
    relation = case.bond()
    name = case.content["name"]
    if name in relation.specialties:
        raise Conflict(_("The relation names this specialty already."))
    network.edit_relation(
        **case.by,
        relation_id=relation.public_id,
        fields={},
        specialties=(*relation.specialties, name),
        note=case.document.number,
    )
    return "specialty", relation.public_id


def _agreement(case: Case) -> Made:
    content = case.content
    signed = content.get("signed_date", "")
    said = str(_("Signed on %(day)s, as reported.") % {"day": signed}) if signed else ""
    facts = AgreementFacts(
        relation_id=case.bond().id,
        title=content.get("title") or case.document.title,
        party_ids=tuple(place.id for place in case.places("parties")),
        form=content.get("form", ""),
        note="\n".join(filter(None, (said, case.quote[:1000]))),
    )
    made = agreements.draft(**case.by, agreement=facts)
    agreements.attach(**case.by, agreement_id=made.public_id, uploads=(case.upload,))
    return "agreement", made.public_id


def _commitment(case: Case) -> Made:
    content = case.content
    facts = CommitmentFacts(
        relation_id=case.bond().id,
        kind=content["kind"],
        text=content["text"],
        giver_id=case.place("giver").id,
        receiver_id=case.place("receiver").id,
        agreement_id=_paper_of(case).id,
        amount=number_of(content["amount"]) if content.get("amount") else None,
        unit=content.get("unit", ""),
        period=content.get("period", ""),
    )
    return "commitment", agreements.promise(**case.by, commitment=facts).public_id


def _paper_of(case: Case) -> AgreementLine:
    """Return the agreement that the document's promises go into: its own, else the relation's one draft."""
    mine = next((one for one in case.proposals if one.field == Field.AGREEMENT and one.state in SETTLED), None)
    papers = case.records.papers
    if mine is not None:
        papers = [one for one in papers if one.public_id == mine.outcome_id]
    if mine is None and any(one.field == Field.AGREEMENT and one.state == "proposed" for one in case.proposals):
        papers = []  # into no other draft, while the document's own agreement is open
    drafts = papers if mine is not None else [one for one in papers if one.state == "draft"]
    if len(drafts) != 1:
        raise Conflict(_("Accept the agreement first, or merge it with the one that is there: promises stand in it."))
    return drafts[0]


def _event(case: Case) -> Made:
    content = case.content
    if content.get("quantity"):
        made = activities.record(**case.by, activity=_help_given(case), uploads=(case.upload,))
    else:
        made = activities.record_event(**case.by, event=_happening(case), uploads=(case.upload,))
    return "activity", made.public_id


def _help_given(case: Case) -> ActivityFacts:
    content = case.content
    quantity = number_of(str(content["quantity"]))
    day = day_of(content["date"])
    if quantity is None or day is None:
        raise Invalid({"quantity": _("Give a number.")})
    relation = case.records.relation
    return ActivityFacts(
        kind=content["kind"],
        day=day,
        giver_id=case.place("giver").id,
        receiver_ids=tuple(place.id for place in case.places("receivers")),
        quantity=quantity,
        title=content.get("title", "")[:200],
        place_text=content.get("place", "")[:120],
        relation_id=relation.id if relation else None,
        note=case.quote[:1000],
    )


def _happening(case: Case) -> EventFacts:
    content = case.content
    day = day_of(content["date"])
    if day is None:
        raise Invalid({"date": _("Say on which day it was, with the year.")})
    relation = case.records.relation
    return EventFacts(
        kind=content["kind"],
        day=day,
        participant_ids=tuple(place.id for place in case.places("participants")),
        title=content.get("title", "")[:200],
        place_text=content.get("place", "")[:120],
        relation_id=relation.id if relation else None,
        note=case.quote[:1000],
    )


def _person(case: Case) -> Made:
    content, place = case.content, case.place("institution")
    if case.row.outcome_id:  # entered once from this document and hidden when that was undone
        shown = network.show_person(**case.by, person_id=case.row.outcome_id)
        return "person", shown.public_id
    if network_queries.namesakes(place.id, content["name"]):
        raise Invalid({"name": _("Somebody of this name is entered there. Merge with them instead.")})
    draft = PersonDraft(name=content["name"], employer_id=place.id, duty=content.get("title", "")[:120])
    return "person", network.add_person(**case.by, person=draft).public_id


def _need(case: Case) -> Made:
    content = case.content
    stater, addressed = case.place("institution"), case.place("addressed")
    relation = case.records.relation
    both = {stater.id, addressed.id}
    facts = NeedFacts(
        stater_id=stater.id,
        addressed_id=addressed.id,
        category=content["category"],
        text=content["text"],
        relation_id=relation.id if relation and both <= relation.party_ids else None,
        specialty=content.get("specialty", "")[:80],
    )
    return "need", needs.state(**case.by, need=facts).public_id


def _figure(case: Case) -> Made:
    content = case.content
    number = number_of(str(content["value"]))
    if number is None or abs(number) >= Decimal(10) ** 14:
        raise Invalid({"value": _("Give a number.")})
    of = content.get("of", "")
    unit = content.get("unit", "")
    label = content["label"] if not unit or unit in content["label"] else f"{content['label']}（{unit}）"
    source = network.adopt_source(
        actor=case.actor, at=case.at, code=f"intake-{case.document.number}", document=case.paper()
    )
    draft = FigureDraft(
        label=label[:120],
        value=number,
        institution_id=case.place("of").id if of else None,
        relation_id=None if of else case.bond().id,
        comparison="at_least" if str(content["value"]).endswith("+") else "",
    )
    return "figure", network.adopt_figure(actor=case.actor, at=case.at, figure=draft, source_id=source.pk).public_id


def _publicity(case: Case) -> Made:
    content = case.content
    draft = network.DocumentDraft(
        title=content["title"][:300],
        kind="report",
        date=day_of(content.get("date", "")) or case.document.published,
        publisher=content.get("medium", "")[:200],
        medium=content.get("medium", "")[:120],
        file_id=case.document.file_id,
    )
    return "publicity", network.record_document(**case.by, document=draft).public_id


_MAKERS: dict[Field, Callable[[Case], Made]] = {
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
