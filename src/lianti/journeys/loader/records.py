"""How each kind of record comes in, what it says now, and how a source changes it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from lianti.contexts.activities import queries as activities_read
from lianti.contexts.activities import services as activities
from lianti.contexts.agreements import queries as agreements_read
from lianti.contexts.agreements import services as agreements
from lianti.contexts.needs import queries as needs_read
from lianti.contexts.needs import services as needs
from lianti.contexts.network import queries as network_read
from lianti.contexts.network import services as network
from lianti.contexts.network.queries import RelationFacts
from lianti.journeys.loader.items import Facts, Item
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict


@dataclass
class Bench:
    """What is at hand while one file is written."""

    actor: Actor
    at: datetime
    source: str
    source_id: int
    document_id: int
    published: date
    institutions: dict[str, int] = field(default_factory=dict)
    relations: dict[str, RelationFacts] = field(default_factory=dict)
    groups: dict[tuple[Any, ...], str] = field(default_factory=dict)

    @property
    def by(self) -> dict[str, Any]:
        """Who writes, and when, as every service wants it."""
        return {"actor": self.actor, "at": self.at, "key": None}

    def ids_of(self, codes: list[str]) -> tuple[int, ...]:
        """Return the keys of institutions by code."""
        return tuple(self.institutions[code] for code in codes)

    def id_of(self, code: str | None) -> int | None:
        """Return the key of an institution by code, None for none."""
        return self.institutions[code] if code else None

    def group_of(self, item: Item) -> str:
        """Return the group that what stands in one line shares."""
        return self.groups.setdefault((item.kind, *item.path), ids.new())


@dataclass(frozen=True)
class Kind:
    """The three things that the loader does with a kind of record.

    `create` returns the public id; `now` the present facts; `change` takes the fields that the source changed,
    and returns the public id when another record stands in the place of the old one.
    """

    create: Callable[[Bench, Item], str]
    now: Callable[[Bench, Item, str], Facts]
    change: Callable[[Bench, Item, str, Facts], str | None]


def _nothing(_bench: Bench, _item: Item, _public_id: str) -> Facts:
    return {}


def _never(_bench: Bench, _item: Item, _public_id: str, _fields: Facts) -> str | None:
    return None


# institutions


def _create_institution(bench: Bench, item: Item) -> str:
    row = item.row
    draft = network.InstitutionDraft(
        code=row.code,
        name=row.name,
        kind=row.kind,
        region=row.region or "",
        short_name=row.short_name or "",
        level=row.level or "",
    )
    made = network.adopt_institution(**bench.by, institution=draft, source=bench.source)
    bench.institutions[row.code] = made.pk
    return made.public_id


def _institution_now(_bench: Bench, _item: Item, public_id: str) -> Facts:
    found = network_read.institution(public_id)
    return {"kind": found.kind, "region": found.region, "short_name": found.short_name, "level": found.level}


def _change_institution(bench: Bench, _item: Item, public_id: str, fields: Facts) -> None:
    network.edit_institution(**bench.by, institution_id=public_id, fields=fields, note=bench.source)


# relations


def _create_relation(bench: Bench, item: Item) -> str:
    row = item.row
    draft = network.RelationDraft(
        code=row.code,
        name=row.name,
        behaviour=row.kind,
        lead_id=bench.institutions[row.lead],
        member_ids=bench.ids_of(row.members),
        authority_id=bench.id_of(row.authority),
        # Without an agreement or a paper on its way, the relation rests on the report that tells of it.
        basis_id=None if row.signed or row.documents else bench.document_id,
        specialties=tuple(item.facts["specialties"]),
        from_date=row.from_date,
        to_date=row.to_date,
    )
    made = network.adopt_relation(**bench.by, relation=draft, state=row.status, source=bench.source)
    bench.relations[row.code] = network_read.relation_by_id(made.pk)
    return made.public_id


def _relation_now(bench: Bench, item: Item, _public_id: str) -> Facts:
    found = bench.relations[item.relation]
    return {
        "kind": found.behaviour,
        "name": found.name,
        "lead": found.lead.code,
        "members": [m.code for m in found.members],
        "authority": found.authority.code if found.authority else None,
        "specialties": list(found.specialties),
        "status": found.state,
        "from": found.from_date.isoformat() if found.from_date else None,
        "to": found.to_date.isoformat() if found.to_date else None,
    }


def _change_relation(bench: Bench, item: Item, public_id: str, fields: Facts) -> None:
    row = item.row
    columns: dict[str, Any] = {
        "kind": ("behaviour", row.kind),
        "name": ("name", row.name),
        "lead": ("lead_id", bench.institutions[row.lead]),
        "authority": ("authority_id", bench.id_of(row.authority)),
        "from": ("from_date", row.from_date),
        "to": ("to_date", row.to_date),
    }
    edited = dict(columns[name] for name in fields if name in columns)
    if edited or {"members", "specialties"} & set(fields):
        network.edit_relation(
            **bench.by,
            relation_id=public_id,
            fields=edited,
            member_ids=bench.ids_of(row.members) if "members" in fields or "lead" in fields else None,
            specialties=tuple(fields["specialties"]) if "specialties" in fields else None,
            note=bench.source,
        )
    if "status" in fields:
        _move_relation(bench, item, public_id)
    bench.relations[row.code] = network_read.relation_by_id(bench.relations[row.code].id)


def _move_relation(bench: Bench, item: Item, public_id: str) -> None:
    row, by = item.row, bench.by
    if row.status == "negotiating":
        network.negotiate(**by, relation_id=public_id, note=bench.source)
    elif row.status == "in_force":
        network.put_in_force(**by, relation_id=public_id, from_date=row.from_date or row.signed, note=bench.source)
        agreements.open_of_relation(**by, relation_id=bench.relations[row.code].id)
    elif row.status == "ended":
        network.end_relation(**by, relation_id=public_id, to_date=row.to_date, note=bench.source)
    else:
        raise Conflict(_("A relation does not go back to an earlier state by loading."))


# agreements


def _create_agreement(bench: Bench, item: Item) -> str:
    relation = bench.relations[item.relation]
    signed = getattr(item.row, "signed", None)
    facts = agreements.AgreementFacts(
        relation_id=relation.id, title=item.label, signed=agreements.SignedFacts(signed_date=signed) if signed else None
    )
    state = "draft" if not signed else "ended" if relation.state == "ended" else "in_force"
    return agreements.adopt_agreement(**bench.by, source=bench.source, agreement=facts, state=state).public_id


def _agreement_now(bench: Bench, item: Item, public_id: str) -> Facts:
    if "signed" not in item.facts:
        return {}
    signed = agreements_read.paper(bench.actor, public_id).signed_date
    return {"signed": signed.isoformat() if signed else None}


def _change_agreement(bench: Bench, item: Item, public_id: str, _fields: Facts) -> None:
    agreements.correct_signing(**bench.by, agreement_id=public_id, signed_date=item.row.signed, note=bench.source)


# events


def _create_event(bench: Bench, item: Item) -> str:
    facts = _event_facts(bench, item)
    return activities.adopt_event(**bench.by, source=bench.source, event=facts).public_id


def _event_facts(bench: Bench, item: Item) -> activities.EventFacts:
    row = item.row
    return activities.EventFacts(
        kind=row.kind,
        day=row.date,
        participant_ids=bench.ids_of(row.participants),
        place_id=bench.id_of(row.place),
        relation_id=bench.relations[row.relation].id,
        visited=tuple(row.visited),
        purpose=tuple(row.purpose),
        attendance=row.attendance,
    )


def _event_now(bench: Bench, _item: Item, public_id: str) -> Facts:
    line = activities_read.line(bench.actor, public_id)
    return {
        "participants": [p.code for p in line.participants],
        "visited": list(line.activity.visited),
        "purpose": list(line.activity.purpose),
        "attendance": line.activity.attendance,
    }


def _change_event(bench: Bench, item: Item, public_id: str, _fields: Facts) -> None:
    activities.amend_event(**bench.by, activity_id=public_id, event=_event_facts(bench, item), note=bench.source)


# needs


def _create_need(bench: Bench, item: Item) -> str:
    return needs.adopt_need(**bench.by, source=bench.source, need=_need_facts(bench, item)).public_id


def _need_facts(bench: Bench, item: Item) -> needs.NeedFacts:
    relation = bench.relations[item.relation]
    stater = bench.institutions[item.institution]
    # A need goes to the other side: to the lead, or, when the lead states it, to its first member.
    addressed = relation.lead.id if relation.lead.id != stater else relation.members[0].id
    return needs.NeedFacts(
        stater_id=stater,
        addressed_id=addressed,
        category=item.row.category,
        text=item.row.text,
        relation_id=relation.id,
        specialty=item.row.specialty or "",
        group=bench.group_of(item),
        stated_date=bench.published,
    )


def _need_now(bench: Bench, _item: Item, public_id: str) -> Facts:
    return {"specialty": needs_read.need(bench.actor, public_id).specialty}


def _change_need(bench: Bench, item: Item, public_id: str, _fields: Facts) -> None:
    needs.correct(**bench.by, need_id=public_id, need=_need_facts(bench, item))


# commitments, goals


def _create_commitment(bench: Bench, item: Item) -> str:
    relation = bench.relations[item.relation]
    paper = _paper(bench, relation)
    facts = agreements.CommitmentFacts(
        relation_id=relation.id,
        kind=item.row.kind,
        text=item.row.text,
        giver_id=bench.institutions[item.row.giver],
        receiver_id=bench.institutions[item.institution],
        agreement_id=paper,
        basis_id=bench.document_id if paper is None else None,
        group=bench.group_of(item),
    )
    return agreements.adopt_commitment(**bench.by, source=bench.source, commitment=facts).public_id


def _paper(bench: Bench, relation: RelationFacts) -> int | None:
    """Return the agreement that a promise of the relation rests on; None: the report itself.

    One in force bears it. A draft bears it only while the relation is not in force, since no account opens on it.
    """
    papers = agreements_read.of_relation(bench.actor, relation.id)
    in_force = [p.id for p in papers if p.state == "in_force"]
    drafts = [p.id for p in papers if p.state == "draft"] if relation.state != "in_force" else []
    return min(in_force or drafts, default=None)


def _create_goal(bench: Bench, item: Item) -> str:
    facts = agreements.GoalFacts(
        relation_id=bench.relations[item.relation].id,
        kind=item.row.kind,
        text=item.row.text,
        institution_id=bench.id_of(item.institution),
    )
    return agreements.adopt_goal(**bench.by, source=bench.source, goal=facts).public_id


# figures, road map, review areas


def _create_figure(bench: Bench, item: Item) -> str:
    row = item.row
    draft = network.FigureDraft(
        label=row.label,
        value=Decimal(str(row.value)),
        institution_id=bench.id_of(item.institution),
        relation_id=bench.relations[item.relation].id if item.relation else None,
        comparison=row.comparison or "",
        examples=tuple(row.examples),
    )
    return network.adopt_figure(**bench.by, figure=draft, source_id=bench.source_id).public_id


def _figure_now(bench: Bench, _item: Item, public_id: str) -> Facts:
    found = network_read.figure(bench.by["actor"], public_id)
    return {"value": found.shown, "comparison": found.comparison, "examples": list(found.examples)}


def _change_figure(bench: Bench, item: Item, public_id: str, fields: Facts) -> None:
    given = dict(fields)
    if "value" in given:
        given["value"] = Decimal(str(item.row.value))
    network.edit_figure(**bench.by, figure_id=public_id, fields=given)


def _create_plan(bench: Bench, item: Item) -> str:
    plan = agreements.PlanFacts(
        relation_id=bench.relations[item.relation].id,
        approach=item.facts["approach"],
        first_step=item.facts["first_step"],
        must_have=tuple(item.facts["must_have"]),
    )
    return agreements.adopt_plan(**bench.by, source=bench.source, plan=plan).public_id


def _plan_now(bench: Bench, item: Item, _public_id: str) -> Facts:
    found = agreements_read.road_map(bench.actor, bench.relations[item.relation].id)
    return {"approach": found.approach, "first_step": found.first_step, "must_have": list(found.must_have)}


def _create_areas(bench: Bench, item: Item) -> str:
    relation = bench.relations[item.relation]
    facts = agreements.ReviewAreaFacts(relation_id=relation.id, areas=tuple(item.facts["areas"]))
    agreements.adopt_review_areas(**bench.by, source=bench.source, review_areas=facts)
    return relation.public_id


def _areas_now(bench: Bench, item: Item, _public_id: str) -> Facts:
    found = agreements_read.road_map(bench.actor, bench.relations[item.relation].id)
    return {"areas": list(found.review_areas)}


def _again(create: Callable[[Bench, Item], str]) -> Callable[[Bench, Item, str, Facts], str | None]:
    """Return a change that lays down the whole paper anew."""
    return lambda bench, item, _public_id, _fields: create(bench, item)


RECORDS: dict[str, Kind] = {
    "institution": Kind(_create_institution, _institution_now, _change_institution),
    "relation": Kind(_create_relation, _relation_now, _change_relation),
    "agreement": Kind(_create_agreement, _agreement_now, _change_agreement),
    "event": Kind(_create_event, _event_now, _change_event),
    "need": Kind(_create_need, _need_now, _change_need),
    "commitment": Kind(_create_commitment, _nothing, _never),
    "goal": Kind(_create_goal, _nothing, _never),
    "figure": Kind(_create_figure, _figure_now, _change_figure),
    "plan": Kind(_create_plan, _plan_now, _again(_create_plan)),
    "review_areas": Kind(_create_areas, _areas_now, _again(_create_areas)),
}
