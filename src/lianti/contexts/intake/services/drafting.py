"""From what the grammar found to drafts of records: contents as the review page shows and corrects them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.proposals import Event, Found, Proposals, Relation
from lianti.contexts.intake.services.amounts import amount_of, parts_of, says_a_number
from lianti.contexts.intake.services.naming import behaviour_of, category_of, event_kind, institution_kind, promise_kind
from lianti.contexts.intake.states import Field

# Below this nothing is ticked for the person.
SURE_ENOUGH = 0.5
# 希望得到更多支持 asks for nothing that could be given: a request names people, things, a number or a specialty.
_NAMED = re.compile(
    r"[0-9一二两三四五六七八九十]+(?:名|位|个|台|套|例|次|批|床|人)|"
    r"设备|专家|医师|医生|护士|技术|手术|进修|坐诊|查房|远程"
)
# What is told of such things counts one: a free clinic, a lesson, a round. Of others the text says no quantity.
_ONE_OF = frozenset({"free_clinic", "lecture", "ward_round", "teaching_round"})


@dataclass(frozen=True)
class Draft:
    """One proposal to be."""

    field: Field
    content: dict[str, Any]
    spans: tuple[tuple[int, int], ...]
    confidence: float
    why: tuple[str, ...]
    ticked: bool


@dataclass(frozen=True)
class _Sides:
    """Who helps whom in the document."""

    lead: str
    members: list[str]
    known: frozenset[str] = frozenset()

    def other(self, name: str) -> str:
        """Return whom `name` would ask for help, or promise help to."""
        if name != self.lead:
            return self.lead
        return self.members[0] if self.members else ""


def drafts(cleaned: Cleaned, found: Proposals, ourselves: str = "") -> list[Draft]:
    """Return everything that a document proposes, in the order of acceptance; 我院 goes by `ourselves` if given."""
    sides = _sides_of(found)
    made = [
        *_institutions(found),
        *_bond(cleaned, found, sides),
        *_promises(found, sides),
        *_events(cleaned, found, sides),
        *_people(found),
        *_needs(found, sides),
        *_rest(cleaned, found, sides),
    ]
    order = list(Field)
    if ourselves:
        made = [replace(one, content=renamed(one.field, one.content, ourselves)) for one in made]
    return sorted(made, key=lambda one: order.index(one.field))


def renamed(field: str, content: dict[str, Any], ourselves: str) -> dict[str, Any]:
    """Return a content in which 我院 goes by its name: wherever an institution stands, and in titles of our making."""
    ours = {"我院": ourselves}
    made_up = {Field.RELATION: "name", Field.AGREEMENT: "title"}.get(Field(field))
    found: dict[str, Any] = {}
    for key, value in content.items():
        if isinstance(value, list):
            found[key] = [ours.get(one, one) for one in value]
        elif key == made_up:
            found[key] = value.replace("我院", ourselves)
        else:
            found[key] = ours.get(value, value) if isinstance(value, str) else value
    return found


def _sides_of(found: Proposals) -> _Sides:
    by_role = {
        role: [one.name for one in found.institutions if one.role == role] for role in ("supporter", "supported")
    }
    return _Sides(by_role["supporter"][0] if by_role["supporter"] else "", by_role["supported"])


def _draft(field: Field, content: dict[str, Any], found: Found, *, tick: bool = True) -> Draft:
    spans = tuple((span.start, span.end) for span in found.spans)
    return Draft(field, content, spans, found.confidence, found.why, tick and found.confidence >= SURE_ENOUGH)


def _institutions(found: Proposals) -> Iterator[Draft]:
    for one in found.institutions:
        content = {
            "name": one.name,
            "role": one.role,
            "aliases": list(one.aliases),
            "region": one.region,
            "kind": institution_kind(one.name),
            "level": "",
            "reference": one.reference,
        }
        yield _draft(Field.INSTITUTION, content, one.found, tick=one.role != "other")


def _bond(cleaned: Cleaned, found: Proposals, sides: _Sides) -> Iterator[Draft]:
    """Yield relation, its specialties, and the agreement when something was signed or promised."""
    tie = found.relation
    if tie is None and sides.lead and sides.members:
        tie = Relation("other", Found((), 0.3))  # two sides without a named bond: a person says which it is
    if tie is None:
        return
    behaviour = behaviour_of(tie.kind)
    name = _relation_name(sides, tie.kind)
    content = {"behaviour": behaviour, "name": name, "lead": sides.lead, "members": sides.members, "from_date": ""}
    yield _draft(Field.RELATION, content, tie.found, tick=bool(behaviour and sides.lead and sides.members))
    for specialty in found.specialties:
        yield _draft(Field.SPECIALTY, {"name": specialty.name}, specialty.found)
    signing = next((one for one in found.events if one.type == "signing"), None)
    if signing is None and not found.commitments:
        return
    basis = signing.found if signing is not None else found.commitments[0].found
    paper = {
        "title": f"{name}协议"[:200],
        "form": "agreement",
        "parties": [sides.lead, *sides.members] if sides.lead else sides.members,
        "signed_date": signing.date if signing is not None and len(signing.date) == 10 else "",
    }
    yield _draft(Field.AGREEMENT, paper, basis, tick=bool(sides.lead and sides.members))


def _relation_name(sides: _Sides, kind: str) -> str:
    words = {
        "paired_assistance": "对口支援",
        "consortium": "医联体",
        "specialty_alliance": "专科联盟",
        "uplift_project": "能力提升项目",
        "team_assistance": "组团式帮扶",
        "expert_workstation": "专家工作站",
    }.get(kind, "合作")
    members = "、".join(sides.members[:2]) + (f"等{len(sides.members)}家" if len(sides.members) > 2 else "")
    return f"{sides.lead}{'与' if sides.lead and members else ''}{members}{words}"[:180]


def _promises(found: Proposals, sides: _Sides) -> Iterator[Draft]:
    for one in found.commitments:
        giver = one.giver if one.giver in sides.known else sides.lead
        receiver = one.receiver if one.receiver in sides.known else sides.other(giver)
        for text in parts_of(one.text):
            kind = promise_kind(one.kind if text == one.text else "", text) or promise_kind(one.kind, text)
            said = {"giver": giver, "receiver": receiver, "kind": kind, "label": one.kind, "text": text[:400]}
            amount = amount_of(kind, text)
            whole = bool(kind) and bool(amount["amount"] or not says_a_number(text))
            yield _draft(Field.COMMITMENT, said | amount, one.found, tick=whole)


def _events(cleaned: Cleaned, found: Proposals, sides: _Sides) -> Iterator[Draft]:
    for one in found.events:
        kind = event_kind(one.type, one.word)
        content = {
            "kind": kind,
            "label": one.type,
            "date": one.date,
            "place": one.place[:120],
            "title": _event_title(one, cleaned),
            "giver": sides.lead,
            "receivers": sides.members,
            "participants": [name for name in (sides.lead, *sides.members) if name],
            "quantity": "1" if kind in _ONE_OF else "",
        }
        yield _draft(Field.EVENT, content, one.found, tick=len(one.date) == 10)


def _event_title(event: Event, cleaned: Cleaned) -> str:
    return (cleaned.title or event.word)[:120]


def _people(found: Proposals) -> Iterator[Draft]:
    for one in found.people:
        content = {"name": one.name, "title": one.title[:120], "institution": one.institution, "leader": one.leader}
        yield _draft(Field.PERSON, content, one.found, tick=not one.leader)


def _needs(found: Proposals, sides: _Sides) -> Iterator[Draft]:
    names = [one.name for one in found.specialties]
    for one in found.needs:
        stater = one.institution if one.institution in sides.known else next(iter(sides.members), "")
        content = {
            "institution": stater,
            "addressed": sides.other(stater),
            "category": category_of(one.text),
            "text": one.text[:2000],
            "specialty": _named_in(one.text, names),
        }
        courtesy = "need.asked" in one.found.why and not (content["specialty"] or _NAMED.search(one.text))
        yield _draft(Field.NEED, content, one.found, tick=not courtesy)


def _named_in(text: str, names: Iterable[str]) -> str:
    return max((name for name in names if name in text), key=len, default="")[:80]


def _rest(cleaned: Cleaned, found: Proposals, sides: _Sides) -> Iterator[Draft]:
    # A figure is of the relation; without one, of whom the help is for.
    bound = found.relation is not None and behaviour_of(found.relation.kind) and sides.lead and sides.members
    of = "" if bound else next(iter(sides.members), sides.lead)
    for one in found.figures:
        content = {"label": one.label[:120], "value": one.value, "unit": one.unit, "of": of}
        yield _draft(Field.FIGURE, content, one.found, tick="bare" not in one.found.why)
    if found.publicity is not None:
        item = found.publicity
        news = {
            "medium": (item.medium or cleaned.medium)[:120],
            "level": item.level,
            "date": item.date,
            "title": (item.title or cleaned.title)[:300],
        }
        yield _draft(Field.PUBLICITY, news, item.found)
