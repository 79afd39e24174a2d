"""What cleaning gives: the story alone, and the trace of everything that was repaired, doubted or left out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """How sure a repair is.

    EXACT: the bytes or a reading prove it. CHOSEN: context chose among several; a person confirms it when it touches a
    name, a number or a date. DOUBTFUL: nothing could be chosen; the text shows what stood there, or □ for what is lost.
    """

    EXACT = "exact"
    CHOSEN = "chosen"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Repair:
    """One place of the clean text, [start, end) in code points, that is not what the source showed.

    `raw`: what the source showed. `kind`: 'charset' 'mojibake' 'byte_shift' 'pinyin' 'traditional' 'tag' 'lost'.
    `sensitive`: it touches a name, a number or a date. `others`: further readings, best first. Routine EXACT repairs
    (traditional, pinyin, tag) are not listed one by one: `Cleaned.counts` has them.
    """

    start: int
    end: int
    raw: str
    kind: str
    status: Status
    sensitive: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source and what became of it: `kept` in the clean text at [start, end), or left out for `reason`.

    `reason`: '' when kept, else 'navigation' 'counter' 'source' 'byline' 'title_again' 'caption' 'footer' 'disclaimer'
    'headlines' 'spam' 'blank'.
    """

    raw: str
    reason: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The clean text: the title if the page shows one, then the story's paragraphs, simplified, NFC.

    `text`: '\\n' stands between paragraphs. `title`: the first line when it is a title, else ''.
    `published`: the page's own date. `medium`: who published it ('' unknown).
    `reporters`: names in bylines (they are never people of the record). `repairs` in order of place;
    `lines` in order of the source; `counts`: repairs by kind.
    """

    text: str
    title: str = ""
    published: date | None = None
    medium: str = ""
    reporters: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    lines: tuple[Line, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
