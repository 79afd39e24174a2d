"""Hard line breaks of mails and printed pages: lines of one width that go on in the next are one paragraph."""

from lianti.contexts.intake.domain.cleaning.cutting import Part
from lianti.contexts.intake.domain.cleaning.furniture import HEADING
from lianti.contexts.intake.domain.cleaning.marks import reason

_WRAPPED_KINDS = ("pdf", "eml", "txt")
_LEAST, _WIDEST = 14, 90
_ENDS = "。!?:;”)』」…"


def unwrapped(parts: list[Part], kind: str) -> list[Part]:
    """The parts with wrapped lines joined, when most lines of the page are of one width; else as they are."""
    width = _width(parts) if kind in _WRAPPED_KINDS else 0
    if not width:
        return parts
    out: list[Part] = []
    open_line = False
    for part in parts:
        if open_line and part.text and part.line == out[-1].line + len(out[-1].spans) and not HEADING.match(part.text):
            last = out[-1]
            last.spans, last.text = last.spans + part.spans, last.text + part.text
        else:
            out.append(part)
        open_line = _goes_on(part, out[-1], width)
    return out


def _goes_on(part: Part, whole: Part, width: int) -> bool:
    full = _measure(part.text) >= width * 0.86
    return full and part.text[-1] not in _ENDS and not (whole is part and reason(part.text))


def _measure(text: str) -> float:
    """Width of a line in full-width signs."""
    return sum(0.5 if sign < "\u0500" else 1 for sign in text)


def _width(parts: list[Part]) -> int:
    """The width that the page was wrapped to, in full-width signs; 0 when it was not."""
    sizes = [_measure(part.text) for part in parts if part.text]
    broken = [
        size
        for part, size in zip((p for p in parts if p.text), sizes, strict=True)
        if size >= _LEAST and part.text[-1] not in _ENDS
    ]
    widest = max(sizes, default=0)
    if not _LEAST <= widest <= _WIDEST or len(broken) < 3:
        return 0
    near = sum(1 for size in broken if size >= widest * 0.86)
    return int(widest) if near >= 3 and near >= 0.6 * len(broken) else 0
