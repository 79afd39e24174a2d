"""Byte-shifted GBK: traditional pages whose bytes were searched and replaced, so that later bytes paired wrongly.

Two readings of a line are followed side by side: the characters as shown (aligned), and the same bytes shifted by one,
with the byte that still waits for its partner (pending). What the language makes likelier wins; where a byte is lost,
the words around choose.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lianti.contexts.intake.domain.cleaning.hanzi import HAN, begun_by, character, pair, reads, simple, weight
from lianti.contexts.intake.domain.cleaning.likelihood import Language
from lianti.contexts.intake.domain.cleaning.pinyin import INSERT, READING, TONED, is_insert

MARKS = "?\ufffd"
WIDE = frozenset("!(),:;?")  # full-width forms that mirrors turn to ASCII; the others only rarely
RARELY_WIDE = frozenset("\"#$%&'*+-./<=>@[]^_{|}~")
ALIGNED, UNKNOWN = -1, 256
UNSURE = "□"

LOSES_TRAIL, LOSES_LEAD = -1.5, -1.0
KEPT_MARK = -3.0
WIDE_ALPHANUMERIC = -2.0  # a digit or letter that was shown in its full width
STRAY_LETTER = -4.0  # a letter behind an orphan and a mark is likelier a byte
BROKEN = -10.0
FAR_BEHIND = 20.0
BREADTH = 2
DROPPED_PAIR = -3.5
ODD = -2.3  # weight below which a character makes the mark before it suspect

EATEN = re.compile(rf"[{MARKS}][(（]?(?P<reading>{READING})[)）]")
BARE = re.compile(rf"(?P<reading>(?=[a-z]{{0,5}}[{TONED}]){READING})[)）]")
WHOLE = re.compile(rf"[(（](?P<reading>{READING})[)）] ?")
PRIVATE = re.compile("[\ue000-\uf8ff]")
SIGN = re.compile(rf"[{MARKS}](?:[!(),:;?]|[(（]?{READING}[)）])")
ORPHANED = re.compile(rf"[{MARKS}][!(),:;?]")
HAN_OR_PRIVATE = "㐀-䶿一-鿿豈-﫿\ue000-\uf8ff"
SUSPECT = re.compile(
    rf"[{MARKS}€\ue000-\uf8ff]|(?<=[{HAN_OR_PRIVATE})）])(?=[a-z]{{0,5}}[{TONED}]){READING}[)）]|(?<=[)）])[(（]{READING}[)）]|[!(),:;?](?=[@-~]?[{HAN_OR_PRIVATE}])"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """What one token of the line became.

    `how`: 'keep' 'exact' 'read' 'drop', or 'lead' and 'trail' when that byte is lost; `byte` is then the other one.
    'gap': a trail byte was lost together with the lead byte of the next piece, since GBK assigns no such pair.
    """

    text: str
    start: int
    end: int
    how: str
    byte: int = 0


@dataclass(frozen=True, slots=True)
class _Path:
    score: float
    before: str
    piece: Piece | None = None
    back: "_Path | None" = None

    def then(self, piece: Piece, gain: float, after: str | None = None) -> "_Path":
        return _Path(self.score + gain, after if after is not None else self.before, piece, self)

    def pieces(self) -> list[Piece]:
        out, path = [], self
        while path.back is not None:
            if path.piece is not None:
                out.append(path.piece)
            path = path.back
        return out[::-1]


@dataclass(frozen=True, slots=True)
class Page:
    """What the whole page shows of its damage.

    `mirror`: a mirror made it, so little proof is asked. `shows`: lost bytes left a sign. `drops_private`: pairs that
    GBK does not assign are not shown.
    """

    mirror: bool
    shows: bool = True
    drops_private: bool = False

    @property
    def unseen(self) -> float:
        """What it costs to suppose a lost byte that left no sign."""
        return -5.0 if self.shows else -2.0


def seen(text: str, *, mirror: bool) -> Page:
    """What the text shows of its damage; a question mark before a mark or a reading's end is a sign of lost bytes."""
    return Page(mirror, bool(SIGN.search(text)), mirror and not PRIVATE.search(text))


_Here = dict[tuple[int, str], _Path]  # by pending byte and the character before


class _Walk:
    """Follows a line from a suspect place until only the aligned reading is left."""

    def __init__(self, line: str, language: Language, page: Page) -> None:
        self.line, self.language, self.page = line, language, page
        self.starting, self.unseen = (-2.0 if page.mirror else -9.0), page.unseen
        self.agenda: dict[int, _Here] = {}

    def run(self, start: int, before: str) -> tuple[list[Piece], int]:
        """The pieces from `start` on and the place where they end; `before` is the character before them."""
        self.agenda = {start: {(ALIGNED, before): _Path(0.0, before)}}
        while True:
            at = min(self.agenda)
            here = self.agenda.pop(at)
            settled = at > start and not self.agenda and len(here) == 1 and not WHOLE.match(self.line, at)
            best = max(path.score for path in here.values())
            for (pending, _), path in list(here.items()):
                if pending != ALIGNED and path.score > best - FAR_BEHIND:
                    self._shifted(at, pending, path, here)
            aligned = [path for (pending, _), path in here.items() if pending == ALIGNED]
            if at >= len(self.line) or (settled and aligned and len(here) == 1):
                return max(aligned, key=lambda path: path.score).pieces(), at
            for path in sorted(aligned, key=lambda path: -path.score)[:BREADTH]:
                self._aligned(at, path)

    def _push(self, at: int, pending: int, path: _Path) -> None:
        here = self.agenda.setdefault(at, {})
        key = (pending, path.before)
        if key not in here or here[key].score < path.score:
            here[key] = path

    def _aligned(self, at: int, path: _Path) -> None:
        one = self.line[at]
        whole = WHOLE.match(self.line, at)
        if whole and (path.before == UNSURE or (path.before and reads(path.before, whole["reading"]))):
            self._push(whole.end(), ALIGNED, path.then(Piece("", at, whole.end(), "drop"), 0.0))
            return
        eaten = EATEN.match(self.line, at) or BARE.match(self.line, at) or whole
        if eaten and path.before:
            self._orphaned_by_reading(at, eaten, path)
        elif one in MARKS:
            self._orphaned_by_mark(at, path)
        elif one in WIDE:
            self._start(at, at + 1, one, path, self.starting + self.unseen)
        self._keep(at, one, path)

    def _keep(self, at: int, one: str, path: _Path) -> None:
        gain = self.language.gain(path.before, one) if not one.isascii() else 0.0
        if one.isascii() and one.isalpha() and ORPHANED.match(self.line, max(0, at - 2), at):
            gain = STRAY_LETTER
        if one in MARKS:
            gain = KEPT_MARK if self.line[at + 1 : at + 2] not in {"", "”", '"', " "} else -0.5
        self._push(at + 1, ALIGNED, path.then(Piece(one, at, at + 1, "keep"), gain, one))

    def _orphaned_by_reading(self, at: int, eaten: re.Match[str], path: _Path) -> None:
        """A reading was put between two characters: it tells the second's lead byte, which stood before the bracket."""
        last = pair(path.before)
        cost = self.starting if eaten[0][0] in MARKS else self.starting + self.unseen / 2
        for rank, found in enumerate(_read_so(last[1], eaten["reading"]) if last else ()):
            bytes_ = pair(found)
            if bytes_:
                self._push(eaten.end(), bytes_[1], path.then(Piece("", at, eaten.end(), "drop"), cost - rank))

    def _orphaned_by_mark(self, at: int, path: _Path) -> None:
        after = self.line[at + 1 : at + 2]
        if after in WIDE or after in RARELY_WIDE:
            cost = self.starting + (0.0 if after in WIDE else self.unseen / 2)
            self._start(at, at + 2, after, path, cost)
        self._start(at, at + 1, self.line[at], path, self.starting + self.unseen)
        self._push(at + 1, UNKNOWN, path.then(Piece("", at, at + 1, "drop"), self.starting + self.unseen))

    def _start(self, at: int, end: int, wide: str, path: _Path, cost: float) -> None:
        if wide and wide.isascii():
            piece = Piece(wide, at, end, "lead", 0xA3)
            self._push(end, ord(wide) + 0x80, path.then(piece, cost + LOSES_LEAD, UNSURE))

    def _shifted(self, at: int, pending: int, path: _Path, here: _Here) -> None:
        one = self.line[at : at + 1]
        bytes_ = pair(one) if one else None
        whole = WHOLE.match(self.line, at)
        eaten = EATEN.match(self.line, at) or BARE.match(self.line, at) or whole
        if whole and reads(self.line[at - 1], whole["reading"]):
            self._push(whole.end(), pending, path.then(Piece("", at, whole.end(), "drop"), 0.0))
        elif eaten and pending != UNKNOWN:
            self._closed_by_reading(at, eaten, pending, path)
        elif bytes_:
            self._take(at, pending, path, bytes_)
        elif pending != UNKNOWN:
            self._close(at, one, pending, path, here)

    def _take(self, at: int, pending: int, path: _Path, bytes_: tuple[int, int]) -> None:
        """A shown character gives its first byte to the pending one; its second byte is pending now."""
        one = self.line[at]
        if pending == UNKNOWN:
            piece = Piece(one, at, at + 1, "lead", bytes_[0])
            self._push(at + 1, bytes_[1], path.then(piece, LOSES_LEAD, UNSURE))
            return
        self._exact(at, at + 1, pending, bytes_[0], bytes_[1], path)
        if self.page.drops_private:
            gap = Piece("", at, at, "gap", pending)
            self._take(at, UNKNOWN, path.then(gap, DROPPED_PAIR, UNSURE), bytes_)

    def _gap_before_letter(self, at: int, one: str, pending: int, path: _Path) -> None:
        """A pair that is not shown stood here, and then a letter that is a trail byte."""
        if self.page.drops_private:
            gap = path.then(Piece("", at, at, "gap", pending), DROPPED_PAIR, UNSURE)
            piece = Piece(one, at, at + 1, "lead", ord(one))
            self._push(at + 1, ALIGNED, gap.then(piece, LOSES_LEAD, UNSURE))

    def _exact(self, at: int, end: int, lead: int, trail: int, pending: int, path: _Path) -> None:
        found = character(lead, trail)
        if found:
            piece = Piece(found, at, end, "exact")
            self._push(end, pending, path.then(piece, self.language.gain(path.before, found), found))

    def _closed_by_reading(self, at: int, eaten: re.Match[str], pending: int, path: _Path) -> None:
        for rank, found in enumerate(_read_so(pending, eaten["reading"])):
            piece = Piece(found, at, eaten.end(), "read" if rank else "exact", pending)
            gain = self.language.gain(path.before, found) - rank + (2.0 if eaten[0][0] in MARKS else self.unseen / 2)
            self._push(eaten.end(), ALIGNED, path.then(piece, gain, found))

    def _close(self, at: int, one: str, pending: int, path: _Path, here: _Here) -> None:
        """ASCII, or the end of the line, while a byte is pending."""
        if one in MARKS and one:
            piece = Piece(one, at, at + 1, "trail", pending)
            self._push(at + 1, ALIGNED, path.then(piece, LOSES_TRAIL, UNSURE))
        if one and (one in WIDE or one in RARELY_WIDE):
            cheap = path if one in WIDE else path.then(Piece("", at, at, "drop"), self.unseen / 2)
            self._exact(at, at + 1, pending, 0xA3, ord(one) + 0x80, cheap)
        elif one and one.isalnum():
            costly = path.then(Piece("", at, at, "drop"), WIDE_ALPHANUMERIC)
            self._exact(at, at + 1, pending, 0xA3, ord(one) + 0x80, costly)
        if one == "€":
            self._exact(at, at + 1, pending, 0x80, ALIGNED, path)
        elif one and "@" <= one <= "~":
            self._exact(at, at + 1, pending, ord(one), ALIGNED, path)
            self._gap_before_letter(at, one, pending, path)
        if one not in MARKS or not one:
            lost = path.then(Piece("", at, at, "trail", pending), LOSES_TRAIL + self.unseen, UNSURE)
            key = (ALIGNED, lost.before)
            if key not in here or here[key].score < lost.score:
                here[key] = lost


def _read_so(lead: int, reading: str) -> list[str]:
    """Usual characters that begin with this byte and are read so, at most three, traditional forms first."""
    found = [one for one in begun_by(lead) if reads(one, reading)]
    return sorted(found, key=lambda one: (simple(one) == one, -weight(one)))[:3]


def _suspects(line: str, start: int, *, mirror: bool) -> int:
    """The next place from `start` where bytes may have shifted; the line's length when there is none."""
    for match in SUSPECT.finditer(line, start):
        at = match.start()
        if line[at] in MARKS or line[at] not in WIDE or len(match[0]) > 1:
            return at
        closes = line[at] == ")" and at > 0 and line[at - 1].isalpha() and not HAN.match(line[at - 1])
        after = line[at + 1 : at + 4]
        if mirror and not closes and (after[0].isascii() or any(weight(one) < ODD for one in after)):
            return at
    return len(line)


def _plain(line: str, start: int, end: int, *, mirror: bool) -> Iterator[Piece]:
    """A stretch without suspects: kept, but for readings behind characters."""
    at = start
    for match in INSERT.finditer(line, max(0, start - 1), end):
        if match.end() <= end and match.start("before") + 1 >= at and is_insert(match, mirror=mirror):
            cut = match.start("before") + 1
            if cut > at:
                yield Piece(line[at:cut], at, cut, "keep")
            stop = match.end("reading") + 1
            stop += 1 if match["blank"] and match["next"] else 0
            yield Piece("", cut, stop, "drop")
            at = stop
    if end > at:
        yield Piece(line[at:end], at, end, "keep")


def pieces(line: str, language: Language, page: Page) -> list[Piece]:
    """A line as what it meant, token by token. `page`: what the whole page shows of its damage."""
    out: list[Piece] = []
    at = 0
    while at < len(line):
        suspect = _suspects(line, at, mirror=page.mirror)
        out.extend(_plain(line, at, suspect, mirror=page.mirror))
        if suspect >= len(line):
            break
        before = next((one.text[-1] for one in reversed(out) if one.text), "")
        found, at = _Walk(line, language, page).run(suspect, before)
        out.extend(found)
    return out
