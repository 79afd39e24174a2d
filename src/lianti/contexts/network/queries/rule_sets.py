"""Rule sets as rows of a list, as pages, and what the form that enters one may offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network import words
from lianti.contexts.network.domain import rulebook
from lianti.contexts.network.domain.rulebook import RuleScope, RuleUse, ShippedSet
from lianti.contexts.network.domain.ruling import StandingRules
from lianti.contexts.network.flow import RULE_SET_FLOW
from lianti.contexts.network.models import Institution, Programme, Relation
from lianti.contexts.network.models.rule_sets import RuleSet
from lianti.contexts.network.queries.relations import relation_named, relation_names, relations_visible
from lianti.contexts.network.queries.rulings import as_shipped, standing
from lianti.contexts.network.rules.rule_sets import KEEPERS
from lianti.contexts.network.states import RelationState, RuleSetState
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound, Sentence
from lianti.lib.roles import DESK, Role
from lianti.records.asking import Asked, Choice, Named, RecordIs, asks
from lianti.records.cells import Link, Span, State
from lianti.records.kinds import Brief, Kind

LIST_NAMES = ("rule_sets", "rule_set", "move_rule_set")


def briefs(rows: Sequence[RuleSet]) -> list[Brief]:
    """Return how rule sets are named."""
    return [Brief(row.pk, row.public_id, row.state, row.version, row.name, "", words.use_name(row.use)) for row in rows]


RULE_SET = Kind(RULE_SET_FLOW, words.WORDS, "/network/rule-sets/", LIST_NAMES, briefs, ("name", "source"))


@dataclass(frozen=True)
class RuleSetAsks(Asked):
    """What the list of rule sets can be asked."""

    use: str | None = asks(Choice(_("About"), ("use",), words=words.uses))
    show: str = asks(
        Choice(
            _("Which"),
            words=words.SHOWN,
            fits={"kept": Q(state=RuleSetState.KEPT), "ended": Q(state=RuleSetState.ENDED), "all": Q()},
        ),
        default="kept",
    )
    scope: str | None = asks(Choice(_("Where it holds"), ("scope",), words=words.SCOPES))
    checked: str | None = asks(
        Choice(words.SOURCE, words=words.CHECKED, fits={"yes": Q(verified=True), "no": Q(verified=False)}, folded=True)
    )
    relation: Named | None = asks(RecordIs(_("Relation"), ("relation",), by=relation_named))


@dataclass(frozen=True, slots=True)
class RuleSetRow:
    """One rule set as the list draws it."""

    id: int
    public_id: str
    version: int
    name: Link
    holds: Sentence
    days: Span
    says: str
    checked: State
    state: State


def rule_set_rows(records: Sequence[RuleSet], _actor: Actor, _today: date) -> list[RuleSetRow]:
    """Return rule sets as rows: two queries more, however many."""
    places = where_held([standing(row) for row in records])
    return [_row(row, places[number]) for number, row in enumerate(records)]


def _row(row: RuleSet, place: Sentence) -> RuleSetRow:
    name = Link(RULE_SET.url(row.public_id), row.name, about(row.use, row.purpose))
    days, badge, state = (
        Span(row.from_date, row.to_date), words.checked(verified=row.verified), words.WORDS.state(row.state)
    )  # fmt: skip
    says = in_short(row.use, row.values)
    return RuleSetRow(row.pk, row.public_id, row.version, name, place, days, says, badge, state)


def about(use: str, purpose: str) -> str:
    """Return what a set is about: the use, and for what."""
    found = words.purpose_name(rulebook.USES.get(use), purpose)
    return " · ".join(str(part) for part in (words.use_name(use), found) if part)


def in_short(use: str, values: Mapping[str, object], most: int = 3) -> str:
    """Return the first values of a set in words, and how many more there are."""
    lines = [f"{label}：{said}" for label, said, _help in words.value_lines(use, values)]
    more = f" …（{len(lines)}）" if len(lines) > most else ""
    return "；".join(lines[:most]) + more


def where_held(sets: Sequence[StandingRules]) -> list[Sentence]:
    """Return where each set holds, in words; two queries at most, however many."""
    relations = relation_names({one.relation_id for one in sets if one.relation_id})
    wanted = {one.programme_id for one in sets if one.programme_id}
    programmes = dict(Programme.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}

    def said(one: StandingRules) -> Sentence:
        if one.scope == RuleScope.REGION:
            return one.region.replace("/", " ")
        if one.scope == RuleScope.PROGRAMME:
            return programmes.get(one.programme_id or 0, words.SCOPES[one.scope])
        if one.scope == RuleScope.RELATION:
            return relations.get(one.relation_id or 0, words.SCOPES[one.scope])
        return words.SCOPES[RuleScope.COUNTRY]

    return [said(one) for one in sets]


@dataclass(frozen=True)
class RuleSetPage:
    """All that the page of a set shows beside head and story, whether it is a record or as shipped."""

    set: StandingRules
    holds: Sentence
    relation: Relation | None = None
    moves: tuple[Any, ...] = ()
    may_change: bool = False

    @property
    def use(self) -> RuleUse | None:
        """The use that the set speaks of; None when its room is switched off."""
        return rulebook.USES.get(self.set.use)

    @property
    def about(self) -> str:
        """What the set is about."""
        return about(self.set.use, self.set.purpose)

    @property
    def lines(self) -> list[tuple[Sentence, str, Sentence]]:
        """Each value as (label, value in words, help)."""
        return words.value_lines(self.set.use, self.set.values)

    @property
    def short(self) -> str:
        """The first values in words."""
        return in_short(self.set.use, self.set.values)

    @property
    def checked(self) -> State:
        """The badge of its source."""
        return words.checked(verified=self.set.verified)

    @property
    def url(self) -> str:
        """Where the set stands by itself."""
        if self.set.public_id:
            return RULE_SET.url(self.set.public_id)
        return reverse("network:shipped_rules", args=[self.set.use, self.set.code])

    @property
    def change_url(self) -> str:
        """The form that makes a record of a shipped set."""
        return f"{reverse('network:new_rule_set')}?use={self.set.use}&shipped={self.set.code}"


def rule_set_page(actor: Actor, row: RuleSet) -> RuleSetPage:
    """Return what the page of a rule set shows."""
    found = standing(row)
    return RuleSetPage(found, where_held([found])[0], row.relation, tuple(told_changes(actor, row)))


def told_changes(actor: Actor, row: RuleSet) -> list[Any]:
    """Return the moves of a rule set, oldest first, each with what it changed in place of all that the set said."""
    said = f"{words.SAID}{row.use}"
    known = rulebook.USES.get(row.use)
    ships = known.shipped_set(row.replaces) if known and row.replaces else None
    stood: Mapping[str, Any] = {said: known.tidy(ships.values), "name": str(ships.name)} if known and ships else {}
    moves = engine.story(RULE_SET_FLOW, row, actor)
    for move in moves:
        now = dict(move.facts)
        values = _changed(row.use, stood.get(said), now[said]) if said in now and said in stood else {}
        told = {name: value for name, value in now.items() if name in stood and value != stood[name]}
        move.facts = {**values, **{name: value for name, value in told.items() if name != said}}
        stood = {**stood, **now}
    return moves


def _changed(use: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> dict[str, Any]:
    """Return each value that a change has changed, with what was said before and is said now."""
    stood = before or {}
    return {
        f"{words.CHANGED}{use}.{code}": {"before": stood.get(code), "after": after.get(code)}
        for code in dict.fromkeys((*stood, *after))
        if stood.get(code) != after.get(code)
    }


def shipped_rules(actor: Actor) -> list[RuleSetPage]:
    """Return the shipped sets that nobody has changed yet, of all uses."""
    changed = set(RuleSet.objects.exclude(replaces="").values_list("use", "replaces"))
    left = [
        (use, one)
        for use in rulebook.USES.values()
        for one in use.shipped
        if (use.code, one.code) not in changed
    ]  # fmt: skip
    return _shipped_pages(actor, left)


def shipped_page(actor: Actor, use: str, code: str) -> RuleSetPage:
    """Return a shipped set that nobody has changed. Raises NotFound."""
    known = rulebook.USES.get(use)
    one = known.shipped_set(code) if known else None
    if known is None or one is None or replacement(use, code) is not None:
        raise NotFound
    return _shipped_pages(actor, [(known, one)])[0]


def replacement(use: str, code: str) -> str | None:
    """Return the public id of the record that a shipped set has become, or None."""
    return RuleSet.objects.filter(use=use, replaces=code).values_list("public_id", flat=True).first()


def _shipped_pages(actor: Actor, sets: Sequence[tuple[RuleUse, ShippedSet]]) -> list[RuleSetPage]:
    wanted = {one.programme for _use, one in sets} - {""}
    known = dict(Programme.objects.filter(code__in=wanted).values_list("code", "pk")) if wanted else {}
    found = [as_shipped(use, one, 0, known.get(one.programme)) for use, one in sets]
    may = actor.role is Role.ADMINISTRATOR
    return [
        RuleSetPage(one, holds, may_change=may and (one.scope != RuleScope.PROGRAMME or one.programme_id is not None))
        for one, holds in zip(found, where_held(found), strict=True)
    ]


def may_enter_rules(actor: Actor) -> bool:
    """Say whether the actor's role may enter a rule set at all."""
    return bool(rulebook.USES) and actor.role in KEEPERS


def known_regions() -> list[str]:
    """Return every region that an institution lies in, and those around it, as paths of names."""
    found: set[str] = set()
    for path in Institution.objects.exclude(region="").values_list("region", flat=True).distinct():
        parts = path.split("/")
        found.update("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))
    return sorted(found)


def led_relations(actor: Actor) -> list[tuple[str, str]]:
    """Return the relations that the actor's institution leads and that have not ended, as (public id, name)."""
    rows = relations_visible(actor).filter(lead=actor.tenant_id).exclude(state=RelationState.ENDED)
    return list(rows.order_by("code").values_list("public_id", "name"))


def programme_key(public_id: str) -> int | None:
    """Return the key of a programme, or None."""
    return Programme.objects.filter(public_id=public_id).values_list("pk", flat=True).first()


def places_to_hold(actor: Actor) -> list[tuple[Sentence, list[tuple[str, Sentence]]]]:
    """Return where the actor may let rules hold, in groups of (what the form sends, words)."""
    if actor.role is Role.ADMINISTRATOR:
        programmes: Iterable[tuple[str, str]] = Programme.objects.order_by("code").values_list("public_id", "name")
        groups: list[tuple[Sentence, list[tuple[str, Sentence]]]] = [
            (words.SCOPES[RuleScope.COUNTRY], [(RuleScope.COUNTRY, words.SCOPES[RuleScope.COUNTRY])]),
            (_("Regions"), [(f"region:{path}", path.replace("/", " ")) for path in known_regions()]),
            (_("Programmes"), [(f"programme:{public_id}", name) for public_id, name in programmes]),
        ]
    elif actor.role in DESK:
        groups = [(_("Relations"), [(f"relation:{public_id}", name) for public_id, name in led_relations(actor)])]
    else:
        groups = []
    return [group for group in groups if group[1]]
