"""A month out of another product: looked at, then booked beside what was typed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from lianti.contexts.dispatch.models import AttendanceMark
from lianti.contexts.dispatch.tests.builders import a_posting
from lianti.contexts.dispatch.tests.test_attendance import begun, fresh, march, marked
from lianti.kernel import scope
from lianti.lib import ids
from tests.cast import Cast, signed_in_client

pytestmark = pytest.mark.django_db


def grid_of(*lines: tuple[str, dict[int, str]]) -> str:
    """Return a month's export as DingTalk makes it, pasted: titles, a column a day."""
    days = range(1, 32)
    rows = [
        ["考勤月度汇总 统计日期：2026-03-01 至 2026-03-31"],
        ["姓名", "部门", *map(str, days)],
        *([name, "内科", *(said.get(day, "正常") for day in days)] for name, said in lines),
    ]
    return "\n".join("\t".join(row) for row in rows)


def test_an_export_is_asked_about_once_and_stands_beside_what_was_typed(cast: Cast) -> None:
    row = a_posting(cast)
    month = marked(cast, begun(cast), (row.public_id, march(5), "night", "", ""))
    with scope.system():
        name = row.person.name
    client, url = signed_in_client(cast.county.department_head), f"/dispatch/attendance/{month.public_id}/import/"
    said = {5: "正常", 9: "事假03-09 09:00到03-09 18:00 1天", 10: "外勤", 12: "旷工"}
    given: dict[str, Any] = {"rows": grid_of((name, said), ("院内人", {})), "seen": month.version}
    looked = client.post(url, {"key": ids.new(), **given})
    table = looked.context["table"]
    assert [(ask.said, ask.chosen) for ask in table.words if not ask.chosen] == [("外勤", "")]
    assert any("院内人" in str(remark) for remark in table.remarks)
    assert table.refused == 1
    word = next(ask.name for ask in table.words if ask.said == "外勤")
    done = client.post(url, {"key": ids.new(), **given, word: "b", "take": ""})
    assert done.status_code == 303, [line.wrong for line in done.context["table"].lines if line.wrong]
    with scope.system():
        marks = set(AttendanceMark.objects.filter(origin="imported").values_list("day", "mark", "leave"))
        typed = set(AttendanceMark.objects.filter(origin="typed").values_list("day", "mark"))
    weekends = {day for day in map(march, range(1, 32)) if day.weekday() > 4}
    assert {(march(5), "present", ""), (march(9), "leave", "personal"), (march(10), "business", "")} < marks
    assert (march(12), "absent", "") in marks
    assert {day for day, mark, _leave in marks if mark == "present"} == weekends | {march(5)}
    assert typed == {(march(5), "night")}
    again = client.post(url, {"key": ids.new(), **given, "seen": fresh(month).version})
    assert again.context["table"].fits  # what a word means is kept


def test_nobody_else_takes_a_month_in_and_days_elsewhere_are_left_out(cast: Cast) -> None:
    row = a_posting(cast)
    month = begun(cast)
    with scope.system():
        name = row.person.name
        type(row).objects.filter(pk=row.pk).update(arrived=date(2026, 3, 16))
    url = f"/dispatch/attendance/{month.public_id}/import/"
    assert signed_in_client(cast.supporting.office).post(url, {"rows": "甲"}).status_code == 403
    looked = signed_in_client(cast.county.coordinator).post(url, {"rows": grid_of((name, {}))})
    assert (len(looked.context["table"].lines), looked.status_code) == (16, 200)
    assert "15" in str(looked.context["table"].remarks[0])
    assert datetime.now(UTC).date() > date(2026, 3, 31)
