"""A batch and its papers: planned, its people named, sent by one letter, received by one receipt of each recipient."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import checks
from lianti.contexts.dispatch.domain.facts import BatchFacts, LetterFacts, Nominee
from lianti.contexts.dispatch.models import Batch, Posting
from lianti.contexts.dispatch.services import arriving, checking, figures, people
from lianti.contexts.dispatch.states import OPEN, PostingState
from lianti.contexts.network import queries as network
from lianti.contexts.network import services as groups
from lianti.kernel import audience, numbers, scope
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid, Sentence

BATCH_SERIES, POSTING_SERIES = "PC", "PZ"
MOST = 60  # people named at once


def plan(*, actor: Actor, at: datetime, key: str | None, batch: BatchFacts) -> Batch:
    """Plan a batch for the members of a relation. Raises Invalid, NotAllowed, KeyReused."""
    checks.batch(batch)
    if actor.tenant_id not in network.parties(batch.relation_id):
        raise Invalid({"relation": _("Choose a relation to which your institution belongs.")})
    row = Batch(public_id=ids.new(), number=numbers.take(BATCH_SERIES, at), sender_id=actor.tenant_id, **typed(batch))
    told: dict[str, Any] = {"actor": actor, "at": at, "key": f"{key}-group" if key else None}
    with scope.acting(actor), transaction.atomic():
        row.group_id = groups.create_group(**told, institution_id=actor.tenant_id, name=row.name).pk
        return engine.create(flow.BATCHES, row, name="plan", actor=actor, at=at, key=key, body=asdict(batch))


def edit(
    *, actor: Actor, at: datetime, key: str | None, batch_id: str, batch: BatchFacts, version: int | None = None
) -> Batch:
    """Change what a batch is before its letter; who is named keeps their dates.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    checks.batch(batch)
    fields = typed(batch)
    fields.pop("relation_id")
    return _move("edit", actor, at, key, batch_id, version, fields=fields)


def name_people(
    *, actor: Actor, at: datetime, key: str | None, batch_id: str, people: Sequence[Nominee], version: int | None = None
) -> Batch:
    """Name who is to be sent, all or nobody. Raises NotFound, NotAllowed, Conflict, Invalid at '<row>-<field>'."""
    if not people or len(people) > MOST:
        raise Invalid({"people": _("Name at least one and at most %(most)s people at once.") % {"most": MOST}})

    def effect(batch: Batch) -> None:
        rows = [nominated(batch, one, at) for one in people]
        look(batch, people, rows)
        for row in rows:
            told: dict[str, Any] = {"actor": actor, "at": at, "key": None}
            engine.create(flow.POSTINGS, row, name="nominate", **told)
        figures.ask((row.person_id for row in rows), at)

    facts = {"people": str(len(people))}  # whom a batch sends elsewhere its other recipients need not know
    return _move("name_people", actor, at, key, batch_id, version, facts=facts, effect=effect)


def check(**told: Any) -> Batch:
    """Note that personnel has looked at everybody; who is left out has a reason. Raises as every move."""
    return _stage("check", **told)


def decide(*, minutes_number: str, minutes_date: date | None = None, **told: Any) -> Batch:
    """Note the leaders' decision. Raises as every move."""
    fields = {"minutes_number": minutes_number[:60], "minutes_date": minutes_date}
    return _stage("decide", fields=fields, facts={"minutes": minutes_number[:60]}, **told)


def publicise(*, public_from: date, public_to: date, public_place: str = "", **told: Any) -> Batch:
    """Note that the names were made public in the house. Raises as every move, Invalid."""
    if public_to < public_from:
        raise Invalid({"public_to": checks.END_FIRST})
    fields = {"public_from": public_from, "public_to": public_to, "public_place": public_place[:120]}
    return _stage("publicise", fields=fields, facts={"public": f"{public_from} – {public_to}"}, **told)


def order(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    batch_id: str,
    letter: LetterFacts,
    dropped: Sequence[str] = (),
    note: str = "",
    version: int | None = None,
) -> Batch:
    """Issue the letter of dispatch: everybody named is sent but who is `dropped` (public ids; `note` says why).

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    checks.letter(letter, shanghai_day(at))

    def effect(batch: Batch) -> None:
        going = _without(batch, dropped, note, actor, at)
        people.one_at_a_time(row.person_id for row in going)
        if not going:
            raise Invalid({"": _("Name at least one person before the letter is issued.")})
        for row in going:
            _send(batch, row, letter.letter_number, actor, at)
        audience.grant(flow.BATCHES, batch, {row.recipient_id for row in going})

    facts = {"letter_number": letter.letter_number, "letter_date": letter.letter_date.isoformat()}
    return _move(
        "order",
        actor,
        at,
        key,
        batch_id,
        version,
        fields=asdict(letter),
        facts=facts,
        note=_said(note, dropped),
        effect=effect,
    )


def receive(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    batch_id: str,
    arrived: date,
    receipt_number: str = "",
    absent: Sequence[str] = (),
    note: str = "",
    version: int | None = None,
) -> Batch:
    """Give the receipt for one's own institution: all that were sent here reported in, but the `absent` (public ids).

    Who is absent stays expected and reports in later. Raises NotFound, NotAllowed, Conflict, Invalid.
    """

    def effect(batch: Batch) -> None:
        rows = Posting.objects.filter(batch=batch.pk, recipient=actor.tenant_id, state=PostingState.ORDERED)
        expected = list(rows.select_for_update().order_by("pk"))
        people.one_at_a_time(row.person_id for row in expected)
        if not expected:
            raise Conflict(_("Nobody of this batch is expected at your institution any more."))
        for row in expected:
            if row.public_id not in absent:
                arriving.arrive(row, actor, at, arrived, receipt_number)

    told = {"arrived": arrived.isoformat(), "absent": str(len(absent) or "")}
    return _move("receive", actor, at, key, batch_id, version, facts=told, note=note, effect=effect)


def close(
    *, actor: Actor, at: datetime, key: str | None, batch_id: str, note: str = "", version: int | None = None
) -> Batch:
    """End a batch whose people have all left. Raises NotFound, NotAllowed, Conflict."""

    def effect(batch: Batch) -> None:
        if Posting.objects.filter(batch=batch.pk, state__in=OPEN).exists():
            raise Conflict(_("Somebody of this batch is still on duty or expected."))
        groups.close_group(actor=actor, at=at, key=None, group_id=network.group_public_id(batch.group_id))

    return _move("close", actor, at, key, batch_id, version, note=note, effect=effect)


def withdraw(
    *, actor: Actor, at: datetime, key: str | None, batch_id: str, note: str, version: int | None = None
) -> Batch:
    """Take back a batch before its letter, with a reason. Raises NotFound, NotAllowed, Conflict, Invalid."""

    def effect(batch: Batch) -> None:
        everybody = Posting.objects.filter(batch=batch.pk, state=PostingState.NOMINATED)
        _without(batch, [row.public_id for row in everybody], note, actor, at)

    return _move("withdraw", actor, at, key, batch_id, version, note=note, effect=effect)


def send_one(before: Posting, one: Nominee, letter_number: str, actor: Actor, at: datetime) -> None:
    """Send one more person of a batch that is under way: the successor of another. Raises Invalid, NotAllowed."""
    batch = Batch.objects.get(pk=before.batch_id)
    row = nominated(batch, one, at)
    row.follows = before
    engine.create(flow.POSTINGS, row, name="nominate", actor=actor, at=at, key=None)
    _send(batch, row, letter_number, actor, at)


def typed(batch: BatchFacts) -> dict[str, Any]:
    """Return what was typed as columns."""
    return {**asdict(batch), "name": batch.name.strip(), "quota_number": batch.quota_number.strip()}


def nominated(batch: Batch, one: Nominee, at: datetime) -> Posting:
    """Return the unsaved posting of somebody; dates left open are those of the batch."""
    facts = asdict(one)
    dates = {"from_date": one.from_date or batch.from_date, "to_date": one.to_date or batch.to_date}
    return Posting(
        public_id=ids.new(),
        number=numbers.take(POSTING_SERIES, at),
        batch=batch,
        sender_id=batch.sender_id,
        relation_id=batch.relation_id,
        kind=batch.kind,
        **{**facts, **dates},
    )


def look(batch: Batch, named: Sequence[Nominee], rows: Sequence[Posting], *, bound: bool = True) -> None:
    """Refuse who cannot be sent, each at its row: not employed, not a party, named twice, elsewhere at that time.

    `bound`: they are still to go or there; somebody who has left can be elsewhere. Raises Invalid.
    """
    known = network.people_by_id({one.person_id for one in named})
    people.one_at_a_time(known)
    parties, wrong = network.parties(batch.relation_id), dict[str, Sentence]()
    taken = set(Posting.objects.filter(batch=batch.pk, state__in=OPEN).values_list("person", "recipient"))
    for number, (one, row) in enumerate(zip(named, rows, strict=True)):
        found = dict(checks.nominee(one, row.from_date, row.to_date))
        person = known.get(one.person_id)
        if person is None or person.hidden or person.employer.id != batch.sender_id:
            found["person"] = _("Choose somebody whom your institution employs.")
        if one.recipient_id not in parties or one.recipient_id == batch.sender_id:
            found["recipient"] = _("Choose another party of this relation.")
        if (one.person_id, one.recipient_id) in taken or people.named_beside(rows[:number], row):
            found["person"] = _("Is named already.")
        if bound and not found and (where := people.elsewhere(row)) is not None:
            found["person"] = where
        wrong |= {f"{number}-{name}": said for name, said in found.items()}
    if wrong:
        raise Invalid(wrong)


def _without(batch: Batch, dropped: Iterable[str], note: str, actor: Actor, at: datetime) -> list[Posting]:
    """Leave somebody out, each with the reason; return who is left, locked."""
    out = set(dropped)
    if out and not note.strip():
        raise Invalid({"note": _("Say why somebody is left out.")})
    rows = Posting.objects.filter(batch=batch.pk, state=PostingState.NOMINATED).select_for_update().order_by("pk")
    going = []
    for row in rows:
        if row.public_id in out:
            engine.move(flow.POSTINGS, row, name="drop", actor=actor, at=at, note=note)
        else:
            going.append(row)
    return going


def _send(batch: Batch, row: Posting, letter_number: str, actor: Actor, at: datetime) -> None:
    if row.duty and row.consented is None:
        name = network.person_by_id(row.person_id).name
        raise Invalid({"": _("The receiving institution has not yet agreed to %(who)s.") % {"who": name}})
    people.one_at_a_time([row.person_id])
    if (where := people.elsewhere(row)) is not None:
        name = network.person_by_id(row.person_id).name
        raise Invalid({"": f"{name}: {where}"})
    fields = {"letter_number": letter_number, "ordered_by_id": actor.principal_id}
    engine.move(
        flow.POSTINGS, row, name="order", actor=actor, at=at, fields=fields, facts={"letter_number": letter_number}
    )
    audience.grant(flow.POSTINGS, row, {row.recipient_id})
    people.join(batch, row, actor, at)
    checking.begun(row, False, actor, at)
    figures.ask([row.person_id], at)


def _stage(
    name: str,
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    batch_id: str,
    dropped: Sequence[str] = (),
    note: str = "",
    version: int | None = None,
    fields: dict[str, Any] | None = None,
    facts: dict[str, Any] | None = None,
) -> Batch:
    def effect(batch: Batch) -> None:
        _without(batch, dropped, note, actor, at)

    return _move(
        name, actor, at, key, batch_id, version, fields=fields, facts=facts, note=_said(note, dropped), effect=effect
    )


def _move(
    name: str, actor: Actor, at: datetime, key: str | None, ident: str, version: int | None, **more: Any
) -> Batch:
    moved: Batch = engine.move(flow.BATCHES, ident, name=name, actor=actor, at=at, key=key, version=version, **more)
    return moved


def _said(note: str, dropped: Sequence[str]) -> str:
    """Return what the batch's own story keeps: why somebody is left out stands in theirs, which no recipient reads."""
    return "" if dropped else note
