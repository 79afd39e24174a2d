"""What is handed to the room's services: frozen, checked on the way in."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class BatchFacts:
    """What a batch is before its letter."""

    name: str
    relation_id: int
    kind: str
    from_date: date
    to_date: date
    quota_number: str = ""
    quota_due: date | None = None


@dataclass(frozen=True)
class Nominee:
    """Somebody to be sent: who, whither, as what. Dates left open are those of the batch."""

    person_id: int
    recipient_id: int
    duty: str = ""
    department: str = ""
    specialty: str = ""
    from_date: date | None = None
    to_date: date | None = None
    licence_number: str = ""
    licence_until: date | None = None


@dataclass(frozen=True)
class LetterFacts:
    """The letter of dispatch (派驻函)."""

    letter_number: str
    letter_date: date
    letter_basis: str = ""
    leader_id: int | None = None


@dataclass(frozen=True)
class LeaveFacts:
    """Days away from a posting: of what kind, from when until when, who covers."""

    kind: str
    first: date
    until: date
    cover_id: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Successor:
    """Who comes when to the place of somebody who leaves, by which letter."""

    person_id: int
    from_date: date
    letter_number: str


@dataclass(frozen=True)
class Stay:
    """What a source says of somebody's time there: from when, until when, and what they handed over."""

    arrived: date | None = None
    left: date | None = None
    handover: str = ""


@dataclass(frozen=True)
class PastFacts:
    """Service before the platform: who was where, from when until when, by which letter.

    `certified`: the days that count by the paper of then; None: as the rules judge them.
    """

    person_id: int
    place: str
    kind: str
    first: date
    last: date
    letter_number: str
    recipient_id: int | None = None
    department: str = ""
    certified: int | None = None


@dataclass(frozen=True)
class ClinicFacts:
    """One half-day a week in a clinic; `weekday` 1 is Monday, `to_date` None: until further notice."""

    weekday: int
    half: str
    name: str
    room: str
    from_date: date
    to_date: date | None = None


@dataclass(frozen=True)
class ClinicWord:
    """What is said of a clinic on one day; `held` '' takes back what was said."""

    day: date
    held: str
    cover_id: int | None = None
    note: str = ""


@dataclass(frozen=True)
class VisitFacts:
    """A visit to the posted; `owner_id`: the institution that sees to what follows, None where nothing does."""

    day: date
    visitors: str
    heard: str = ""
    follow_up: str = ""
    owner_id: int | None = None
    due: date | None = None


@dataclass(frozen=True)
class Licence:
    """A licence to practise: its number, scope and end, and the filing for another place or why none is needed."""

    number: str = ""
    scope: str = ""
    until: date | None = None
    filing: str = ""


@dataclass(frozen=True)
class QuotaLine:
    """How many people a department is to name."""

    department: str
    people: int


@dataclass(frozen=True)
class HandoverFacts:
    """What the next one has to know; `incoming_id`: the public id of the posting of who takes over, '' for nobody."""

    day: date
    incoming_id: str = ""
    tasks: str = ""
    techniques: str = ""
    students: str = ""
    equipment: str = ""
    contacts: str = ""
