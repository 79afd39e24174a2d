"""The paper itself: draft, agree, sign, put in force, file, end."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements import domain
from lianti.contexts.agreements.domain import AgreementFacts, FilingFacts, SignedFacts
from lianti.contexts.agreements.flow import AGREEMENTS
from lianti.contexts.agreements.models import Agreement, AgreementFile, AgreementParty, AgreementTransition
from lianti.contexts.agreements.services import promises
from lianti.contexts.agreements.states import AgreementState
from lianti.contexts.evidence import services as evidence
from lianti.contexts.network import queries as network
from lianti.contexts.network import services as network_services
from lianti.kernel import numbers
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, NotFound, Sentence

SERIES = "XY"


def draft(*, actor: Actor, at: datetime, key: str | None, agreement: AgreementFacts) -> Agreement:
    """Write down a draft between parties of a relation. Raises Invalid, NotAllowed, KeyReused."""
    check(agreement)
    row = new_row(agreement, at)
    return engine.create(
        AGREEMENTS,
        row,
        name="draft",
        actor=actor,
        at=at,
        key=key,
        body=asdict(agreement),
        effect=lambda saved: write_parties(saved, {}),
    )


def edit(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    agreement_id: str,
    agreement: AgreementFacts,
    version: int | None = None,
) -> Agreement:
    """Change what a draft says; relation and parties stay. Raises NotFound, NotAllowed, Conflict, Invalid."""
    check(agreement)
    return _move("edit", actor, at, key, agreement_id, fields=_words(agreement), version=version)


def correct(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    agreement_id: str,
    agreement: AgreementFacts,
    note: str,
    version: int | None = None,
) -> Agreement:
    """Mend, with a reason, what a signed agreement says; accounts begin and end by its new days.

    Relation and parties stay. The other parties are told. Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    check(agreement)
    fields = _words(agreement)

    def effect(row: Agreement) -> dict[str, Any]:
        if row.state == AgreementState.IN_FORCE:
            if row.from_date is None:
                raise Invalid({"from_date": _("This is needed.")})
            promises.redate_of_agreement(row, row.from_date, actor=actor, at=at)
        return {}

    row = Agreement.objects.filter(AGREEMENTS.table.visible_to(actor), public_id=agreement_id).first()
    facts = promises.told_before(row, fields, AgreementTransition, lambda before: _changed(before, fields))
    more: dict[str, Any] = {"fields": fields, "facts": facts, "effect": effect}
    return _move("correct", actor, at, key, agreement_id, note=note, version=version, **more)


def _changed(row: Agreement, fields: Mapping[str, Any]) -> dict[str, str]:
    """Return what stood before in the title and the days that are not the same any more, for the story."""
    names = {"title": "title_before", "from_date": "from_before", "to_date": "to_before"}
    return {told: str(getattr(row, name) or "—") for name, told in names.items() if getattr(row, name) != fields[name]}


def agree(
    *, actor: Actor, at: datetime, key: str | None, agreement_id: str, note: str = "", version: int | None = None
) -> Agreement:
    """Book that the parties agree on the draft. Raises NotFound, NotAllowed, Conflict."""
    return _move("agree", actor, at, key, agreement_id, note=note, version=version)


def reopen(
    *, actor: Actor, at: datetime, key: str | None, agreement_id: str, note: str, version: int | None = None
) -> Agreement:
    """Take an agreed paper back to a draft, with a reason. Raises NotFound, NotAllowed, Conflict, Invalid."""
    return _move("reopen", actor, at, key, agreement_id, note=note, version=version)


def sign(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    agreement_id: str,
    signed: SignedFacts,
    uploads: tuple[evidence.Upload, ...] = (),
    version: int | None = None,
) -> Agreement:
    """Book the signing: date, duties of who signed, copies, numbers, scan.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    check_signed(signed)

    def effect(row: Agreement) -> None:
        for institution_id, duty in signed.duties.items():
            AgreementParty.objects.filter(agreement=row, institution_id=institution_id).update(signatory_duty=duty)
        evidence.keep(actor=actor, at=at, uploads=uploads, links=AgreementFile, of={"agreement": row})

    return _move(
        "sign",
        actor,
        at,
        key,
        agreement_id,
        fields=_signed_fields(signed),
        facts={"signed_date": signed.signed_date.isoformat(), "duties": list(signed.duties.values())},
        effect=effect,
        version=version,
    )


def put_in_force(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    agreement_id: str,
    from_date: date,
    to_date: date | None = None,
    version: int | None = None,
) -> Agreement:
    """Let an agreement begin; each of its promises opens its account.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    check_dates(from_date, to_date)

    def effect(row: Agreement) -> None:
        begin_relation(row, from_date, actor=actor, at=at)
        promises.open_of_agreement(row, actor=actor, at=at)

    return _move(
        "put_in_force",
        actor,
        at,
        key,
        agreement_id,
        fields={"from_date": from_date, "to_date": to_date},
        facts={"from": from_date.isoformat(), "to": to_date.isoformat() if to_date else ""},
        effect=effect,
        version=version,
    )


def begin_relation(row: Agreement, from_date: date, *, actor: Actor, at: datetime) -> None:
    """Put the relation in force, too, when it is still asked for or negotiated: its agreement stands now."""
    relation = network.relation_by_id(row.relation_id)
    if relation.state in ("requested", "negotiating"):
        network_services.put_in_force(
            actor=actor, at=at, key=None, relation_id=relation.public_id, from_date=from_date, note=row.title
        )


def file(
    *, actor: Actor, at: datetime, key: str | None, agreement_id: str, filing: FilingFacts, version: int | None = None
) -> Agreement:
    """Book that the agreement was filed: when, number, with whom. Raises NotFound, NotAllowed, Conflict."""
    facts = {"filed_to": filing.filed_to}
    return _move("file", actor, at, key, agreement_id, fields=asdict(filing), facts=facts, version=version)


def attach(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    agreement_id: str,
    uploads: tuple[evidence.Upload, ...],
    note: str = "",
    version: int | None = None,
) -> Agreement:
    """Add scans or drafts of the paper. Raises NotFound, NotAllowed, Conflict, Invalid."""
    if not uploads:
        raise Invalid({"uploads": _("Choose at least one file.")})
    return _move(
        "attach",
        actor,
        at,
        key,
        agreement_id,
        note=note,
        facts={"files": [upload.name for upload in uploads]},
        effect=lambda row: evidence.keep(
            actor=actor, at=at, uploads=uploads, links=AgreementFile, of={"agreement": row}
        ),
        version=version,
    )


def end(
    *, actor: Actor, at: datetime, key: str | None, agreement_id: str, note: str, version: int | None = None
) -> Agreement:
    """End an agreement with a reason; the accounts of its promises take no more.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """

    def effect(row: Agreement) -> None:
        promises.close_of_agreement(row, actor=actor, at=at)

    return _move("end", actor, at, key, agreement_id, note=note, effect=effect, version=version)


def _move(name: str, actor: Actor, at: datetime, key: str | None, agreement_id: str, **more: Any) -> Agreement:
    moved: Agreement = engine.move(AGREEMENTS, agreement_id, name=name, actor=actor, at=at, key=key, **more)
    return moved


def check(agreement: AgreementFacts) -> None:
    """Pass when the facts of a paper can be taken; raise Invalid with a sentence per field when not."""
    wrong = _words_wrong(agreement) | _parties_wrong(agreement)
    if wrong:
        raise Invalid(wrong)


def _words_wrong(agreement: AgreementFacts) -> dict[str, Sentence]:
    wrong: dict[str, Sentence] = {}
    if not agreement.title.strip():
        wrong["title"] = _("Give the agreement its title.")
    elif len(agreement.title) > 200:
        wrong["title"] = _("This is too long.")
    if agreement.form and agreement.form not in domain.FORMS:
        wrong["form"] = _("Choose one of these.")
    if set(agreement.clauses) - set(domain.CLAUSES):
        wrong["clauses"] = _("There is no such clause.")
    if agreement.from_date and agreement.to_date and agreement.to_date < agreement.from_date:
        wrong["to_date"] = _("The end lies before the beginning.")
    return wrong


def _parties_wrong(agreement: AgreementFacts) -> dict[str, Sentence]:
    try:
        named = network.relation_by_id(agreement.relation_id)
    except NotFound:
        return {"relation": _("Choose the relation this agreement belongs to.")}
    parties = named.side_ids
    if set(agreement.party_ids) - parties:
        return {"parties": _("Only parties of the relation can be parties of its agreement.")}
    if len(set(agreement.party_ids) or parties) < 2:
        return {"parties": _("An agreement has at least two parties.")}
    return {}


def check_dates(from_date: date, to_date: date | None) -> None:
    """Pass when the dates are in order; raise Invalid when not."""
    if to_date is not None and to_date < from_date:
        raise Invalid({"to_date": _("The end lies before the beginning.")})


def check_signed(signed: SignedFacts) -> None:
    """Pass when the facts of a signing can be taken; raise Invalid when not."""
    if signed.copies is not None and not 0 < signed.copies < 1000:
        raise Invalid({"copies": _("Give the number of copies.")})


def new_row(agreement: AgreementFacts, at: datetime) -> Agreement:
    """Return an unsaved agreement with its number, knowing its parties."""
    row = Agreement(
        public_id=ids.new(), number=numbers.take(SERIES, at), relation_id=agreement.relation_id, **_words(agreement)
    )
    if agreement.signed is not None:
        for name, value in _signed_fields(agreement.signed).items():
            setattr(row, name, value)
    row.between(agreement.party_ids or sorted(network.relation_by_id(agreement.relation_id).side_ids))
    return row


def write_parties(row: Agreement, duties: Any) -> None:
    """Write the parties of a new agreement, the lead of the relation first."""
    lead = network.relation_by_id(row.relation_id).lead.id
    parties = sorted(row.party_ids(), key=lambda pk: (pk != lead, pk))
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=row, institution_id=pk, signatory_duty=duties.get(pk, ""), position=i)
        for i, pk in enumerate(parties)
    )


def _words(agreement: AgreementFacts) -> dict[str, Any]:
    return {
        "title": agreement.title.strip(),
        "form": agreement.form,
        "clauses": {name: text.strip() for name, text in agreement.clauses.items() if text.strip()},
        "from_date": agreement.from_date,
        "to_date": agreement.to_date,
        "note": agreement.note.strip(),
    }


def _signed_fields(signed: SignedFacts) -> dict[str, Any]:
    return {
        "signed_date": signed.signed_date,
        "copies": signed.copies,
        "minutes_number": signed.minutes_number.strip(),
        "contract_number": signed.contract_number.strip(),
    }
