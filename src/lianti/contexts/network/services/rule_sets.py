"""Rule sets: entered, changed with a reason, ended with a day."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network import domain
from lianti.contexts.network.domain import RuleSetDraft, RuleSetFacts, rulebook
from lianti.contexts.network.domain.rulebook import WIDE, RuleScope, RuleUse, ShippedSet
from lianti.contexts.network.flow import RULE_SET_FLOW
from lianti.contexts.network.models import Programme, Relation
from lianti.contexts.network.models.rule_sets import RuleSet
from lianti.contexts.network.rules.rule_sets import TABLE
from lianti.contexts.network.words import SAID
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, NotFound, Sentence

ALREADY = _("These rules have been changed already; change the set that stands in the list.")


def enter_rule_set(*, actor: Actor, at: datetime, key: str | None, rule_set: RuleSetDraft) -> RuleSet:
    """Enter a rule set, or the first change of one that ships. Raises NotAllowed, Invalid, KeyReused."""
    use = _known(rule_set.use)
    draft = replace(rule_set, facts=_tidy(use, rule_set.facts))
    ships = use.shipped_set(draft.replaces) if draft.replaces else None
    if wrong := {**_doubts(use, draft.facts), **dict(_place_doubts(use, draft, ships))}:
        raise Invalid(wrong)
    try:
        with transaction.atomic():
            return engine.create(
                RULE_SET_FLOW,
                _row(draft),
                name="enter_rule_set",
                actor=actor,
                at=at,
                key=key,
                facts=_told(use, draft.facts),
                body=asdict(rule_set),
            )
    except IntegrityError as error:
        raise Invalid({"": ALREADY}) from error


def change_rule_set(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    rule_set_id: str,
    facts: RuleSetFacts,
    note: str,
    version: int | None = None,
) -> RuleSet:
    """Change what a rule set says, with the reason; its version rises. Raises NotFound, NotAllowed, Conflict, Invalid.

    What it counted before is counted anew: values that hold from a later day on are another set.
    """
    row = RuleSet.objects.filter(TABLE.visible_to(actor), public_id=rule_set_id).first()
    if row is None:
        raise NotFound
    use = _known(row.use)
    tidy = _tidy(use, facts)
    if wrong := _doubts(use, tidy):
        raise Invalid(wrong)
    moved: RuleSet = engine.move(
        RULE_SET_FLOW,
        rule_set_id,
        name="change_rule_set",
        actor=actor,
        at=at,
        key=key,
        fields=_fields(tidy),
        note=note,
        facts=_told(use, tidy),
        version=version,
    )
    return moved


def end_rule_set(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    rule_set_id: str,
    to_date: date | None,
    note: str = "",
    version: int | None = None,
) -> RuleSet:
    """Let a rule set end with a day; a shipped set that it changed does not come back.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """

    def in_order(row: RuleSet) -> None:
        if row.from_date and to_date and to_date < row.from_date:
            raise Invalid({"to_date": _("The last day lies before the first.")})

    moved: RuleSet = engine.move(
        RULE_SET_FLOW,
        rule_set_id,
        name="end_rule_set",
        actor=actor,
        at=at,
        key=key,
        fields={"to_date": to_date},
        note=note,
        facts={"to": to_date.isoformat() if to_date else ""},
        effect=in_order,
        version=version,
    )
    return moved


def _known(use: str) -> RuleUse:
    try:
        return rulebook.use(use)
    except ValueError as error:
        raise Invalid({"use": _("No room here counts by such rules.")}) from error


def _tidy(use: RuleUse, facts: RuleSetFacts) -> RuleSetFacts:
    values = facts.values if use.doubts(facts.values) else use.tidy(facts.values)
    return replace(facts, name=domain.clean(facts.name), source=domain.clean(facts.source), values=values)


def _doubts(use: RuleUse, facts: RuleSetFacts) -> dict[str, Sentence]:
    """Return a sentence by field for whatever is wrong with what a set says."""
    wrong = {f"value_{code}": why for code, why in use.doubts(facts.values).items()}
    if not facts.values:
        wrong[""] = _("A rule set says at least one value.")
    if not facts.name:
        wrong["name"] = _("This is needed.")
    elif len(facts.name) > 120:
        wrong["name"] = _("This is too long.")
    if not facts.source:
        wrong["source"] = _("Say where it is written, or who has decided it.")
    elif len(facts.source) > 500:
        wrong["source"] = _("This is too long.")
    if facts.from_date and facts.to_date and facts.to_date < facts.from_date:
        wrong["to_date"] = _("The last day lies before the first.")
    return wrong


def _place_doubts(use: RuleUse, draft: RuleSetDraft, ships: ShippedSet | None) -> Iterator[tuple[str, Sentence]]:
    """Yield (field, sentence) for whatever is wrong with purpose and scope, and with what the set changes."""
    if draft.purpose and draft.purpose not in use.purposes:
        yield "purpose", _("Choose one of the purposes.")
    if not _names_its_place(draft):
        yield "holds", _("Choose where the rules hold.")
    if not draft.replaces:
        return
    if ships is None:
        yield "", _("There is no such shipped rule set.")
    elif (draft.scope, draft.region, draft.purpose) != (ships.scope, ships.region, ships.purpose) or (
        draft.programme_id is not None and not _is_programme(draft.programme_id, ships.programme)
    ):
        yield "holds", _("What ships is changed where it holds; for another place, enter a set of its own.")
    elif RuleSet.objects.filter(use=draft.use, replaces=draft.replaces).exists():
        yield "", ALREADY


def _names_its_place(draft: RuleSetDraft) -> bool:
    if draft.scope not in set(RuleScope):
        return False
    named = {
        RuleScope.REGION: bool(draft.region) and len(draft.region) <= 200,
        RuleScope.PROGRAMME: draft.programme_id is not None
        and Programme.objects.filter(pk=draft.programme_id).exists(),
        RuleScope.RELATION: draft.relation_id is not None and Relation.objects.filter(pk=draft.relation_id).exists(),
    }
    given = {
        RuleScope.REGION: bool(draft.region),
        RuleScope.PROGRAMME: draft.programme_id is not None,
        RuleScope.RELATION: draft.relation_id is not None,
    }
    elsewhere = any(is_given for scope, is_given in given.items() if scope != draft.scope)
    return named.get(RuleScope(draft.scope), True) and not elsewhere


def _is_programme(pk: int, code: str) -> bool:
    return Programme.objects.filter(pk=pk, code=code).exists()


def _row(draft: RuleSetDraft) -> RuleSet:
    region = domain.region_of(draft.region) if draft.scope in WIDE else ""
    return RuleSet(
        use=draft.use,
        purpose=draft.purpose,
        scope=draft.scope,
        region=region,
        programme_id=draft.programme_id,
        relation_id=draft.relation_id,
        replaces=draft.replaces,
        **_fields(draft.facts),
    )


def _fields(facts: RuleSetFacts) -> dict[str, Any]:
    return {
        "name": facts.name,
        "values": dict(facts.values),
        "source": facts.source,
        "verified": facts.verified,
        "from_date": facts.from_date,
        "to_date": facts.to_date,
    }


def _told(use: RuleUse, facts: RuleSetFacts) -> dict[str, Any]:
    """Return what the story keeps of a set: all that it says from now on, so that each version can be read."""
    return {
        f"{SAID}{use.code}": dict(facts.values),
        "name": facts.name,
        "source": facts.source,
        "from": facts.from_date.isoformat() if facts.from_date else "",
        "to": facts.to_date.isoformat() if facts.to_date else "",
        "verified": "yes" if facts.verified else "no",
    }
