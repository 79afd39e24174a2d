"""All that the page of one activity says, and the choices of its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lianti.contexts.activities import labels, rules
from lianti.contexts.activities.models import (
    Activity,
    ActivityAccount,
    ActivityFile,
    ActivityPerson,
    ActivityReceiver,
    ActivityTransition,
)
from lianti.contexts.activities.queries.lines import ActivityLine, lines, visible
from lianti.contexts.activities.queries.story import Told, told
from lianti.contexts.activities.states import ACTIVITY
from lianti.contexts.evidence import queries as evidence
from lianti.contexts.evidence.queries import FileFacts
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.ledger.queries import EntryRow, in_chinese, kinds
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts, RelationFacts, SourceFacts
from lianti.kernel.workflow.spec import Transition
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound, Sentence


@dataclass(frozen=True)
class TakingFacts:
    """One person's part and share."""

    person: PersonFacts
    part: str
    share: Decimal | None

    @property
    def part_label(self) -> Sentence:
        return labels.PARTS[self.part]


@dataclass(frozen=True)
class ExtraFact:
    """One extra fact of the kind, in the reader's language."""

    label: str
    value: str


@dataclass(frozen=True)
class ProofFile:
    """A file of an activity: the id of its link, and what is known of it."""

    public_id: str
    file: FileFacts


@dataclass(frozen=True)
class ActivityPage:
    """One activity with people, proof, story and the moves open to the actor."""

    line: ActivityLine
    version: int
    note: str
    extra: Mapping[str, Any]
    extra_facts: list[ExtraFact]
    people: list[TakingFacts]
    entries: list[EntryRow]
    account_ids: list[int]
    files: list[ProofFile]
    relation: RelationFacts | None
    recorder: InstitutionFacts | None
    sources: list[SourceFacts]
    story: list[Told]
    open_moves: list[Transition]


def find(actor: Actor, public_id: str) -> Activity:
    """Find an activity that the actor may know of. Raises NotFound."""
    row = visible(actor).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def activity_page(actor: Actor, public_id: str, *, today: date) -> ActivityPage:
    """Return everything that the page of an activity shows. Raises NotFound."""
    row = find(actor, public_id)
    line = lines([row])[0]
    by_id = {person.id: person for person in line.people}
    takings = ActivityPerson.objects.filter(activity=row).order_by("position")
    moves = ActivityTransition.objects.filter(record=row).select_related("principal", "tenant")
    relation_id = row.relation_id
    return ActivityPage(
        line=line,
        version=row.version,
        note=row.note,
        extra=row.extra,
        extra_facts=extra_facts(row.kind, row.extra),
        people=[TakingFacts(by_id[t.person_id], t.part, t.share) for t in takings],
        entries=_entries(actor, row, today),
        account_ids=list(ActivityAccount.objects.filter(activity=row).values_list("account", flat=True)),
        files=_files(row),
        relation=network.relations_by_id([relation_id]).get(relation_id) if relation_id is not None else None,
        recorder=network.institutions_by_id([row.tenant_id]).get(row.tenant_id),
        sources=network.sources_of("event", row.public_id),
        story=told(moves),
        open_moves=[t for t in ACTIVITY.allowed(row.state) if rules.TABLE.refusal(actor, t.action, row) is None],
    )


def _entries(actor: Actor, row: Activity, today: date) -> list[EntryRow]:
    """Return what the ledger says of the activity's entries; a receiver sees its own, the giver all."""
    receivers = ActivityReceiver.objects.filter(activity=row, entry__isnull=False).select_related("entry")
    found = ledger.rows_of([r.entry for r in receivers.order_by("id") if r.entry is not None], today)
    sides = {actor.tenant_id}
    return [entry for entry in found if sides & {entry.giver.id, entry.receiver.id} or row.tenant_id in sides]


def extra_facts(kind: str, extra: Mapping[str, Any]) -> list[ExtraFact]:
    """Return the extra facts of a kind as words; facts of a kind that is gone stand as they are."""
    row = kinds.KINDS.get(kind)
    fields = {field.code: field for field in row.fields} if row else {}
    return [_extra_fact(fields.get(code), code, value) for code, value in extra.items() if value not in (None, "")]


def _extra_fact(field: kinds.Field | None, code: str, value: Any) -> ExtraFact:
    if field is None:
        return ExtraFact(code, str(value))
    chinese = in_chinese()
    label = field.zh if chinese else field.en
    if field.type == "choice":
        words = {choice[0]: choice[1] if chinese else choice[2] for choice in field.choices}
        return ExtraFact(label, words.get(value, str(value)))
    if field.type == "yes":
        return ExtraFact(label, str(labels.YES if value else labels.NO))
    return ExtraFact(label, str(value))


def _files(row: Activity) -> list[ProofFile]:
    links = list(ActivityFile.objects.filter(activity=row).order_by("id"))
    known = evidence.files(link.file_id for link in links)
    return [ProofFile(link.public_id, known[link.file_id]) for link in links]


def activity_file(actor: Actor, activity_id: str, file_id: str) -> str:
    """Return the evidence room's id of a file of an activity that the actor may know of. Raises NotFound."""
    link = ActivityFile.objects.filter(activity=find(actor, activity_id), public_id=file_id).first()
    if link is None:
        raise NotFound
    return evidence.files([link.file_id])[link.file_id].public_id
