"""Needs: shortfalls, difficulties, requests, and whose."""

from dataclasses import replace

from lianti.contexts.intake.domain.grammar import modes
from lianti.contexts.intake.domain.grammar.page import Page, Piece
from lianti.contexts.intake.domain.grammar.parties import Parties, Party
from lianti.contexts.intake.domain.grammar.voices import Voices
from lianti.contexts.intake.domain.grammar.words.needs import (
    ASK,
    EXHORT,
    FORMER,
    ITEMS_ASKED,
    LACK,
    NOT_ASK,
    OVERCOME,
    STATED,
    TALKED,
    TURN_BEFORE,
    TURNS,
    WEAK,
)  # fmt: skip
from lianti.contexts.intake.domain.grammar.words.promises import CARRIED, PURPOSE
from lianti.contexts.intake.domain.grammar.words.voices import SPEAKS
from lianti.contexts.intake.domain.proposals import Found, Need, Person, Span

LONGEST = 100  # characters of a need's text
BRIDGE = 3  # clauses from one shortage to the next that still belong to one statement
SHORT = 16  # a need shorter than this is hard to understand alone
SURE = 0.5  # confidence from which on a need is proposed


def find(page: Page, parties: Parties, people: tuple[Person, ...]) -> tuple[Need, ...]:
    """Shortages that the text states and help that the receiving side asks for, clause by clause."""
    voices = Voices(page, parties, people)
    out: list[Need] = []
    items = False
    for sentence in page.sentences:
        if sentence.end <= len(page.title) or len(sentence.text) > modes.LONGEST:
            continue
        items = bool(ITEMS_ASKED.search(sentence.text) or (items and CARRIED.match(sentence.text)))
        item = CARRIED.match(sentence.text) if items else None
        if item:
            out.append(_need(page, voices, sentence, sentence.start + item.end(), sentence.end, 0.6, "asked"))
            continue
        asked = _asked(page, voices, sentence)
        taken = [one.found.spans[0] for one in asked]
        lacking = _lacking(page, voices, sentence)
        out += asked
        out += [one for one in lacking if not any(_over(one.found.spans[0], other) for other in taken)]
    return tuple(_joined(page.text, sorted(out, key=lambda one: one.found.spans[0].start)))


def _over(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _need(page: Page, voices: Voices, sentence: Piece, start: int, end: int, sure: float, why: str) -> Need:
    while start < end and page.text[start] in "，,：:、“”\"' \n　":
        start += 1
    if turn := TURN_BEFORE.match(page.text, start, end):
        start = turn.end()
    while end > start and page.text[end - 1] in "，,。；;！!、：: \n":
        end -= 1
    whose = _whose(voices, sentence, start, end)
    return Need(whose, page.text[start:end], Found((Span(start, end),), sure, (f"need.{why}",)))


def _whose(voices: Voices, sentence: Piece, start: int, end: int) -> str:
    """The party lacking: the clause's subject, the speaker, or the sentence's subject; never the supporter."""
    supported = voices.parties.of_role("supported")
    speaker = voices.speaker(sentence)
    clause = voices.subject(start, end)
    before = voices.subject(sentence.start, start)
    tries = [clause.party if clause else None, speaker, before.party if before else None, *supported[:1]]
    for one in tries:
        if one is not None and one.role != "supporter":
            return one.name
    return ""


def _asks(voices: Voices, sentence: Piece, place: int) -> bool:
    """Whoever asks at a place is of the receiving side, or nobody known."""
    speaker: Party | None = voices.speaker(sentence)
    subject = voices.subject(sentence.start, place)
    who = speaker or (subject.party if subject else None)
    return who is None or who.role != "supporter"


def _asked(page: Page, voices: Voices, sentence: Piece) -> list[Need]:
    mark = ASK.search(sentence.text)
    if not mark or NOT_ASK.search(sentence.text) or not _asks(voices, sentence, sentence.start + mark.start()):
        return []
    start = sentence.start + mark.start()
    pieces = [one for one in page.clauses(sentence) if one.end > start]
    while len(pieces) > 1 and (PURPOSE.match(pieces[-1].text) or pieces[-1].end - start > LONGEST):
        pieces.pop()
    sure = 0.7 if voices.speaker(sentence) else 0.55
    return [_need(page, voices, sentence, start, pieces[-1].end, sure, "asked")]


def _lacking(page: Page, voices: Voices, sentence: Piece) -> list[Need]:
    """Runs of clauses that state a shortage; a run goes over one or two plain clauses to the next."""
    clauses = page.clauses(sentence)
    rated = [(at, _rate(one, sentence)) for at, one in enumerate(clauses)]
    runs: list[list[int]] = []
    for at, rate in rated:
        if rate < SURE:
            continue
        if runs and at - runs[-1][-1] <= BRIDGE and clauses[at].end - clauses[runs[-1][0]].start <= LONGEST:
            runs[-1].append(at)
        else:
            runs.append([at])
    return [_run(page, voices, sentence, run[0], run[-1], max(rated[at][1] for at in run)) for run in runs]


def _run(page: Page, voices: Voices, sentence: Piece, first: int, last: int, sure: float) -> Need:
    """The need that the clauses first to last state; a very short one takes its neighbours along."""
    clauses = page.clauses(sentence)
    if clauses[last].end - _open(clauses[first]) < SHORT and last + 1 < len(clauses) and _plain(clauses[last + 1]):
        last += 1
    if clauses[last].end - _open(clauses[first]) < SHORT and first > 0 and _plain(clauses[first - 1]):
        first -= 1
    return _need(page, voices, sentence, _open(clauses[first]), clauses[last].end, sure, "lacking")


def _plain(clause: Piece) -> bool:
    """A clause that may stand beside a shortage to explain it."""
    return not (TURNS.search(clause.text) or OVERCOME.search(clause.text) or SPEAKS.search(clause.text))


def _joined(text: str, found: list[Need]) -> list[Need]:
    """Needs of one party that only a semicolon parts, as one."""
    out: list[Need] = []
    for one in found:
        span = one.found.spans[0]
        last = out[-1] if out else None
        before = last.found.spans[0] if last else span
        if (
            last
            and last.institution == one.institution
            and text[before.end : span.start] in ("；", ";")
            and span.end - before.start <= LONGEST
        ):
            merged = Span(before.start, span.end)
            out[-1] = replace(last, text=text[before.start : span.end], found=replace(last.found, spans=(merged,)))
        else:
            out.append(one)
    return out


def _open(clause: Piece) -> int:
    """Where the clause's own words begin, after 坦言, 介绍 and the like."""
    mark = SPEAKS.search(clause.text)
    return clause.start + (mark.end() if mark and len(clause.text) - mark.end() > 6 else 0)


def _rate(clause: Piece, sentence: Piece) -> float:
    """How sure a clause states a shortage of today."""
    mark = LACK.search(clause.text)
    if not mark:
        return 0.0
    rate = 0.7
    if not any(not WEAK.fullmatch(one.group()) for one in LACK.finditer(clause.text)):
        rate -= 0.15
        if not STATED.search(clause.text):
            rate -= 0.2
    if OVERCOME.search(clause.text):
        rate -= 0.15 if STATED.search(clause.text[: mark.start()]) else 0.4
    if EXHORT.search(clause.text):
        rate -= 0.4
    if TALKED.search(clause.text):
        rate -= 0.4
    at = clause.start - sentence.start
    if FORMER.search(sentence.text[max(0, at - 14) : at + mark.start()]):
        rate -= 0.25
    return rate
