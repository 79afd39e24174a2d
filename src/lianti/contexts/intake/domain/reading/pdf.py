"""PDF files: the text of their pages; scanned pages through tesseract where it is installed."""

import time
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from lianti.contexts.intake.domain.reading import bounds, scans
from lianti.contexts.intake.domain.reading.refused import Refused
from lianti.contexts.intake.domain.source import Source

_NEXT_TO_NOTHING = 8
_DOTS = 200
_ENCRYPTED = "password"


@dataclass(slots=True)
class _Pages:
    """What came of the pages: texts in order, and the numbers (from 1) of those that are pictures."""

    texts: list[str] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    kept: int = 0


def read(data: bytes) -> Source:
    """The text of a PDF within the bounds of pages and time. Raises Refused."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as why:
        raise Refused("encrypted" if _ENCRYPTED in str(why).lower() else "damaged") from None
    try:
        total = len(document)
        pages = _read(document, min(total, bounds.PDF_PAGES))
        title = str(document.get_metadata_dict().get("Title", "")).strip()
    except pdfium.PdfiumError:
        raise Refused("damaged") from None
    finally:
        document.close()
    text = "\n".join(pages.texts)
    notes = _notes(pages, total)
    if not text.strip():
        raise Refused("no_ocr" if pages.pictures and not scans.available() else "no_text")
    return Source(text, "pdf", None, title if len(title) < 80 else "", notes=tuple(notes))


def _read(document: pdfium.PdfDocument, count: int) -> _Pages:
    pages, until, letters = _Pages(), time.monotonic() + bounds.PDF_SECONDS, 0
    for number in range(count):
        if time.monotonic() > until or letters > bounds.CHARACTERS:
            break
        page = document[number]
        text = _text(page)
        if len("".join(text.split())) < _NEXT_TO_NOTHING and _pictured(page):
            text = _scanned(page, number + 1, pages, until) or text
        pages.texts.append(text)
        pages.kept, letters = number + 1, letters + len(text)
        page.close()
    return pages


def _text(page: pdfium.PdfPage) -> str:
    words = page.get_textpage()
    try:
        return str(words.get_text_range(0, min(words.count_chars(), 200_000))).replace("\ufffe", "").replace("\x02", "")
    finally:
        words.close()


def _pictured(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects([pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _scanned(page: pdfium.PdfPage, number: int, pages: _Pages, until: float) -> str:
    left = until - time.monotonic()
    if not scans.available() or len(pages.recognised) >= bounds.SCANNED_PAGES or left < 1:
        pages.pictures.append(number)
        return ""
    text = scans.recognise(_drawn(page), min(left, bounds.SCAN_SECONDS))
    (pages.recognised if text else pages.pictures).append(number)
    return text


def _drawn(page: pdfium.PdfPage) -> bytes:
    """The page as a grey PNM picture."""
    width, height = page.get_size()
    scale = min(_DOTS / 72, (bounds.SCAN_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    packed = b"".join(rows[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + packed


def _notes(pages: _Pages, total: int) -> list[tuple[str, dict[str, str | int]]]:
    notes: list[tuple[str, dict[str, str | int]]] = []
    if total > bounds.PDF_PAGES and pages.kept == bounds.PDF_PAGES:
        notes.append(("pages_cut", {"pages": total, "kept": pages.kept}))
    elif pages.kept < total:
        notes.append(("time_cut", {"pages": total, "kept": pages.kept}))
    if pages.recognised:
        notes.append(("scans_read", {"count": len(pages.recognised), "pages": _listed(pages.recognised)}))
    if pages.pictures:
        notes.append(("scans_failed" if scans.available() else "scans_left", {"pages": _listed(pages.pictures)}))
    return notes


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (" …" if len(numbers) > 20 else "")
