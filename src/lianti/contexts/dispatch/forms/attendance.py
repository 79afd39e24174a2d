"""What people type about a month's attendance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain import grid
from lianti.contexts.dispatch.domain.grid import Marking
from lianti.contexts.dispatch.domain.proofs import PaperMonth
from lianti.contexts.dispatch.forms.said import Lined, Note, day
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.queries.attendance import AttendancePage, Begun, GridRow
from lianti.contexts.evidence.services import Upload
from lianti.contexts.network.queries import PersonFacts
from lianti.lib.names import folded
from lianti.lib.saying import listed
from lianti.lib.web.forms import Base
from lianti.records.lines import Lines

_DAYS = re.compile(r"(\d{1,2})(?:\s*[-–~至]\s*(\d{1,2}))?")
NOTHING = frozenset({"", "-", "–"})


def letter_of(text: str) -> str | None:
    """Return the letter of a mark as people write it: sign, word or letter; '' takes it away, None: unknown."""
    wanted = folded(text)
    if wanted in NOTHING:
        return ""
    for letter in grid.LETTERS:
        if wanted in {letter, folded(str(words.SIGNS[letter])), folded(str(words.letter_word(letter)))}:
            return letter
    return None


class MarkRow(Base):
    """One line: who, on which days, what."""

    person = forms.CharField(label=pgettext_lazy("dispatch", "Person"), max_length=80)
    days = forms.CharField(label=pgettext_lazy("attendance", "Days"), max_length=80)
    mark = forms.CharField(label=_("Mark of attendance"), max_length=40, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, data: Any, *, month: date, people: Sequence[tuple[Posting, PersonFacts]], **more: Any) -> None:
        super().__init__(data, **more)
        self.month, self.people = month, people

    def clean_person(self) -> list[Posting]:
        """Find who is meant, by name or by the number of the posting; who was there twice is meant on each day."""
        return postings_of(self.cleaned_data["person"], self.people)

    def clean_days(self) -> list[date]:
        """Read days of the month: 3, 3-5, 3,8,12."""
        every = {day.day: day for day in grid.days_of(self.month)}
        numbers: list[int] = []
        for part in re.split(r"[,，、;；\s]+", self.cleaned_data["days"].strip()):
            found = _DAYS.fullmatch(part.rstrip("日号"))
            if found is None:
                raise forms.ValidationError(_("Write days of the month, such as 3 or 3-5 or 3,8."))
            first, last = int(found[1]), int(found[2] or found[1])
            numbers += range(first, min(last, 31) + 1)
        if not numbers or any(number not in every for number in numbers):
            raise forms.ValidationError(_("This month has no such day."))
        return [every[number] for number in dict.fromkeys(numbers)]

    def clean_mark(self) -> str:
        """Read the mark."""
        letter = letter_of(self.cleaned_data["mark"])
        if letter is None:
            known = listed(words.letter_word(one) for one in grid.LETTERS)
            raise forms.ValidationError(_("Write one of these, or nothing: %(known)s") % {"known": known})
        return letter

    def markings(self) -> list[Marking]:
        """Return the line as the service takes it: a mark for each day, at the posting that has the day."""
        given = self.cleaned_data
        return [
            marking(posting_on(given["person"], day).public_id, day, given["mark"], given["note"])
            for day in given["days"]
        ]


def postings_of(name: str, people: Sequence[tuple[Posting, PersonFacts]]) -> list[Posting]:
    """Return the postings of whoever is meant by a name, or by the number of a posting. Raises ValidationError."""
    wanted = folded(name)
    found = [(row, who) for row, who in people if wanted in {folded(str(who.name)), folded(row.number)}]
    if not found:
        raise forms.ValidationError(_("Was not on duty here in this month."))
    if len({who.id for _row, who in found}) > 1:
        raise forms.ValidationError(_("Several people bear this name: write the number of the posting instead."))
    return [row for row, _who in found]


def posting_on(rows: Sequence[Posting], day: date) -> Posting:
    """Return which of somebody's postings has a day; the first where none has: the service says so."""
    return next((row for row in rows if _has(row, day)), rows[0])


def _has(row: Posting, day: date) -> bool:
    return row.arrived is not None and row.arrived <= day and (row.left is None or day <= row.left)


def marking(posting_id: str, day: date, letter: str, note: str = "") -> Marking:
    """Return a mark by its letter; the empty one takes away what was set."""
    mark, leave = grid.LETTERS[letter] if letter else ("", "")
    return Marking(posting_id, day, str(mark), str(leave), note)


class MarkDays(Lined):
    """Marks, a line each: typed, pasted, or set in the grid."""

    lines_in = "lines"

    @classmethod
    def of(cls, page: AttendancePage, data: Any) -> MarkDays:
        """Return the form; whom it knows are those whom the month covers."""
        form = cls(data)
        row = partial(MarkRow, month=page.attendance.month, people=page.people)
        form.fields["lines"] = Lines(row, label=pgettext_lazy("attendance", "Marks"), most=2000)
        return form

    @staticmethod
    def given(_page: AttendancePage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        form.line_of, marks = [], []
        for number, row in enumerate(form.cleaned_data["lines"], start=1):
            for one in row.markings():
                form.line_of.append(number)
                marks.append(one)
        return {"marks": marks}

    line_of: list[int]

    def number_of(self, place: int) -> int:
        """Return the number of the line from which a mark came: one line may mark several days."""
        return self.line_of[place]


class SealMonth(Note):
    """The sender's seal; whose days stand in the ledger by hand already is asked about."""

    @classmethod
    def of(cls, page: AttendancePage, data: Any) -> SealMonth:
        """Return the form; the question stands in it only where there is somebody to ask about."""
        form = cls(data)
        if page.by_hand:
            names = listed(who.name for who in page.by_hand)
            form.fields["again"] = forms.BooleanField(
                label=_("Declare them all the same: they count beside"),
                required=False,
                help_text=_("Days declared by hand already, left out unless you say so: %(names)s") % {"names": names},
            )
        return form


class BookMonth(Base):
    """The receiving side's seal on the print: when, who signed, the print's code, the scan."""

    given_on = day(_("Day of the seal"))
    signatory = forms.ChoiceField(label=pgettext_lazy("certificate", "Who signed"))
    print_code = forms.CharField(
        label=_("Code on the print"), max_length=6, help_text=_("Six signs beside the number: what was stamped.")
    )
    scan = forms.FileField(label=_("Scan"))

    @classmethod
    def of(cls, page: AttendancePage, data: Any) -> BookMonth:
        """Return the form; somebody of the receiving institution signed."""
        form = cls(data)
        form.known = {one.public_id: one for one in page.signers}
        form.choose("signatory", [(key, f"{one.name} {one.duty}".strip()) for key, one in form.known.items()])
        if not form.known:
            form.fields["signatory"].help_text = _("Nobody of it stands in the directory yet: enter who signed there.")
        return form

    known: dict[str, PersonFacts]

    @staticmethod
    def given(_page: AttendancePage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        typed = form.cleaned_data
        seal = PaperMonth(typed["given_on"], form.known[typed["signatory"]].id, typed["print_code"])
        return {"seal": seal, "upload": Upload(typed["scan"].name, typed["scan"].read())}


class PersonMonth(Base):
    """One person's month, a choice for each day: for those without a keyboard, or without scripts."""

    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, data: Any, row: GridRow, typed: Mapping[date, tuple[str, str]], last: date) -> None:
        super().__init__(data)
        self.row, self.typed, self.days = row, typed, dict[str, date]()
        choices = [(letter, f"{words.SIGNS[letter]} {words.letter_word(letter)}") for letter in grid.LETTERS]
        for cell in row.cells:
            if cell is None or cell.day > last:
                continue
            name, now = f"d{cell.day.day}", typed.get(cell.day, ("", ""))[0]
            alone = ("", "—") if now else ("", f"{cell.sign} {cell.word}".strip())
            self.fields[name] = forms.ChoiceField(
                label=f"{cell.day:%m-%d}", choices=[alone, *choices], required=False, initial=now
            )
            self.days[name] = cell.day

    def of_day(self, day: date) -> Any:
        """Return the field of a day; None where there is none to be marked."""
        name = f"d{day.day}"
        return self[name] if name in self.days else None

    def markings(self) -> list[Marking]:
        """Return what differs from what stands, as the service takes it."""
        note = self.cleaned_data["note"]
        return [
            marking(self.row.posting.public_id, day, self.cleaned_data[name], note)
            for name, day in self.days.items()
            if self.cleaned_data[name] != self.typed.get(day, ("", ""))[0]
        ]

    def refused(self, fields: Mapping[str, Any]) -> None:
        """Say what the service refuses above the form, each sentence once."""
        for sentence in dict.fromkeys(map(str, fields.values())):
            self.add_error(None, sentence)


class BeginMonth(Base):
    """Which pair, which month."""

    pair = forms.ChoiceField(label=_("From and to"))
    month = forms.CharField(label=pgettext_lazy("attendance", "Month"), max_length=7, help_text=_("Such as 2026-11."))

    def __init__(self, data: Any, pairs: Iterable[Begun], **more: Any) -> None:
        super().__init__(data, **more)
        self.pairs = {one.code: one for one in pairs}
        self.fields["month"].widget.input_type = "month"
        self.choose(
            "pair", [(key, f"{one.sender.short_name} → {one.recipient.short_name}") for key, one in self.pairs.items()]
        )

    def clean_month(self) -> date:
        """Read a month."""
        try:
            return date.fromisoformat(f"{self.cleaned_data['month']}-01")
        except ValueError:
            raise forms.ValidationError(_("Write a month such as 2026-11.")) from None

    def given(self) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        one = self.pairs[self.cleaned_data["pair"]]
        return {"sender_id": one.sender.id, "recipient_id": one.recipient.id, "month": self.cleaned_data["month"]}
