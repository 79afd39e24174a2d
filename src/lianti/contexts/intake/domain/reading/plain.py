"""Text files and pasted text."""

from lianti.contexts.intake.domain.reading.charsets import decode
from lianti.contexts.intake.domain.source import Source


def read(data: bytes) -> Source:
    """A text file in whatever charset makes sense."""
    decoded = decode(data)
    return Source(decoded.text, "txt", decoded.charset, notes=decoded.notes)


def read_pasted(data: bytes) -> Source:
    """Pasted text, which the browser sends in UTF-8."""
    return Source(decode(data, "utf-8").text, "paste")
