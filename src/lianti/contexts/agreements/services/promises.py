"""Promises: written down, opened in the ledger, closed."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements.domain import CommitmentFacts
from lianti.contexts.agreements.flow import AGREEMENTS, COMMITMENTS
from lianti.contexts.agreements.models import Agreement, AgreementParty, Commitment, CommitmentTransition
from lianti.contexts.agreements.queries.promises import per
from lianti.contexts.agreements.states import AgreementState, CommitmentState, Period
from lianti.contexts.ledger import services as ledger
from lianti.contexts.ledger.queries import kinds
from lianti.contexts.network import queries as network
from lianti.kernel import scope
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotFound, Sentence
from lianti.lib.roles import Role

IN_FORCE = "in_force"  # of a relation
MOST = Decimal("9999999.99")


def promise(*, actor: Actor, at: datetime, key: str | None, commitment: CommitmentFacts) -> Commitment:
    """Write down a promise; when its agreement (or, resting on a document, its relation) is in force, an account opens.

    Raises Invalid, NotAllowed, Conflict (the agreement has ended), KeyReused.
    """
    check(commitment)
    row = new_row(commitment)
    in_force = bears(row)
    with scope.acting(actor), transaction.atomic():
        saved = engine.create(COMMITMENTS, row, name="promise", actor=actor, at=at, key=key, body=asdict(commitment))
        if saved is row and in_force:  # another row: the same form came twice
            _open_move(saved.pk, saved.agreement, actor, at)
            saved.refresh_from_db()
    return saved


def promise_each(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    agreement_id: str,
    commitments: tuple[CommitmentFacts, ...],
    version: int | None = None,
) -> list[Commitment]:
    """Write down one promise to several receivers in an agreement, all or none.

    `version`: the version of the agreement that the user saw. Raises NotFound, Conflict, and what `promise` raises.
    """
    with scope.acting(actor), transaction.atomic():
        paper = Agreement.objects.filter(AGREEMENTS.table.visible_to(actor), public_id=agreement_id).first()
        if paper is None:
            raise NotFound
        if version is not None and version != paper.version:
            raise Conflict
        return [
            promise(
                actor=actor,
                at=at,
                key=f"{key}-{number}" if key else None,
                commitment=replace(one, agreement_id=paper.pk, basis_id=None, group=one.group if not key else key[:26]),
            )
            for number, one in enumerate(commitments)
        ]


def edit_commitment(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    commitment_id: str,
    commitment: CommitmentFacts,
    version: int | None = None,
) -> Commitment:
    """Change a promise that is not in force yet. Raises NotFound, NotAllowed, Conflict, Invalid."""
    check(commitment)
    by: dict[str, Any] = {"actor": actor, "at": at, "key": key, "version": version}
    moved: Commitment = engine.move(COMMITMENTS, commitment_id, name="edit", **by, fields=_words(commitment))
    return moved


def correct_commitment(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    commitment_id: str,
    commitment: CommitmentFacts,
    note: str,
    version: int | None = None,
) -> Commitment:
    """Mend, with a reason, what was written down wrongly of a promise in force; its account counts anew by it.

    The story keeps what it said before, and the other parties are told. Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    given = _words(commitment)

    def effect(row: Commitment) -> None:
        if row.account_id is not None:
            told: dict[str, Any] = {"actor": _as_a_side(actor, row), "at": at, "key": None, "note": note}
            ledger.correct_account(**told, account_id=row.account_id, account=_owed(row))

    by: dict[str, Any] = {"actor": actor, "at": at, "key": key, "version": version, "note": note}
    with scope.acting(actor), transaction.atomic():
        before = Commitment.objects.filter(COMMITMENTS.table.visible_to(actor), public_id=commitment_id).first()
        if before is None:
            raise NotFound
        check(commitment)
        facts = told_before(before, given, CommitmentTransition, lambda row: {"before": _said(row)})
        moved: Commitment = engine.move(
            COMMITMENTS, commitment_id, name="correct", **by, fields=given, facts=facts, effect=effect
        )
    return moved


def told_before(
    row: Any, given: Mapping[str, Any], moves: Any, said: Callable[[Any], dict[str, str]]
) -> dict[str, str]:
    """Return what a record said before a correction; of one that says it already, what was told when it was corrected.

    So the same form sent twice is one correction.
    """
    if row is None:
        return {}
    if any(getattr(row, name) != value for name, value in given.items()):
        return said(row)
    last = moves.objects.filter(record=row, name="correct").order_by("-pk").first()
    return dict(last.facts) if last else {}


def _said(row: Commitment) -> str:
    """Return a promise in one line as it stands, for its story."""
    amount = "" if row.amount is None else f"{row.amount.normalize():f} {per(row)}"
    return " · ".join(filter(None, (row.text, amount)))


def close_commitment(
    *, actor: Actor, at: datetime, key: str | None, commitment_id: str | int, note: str = "", version: int | None = None
) -> Commitment:
    """End a promise; its account takes no more. Raises NotFound, NotAllowed, Conflict."""

    def effect(row: Commitment) -> None:
        if row.account_id is not None:
            ledger.close_account(actor=_as_a_side(actor, row), at=at, key=None, account_id=row.account_id)

    by: dict[str, Any] = {"actor": actor, "at": at, "key": key, "version": version}
    moved: Commitment = engine.move(COMMITMENTS, commitment_id, name="close", **by, note=note, effect=effect)
    return moved


def open_of_agreement(agreement: Agreement, *, actor: Actor, at: datetime) -> None:
    """Open the accounts of the promises of an agreement that comes in force, between those that the relation binds."""
    bound = _bound(agreement.relation_id)
    rows = Commitment.objects.filter(
        agreement=agreement, state=CommitmentState.PROPOSED, giver__in=bound, receiver__in=bound
    )
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        _open_move(pk, agreement, actor, at)


def close_of_agreement(agreement: Agreement, *, actor: Actor, at: datetime) -> None:
    """End all promises of an agreement that ends."""
    rows = Commitment.objects.filter(agreement=agreement).exclude(state=CommitmentState.ENDED)
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        close_commitment(actor=actor, at=at, key=None, commitment_id=pk)


def redate_of_agreement(agreement: Agreement, from_date: date, *, actor: Actor, at: datetime) -> None:
    """Let the accounts of an agreement's promises begin on another day, but for those with a day of their own."""
    rows = Commitment.objects.filter(agreement=agreement, account__isnull=False, from_date=None)
    for account_id, to_date in rows.order_by("pk").values_list("account_id", "to_date"):
        ledger.redate_account(
            actor=actor,
            at=at,
            key=None,
            account_id=account_id,
            from_date=from_date,
            to_date=to_date or agreement.to_date,
        )


def open_of_relation(*, actor: Actor, at: datetime, key: str | None = None, relation_id: int) -> int:
    """Open the accounts of promises in a relation that is in force, as far as it binds both sides; return how many.

    Asked by whoever hears that a relation came in force, or that one more has said yes to it; a second call opens
    nothing.
    """
    bound = _bound(relation_id)
    rows = Commitment.objects.filter(Q(agreement=None) | Q(agreement__state=AgreementState.IN_FORCE))
    rows = rows.filter(relation_id=relation_id, state=CommitmentState.PROPOSED, giver__in=bound, receiver__in=bound)
    found = list(rows.order_by("pk").values_list("pk", flat=True))
    for pk in found:
        _open_move(pk, None, actor, at)
    return len(found)


def _open_move(pk: int, agreement: Agreement | None, actor: Actor, at: datetime) -> None:
    def effect(row: Commitment) -> dict[str, Any]:
        if agreement is not None:
            # The agreement's own move is not written yet; its new dates are on the instance alone.
            row.agreement = agreement
        return {"account_id": open_account(row, actor, at)}

    engine.move(COMMITMENTS, pk, name="open", actor=actor, at=at, key=None, effect=effect)


def _as_a_side(actor: Actor, row: Commitment) -> Actor:
    """Return who speaks to the ledger: a third party of the agreement speaks for the giver."""
    if actor.role is Role.SYSTEM or actor.tenant_id in (row.giver_id, row.receiver_id):
        return actor
    return replace(actor, tenant_id=row.giver_id)


def bears(row: Commitment) -> bool:
    """Say whether what a promise rests on is in force; an ended agreement takes no promise. Raises Conflict."""
    if row.agreement is None:
        holds = network.relation_by_id(row.relation_id).state == IN_FORCE
        return holds and {row.giver_id, row.receiver_id} <= _bound(row.relation_id)
    if row.agreement.state == AgreementState.ENDED:
        raise Conflict(_("This agreement has ended: no promise can be added."))
    in_force = row.agreement.state == AgreementState.IN_FORCE
    return in_force and {row.giver_id, row.receiver_id} <= _bound(row.relation_id)


def _bound(relation_id: int) -> set[int]:
    """Return whom a relation binds: who has said yes to it, the authority too."""
    watcher = network.watcher_of(relation_id)
    return network.parties(relation_id) | ({watcher} if watcher else set())


def open_account(row: Commitment, actor: Actor, at: datetime) -> int:
    """Open the ledger's account of a promise and return its key."""
    return int(ledger.open_account(actor=actor, at=at, key=None, account=_owed(row)).pk)


def _owed(row: Commitment) -> ledger.AccountFacts:
    paper = row.agreement
    return ledger.AccountFacts(
        giver_id=row.giver_id,
        receiver_id=row.receiver_id,
        kinds=kinds.fulfilling_promise(row.kind),
        unit=row.unit or None,
        amount=row.amount,
        period=row.period or Period.ONCE,
        from_date=row.from_date or (paper.from_date if paper else None),
        to_date=row.to_date or (paper.to_date if paper else None),
        source_kind=COMMITMENTS.kind,
        source_id=row.pk,
        source_public_id=row.public_id,
        relation_id=row.relation_id,
        label=row.text[:120],
    )


def check(commitment: CommitmentFacts) -> None:
    """Pass when the facts of a promise can be taken; raise Invalid with a sentence per field when not."""
    wrong: dict[str, Sentence] = {}
    if commitment.kind not in {row.code for row in kinds.promises()}:
        wrong["kind"] = _("Choose what is promised.")
    if not commitment.text.strip():
        wrong["text"] = _("Say what is promised.")
    elif len(commitment.text) > 400:
        wrong["text"] = _("This is too long.")
    if commitment.giver_id == commitment.receiver_id:
        wrong["receiver"] = _("A promise is made to another institution.")
    if (commitment.agreement_id is None) == (commitment.basis_id is None):
        wrong["agreement"] = _("A promise rests on an agreement or on a document, one of them.")
    if commitment.from_date and commitment.to_date and commitment.to_date < commitment.from_date:
        wrong["to_date"] = _("The end lies before the beginning.")
    wrong |= _check_amount(commitment)
    wrong |= _check_parties(commitment)
    if wrong:
        raise Invalid(wrong)


def _check_amount(commitment: CommitmentFacts) -> dict[str, Sentence]:
    if commitment.amount is None:
        return {}
    if not 0 < commitment.amount <= MOST or commitment.amount != round(commitment.amount, 2):
        return {"amount": _("Give a number above nothing with at most two decimals.")}
    if commitment.period not in set(Period):
        return {"period": _("Say for which period the amount is promised.")}
    fitting = kinds.fulfilling_promise(commitment.kind) if commitment.kind in kinds.KINDS else frozenset()
    if commitment.unit not in ({unit.code for unit in kinds.units_of(fitting)} or set(kinds.UNITS)):
        return {"unit": _("Choose a unit in which this kind is counted.")}
    return {}


def _check_parties(commitment: CommitmentFacts) -> dict[str, Sentence]:
    if commitment.agreement_id is not None:
        parties = AgreementParty.objects.filter(agreement=commitment.agreement_id)
        if {commitment.giver_id, commitment.receiver_id} <= set(parties.values_list("institution", flat=True)):
            return {}
        return {"way": _("Both institutions must be parties of the agreement.")}
    relation = network.relation_by_id(commitment.relation_id)
    named = relation.side_ids | ({relation.authority.id} if relation.authority else set())
    if {commitment.giver_id, commitment.receiver_id} <= named:
        return {}
    return {"receiver": _("Both institutions must belong to the relation.")}


def new_row(commitment: CommitmentFacts) -> Commitment:
    """Return an unsaved promise."""
    return Commitment(
        public_id=ids.new(),
        relation_id=commitment.relation_id,
        agreement_id=commitment.agreement_id,
        basis_id=commitment.basis_id,
        group=commitment.group or ids.new(),
        giver_id=commitment.giver_id,
        receiver_id=commitment.receiver_id,
        **_words(commitment),
    )


def _words(commitment: CommitmentFacts) -> dict[str, Any]:
    counted = commitment.amount is not None
    return {
        "kind": commitment.kind,
        "text": commitment.text.strip(),
        "amount": commitment.amount,
        "unit": commitment.unit if counted else "",
        "period": commitment.period if counted else "",
        "from_date": commitment.from_date,
        "to_date": commitment.to_date,
    }
