"""Reading: bytes of a known or guessed format to a Source, within bounds."""

from lianti.contexts.intake.domain.reading import bounds, mail, pdf, plain, scans, web, word
from lianti.contexts.intake.domain.reading.kinds import kind_of
from lianti.contexts.intake.domain.reading.notes import NOTES
from lianti.contexts.intake.domain.reading.refused import Refused
from lianti.contexts.intake.domain.source import Source

__all__ = ["NOTES", "Refused", "read"]

_READERS = {
    "txt": plain.read,
    "paste": plain.read_pasted,
    "html": web.read,
    "docx": word.read,
    "pdf": pdf.read,
    "eml": mail.read,
    "image": scans.read,
}


def read(data: bytes, *, name: str = "", kind: str = "") -> Source:
    """The text of a file. `name` helps to tell the format, `kind` says it ('txt' 'html' 'docx' 'pdf' 'eml' 'paste').

    Nothing outside the file is fetched, nothing in it is run. Raises Refused with a key of `NOTES`.
    """
    if len(data) > bounds.FILE_BYTES:
        raise Refused("too_big", megabytes=len(data) // 2**20, most=bounds.FILE_BYTES // 2**20)
    if not data.strip(b"\x00 \t\r\n"):
        raise Refused("empty")
    return bounds.bounded(_READERS[kind_of(data, name, kind)](data))
