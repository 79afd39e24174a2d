"""How batches, postings and workstations come in. What was sent moves on by its own moves, never by loading."""

from django.utils.translation import gettext as _

from lianti.contexts.dispatch import queries as dispatch_read
from lianti.contexts.dispatch import services as dispatch
from lianti.contexts.network import queries as network_read
from lianti.contexts.network import services as network
from lianti.journeys.loader.items import Facts, Item, batch_key
from lianti.journeys.loader.records import Bench, Kind
from lianti.lib.errors import Conflict, Invalid


def _create_batch(bench: Bench, item: Item) -> str:
    row = item.row
    facts = dispatch.BatchFacts(row.name, bench.relations[row.relation].id, row.kind, row.from_date, row.to_date)
    letter = dispatch.LetterFacts(row.letter, row.letter_date or row.from_date) if row.letter else None
    sender = bench.institutions[row.sender]
    made = dispatch.adopt_batch(
        **bench.by, source=bench.source, batch=facts, sender_id=sender, letter=letter, state=row.status
    )
    return made.public_id


def _batch_now(bench: Bench, _item: Item, public_id: str) -> Facts:
    found = dispatch_read.BATCH.visible(bench.actor).one(public_id)
    return {
        "kind": found.kind,
        "name": found.name,
        "from": found.from_date.isoformat(),
        "to": found.to_date.isoformat(),
        "letter": found.letter_number,
        "status": found.state,
    }


def _create_posting(bench: Bench, item: Item) -> str:
    row = item.row
    batch_id = next((said.public_id for said in network_read.loaded_records([batch_key(row.batch)])), "")
    if not batch_id:
        raise Invalid({"batch": _("Its batch could not be taken in.")})
    batch = dispatch_read.BATCH.visible(bench.actor).one(batch_id)
    nominee = dispatch.Nominee(
        person(bench, batch.sender_id, row.person),
        bench.institutions[row.recipient],
        row.duty or "",
        row.department or "",
        row.specialty or "",
        row.from_date,
        row.to_date,
    )
    made = dispatch.adopt_posting(
        **bench.by,
        source=bench.source,
        batch_id=batch_id,
        nominee=nominee,
        stay=dispatch.Stay(row.arrived, row.left, row.handover or ""),
        state=row.status,
    )
    return made.public_id


def person(bench: Bench, employer_id: int, name: str) -> int:
    """Return who of the sender bears the name; somebody new when nobody does. Raises Invalid when several do."""
    bearers = network_read.people_among([employer_id], names=[name])
    if len(bearers) > 1:
        raise Invalid({"person": _("Several people of the sender bear this name. Enter this posting by hand.")})
    if bearers:
        return bearers[0].id
    return network.add_person(**bench.by, person=network.PersonDraft(name=name, employer_id=employer_id)).pk


def _posting_now(bench: Bench, _item: Item, public_id: str) -> Facts:
    found = dispatch_read.KIND.visible(bench.actor).one(public_id)
    return {
        "duty": found.duty,
        "department": found.department,
        "arrived": found.arrived.isoformat() if found.arrived else None,
        "left": found.left.isoformat() if found.left else None,
        "status": found.state,
    }


def _create_workstation(bench: Bench, item: Item) -> str:
    row = item.row
    relation = bench.relations[row.relation]
    lead = network_read.relation_by_id(relation.id).lead.id
    approval = None
    if row.approved is not None:
        approval = dispatch.Approval(row.approved, row.number or "", row.approved_by or "", row.until)
    made = dispatch.adopt_station(
        **bench.by,
        source=bench.source,
        station=dispatch.StationFacts(
            row.name,
            relation.id,
            bench.institutions[row.institution],
            lead,
            row.specialty,
            tuple(person(bench, lead, name) for name in row.experts),
        ),
        past=dispatch.StationPast(row.applied or bench.published, approval, row.plaque, row.closed),
        state=row.status,
    )
    return made.public_id


def _workstation_now(bench: Bench, _item: Item, public_id: str) -> Facts:
    found = dispatch_read.STATION.visible(bench.actor).one(public_id)
    return {
        "name": found.name,
        "approved": found.approved.isoformat() if found.approved else None,
        "number": found.approval_number,
        "plaque": found.plaque.isoformat() if found.plaque else None,
        "status": found.state,
    }


def by_hand(_bench: Bench, _item: Item, _public_id: str, _fields: Facts) -> None:
    """Refuse to change what was taken in: it moves on by its own moves. Raises Conflict."""
    raise Conflict(_("What was sent moves on by its own moves, not by loading. Enter it on its page."))


SENT: dict[str, Kind] = {
    "batch": Kind(_create_batch, _batch_now, by_hand),
    "posting": Kind(_create_posting, _posting_now, by_hand),
    "workstation": Kind(_create_workstation, _workstation_now, by_hand),
}
