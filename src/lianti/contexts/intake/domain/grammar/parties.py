"""The institutions of a text: one party for all its names, and where each is mentioned."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from lianti.contexts.intake.domain.proposals import Found, Institution, Span


@dataclass(slots=True)
class Party:
    """One institution of the text. `role` is settled by `roles.assign`.

    `level`: 'hospital' 'government' 'party' 'health' 'school' or 'other'.
    """

    name: str
    role: str = "other"
    aliases: list[str] = field(default_factory=list)
    region: str = ""
    level: str = "hospital"
    reference: str = ""
    ourselves: bool = False
    proposed: bool = True
    confidence: float = 0.6
    why: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place [start, end) where a party is named, or pointed at (该院, 我院: then `pointing`)."""

    start: int
    end: int
    party: Party
    pointing: bool = False


@dataclass(slots=True)
class Parties:
    """Parties in the order of the text, and their mentions in order of place. Mentions are complete when it is made."""

    parties: list[Party] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mentions.sort(key=lambda one: (one.start, one.end))
        self._starts = [one.start for one in self.mentions]

    def within(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin in [start, end)."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, place: int) -> Mention | None:
        """The last mention that begins before a place, or at it."""
        at = bisect_right(self._starts, place) - 1
        return self.mentions[at] if at >= 0 else None

    def of_role(self, role: str) -> list[Party]:
        """Parties that have a role, in the order of the text."""
        return [one for one in self.parties if one.role == role]

    def named(self, name: str) -> Party | None:
        """The party of that name or alias."""
        return next((one for one in self.parties if name == one.name or name in one.aliases), None)

    def proposed(self) -> tuple[Institution, ...]:
        """As proposals, without those that are only pointed at in passing."""
        spans: dict[int, list[Span]] = {}
        for mention in self.mentions:
            spans.setdefault(id(mention.party), []).append(Span(mention.start, mention.end))
        return tuple(
            Institution(
                one.name,
                one.role,
                tuple(one.aliases),
                one.region,
                one.reference,
                one.ourselves,
                Found(tuple(spans.get(id(one), ())), one.confidence, tuple(one.why)),
            )
            for one in self.parties
            if one.proposed
        )
