"""One of each component, with long and short words: for the render tests and the screenshots only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from django import forms

from lianti.lib.web import parts
from lianti.lib.web.forms import Base, FilesField


@dataclass(frozen=True)
class Named:
    short_name: str
    name: str


GIVER = Named("青岛市立医院", "青岛市市立医院(集团)")
RECEIVER = Named("乐陵市医院", "乐陵市人民医院")


class StateNeed(Base):
    sections: ClassVar[Any] = ((None, ("title", "kind")), ("期限", ("start", "amount")))
    title = forms.CharField(label="需求名称", max_length=60, help_text="一句话说清楚要什么。")
    kind = forms.ChoiceField(
        label="类别", widget=forms.RadioSelect, choices=[("t", "技术帮扶"), ("p", "人员下沉"), ("e", "设备与管理")]
    )
    start = forms.DateField(label="希望开始")
    amount = forms.DecimalField(label="数量", required=False)
    at = forms.DateTimeField(label="时间", required=False)
    months = forms.MultipleChoiceField(
        label="月份", required=False, widget=forms.CheckboxSelectMultiple, choices=[("1", "一月"), ("2", "二月")]
    )
    on_behalf = forms.BooleanField(label="由办公室代填", required=False)
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea)
    files = FilesField(label="附件", required=False)
    came_from = forms.CharField(widget=forms.HiddenInput, required=False)


class Accept(Base):
    by = forms.DateField(label="完成时限")
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea)


def head() -> parts.Head:
    return parts.Head(
        "重症医学科血液净化技术帮扶",
        number="NE-2026-0012",
        kind="需求",
        state="stated",
        label="待受理",
        tone="waiting",
        turn=parts.Turn("青岛市立医院 办公室", "受理或退回", date(2026, 11, 27), late=True),
        giver=GIVER,
        receiver=RECEIVER,
        back="/needs/",
        back_label="需求",
    )


def moves(bound: bool = False) -> list[parts.Move]:
    return [
        parts.Move("withdraw", "撤回", "/x/withdraw/", danger=True, ask="撤回后不能恢复,确定撤回?"),
        parts.Move("accept", "受理", "/x/accept/", form=Accept({} if bound else None), primary=True),
        parts.Move("remind", "催办", "/x/remind/"),
    ]


def facts() -> list[parts.Fact]:
    return [
        parts.Fact("专科", "重症医学科"),
        parts.Fact("依据", "乐陵市人民医院对口支援责任书", url="/x/"),
        parts.Fact("目标", ["独立开展床旁血滤", "培养两名专科护士"]),
        parts.Fact("现状", "现有血滤机一台,一年开展三例,均由上级专家到院完成。", wide=True),
        parts.Fact("空", ""),
    ]


def story() -> list[parts.Moment]:
    return [
        parts.Moment(
            datetime(2026, 11, 22, 1, 30, tzinfo=UTC),
            "张联络",
            RECEIVER,
            "提出需求",
            note="院长办公会已议。",
            files=[parts.Attachment("会议纪要.pdf", "/f/1/", 230_400)],
            facts=[("数量", "2 名")],
        ),
        parts.Moment(datetime(2025, 11, 20, 8, 0, tzinfo=UTC), "李院长", RECEIVER, "同意上报", tone="done"),
    ]


def columns() -> list[parts.Column]:
    return [
        parts.Column("事项"),
        parts.Column("状态", "mark"),
        parts.Column("支援 → 受援", wide=True),
        parts.Column("数量", "number"),
        parts.Column("日期", "day", url="?sort=day", sorted="descending"),
    ]


def chips() -> list[parts.Chips]:
    return [
        parts.Chips("状态", [parts.Chip("全部", "?", count=31), parts.Chip("待核实", "?state=declared", True, 12)]),
        parts.Chips("年份", [parts.Chip("2026", "?year=2026"), parts.Chip("2025", "?year=2025")]),
    ]
