"""The records that a document proposes. Each says where it stands, how sure it is, and why."""

from dataclasses import dataclass, field

ROLES = ("supporter", "supported", "authority", "other")
RELATIONS = (
    "paired_assistance",
    "consortium",
    "specialty_alliance",
    "uplift_project",
    "team_assistance",
    "expert_workstation",
    "other",
)
EVENTS = ("symposium", "signing", "visit", "free_clinic", "training", "ward_round", "dispatch")
COMMITMENTS = (
    "support",
    "dispatch",
    "training",
    "technique",
    "referral",
    "remote",
    "it",
    "discipline",
    "management",
    "research",
    "outreach",
    "equipment",
    "workstation",
    "policy",
    "other",
)


@dataclass(frozen=True, slots=True)
class Span:
    """A place of the clean text, [start, end) in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """What every proposal carries: its places (the first is to be quoted), how sure it is, and why.

    `confidence`: 0 to 1. `why`: keys of the rules that made it.
    """

    spans: tuple[Span, ...] = ()
    confidence: float = 0.5
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Institution:
    """A party: full simplified name, role (one of ROLES), other forms in the text, and region.

    `reference`: the registry's, when it is known there.
    `ourselves`: it is the 我院 that the text never names; `name` is then '我院' and the person is asked.
    """

    name: str
    role: str
    aliases: tuple[str, ...] = ()
    region: str = ""
    reference: str = ""
    ourselves: bool = False
    found: Found = field(default_factory=Found)


@dataclass(frozen=True, slots=True)
class Relation:
    """The kind of tie (one of RELATIONS) that the document is about."""

    kind: str
    found: Found = field(default_factory=Found)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: type (one of EVENTS), day, place, and the word that told it.

    `date`: 'YYYY-MM-DD', '--MM-DD' when the year cannot be had, '' unknown.
    """

    type: str
    date: str = ""
    place: str = ""
    word: str = ""
    found: Found = field(default_factory=Found)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the story, with title and institution as the text gives them.

    `leader`: an official or head outside signing and contact roles (proposed unticked).
    """

    name: str
    title: str = ""
    institution: str = ""
    leader: bool = False
    found: Found = field(default_factory=Found)


@dataclass(frozen=True, slots=True)
class Specialty:
    """A clinical specialty or department named in the text."""

    name: str
    found: Found = field(default_factory=Found)


@dataclass(frozen=True, slots=True)
class Need:
    """A shortfall, difficulty or request that the text states, and whose it is ('' unknown)."""

    institution: str
    text: str
    found: Found = field(default_factory=Found)


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise: who (`giver`), to whom (`receiver`), in the text's words, kind (one of COMMITMENTS)."""

    giver: str
    receiver: str
    text: str
    kind: str
    found: Found = field(default_factory=Found)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the story: what it counts, and its value as digits.

    余, 多 and 以上 become '+'; 万 and 亿 are multiplied out.
    """

    label: str
    value: str
    unit: str = ""
    found: Found = field(default_factory=Found)


@dataclass(frozen=True, slots=True)
class Publicity:
    """The document as a news item: medium, level, day, title.

    `level`: 'national' 'provincial' 'municipal' 'county' 'institution' or ''.
    """

    medium: str
    level: str
    date: str
    title: str
    found: Found = field(default_factory=Found)


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that one document proposes, each list in the order of the text."""

    institutions: tuple[Institution, ...] = ()
    relation: Relation | None = None
    events: tuple[Event, ...] = ()
    people: tuple[Person, ...] = ()
    specialties: tuple[Specialty, ...] = ()
    needs: tuple[Need, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    figures: tuple[Figure, ...] = ()
    publicity: Publicity | None = None
