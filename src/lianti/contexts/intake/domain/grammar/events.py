"""Events with day and place: what this text reports as having taken place, once per type and day."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from lianti.contexts.intake.domain.grammar import days, modes
from lianti.contexts.intake.domain.grammar.days import Calendar, Day
from lianti.contexts.intake.domain.grammar.page import Page, Piece
from lianti.contexts.intake.domain.grammar.parties import Mention, Parties
from lianti.contexts.intake.domain.grammar.words.events import (
    HELD_AT,
    HOST,
    INDOORS,
    INSIDE,
    LASTING,
    MOVED_TO,
    REGION,
    REVIEW,
    ROOM,
    SENDING,
    TYPES,
    VISITED,
)
from lianti.contexts.intake.domain.proposals import Event, Found, Span

OLD = 45  # days before the story's own day from which on a dated thing is history
FAINT = 0.6  # a visit no surer than this counts only with a place and beside nothing else
GOING = re.compile(r"(?:抵达|到达|来到|奔赴|赴)")
RECEIVED = re.compile(r"迎来")
AGAIN = re.compile(r"(?:又|再|随后|接着|之后|继而|转)[^，。]{0,4}(?:来到|赶到|赶赴|到|赴|前往|走进|深入|转战|在)")
MEETING = re.compile(r"会议室|报告厅|会议厅|多功能厅|学术厅|礼堂|示教室|宾馆|酒店|会议中心")
FAR = 600  # characters that a day reaches in the review of a year
NEAR = 80  # characters before 该院 in which the one that it means is named
REMEMBERED = 200  # events before one among which its like is looked for
ROVING = ("visit", "free_clinic")  # may take place twice on one day, at two places
HEARSAY = re.compile(r"据(?:悉|介绍|了解)|(?:获悉|得知)")
CLOSED = re.compile(r"[。！？!?；;：:][”’」』）)\s]*$")
INDOOR = re.compile(r"院|中心|室|厅|堂|楼|病房|病区|科$")
HOSTED = ("visit", "training", "ward_round", "dispatch")  # held at the supported party when nothing else is said
WEAK = 0.55  # teaching that no surer a word tells counts only with a day or a place of its own
SURE = 0.5  # confidence from which on an event is proposed


@dataclass(slots=True)
class _Hit:
    """One trigger: type, where, how sure, its day ('' none), whether the sentence itself names it, its place.

    `placed`: how well the place is told: 2 by the sentence, 1 by a headline or by who holds it, 0 taken from around.
    `again`: the sentence says that they went on to a further place.
    """

    type: str
    start: int
    end: int
    sure: float
    day: str = ""
    own: bool = False
    place: str = ""
    placed: int = 0
    word: str = ""
    again: bool = False
    why: str = ""


def find(page: Page, parties: Parties) -> tuple[Event, ...]:
    """What took place, in the order of the text; plans, history, totals and lists of topics are left out."""
    story = _Story(page, parties)
    hits = [hit for sentence in page.sentences if len(sentence.text) <= modes.LONGEST for hit in story.read(sentence)]
    return tuple(
        Event(
            one.type, one.day, one.place, page.text[one.start : one.end],
            Found((Span(one.start, one.end),), round(min(one.sure, 0.95), 2), (f"event.{one.type}", one.why)),
        )
        for one in _merge(hits)
        if one.sure >= SURE
    )  # fmt: skip


def main_day(page: Page, calendar: Calendar) -> Day | None:
    """The day that the story is about: the first one not long before the page's date, else the first one."""
    dated = [one for one in calendar.days if one.iso and one.start >= len(page.title)]
    published = page.cleaned.published
    if published:
        return next(
            (one for one in dated if one.year and abs((published - date.fromisoformat(one.iso)).days) <= OLD), None
        )
    return dated[0] if dated else None


class _Story:
    """Walks the sentences and keeps the running day and place."""

    def __init__(self, page: Page, parties: Parties) -> None:
        self.page, self.parties = page, parties
        self.starts = [one.start for one in parties.mentions]
        self.calendar = days.find(page)
        self.main = main_day(page, self.calendar)
        self.day = ""
        self.day_at = 0
        self.place = ""
        self.mode = "told"
        self.house = ""
        self.hosted = False
        self.review = bool(REVIEW.search(page.title))

    def read(self, sentence: Piece) -> Iterator[_Hit]:
        """The triggers of one sentence that tell what took place."""
        found = list(self.calendar.within(sentence.start, sentence.end))
        recent = any(one.iso and not self._old(one) for one in found)
        mode = modes.of(HEARSAY.sub(_blank, sentence.text) if recent else sentence.text)
        if self.mode in ("plan", "said", "past") and self.page.text[sentence.start - 1 : sentence.start] in ("；", ";"):
            mode = modes.Modes(plan=0, past=-1, total=-1)
        self.mode = mode.at(len(sentence.text))
        since = self._history(sentence, found)
        found = [one for one in found if not self._old(one)]
        here = self.place_in(sentence, mode)
        hits = [
            hit for name, patterns, never in TYPES if (hit := self._best(name, patterns, never, sentence, mode, since))
        ]
        for hit in hits:
            if self._doubtful(hit, hits, sentence, here):
                continue
            if hit.type == "dispatch" and GOING.match(hit.word) and not LASTING.search(sentence.text):
                hit.type = "visit"
            self._settle(hit, sentence, found, here)
            hit.again = bool(AGAIN.search(sentence.text))
            vague = hit.type == "training" and hit.sure <= WEAK and not here
            if hit.own or not (vague or (self.review and not self._dated_above(hit))):
                yield hit
        self._run(found, sentence, mode)
        self.place = here or self.place

    def _doubtful(self, hit: _Hit, hits: list[_Hit], sentence: Piece, here: str) -> bool:
        """A visit that only a going tells of, or one of the two names of one journey."""
        kinds = {one.type for one in hits}
        if hit.type == "visit" and hit.sure <= FAINT:
            return len(hits) > 1 or not here or self._headline(sentence)
        if hit.type == "dispatch" and "visit" in kinds and RECEIVED.match(hit.word):
            return True
        if kinds >= {"visit", "dispatch"} and hit.type in ("visit", "dispatch"):
            return (hit.type == "visit") == bool(LASTING.search(sentence.text))
        return False

    def _headline(self, sentence: Piece) -> bool:
        """The title, or a line without a full stop."""
        return sentence.start < len(self.page.title) or not CLOSED.search(sentence.text)

    def _best(
        self, name: str, patterns: tuple[tuple[re.Pattern[str], float], ...], never: re.Pattern[str], sentence: Piece,
        mode: modes.Modes, since: int,
    ) -> _Hit | None:  # fmt: skip
        text = never.sub(_blank, sentence.text)
        best: _Hit | None = None
        for pattern, sure in patterns:
            for mark in pattern.finditer(text):
                if mode.at(mark.end() - 2) != "told" or 0 <= since <= mark.start():
                    continue
                if modes.counted(text, mark.end()) or modes.listed(text, mark.start(), mark.end()):
                    continue
                if best is None or sure > best.sure:
                    best = _Hit(name, sentence.start + mark.start(), sentence.start + mark.end(), sure)
                    best.word, best.why = mark.group(), "told"
        return best

    def _old(self, day: Day) -> bool:
        if self.main is None or not self.main.year:
            return day.said == "span"
        if day.said == "span":
            return bool(day.year) and (day.year, day.month or 12) < (self.main.year, self.main.month)
        if not day.iso or not day.year:
            return False
        return (date.fromisoformat(self.main.iso) - date.fromisoformat(day.iso)).days > OLD

    def _history(self, sentence: Piece, found: list[Day]) -> int:
        """From where on the sentence is history by its dates; -1 when it is not."""
        for at, one in enumerate(found):
            if self._old(one) and not any(not self._old(later) and later.iso for later in found[at + 1 :]):
                return one.start - sentence.start
        return -1

    def _settle(self, hit: _Hit, sentence: Piece, found: list[Day], here: str) -> None:
        """Give a hit its day and place."""
        said = [one for one in found if one.iso or (one.said == "vague" and one.start <= hit.start)]
        before = [one for one in said if one.start <= hit.end]
        day = before[-1] if before else (said[0] if said else None)
        hit.own = bool(day and day.iso)
        hit.day = day.iso if day else self.day or (self.main.iso if self.main else "")
        moved_on = hit.own and self.day not in ("", hit.day)
        hit.place = here or self._seen(hit, sentence) or ("" if moved_on else self._around(hit.type))
        hit.placed = (1 if self.hosted or self._headline(sentence) else 2) if here else 0
        if hit.type in HOSTED and not SENDING.search(hit.word) and (not hit.place or hit.type == "ward_round"):
            hit.place = self._hosted(hit.place)
        if sentence.start < len(self.page.title):
            hit.day, hit.why = hit.day or (self.main.iso if self.main else ""), "title"

    def _dated_above(self, hit: _Hit) -> bool:
        """The paragraph gave a day not far before."""
        near = bool(self.day) and hit.start - self.day_at <= FAR
        return near and "\n" not in self.page.text[self.day_at : hit.start]

    def _seen(self, hit: _Hit, sentence: Piece) -> str:
        """The party that a visit's own verb names (参观了某医院)."""
        if hit.type != "visit":
            return ""
        for one in self.parties.mentions[bisect_left(self.starts, hit.start) : bisect_left(self.starts, sentence.end)]:
            if VISITED.search(self.page.text, hit.start, one.start) and not one.pointing:
                return one.party.name
        return ""

    def _around(self, kind: str) -> str:
        """The place of what was told before; of a meeting room only its house for what takes place in wards."""
        if kind in ROVING + HOSTED and kind != "training" and MEETING.search(self.place):
            return self.house
        return self.place

    def _hosted(self, place: str) -> str:
        """The supported party for a ward round or lesson without a house to be in, else the place as it is."""
        if place and (self.parties.named(place) or INDOOR.search(place)):
            return place
        return next((one.name for one in self.parties.of_role("supported")), place)

    def _run(self, found: list[Day], sentence: Piece, mode: modes.Modes) -> None:
        for one in found:
            if one.said not in ("span", "month") and mode.at(one.start - sentence.start) in ("told", "past"):
                self.day, self.day_at = one.iso, one.start

    def _mention(self, place: int, reach: int) -> Mention | None:
        """The party named from a place on, at most `reach` characters further."""
        at = bisect_left(self.starts, place)
        if at < len(self.starts) and self.starts[at] <= place + reach:
            return self.parties.mentions[at]
        return None

    def place_in(self, sentence: Piece, mode: modes.Modes) -> str:
        """Where the sentence says that it is: held there, gone there, or the party whose house holds it."""
        self.hosted = False
        for pattern in (HELD_AT, INDOORS, MOVED_TO):
            for mark in pattern.finditer(sentence.text):
                if mode.at(mark.start("at")) != "plan" and (place := self._named(sentence, mark)):
                    return place
        place = self._host(sentence, mode)
        self.hosted = bool(place)
        return place

    def _host(self, sentence: Piece, mode: modes.Modes) -> str:
        """The hospital that opens a clause and holds something (某医院举行揭牌活动)."""
        for clause in self.page.clauses(sentence)[:3]:
            party = self._mention(clause.start, 0)
            told = mode.at(clause.start - sentence.start) == "told"
            if party and told and party.party.level == "hospital" and HOST.match(self.page.text, party.end, clause.end):
                return party.party.name
        return ""

    def _named(self, sentence: Piece, mark: re.Match[str]) -> str:
        """The party at the place with the room behind it, else the words themselves when they name a place."""
        start, end = sentence.start + mark.start("at"), sentence.start + mark.end("at")
        party = self._mention(start, 4)
        if party and party.start < end:
            meant = self._other(party) if party.pointing and mark.re is MOVED_TO else party
            if meant is None:
                return ""
            tail = ROOM.match(self.page.text, party.end)
            self.house = meant.party.name
            room = tail.group() if tail and tail.end() - party.end <= 16 else ""
            written = self.page.text[party.start : party.end] if room and party.party.level != "hospital" else ""
            return (written or meant.party.name) + room
        words = REGION.match(mark.group("at"))
        if not words or INSIDE.fullmatch(words.group()):
            return ""
        before = self._ending(start - 1) if ROOM.fullmatch(words.group()) else None
        self.house = before.party.name if before else ""
        return self.house + words.group()

    def _ending(self, place: int) -> Mention | None:
        """The hospital whose name ends at a place: it holds what comes in its own room (某医院在三楼会议室召开)."""
        one = self.parties.mentions[at] if (at := bisect_left(self.starts, place) - 1) >= 0 else None
        return one if one and one.end == place and one.party.level == "hospital" else None

    def _other(self, pointed: Mention) -> Mention | None:
        """Who goes to 该院 does not go to the own house: then the one named before is meant."""
        near = self.parties.mentions[
            bisect_left(self.starts, pointed.start - NEAR) : bisect_left(self.starts, pointed.start)
        ]
        if near and near[-1].party is pointed.party:
            return next((one for one in reversed(near) if one.party is not pointed.party), None)
        return pointed


def _merge(hits: list[_Hit]) -> list[_Hit]:
    """One a type and day: a hit without own day joins the one before it."""
    kept: list[_Hit] = []
    for hit in hits:
        same = next((one for one in reversed(kept[-REMEMBERED:]) if one.type == hit.type and _same(one, hit)), None)
        if same is None:
            kept.append(replace(hit))
            continue
        same.day = same.day or hit.day
        if hit.own and not same.own:
            same.day, same.own = hit.day, True
        if hit.place and (not same.place or hit.placed > same.placed):
            same.place, same.placed = hit.place, hit.placed
        if hit.sure > same.sure or same.why == "title":
            same.start, same.end, same.sure, same.why = hit.start, hit.end, max(hit.sure, same.sure), hit.why
    return kept


def _same(one: _Hit, other: _Hit) -> bool:
    if other.type in ROVING and other.again and one.place and other.placed == 2 and not _touch(one.place, other.place):
        return False
    return one.day == other.day or not one.day or not other.day or not (one.own and other.own)


def _touch(one: str, other: str) -> bool:
    return one in other or other in one


def _blank(mark: re.Match[str]) -> str:
    return "□" * len(mark.group())
