"""What the characters meant before mirrors, wrong charsets and script conversions went over them."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from lianti.contexts.intake.domain.cleaned import Repair, Status
from lianti.contexts.intake.domain.cleaning import mojibake, pinyin, tags
from lianti.contexts.intake.domain.cleaning.choosing import LOST, Chooser
from lianti.contexts.intake.domain.cleaning.hanzi import dictionary
from lianti.contexts.intake.domain.cleaning.likelihood import Language
from lianti.contexts.intake.domain.cleaning.shifted import Page, Piece, pieces, seen
from lianti.contexts.intake.domain.cleaning.simplified import is_traditional, simplify

ENOUGH_INSERTS = 3
WIDE_ALPHANUMERIC = {n + 0xFEE0: n for n in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))}
HAN = "㐀-䶿一-鿿"
NARROW_MARK = re.compile(
    rf"(?<=[{HAN}”’》）)\d])[,;!?](?=[{HAN}“”‘’《（(\d]|$)|(?<=[{HAN}”》）)]):(?=[{HAN}“‘《（(])|(?<=[{HAN}]),(?=\w)"
)
NARROW_BRACKETS = re.compile(rf"\((?=[^()\n]{{1,80}}\))([^()\n]*[{HAN}][^()\n]*)\)")
WIDE_MARK = {",": "，", ";": "；", "!": "！", "?": "？", ":": "："}
LEFTOVER = re.compile(rf"[{HAN}]?[?\ufffd][(（]?{pinyin.READING}[)）]|\ufffd{{1,9}}")
PRIVATE = re.compile("[\ue000-\uf8ff]")
NAMES_AND_NUMBERS = re.compile(r"^(?:nr|nrt|nrfg|m|t)$")


@dataclass(frozen=True, slots=True)
class Restored:
    """The whole source in readable simplified Chinese, its line structure kept: as many '\\n' as the source has;
    repairs carry places of this text."""

    text: str
    repairs: tuple[Repair, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class _Work:
    """What one document's restoring knows and has found so far."""

    page: Page
    traditional: bool
    chooser: Chooser
    language: Language
    narrow: bool
    counts: Counter[str] = field(default_factory=Counter)


def restore(text: str) -> Restored:
    """Undo mojibake, byte-shifted GBK, pinyin inserts, stray tags and entities, traditional characters."""
    counts: Counter[str] = Counter()
    first = [_readable(line, counts) for line in text.split("\n")]
    whole = "\n".join(line for line, _ in first)
    inserts, traditional = pinyin.count(whole), is_traditional(whole)
    language = Language(whole if traditional or "?" in whole or "\ufffd" in whole else "")
    mirror = inserts >= ENOUGH_INSERTS or traditional
    narrow = mirror or ("，" not in whole and "," in whole)
    work = _Work(seen(whole, mirror=mirror), traditional, Chooser(language), language, narrow, counts)
    lines: list[str] = []
    repairs: list[Repair] = []
    at = 0
    for line, raw in first:
        done, found = _line(line, work)
        if raw:
            found = [Repair(0, len(done), raw, "mojibake", _sure(done)), *found]
        repairs += [_placed(one, at) for one in found]
        lines.append(done)
        at += len(done) + 1
    return Restored("\n".join(lines), tuple(repairs), tuple(sorted((+counts).items())))


def _sure(text: str) -> Status:
    return Status.DOUBTFUL if LOST in text else Status.EXACT


def _placed(one: Repair, at: int) -> Repair:
    return Repair(one.start + at, one.end + at, one.raw, one.kind, one.status, one.sensitive, one.others)


def _readable(line: str, counts: Counter[str]) -> tuple[str, str]:
    """The line without tags and mojibake, and the raw line when it was mojibake."""
    mended = mojibake.mend(line)
    counts["mojibake"] += mended is not None
    raw, line = (line, mended) if mended is not None else ("", line)
    line, taken = tags.strip(line)
    line = pinyin.join(line) if "(" in line or "（" in line else line
    counts["tag"] += taken
    if not raw and taken and (mended := mojibake.mend(line)) is not None:
        raw, line = line, mended
        counts["mojibake"] += 1
    return line, raw


def _line(line: str, work: _Work) -> tuple[str, list[Repair]]:
    """One line made simple; its repairs, with places in it."""
    if line.isascii() or not line:
        return line, []
    found = pieces(line, work.language, work.page)
    text, repairs = _joined(line, found, work)
    text = unicodedata.normalize("NFC", PRIVATE.sub("", text) if not repairs else text).translate(WIDE_ALPHANUMERIC)
    if work.traditional or repairs:
        text, changed = simplify(text)
        work.counts["traditional"] += changed
    if work.narrow:
        text = NARROW_MARK.sub(lambda mark: WIDE_MARK[mark[0]], text)
        text = NARROW_BRACKETS.sub(r"（\1）", text)
    return text, [_weighed(one, text) for one in repairs] + _left(text, work)


def _left(text: str, work: _Work) -> list[Repair]:
    """What still shows that bytes are missing there: left as it stands, and pointed at."""
    return [
        Repair(one.start(), one.end(), one[0], "lost", Status.DOUBTFUL, sensitive=True)
        for one in LEFTOVER.finditer(text)
        if work.page.mirror or "\ufffd" in one[0]
    ]


def _joined(line: str, found: list[Piece], work: _Work) -> tuple[str, list[Repair]]:
    """The pieces as one text, with a repair for every stretch of shifted bytes and every character that was chosen."""
    chosen = work.chooser.fill(found)
    out: list[str] = []
    repairs: list[Repair] = []
    at = 0
    for index, piece in enumerate(found):
        text = chosen[index].text if index in chosen else _kept(piece)
        if piece.how == "drop":
            work.counts["pinyin"] += 1
        elif piece.how != "keep":
            status = Status.EXACT if piece.how == "exact" else Status.DOUBTFUL if text == LOST else Status.CHOSEN
            others = chosen[index].others if index in chosen else ()
            _note(
                repairs, Repair(at, at + len(text), line[piece.start : piece.end], "byte_shift", status, others=others)
            )
            work.counts["byte_shift"] += 1
        out.append(text)
        at += len(text)
    return "".join(out), repairs


def _kept(piece: Piece) -> str:
    """What stays of a piece: private-use characters and orphaned bytes' signs that meant nothing go."""
    if piece.how != "keep":
        return piece.text
    return unicodedata.normalize("NFC", PRIVATE.sub("", piece.text)) if not piece.text.isascii() else piece.text


def _note(repairs: list[Repair], one: Repair) -> None:
    """Add a repair, joined to the one before it when both are exact and touch."""
    last = repairs[-1] if repairs else None
    if last and last.end == one.start and last.status == one.status == Status.EXACT:
        repairs[-1] = Repair(last.start, one.end, last.raw + one.raw, one.kind, one.status)
    else:
        repairs.append(one)


def _weighed(one: Repair, text: str) -> Repair:
    """The repair, marked when it touches a name, a number or a date."""
    left = max(0, one.start - 12)
    at, touched = left, False
    for word, kind in dictionary().tag(text[left : one.end + 12], True):
        end = at + len(word)
        if at < one.end and end > one.start and NAMES_AND_NUMBERS.match(kind):
            touched = True
        at = end
    return Repair(one.start, one.end, one.raw, one.kind, one.status, touched, one.others)
