"""Commitments: who promises whom what."""

import re
from itertools import pairwise

from lianti.contexts.intake.domain.grammar import modes
from lianti.contexts.intake.domain.grammar.page import Page, Piece
from lianti.contexts.intake.domain.grammar.parties import Parties, Party
from lianti.contexts.intake.domain.grammar.voices import Voices
from lianti.contexts.intake.domain.grammar.words.needs import ITEMS_ASKED
from lianti.contexts.intake.domain.grammar.words.promises import (
    AGREED,
    CARRIED,
    CITED,
    DONE,
    DUTY,
    EFFECT,
    EXHORTS,
    FORMAL,
    FREE,
    FREQUENT,
    GIVERS,
    GIVES,
    GONE,
    HEADING,
    HELPERS,
    KINDS,
    LIST,
    LISTS,
    OFFERS,
    OPENING,
    OPENS,
    PLEDGES,
    PURPOSE,
    SPLIT,
    TAKERS,
    TOLD,
    WILL,
)
from lianti.contexts.intake.domain.grammar.words.voices import SPEAKS
from lianti.contexts.intake.domain.proposals import Commitment, Found, Person, Span

LONGEST = 150  # characters of one commitment's text
SHORTEST = 8
LEAST = 12  # a part of several promises shorter than this, its comma included, stays with its neighbour
ALONE = 13  # a promise shorter than this takes the clause before it along
SURE = 0.5  # confidence from which on a commitment is proposed
ASSEMBLIES = ("政协", "人大常委会", "人大")  # a member of one speaks for the hospital that he heads
# What is only talked about, right before 下一步, 今后 and the like.
TALKED = re.compile(r"(?:汇报|介绍|讨论|探讨|研讨|商讨|交换|交流)了?[^，,。；]{0,16}[、及和与就对][^，,。；]{0,4}$")
PATIENTS = re.compile(r"^[^，。]{0,2}的?(?:病人|患者|病患|群众|重症)")


def find(page: Page, parties: Parties, people: tuple[Person, ...]) -> tuple[Commitment, ...]:
    """Promises of the future, sentence by sentence; exhortations, hopes and praise of effects are none."""
    book = _Book(page, parties, Voices(page, parties, people))
    sentences = [one for one in page.sentences if one.end > len(page.title) and len(one.text) <= modes.LONGEST]
    return tuple(promise for sentence in sentences for promise in book.read(sentence))


class _Book:
    """Reads sentence after sentence; an enumeration carries the promise and its giver on."""

    def __init__(self, page: Page, parties: Parties, voices: Voices) -> None:
        self.page, self.parties, self.voices = page, parties, voices
        self.open: tuple[Party | None, float] | None = None
        self.agreed = False
        self.listed = False
        self.asked = False
        self.formal = bool(FORMAL.search(page.text))

    def read(self, sentence: Piece) -> list[Commitment]:
        """The promises of one sentence."""
        if self._requested(sentence) or HEADING.match(sentence.text):
            return []
        mark = self._opens(sentence)
        self.listed = self.open is not None and self.page.text[max(0, sentence.start - 1) : sentence.start] in "；;"
        if mark is None:
            return self._carried(sentence)
        carried = self.open is not None and self.listed and not self._begins(sentence)
        giver = self.open[0] if self.open is not None and carried else self._giver(sentence, mark)
        sure = self._sure(sentence, mark, giver)
        self.open = (giver, sure) if sure >= SURE else None
        self.agreed = bool(AGREED.search(sentence.text) or LISTS.search(sentence.text)) and sure >= SURE
        if sentence.text.rstrip()[-1] in "：:":
            return []
        return self._promises(sentence, self._start(sentence, mark), giver, sure)

    def _begins(self, sentence: Piece) -> bool:
        """Whether an item behind a semicolon opens with a giver of its own."""
        start = sentence.start
        return bool(self.voices.within(start, start + 3) or self.voices.actor(start, start + 3)) or bool(
            self.voices.side(sentence.text)
        )

    def _requested(self, sentence: Piece) -> bool:
        """An item of what is asked for (商请贵院：一是…) is a need, no promise."""
        asked = bool(ITEMS_ASKED.search(sentence.text))
        self.asked = asked or (self.asked and bool(CARRIED.match(sentence.text)))
        return self.asked

    def _carried(self, sentence: Piece) -> list[Commitment]:
        """二是…, or a sentence after 协议约定 that says what is given."""
        if EXHORTS.search(sentence.text) or GONE.search(sentence.text) or "的是" in sentence.text:
            self.open = self.open if self.listed else None
            return []
        giver, sure = self.open or self._duty(sentence)
        follows = CARRIED.match(sentence.text) or ((self.agreed or self.listed) and GIVES.search(sentence.text))
        if self.open is not None and not follows:
            self.open = None
            giver, sure = self._duty(sentence)
        subject = self.voices.subject(sentence.start, min(sentence.end, sentence.start + 24))
        named = self.voices.side(sentence.text) or (subject.party if subject else giver)
        return self._promises(sentence, sentence.start, named, sure - 0.05)

    def _duty(self, sentence: Piece) -> tuple[Party | None, float]:
        """In minutes and agreements a plain sentence can bind (由某院选派…, 某院向某院开放…)."""
        if not self.formal or not DUTY.search(sentence.text) or TOLD.search(sentence.text):
            return None, 0.0
        return next(iter(self.parties.of_role("supporter")), None), 0.65

    def _opens(self, sentence: Piece) -> re.Match[str] | None:
        for mark in OPENS.finditer(sentence.text):
            if FREQUENT.match(mark.group()) and GONE.search(sentence.text[max(0, mark.start() - 14) :]):
                continue
            if TALKED.search(sentence.text[max(0, mark.start() - 24) : mark.start()]):
                continue
            if WILL.search(sentence.text, mark.start()):
                return mark
        speaker = self.voices.speaker(sentence)
        if speaker is None or speaker.role == "supported" or GONE.search(sentence.text):
            return None
        return OFFERS.search(sentence.text)

    def _sure(self, sentence: Piece, mark: re.Match[str], giver: Party | None) -> float:
        text = sentence.text
        sure = 0.7
        clause = self._clause(sentence, mark)
        if EFFECT.search(clause.text):
            sure -= 0.35
        sure -= self._exhorted(sentence, mark, clause)
        if GONE.search(text[mark.end() : clause.end - sentence.start]):
            sure -= 0.1 if self.voices.spoken(sentence) else 0.25
        if giver is not None and giver.role == "supported":
            sure -= 0.1
        return sure

    def _exhorted(self, sentence: Piece, mark: re.Match[str], clause: Piece) -> float:
        """What a call upon others takes off: most of it, unless the promise's clause has a subject of its own."""
        call = EXHORTS.search(sentence.text)
        if not call:
            return 0.0
        place = sentence.start + mark.start()
        turned = PLEDGES.search(sentence.text, call.end(), max(call.end(), mark.end()))
        own = call.end() <= clause.start - sentence.start and self.voices.subject(clause.start, place)
        return 0.1 if own or turned or call.end() > mark.end() else 0.5

    def _clause(self, sentence: Piece, mark: re.Match[str]) -> Piece:
        return next(one for one in self.page.clauses(sentence) if one.end >= sentence.start + mark.end() - 1)

    def _start(self, sentence: Piece, mark: re.Match[str]) -> int:
        """Where the promise's own words begin: its clause, without a subject right before 将."""
        if self.listed or (self.formal and CARRIED.match(sentence.text)):
            return sentence.start
        if mark.group()[-1] in "：:":
            return sentence.start + mark.end()
        clause = self._clause(sentence, mark)
        if CITED.match(clause.text) and clause.end + SHORTEST < sentence.end:
            return clause.end
        if mark.group().startswith("将") and sentence.start + mark.start() - clause.start <= 24:
            return sentence.start + mark.end()
        return self._back(sentence, clause)

    def _back(self, sentence: Piece, clause: Piece) -> int:
        """The clause's own words after 表示 and the like; a very short one with the clause before it."""
        said = SPEAKS.search(clause.text)
        if said and clause.end - clause.start - said.end() >= SHORTEST:
            return clause.start + said.end()
        clauses = self.page.clauses(sentence)
        at = clauses.index(clause)
        if (
            at
            and clause.end - clause.start < ALONE
            and clause == clauses[-1]
            and not SPEAKS.search(clauses[at - 1].text)
        ):
            return clauses[at - 1].start
        return clause.start

    def _giver(self, sentence: Piece, mark: re.Match[str]) -> Party | None:
        """The subject before 将, else who speaks, else the supporter."""
        place = sentence.start + mark.start()
        clause = self._clause(sentence, mark)
        end = place if mark.group().startswith("将") else clause.end
        supporter = next(iter(self.parties.of_role("supporter")), None)
        if self.voices.both(clause.start, end):
            return supporter
        named = [
            one.party
            for one in self.voices.within(clause.start, end)
            if not PATIENTS.match(self.page.text[one.end : one.end + 8])
        ]
        actor = self.voices.side(sentence.text) or self.voices.actor(clause.start, place)
        if actor:
            return actor
        subject = self.voices.subject(clause.start, end)
        if subject and subject.party in named:
            return supporter if supporter in named else subject.party
        return self.voices.speaker(sentence) or self._earlier(sentence, clause.start) or supporter

    def _earlier(self, sentence: Piece, place: int) -> Party | None:
        subject = self.voices.subject(sentence.start, place)
        return subject.party if subject else None

    def _promises(self, sentence: Piece, start: int, giver: Party | None, sure: float) -> list[Commitment]:
        if sure < SURE:
            return []
        end = self._end(sentence, start)
        spans = [span for piece in self._parts(start, end) for span in self._short(*piece)]
        return [self._one(a, b, giver, sure) for a, b in spans if b - a >= SHORTEST]

    def _end(self, sentence: Piece, start: int) -> int:
        pieces = [one for one in self.page.clauses(sentence) if one.end > start]
        gone = next((at for at, one in enumerate(pieces) if at and DONE.search(one.text)), len(pieces))
        pieces = pieces[:gone]
        while len(pieces) > 1 and PURPOSE.match(pieces[-1].text) and pieces[-2].end - start >= SHORTEST + 1:
            pieces.pop()
        return pieces[-1].end if pieces else sentence.end

    def _parts(self, start: int, end: int) -> list[tuple[int, int]]:
        edges = [start]
        for mark in SPLIT.finditer(self.page.text, start, end):
            if min(mark.start() - edges[-1], end - mark.start() - 1) >= LEAST:
                edges.append(mark.start())
        edges.append(end)
        return list(pairwise(edges))

    def _short(self, start: int, end: int) -> list[tuple[int, int]]:
        """A long stretch cut at the comma nearest to its middle."""
        start, end = self._trim(start, end)
        if end - start <= LONGEST:
            return [(start, end)]
        middle = (start + end) // 2
        commas = [m.start() for m in re.finditer(r"[，,]", self.page.text[start:end])]
        if not commas:
            return [(start, start + LONGEST)]
        cut = start + min(commas, key=lambda at: abs(start + at - middle))
        return [*self._short(start, cut), *self._short(cut, end)] if start < cut < end else [(start, end)]

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        mark = OPENING.match(self.page.text[start:end])
        start += mark.end() if mark else 0
        while end > start and self.page.text[end - 1] in "，,。；;！!、：: \n”":
            end -= 1
        return start, end

    def _turned(self, start: int, end: int, giver: Party | None) -> Party | None:
        """The supporter, where the receiving side is the subject of what only a supporter gives."""
        if giver is not None and giver.name.endswith(ASSEMBLIES):
            return next(iter(self.parties.of_role("supporter")), giver)
        if giver is None or giver.role != "supported":
            return giver
        text = self.page.text[start:end]
        given = GIVERS.search(text) and not TAKERS.search(text)
        if given or FREE.search(text) or self.voices.helped(start, end, giver):
            return next(iter(self.parties.of_role("supporter")), giver)
        return giver

    def _one(self, start: int, end: int, giver: Party | None, sure: float) -> Commitment:
        text = self.page.text[start:end]
        giver = self._turned(start, end, giver)
        official = giver is not None and giver.level in ("government", "party", "health")
        receiver = self.voices.object(start, end, giver)
        to = receiver.name if receiver else self.voices.other_side(giver, official and bool(HELPERS.search(text)))
        return Commitment(
            giver.name if giver else "", to, text, kind(text, official),
            Found((Span(start, end),), round(sure, 2), ("promise.will",)),
        )  # fmt: skip


def kind(text: str, official: bool = False) -> str:
    """What a promise is about: words outside a list of ways decide, then a list of one thing, else support."""
    main = LIST.sub("", text)
    found = _kinds(main)
    if official and ("policy" in found or not found):
        return "policy"
    if found:
        return found[0]
    inside = _kinds(text)
    return inside[0] if len(inside) == 1 else "support"


def _kinds(text: str) -> list[str]:
    """Kinds by the place of their first word; 专家下沉 and the like before what the experts then do."""
    places = [(mark.start(), name) for name, pattern in KINDS if (mark := pattern.search(text))]
    return [name for _, name in sorted(places, key=lambda one: one[0])]
