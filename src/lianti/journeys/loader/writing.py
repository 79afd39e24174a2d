"""New, same, changed or disputed: what becomes of each record of one file, in one transaction."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from lianti.contexts.network import queries as network_read
from lianti.contexts.network import services as network
from lianti.contexts.network.queries import Said
from lianti.journeys.loader.content import At, Checker, Content, Known, doubts
from lianti.journeys.loader.items import Facts, Item, items
from lianti.journeys.loader.problems import Problem, spell
from lianti.journeys.loader.proved import PROVED
from lianti.journeys.loader.records import RECORDS, Bench
from lianti.journeys.loader.report import CREATED, UNCHANGED, UPDATED, Change, FileReport
from lianti.journeys.loader.sent import SENT
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, Refused

ALL = RECORDS | SENT | PROVED
# Lists in which the order says nothing.
UNORDERED = frozenset({"members", "participants", "specialties"})
# Kept with the facts so that the lines of one group stay together; never compared.
GROUP = "group"


class Writer:
    """Writes one checked file and tells what it did."""

    def __init__(self, checker: Checker, content: Content, actor: Actor, at: datetime, report: FileReport) -> None:
        self.checker, self.content, self.actor, self.at, self.report = checker, content, actor, at, report
        self.said: dict[tuple[str, str], list[Said]] = defaultdict(list)

    def write(self) -> None:
        """Check against what is here, then write. Problems and conflicts stand in the report afterwards."""
        content = self.content
        known = network_read.institutions_by_code(_codes(content))
        relations = network_read.relations_by_code(_relation_codes(content))
        parties = {code: frozenset(p.code for p in (r.lead, *r.members)) for code, r in relations.items()}
        for path, text in doubts(content, Known(frozenset(known), parties)):
            self.checker.refuse(path, text)
        if self.checker.problems:
            return
        found = list(items(content))
        for said in network_read.loaded_records([item.same_as for item in found]):
            self.said[said.kind, said.same_as].append(said)
        self._taken(found, known, relations)
        if self.checker.problems:
            return
        bench = self._bench()
        bench.institutions.update({code: i.id for code, i in known.items()})
        bench.relations.update(relations)
        self.report.gone = network_read.loaded_by(content.code) - sum(self._own(item) is not None for item in found)
        for item in found:
            self._keep_group(bench, item)
        for item in found:
            self._one(bench, item)

    def _bench(self) -> Bench:
        source = self.content.source
        assert source is not None  # noqa: S101 - a file without source is refused before
        before = {s.code: s.document for s in network_read.sources()}.get(self.content.code)
        draft = network.DocumentDraft(title=source.title, kind="report", date=source.published, medium=source.medium)
        made = network.renew_source(actor=self.actor, at=self.at, code=self.content.code, document=draft)
        if before is None:
            outcome = CREATED
        else:
            same = (before.title, before.date, before.medium) == (source.title, source.published, source.medium)
            outcome = UNCHANGED if same else UPDATED
        self.report.counts["source", outcome] += 1
        return Bench(self.actor, self.at, self.content.code, made.pk, made.document_id, source.published)

    def _taken(self, found: list[Item], known: dict[str, Any], relations: dict[str, Any]) -> None:
        """Refuse codes that belong to something else here."""
        for item in found:
            if item.kind == "institution" and item.row.code in known:
                here = known[item.row.code]
                names = {here.name, *(n.name for n in network_read.former_names(here.id))}
                if item.row.name not in names:
                    text = _("The code “%(code)s” belongs to “%(name)s” here. Mend the code or the name.")
                    self.checker.refuse(item.path, text % {"code": item.row.code, "name": here.name})
            if item.kind == "relation" and item.relation in relations and self._own(item) is None:
                others = ", ".join(s.source for s in self.said[item.kind, item.same_as])
                text = _("The relation code “%(code)s” is used already (%(by)s). Give this relation another code.")
                by = others or _("entered by hand")
                self.checker.refuse(item.path, text % {"code": item.relation, "by": by})

    def _own(self, item: Item) -> Said | None:
        said = self.said[item.kind, item.same_as]
        return next((s for s in said if s.source == self.content.code), None)

    def _keep_group(self, bench: Bench, item: Item) -> None:
        for said in self.said[item.kind, item.same_as]:
            if group := said.facts.get(GROUP):
                bench.groups.setdefault((item.kind, *item.path), group)

    def _one(self, bench: Bench, item: Item) -> None:
        own = replace(bench, actor=self._acting(bench, item))
        try:
            self._settle(own, item)
        except Conflict as refusal:
            self.report.conflicts.append(self._problem(item, str(refusal.message)))
        except Invalid as refusal:
            for text in refusal.fields.values():
                self.checker.refuse(item.path, str(text))
        except Refused as refusal:
            self.checker.refuse(item.path, str(refusal.message))

    def _acting(self, bench: Bench, item: Item) -> Actor:
        """Return the job acting for the institution in whose name the record is kept."""
        if item.relation in bench.relations:
            return replace(self.actor, tenant_id=bench.relations[item.relation].lead.id)
        code = item.row.lead if item.kind == "relation" else item.institution
        return replace(self.actor, tenant_id=bench.institutions[code]) if code else self.actor

    def _settle(self, bench: Bench, item: Item) -> None:
        kind, own = ALL[item.kind], self._own(item)
        public_id = self._known_as(item)
        if public_id is None:
            self._remember(bench, item, kind.create(bench, item))
            self.report.counts[item.kind, CREATED] += 1
            return
        changed = self._changed(item, own.facts if own else None, public_id, bench)
        if changed:
            public_id = kind.change(bench, item, public_id, changed) or public_id
            self.report.changes.append(Change(item.kind, item.label, tuple(changed)))
        self.report.counts[item.kind, UPDATED if changed else UNCHANGED] += 1
        if own is None or _without_group(own.facts) != item.facts:
            self._remember(bench, item, public_id)

    def _known_as(self, item: Item) -> str | None:
        said = self._own(item) or next(iter(self.said[item.kind, item.same_as]), None)
        if said is not None:
            return said.public_id
        if item.kind == "institution" and (here := network_read.institution_by_code(item.row.code)):
            return here.public_id
        return None

    def _changed(self, item: Item, base: Facts | None, public_id: str, bench: Bench) -> Facts:
        """Return the fields to change; raise Conflict when somebody, or another file, says otherwise."""
        if base is not None and all(_same(n, base.get(n), v) for n, v in item.facts.items()):
            return {}
        now = ALL[item.kind].now(bench, item, public_id)
        changed, disputed = {}, []
        for name, value in item.facts.items():
            if base is not None and _same(name, base.get(name), value):
                continue
            if _same(name, now.get(name), value):
                continue
            untouched = _same(name, now.get(name), base.get(name)) if base is not None else not now.get(name)
            if untouched:
                changed[name] = value
            else:
                disputed.append(_disputed(name, now.get(name), value))
        if disputed:
            raise Conflict("; ".join(disputed))
        return changed

    def _remember(self, bench: Bench, item: Item, public_id: str) -> None:
        group = bench.groups.get((item.kind, *item.path))
        network.remember(
            actor=bench.actor,
            at=self.at,
            source_id=bench.source_id,
            kind=item.kind,
            same_as=item.same_as,
            public_id=public_id,
            facts=item.facts | ({GROUP: group} if group else {}),
        )

    def _problem(self, item: Item, text: str) -> Problem:
        return Problem(text, self.checker.place(item.path), spell(item.path))


def _disputed(name: str, now: Any, value: Any) -> str:
    text = _("“%(field)s” is “%(now)s” here and “%(then)s” in the file. Make them agree, then load again.")
    return text % {"field": name, "now": _shown(now), "then": _shown(value)}


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _same(name: str, one: Any, other: Any) -> bool:
    if name in UNORDERED and isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    return bool(one == other)


def _without_group(facts: Facts) -> Facts:
    return {name: value for name, value in facts.items() if name != GROUP}


def _codes(content: Content) -> set[str]:
    codes = {at.row.code for at in content.institutions}
    for relation in content.relations:
        codes |= {relation.row.lead, *relation.row.members, *filter(None, [relation.row.authority])}
    for event in content.events:
        codes |= {*event.row.participants, *filter(None, [event.row.place])}
    for need in content.needs:
        codes |= {need.row.institution} if isinstance(need.row.institution, str) else set(need.row.institution)
    for promise in content.commitments:
        codes |= {promise.row.giver, *([promise.row.to] if isinstance(promise.row.to, str) else promise.row.to)}
    codes |= {at.row.sender for at in content.batches} | {at.row.recipient for at in content.postings}
    codes |= {at.row.institution for at in content.workstations}
    codes |= {at.row.sender for at in content.services} | {at.row.sender for at in content.certificates}
    codes |= {at.row.recipient for at in content.services if at.row.recipient}
    codes |= {at.row.employer for at in content.titles}
    stated: list[At[Any]] = [*content.goals, *content.figures]
    return codes | {at.row.institution for at in stated if at.row.institution}


def _relation_codes(content: Content) -> set[str]:
    rows: list[At[Any]] = [
        *content.events, *content.needs, *content.commitments, *content.goals, *content.batches,
        *content.workstations
    ]  # fmt: skip
    return {at.row.code for at in content.relations} | {at.row.relation for at in rows}
