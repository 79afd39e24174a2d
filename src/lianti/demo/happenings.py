"""What happened between institutions beside help: signings, plaques, visits, meetings; and figures of the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from lianti.contexts.activities import services as activities
from lianti.contexts.network import services as network
from lianti.contexts.network.models import Relation
from lianti.demo.people import SOURCE, Cast
from lianti.demo.places import AUTHORITY, LANXI, LIUDU, PROVINCIAL, SHIZHOU, SONGQUAN, WANGCHUAN
from lianti.demo.when import When, last_workday, moment
from lianti.lib.dates import add_months


@dataclass(frozen=True)
class Happening:
    """An event: `back` months ago, on the workday at or before `day` of that month."""

    kind: str
    back: int
    day: int
    relation: str
    title: str
    place: str
    parties: tuple[str, ...]
    visited: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    attendance: int | None = None


EVENTS = (
    Happening(
        "signing",
        23,
        4,
        "paired",
        "新一轮对口支援集中签约",
        PROVINCIAL,
        (PROVINCIAL, LANXI, SONGQUAN, AUTHORITY),
        attendance=60,
    ),
    Happening(
        "working_meeting",
        23,
        5,
        "team",
        "组团式帮扶工作部署会",
        SHIZHOU,
        (PROVINCIAL, SHIZHOU, AUTHORITY),
        attendance=35,
    ),
    Happening("plaque_unveiling", 22, 9, "station", "骨科专家工作站揭牌", WANGCHUAN, (PROVINCIAL, WANGCHUAN)),
    Happening("signing", 22, 16, "county", "岚溪县医共体章程签署", LANXI, (LANXI, LIUDU), attendance=28),
    Happening(
        "award",
        18,
        12,
        "heart",
        "专科联盟成员单位授牌",
        PROVINCIAL,
        (PROVINCIAL, LANXI, SHIZHOU, SONGQUAN),
        attendance=80,
    ),
    Happening(
        "study_visit",
        14,
        18,
        "team",
        "主管部门调研组团式帮扶",
        SHIZHOU,
        (AUTHORITY, PROVINCIAL, SHIZHOU),
        ("急诊科", "重症医学科", "远程会诊中心"),
        ("科室运营情况", "看望派驻专家"),
        12,
    ),
    Happening(
        "working_meeting",
        11,
        8,
        "paired",
        "对口支援年度工作座谈会",
        PROVINCIAL,
        (PROVINCIAL, LANXI, SONGQUAN, WANGCHUAN, AUTHORITY),
        attendance=52,
    ),
    Happening(
        "needs_survey",
        6,
        20,
        "paired",
        "受援医院需求调研",
        LANXI,
        (PROVINCIAL, LANXI),
        ("心血管内科", "急诊科", "护理部"),
        ("摸清科室短板", "商定下半年派驻专业"),
        18,
    ),
    Happening(
        "study_visit",
        3,
        15,
        "uplift",
        "三级乙等创建现场辅导",
        SONGQUAN,
        (PROVINCIAL, SONGQUAN),
        ("病案室", "手术室", "药学部"),
        ("对照评审条款查找差距",),
        22,
    ),
    Happening(
        "working_meeting", 1, 22, "team", "组团式帮扶季度联席会议", SHIZHOU, (PROVINCIAL, SHIZHOU), attendance=19
    ),
)
FIGURES = (
    ("", "paired", "受援医院", "8", "", ()),
    (SHIZHOU, "", "新技术新项目", "40", "at_least", ("床旁纤维支气管镜吸痰", "俯卧位通气", "CT引导下肺穿刺活检")),
    (SHIZHOU, "", "派驻专家", "5", "", ()),
    (SONGQUAN, "", "县域内就诊率（%）", "86.4", "", ()),
    (LANXI, "", "开放床位", "620", "about", ()),
)


def happenings(cast: Cast, when: When, relations: dict[str, Relation]) -> None:
    """Write events and figures down, as a report would have told them."""
    for event in EVENTS:
        day = last_workday(add_months(when.this_month, -event.back) + timedelta(days=event.day))
        facts = activities.EventFacts(
            kind=event.kind,
            day=day,
            participant_ids=tuple(cast.id(code) for code in event.parties),
            title=event.title,
            place_id=cast.id(event.place),
            relation_id=relations[event.relation].pk,
            visited=event.visited,
            purpose=event.purpose,
            attendance=event.attendance,
        )
        activities.adopt_event(actor=cast.system, at=moment(day, 17), key=None, source=SOURCE, event=facts)
    _figures(cast, when, relations)


def _figures(cast: Cast, when: When, relations: dict[str, Relation]) -> None:
    at = moment(add_months(when.this_month, -2) + timedelta(days=9), 15)
    paper = network.DocumentDraft(
        title="对口支援与组团式帮扶工作简报",
        kind="report",
        date=at.date(),
        publisher="云川省人民医院",
        medium="hospital site",
    )
    source = network.adopt_source(actor=cast.system, at=at, code="jianbao", document=paper)
    for code, key, label, value, comparison, examples in FIGURES:
        figure = network.FigureDraft(
            label=label,
            value=Decimal(value),
            institution_id=cast.id(code) if code else None,
            relation_id=relations[key].pk if key else None,
            comparison=comparison,
            examples=examples,
        )
        network.adopt_figure(actor=cast.system, at=at, figure=figure, source_id=source.pk)
