"""What is there already: for each proposal the records that say the same, or nearly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz

from lianti.contexts.activities import queries as activities
from lianti.contexts.activities.queries import ActivityLine
from lianti.contexts.agreements import queries as agreements
from lianti.contexts.agreements.queries import AgreementLine, CommitmentLine
from lianti.contexts.intake.models import Proposal
from lianti.contexts.intake.queries.resolving import SETTLED, Parties
from lianti.contexts.intake.states import Field, ProposalState
from lianti.contexts.ledger.queries import kinds
from lianti.contexts.needs import queries as needs
from lianti.contexts.needs.queries import NeedLine
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import FigureFacts, InstitutionFacts, Named, PersonFacts, RelationFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence

# From this likeness (0 to 100, of the words without marks) two texts say nearly the same; of one kind, a little less.
ALIKE = 80.0
ALIKE_OF_A_KIND = 65.0
ENDED = ("ended", "withdrawn", "closed", "declined")
# A report is often dated a day off: what is recorded for the day beside it may be the same, and is never sure to be.
NEAR = timedelta(days=1)


@dataclass(frozen=True)
class Existing:
    """A record that is there: `same` when the proposal would only repeat it."""

    kind: str
    public_id: str
    url: str
    title: str
    detail: Sentence = ""
    same: bool = True


def day_of(text: str) -> date | None:
    """Return a whole day from 'YYYY-MM-DD', else None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class Records:
    """What the actor may see of the records that a document's proposals touch, each sort read once."""

    def __init__(self, actor: Actor, parties: Parties, proposals: Sequence[Proposal]) -> None:
        self._actor, self.parties, self._proposals = actor, parties, proposals

    @cached_property
    def relations(self) -> list[RelationFacts]:
        """The relations that the actor may see and that have not ended."""
        return [one for one in network.relations_of(self._actor) if one.state not in ENDED]

    @cached_property
    def relation(self) -> RelationFacts | None:
        """The relation that the document's other records belong to: accepted from it, or the one of its two sides."""
        for one in self._proposals:
            if one.field == Field.RELATION:
                if one.state in SETTLED:
                    return next((r for r in self.relations if r.public_id == one.outcome_id), None)
                return self._bound(one.content)
        return None

    @cached_property
    def may_bind(self) -> bool:
        """Say whether there is a relation that records can belong to, or one is proposed with all that it needs."""
        offered = (
            one.content
            for one in self._proposals
            if one.field == Field.RELATION and one.state != ProposalState.REJECTED
        )
        whole = any(one.get("behaviour") and one.get("lead") and one.get("members") for one in offered)
        return whole or self.relation is not None

    def _bound(self, content: dict[str, Any]) -> RelationFacts | None:
        lead, members = self.parties.of(content.get("lead", "")), self.parties.all_of(content.get("members", ()))
        both = {place.id for place in (lead, *members) if place is not None}
        fitting = [one for one in self.relations if len(both) > 1 and both <= one.side_ids]
        fitting.sort(key=lambda one: one.behaviour != content.get("behaviour"))
        return fitting[0] if fitting else None

    @cached_property
    def registry(self) -> list[Named]:
        """Every institution in use with all its names."""
        return network.every_name()

    @cached_property
    def papers(self) -> list[AgreementLine]:
        """The agreements of the relation that have not ended."""
        found = agreements.of_relation(self._actor, self.relation.id) if self.relation else []
        return [one for one in found if one.state not in ENDED]

    @property
    def has_one_draft(self) -> bool:
        """Say whether the relation has exactly one agreement that promises can still go into."""
        return sum(one.state == "draft" for one in self.papers) == 1

    @cached_property
    def promises(self) -> list[CommitmentLine]:
        """The promises of the relation that have not ended."""
        return agreements.commitments_of_relation(self._actor, self.relation.id) if self.relation else []

    @cached_property
    def happened(self) -> list[ActivityLine]:
        """What is recorded for the days of the document's events, and the days beside these."""
        told = [day_of(one.content.get("date", "")) for one in self._proposals if one.field == Field.EVENT]
        days = {near for day in told if day is not None for near in (day - NEAR, day, day + NEAR)}
        return activities.of_days(self._actor, days)

    @cached_property
    def people(self) -> list[PersonFacts]:
        """Those in the directory who bear a name of the document at one of its institutions."""
        names = {one.content.get("name", "") for one in self._proposals if one.field == Field.PERSON}
        return network.people_among(self.parties.ids(), names=names) if names else []

    @cached_property
    def figures(self) -> list[FigureFacts]:
        """The figures of the relation."""
        return network.figures_of(self._actor, relation_id=self.relation.id) if self.relation else []

    def needs_of(self, institution: InstitutionFacts) -> list[NeedLine]:
        """The open needs that an institution stated or was asked to meet."""
        found = self._needs.get(institution.id)
        if found is None:
            found = needs.open_needs(self._actor, institution_id=institution.id)
            self._needs[institution.id] = found
        return found

    @cached_property
    def _needs(self) -> dict[int, list[NeedLine]]:
        return {}


def existing(records: Records, field: str, content: dict[str, Any]) -> list[Existing]:
    """Return what is there of a proposal with this content, the likest first, five at most."""
    return candidates(records, field, content)[:5]


def candidates(records: Records, field: str, content: dict[str, Any]) -> list[Existing]:
    """Return every record that a proposal with this content may be merged with, the likest first."""
    found = _FINDERS[Field(field)](records, content) if field in _FINDERS else []
    return sorted(found, key=lambda one: not one.same)


def repeated(found: Sequence[Existing]) -> Existing | None:
    """Return the one record that a proposal would only repeat; None when there is none, or more than one may be it."""
    same = [one for one in found if one.same]
    return same[0] if len(same) == 1 else None


def alike(first: str, second: str) -> float:
    """Say how like two texts are, from 0 to 100, whatever stands around the common part."""
    return max(fuzz.ratio(first, second), fuzz.partial_ratio(first, second) if min(len(first), len(second)) > 8 else 0)


def place_line(place: InstitutionFacts) -> Existing:
    """Return an institution as an existing record."""
    return Existing(
        "institution", place.public_id, f"/network/institutions/{place.public_id}/", place.name, place.region_words
    )


def relation_line(one: RelationFacts, *, same: bool = True) -> Existing:
    """Return a relation as an existing record."""
    url = f"/network/relations/{one.public_id}/"
    return Existing("relation", one.public_id, url, one.name, one.behaviour_label, same)


def _institutions(records: Records, content: dict[str, Any]) -> list[Existing]:
    name = content.get("name", "")
    place = records.parties.of(name)
    if place is not None:
        return [place_line(place)]
    # 云溪县医院 may be 云溪县人民医院: of names that begin alike, those that hardly differ.
    near = [
        (likeness, one.institution)
        for one in records.registry
        if (likeness := max(fuzz.ratio(name, other) for other in one.names)) >= ALIKE and one.names[0][:2] == name[:2]
    ]
    near.sort(key=lambda pair: -pair[0])
    return [replace(place_line(place), same=False) for _likeness, place in near[:3]]


def _relations(records: Records, content: dict[str, Any]) -> list[Existing]:
    named = [content.get("lead", ""), *content.get("members", ())]
    both = _only(records, named)
    if len(both) < 2:
        return []
    # Of the same kind: the one that binds these parties, whoever else it binds. Of another kind: the same parties only.
    return [
        relation_line(one, same=one.behaviour == content.get("behaviour"))
        for one in records.relations
        if both == one.side_ids or (both <= one.side_ids and one.behaviour == content.get("behaviour"))
    ]


def _only(records: Records, names: Sequence[str]) -> set[int]:
    """Return the institutions that names mean; none at all when one of them is not known: no record can name it."""
    if records.parties.unknown(names):
        return set()
    return {place.id for place in records.parties.all_of(names)}


def _specialties(records: Records, content: dict[str, Any]) -> list[Existing]:
    relation = records.relation
    return [relation_line(relation)] if relation and content.get("name") in relation.specialties else []


def _papers(records: Records, content: dict[str, Any]) -> list[Existing]:
    signed = day_of(content.get("signed_date", ""))
    parties = _only(records, content.get("parties", ()))
    return [
        Existing(
            "agreement",
            one.public_id,
            f"/agreements/{one.public_id}/",
            one.title,
            one.state_label,
            (one.signed_date == signed and signed is not None) or one.title == content.get("title"),
        )
        for one in records.papers
        if one.party_ids == parties
    ]


def _promises(records: Records, content: dict[str, Any]) -> list[Existing]:
    giver, receiver = records.parties.of(content.get("giver", "")), records.parties.of(content.get("receiver", ""))
    found = []
    for one in records.promises:
        if giver is None or receiver is None or (one.giver.id, one.receiver.id) != (giver.id, receiver.id):
            continue
        likeness = alike(one.text, content.get("text", ""))
        if likeness >= (ALIKE_OF_A_KIND if one.kind == content.get("kind") else ALIKE):
            url = f"/agreements/promises/{one.public_id}/"
            found.append(Existing("commitment", one.public_id, url, one.text, one.kind_label))
    return found


def _events(records: Records, content: dict[str, Any]) -> list[Existing]:
    day = day_of(content.get("date", ""))
    family = {row.code for row in kinds.labelled(content.get("label", ""))} | {content.get("kind")}
    found = []
    for one in records.happened:
        done = one.activity
        if day is None or abs(done.day - day) > NEAR or done.kind not in family:
            continue
        exact, contained = _same_parties(records, content, one)
        if exact or contained:
            same = exact and done.day == day and done.kind == content.get("kind")
            url, title = f"/activities/{done.public_id}/", f"{one.kind_label} {done.title}".strip()
            found.append(Existing("activity", done.public_id, url, title, str(done.day), same))
    return found


def _same_parties(records: Records, content: dict[str, Any], one: ActivityLine) -> tuple[bool, bool]:
    """Say whether an activity has the very parties of a proposal; and whether, of an event, it has all of them.

    Help is the same only from the same giver to the same receivers: nothing goes into that of another receiver.
    """
    giver, receivers = content.get("giver", ""), content.get("receivers", ())
    if one.giver is not None:
        same = _only(records, [giver]) == {one.giver.id}
        return same and _only(records, receivers) == {place.id for place in one.receivers}, False
    named = _only(records, content.get("participants") or [giver, *receivers])
    there = {place.id for place in one.participants}
    return named == there, bool(named) and named < there


def _people(records: Records, content: dict[str, Any]) -> list[Existing]:
    place = records.parties.of(content.get("institution", ""))
    return [
        Existing(
            "person",
            one.public_id,
            f"/network/people/{one.public_id}/",
            str(one.name),
            f"{one.employer.short_name} {one.duty}".strip(),
            place is not None and one.employer_id == place.id,
        )
        for one in records.people
        if str(one.name) == content.get("name")
    ]


def _needs(records: Records, content: dict[str, Any]) -> list[Existing]:
    place = records.parties.of(content.get("institution", ""))
    if place is None:
        return []
    found = []
    for one in records.needs_of(place):
        likeness = alike(one.text, content.get("text", ""))
        if one.stater_id == place.id and likeness >= (
            ALIKE_OF_A_KIND if one.category == content.get("category") else ALIKE
        ):
            found.append(Existing("need", one.public_id, f"/needs/{one.public_id}/", one.text, one.state_label))
    return found


def _figures(records: Records, content: dict[str, Any]) -> list[Existing]:
    relation = records.relation
    if relation is None or content.get("of"):
        return []
    url = f"/network/relations/{relation.public_id}/"
    return [
        Existing("figure", one.public_id, url, f"{one.label} {one.shown}", one.source)
        for one in records.figures
        if one.label == content.get("label")
    ]


_FINDERS: dict[Field, Callable[[Records, dict[str, Any]], list[Existing]]] = {
    Field.INSTITUTION: _institutions,
    Field.RELATION: _relations,
    Field.SPECIALTY: _specialties,
    Field.AGREEMENT: _papers,
    Field.COMMITMENT: _promises,
    Field.EVENT: _events,
    Field.PERSON: _people,
    Field.NEED: _needs,
    Field.FIGURE: _figures,
}
