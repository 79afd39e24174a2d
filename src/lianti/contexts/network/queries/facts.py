"""The shapes in which the network speaks of itself."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.functional import Promise

from lianti.contexts.network import labels
from lianti.contexts.network.states import InstitutionState, RelationState
from lianti.lib.web.parts import Tone

Text = str | Promise
Day = date  # for classes that have a field of that name


@dataclass(frozen=True)
class InstitutionFacts:
    """One institution as a line: enough to name it, place it and link to it."""

    id: int
    public_id: str
    code: str
    name: str
    short_name: str
    kind: str
    level: str
    region: str
    state: str = "listed"

    @property
    def closed(self) -> bool:
        return self.state == InstitutionState.CLOSED

    @property
    def kind_label(self) -> Text:
        return labels.INSTITUTION_KINDS[self.kind]

    @property
    def level_label(self) -> Text:
        return labels.LEVELS.get(self.level, self.level)

    @property
    def region_words(self) -> str:
        """The region as a person reads it: largest first, with spaces."""
        return self.region.replace("/", " ")

    def __str__(self) -> str:
        return self.short_name


@dataclass(frozen=True)
class NameFacts:
    name: str
    from_date: date | None
    to_date: date | None


@dataclass(frozen=True)
class PersonFacts:
    """Somebody in the directory. `name` is already withheld when the person is hidden."""

    id: int
    public_id: str
    name: Text
    duty: str
    title_level: str
    employer: InstitutionFacts
    department: str
    hidden: bool
    principal_id: int | None

    @property
    def employer_id(self) -> int:
        return self.employer.id

    @property
    def title_label(self) -> Text:
        return labels.TITLE_LEVELS.get(self.title_level, self.title_level)

    def __str__(self) -> str:
        return str(self.name)


@dataclass(frozen=True)
class GroupFacts:
    id: int
    public_id: str
    name: str
    kind: str
    from_date: date
    to_date: date | None

    @property
    def kind_label(self) -> Text:
        return labels.GROUP_KINDS[self.kind]


@dataclass(frozen=True)
class DocumentFacts:
    public_id: str
    kind: str
    title: str
    number: str
    date: Day | None
    publisher: str
    medium: str
    file_id: int | None

    @property
    def kind_label(self) -> Text:
        return labels.DOCUMENT_KINDS[self.kind]


@dataclass(frozen=True)
class SourceFacts:
    """The loaded file that said so, and the report behind it."""

    public_id: str
    code: str
    loaded_at: datetime
    document: DocumentFacts

    def __str__(self) -> str:
        return labels.source_line(self)


@dataclass(frozen=True)
class ProgrammeFacts:
    id: int
    public_id: str
    code: str
    name: str
    from_date: date | None
    to_date: date | None
    policy_basis: str


@dataclass(frozen=True)
class FigureFacts:
    public_id: str
    label: str
    value: Decimal
    comparison: str
    examples: tuple[str, ...]
    source: str
    said_by: str = ""  # whose saying it is, as long as nobody has confirmed it
    may_confirm: bool = False

    @property
    def comparison_label(self) -> Text:
        return labels.COMPARISONS.get(self.comparison, "")

    @property
    def shown(self) -> str:
        """The number without trailing zeros."""
        return f"{self.value.normalize():f}"


@dataclass(frozen=True)
class MomentFacts:
    """One line of a record's story."""

    at: datetime
    name: str
    target: str
    institution: str
    who: Text
    note: str

    @property
    def what(self) -> Text:
        """What happened, in the words of the story."""
        return labels.DONE.get(self.name, self.name)


@dataclass(frozen=True)
class RelationFacts:
    """One relation with its two sides by name."""

    id: int
    public_id: str
    code: str
    name: str
    behaviour: str
    state: str
    version: int
    lead: InstitutionFacts
    members: tuple[InstitutionFacts, ...]
    authority: InstitutionFacts | None = None
    programme: ProgrammeFacts | None = None
    basis: DocumentFacts | None = None
    specialties: tuple[str, ...] = field(default=())
    from_date: date | None = None
    to_date: date | None = None
    unconfirmed: tuple[InstitutionFacts, ...] = ()

    @property
    def behaviour_label(self) -> Text:
        return labels.BEHAVIOURS[self.behaviour]

    @property
    def one_sided(self) -> bool:
        """Whether it was put in force though one of its sides has not said yes to it."""
        return self.state == RelationState.IN_FORCE and any(one.id in self.side_ids for one in self.unconfirmed)

    @property
    def state_label(self) -> Text:
        return labels.ONE_SIDED if self.one_sided else labels.RELATION_STATES[self.state]

    @property
    def tone(self) -> Tone:
        return "waiting" if self.one_sided else labels.STATE_TONES[self.state]

    @property
    def lead_side(self) -> Text:
        return labels.SIDES[self.behaviour][0]

    @property
    def member_side(self) -> Text:
        return labels.SIDES[self.behaviour][1]

    @property
    def party_ids(self) -> frozenset[int]:
        """The institutions bound by it: lead and members that have said yes, not the authority."""
        return self.side_ids - {one.id for one in self.unconfirmed}

    @property
    def side_ids(self) -> frozenset[int]:
        """Lead and members, whether they have said yes or not."""
        return frozenset({self.lead.id, *(member.id for member in self.members)})

    def __str__(self) -> str:
        return self.name
