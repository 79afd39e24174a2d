"""Whether a proposal can be accepted: what must be filled in first, and who may when the reader may not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.intake import rules
from lianti.contexts.intake.queries.existing import Records, day_of
from lianti.contexts.intake.queries.resolving import OURSELVES, names_in
from lianti.contexts.intake.states import Field
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import DESK, Role

_NEEDED: dict[Field, dict[str, Sentence]] = {
    Field.INSTITUTION: {"name": _("Give its name."), "kind": _("Choose one of the kinds of institution.")},
    Field.RELATION: {
        "behaviour": _("Choose one of the kinds of relation."),
        "lead": _("Choose the leading institution."),
        "members": _("Choose at least one member institution."),
    },
    Field.COMMITMENT: {
        "kind": _("Choose what is promised."),
        "giver": _("Choose who promises."),
        "receiver": _("Choose to whom."),
    },
    Field.EVENT: {"kind": _("Choose what it was.")},
    Field.PERSON: {"name": _("Give the name."), "institution": _("Choose the institution that employs this person.")},
    Field.NEED: {
        "institution": _("Choose whose need it is."),
        "addressed": _("Choose to whom it is addressed."),
        "category": _("Choose what the need is about."),
    },
    Field.FIGURE: {"label": _("Say what it counts.")},
    Field.PUBLICITY: {"title": _("Give the title.")},
}


def number_of(value: str) -> Decimal | None:
    """Return the number in '340' or '340+', None when there is none."""
    try:
        return Decimal(value.replace(",", "").rstrip("+%％"))
    except InvalidOperation:
        return None


def lacking(field: str, content: Mapping[str, Any], records: Records) -> dict[str, Sentence]:
    """Return what must be filled in or said before acceptance: a sentence by key of the content."""
    found = {key: words for key, words in _NEEDED.get(Field(field), {}).items() if not content.get(key)}
    if field == Field.EVENT:
        found |= _of_event(content)
    if field == Field.COMMITMENT and content.get("amount"):
        found |= _of_amount(content)
    if field == Field.FIGURE and number_of(str(content.get("value", ""))) is None:
        found["value"] = _("Give a number.")
    if rests_on_a_relation(field, content) and not records.may_bind:
        found["relation"] = _("There is no relation that this belongs to. Complete the relation first.")
    named = [content.get("name", "")] if field == Field.INSTITUTION else names_in(content)
    if OURSELVES in named and records.parties.of(OURSELVES) is None:
        found["ourselves"] = _("Say first who “our hospital” is.")
    return found


def rests_on_a_relation(field: str, content: Mapping[str, Any]) -> bool:
    """Say whether a record like this belongs to a relation and cannot be without one."""
    return field in (Field.SPECIALTY, Field.AGREEMENT, Field.COMMITMENT) or (
        field == Field.FIGURE and not content.get("of")
    )


def _of_amount(content: Mapping[str, Any]) -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    if number_of(str(content["amount"])) is None:
        found["amount"] = _("Give a number.")
    if not content.get("unit"):
        found["unit"] = _("Say in which unit the amount is promised.")
    if not content.get("period"):
        found["period"] = _("Say for which period the amount is promised.")
    return found


def _of_event(content: Mapping[str, Any]) -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    if day_of(str(content.get("date", ""))) is None:
        found["date"] = _("Say on which day it was, with the year.")
    if not content.get("participants") and not (content.get("giver") and content.get("receivers")):
        found["participants"] = _("Say who took part.")
    if content.get("quantity") and not (content.get("giver") and content.get("receivers")):
        found["giver"] = _("Say who gave it and who received it.")
    return found


def barred(actor: Actor, field: str, content: Mapping[str, Any], records: Records) -> Sentence:
    """Say why the actor may not accept such a proposal, and who may; '' when they may. The rooms below decide."""
    if actor.role not in rules.TAKERS:
        return rules.PROPOSALS.rules["intake.decide"].says
    return _BARS[Field(field)](actor, content, records)


def _institution(actor: Actor, _content: Mapping[str, Any], _records: Records) -> Sentence:
    return "" if network.may_enter(actor) else _("A network office or an administrator adds an institution.")


def _party(actor: Actor, content: Mapping[str, Any], records: Records) -> Sentence:
    named = records.parties.all_of(names_in(content))
    if actor.tenant_id in {place.id for place in named}:
        return ""
    return _("Only an institution that takes part enters this. Yours is not named here.")


def _party_at_desk(actor: Actor, content: Mapping[str, Any], records: Records) -> Sentence:
    if actor.role not in DESK:
        return _("The office or coordinator of a party writes down agreements and promises.")
    return _party(actor, content, records)


def _of_relation(actor: Actor, _content: Mapping[str, Any], records: Records) -> Sentence:
    relation = records.relation
    if relation is None or actor.tenant_id in relation.party_ids:
        return ""
    return _("Only a party of the relation adds to it.")


def _person(actor: Actor, content: Mapping[str, Any], records: Records) -> Sentence:
    place = records.parties.of(content.get("institution", ""))
    if place is None and not content.get("institution"):
        return ""
    if place is not None and network.may_add_person(actor, place.id):
        return ""
    return _("Only the employer's own office or coordinator, or an administrator, enters its people.")


def _need(actor: Actor, content: Mapping[str, Any], records: Records) -> Sentence:
    stater = records.parties.of(content.get("institution", ""))
    addressed = records.parties.of(content.get("addressed", ""))
    if actor.role in DESK and stater is not None and stater.id == actor.tenant_id:
        return ""
    if actor.role is Role.OFFICE and addressed is not None and addressed.id == actor.tenant_id:
        return ""
    return _("A hospital states its own needs; the office of the hospital addressed may enter one on its behalf.")


def _source(actor: Actor, _content: Mapping[str, Any], _records: Records) -> Sentence:
    return "" if actor.role is Role.OFFICE else _("The network office enters figures and what was published.")


_BARS: dict[Field, Callable[[Actor, Mapping[str, Any], Records], Sentence]] = {
    Field.INSTITUTION: _institution,
    Field.RELATION: _party,
    Field.SPECIALTY: _of_relation,
    Field.AGREEMENT: _party_at_desk,
    Field.COMMITMENT: _party_at_desk,
    Field.EVENT: _party,
    Field.PERSON: _person,
    Field.NEED: _need,
    Field.FIGURE: _source,
    Field.PUBLICITY: _source,
}
