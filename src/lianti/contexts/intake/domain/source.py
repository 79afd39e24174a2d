"""What reading a file gives: its text as it stood there, and what the person should know about the reading."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """A document as read, before any cleaning.

    `text`: lines as they stood, '\\n' between them, mirrors' damage included; tags only where the file itself shows
    them as text. `kind`: 'txt' 'html' 'docx' 'pdf' 'eml' 'paste'. `charset`: the one the bytes were decoded by; None
    where the format says it itself. `title`: what the file declares (HTML title, mail subject, Word's core title).
    `published`: a date that the file declares. `medium`: the site or paper that the file declares.
    `notes`: keys of `reading.notes.NOTES` with their values: what was bounded, left out or guessed, to be shown.
    """

    text: str
    kind: str = "txt"
    charset: str | None = None
    title: str = ""
    published: date | None = None
    medium: str = ""
    notes: tuple[tuple[str, dict[str, str | int]], ...] = ()
