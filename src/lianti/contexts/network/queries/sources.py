"""Where facts came from: the loaded files and the records they made."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lianti.contexts.network.models import Document, LoadedRecord, Source
from lianti.contexts.network.queries.facts import DocumentFacts, SourceFacts
from lianti.contexts.network.states import Behaviour, Comparison, InstitutionKind, Level, RelationState, TitleLevel

_CODES: dict[str, type[StrEnum]] = {
    "institution_kind": InstitutionKind,
    "level": Level,
    "title_level": TitleLevel,
    "behaviour": Behaviour,
    "relation_state": RelationState,
    "comparison": Comparison,
}


def codes(name: str) -> list[str]:
    """Return the codes of one of the network's word lists, without the empty one."""
    return [str(code) for code in _CODES[name] if code]


def document_titles(pks: Collection[int]) -> dict[int, str]:
    """Return the titles of documents by key, in one query; none of them costs no query."""
    return dict(Document.objects.filter(pk__in=pks).values_list("pk", "title")) if pks else {}


def document_facts(row: Document) -> DocumentFacts:
    """Return the facts of one document row."""
    return DocumentFacts(
        public_id=row.public_id,
        kind=row.kind,
        title=row.title,
        number=row.number,
        date=row.date,
        publisher=row.publisher,
        medium=row.medium,
        file_id=row.file_id,
    )


def _source_facts(row: Source) -> SourceFacts:
    return SourceFacts(
        public_id=row.public_id, code=row.code, loaded_at=row.loaded_at, document=document_facts(row.document)
    )


def sources() -> list[SourceFacts]:
    """Return every loaded file, by its id."""
    return [_source_facts(row) for row in Source.objects.select_related("document").order_by("code")]


def sources_of(kind: str, public_id: str) -> list[SourceFacts]:
    """Return the files that speak of one record."""
    said = LoadedRecord.objects.filter(kind=kind, public_id=public_id).values("source")
    rows = Source.objects.filter(pk__in=said).select_related("document").order_by("code")
    return [_source_facts(row) for row in rows]


@dataclass(frozen=True)
class Said:
    """What one source said of one record."""

    source: str
    kind: str
    same_as: str
    public_id: str
    facts: dict[str, Any]


def loaded_records(same_as: Iterable[str]) -> list[Said]:
    """Return what any file has said of the records with these digests, oldest first."""
    rows = LoadedRecord.objects.filter(key__in=list(same_as)).order_by("pk")
    found = rows.values_list("source__code", "kind", "key", "public_id", "facts")
    return [Said(*row) for row in found]


def loaded_by(source_code: str) -> int:
    """Return how many records a file has spoken of."""
    return LoadedRecord.objects.filter(source__code=source_code).count()
