"""The side addressed: accept, return, decline, answer with a plan."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import services as ledger
from lianti.contexts.ledger.queries import kinds
from lianti.contexts.needs import domain
from lianti.contexts.needs.domain import PlanFacts
from lianti.contexts.needs.flow import FLOW
from lianti.contexts.needs.models import Need, NeedPerson
from lianti.contexts.needs.services import moves
from lianti.contexts.needs.states import Priority
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, Sentence


def accept(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    need_id: str,
    note: str = "",
    priority: int = Priority.NORMAL,
    version: int | None = None,
) -> Need:
    """Accept a need: from now on the ledger counts what is given for it. Raises NotFound, NotAllowed, Conflict."""

    def effect(need: Need) -> dict[str, Any]:
        return {"account_id": open_account(need, actor, at)}

    if priority not in list(Priority):
        raise Invalid({"priority": _("Choose one of these.")})
    return moves.turn(
        "accept", actor, at, key, need_id, {"priority": priority}, note=note, effect=effect, version=version
    )


def return_(
    *, actor: Actor, at: datetime, key: str | None, need_id: str, note: str, version: int | None = None
) -> Need:
    """Ask the stating hospital to complete a need. Raises NotFound, NotAllowed, Conflict, Invalid."""
    return moves.turn("return", actor, at, key, need_id, note=note, version=version)


def decline(
    *, actor: Actor, at: datetime, key: str | None, need_id: str, note: str, version: int | None = None
) -> Need:
    """Say with a reason that a need cannot be met now. Raises NotFound, NotAllowed, Conflict, Invalid."""
    return moves.turn("decline", actor, at, key, need_id, note=note, version=version)


def answer(
    *, actor: Actor, at: datetime, key: str | None, need_id: str, plan: PlanFacts, version: int | None = None
) -> Need:
    """Answer an accepted need with a plan, or put another plan in its place.

    The account is dated to the later of wish and plan. Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    _check(plan)
    names = _names(plan)

    def effect(need: Need) -> None:
        NeedPerson.objects.filter(need=need).delete()
        NeedPerson.objects.bulk_create(
            NeedPerson(need=need, person_id=n.person_id, name="" if n.person_id else n.name.strip(), position=i)
            for i, n in enumerate(plan.people)
        )
        if need.account_id is not None:
            ledger.redate_account(
                actor=actor,
                at=at,
                key=None,
                account_id=need.account_id,
                from_date=need.stated_date,
                to_date=domain.owed_until(need.stated_date, need.wanted_by, plan.to_date),
            )

    fields = {"plan_text": plan.text.strip(), "plan_from": plan.from_date, "plan_to": plan.to_date}
    facts = {"plan": plan.text.strip(), "people": names, "from": _iso(plan.from_date), "to": _iso(plan.to_date)}
    return moves.turn("answer", actor, at, key, need_id, fields, facts=facts, effect=effect, version=version)


def open_account(need: Need, actor: Actor, at: datetime) -> int:
    """Open the ledger's account of an accepted need and return its key. The accepting hospital is the giver."""
    account = ledger.open_account(
        actor=actor,
        at=at,
        key=None,
        account=ledger.AccountFacts(
            giver_id=need.addressed_id,
            receiver_id=need.stater_id,
            kinds=kinds.fulfilling_need(need.category),
            unit=need.unit or None,
            amount=need.amount,
            period="once",
            # Help often comes before the papers: what was given since the need was stated counts.
            from_date=need.stated_date,
            to_date=domain.owed_until(need.stated_date, need.wanted_by, need.plan_to),
            source_kind=FLOW.kind,
            source_id=need.pk,
            source_public_id=need.public_id,
            relation_id=need.relation_id,
            label=need.text[:120],
        ),
    )
    return int(account.pk)


def _check(plan: PlanFacts) -> None:
    wrong: dict[str, Sentence] = {}
    if not plan.text.strip():
        wrong["plan_text"] = _("Say what will be done.")
    if plan.from_date and plan.to_date and plan.to_date < plan.from_date:
        wrong["plan_to"] = _("The end lies before the beginning.")
    known = network.people_by_id({n.person_id for n in plan.people if n.person_id})
    if any(n.person_id and n.person_id not in known for n in plan.people):
        wrong["people"] = _("Somebody here is not in the directory.")
    if wrong:
        raise Invalid(wrong)


def _names(plan: PlanFacts) -> list[str]:
    """Return how the story names the people: out of the directory by reference, so that a hidden one stays hidden."""
    return [f"#{n.person_id}" if n.person_id else n.name.strip() for n in plan.people]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
