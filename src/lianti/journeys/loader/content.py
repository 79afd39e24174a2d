"""A file's rows with their places, and every check that needs no database."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from lianti.contexts.dispatch import services as dispatch
from lianti.contexts.ledger.domain import kinds
from lianti.contexts.network import queries as network
from lianti.journeys.loader import shape
from lianti.journeys.loader.problems import Path, Place, Problem, spell
from lianti.journeys.loader.reading import Tree
from lianti.journeys.loader.shape import (
    AttendanceRow,
    BatchRow,
    CertificateRow,
    CommitmentRow,
    EventRow,
    FigureRow,
    GoalRow,
    InstitutionRow,
    NeedRow,
    PlanRow,
    PostingRow,
    RelationRow,
    ServiceRow,
    SourceRow,
    TitleRow,
    WorkstationRow,
)

R = TypeVar("R")


@dataclass(frozen=True)
class At(Generic[R]):
    """A row and where it stands."""

    row: R
    path: Path


@dataclass
class Content:
    """What one file says, row by row."""

    code: str = ""
    source: SourceRow | None = None
    institutions: list[At[InstitutionRow]] = field(default_factory=list)
    relations: list[At[RelationRow]] = field(default_factory=list)
    events: list[At[EventRow]] = field(default_factory=list)
    needs: list[At[NeedRow]] = field(default_factory=list)
    commitments: list[At[CommitmentRow]] = field(default_factory=list)
    goals: list[At[GoalRow]] = field(default_factory=list)
    figures: list[At[FigureRow]] = field(default_factory=list)
    batches: list[At[BatchRow]] = field(default_factory=list)
    postings: list[At[PostingRow]] = field(default_factory=list)
    workstations: list[At[WorkstationRow]] = field(default_factory=list)
    attendance: list[At[AttendanceRow]] = field(default_factory=list)
    services: list[At[ServiceRow]] = field(default_factory=list)
    certificates: list[At[CertificateRow]] = field(default_factory=list)
    titles: list[At[TitleRow]] = field(default_factory=list)
    plan: PlanRow | None = None
    review_areas: list[str] = field(default_factory=list)


class Checker:
    """Takes a tree apart and gathers what is wrong with it."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.problems: list[Problem] = []

    def refuse(self, path: Path, text: str) -> None:
        """Note one thing to mend, at the nearest place known."""
        self.problems.append(Problem(text, self.place(path), spell(path)))

    def place(self, path: Path) -> Place | None:
        """Return where a path stands."""
        return self.tree.place(path)

    def content(self) -> Content:
        """Return the file's rows; what does not fit is noted and left out."""
        top = self.tree.value
        if not isinstance(top, dict):
            self.refuse((), _("The file must be a mapping. Begin it with the line format: lianti-network/1"))
            return Content()
        if top.get("format") != shape.FORMAT:
            self.refuse(("format",), _("The first line must be: format: lianti-network/1"))
            return Content()
        for name in top:
            if name not in shape.TOP:
                self.refuse((name,), shape.unknown(name, list(shape.TOP)))
        found = Content(
            code=self._needed(top, "id", shape.Code) or "",
            source=self._needed(top, "source", SourceRow),
            plan=self._optional(top, "plan", PlanRow),
            review_areas=self._optional(top, "review_areas", shape.Words) or [],
        )
        for name, struct in shape.LISTS.items():
            setattr(found, name, self._rows(top, name, struct))
        return found

    def _needed(self, top: dict[str, Any], name: str, wanted: Any) -> Any:
        if name not in top:
            self.refuse((), _("“%(name)s” is missing. Add it.") % {"name": name})
            return None
        return shape.take(top[name], wanted, (name,), self.refuse)

    def _optional(self, top: dict[str, Any], name: str, wanted: Any) -> Any:
        return None if top.get(name) is None else shape.take(top[name], wanted, (name,), self.refuse)

    def _rows(self, top: dict[str, Any], name: str, struct: type[shape.Row]) -> list[At[Any]]:
        rows = top.get(name)
        if rows is None:
            return []
        if not isinstance(rows, list):
            self.refuse((name,), _("This must be a list: each entry on its own line with a dash before it."))
            return []
        taken = ((shape.take(row, struct, (name, n), self.refuse), (name, n)) for n, row in enumerate(rows))
        return [At(row, path) for row, path in taken if row is not None]


Check = Callable[[Content], Iterator[tuple[Path, str]]]


def listed(one_or_many: str | list[str]) -> list[str]:
    """Return what may be one code or a list of codes as a list."""
    return [one_or_many] if isinstance(one_or_many, str) else one_or_many


def doubts(content: Content, known: "Known") -> Iterator[tuple[Path, str]]:
    """Yield (path, sentence) for whatever does not agree within the file, and with what is here already."""
    yield from _twice(content)
    yield from _codes(content)
    yield from _relations(content)
    yield from _references(content, known)
    yield from _strays(content)
    yield from _homeless(content)


@dataclass(frozen=True)
class Known:
    """What is here before the file: institutions by code, and the parties of relations by code."""

    institutions: frozenset[str]
    parties: dict[str, frozenset[str]]


def _twice(content: Content) -> Iterator[tuple[Path, str]]:
    groups: tuple[tuple[Sequence[At[Any]], Callable[[Any], Any]], ...] = (
        (content.institutions, lambda r: r.code),
        (content.relations, lambda r: r.code),
        (content.events, lambda r: (r.relation, r.kind, r.date, r.place)),
        (content.goals, lambda r: (r.relation, r.kind, r.institution, r.text)),
        (content.figures, lambda r: (r.institution, r.label)),
        (content.batches, lambda r: r.code),
        (content.postings, lambda r: (r.batch, r.person, r.recipient)),
        (content.workstations, lambda r: (r.relation, r.institution, r.specialty)),
        (content.attendance, lambda r: (r.batch, r.person, r.recipient, r.month)),
        (content.services, lambda r: (r.sender, r.person, r.from_date)),
        (content.certificates, lambda r: (r.sender, r.number)),
        (content.titles, lambda r: (r.employer, r.person, r.since)),
    )
    for rows, key in groups:
        yield from _repeated([(at.path, key(at.row)) for at in rows])
    yield from _repeated(
        [
            (at.path, (at.row.relation, at.row.category, one, at.row.text))
            for at in content.needs
            for one in listed(at.row.institution)
        ]
    )
    yield from _repeated(
        [
            (at.path, (at.row.relation, at.row.kind, at.row.giver, one, at.row.text))
            for at in content.commitments
            for one in listed(at.row.to)
        ]
    )


def _repeated(keys: list[tuple[Path, Any]]) -> Iterator[tuple[Path, str]]:
    first: dict[Any, Path] = {}
    for path, key in keys:
        before = first.setdefault(key, path)
        if before != path:
            yield path, _("The same is said already by %(before)s. Keep one of them.") % {"before": spell(before)}
        elif sum(k == key for p, k in keys if p == path) > 1:
            yield path, _("An institution stands twice in this list. Keep it once.")
            return


def _codes(content: Content) -> Iterator[tuple[Path, str]]:
    tables: tuple[tuple[Sequence[At[Any]], str, list[str]], ...] = (
        (content.institutions, "kind", network.codes("institution_kind")),
        (content.institutions, "level", network.codes("level")),
        (content.relations, "kind", network.codes("behaviour")),
        (content.relations, "status", network.codes("relation_state")),
        (content.events, "kind", [k.code for k in kinds.activities()]),
        (content.needs, "category", [k.code for k in kinds.needs()]),
        (content.commitments, "kind", [k.code for k in kinds.promises()]),
        (content.figures, "comparison", network.codes("comparison")),
        (content.batches, "kind", dispatch.CODES["kind"]),
        (content.batches, "status", dispatch.CODES["batch_state"]),
        (content.postings, "duty", dispatch.CODES["duty"]),
        (content.postings, "status", dispatch.CODES["posting_state"]),
        (content.workstations, "status", dispatch.STATION_STATES),
        (content.services, "kind", dispatch.CODES["kind"]),
        (content.titles, "title", [code for code in network.code_words("title") if code]),
    )
    for rows, name, known in tables:
        for at in rows:
            value = getattr(at.row, name)
            if value and value not in known:
                yield (*at.path, name), shape.unknown(value, known)


def _relations(content: Content) -> Iterator[tuple[Path, str]]:
    for at in content.relations:
        row = at.row
        if row.lead in row.members:
            yield (*at.path, "members"), _("The lead cannot be a member of its own relation.")
        if len(set(row.members)) < len(row.members):
            yield (*at.path, "members"), _("An institution stands twice in this list. Keep it once.")
        if row.signed and row.status not in {"in_force", "ended"}:
            yield (*at.path, "signed"), _("A signed relation is in force. Mend the status, or leave the date out.")
        if row.from_date and row.to_date and row.to_date < row.from_date:
            yield (*at.path, "to"), _("The last day lies before the first.")
        yield from _documents(at)


def _documents(at: At[RelationRow]) -> Iterator[tuple[Path, str]]:
    documents = at.row.documents
    if len({d.title for d in documents}) < len(documents):
        yield (*at.path, "documents"), _("Two documents carry the same title. Keep one of them.")
    for n, document in enumerate(documents):
        if document.state not in {"proposal", "draft"}:
            yield (*at.path, "documents", n, "state"), shape.unknown(document.state, ["proposal", "draft"])


def _references(content: Content, known: Known) -> Iterator[tuple[Path, str]]:
    here = known.institutions | {at.row.code for at in content.institutions}
    parties = known.parties | {at.row.code: frozenset({at.row.lead, *at.row.members}) for at in content.relations}
    for path, code in _named_institutions(content):
        if code not in here:
            text = _("There is no institution with the code “%(code)s”. Add it under institutions, or mend the code.")
            yield path, text % {"code": code}
    related: list[At[Any]] = [
        *content.events, *content.needs, *content.commitments, *content.goals, *content.batches
    ]  # fmt: skip
    for at in related:
        if at.row.relation not in parties:
            text = _("There is no relation with the code “%(code)s”. Add it under relations, or mend the code.")
            yield (*at.path, "relation"), text % {"code": at.row.relation}
    for path, relation, code in _sides(content):
        if code in here and relation in parties and code not in parties[relation]:
            text = _("“%(code)s” is no party of the relation “%(relation)s”. Add it to its members, or mend the code.")
            yield path, text % {"code": code, "relation": relation}


def _strays(content: Content) -> Iterator[tuple[Path, str]]:
    """Yield postings whose batch the file does not tell of, and months whose posting it does not."""
    batches = {at.row.code for at in content.batches}
    for at in content.postings:
        if at.row.batch not in batches:
            text = _("There is no batch with the code “%(code)s”. Add it under batches, or mend the code.")
            yield (*at.path, "batch"), text % {"code": at.row.batch}
    posted = {(at.row.batch, at.row.person, at.row.recipient) for at in content.postings}
    for month in content.attendance:
        if (month.row.batch, month.row.person, month.row.recipient) not in posted:
            yield month.path, _("No posting of this file is of this batch, person and recipient. Mend one of them.")
        if month.row.month.day != 1:
            yield (*month.path, "month"), _("Write the first day of the month, such as 2025-03-01.")


def _named_institutions(content: Content) -> Iterator[tuple[Path, str]]:
    """Yield every place where an institution's code is used."""
    for relation in content.relations:
        yield (*relation.path, "lead"), relation.row.lead
        yield from _many(relation.path, "members", relation.row.members)
        if relation.row.authority:
            yield (*relation.path, "authority"), relation.row.authority
    for event in content.events:
        yield from _many(event.path, "participants", event.row.participants)
        if event.row.place:
            yield (*event.path, "place"), event.row.place
    for path, _relation, code in _bound(content):
        yield path, code
    yield from _proved(content)
    stated: list[At[Any]] = [*content.goals, *content.figures]
    for at in stated:
        if at.row.institution:
            yield (*at.path, "institution"), at.row.institution


def _proved(content: Content) -> Iterator[tuple[Path, str]]:
    proofs: list[At[Any]] = [*content.services, *content.certificates]
    for at in proofs:
        yield (*at.path, "sender"), at.row.sender
    for title in content.titles:
        yield (*title.path, "employer"), title.row.employer
    for service in content.services:
        if service.row.recipient:
            yield (*service.path, "recipient"), service.row.recipient


def _many(path: Path, name: str, codes: str | list[str]) -> Iterator[tuple[Path, str]]:
    if isinstance(codes, str):
        yield (*path, name), codes
    else:
        yield from (((*path, name, n), code) for n, code in enumerate(codes))


def _sides(content: Content) -> Iterator[tuple[Path, str, str]]:
    """Yield (path, relation, institution) where the institution must be a party of the relation."""
    yield from _bound(content)
    for goal in content.goals:
        if goal.row.institution:
            yield (*goal.path, "institution"), goal.row.relation, goal.row.institution


def _bound(content: Content) -> Iterator[tuple[Path, str, str]]:
    """Yield (path, relation, institution) of needs, promises, batches, postings and workstations."""
    for need in content.needs:
        for path, code in _many(need.path, "institution", need.row.institution):
            yield path, need.row.relation, code
    for commitment in content.commitments:
        yield (*commitment.path, "from"), commitment.row.relation, commitment.row.giver
        for path, code in _many(commitment.path, "to", commitment.row.to):
            yield path, commitment.row.relation, code
    yield from _sent(content)


def _sent(content: Content) -> Iterator[tuple[Path, str, str]]:
    relations = {}
    for batch in content.batches:
        relations[batch.row.code] = batch.row.relation
        yield (*batch.path, "sender"), batch.row.relation, batch.row.sender
    for posting in content.postings:
        yield (*posting.path, "recipient"), relations.get(posting.row.batch, ""), posting.row.recipient
    for station in content.workstations:
        yield (*station.path, "institution"), station.row.relation, station.row.institution


def _homeless(content: Content) -> Iterator[tuple[Path, str]]:
    for commitment in content.commitments:
        if commitment.row.giver in listed(commitment.row.to):
            yield (*commitment.path, "to"), _("A promise is made to another institution. Mend from or to.")
    if content.relations:
        return
    text = _("This belongs to the file's first relation, and the file has none. Add a relation.")
    for name in ("plan", "review_areas"):
        if getattr(content, name):
            yield (name,), text
    for figure in content.figures:
        if figure.row.institution is None:
            yield figure.path, text
