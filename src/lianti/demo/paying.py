"""What the provincial hospital pays by the day, and its sheets: counted when the months are sealed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lianti.contexts.dispatch import services as dispatch
from lianti.contexts.network import queries as network
from lianti.demo.places import SHIZHOU
from lianti.demo.sending import Sending
from lianti.demo.when import moment
from lianti.lib.dates import add_months, month_of

FIRST_OF_ALL, FAR_AT_FIRST, FAR = 12000, 15000, 18000  # cents a day


class Paying:
    """Says what a day is worth, and counts the last three months."""

    def __init__(self, sending: Sending) -> None:
        self.when = sending.when
        self.by: dict[str, Any] = {"actor": sending.office, "key": None}
        self.far = network.institution_by_id(sending.cast.id(SHIZHOU)).region

    def run(self) -> None:
        """Set the rates, then count; what is sealed after this stands as a difference on the next sheet."""
        self._rates()
        self._sheets()

    def _rates(self) -> None:
        """One for everybody since the beginning; more in the far county, and after a year more again."""
        first, later = self.when.first, add_months(self.when.first, 12)
        usual = dispatch.RateFacts(FIRST_OF_ALL, first, "", "", "院办纪要：派驻人员生活补助")
        dispatch.set_rate(**self.by, at=moment(first, 9), rate=usual)
        lower = dispatch.RateFacts(FAR_AT_FIRST, first, "", self.far, "院办纪要：石舟地区补助")
        row = dispatch.set_rate(**self.by, at=moment(first, 9, 5), rate=lower)
        until = later - timedelta(days=1)
        dispatch.end_rate(**self.by, at=moment(until, 9), rate_id=row.public_id, to_date=until)
        higher = dispatch.RateFacts(FAR, later, "", self.far, "院办纪要：石舟地区补助上调")
        dispatch.set_rate(**self.by, at=moment(until, 9, 5), rate=higher)

    def _sheets(self) -> None:
        """Two months are issued; the last one was counted too early, dropped, and counted again."""
        this_month = month_of(self.when.yesterday)  # sheets are of months that had ended by then
        for back in (3, 2, 1):
            month = add_months(this_month, -back)
            day = min(add_months(month, 1) + timedelta(days=4), self.when.yesterday)
            if back == 1:
                early = min(add_months(month, 1) + timedelta(days=1), self.when.yesterday)
                sheet = dispatch.draft_sheet(**self.by, at=moment(early, 8), month=month)
                note = "当月考勤尚未封存，封存后重新计算"
                dispatch.drop_sheet(**self.by, at=moment(early, 8, 30), sheet_id=sheet.public_id, note=note)
            sheet = dispatch.draft_sheet(**self.by, at=moment(day, 9), month=month)
            if back > 1:
                dispatch.issue_sheet(**self.by, at=moment(day, 10), sheet_id=sheet.public_id)
