"""How months of attendance, earlier service, certificates and titles come in: as reported, nothing declared."""

from typing import Any

from django.utils.translation import gettext as _

from lianti.contexts.dispatch import queries as dispatch_read
from lianti.contexts.dispatch import services as dispatch
from lianti.contexts.network import queries as network_read
from lianti.contexts.network import services as network
from lianti.journeys.loader.items import Facts, Item, posting_key
from lianti.journeys.loader.records import Bench, Kind
from lianti.journeys.loader.sent import by_hand, person
from lianti.lib.errors import Invalid


def _create_month(bench: Bench, item: Item) -> str:
    letters: dict[str, str] = {}
    for row in item.row:
        said = next(iter(network_read.loaded_records([posting_key(row)])), None)
        if said is None:
            raise Invalid({"person": _("The posting of this month could not be taken in.")})
        letters[said.public_id] = row.days
    posting = dispatch_read.KIND.visible(bench.actor).one(next(iter(letters)))
    made = dispatch.report_month(
        **bench.by,
        source=bench.source,
        sender_id=posting.sender_id,
        recipient_id=posting.recipient_id,
        month=item.row[0].month,
        letters=letters,
    )
    return made.public_id


def _month_now(bench: Bench, _item: Item, public_id: str) -> Facts:
    return {"days": dispatch_read.told_days(bench.actor, public_id)}


def _create_service(bench: Bench, item: Item) -> str:
    row: Any = item.row
    sender = bench.institutions[row.sender]
    facts = dispatch.PastFacts(
        person(bench, sender, row.person),
        row.place,
        row.kind,
        row.from_date,
        row.to_date,
        row.letter,
        bench.id_of(row.recipient),
        row.department or "",
        row.certified,
    )
    return dispatch.adopt_past(**bench.by, source=bench.source, service=facts, sender_id=sender).public_id


def _service_now(bench: Bench, _item: Item, public_id: str) -> Facts:
    found = dispatch_read.PAST.visible(bench.actor).one(public_id)
    codes = {pk: code for code, pk in bench.institutions.items()}
    return {
        "place": found.place,
        "recipient": codes.get(found.recipient_id or 0),
        "kind": found.kind,
        "to": found.last.isoformat(),
        "letter": found.letter_number,
        "department": found.department,
        "certified": found.certified,
    }


def _create_certificate(bench: Bench, item: Item) -> str:
    row: Any = item.row
    sender = bench.institutions[row.sender]
    told = dispatch.ToldCertificate(
        person(bench, sender, row.person),
        row.number,
        row.issued,
        row.until,
        row.days,
        row.months or "",
        row.title or "",
    )
    return dispatch.adopt_certificate(**bench.by, source=bench.source, certificate=told, sender_id=sender).public_id


def _certificate_now(bench: Bench, _item: Item, public_id: str) -> Facts:
    found = dispatch_read.CERTIFICATE.visible(bench.actor).one(public_id)
    return {
        "person": str(network_read.person_by_id(found.person_id).name),
        "issued": found.told_on.isoformat() if found.told_on else None,
        "until": found.until.isoformat(),
        "days": found.days,
        "months": found.months,
        "title": found.title,
    }


def _create_title(bench: Bench, item: Item) -> str:
    row: Any = item.row
    found = network_read.person_by_id(person(bench, bench.institutions[row.employer], row.person))
    fields = {"title_level": row.title}
    told: dict[str, Any] = {"person_id": found.public_id, "fields": fields, "title_since": row.since}
    return network.edit_person(**bench.by, **told, note=bench.source).public_id


def _title_now(_bench: Bench, item: Item, public_id: str) -> Facts:
    row: Any = item.row
    found = network_read.person(public_id)
    later = [title for until, title in network_read.past_titles([found.id]).get(found.id, ()) if row.since < until]
    return {"title": (later or [found.title_level])[0]}


PROVED: dict[str, Kind] = {
    "attendance": Kind(_create_month, _month_now, by_hand),
    "service": Kind(_create_service, _service_now, by_hand),
    "certificate": Kind(_create_certificate, _certificate_now, by_hand),
    "title": Kind(_create_title, _title_now, by_hand),
}
