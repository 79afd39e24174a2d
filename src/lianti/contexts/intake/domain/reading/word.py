"""Word files (.docx): paragraphs and tables in their order. Packed parts are measured before they are opened."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from lxml import etree

from lianti.contexts.intake.domain.reading import bounds
from lianti.contexts.intake.domain.reading.refused import Refused
from lianti.contexts.intake.domain.source import Source

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _TR, _TC, _T, _TAB, _BR = (_W + tag for tag in ("p", "tr", "tc", "t", "tab", "br"))
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_WIDE_DECLARES = re.compile(b"<\x00!\x00(?:D\x00O\x00C|E\x00N\x00T)|\x00<\x00!\x00(?:D\x00O|E\x00N)", re.I)
_REMOTE = re.compile(rb"TargetMode\s*=\s*[\"']External", re.I)
_BROKEN = (
    zipfile.BadZipFile, ValueError, KeyError, OSError, NotImplementedError, RuntimeError, EOFError, AttributeError,
    etree.XMLSyntaxError,
)  # fmt: skip


def read(data: bytes) -> Source:
    """The text of a Word file; macros are not run, links not followed. Raises Refused."""
    notes = _measured(data)
    try:
        document = docx.Document(io.BytesIO(data))
        text = "\n".join(_lines(document.element.body))
        title = document.core_properties.title or ""
    except Refused:
        raise
    except _BROKEN as why:
        raise Refused("macros" if "macroEnabled" in str(why) else "damaged") from None
    except zipfile.zlib.error:  # type: ignore[attr-defined]
        raise Refused("damaged") from None
    if not text.strip():
        raise Refused("no_text")
    return Source(text, "docx", None, title.strip(), notes=tuple(notes))


def _measured(data: bytes) -> list[tuple[str, dict[str, str | int]]]:
    """Notes on what is packed; raises Refused for bombs and for XML with declarations of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            whole = sum(part.file_size for part in parts)
            if len(parts) > bounds.PACKED_PARTS or whole > bounds.UNPACKED_BYTES:
                raise Refused("bomb")
            if whole > 2**20 and whole > bounds.UNPACKED_RATIO * len(data):
                raise Refused("bomb")
            remote = any(_checked(packed, part) for part in parts)
    except (zipfile.BadZipFile, zipfile.zlib.error, OSError, RuntimeError, NotImplementedError, EOFError):  # type: ignore[attr-defined]
        raise Refused("damaged") from None
    notes: list[tuple[str, dict[str, str | int]]] = []
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        notes.append(("macros_ignored", {}))
    if remote:
        notes.append(("remote_left", {}))
    return notes


def _checked(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether an XML part refers to the internet; raises Refused for a declaration or an encrypted part."""
    if part.flag_bits & 1:
        raise Refused("encrypted")
    if not part.filename.lower().endswith((".xml", ".rels")):
        return False
    content = packed.read(part)
    if _DECLARES.search(content) or _WIDE_DECLARES.search(content):
        raise Refused("unsafe_xml")
    return part.filename.endswith(".rels") and b"hyperlink" not in content and bool(_REMOTE.search(content))


def _lines(body: Any) -> Iterator[str]:
    """Paragraphs and table rows in order; a row's cells stand apart by tabs."""
    kept = 0
    for block in body.iter(_P, _TR):
        if next(block.iterancestors(_TR, _P, _FALLBACK), None) is not None:
            continue
        line = _words(block) if block.tag == _P else "\t".join(_words(cell) for cell in block.iterchildren(_TC))
        yield line
        kept += len(line) + 1
        if kept > bounds.CHARACTERS:
            return


def _words(block: Any) -> str:
    out = []
    for piece in block.iter(_T, _TAB, _BR, _P):
        if next(piece.iterancestors(_FALLBACK), None) is not None:
            continue
        if piece.tag == _T:
            out.append(piece.text or "")
        elif piece.tag == _TAB and piece.getparent().tag == _W + "r":
            out.append("\t")
        elif piece.tag == _BR:
            out.append("\n")
        elif piece.tag == _P and out and block.tag == _TC:
            out.append(" ")
    return "".join(out).strip() if block.tag == _TC else "".join(out)
