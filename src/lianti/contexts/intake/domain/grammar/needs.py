"""Needs: shortfalls, difficulties, requests, and whose."""

from lianti.contexts.intake.domain.grammar import modes
from lianti.contexts.intake.domain.grammar.page import Page, Piece
from lianti.contexts.intake.domain.grammar.parties import Parties, Party
from lianti.contexts.intake.domain.grammar.voices import Voices
from lianti.contexts.intake.domain.grammar.words.needs import ASK, EXHORT, LACK, NOT_ASK, OVERCOME, STATED, WEAK
from lianti.contexts.intake.domain.grammar.words.promises import PURPOSE
from lianti.contexts.intake.domain.grammar.words.voices import SPEAKS
from lianti.contexts.intake.domain.proposals import Found, Need, Person, Span

LONGEST = 100  # characters of a need's text
SURE = 0.5  # confidence from which on a need is proposed


def find(page: Page, parties: Parties, people: tuple[Person, ...]) -> tuple[Need, ...]:
    """Shortages that the text states and help that the receiving side asks for, clause by clause."""
    voices = Voices(page, parties, people)
    out: list[Need] = []
    for sentence in page.sentences:
        if sentence.end <= len(page.title):
            continue
        asked = _asked(page, voices, sentence)
        taken = [one.found.spans[0] for one in asked]
        lacking = _lacking(page, voices, sentence)
        out += asked
        out += [one for one in lacking if not any(_over(one.found.spans[0], other) for other in taken)]
    return tuple(sorted(out, key=lambda one: one.found.spans[0].start))


def _over(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _need(page: Page, voices: Voices, sentence: Piece, start: int, end: int, sure: float, why: str) -> Need:
    while start < end and page.text[start] in "，,：:、“”\"' \n　":
        start += 1
    while end > start and page.text[end - 1] in "，,。；;！!、：: \n":
        end -= 1
    whose = _whose(voices, sentence, start, end)
    return Need(whose, page.text[start:end], Found((Span(start, end),), sure, (f"need.{why}",)))


def _whose(voices: Voices, sentence: Piece, start: int, end: int) -> str:
    """The party lacking: the clause's subject, else the speaker, else the sentence's subject; never the supporter when another is known."""
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
    """Runs of clauses that state a shortage."""
    mode = modes.of(sentence.text)
    out: list[Need] = []
    run: list[Piece] = []
    sure = 0.0
    for clause in (*page.clauses(sentence), None):
        rate = _rate(clause, sentence, mode) if clause else 0.0
        if clause and rate >= SURE and (not run or clause.end - run[0].start <= LONGEST):
            run.append(clause)
            sure = max(sure, rate)
            continue
        if run:
            out.append(_need(page, voices, sentence, _open(run[0]), run[-1].end, sure, "lacking"))
        run, sure = ([clause], rate) if clause and rate >= SURE else ([], 0.0)
    return out


def _open(clause: Piece) -> int:
    """Where the clause's own words begin, after 坦言, 介绍 and the like."""
    mark = SPEAKS.search(clause.text)
    return clause.start + (mark.end() if mark and len(clause.text) - mark.end() > 6 else 0)


def _rate(clause: Piece, sentence: Piece, mode: modes.Modes) -> float:
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
    place = clause.start - sentence.start + mark.start()
    if 0 <= mode.past <= place or 0 <= mode.total <= place:
        rate -= 0.25
    return rate
