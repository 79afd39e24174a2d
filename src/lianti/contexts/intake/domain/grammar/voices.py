"""Who has the floor in a sentence, and which party a clause is about."""

from bisect import bisect_left

from lianti.contexts.intake.domain.grammar.page import Page, Piece
from lianti.contexts.intake.domain.grammar.parties import Mention, Parties, Party
from lianti.contexts.intake.domain.grammar.words.voices import (
    BOTH,
    HELPED,
    NOT_SUBJECT,
    PASSED,
    SIDE,
    SIDE_CALLED,
    SIDE_HEAD,
    SPEAKS,
)  # fmt: skip
from lianti.contexts.intake.domain.proposals import Person

OPPOSITE = {"supporter": "supported", "supported": "supporter"}


class Voices:
    """The speaker of each sentence of a page: named by person or party in it, or carried on within the paragraph."""

    def __init__(self, page: Page, parties: Parties, people: tuple[Person, ...]) -> None:
        self.page, self.parties = page, parties
        self.mentions = parties.mentions
        self._starts = [one.start for one in self.mentions]
        self._persons = sorted(
            ((span.start, one) for one in people for span in one.found.spans), key=lambda pair: pair[0]
        )
        self._places = [place for place, _ in self._persons]
        self._by_start = self._walk()
        self._sides = self._find_sides()

    def _find_sides(self) -> dict[str, Party]:
        """Who is 甲方, 乙方: named after 甲方： or right before （以下简称甲方）; the first naming counts."""
        out: dict[str, Party] = {}
        for mark in SIDE_HEAD.finditer(self.page.text):
            after = next(iter(self.within(mark.end(), mark.end() + 4)), None)
            if after:
                out.setdefault(mark.group(1), after.party)
        for mark in SIDE_CALLED.finditer(self.page.text):
            near = self.within(mark.start() - 40, mark.start())
            before = next((one for one in near if one.end == mark.start()), None)
            if before:
                out.setdefault(mark.group(1), before.party)
        return out

    def side(self, text: str) -> Party | None:
        """The party that a clause of an agreement opens with as 甲方 or 乙方."""
        mark = SIDE.match(text)
        return self._sides.get(mark.group(1)) if mark else None

    def _walk(self) -> dict[int, tuple[Party | None, bool]]:
        out: dict[int, tuple[Party | None, bool]] = {}
        now: Party | None = None
        told = False
        last_end = -1
        for sentence in self.page.sentences:
            if "\n" in self.page.text[max(0, last_end - 1) : sentence.start + 1]:
                now, told = None, False
            last_end = sentence.end
            now, told = self._turn(sentence, now, told)
            out[sentence.start] = (now, told)
        return out

    def _turn(self, sentence: Piece, now: Party | None, told: bool) -> tuple[Party | None, bool]:
        mark = SPEAKS.search(sentence.text)
        if mark:
            found = self._named(sentence.start, sentence.start + mark.start())
            return (found or now, True)
        if PASSED.match(sentence.text.lstrip("\n　 ")):
            return None, False
        return now, told

    def _named(self, start: int, end: int) -> Party | None:
        """The institution of the last person named in [start, end), or the last party."""
        at = bisect_left(self._places, end) - 1
        person = self._persons[at] if at >= 0 and self._places[at] >= start else None
        if person:
            party = self.parties.named(person[1].institution)
            if party:
                return party
        mention = self.subject(start, end)
        return mention.party if mention else None

    def actor(self, start: int, end: int) -> Party | None:
        """The institution of the person whose name opens [start, end)."""
        at = bisect_left(self._places, start)
        if at == len(self._places) or self._places[at] >= min(end, start + 3):
            return None
        return self.parties.named(self._persons[at][1].institution)

    def within(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin in [start, end)."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def speaker(self, sentence: Piece) -> Party | None:
        """Whose words the sentence gives; None when nobody is known to speak."""
        return self._by_start.get(sentence.start, (None, False))[0]

    def spoken(self, sentence: Piece) -> bool:
        """Whether the sentence reports what somebody says."""
        return self._by_start.get(sentence.start, (None, False))[1]

    def subject(self, start: int, end: int) -> Mention | None:
        """The first mention in [start, end) that can be the subject there: no 对, 与, 帮助 before it."""
        for mention in self.within(start, end):
            if not NOT_SUBJECT.search(self.page.text[max(start, mention.start - 3) : mention.start]):
                return mention
        return None

    def object(self, start: int, end: int, giver: Party | None) -> Party | None:
        """The first party of the other side that is named in [start, end); never an authority."""
        roles = ("supporter", "supported") if giver is None or giver.role not in OPPOSITE else (OPPOSITE[giver.role],)
        others = [one.party for one in self.within(start, end) if one.party is not giver]
        return next((one for one in others if one.role in roles), None)

    def helped(self, start: int, end: int, party: Party) -> bool:
        """[start, end) gives something to that party (给予该院, 帮助该院)."""
        return any(
            one.party is party and HELPED.search(self.page.text[max(start, one.start - 4) : one.start])
            for one in self.within(start, end)
        )

    def both(self, start: int, end: int) -> bool:
        """Both sides are the subject of [start, end)."""
        return bool(BOTH.search(self.page.text, start, end))

    def other_side(self, giver: Party | None, helpers: bool = False) -> str:
        """Whom a party's promise goes to when nobody is named: a supporter's to those it supports, theirs to it.

        `helpers`: it goes to those sent to help, so to the supporter.
        """
        roles = ("supporter",) if helpers or (giver is not None and giver.role == "supported") else ("supported",)
        found = [one.name for role in roles for one in self.parties.of_role(role) if one is not giver]
        return "、".join(found[:6])
