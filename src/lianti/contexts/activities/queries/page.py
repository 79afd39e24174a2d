"""All that the page of one activity says, and the choices of its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lianti.contexts.activities import words
from lianti.contexts.activities.models import Activity, ActivityAccount, ActivityFile, ActivityPerson, ActivityReceiver
from lianti.contexts.activities.queries.lines import ActivityLine, lines
from lianti.contexts.activities.queries.listing import KIND
from lianti.contexts.activities.states import ActivityState
from lianti.contexts.evidence import queries as evidence
from lianti.contexts.evidence.queries import Tied
from lianti.contexts.ledger.queries import in_chinese, kinds
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts, RelationFacts, SourceFacts
from lianti.lib.actor import Actor


@dataclass(frozen=True)
class TakingFacts:
    """One person's part and share."""

    person: PersonFacts
    part: str
    share: Decimal | None


@dataclass(frozen=True)
class ActivityPage:
    """One activity with what belongs to it; `entries` are those that the reader may see."""

    line: ActivityLine
    people: list[TakingFacts]
    entries: list[Any]
    account_ids: list[int]
    files: list[Tied]
    relation: RelationFacts | None
    recorder: InstitutionFacts | None
    sources: list[SourceFacts]

    @property
    def is_open(self) -> bool:
        """Say whether it may still be changed or taken back: nothing of it counts yet."""
        return self.line.activity.state == ActivityState.RECORDED and all(
            entry.state in ("declared", "returned") for entry in self.entries
        )


def activity_page(actor: Actor, row: Activity) -> ActivityPage:
    """Return what the page of an activity shows beside head, moves and story."""
    line = lines([row])[0]
    by_id = {person.id: person for person in line.people}
    takings = ActivityPerson.objects.filter(activity=row).order_by("position")
    relation_id = row.relation_id
    return ActivityPage(
        line=line,
        people=[TakingFacts(by_id[t.person_id], t.part, t.share) for t in takings],
        entries=_entries(actor, row),
        account_ids=list(ActivityAccount.objects.filter(activity=row).values_list("account", flat=True)),
        files=files_of(row),
        relation=network.relations_by_id([relation_id]).get(relation_id) if relation_id is not None else None,
        recorder=network.institutions_by_id([row.tenant_id]).get(row.tenant_id),
        sources=network.sources_of("event", row.public_id),
    )


def _entries(actor: Actor, row: Activity) -> list[Any]:
    """Return the activity's entries; a receiver sees its own, the giver and the recorder all."""
    receivers = ActivityReceiver.objects.filter(activity=row, entry__isnull=False).select_related("entry")
    found = [receiver.entry for receiver in receivers.order_by("id") if receiver.entry is not None]
    if actor.tenant_id == row.tenant_id:
        return found
    return [entry for entry in found if actor.tenant_id in (entry.giver_id, entry.receiver_id)]


def extra_facts(kind: str, extra: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the extra facts of a kind as label and words; facts of a kind that is gone stand as they are."""
    row = kinds.KINDS.get(kind)
    fields = {field.code: field for field in row.fields} if row else {}
    return [_extra_fact(fields.get(code), code, value) for code, value in extra.items() if value not in (None, "")]


def _extra_fact(field: kinds.Field | None, code: str, value: Any) -> tuple[str, str]:
    if field is None:
        return code, str(value)
    chinese = in_chinese()
    shown = {choice[0]: choice[1] if chinese else choice[2] for choice in field.choices}.get(value, str(value))
    if field.type == "yes":
        shown = str(words.YES if value else words.NO)
    return (field.zh if chinese else field.en), shown


def files_of(row: Activity) -> list[Tied]:
    """Return the files of an activity that the reader has been let into."""
    return evidence.tied(ActivityFile.objects.filter(activity=row).order_by("id"))


def files(actor: Actor, public_id: str) -> list[Tied]:
    """Return the files of an activity that the actor may know of. Raises NotFound."""
    return files_of(KIND.visible(actor).one(public_id))
