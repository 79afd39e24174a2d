"""A month's attendance out of another product: the export of DingTalk or WeCom, or a table on its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain import grid, timesheets
from lianti.contexts.dispatch.domain.grid import Marking
from lianti.contexts.dispatch.forms.attendance import marking, posting_on, postings_of
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.queries.attendance import AttendancePage
from lianti.contexts.network.queries import PersonFacts
from lianti.lib.errors import Sentence
from lianti.lib.names import folded
from lianti.lib.spreadsheets import Rows
from lianti.lib.web.forms import Base
from lianti.records.taking_in import Incoming

MOST = 3000


class DayRow(Base):
    """One day of one person as another product says it."""

    person = forms.CharField(label=pgettext_lazy("dispatch", "Person"), max_length=80)
    day = forms.DateField(label=_("Day"))
    mark = forms.ChoiceField(
        label=_("Mark of attendance"), choices=[(letter, words.letter_word(letter)) for letter in grid.LETTERS]
    )

    def __init__(self, data: Any, *, people: Sequence[tuple[Posting, PersonFacts]]) -> None:
        super().__init__(data)
        self.people = people

    def clean_person(self) -> list[Posting]:
        """Find who is meant."""
        return postings_of(self.cleaned_data["person"], self.people)

    def marking(self) -> Marking:
        """Return the line as the service takes it."""
        given = self.cleaned_data
        return marking(posting_on(given["person"], given["day"]).public_id, given["day"], given["mark"])


def table(page: AttendancePage, today: date) -> Incoming:
    """Return how an export is taken into a month: of those who were there, on the days that they were."""
    month = page.attendance.month
    there = {
        (folded(str(who.name)), day.isoformat())
        for row, who in page.people
        if (span := grid.inside(month, row.arrived or row.from_date, row.left)) is not None
        for day in grid.days_of(month)
        if span[0] <= day <= min(span[1], today)
    }

    def shape(rows: Rows) -> tuple[Rows, list[Sentence]]:
        found, others = timesheets.of_people(
            timesheets.lines(rows, month.year, month.month), {name for name, _day in there}
        )
        inside, outside = timesheets.on_days(found, there)
        remarks: list[Sentence] = []
        if others:
            names = "、".join(others[:20]) + ("…" if len(others) > 20 else "")
            remarks.append(
                _("%(count)s people who are not posted here: %(names)s") % {"count": len(others), "names": names}
            )
        if outside:
            remarks.append(
                _("%(count)s days on which the posted were not here, or which have not come.") % {"count": outside}
            )
        return inside, remarks

    return Incoming(
        "dispatch.attendance",
        partial(DayRow, people=page.people),
        called={
            "person": (timesheets.PERSON, "员工姓名", "人员", "name"),
            "day": (timesheets.DAY, "时间", "考勤日期", "date"),
            "mark": (timesheets.SAID, "状态", "打卡结果", "考勤状态", "result"),
        },
        words={"mark": timesheets.CERTAIN},
        shape=shape,
        most=MOST,
    )
