"""How much is read of one file."""

from dataclasses import replace

from lianti.contexts.intake.domain.source import Source

FILE_BYTES = 20 * 2**20
CHARACTERS = 2_000_000
UNPACKED_BYTES = 120 * 2**20
UNPACKED_RATIO = 120
PACKED_PARTS = 3000
PDF_PAGES = 500
PDF_SECONDS = 45
SCANNED_PAGES = 20
SCAN_SECONDS = 20
SCAN_PIXELS = 24_000_000

_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n"})


def bounded(source: Source) -> Source:
    """The source with line ends made one, control characters gone, and its text no longer than CHARACTERS."""
    text = source.text.replace("\r\n", "\n").translate(_BREAKS)
    notes = list(source.notes)
    if len(text) > CHARACTERS:
        text = text[:CHARACTERS]
        notes.append(("text_cut", {"kept": CHARACTERS}))
    clean = text.translate(_CONTROLS)
    if len(clean) < len(text):
        notes.append(("controls_removed", {"count": len(text) - len(clean)}))
    return replace(source, text=clean, notes=tuple(notes))
