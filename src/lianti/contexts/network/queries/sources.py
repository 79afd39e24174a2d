"""Where facts came from: the loaded files and the records they made."""

from collections.abc import Iterable
from typing import Any

from lianti.contexts.network.models import Document, LoadedRecord, Source
from lianti.contexts.network.queries.facts import DocumentFacts, SourceFacts


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


def loaded_records(keys: Iterable[str]) -> list[dict[str, Any]]:
    """Return what any file has said under these keys: source code, kind, key, public id, facts."""
    rows = LoadedRecord.objects.filter(key__in=list(keys)).order_by("pk")
    return [
        {"source": code, "kind": kind, "key": key, "public_id": public_id, "facts": facts}
        for code, kind, key, public_id, facts in rows.values_list("source__code", "kind", "key", "public_id", "facts")
    ]
