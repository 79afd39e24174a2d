"""The parts of a page as plain data: a view fills them, the templates under `web/` draw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.forms import BaseForm

Tone = Literal["waiting", "moving", "done", "late", "stopped"]
Text = Any  # a str or Django's lazy translation of one


@dataclass(frozen=True)
class Move:
    """One thing that the reader can do now; `form` asks in place for what the move needs."""

    name: str
    label: Text
    url: str
    form: BaseForm | None = None
    primary: bool = False
    danger: bool = False
    ask: Text = ""  # the question put before a move that cannot be taken back
    seen: int | None = None  # the version of the record that is shown; the form carries it

    def __post_init__(self) -> None:
        if self.form is not None:  # several moves may share a form; their fields' ids may not
            self.form.auto_id = f"{self.name}-%s"
            self.form.sent_to = self.url  # type: ignore[attr-defined]

    @property
    def asks(self) -> bool:
        return self.form is not None or self.danger or bool(self.ask)

    @property
    def is_open(self) -> bool:
        return self.form is not None and self.form.is_bound and bool(self.form.errors)


@dataclass(frozen=True)
class Question:
    """What a form asks once before it is taken: (text, url) of what is there already, and the button that says yes."""

    links: Sequence[tuple[Text, str]]
    label: Text = ""
    name: str = ""
    value: str = ""


@dataclass(frozen=True)
class Attachment:
    name: str
    url: str
    size: int | None = None


@dataclass(frozen=True)
class Moment:
    """One line of a record's story."""

    at: datetime
    who: Text
    institution: Text
    what: Text
    note: str = ""
    files: Sequence[Attachment] = ()
    facts: Sequence[tuple[Text, Any]] = ()
    tone: Tone | None = None


@dataclass(frozen=True)
class Turn:
    """Whose turn it is and by when."""

    who: Text
    verb: Text = ""
    due: date | datetime | None = None
    late: bool = False
    mine: bool = False


@dataclass(frozen=True)
class Head:
    """The head of a record page."""

    title: Text
    number: str = ""
    kind: Text = ""
    state: str = ""
    label: Text = ""
    tone: Tone = "waiting"
    turn: Turn | None = None
    giver: Any = None
    receiver: Any = None
    parties: Sequence[tuple[Text, Any]] = ()  # a part's word ('' where the arrow says enough) and the institution
    back: str = ""
    back_label: Text = ""


@dataclass(frozen=True)
class Fact:
    """One fact: a value, or several; `url` leads to the record behind it."""

    label: Text
    value: Any
    url: str = ""
    wide: bool = False

    @property
    def values(self) -> list[Any]:
        return list(self.value) if isinstance(self.value, list | tuple) else [self.value]

    @property
    def is_empty(self) -> bool:
        return self.value is None or self.value in ("", [], ())


@dataclass(frozen=True)
class Chip:
    """One filter value: following `url` sets or clears it."""

    label: Text
    url: str
    active: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Chips:
    """The values of one filter, with its name."""

    label: Text
    chips: Sequence[Chip] = ()


@dataclass(frozen=True)
class Column:
    """One table column; `number` stands right, `wide` is left out on a phone."""

    label: Text
    kind: Literal["text", "number", "day", "mark"] = "text"
    wide: bool = False
    url: str = ""  # sorts by this column
    sorted: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True)
class Empty:
    """What an empty list says: what belongs here, and the first step."""

    title: Text
    text: Text = ""
    url: str = ""
    label: Text = ""


@dataclass(frozen=True)
class Action:
    """A link at the head of a page that starts something."""

    label: Text
    url: str
    primary: bool = False


@dataclass(frozen=True)
class Page:
    """The head of a list page."""

    title: Text
    text: Text = ""
    count: int | None = None
    actions: Sequence[Action] = field(default_factory=tuple)
